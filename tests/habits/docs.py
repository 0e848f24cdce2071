"""Our docs as data: their text, the code that they quote, their links and their headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.habits.source import ROOT

FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Doc:
    """One doc: its path from the root, and what is written in it."""

    path: str
    text: str

    @property
    def prose(self) -> str:
        """The text without the blocks of code in it."""
        return FENCE.sub("", self.text)

    @property
    def spans(self) -> list[str]:
        """What stands in backticks."""
        return SPAN.findall(self.prose)

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return LINK.findall(self.prose)

    @property
    def anchors(self) -> set[str]:
        """The places in it that a link can name, as GitHub names them."""
        plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(self.prose))
        return {heading.strip().replace(" ", "-") for heading in plain}

    def blocks(self, *languages: str) -> Iterator[str]:
        """Yield the blocks of code in these languages."""
        yield from (code for language, code in FENCE.findall(self.text) if language in languages)

    def commands(self) -> Iterator[str]:
        """Yield what a reader may type into a terminal: in backticks, or a line of a block for the shell."""
        yield from self.spans
        for block in self.blocks("sh"):
            yield from (line.partition(" #")[0].strip() for line in block.splitlines())


@cache
def docs() -> tuple[Doc, ...]:
    """Return every doc of the project; the sandbox's has tests of its own."""
    files = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    return tuple(_doc(file) for file in files)


def doc(path: str) -> Doc:
    """Return one doc."""
    return _doc(ROOT / path)


def _doc(file: Path) -> Doc:
    return Doc(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))
