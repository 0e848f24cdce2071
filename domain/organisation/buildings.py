"""Buildings in what people write: which numbers count buildings, and which are doors, lifts, days or counts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.text.numerals import NUMERAL, is_rough, to_number

DASH = r"\-‐–—―−~〜至到"
LIST = ",、和与跟及或"
REACH = 16
"""So many characters around a number decide what it counts."""
LONGEST_NUMBER = 3
LOWEST_DOOR = 101
NO_HOUSE_HAS = 10_000
DOOR_DIGITS = (3, 4)
"""A door number has storey and door: 301, 1203."""

TOKEN = re.compile(r"[0-9]++|[" + NUMERAL.removeprefix("0-9") + "]++")
JOINT = re.compile(rf"\s?(?:(?P<dash>[{DASH}])|(?P<mark>[./_])|[{LIST}])\s?第?")
SUFFIX = re.compile(
    r"[\s\"'”’」』)\]】》]{0,2}(?:(?P<house>号\s?[楼院栋幢]|#楼?|[栋幢座])|(?P<number>号)|(?P<group>(?:村民)?小?组)"
    r"|(?P<entrance>单元)|(?P<floor>楼))"
)
ANNOUNCED = re.compile(r"(?:楼栋号?|[楼栋幢]号|#|(?<![a-z])no\.?)[\s:是为]{0,2}$")
"""What stands before a number of a building where nothing stands behind it: 楼栋：8, #8."""
MISHEARD = re.compile(r"\s?[动懂冻洞董撞幛橦]")
"""What a telephone writes for 栋 and 幢 when somebody speaks to it."""
LETTERED = re.compile(r"(?<![a-z])[a-z]++\s?(?:号楼|[栋幢座])")

COUNTED = "天日月年点时分次个户家人元块米周号"
COUNTS = re.compile(
    rf"\s?[{COUNTED}:路线层室级辆台条根盏张间套位名遍趟回只口棵处把桌万千百多几余来成度里公平斤厘小岁秒a-z%㎡²-]"
)
"""What stands behind a number that counts no buildings, though no suffix ends it."""
SEVERAL = re.compile(r"(?:[有共近约每几数整某另余达仅只这那哪]|其[中他它余])\s?$")
ABOUT = re.compile(r"\s?(?:以上|左右|多)")
STOREYED = re.compile(r"楼(?![道梯顶下上层栋里内门前后底房间管单])")
"""8栋楼 may be eight buildings, or the eighth."""
SEATS = "桥山塔庙车商城水坟墓亭公厕房大位椅"
NEGATED = re.compile(r"(?:不[是在住]|[而并]非)\s?第?$")
IN_A_STREET = re.compile(r"[路街巷道弄]\s?$")
DATED_BEFORE = re.compile(r"(?:月|每月|周|星期)\s?$")
DAY = (
    r"上午|下午|中午|晚|早|凌晨|夜|起|开始|前|后|之|那天|当天|当日|日|今|明|昨|左右|周|星期|[(]?[周星]|["
    + DASH
    + r"]\s?[0-9]"
    r"|\s?[0-9]{1,2}\s?[点时:]"
)
NO_HOUSE = re.compile(rf"\s?(?:{DAY}|门(?![面市牌])|[码召称线机电梯口桌柜店铺摊车坑井杆灯岗亭桥坝泵充])")
"""What stands behind 号 where it counts no houses: days, gates, lifts, lines of the underground."""
HOUSE_BEHIND = re.compile(
    rf"\s?(?:[{NUMERAL}]{{1,3}}\s?(?:单元|层|楼)|[0-9]{{3,4}}(?![0-9年])|(?:[0-9]{{1,2}}-)?[0-9]{{1,4}}室)"
)
BARE_END = re.compile(rf"$|[,。;!?)\n、]|[.](?![0-9])|\s+(?![\s{COUNTED}楼层室路])")
TIMED = re.compile(rf"\s?[{COUNTED}:]")
DATED = re.compile(rf"月\s?(?P<day>[{NUMERAL}]{{1,3}})\s?[号日]")
PLACED = re.compile(r"(?:^|[^\w]|[住在是家们咱于位到去从的至和与跟及或第为叫])第?$")
LIVES = re.compile(r"住在?第?$")


