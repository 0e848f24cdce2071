"""Names of places: under which names a unit may be written, and where such names stand in a text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from domain.organisation.buildings import DASH, Counts, Mention
from domain.organisation.units import Unit
from domain.people.person import UnitCode
from domain.text.folding import folded
from domain.text.numerals import to_chinese

COUNTED = {"号": Counts.NUMBER, "组": Counts.GROUP, "单元": Counts.ENTRANCE}
BUILDING = "号楼|号院|栋|幢|座|号|组|单元"
RANGE = re.compile(rf"^(?P<name>.*\D)(?P<low>\d{{1,9}})[{DASH}](?P<high>\d{{1,9}})(?P<counts>{BUILDING})?$")
ONE = re.compile(rf"^(?P<name>.*\D)(?P<low>\d{{1,9}})(?P<counts>{BUILDING})$")
OFFICE = re.compile(r"(?P<kind>社区|村)?(?P<office>居民委员会|居委会|村民委员会|村委会)$")
FEWEST_LETTERS = 2
KEY_LENGTH = 2

Called = tuple[UnitCode, str, tuple[str, ...]]
"""A unit, its own name, and its places."""


@dataclass(frozen=True, slots=True)
class UnitName:
    """One name under which a unit may be written, with the numbers that belong to it if it has a range.

    `counts`: what the range counts. `of_unit`: the name is the unit's own, not that of a place in it.
    """

    name: str
    unit: UnitCode
    numbers: range | None = None
    counts: Counts = Counts.HOUSE
    of_unit: bool = False

    def may_mean(self, mention: Mention) -> bool:
        """Whether a number that was read may be one of this range's: one of 组 or 单元 says nothing about houses."""
        own = {Counts.GROUP, Counts.ENTRANCE}
        if self.numbers is None:
            return False
        if mention.counts is Counts.BARE and mention.is_door:
            return mention.meets(self.numbers)
        if mention.counts in (Counts.BARE, Counts.PAIR):
            return True
        return mention.counts is self.counts if own & {mention.counts, self.counts} else True

    def surely_means(self, mention: Mention) -> bool:
        """Whether it can be nothing but one of this range's."""
        if not self.may_mean(mention):
            return False
        if mention.counts is Counts.PAIR and len(mention.spans) > 1:
            return all(number in (self.numbers or ()) for span in mention.spans for number in span)
        return mention.counts is self.counts or mention.counts not in {Counts.NUMBER, Counts.FLOOR, Counts.UNCLEAR}


@dataclass(frozen=True, slots=True)
class Found:
    """A name where it stands in a folded text."""

    start: int
    end: int
    name: str


class NameIndex:
    """All names of an organisation by their first characters, so that a text is read once whatever their number."""

    def __init__(self, called: Iterable[Called]) -> None:
        by_name: dict[str, list[UnitName]] = {}
        for unit, name, places in called:
            for unit_name in names_of_unit(unit, name, places):
                by_name.setdefault(unit_name.name, []).append(unit_name)
        self.by_name = {name: tuple(unit_names) for name, unit_names in by_name.items() if name}
        lengths: dict[str, set[int]] = {}
        for name in self.by_name:
            lengths.setdefault(name[:KEY_LENGTH], set()).add(len(name))
        self._lengths = {key: sorted(several, reverse=True) for key, several in lengths.items()}

    def find(self, text: str) -> Iterator[Found]:
        """Yield the names in a folded text from left to right, of those that begin together the longest."""
        place = 0
        while place < len(text):
            name = self._at(text, place)
            if name:
                yield Found(place, place + len(name), name)
            place += len(name) or 1

    def _at(self, text: str, place: int) -> str:
        for key in (text[place : place + KEY_LENGTH], text[place]):
            for length in self._lengths.get(key, ()):
                if (name := text[place : place + length]) in self.by_name:
                    return name
        return ""


def index_of(units: Iterable[Unit]) -> NameIndex:
    """Return the names of the units that answer for an area; the same index as long as no name or place changes."""
    return _index_of(tuple((unit.code, unit.name, unit.places) for unit in units if unit.is_geographic))


@lru_cache(maxsize=2)
def _index_of(called: tuple[Called, ...]) -> NameIndex:
    return NameIndex(called)


def names_of_unit(unit: UnitCode, called: str, places: Iterable[str]) -> Iterator[UnitName]:
    """Yield the names under which a unit may be written."""
    for name in own_names(called):
        yield UnitName(name, unit, of_unit=True)
    for place in places:
        name, numbers, counts = parse_place(place)
        yield UnitName(name, unit, numbers, counts)


@lru_cache(maxsize=1024)
def own_names(name: str) -> tuple[str, ...]:
    """Return how people write a unit's name: 南白社区居民委员会 also as 南白社区, 第1网格 as 第一网格."""
    names = {name: None}
    if re.search(r"\d", name):
        names[re.sub(r"\d{1,2}", lambda number: to_chinese(int(number[0])), name)] = None
    if office := OFFICE.search(name):
        kind = office["kind"] or ("村" if office["office"].startswith("村") else "社区")
        stem = name[: office.start()] + kind
        if len(stem) > FEWEST_LETTERS:
            names[stem] = None
    return tuple(dict.fromkeys(folded(each) for each in names))


def parse_place(place: str) -> tuple[str, range | None, Counts]:
    """Read one entry of `places`: a name, a name with a building, or a name with a range of buildings."""
    written = folded(place).strip()
    if within := RANGE.match(written):
        numbers = range(int(within["low"]), int(within["high"]) + 1)
        return within["name"].strip(), numbers, COUNTED.get(within["counts"] or "", Counts.HOUSE)
    if one := ONE.match(written):
        return (
            one["name"].strip(),
            range(int(one["low"]), int(one["low"]) + 1),
            COUNTED.get(one["counts"], Counts.HOUSE),
        )
    return written, None, Counts.HOUSE
