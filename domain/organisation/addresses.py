"""Addresses: which building is said of which name, and how far an address goes behind its name."""

import re
from collections.abc import Iterator, Sequence

from domain.organisation.buildings import DASH, LIVES, PLACED, REACH, Counts, Mention, joins, mentions_in
from domain.organisation.place_names import Found
from domain.text.folding import Folded, fold
from domain.text.numerals import CHINESE_DIGITS, NUMERAL

INSIDE = "(?:小区|大院|院内|院里|里面|里头|里|内)?"
PHASE = rf"(?:第?[{NUMERAL}]{{1,3}}期|[东西南北中a-z{NUMERAL}]区)?"
BETWEEN = r"(?:[^\w]|的){0,6}"
DIRECT = re.compile(rf"{INSIDE}{BETWEEN}{PHASE}{BETWEEN}第?")
CLOSE = re.compile(rf"{INSIDE}[\s,、的(\[:{DASH}]{{0,2}}{PHASE}第?")
"""What may stand between a name and a number that does not say what it counts."""
LEADS = re.compile(rf"[^\w]?[\s,、的:({DASH}]{{0,3}}")
DIGITS = f"0-9{''.join(CHINESE_DIGITS)}"
PART = (
    rf"(?:[a-z]?[{NUMERAL}]++(?:[{DASH}][{NUMERAL}]++)*+\s?(?:号\s?[楼院栋幢]|栋|幢|座|号(?:大?门|电梯)?|组|单元|#楼?|楼|层|室|户|弄|巷|期|区)"
    rf"|[{NUMERAL}]++(?:[{DASH}][{NUMERAL}]++)++(?![点时:])|(?<=[元栋幢座楼号])[{DIGITS}]{{3,4}}(?![{DIGITS}年元块人天多个户米平])"
    r"|[东南西北](?:大|侧|后|正)?门|(?:大|侧|后|正)门|[东南西北]区|[a-z](?:座|栋|幢|区|号楼))"
)
DETAIL = re.compile(rf"{INSIDE}(?:(?:[^\w\n。!?;.]|的){{0,3}}第?{PART})++[)\]】》]?(?:门口|门)?")
FARTHEST_DETAIL = 60
AROUND = " ,，、的"
CORRECTION = re.compile(r"(?:^|[\s,。.;!?、])[啊哦呃诶]?(?:不对|[说写打发搞记弄]错|更正|纠正|应该是)了?")
BESIDE = re.compile(r"\s?的?(?:正?对面|旁边|隔壁|边上|[前后左右]面|背后)的?\s?第?")
"""What joins a building to another of the same name: 5栋对面6栋."""
BUILDING = re.compile(rf"[^{NUMERAL}]*+(?:第?[{NUMERAL}]{{1,3}}(?:号\s?[楼院栋幢]|#楼?|[栋幢座]))?")
"""A name to its first number, and that number where it is said to be of a building."""
AN_ANSWER = re.compile(rf"第?(?P<number>[{NUMERAL}]{{1,3}})号?")


def attributed(text: str, names: Sequence[Found], mentions: list[Mention]) -> Iterator[tuple[str, Mention]]:
    """Yield each building with the name that it is said of; what is not surely said of it counts as unclear.

    One right behind a name, or in a row with one that is, is of that name, one right before a name of that one. Any
    other is of the name before it, or of the first, where the words are such as lead to a building.
    """
    place = 0
    direct_before: tuple[str, Mention] | None = None
    for mention, before in joins(mentions, text):
        while place < len(names) and names[place].end <= mention.start:
            place += 1
        last, following = (names[place - 1] if place else None), (names[place] if place < len(names) else None)
        if following and following.start < mention.end:
            continue
        if last and (_is_direct(text, last, mention) or (before and direct_before == (last.name, before))):
            direct_before = (last.name, mention)
            yield last.name, mention
        elif following and mention.counts is Counts.HOUSE and LEADS.fullmatch(text, mention.end, following.start):
            yield following.name, mention if _is_placed(text, mention) else _unclear(mention)
        elif last and direct_before and direct_before[0] == last.name and _is_beside(text, direct_before[1], mention):
            yield last.name, mention
        elif (owner := last or following) and (loose := _loose(text, mention)) is not None:
            yield owner.name, loose


