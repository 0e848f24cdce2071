"""YAML for tests of the files: a folder to put them in, what is wrong with one, and arbitrary YAML."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
import yaml
from hypothesis import strategies as st

from bot.yaml_lines import FileFaulty
from handlers.words import LANGUAGES, Words

T = TypeVar("T")

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.dates(),
    st.text(max_size=8),
    st.sampled_from(
        [
            "grid",
            "BZ",
            "worker",
            "22:00",
            "08:30",
            "1d",
            "wish",
            "红星苑1-5栋",
            "红星苑5-1栋",
            "gcj02",
            "Feature",
            "Polygon",
        ]
    ),
)
SYNTAX = st.sampled_from(
    [*"-?:,[]{}#&*!|>'\"%@` \n\t~=<.0a栋", "units", "code", "&a ", "*a", "!!int", "!!binary", "<<: "]
)
ANY_TEXT = st.lists(SYNTAX | st.characters(), max_size=40).map("".join)


def any_yaml(fields: list[str]) -> st.SearchStrategy[str]:
    """Return YAML of any shape, whose mappings have these fields."""

    def around(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
        return st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(fields), inner, max_size=5)

    shaped = st.dictionaries(st.sampled_from(fields), st.recursive(SCALARS, around, max_leaves=12), max_size=5)
    return st.one_of(shaped.map(lambda data: yaml.safe_dump(data, allow_unicode=True)), ANY_TEXT)


def reads_or_complains(read: Callable[[Path], T], written: str | bytes) -> T | None:
    """Read a file: whatever is in it, it is good, or faulty with a sentence and a line for each fault."""
    content = written.encode("utf-8", "surrogatepass") if isinstance(written, str) else written
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file.yaml"
        file.write_bytes(content)
        try:
            return read(file)
        except FileFaulty as faulty:
            faults = faulty.faults
    lines = len(content.decode("utf-8", "replace").splitlines()) + 1
    assert faults
    assert all(1 <= fault.line <= lines for fault in faults)
    for words in map(Words, LANGUAGES):
        assert all(fault.tell(words).startswith(f"{file}:{fault.line}: ") for fault in faults)
    return None


def faults_of(read: Callable[[Path], object], file: Path) -> list[tuple[int, str]]:
    """Return the line and the key of every fault in a file."""
    with pytest.raises(FileFaulty) as faulty:
        read(file)
    assert all(fault.file == str(file) for fault in faulty.value.faults)
    return [(fault.line, fault.key) for fault in faulty.value.faults]


def marked(written: str) -> tuple[str, list[tuple[int, str]]]:
    """Take the comments `# fault: KEY …` out of YAML and return what they say to expect, by line."""
    expected = []
    for number, line in enumerate(written.splitlines(), start=1):
        _, _, keys = line.partition("# fault:")
        expected += [(number, key) for key in keys.split()]
    return written, expected
