"""Categories (事项): what a case is about, on two levels, and what a resident's words say of it. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from domain.people.person import UnitCode
from domain.text.folding import fold

BEGINNING = 60
"""People say first what they come for: what these first characters name counts twice."""


@dataclass(frozen=True, slots=True)
class Category:
    """What cases may be about: 路灯 in the group 市政设施; a group itself is in none.

    `unit`: to whom such a matter usually goes, offered first where another unit is chosen; `words`: by which it is
    known in what residents write.
    """

    name: str
    group: str | None = None
    unit: UnitCode | None = None
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A short name that fits a button; it stays as long as the name does."""
        return hashlib.sha256(self.name.encode()).hexdigest()[:10]


@dataclass(frozen=True, eq=False)
class Categories:
    """All categories of a desk, in the order of its file, each group before its own."""

    all: tuple[Category, ...] = ()

    @cached_property
    def _named(self) -> Mapping[str, Category]:
        return {category.name: category for category in self.all}

    @cached_property
    def _keyed(self) -> Mapping[str, Category]:
        return {category.key: category for category in self.all}

    @cached_property
    def _words(self) -> tuple[tuple[str, str], ...]:
        return tuple((fold(word).text, category.name) for category in self.all for word in category.words)

    def __contains__(self, name: object) -> bool:
        return name in self._named

    def named(self, name: str) -> Category | None:
        """Return the category of this name, if there is one now."""
        return self._named.get(name)

    def known_as(self, key: str) -> Category | None:
        """Return the category that a button names, if there is one now."""
        return self._keyed.get(key)

    def within(self, group: str | None) -> tuple[Category, ...]:
        """Return the categories of a group; of none, the groups."""
        return tuple(category for category in self.all if category.group == group)

    def unit_for(self, name: str) -> UnitCode | None:
        """Return to whom a matter of this category usually goes: its own unit, or that of its group."""
        category = self.named(name)
        if category is None or category.unit or category.group is None:
            return category.unit if category else None
        return self.unit_for(category.group)

    def guess(self, text: str) -> str:
        """Return the category that the words name most; "" where they name none. Workers may correct it.

        A word counts once, by its length, and twice where the text begins with it; of two alike the earlier decides.
        """
        folded = fold(text).text
        weights: dict[str, tuple[int, int]] = {}
        for word, name in self._words:
            at = _place_of(word, folded)
            if at >= 0:
                weight, first = weights.get(name, (0, at))
                weights[name] = weight + len(word) * (2 if at < BEGINNING else 1), min(first, at)
        return max(weights, key=lambda name: (weights[name][0], -weights[name][1]), default="")


def _place_of(word: str, text: str) -> int:
    """Return where a text first names a word, or -1; one in Latin letters is not named in the middle of another."""
    at = text.find(word)
    while at > 0 and _is_latin(word[0]) and _is_latin(text[at - 1]):
        at = text.find(word, at + 1)
    return at


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
