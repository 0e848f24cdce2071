"""The habits of the house that no linter knows."""

import ast

import pytest

from tests.house.source import PACKAGES, Module, modules

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

ours = pytest.mark.parametrize("module", modules(*PACKAGES), ids=lambda module: module.path)
ours_and_tests = pytest.mark.parametrize("module", modules(*PACKAGES, "tests"), ids=lambda module: module.path)


@ours
def test_a_module_opens_with_one_sentence(module: Module) -> None:
    first, *rest = (ast.get_docstring(module.tree) or "").splitlines() or [""]

    assert first.endswith("."), "a module says in its first line what a reader finds in it"
    assert not rest or rest[0] == ""


@ours_and_tests
def test_a_module_is_named_for_what_is_in_it(module: Module) -> None:
    assert not NAMELESS & set(module.path.removesuffix(".py").split("/"))


@ours_and_tests
def test_a_module_can_be_read_in_one_go(module: Module) -> None:
    assert module.lines <= LONGEST


@ours_and_tests
def test_nothing_is_mocked(module: Module) -> None:
    imported = {alias.name for node in ast.walk(module.tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom)}
    unittest = {
        a.name
        for n in ast.walk(module.tree)
        if isinstance(n, ast.ImportFrom) and n.module == "unittest"
        for a in n.names
    }

    assert not {"unittest.mock", "mock", "pytest_mock"} & imported
    assert "mock" not in unittest


# What people write to us in Chinese, and what has no words in any other language.
READ = {
    "domain/kinds.py": "the words by which kinds and danger are known",
    "domain/phones.py": "the words that announce a number, and numerals",
    "domain/places.py": "numerals, and the words for buildings and offices",
    "domain/desk/progress.py": "the wide sign that begins a note",
    "bot/settings.py": "a comma of either width",
}
NAMES = {
    "、": "stands between names, which are Chinese in every language",
    "\u3000": "indents a tree by one sign",
    "民呼": "our own name",
}


@pytest.mark.parametrize("module", modules("bot", "domain", "handlers", "storage"), ids=lambda module: module.path)
def test_what_people_read_stands_in_the_catalogues(module: Module) -> None:
    spoken = {
        str(node.value)
        for node in module.strings()
        if any("\u2e80" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef" for sign in str(node.value))
    }

    assert module.path in READ or not spoken - NAMES.keys()


def test_the_exceptions_are_still_needed() -> None:
    speaking = {module.path: module for module in modules("bot", "domain", "handlers", "storage")}
    said = {str(node.value) for module in speaking.values() for node in module.strings()}

    assert READ.keys() <= speaking.keys()
    assert NAMES.keys() <= said
    for path in READ:
        assert any(not str(node.value).isascii() for node in speaking[path].strings())
