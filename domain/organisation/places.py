"""Which unit a written place belongs to: the places of the tree against a resident's words."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice
from math import inf

from domain.organisation.addresses import (
    AROUND,
    CORRECTION,
    LEADS,
    answered,
    attributed,
    corrected,
    end_of_detail,
    with_detail,
)
from domain.organisation.buildings import Counts, Mention, mentions_in
from domain.organisation.place_names import FEWEST_LETTERS, Found, NameIndex, UnitName, index_of
from domain.organisation.units import GEOGRAPHIC, Organisation, Unit
from domain.people.person import UnitCode
from domain.text.folding import Folded, fold

READ_AT_MOST = 20_000
"""So many characters of a text are read for a place."""
MOST_CHOICES = 20
"""A name of more units than this is as good as none: nobody picks out of so many."""

MOST_BUILDINGS = 50
"""So many different buildings of one name are looked at."""

AND = re.compile(r"\s?[和与跟同及、,到至~\-]\s?")
BETWEEN = re.compile(r"\s?的?(?:之间|中间|交界|交汇|接壤)处?")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was read from a written place.

    `unit` is set where the place is certain; `choices` hold the units in question where it is not. `asks`: the words
    name more than one of them, or a building that is not surely read, so that nothing but the person can tell.
    `words` are the place as written, with building and door number. `beyond`: a building there was named that no unit
    answers for, so that the unit is the nearest above those around it. `corrects`: the words take back others.
    """

    unit: Unit | None = None
    choices: tuple[Unit, ...] = ()
    words: str = ""
    beyond: bool = False
    asks: bool = False
    corrects: bool = False

    @property
    def is_any(self) -> bool:
        """Whether the words name a place, certain or not."""
        return self.unit is not None or bool(self.choices)


@dataclass(frozen=True, slots=True)
class _Named:
    """One name that a text speaks of: where it stands, the buildings said with it, the units that it leaves."""

    name: str
    places: tuple[Found, ...]
    mentions: tuple[Mention, ...]
    units: frozenset[UnitCode]
    beyond: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """A folded text with the names and the buildings in it; what was corrected is left out."""

    folded: Folded
    names: tuple[Found, ...]
    mentions: dict[str, list[Mention]]
    dropped: tuple[Mention, ...] = ()
    corrects: bool = False


