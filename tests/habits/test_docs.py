"""The docs tell the truth: what they name is there, what they quote stands in the code, what must be in them is."""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from bot.cli import app
from bot.org_file import read_organisation
from bot.policy_file import read_policy
from bot.settings import Settings
from domain.cases.policy import Policy
from handlers.features import COMMANDS
from tests.habits.docs import Doc, doc, docs
from tests.habits.moves import render_moves
from tests.habits.rights import render_rights
from tests.habits.source import PACKAGES, ROOT, arguments, modules

FOLDERS = ("bench", "bot", "domain", "handlers", "storage", "sandbox", "tests", "docs", ".ci")
PATH = re.compile(rf"(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./*-]*|\w[\w.-]*\.(?:md|toml|py)|Makefile")
SETTINGS = {f"MINHU_{name.upper()}" for name in Settings.model_fields}
METRICS = arguments(0, "Counter", "Gauge", "Histogram", within=("bot/metrics.py",))
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
RUN = re.compile(r"python -m ([\w.]+)")
TYPED = re.compile(r"/([a-z]+)(?:@\S+)?(?: [^/]*)?")
TARGETS = set(re.findall(r"^([\w./-]+):", MAKEFILE, re.MULTILINE))
ADR_PARTS = ["Context", "Decision", "Consequences", "Alternatives looked at"]
ADRS = [one for one in docs() if one.path.startswith("docs/adr/")]
LAYERS = modules("bot", "domain", "handlers", "storage")


def named(find: Callable[[Doc], Iterable[str]]) -> set[tuple[str, str]]:
    """Return everything of one kind that our docs name, each with the doc that names it."""
    return {(one.path, name) for one in docs() for name in find(one)}


# --- what is named is there ------------------------------------------------------------------------------------------


def test_every_path_that_is_named_is_there() -> None:
    paths = named(lambda doc: filter(PATH.fullmatch, doc.spans))

    assert {(at, path) for at, path in paths if not any(ROOT.glob(path.rstrip("/")))} == set()


def test_every_link_leads_somewhere() -> None:
    links = [(one, link) for one in docs() for link in one.links if not link.startswith("https://")]

    assert {(one.path, link) for one, link in links if not leads(one, link)} == set()


def leads(doc: Doc, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (ROOT / doc.path).parent / path if path else ROOT / doc.path
    if anchor:
        return target.is_file() and anchor in Doc(path, target.read_text("utf-8")).anchors
    return target.exists()


def test_every_make_target_that_is_named_is_there() -> None:
    targets = named(lambda doc: (typed.split()[1] for typed in doc.commands() if typed.startswith("make ")))

    assert {(at, target) for at, target in targets if target not in TARGETS} == set()


def test_every_command_of_minhu_that_is_named_is_there() -> None:
    typed = named(lambda doc: (command.removeprefix(".venv/bin/") for command in doc.commands()))
    ours = {(at, command) for at, command in typed if command.startswith("minhu ") and command not in SAID_BY_MINHU}

    assert {(at, command) for at, command in ours if not is_command(command)} == set()


SAID_BY_MINHU = {"minhu starts", "minhu is up"}


def is_command(typed: str) -> bool:
    """Whether this begins with a command of ours and has only options that it knows."""
    named = {word for word in typed.split() if word.startswith("--")} - {"--help"}
    known = [options for name, options in OURS.items() if f"{typed} ".startswith(f"{name} ")]
    return any(named <= options for options in known) or typed == "minhu --help"


def leaves(command: Any, name: str) -> Iterator[tuple[str, set[str]]]:
    """Yield every command below this one by its whole name, with its options."""
    if isinstance(command, TyperGroup):
        for word, inner in command.commands.items():
            yield from leaves(inner, f"{name} {word}")
    else:
        yield name, {option for parameter in command.params for option in parameter.opts}


OURS = dict(leaves(typer.main.get_command(app), "minhu"))


def test_every_module_that_is_to_be_run_is_there() -> None:
    run = named(lambda doc: RUN.findall("\n".join(doc.commands())))

    assert {(at, module) for at, module in run if not (ROOT / f"{module.replace('.', '/')}.py").is_file()} == set()


def test_every_setting_and_metric_that_is_named_is_there() -> None:
    settings = named(lambda doc: re.findall(r"\bMINHU_\w+", doc.text))
    metrics = named(lambda doc: filter(re.compile(r"minhu_[a-z_]+").fullmatch, doc.spans))

    assert {(at, setting) for at, setting in settings if setting not in SETTINGS} == set()
    assert {(at, metric) for at, metric in metrics if metric not in METRICS} == set()


def test_every_command_of_the_bot_that_is_named_is_there() -> None:
    typed = named(lambda doc: (found[1] for span in doc.spans if (found := TYPED.fullmatch(span))))
    known = {command.name for command in COMMANDS} | {"newbot", "bot", "healthz", "readyz", "metrics", "telegram"}

    assert {(at, command) for at, command in typed if command not in known} == set()


# --- what must be told is told ---------------------------------------------------------------------------------------


def test_the_operators_manual_has_every_setting_metric_and_command() -> None:
    told = set(doc("docs/operate.md").spans)

    assert told >= SETTINGS
    assert told >= METRICS
    assert {name for name in OURS if not any(span.startswith(name) for span in told)} == set()


def test_the_readme_has_every_command_of_the_bot() -> None:
    told = {span.split()[0] for span in doc("README.md").spans}

    assert told >= {f"/{command.name}" for command in COMMANDS}


def test_the_drawing_of_a_cases_life_is_the_one_that_the_table_gives() -> None:
    assert list(doc("ARCHITECTURE.md").blocks("mermaid")) == [render_moves() + "\n"]


def test_the_table_of_rights_is_the_one_that_the_rights_themselves_give() -> None:
    assert render_rights() in doc("ARCHITECTURE.md").text


def test_decisions_are_numbered_through_and_say_what_they_must() -> None:
    assert [Path(adr.path).name[:5] for adr in ADRS] == [f"{number:04d}-" for number in range(1, len(ADRS) + 1)]
    assert {adr.path for adr in ADRS if not adr.text.startswith(f"# {Path(adr.path).name[:4]} · ")} == set()
    assert {adr.path for adr in ADRS if re.findall(r"^## (.+)$", adr.text, re.MULTILINE) != ADR_PARTS} == set()


STATUS = re.compile(r"# .+\n\n\d{4}-\d\d-\d\d · accepted\b")
LEFT_BY_A_MERGE = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)


