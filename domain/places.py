"""Which unit a written place belongs to: the places of the tree against a resident's words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from domain.people import UnitCode
from domain.units import Organisation, Unit

CHINESE_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
NUMERAL = "0-9零〇一二两三四五六七八九十百"
HOUSE = "号楼|号院|栋|幢|座"
BUILDING = f"{HOUSE}|号|组|单元"
OWN_SORTS = ("组", "单元")
"""Numbers of these count something else than houses: a range of houses says nothing about them."""
INSIDE = "(?:小区|院内|院里|里面|里|内)?"
DASH = "[-－–—~～至到]"
RANGE = re.compile(rf"^(?P<name>.*?\D)(?P<low>\d+){DASH}(?P<high>\d+)(?P<sort>{BUILDING})?$")
ONE = re.compile(rf"^(?P<name>.*?\D)(?P<low>\d+)(?P<sort>{BUILDING})$")
COUNTED = "天日月年点时分次个户家人元块米周"
NUMBER_HERE = re.compile(  # 红星苑3栋, 3-2-501, 3，…; but neither 两栋楼 (two of them), nor 3 天, nor 3-5点
    rf"^{INSIDE}[\s,，、的第]{{0,2}}(?P<number>(?!两(?!百))[{NUMERAL}]+)"
    rf"(?:\s?(?P<sort>{BUILDING}|#)"
    rf"|(?={DASH}[{NUMERAL}]+(?![{NUMERAL}{COUNTED}])|、[{NUMERAL}]+(?:{HOUSE})|$|[,，。.;；]|\s+(?![\s{COUNTED}楼层室])))"
)
AND_NUMBER = re.compile(rf"^\s?(?:{DASH}|[和与及、,，])\s?第?(?P<number>[{NUMERAL}]+)\s?(?:{HOUSE}|#)")
PART = (
    rf"(?:[A-Za-z]?[{NUMERAL}]+(?:{DASH}[{NUMERAL}]+)*\s?(?:{BUILDING}|#楼?|楼|层|室|户|弄|巷|期|区)"
    rf"|[{NUMERAL}]+(?:{DASH}[{NUMERAL}]+)+|(?<=[元栋幢座楼号])\d{{3,4}}(?![\d年元块人天多个户米平])"
    r"|[东南西北](?:大|侧|后|正)?门|(?:大|侧|后|正)门|[东南西北]区|[A-Za-z](?:座|栋|幢|区))"
)
DETAIL = re.compile(rf"^{INSIDE}(?:[\s,，、的]{{0,2}}第?{PART})+(?:门口|门)?")
SURE_BUILDINGS = ("号楼", "号院", "栋", "幢", "单元")
LONE_NUMBER = re.compile(rf"(?:[{NUMERAL}]{{1,3}})")
OFFICE = re.compile(r"(?P<kind>社区|村)?(?P<office>居民委员会|居委会|村民委员会|村委会)$")
FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """What was read from a written place.

    `unit` is set where the place is certain; `choices` hold the units in question where it is not.
    `words` are the place as written, with building and door number. `beyond`: a building there was named that no unit
    answers for, so that the unit is the nearest above those around it.
    """

    unit: Unit | None = None
    choices: tuple[Unit, ...] = ()
    words: str = ""
    beyond: bool = False

    @property
    def is_any(self) -> bool:
        """Whether the words name a place, certain or not."""
        return self.unit is not None or bool(self.choices)


@dataclass(frozen=True, slots=True)
class _Sign:
    """One name under which a unit may be written, with the numbers that belong to it if it has a range."""

    name: str
    unit: Unit
    numbers: range | None = None
    sort: str = ""

    def counts(self, number: re.Match[str]) -> bool:
        """Whether a number that was read counts the same as this sign's range."""
        read = number["sort"] or self.sort
        return read == self.sort if {read, self.sort} & {*OWN_SORTS} else True


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    units: frozenset[UnitCode]
    beyond: bool = False


