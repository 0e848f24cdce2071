"""Every pattern that meets what people write is read in time that grows with the length of the text."""

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

import bot.policy_file
import domain
import handlers
import sandbox.markup
import storage

LENGTHS = (1_500, pytest.param(6_000, marks=pytest.mark.thorough))
PATIENCE = 10.0
"""Seconds of processor after which reading these texts counts as hanging: the slowest needs one or two."""
PIECES = (
    *(
        "1",
        "11-",
        "1、",
        "1 ",
        "a",
        "A",
        "a-",
        "a.",
        "a@",
        "@",
        "@a ",
        "-",
        ".",
        "_",
        "/",
        "/a",
        "\\",
        "#",
        "#1",
        "<",
        "<a",
    ),
    *(
        "</",
        "&",
        "&a",
        "&#1",
        "=",
        "a=",
        "a=' ",
        '"',
        "'",
        "://",
        "http://",
        "http://a:",
        "a://b@",
        "password=",
        ":",
        "1:",
        "1:a",
    ),
    *(
        "?",
        "？",
        "。",
        "，",
        "！",
        " ",
        "\n",
        "\t",
        "的",
        "一",
        "一、",
        "十",
        "第",
        "栋",
        "3栋",
        "号",
        "3号",
        "月3号",
        "红星苑",
    ),
    *(
        "吗",
        "吗。",
        "怕",
        "着火",
        "怕着火",
        "电梯",
        "老人",
        "老人被",
        "水淹",
        "水淹进",
        "怎么办",
        "掉",
        "会",
        "经常",
        "MH2611_00042",
    ),
    *(
        "MH2611_",
        "mh1",
        "￥",
        "$",
        "~",
        "…",
        "help ",
        "how ",
        "would ",
        "there is ",
        "stuck in ",
        "电话",
        "手机",
        "居委会",
        "{a}",
    ),
    *(
        "<a href='a",
        "1m",
        "{",
        "}",
        "[",
        "(",
        ")",
        "*",
        "+",
        "0",
        "5号楼",
        "2单元",
        "不对，",
        "是",
        "星期",
        "和",
        "到",
        "园1-",
        "\u200b",
    ),
)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield every compiled pattern that a module of ours holds, by itself or in a table."""
    for package in (bot, domain, handlers, sandbox, storage):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations." in found.name:
                continue
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                yield from ((f"{found.name}.{name}", pattern) for pattern in held(value))


def held(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from held(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from held(one)


ONLY_MATCHED = (bot.policy_file.DURATION, sandbox.markup._attribute, sandbox.markup._link)
"""Patterns that are never searched for: they stand where the reading is, or for the whole text."""
EVERY = {(pattern.pattern, pattern.flags): (name, pattern) for name, pattern in patterns()}


def test_patterns_are_compiled_where_this_finds_them() -> None:
    assert len(EVERY) > 60


@pytest.fixture
def patience() -> Iterator[None]:
    """End a reading that goes on and on, where the machine would otherwise be busy for minutes and nobody learn why."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        pytest.fail("goes back over what it has read")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize(
    "pattern", [pattern for _, pattern in EVERY.values()], ids=[name for name, _ in EVERY.values()]
)
def test_a_pattern_reads_any_long_text_in_its_stride(pattern: re.Pattern[str], length: int) -> None:
    for piece in PIECES:
        text = piece * (length // len(piece))
        pattern.fullmatch(text + "\x00")
        if pattern not in ONLY_MATCHED:
            sum(1 for _ in pattern.finditer(text + "\x00"))
