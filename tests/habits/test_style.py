"""The habits that no linter knows."""

import re

from tests.habits.source import PACKAGES, modules

NAMELESS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "managers",
    "service",
    "services",
    "misc",
    "base",
}
NAMELESS |= {"constants", "tools", "stuff", "shared", "core"}
LONGEST = 350


def test_a_module_is_named_for_what_is_in_it() -> None:
    named = {module.path: set(module.path.removesuffix(".py").split("/")) for module in modules(*PACKAGES, "tests")}

    assert {path for path, words in named.items() if NAMELESS & words} == set()


def test_a_module_can_be_read_in_one_go() -> None:
    lengths = {module.path: module.text.count("\n") for module in modules(*PACKAGES, "tests")}
    tables_at_once = "storage/migrations/versions/0001_"

    assert {path for path, lines in lengths.items() if lines > LONGEST and not path.startswith(tables_at_once)} == set()


# What people write to us in Chinese, and what has no words in any other language.
READ = {
    "domain/people/absences.py": "how people write days",
    "domain/organisation/usual_categories.py": "the usual categories, and the words by which each is known",
    "domain/cases/kinds.py": "the words by which kinds and danger are known",
    "domain/cases/likeness.py": "what is said of any matter, and the words for what is the same in many buildings",
    "domain/cases/extensions.py": "how dates and times are written",
    "domain/cases/leaning.py": "what people say who find it solved, or not, or begin anew",
    "domain/cases/small_talk.py": "what people say who tell of no matter",
    "domain/text/phones.py": "the words that announce a number, and numerals",
    "domain/text/folding.py": "traditional characters of addresses",
    "domain/text/numerals.py": "numerals",
    "domain/organisation/buildings.py": "the words for buildings, and for what else has numbers",
    "domain/organisation/place_names.py": "the words for buildings and offices",
    "domain/organisation/addresses.py": "what stands between a name, its building and its door",
    "domain/organisation/places.py": "what stands between two places",
    "bot/settings.py": "a comma of either width",
    "bot/org_file.py": "what offices call the levels and roles",
}
NAMES = {
    "、": "stands between names, which are Chinese in every language",
    "\u3000": "indents a tree by one sign",
    "民呼": "our own name",
}


SPEAKING = modules("bot", "domain", "handlers", "storage")
CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")


def test_what_people_read_stands_in_the_catalogues() -> None:
    spoken = {(module.path, said) for module in SPEAKING for said in module.strings if CHINESE.search(said)}

    assert {(path, said) for path, said in spoken if path not in READ and said not in NAMES} == set()


def test_the_exceptions_are_still_needed() -> None:
    speaking = {module.path: module for module in SPEAKING}
    said = {said for module in SPEAKING for said in module.strings}

    assert READ.keys() <= speaking.keys()
    assert NAMES.keys() <= said
    assert {path for path in READ if all(said.isascii() for said in speaking[path].strings)} == set()