class Gazetteer:
    """The names of an organisation's places, ready to be found in what residents write."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._ancestors: dict[UnitCode, frozenset[UnitCode]] = {}

    @cached_property
    def _index(self) -> NameIndex:
        return index_of(self._organisation.units.values())

    def find(self, text: str) -> Finding:
        """Read the place out of a resident's words: the longest name wins, a building decides between ranges.

        Several places that lie in each other give the innermost; several apart give a choice, never a guess.
        A known name with a building that no unit answers for gives the units' common ancestor.
        """
        read = self._read(fold(text[:READ_AT_MOST]))
        if not read.names:
            return Finding(corrects=read.corrects)
        between = _between(read)
        named = self._named(read)
        inner = named if between else self._innermost(named)
        words = read.folded.between(*between) if between else max(self._words(read, inner), key=len)
        units = {code for one in inner for code in one.units}
        if len(units) == 1:
            beyond = any(one.beyond for one in inner)
            return Finding(self._organisation[units.pop()], (), words, beyond, corrects=read.corrects)
        if len(units) > MOST_CHOICES:
            return Finding()
        asks = len(inner) > 1 or any(one.asks for one in inner)
        return Finding(None, self._in_order(units), words, asks=asks, corrects=read.corrects)

    def complete(self, name: str, answer: str) -> Finding:
        """Read an answer as the building that an ambiguous name still wanted: 红星苑, and then 8栋, 8, or 8栋的灯.

        A number that may be a date, a telephone or a count is none.
        """
        known = self._read(fold(name[:READ_AT_MOST]))
        written = fold(answer[:READ_AT_MOST])
        ranged = [found for found in known.names if any(one.numbers for one in self._index.by_name[found.name])]
        buildings = answered(written)
        if not ranged or not buildings:
            return Finding()
        corrects, said = corrected(written.text, buildings)
        place = ranged[0]
        one = self._units_of(place.name, (place,), said)
        if len(one.units) > 1 and not one.asks:
            return Finding()
        called = known.folded.between(place.start, place.end)
        words = called + max((with_detail(written, mention) for mention in said), key=len)
        if len(one.units) > 1:
            return Finding(None, self._in_order(one.units), words, asks=True, corrects=corrects)
        return Finding(self._organisation[next(iter(one.units))], (), words, one.beyond, corrects=corrects)

    def words_about(self, unit: UnitCode, text: str) -> str:
        """Return the place in a text that the unit may answer for, as written; nothing if there is none."""
        read = self._read(fold(text[:READ_AT_MOST]))
        path = {above.code for above in self._organisation.path(unit)}
        fitting = [one for one in self._named(read) if unit in one.units or one.units & path]
        return max(self._words(read, fitting), key=len, default="")

    def suggest(self, answer: str) -> Finding:
        """Read an answer to the question for the place: as `find`, or else a piece of a name that we know."""
        found = self.find(answer)
        piece = fold(answer[:READ_AT_MOST]).text.strip()
        if found.is_any or len(piece) < FEWEST_LETTERS:
            return found
        holding = (unit_names for name, unit_names in self._index.by_name.items() if piece in name)
        units = {unit_name.unit for unit_names in holding for unit_name in unit_names}
        if len(units) == 1:
            return Finding(self._organisation[units.pop()], (), answer.strip())
        return Finding(None, self._in_order(units), answer.strip()) if 1 < len(units) <= MOST_CHOICES else Finding()

    def _in_order(self, codes: Iterable[UnitCode]) -> tuple[Unit, ...]:
        """Return units in the order of the organisation's file."""
        return tuple(self._organisation[code] for code in sorted(codes, key=self._order.__getitem__))

    @cached_property
    def _order(self) -> dict[UnitCode, int]:
        return {code: place for place, code in enumerate(self._organisation.units)}

    def _read(self, folded: Folded) -> _Text:
        names = tuple(self._index.find(folded.text))
        if not names:
            return _Text(folded, (), {}, (), CORRECTION.search(folded.text) is not None)
        said = list(attributed(folded.text, names, mentions_in(folded.text)))
        taken_back = 0
        for correction in CORRECTION.finditer(folded.text):
            later = any(found.start >= correction.end() for found in names)
            if later or any(mention.start >= correction.end() for _, mention in said):
                taken_back = correction.end()
        kept_names = tuple(found for found in names if found.start >= taken_back) or names
        here = {found.name for found in kept_names}
        kept: dict[str, list[Mention]] = {}
        for name, mention in said:
            if mention.start >= taken_back and name in here:
                kept.setdefault(name, []).append(mention)
        dropped = tuple(mention for _, mention in said if mention.start < taken_back)
        return _Text(folded, kept_names, kept, dropped, taken_back > 0)

    def _named(self, read: _Text) -> list[_Named]:
        by_name: dict[str, list[Found]] = {}
        for found in read.names:
            by_name.setdefault(found.name, []).append(found)
        return [self._units_of(name, places, read.mentions.get(name, ())) for name, places in by_name.items()]

    def _units_of(self, name: str, places: Sequence[Found], mentions: Sequence[Mention]) -> _Named:
        """Return which units a name leaves in question, given the buildings said with it."""
        unit_names = self._index.by_name[name]
        whole = frozenset(unit_name.unit for unit_name in unit_names if unit_name.numbers is None)
        everybody = frozenset(unit_name.unit for unit_name in unit_names)
        ranged = [unit_name for unit_name in unit_names if unit_name.numbers is not None]
        different = islice({(one.counts, one.spans): one for one in mentions}.values(), MOST_BUILDINGS)
        meant = [(unit_name, mention) for mention in different for unit_name in ranged if unit_name.may_mean(mention)]
        sure = [(unit_name, mention) for unit_name, mention in meant if unit_name.surely_means(mention)]
        named = _Named(name, tuple(places), tuple(mentions), whole or everybody)
        if not sure:
            return replace(named, units=everybody, asks=True) if meant else named
        within = frozenset(
            unit_name.unit for unit_name, mention in sure if mention.meets(unit_name.numbers or range(0))
        )
        if within or whole:
            return replace(named, units=within or whole, asks=bool(within))
        return replace(named, units=self._nobodys(unit_names), beyond=True, asks=True)

    def _nobodys(self, unit_names: Iterable[UnitName]) -> frozenset[UnitCode]:
        codes = {unit_name.unit for unit_name in unit_names}
        parents = {self._organisation[code].parent or code for code in codes} if len(codes) == 1 else codes
        ancestor = self._organisation.common_ancestor(parents)
        return frozenset({ancestor.code}) if ancestor else frozenset(codes)

    def _innermost(self, named: list[_Named]) -> list[_Named]:
        """Narrow ambiguous names by the places around them, then drop those that contain another."""
        counted = Counter(code for one in named for code in one.units)
        own = Counter(code for one in named if self._is_own(one.name) for code in one.units)
        left = [replace(one, units=self._narrowed(one, counted, own)) for one in named]
        codes = {code for one in left for code in one.units}
        outer = {above for code in codes for above in self._above(code) if above in codes}
        return [one for one in left if not one.units <= outer] or left

    def _narrowed(self, one: _Named, counted: Counter[UnitCode], own: Counter[UnitCode]) -> frozenset[UnitCode]:
        """Return the units of an ambiguous name that are named besides, or lie in one that is.

        What lies beside a place tells nothing of it: only a unit's own name narrows a place, and the other way round.
        """
        if len(one.units) == 1:
            return one.units
        besides, itself = (counted, 1) if self._is_own(one.name) else (own, 0)
        same = frozenset(code for code in one.units if besides[code] > itself)
        around = {code for code in counted if code not in one.units}
        return same or frozenset(code for code in one.units if not around.isdisjoint(self._above(code))) or one.units

    def _above(self, code: UnitCode) -> frozenset[UnitCode]:
        """Return the units that a unit lies in."""
        if code not in self._ancestors:
            self._ancestors[code] = frozenset(unit.code for unit in self._organisation.path(code)[:-1])
        return self._ancestors[code]

    def _is_own(self, name: str) -> bool:
        return any(unit_name.of_unit for unit_name in self._index.by_name[name])

    @staticmethod
    def _words(read: _Text, inner: Iterable[_Named]) -> Iterator[str]:
        """Yield each inner place as written, from the names right before it to building and door."""
        begins = {found.end: found.start for found in read.names}
        for one in inner:
            apart = max(
                (with_detail(read.folded, m) for m in one.mentions if m.counts is Counts.HOUSE), key=len, default=""
            )
            for found in one.places:
                start = found.start
                for _level in GEOGRAPHIC:
                    start = begins.get(start, start)
                yield _place_words(read, start, found, one.mentions, apart)