def _is_direct(text: str, name: Found, mention: Mention) -> bool:
    joint = DIRECT if mention.counts in (Counts.HOUSE, Counts.UNCLEAR) else CLOSE
    return mention.start - name.end <= REACH and joint.fullmatch(text, name.end, mention.start) is not None


def _is_beside(text: str, one: Mention, other: Mention) -> bool:
    is_house, gap = other.counts is Counts.HOUSE, other.start - one.end
    return is_house and gap <= REACH and BESIDE.fullmatch(text, one.end, other.start) is not None


def _is_placed(text: str, mention: Mention) -> bool:
    """Whether the words before a number are such as lead to a building, and not the name of another place."""
    return PLACED.search(_before(text, mention)) is not None


def _before(text: str, mention: Mention) -> str:
    return text[max(0, mention.start - REACH) : mention.start]


def _loose(text: str, mention: Mention) -> Mention | None:
    """Return what a number far from any name may say: a building, or one that is unclear, or nothing."""
    if mention.counts is Counts.HOUSE:
        return mention if mention.sure and _is_placed(text, mention) else _unclear(mention)
    if mention.counts in (Counts.GROUP, Counts.ENTRANCE):
        return mention if _is_placed(text, mention) else None
    if mention.counts in (Counts.NUMBER, Counts.UNCLEAR) and LIVES.search(_before(text, mention)):
        return _unclear(mention)
    return None


def _unclear(mention: Mention) -> Mention:
    return Mention(mention.start, mention.end, Counts.UNCLEAR, mention.spans, sure=False)


def answered(written: Folded) -> list[Mention]:
    """Return the buildings in an answer: a lone number is one, any other number has to say what it counts."""
    text = written.text
    whole = text.strip()
    start = len(text) - len(text.lstrip())
    if AN_ANSWER.fullmatch(whole):
        found = mentions_in(whole.removesuffix("号").removeprefix("第") + "栋")
        return [Mention(start, start + len(whole), one.counts, one.spans) for one in found]
    found = mentions_in(text)
    if found and found[0].counts in (Counts.NUMBER, Counts.PAIR) and DETAIL.fullmatch(whole):
        return [Mention(found[0].start, found[0].end, Counts.HOUSE, found[0].spans)]
    at_once = [one for one in found[:1] if not text[: one.start].strip(" ,、第") and one.counts is Counts.HOUSE]
    return at_once + [
        one for one in found if one not in at_once and one.counts is Counts.HOUSE and one.sure and _is_placed(text, one)
    ]


def corrected(text: str, mentions: list[Mention]) -> tuple[bool, list[Mention]]:
    """Return whether words take something back, and the buildings that they leave."""
    ends = [found.end() for found in CORRECTION.finditer(text)]
    later = [mention for mention in mentions if ends and mention.start >= ends[-1]]
    return bool(ends), later or mentions


def end_of_detail(text: str, end: int) -> int:
    """Return where building, entrance and door behind a place in a text end; that place if there are none."""
    detail = DETAIL.match(text, end, end + FARTHEST_DETAIL)
    return detail.end() if detail else end


def with_detail(folded: Folded, mention: Mention) -> str:
    """Return a building as written, with entrance and door."""
    end = max(mention.end, end_of_detail(folded.text, mention.start))
    return folded.between(mention.start, end).strip(AROUND)


def without_door(address: str) -> str:
    """Return an address as far as others may read where somebody lives: to the building, without entrance and door."""
    folded = fold(address)
    building = BUILDING.match(folded.text)
    return folded.between(0, building.end() if building else 0).strip(AROUND)


def beyond(text: str, address: str) -> str:
    """Return what a text that begins with an address says after it; the whole text if it begins otherwise."""
    return text.removeprefix(address).lstrip("的，。, ") if address else text