def test_decisions_say_when_they_were_taken_and_how_they_stand() -> None:
    assert {adr.path for adr in ADRS if not STATUS.match(adr.text)} == set()


def test_no_doc_holds_both_sides_of_a_merge() -> None:
    assert {one.path for one in docs() if LEFT_BY_A_MERGE.search(one.text)} == set()


REFERENCE = re.compile(r"docs/adr/\d{4}|(?<![\w/])(?:docs/)?[\w-]+\.md\b")


def test_every_doc_that_the_code_refers_to_is_there() -> None:
    named = {(module.path, name) for module in LAYERS for name in REFERENCE.findall(module.text)}

    assert {(at, name) for at, name in named if not any(ROOT.glob(f"{name}*"))} == set()


def test_every_promise_that_the_code_refers_to_is_made() -> None:
    made = re.findall(r"^(\d)\. \*\*", doc("README.md").text, re.MULTILINE)
    named = {(module.path, number) for module in LAYERS for number in re.findall(r"\bpromise (\d)", module.text)}

    assert {(at, number) for at, number in named if number not in made} == set()


# --- the glossary ----------------------------------------------------------------------------------------------------

ROW = re.compile(r"^\| ([^|]+) \| `([^`]+)` \|", re.MULTILINE)


def code_words() -> Iterator[str]:
    """Yield the classes of the domain, and the values of its enumerations of words."""
    for module in modules("domain"):
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name
                yield from values_of(module.path, node.name)


def values_of(path: str, name: str) -> list[str]:
    found = getattr(import_module(path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")), name)
    return [str(member.value) for member in found] if issubclass(found, Enum) and issubclass(found, str) else []


def test_every_word_of_the_domain_is_in_the_glossary() -> None:
    assert set(code_words()) - {code for _, code in ROW.findall(doc("GLOSSARY.md").text)} == set()


def test_every_word_of_the_glossary_names_something_in_the_code() -> None:
    names = set().union(*(module.names for module in modules("domain", "storage", "handlers")))

    assert {code for _, code in ROW.findall(doc("GLOSSARY.md").text)} - names == set()


def test_every_word_of_the_glossary_has_its_chinese_and_stands_once_in_its_table() -> None:
    for section in doc("GLOSSARY.md").text.split("\n## ")[1:]:
        rows = ROW.findall(section)
        assert rows
        assert all(re.search(r"[\u4e00-\u9fff]", chinese) for chinese, _ in rows)
        assert [word for word, times in Counter(code for _, code in rows).items() if times > ALIKE.get(word, 1)] == []


# Words that mean one thing of two in one table.
ALIKE = {"objection": 2}


# --- examples --------------------------------------------------------------------------------------------------------


def examples() -> list[str]:
    return [block for one in docs() for block in one.blocks("yaml")]


@pytest.mark.parametrize("example", [e for e in examples() if e.startswith("units:")])
def test_an_example_of_an_organisation_is_one(example: str, tmp_path: Path) -> None:
    (tmp_path / "org.yaml").write_text(example, "utf-8")

    assert read_organisation(tmp_path / "org.yaml").units


def test_of_the_examples_of_a_policy_the_whole_one_is_the_one_built_in(tmp_path: Path) -> None:
    written = [e for e in examples() if not e.startswith("units:")]
    policies = []
    for example in written:
        (tmp_path / "policy.yaml").write_text(example, "utf-8")
        policies.append(read_policy(tmp_path / "policy.yaml"))

    assert policies[written.index(max(written, key=len))] == Policy()


def quotes() -> Iterator[tuple[str, str]]:
    for one in docs():
        yield from ((one.path, block) for block in one.blocks("python", "toml"))


def test_what_is_quoted_stands_so_in_the_code() -> None:
    sources = [module.text for module in modules(*PACKAGES, "tests")]
    sources += [texts.read_text("utf-8") for texts in (ROOT / "handlers").rglob("zh.toml")]
    written = [set(source.splitlines()) for source in sources]
    made_up = {
        (path, block)
        for path, block in quotes()
        if not any({line for line in block.splitlines() if line.strip()} <= lines for lines in written)
    }

    assert made_up == set()