class Counts(StrEnum):
    """What a number counts.

    A `floor` is a building to some; `bare` and `pair` say nothing of it themselves; `unclear` is a building, but not
    which: A栋, 三四栋.
    """

    HOUSE = "house"
    NUMBER = "number"
    GROUP = "group"
    ENTRANCE = "entrance"
    FLOOR = "floor"
    UNCLEAR = "unclear"
    PAIR = "pair"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Mention:
    """Numbers in a text that may name buildings, from the first to what is said to be counted.

    `spans`: the lowest and the highest number of each stretch. `sure`: also far from a name it is no count and no
    number of a street.
    """

    start: int
    end: int
    counts: Counts
    spans: tuple[tuple[int, int], ...]
    sure: bool = True

    @property
    def is_door(self) -> bool:
        """Whether it looks like the number of a door rather than of a building: 302."""
        return all(low >= LOWEST_DOOR for low, _ in self.spans)

    def meets(self, numbers: range) -> bool:
        """Whether one of its numbers is among these, without looking at each."""
        return any(low < numbers.stop and numbers.start <= high for low, high in self.spans)


def mentions_in(text: str) -> list[Mention]:
    """Return what may name buildings in a folded text, in order. Linear: each number is looked at once."""
    days = {to_number(found["day"]) for found in DATED.finditer(text)}
    read = [mention for chain in _chains(text) if (mention := _read(text, chain, days))]
    lettered = [Mention(m.start(), m.end(), Counts.UNCLEAR, (), sure=False) for m in LETTERED.finditer(text)]
    return sorted([*read, *lettered], key=lambda mention: mention.start)


@dataclass(frozen=True, slots=True)
class _Chain:
    """Numbers one after the other, with what joins them: `-`, `/` or `,`."""

    numbers: tuple[re.Match[str], ...]
    joints: tuple[str, ...]


def _chains(text: str) -> Iterator[_Chain]:
    numbers: list[re.Match[str]] = []
    joints: list[str] = []
    for number in TOKEN.finditer(text):
        joint = JOINT.fullmatch(text, numbers[-1].end(), number.start()) if numbers else None
        if joint:
            joints.append("-" if joint["dash"] else "/" if joint["mark"] else ",")
        elif numbers:
            yield _Chain(tuple(numbers), tuple(joints))
            numbers, joints = [], []
        numbers.append(number)
    if numbers:
        yield _Chain(tuple(numbers), tuple(joints))


def _read(text: str, chain: _Chain, days: set[int]) -> Mention | None:
    """Return what a chain of numbers names; nothing for dates, times and counts."""
    start, end = chain.numbers[0].start(), chain.numbers[-1].end()
    before, behind = text[max(0, start - REACH) : start], text[end : end + REACH]
    suffix = SUFFIX.match(behind)
    if NEGATED.search(before) or (suffix and len(chain.numbers[0][0]) > LONGEST_NUMBER):
        return None
    if suffix is None:
        return _without_suffix(chain, before, behind)
    rest = behind[suffix.end() :]
    counts = Counts(suffix.lastgroup or "")
    spans = _spans(chain)
    if counts is Counts.NUMBER:
        if DATED_BEFORE.search(before) or NO_HOUSE.match(rest) or days & {high for _, high in spans}:
            return None
        counts = Counts.HOUSE if HOUSE_BEHIND.match(rest) else counts
    if counts is Counts.HOUSE and _is_count(chain, suffix["house"] or "", before, rest):
        return None
    lettered = before[-1:].isascii() and before[-1:].isalpha()
    storeyed = counts is Counts.HOUSE and _may_be_count(suffix["house"] or "", before, rest)
    if lettered or storeyed or is_rough(chain.numbers[-1][0]):
        return Mention(start, end + suffix.end(), Counts.UNCLEAR, (), sure=False)
    sure = not IN_A_STREET.search(before) and chain.numbers[0][0] != "一"
    return Mention(start, end + suffix.end(), counts, spans, sure)


