"""Likeness: how far what two people tell may be one matter (同一件), by their words and by where it is. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain, pairwise
from math import fsum, log, pow, sqrt  # noqa: A004 - of numbers that are no whole ones

from domain.cases.case import CaseId
from domain.cases.kinds import Kind
from domain.organisation.buildings import Counts, mentions_in
from domain.people.person import UnitCode
from domain.text.folding import folded

READ_AT_MOST = 300
"""So many characters from its beginning a text is compared by: people say first what they come for."""
ALIKE = 0.65
"""From here on two are taken to be one matter: better none is suggested than a wrong one (docs/adr/0046)."""
OTHERS = 50
"""As if so many matters more were known that have none of the words: what two of three say is not common yet."""
FEW = 0.1
"""Who share no more of their words have nothing in common."""
PLENTY = 60.0
"""So much in common is plenty; with less, more of the whole has to be the same."""
SAME_PLACE = 40.0
"""So much in common is that both name their place, and it is the same."""
FILED_OTHERWISE = 0.8
"""So far alike are at most two that are about different categories."""

STOCK = re.compile(
    r"尊敬|[您你]们?好|谢谢|感谢|领导|书记|[市区县]长|网格员|同志|师傅|希望|[恳请]求|请问|咨询|反[映应]|投诉|举报|建议|求助"
    r"|[相有]关部门|政府|部门|[尽赶][快紧]|解决|处理|问题|情况|我们|我是|本人|他们|没有|一个|现在|已经|为?什么|怎么|可以|非常|严重"
    r"|影响|老?百姓|居民|业主|小区|多次|一直|这[个样里]|时[间候]|不能|能否|是不?是|是否|关于|麻烦|帮忙|派人|看看|看一下|坏了|今天|昨天"
    r"|\b(?:the|an?|is|are|was|it|its|in|on|at|of|to|for|and|my|our|we|i|please|hello|hi|thanks?|you|not|has|have|been)\b"
)
"""Greetings, and what is said of any matter."""
RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
OF_AN_AREA = re.compile(
    r"[停没断缺]了?[水电气暖网]|没有[水电气暖]|水压|自来水|水质|爆管|水管|电压|跳闸|暖气|供[水电暖热]|噪[音声]|[太好很]吵|吵[得死闹]"
    r"|扰民|臭|异味|油烟|\bno (?:water|power|gas|heating)\b|\bnois[ey]|\bsmell"
)
"""What is the same in many buildings at once."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What is looked at of an open case where something else may be about the same: nothing of who raised it."""

    case: CaseId
    number: str
    kind: Kind
    category: str
    raised_in: UnitCode
    address: str
    text: str
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Substance:
    """What is compared: the words, the place as it was written, the category, and the units around it from the root."""

    text: str
    address: str = ""
    category: str = ""
    around: tuple[UnitCode, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """What it is compared by, without its place."""
        beginning = self.text[:READ_AT_MOST]
        return _words(beginning.replace(self.address, " ") if self.address else beginning)

    @property
    def is_of_an_area(self) -> bool:
        """Whether it is the same in many buildings at once: water, power, noise."""
        return OF_AN_AREA.search(folded(self.text[:READ_AT_MOST])) is not None


class Comparison:
    """Compares matters with each other; what many of them say tells little."""

    def __init__(self, matters: Iterable[Substance]) -> None:
        known = [matter.words for matter in matters]
        self._said = Counter(chain.from_iterable(known))
        every = len(known) + OTHERS
        self._weights = [log(every / (times + 0.5)) for times in range(len(known) + 1)]

    def likeness(self, one: Substance, other: Substance) -> float:
        """Return how far two matters may be one: from 0, also where they are at different places, to 1."""
        here, there = one.words, other.words
        both = here & there
        if len(both) ** 2 <= len(here) * len(there) * FEW**2 or are_apart(one, other):
            return 0.0
        shared = self._weight(both)
        share = shared / sqrt(self._weight(here) * self._weight(there))
        told = shared + (SAME_PLACE if one.address and other.address else 0.0)
        is_otherwise = one.category and other.category and one.category != other.category
        return pow(share, PLENTY / (PLENTY + told)) * (FILED_OTHERWISE if is_otherwise else 1.0)

    def _weight(self, words: Iterable[str]) -> float:
        said, weights = self._said, self._weights
        return fsum(weights[said[word]] for word in words)


def are_apart(one: Substance, other: Substance) -> bool:
    """Whether two are surely at different places: other compounds, or other buildings or units where these matter."""
    here, there = _place(one.address), _place(other.address)
    if here.name and there.name and here.name not in there.name and there.name not in here.name:
        return True
    nested = all(above == below for above, below in zip(one.around, other.around, strict=False))
    if nested and (not here.houses or not there.houses or _meet(here.houses, there.houses)):
        return False
    return not (one.is_of_an_area and other.is_of_an_area)


@dataclass(frozen=True, slots=True)
class _Place:
    """An address as it is compared: what the place is called, and its buildings, each from the first to the last."""

    name: str
    houses: tuple[tuple[int, int], ...]


@lru_cache(maxsize=1024)
def _place(address: str) -> _Place:
    text = folded(address)
    houses = [one for one in mentions_in(text) if one.counts in (Counts.HOUSE, Counts.PAIR)]
    spans = (one.spans[:1] if one.counts is Counts.PAIR else one.spans for one in houses)
    name = text[: houses[0].start] if houses else text
    return _Place("".join(RUN.findall(name)), tuple(span for several in spans for span in several))


def _meet(some: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> bool:
    return any(low <= last and first <= high for low, high in some for first, last in others)


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    """Return every two characters that stand side by side, and the words in Latin letters."""
    words: set[str] = set()
    for run in RUN.findall(STOCK.sub(" ", folded(text))):
        words.update([run] if run[0].isascii() else map("".join, pairwise(run)))
    return frozenset(words)
