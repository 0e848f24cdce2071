"""Keys: every text that the code asks for is in the catalogue with all that it needs, and every text is asked for."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from string import Formatter

from bot.settings import Settings
from bot.yaml_lines import KEYS
from domain.cases.assignments import CLIMBS, ENDS_ASSIST, TO_SETTLE, Because
from domain.cases.case import BEING_WORKED_ON, Rating, State
from domain.cases.deadlines import Colour
from domain.cases.drafts import DraftState
from domain.cases.kinds import Kind
from domain.cases.listing import Which
from domain.cases.policy import Clock
from domain.cases.revisits import Answer
from domain.cases.shown import ByRevisit
from domain.cases.small_talk import SmallTalk
from domain.desk.merging.flood import Stopped
from domain.desk.parts.asker import ASKED_BY
from domain.errors import DeskError
from domain.organisation.units import Level
from domain.people.person import Role
from domain.record.history import Event
from handlers.features import COMMANDS
from handlers.updates.replied import WANTING_A_REPLY
from handlers.words import LANGUAGES, catalogue
from tests.habits.source import SPEAKING, arguments, modules, words_of

TEXTS = catalogue("zh")
CODE = modules(*SPEAKING)
TABLES = {key.split(".")[0] for key in TEXTS}
KEY = re.compile(rf"(?:{'|'.join(sorted(TABLES))})(?:\.[a-z][a-z0-9_]*)+")

OPEN_TO_REMIND = [State.SUBMITTED, *BEING_WORKED_ON]
FILES = ("bot/yaml_lines.py", "bot/org_file.py", "bot/policy_file.py", "bot/atlas.py")

# Keys that the code puts together: what stands before the point, and everything that may stand behind it.
FAMILIES: dict[str, Iterable[str]] = {
    "kind": Kind,
    "state": [*State, *ByRevisit],
    "state_short": [*State, *ByRevisit],
    "colour": Colour,
    "rating": Rating,
    "level": Level,
    "which": Which,
    "list": [f"todo_{which}" for which in Which if which is not Which.ALL],
    "role": Role,
    "because": CLIMBS,
    "top": CLIMBS,
    "yours": CLIMBS,
    "language": LANGUAGES,
    "draft": [state for state in DraftState if state is not DraftState.OPEN],
    "prompt": [f"{purpose}{again}" for purpose in WANTING_A_REPLY for again in ("", "_again")],
    "ask": [f"{purpose}{again}" for purpose in ASKED_BY for again in ("", "_again")],
    "settling": TO_SETTLE,
    "said": Answer,
    "how": Answer,
    "how_asked": Answer,
    "recorded": Answer,
    "stopped": Stopped,
    "ended": ENDS_ASSIST | {Because.REPORTED},
    "small_talk": SmallTalk,
    "policy": [f"clock_{clock}" for clock in Clock],
    "duration": ["s", "m", "h", "d"],
    "command": [command.name for command in COMMANDS],
    "about": ["short", "description"],
    "reminder": [*OPEN_TO_REMIND, *(f"line_{state}" for state in OPEN_TO_REMIND)],
    "setting": [*(name for name in Settings.model_fields), "webhook_missing", "env_file", "misspelt"],
    "audit": words_of("domain/record/history.py") & {key.removeprefix("audit.") for key in TEXTS},
    "fault": arguments(1, "complain", within=FILES)
    | arguments(0, "or_fault", "PydanticCustomError", "AreaFaulty", within=FILES)
    | set(KEYS.values()),
    "doctor": arguments(0, "ok", "warning", "fault", within=("bot/doctor.py",))
    | {f"{file}_{state}" for file in ("policy", "org") for state in ("none", "fine", "faulty")},
}
# Events that somebody hears of; the others are for the file only.
HEARD = {"news.resident": Event, "news.chat": Event, "news.staff": Event, "timeline": Event, "timeline_own": Event}
BUILT = {f"{table}.{member}" for table, members in FAMILIES.items() for member in members}
MAY_BE_BUILT = {f"{table}.{member}" for table, members in HEARD.items() for member in members}


@cache
def literal() -> set[str]:
    """Return every key that stands in the code; found when first asked for, since every worker imports every test."""
    return {said for module in CODE for said in module.strings if KEY.fullmatch(said)}


def test_a_key_that_the_code_names_is_in_the_catalogue() -> None:
    stems = {key for key in literal() if any(built.startswith(f"{key}_") for built in BUILT)}

    assert literal() - stems - TEXTS.keys() == set()


def test_a_key_that_the_code_puts_together_is_in_the_catalogue() -> None:
    assert BUILT - TEXTS.keys() == set()


def test_no_text_is_left_that_nobody_asks_for() -> None:
    assert TEXTS.keys() - literal() - BUILT - MAY_BE_BUILT - {error.key for error in errors()} == set()


def test_every_way_to_put_a_key_together_is_known_here() -> None:
    prefixes = {pattern.partition("*")[0] for module in CODE for pattern in module.patterns()}
    built = {prefix for prefix in prefixes if re.fullmatch(rf"(?:{'|'.join(TABLES)})\.[a-z_.]*", prefix)}

    assert {prefix.split(".")[0] for prefix in built} <= {*FAMILIES, "news", "timeline", "timeline_own"}


def errors(parent: type[DeskError] = DeskError) -> Iterator[type[DeskError]]:
    for error in parent.__subclasses__():
        yield error
        yield from errors(error)


def test_an_error_has_its_sentence_and_no_other_has_it_too() -> None:
    keys = [error.key for error in errors()]

    assert {error.__name__ for error in errors() if error.key not in TEXTS} == set()
    assert len({*keys}) == len(keys)


def test_an_error_is_raised_with_all_that_it_says() -> None:
    needed = {error.__name__: placeholders(error.key) for error in errors()}
    raised = [(module.path, call) for module in CODE for call in module.calls(*needed)]
    lacking = {
        (path, call.lineno): lacks
        for path, call in raised
        if (lacks := needed[name_of(call)] - {keyword.arg for keyword in call.keywords})
    }

    assert raised
    assert lacking == {}


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def placeholders(key: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(TEXTS[key]) if name}


SAYING = ("words", "say", "toast", "leave", "self", "complain", "Said")


def spoken() -> Iterator[tuple[str, str, set[str]]]:
    """Yield where a text is said, its key, and what is filled in; calls that pass on unknown values are left out."""
    for module in CODE:
        for call in module.calls(*SAYING):
            filled = {keyword.arg or "" for keyword in call.keywords}
            if "" in filled:
                continue
            if "about" in filled:
                filled |= {"number", "case"}  # which an answer about a case names by itself
            filled |= {key for keyword in call.keywords if keyword.arg == "keys" for key in keys_of(keyword.value)}
            filled |= {key for argument in call.args for key in keys_of(argument)}
            for argument in call.args:
                if isinstance(argument, ast.Constant) and argument.value in TEXTS:
                    yield f"{module.path}:{call.lineno}", str(argument.value), filled


def keys_of(value: ast.expr) -> set[str]:
    keys = value.keys if isinstance(value, ast.Dict) else []
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def test_a_text_is_said_with_all_that_it_needs() -> None:
    assert [(place, key) for place, key, filled in spoken() if not placeholders(key) <= filled] == []


def test_enough_is_looked_at_to_mean_something() -> None:
    assert len(list(spoken())) > 150
    assert len(literal()) > 200
