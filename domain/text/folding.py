"""Folding: a text as it is compared, and what of it can be seen at all."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MARKS = frozenset({"Mn", "Mc", "Me"})
UNSEEN = MARKS | {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
"""Categories of Unicode that show nothing by themselves; a mark needs a letter to stand on."""
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\U0001d159")
"""Letters and characters that are drawn as nothing: fillers of Hangul, the empty Braille cell, the empty note head."""
IGNORABLE = (range(0xFFF0, 0xFFF9), range(0xE0000, 0xE1000))
"""Code points without a category that are never drawn."""
SIMPLE: dict[int, int | str] = {
    **str.maketrans("棟號樓單區層門電話兩點間戶幾", "栋号楼单区层门电话两点间户几"),
    ord("🔟"): "10",
}
"""Traditional characters that stand in addresses, as they are written on the mainland; the one keycap of two digits."""


def is_seen(character: str) -> bool:
    """Whether a reader sees anything where this character stands alone."""
    if unicodedata.category(character) in UNSEEN or character in BLANK:
        return False
    return not any(ord(character) in unseen for unseen in IGNORABLE)


def shows_anything(text: str) -> bool:
    """Whether a reader sees anything of a text."""
    return any(map(is_seen, text))


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared, and where each of its characters comes from.

    Full-width and circled characters are plain, letters small, digits Arabic; what cannot be seen is gone, and marks
    on letters with it. `at`: for each character its place in `written`.
    """

    written: str
    text: str
    at: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.text)

    @property
    def squeezed(self) -> "Folded":
        """The text with one blank for several in a row, the first of them."""
        kept = [n for n, one in enumerate(self.text) if not (one.isspace() and self.text[n - 1 : n].isspace())]
        return Folded(self.written, "".join(self.text[n] for n in kept), tuple(self.at[n] for n in kept))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters of the folded text stand in the written one, with the marks on the last of them."""
        if start >= end:
            begin = self.at[start] if start < len(self.at) else len(self.written)
            return begin, begin
        stop = self.at[end - 1] + 1
        while stop < len(self.written) and unicodedata.category(self.written[stop]) in MARKS:
            stop += 1
        return self.at[start], stop

    def between(self, start: int, end: int) -> str:
        """Return characters of the folded text as they were written."""
        begin, stop = self.span(start, end)
        return self.written[begin:stop]


def folded(text: str) -> str:
    """Return a text as it is compared, where nobody asks for its places."""
    return "".join(map(_fold_character, text))


def fold(text: str) -> Folded:
    """Return a text as it is compared."""
    characters = [_fold_character(character) for character in text]
    at = [place for place, several in enumerate(characters) for _ in several]
    return Folded(text, "".join(characters), tuple(at))


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    if character.isspace():
        return "\n" if character in "\r\n" else " "
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    return "".join(_seen_parts(character)).translate(SIMPLE)


def _seen_parts(character: str) -> Iterator[str]:
    for part in unicodedata.normalize("NFKD", character).lower():
        if part.isspace():
            yield " "
        elif is_seen(part):
            yield part