def to_number(numeral: str) -> int:
    """Return the value of an Arabic or Chinese numeral below a thousand: `12`, `十二`, `一百零二`."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, None
    for sign in numeral:
        if sign in CHINESE_DIGITS:
            digit = (digit or 0) * 10 + CHINESE_DIGITS[sign]
        elif sign == "十":
            total, digit = total + 10 * (1 if digit is None else digit), None
        elif sign == "百":
            total, digit = total + 100 * (1 if digit is None else digit), None
        else:
            digit = (digit or 0) * 10 + int(sign)
    return total + (digit or 0)


def to_chinese(number: int) -> str:
    """Return a number below a hundred as people write it: 12 is 十二."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    if not tens:
        return digits[ones]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"


def plain(text: str) -> str:
    """Return the text as it is compared: full-width signs made narrow, letters made small, its length kept."""
    return "".join(_plain_sign(sign) for sign in text)


def _plain_sign(sign: str) -> str:
    narrow = unicodedata.normalize("NFKC", sign).lower()
    return narrow if len(narrow) == 1 else sign


class Gazetteer:
    """The names of an organisation's places, ready to be found in what residents write."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    @cached_property
    def _signs(self) -> dict[str, tuple[_Sign, ...]]:
        by_name: dict[str, list[_Sign]] = {}
        for unit in self._organisation.units.values():
            if unit.is_geographic:
                for sign in _signs_of(unit):
                    by_name.setdefault(sign.name, []).append(sign)
        return {name: tuple(signs) for name, signs in by_name.items()}

    @cached_property
    def _any_name(self) -> re.Pattern[str]:
        longest_first = sorted(self._signs, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def find(self, text: str) -> Finding:
        """Read the place out of a resident's words: the longest name wins, a building decides between ranges.

        Several places that lie in each other give the innermost; several apart give a choice, never a guess.
        A known name with a building that no unit answers for gives the units' common ancestor.
        """
        written = plain(text)
        matches = [self._read(found, written) for found in self._any_name.finditer(written)]
        if not matches:
            return Finding()
        inner = self._innermost(matches)
        words = max(self._words(text, written, matches, inner), key=len)
        units = {code for match in inner for code in match.units}
        if len(units) == 1:
            return Finding(self._organisation[units.pop()], (), words, any(match.beyond for match in inner))
        return Finding(None, tuple(u for u in self._organisation.units.values() if u.code in units), words)

    def complete(self, name: str, answer: str) -> Finding:
        """Read an answer as the building that an ambiguous name still wanted: 红星苑, and then 8栋, 8, or 8栋的灯.

        A number that may be a date, a telephone or a count is none.
        """
        written = plain(answer).strip()
        number = NUMBER_HERE.match(written)
        is_building = number is not None and written[: number.end()].endswith(SURE_BUILDINGS)
        if not is_building and not DETAIL.fullmatch(written) and not LONE_NUMBER.fullmatch(written):
            return Finding()
        found = self.find(name + answer)
        return found if found.unit and not self.find(name).unit else Finding()

    def words_about(self, unit: UnitCode, text: str) -> str:
        """Return the place in a text that the unit may answer for, as written; nothing if there is none."""
        written = plain(text)
        matches = [self._read(found, written) for found in self._any_name.finditer(written)]
        path = {above.code for above in self._organisation.path(unit)}
        fitting = [match for match in matches if unit in match.units or match.units & path]
        return max(self._words(text, written, matches, fitting), key=len, default="")

    def suggest(self, answer: str) -> Finding:
        """Read an answer to the question for the place: as `find`, or else a piece of a name that we know."""
        found = self.find(answer)
        piece = plain(answer).strip()
        if found.unit or found.choices or len(piece) < FEWEST_LETTERS:
            return found
        units = {sign.unit.code: sign.unit for name, signs in self._signs.items() if piece in name for sign in signs}
        if len(units) == 1:
            return Finding(next(iter(units.values())), (), answer.strip())
        return Finding(None, tuple(units.values()), answer.strip() if units else "")

    def _read(self, found: re.Match[str], written: str) -> _Match:
        signs = self._signs[found[0]]
        whole = frozenset(sign.unit.code for sign in signs if sign.numbers is None)
        behind = written[found.end() :]
        number = NUMBER_HERE.match(behind)
        numbered = [sign for sign in signs if sign.numbers is not None and number and sign.counts(number)]
        if not number or not numbered:
            return _Match(found.start(), found.end(), whole or frozenset(sign.unit.code for sign in signs))
        also = AND_NUMBER.match(behind[number.end() :])
        values = {to_number(one["number"]) for one in (number, also) if one}
        within = frozenset(sign.unit.code for sign in numbered if sign.numbers and values & {*sign.numbers})
        if within or whole:
            return _Match(found.start(), found.end(), within or whole)
        return _Match(found.start(), found.end(), self._nobodys(signs), beyond=True)

    def _nobodys(self, signs: Iterable[_Sign]) -> frozenset[UnitCode]:
        codes = {sign.unit.code for sign in signs}
        parents = {self._organisation[code].parent or code for code in codes} if len(codes) == 1 else codes
        ancestor = self._organisation.common_ancestor(parents)
        return frozenset({ancestor.code}) if ancestor else frozenset(codes)

    def _innermost(self, matches: list[_Match]) -> list[_Match]:
        """Narrow ambiguous names by the places around them, then drop those that contain another."""
        named = {code for match in matches for code in match.units}
        certain = frozenset(code for match in matches if len(match.units) == 1 for code in match.units)
        narrowed = [self._narrowed(match, named, certain) for match in matches]
        all_codes = {code for match in narrowed for code in match.units}
        outer = {
            unit.code for code in all_codes for unit in self._organisation.path(code)[:-1] if unit.code in all_codes
        }
        return [match for match in narrowed if not match.units <= outer] or narrowed

    def _narrowed(self, match: _Match, named: set[UnitCode], certain: frozenset[UnitCode]) -> _Match:
        if len(match.units) == 1:
            return match
        others = named - match.units
        beneath = frozenset(
            code for code in match.units if others & {unit.code for unit in self._organisation.path(code)[:-1]}
        )
        return _Match(match.start, match.end, match.units & certain or beneath or match.units)

    @staticmethod
    def _words(text: str, written: str, matches: list[_Match], inner: list[_Match]) -> Iterator[str]:
        """Yield each inner place as written, from the names right before it to building and door."""
        begins = {match.end: match.start for match in matches}
        for match in inner:
            start = match.start
            while start in begins:
                start = begins[start]
            detail = DETAIL.match(written[match.end :])
            yield text[start : match.end + (detail.end() if detail else 0)].strip(" ,，、的")


@lru_cache(maxsize=4)
def gazetteer_of(organisation: Organisation) -> Gazetteer:
    """Return the organisation's gazetteer, made once for each of its versions."""
    return Gazetteer(organisation)


def _signs_of(unit: Unit) -> Iterator[_Sign]:
    for name in {unit.name, *_short_names(unit.name)}:
        yield _Sign(plain(name), unit)
    for place in unit.places:
        yield _parse_place(plain(place).strip(), unit)


def _short_names(name: str) -> Iterator[str]:
    """Yield how else people write a name: 南白社区居民委员会 as 南白社区, 第1网格 as 第一网格."""
    if re.search(r"\d", name):
        yield re.sub(r"\d{1,2}", lambda number: to_chinese(int(number[0])), name)
    if office := OFFICE.search(name):
        kind = office["kind"] or ("村" if office["office"].startswith("村") else "社区")
        stem = name[: office.start()] + kind
        if len(stem) > FEWEST_LETTERS:
            yield stem


def _parse_place(place: str, unit: Unit) -> _Sign:
    """Read one entry of `places`: a name, a name with a building, or a name with a range of buildings."""
    if within := RANGE.match(place):
        return _Sign(within["name"], unit, range(int(within["low"]), int(within["high"]) + 1), within["sort"] or "")
    if one := ONE.match(place):
        return _Sign(one["name"], unit, range(int(one["low"]), int(one["low"]) + 1), one["sort"])
    return _Sign(place, unit)
