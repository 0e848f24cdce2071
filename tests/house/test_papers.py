"""The papers tell the truth: what they name is there, what they quote stands in the code, what must be in them is."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
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
from domain.policy import Policy
from handlers.commands import COMMANDS
from tests.house.moves import render_moves
from tests.house.papers import Paper, paper, papers
from tests.house.source import PACKAGES, ROOT, Module, arguments, modules

FOLDERS = ("bot", "domain", "handlers", "storage", "sandbox", "tests", "docs", ".ci")
PATH = re.compile(rf"(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./*-]*|\w[\w.-]*\.(?:md|toml|py)|Makefile")
SETTINGS = {f"MINHU_{name.upper()}" for name in Settings.model_fields}
METRICS = arguments(0, "Counter", "Gauge", "Histogram", within=("bot/metrics.py",))
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([\w./-]+):", MAKEFILE, re.MULTILINE))
ADR_PARTS = ["Context", "Decision", "Consequences", "Alternatives looked at"]
ADRS = [one for one in papers() if one.path.startswith("docs/adr/")]

every_paper = pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.path)
ours = pytest.mark.parametrize(
    "module", modules("bot", "domain", "handlers", "storage"), ids=lambda module: module.path
)


# --- what is named is there ------------------------------------------------------------------------------------------


@every_paper
def test_every_path_that_is_named_is_there(paper: Paper) -> None:
    named = {span for span in paper.spans if PATH.fullmatch(span)}

    assert {path for path in named if not any(ROOT.glob(path.rstrip("/")))} == set()


@every_paper
def test_every_link_leads_somewhere(paper: Paper) -> None:
    assert {link for link in paper.links if not link.startswith("https://") and not leads(paper, link)} == set()


def leads(paper: Paper, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (ROOT / paper.path).parent / path if path else ROOT / paper.path
    if anchor:
        return target.is_file() and anchor in Paper(path, target.read_text("utf-8")).anchors
    return target.exists()


@every_paper
def test_every_make_target_that_is_named_is_there(paper: Paper) -> None:
    assert {command.split()[1] for command in paper.commands() if command.startswith("make ")} <= TARGETS


@every_paper
def test_every_command_of_minhu_that_is_named_is_there(paper: Paper) -> None:
    typed = {command.removeprefix(".venv/bin/") for command in paper.commands()}
    ours = {command for command in typed if command.startswith("minhu ")} - SAID_BY_MINHU

    assert {command for command in ours if not is_command(command)} == set()


SAID_BY_MINHU = {"minhu is up"}


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


@every_paper
def test_every_module_that_is_to_be_run_is_there(paper: Paper) -> None:
    run = {found[1] for command in paper.commands() if (found := re.search(r"python -m ([\w.]+)", command))}

    assert {module for module in run if not (ROOT / f"{module.replace('.', '/')}.py").is_file()} == set()


@every_paper
def test_every_setting_that_is_named_is_there(paper: Paper) -> None:
    assert set(re.findall(r"\bMINHU_\w+", paper.text)) <= SETTINGS


@every_paper
def test_every_metric_that_is_named_is_there(paper: Paper) -> None:
    assert {span for span in paper.spans if re.fullmatch(r"minhu_[a-z_]+", span)} <= METRICS


@every_paper
def test_every_command_of_the_bot_that_is_named_is_there(paper: Paper) -> None:
    typed = {found[1] for span in paper.spans if (found := re.fullmatch(r"/([a-z]+)(?:@\S+)?(?: [^/]*)?", span))}
    pages = {"healthz", "readyz", "metrics", "telegram"}

    assert typed - pages <= {command.name for command in COMMANDS} | {"newbot", "bot"}


# --- what must be told is told ---------------------------------------------------------------------------------------


def test_the_operators_paper_has_every_setting_metric_and_command() -> None:
    told = set(paper("docs/operate.md").spans)

    assert told >= SETTINGS
    assert told >= METRICS
    assert {name for name in OURS if not any(span.startswith(name) for span in told)} == set()


def test_the_readme_has_every_command_of_the_bot() -> None:
    told = {span.split()[0] for span in paper("README.md").spans}

    assert told >= {f"/{command.name}" for command in COMMANDS}


def test_the_drawing_of_a_cases_life_is_the_one_that_the_table_gives() -> None:
    assert list(paper("ARCHITECTURE.md").blocks("mermaid")) == [render_moves() + "\n"]


@pytest.mark.parametrize("number", range(1, len(ADRS) + 1))
def test_decisions_are_numbered_through_and_say_what_they_must(number: int) -> None:
    (adr,) = [one for one in ADRS if Path(one.path).name.startswith(f"{number:04d}-")]

    assert adr.text.startswith(f"# {number:04d} · ")
    assert re.findall(r"^## (.+)$", adr.text, re.MULTILINE) == ADR_PARTS


REFERENCE = re.compile(r"docs/adr/\d{4}|(?<![\w/])(?:docs/)?[\w-]+\.md\b")


@ours
def test_every_paper_that_the_code_refers_to_is_there(module: Module) -> None:
    named = set(REFERENCE.findall((ROOT / module.path).read_text("utf-8")))

    assert {name for name in named if not any(ROOT.glob(f"{name}*"))} == set()


@ours
def test_every_promise_that_the_code_refers_to_is_made(module: Module) -> None:
    made = set(re.findall(r"^(\d)\. \*\*", paper("README.md").text, re.MULTILINE))

    assert set(re.findall(r"\bpromise (\d)", (ROOT / module.path).read_text("utf-8"))) <= made


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


@pytest.mark.parametrize("word", sorted(set(code_words())))
def test_every_word_of_the_domain_is_in_the_glossary(word: str) -> None:
    assert word in {code for _, code in ROW.findall(paper("GLOSSARY.md").text)}


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    written = "\n".join((ROOT / module.path).read_text("utf-8") for module in modules("domain", "storage", "handlers"))
    words = {code for _, code in ROW.findall(paper("GLOSSARY.md").text)}

    assert {word for word in words if not re.search(rf"\b{re.escape(word)}\b", written)} == set()


def test_every_word_of_the_glossary_has_its_chinese_and_stands_once_in_its_table() -> None:
    for section in paper("GLOSSARY.md").text.split("\n## ")[1:]:
        rows = ROW.findall(section)
        assert rows
        assert all(re.search(r"[\u4e00-\u9fff]", chinese) for chinese, _ in rows)
        assert [word for word, times in Counter(code for _, code in rows).items() if times > ALIKE.get(word, 1)] == []


# Words that mean one thing of two in one table.
ALIKE = {"objection": 2}


# --- examples --------------------------------------------------------------------------------------------------------


def examples() -> list[str]:
    return [block for one in papers() for block in one.blocks("yaml")]


@pytest.mark.parametrize("example", [e for e in examples() if e.startswith("units:")])
def test_an_example_of_an_organisation_is_one(example: str, tmp_path: Path) -> None:
    (tmp_path / "org.yaml").write_text(example, "utf-8")

    assert read_organisation(tmp_path / "org.yaml").units


def test_the_example_of_a_policy_is_the_one_built_in(tmp_path: Path) -> None:
    (example,) = [e for e in examples() if not e.startswith("units:")]
    (tmp_path / "policy.yaml").write_text(example, "utf-8")

    assert read_policy(tmp_path / "policy.yaml") == Policy()


def quotes() -> Iterator[tuple[str, str]]:
    for one in papers():
        yield from ((one.path, block) for block in one.blocks("python", "toml"))


@pytest.mark.parametrize(("path", "block"), list(quotes()), ids=lambda value: value.strip().splitlines()[0][:40])
def test_what_is_quoted_stands_so_in_the_code(path: str, block: str) -> None:
    lines = [line for line in block.splitlines() if line.strip()]
    sources = [(ROOT / module.path).read_text("utf-8").splitlines() for module in modules(*PACKAGES, "tests")]
    sources.append((ROOT / "handlers/words/zh.toml").read_text("utf-8").splitlines())

    assert any(set(lines) <= set(source) for source in sources), path