def _without_suffix(chain: _Chain, before: str, behind: str) -> Mention | None:
    """Read a chain that says nothing behind it of what it counts: 8-2-301, 3-5, 8, 楼栋8."""
    numbers, spans = chain.numbers, _spans(chain)
    start, end, joints = numbers[0].start(), numbers[-1].end(), {*chain.joints}
    if len(numbers) == 1:
        return _lone(numbers[0], spans, before, behind)
    last_is_door = len(numbers[-1][0]) in DOOR_DIGITS
    if len(joints) > 1 or TIMED.match(behind) or len(numbers[0][0]) > LONGEST_NUMBER:
        return None
    if len(numbers) == len(("building", "entrance", "door")):
        counts = Counts.UNCLEAR if joints == {","} else Counts.HOUSE
        first = to_number(numbers[0][0])
        return Mention(start, end, counts, ((first, first),), counts is Counts.HOUSE) if last_is_door else None
    if len(numbers) == len(("building", "door")) and (joints == {"-"} or (joints == {"/"} and last_is_door)):
        seen = numbers[:1] if last_is_door else numbers
        values = [to_number(number[0]) if len(number[0]) <= LONGEST_NUMBER else NO_HOUSE_HAS for number in seen]
        return Mention(start, end, Counts.PAIR, tuple((value, value) for value in values))
    return None


def _lone(number: re.Match[str], spans: tuple[tuple[int, int], ...], before: str, behind: str) -> Mention | None:
    """Read a number that stands alone: without a suffix, and without anything that it counts, it is not surely read.

    Four digits may be building and door: 8302.
    """
    start, end = number.span()
    may_hold_door = len(number[0]) == max(DOOR_DIGITS)
    ends, counts = BARE_END.match(behind) is not None, COUNTS.match(behind) is not None
    if len(number[0]) > LONGEST_NUMBER:
        return Mention(start, end, Counts.UNCLEAR, (), sure=False) if may_hold_door and not counts else None
    if (announced := ANNOUNCED.search(before)) and (ends or not counts):
        return Mention(start - len(announced[0]), end, Counts.HOUSE, spans)
    if ends:
        return Mention(start, end, Counts.BARE, spans)
    if MISHEARD.match(behind) or (number[0].isdecimal() and not counts):
        return Mention(start, end, Counts.UNCLEAR, (), sure=False)
    return None


def _is_count(chain: _Chain, house: str, before: str, rest: str) -> bool:
    """Whether it is said how many buildings there are, or the seats of a car."""
    first = chain.numbers[0][0]
    if before.endswith("第"):
        return False
    if first.startswith("两") and not first.startswith("两百"):
        return True
    if house == "座" and rest[:1] in {*SEATS}:
        return True
    if house.startswith(("号", "#")):
        return False
    storeyed = STOREYED.match(rest) is not None
    return SEVERAL.search(before) is not None or ABOUT.match(rest) is not None or (storeyed and first == "一")


def _may_be_count(house: str, before: str, rest: str) -> bool:
    """Whether 8栋楼 may be eight buildings as well as the eighth."""
    bare = not house.startswith(("号", "#")) and not before.endswith("第")
    return bare and STOREYED.match(rest) is not None


def _spans(chain: _Chain) -> tuple[tuple[int, int], ...]:
    """Return the numbers of a chain: 3-5 is a stretch of three, 3-2-501 begins with its building."""
    values = [to_number(n[0]) if len(n[0]) <= LONGEST_NUMBER else NO_HOUSE_HAS for n in chain.numbers]
    spans: list[tuple[int, int]] = []
    for value, joint in zip(values, (",", *chain.joints), strict=True):
        if joint == "-" and spans[-1][0] == spans[-1][1] < value:
            spans[-1] = (spans[-1][0], value)
        else:
            spans.append((value, value))
    return tuple(spans)


def joins(mentions: Sequence[Mention], text: str) -> Iterator[tuple[Mention, Mention | None]]:
    """Yield each mention with the one that it goes on from: 5栋和6栋."""
    before: Mention | None = None
    for mention in mentions:
        linked = before is not None and JOINT.fullmatch(text, before.end, mention.start) is not None
        yield mention, before if linked else None
        before = mention