@lru_cache(maxsize=4)
def gazetteer_of(organisation: Organisation) -> Gazetteer:
    """Return the organisation's gazetteer, made once for each of its versions."""
    return Gazetteer(organisation)


def _between(read: _Text) -> tuple[int, int] | None:
    """Return where a text speaks of what lies between two places."""
    text = read.folded.text
    for one, other in zip(read.names, read.names[1:], strict=False):
        ends = end_of_detail(text, one.end)
        joined = one.name != other.name and AND.fullmatch(text, ends, other.start)
        if joined and (found := BETWEEN.match(text, end_of_detail(text, other.end))):
            return one.start, found.end()
    return None


def _place_words(read: _Text, start: int, found: Found, mentions: Sequence[Mention], apart: str) -> str:
    """Return a place as written: the name with building and door, also where these stand before it or apart."""
    text = read.folded.text
    end = end_of_detail(text, found.end)
    if _first_from(read.dropped, found.end) < end:
        end = found.end
    before = mentions[_index_from(mentions, start) - 1] if mentions and mentions[0].start < start else None
    if before and before.counts is Counts.HOUSE and LEADS.fullmatch(text, before.end, start):
        return read.folded.between(before.start, end).strip(AROUND)
    if not apart:
        bare = mentions[_index_from(mentions, found.end) :][:1]
        end = max(end, *(one.end for one in bare if one.counts in (Counts.BARE, Counts.PAIR)), 0)
    shown = read.folded.between(start, end).strip(AROUND)
    return shown if _first_from(mentions, start) < end else shown + apart


def _index_from(mentions: Sequence[Mention], start: int) -> int:
    return bisect_left(mentions, start, key=lambda mention: mention.start)


def _first_from(mentions: Sequence[Mention], start: int) -> float:
    """Return where the first of the buildings from here on stands."""
    index = _index_from(mentions, start)
    return mentions[index].start if index < len(mentions) else inf
