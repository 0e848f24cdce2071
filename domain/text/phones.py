"""Telephone and identity numbers in what people write, found and hidden: groups see no phone (promise 7).

A number is known by the digits that remain when everything between them is gone. Doors, days, times and sums that
happen to have as many digits are known by their shape.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, zip_longest

from domain.text.folding import Folded, fold
from domain.text.numerals import CHINESE_DIGITS

SPOKEN = {**CHINESE_DIGITS, "幺": 1}
GROUP = re.compile(rf"(?P<arabic>[0-9]++)|[{''.join(SPOKEN)}]++")
LONGEST_GAP = 12
LENGTHS = frozenset({7, 8, 10, 11, 12, 13, 15, 17, 18})
"""Digits of local numbers, with area code, mobile ones with and without country code, and identity cards."""
LONGEST = 18
MOST_GROUPS = 21
"""More groups than digits of an identity card, its country code and one to spare are no number."""

MOBILE = re.compile(r"(?:(?:00)?86)?(?P<local>1[3-9][0-9]{9})")
LANDLINE = re.compile(r"0[1-9][0-9]{1,2}[2-9][0-9]{6,7}")
LOCAL = re.compile(r"[2-8][0-9]{6,7}")
IDENTITY = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9x]")
CASE = re.compile(r"mh[0-9]{4}_[0-9]{5,}+")
LED = re.compile(
    r"(?:(?:电话|座机|固话|手机号?|小灵通|传真|联系方式|拨打|致电|回电|我的号码?|\bphone|\bcall|\btel)[^0-9]{0,4}"
    r"|联系(?:我|:|我:)\s?)$"
)
FOLLOWED = re.compile(r"[ (]?(?:(?:这是|是|这个)我?(?:家里?)?的?)?(?:电话|座机|固话|联系我|找我)")
LEAD_REACH = 12
GLUED_DOOR = re.compile(r"(?P<before>[0-9]{1,4})(?P<number>1[3-9][0-9]{9})")
GLUED_HOUR = re.compile(r"(?P<before>1[3-9][0-9]{9})(?P<number>[0-9]{1,2})")
TWO_MOBILES = re.compile(r"(?P<before>1[3-9][0-9]{9})(?P<number>1[3-9][0-9]{9})")
IN_A_HOUSE = re.compile(r"(?:[栋幢座楼层元#-]|[0-9]号) ?$")
OPENING, CLOSING = "([{<【「『《", ")]}>】」』》"

WHOLE = ([11], [3, 4, 4], [3, 8], [7, 4], [3, 2, 2, 2, 2], [1] * 11)
"""How a mobile number is usually grouped: no need to look whether it may be something else."""
LARGEST_BYTE = 255
SMALL_ROW = 4
"""So many numbers in small steps count something: 13、14、15、16."""
LIST = frozenset(",、;/\n ")
COUNTED = re.compile(r"\s?(?:室|户|栋|幢|[号楼](?!码)|元|块|万|亿|米|平|㎡|m2|吨|斤|公里|[点时分日月])")
SUMS = re.compile(r"[¥￥$]\s?$|人民币\s?$")
MONTHS, DAYS, HOURS, MINUTES = 12, 31, 24, 60
STEP = 5
MOBILE_DIGITS = 11
BROKEN_AREA_CODE = (2, 5, 6)
"""A first group of so many digits holds no area code, or one with a piece of what follows it."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits that stand together, where they stand in the folded text, and what stands between them and the next."""

    start: int
    end: int
    digits: str
    gap: str | None

    def __len__(self) -> int:
        return len(self.digits)

    @property
    def value(self) -> int:
        """Its digits as one number."""
        return int(self.digits[:LONGEST])


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone or identity number: where it stands in the text as written, and its digits there."""

    start: int
    end: int
    digits: str


def find_phones(text: str) -> list[Number]:
    """Return the telephone and identity numbers in a text, from left to right. Linear."""
    folded = fold(text).squeezed
    groups = list(_groups(folded.text))
    numbers, place = [], 0
    while place < len(groups):
        count = _number_at(folded.text, groups, place)
        if count:
            numbers.append(_number(folded, groups[place : place + count]))
        place += count or 1
    return numbers


def hide_phones(text: str) -> str:
    """Return the text with the middle of each number hidden, however it is written."""
    return _replaced(text, lambda number: _hidden(number.digits))


def replace_phones(text: str, instead: str) -> str:
    """Return the text with something else instead of each number."""
    return _replaced(text, lambda _number: instead)


def has_phone(text: str) -> bool:
    """Whether there is a telephone number in a text."""
    return bool(find_phones(text))


def _replaced(text: str, instead: Callable[[Number], str]) -> str:
    shown, end = [], 0
    for number in find_phones(text):
        shown += [text[end : number.start], instead(number)]
        end = number.end
    return "".join([*shown, text[end:]])


def _groups(text: str) -> Iterator[_Group]:
    cases = {place for found in CASE.finditer(text) for place in range(*found.span())}
    found = [one for one in GROUP.finditer(text) if one.start() not in cases]
    for one, following in zip_longest(found, found[1:]):
        cuts = [one.start(), *_cuts(text, one), one.end()]
        for start, end in pairwise(cuts):
            digits = text[start:end] if one["arabic"] else str(SPOKEN[text[start]])
            yield _Group(start, end, digits, _gap(text, one, following) if end == one.end() else "")


def _cuts(text: str, one: re.Match[str]) -> Iterator[int]:
    """Yield where digits come apart that are written in one: the spoken ones all, others where a number is glued on.

    一三八一二三四五六七八|两点以后打, 8栋302|13812345678, 13812345678|9点以后打.
    """
    if not one["arabic"]:
        yield from range(one.start() + 1, one.end())
        return
    glued = TWO_MOBILES.fullmatch(one[0])
    if glued is None and IN_A_HOUSE.search(text[max(0, one.start() - LEAD_REACH) : one.start()]):
        glued = GLUED_DOOR.fullmatch(one[0])
    if glued is None and text[one.end() : one.end() + 1] in {*"点时"}:
        glued = GLUED_HOUR.fullmatch(one[0])
    if glued:
        yield one.start() + glued.start("number")


def _gap(text: str, one: re.Match[str], following: re.Match[str] | None) -> str | None:
    """Return what stands between two groups; None where words, or too much, end the number."""
    if following is None or following.start() - one.end() > LONGEST_GAP:
        return None
    between = text[one.end() : following.start()]
    return None if any(character.isalnum() for character in between) else between


def _number_at(text: str, groups: Sequence[_Group], place: int) -> int:
    """Return how many groups from here on are a telephone or identity number; 0 if none are."""
    run = list(_run(groups, place))
    totals = list(accumulate(len(group) for group in run))
    digits = "".join(group.digits for group in run)
    before, plus = text[max(0, run[0].start - LEAD_REACH) : run[0].start], text[: run[0].start][-1:] == "+"
    abroad = plus or (run[0].digits.startswith("00") and len(run[0]) > len("00"))
    possible = [count for count in range(len(run), 0, -1) if abroad or totals[count - 1] in LENGTHS]
    for count in possible:
        taken, written = run[:count], digits[: totals[count - 1]]
        behind = text[taken[-1].end : taken[-1].end + LEAD_REACH]
        if _is_number(taken, written, before, behind) or (abroad and _is_abroad(taken, written)):
            return count
    return 0


def _run(groups: Sequence[_Group], place: int) -> Iterator[_Group]:
    total = 0
    for group in groups[place : place + MOST_GROUPS]:
        total += len(group)
        if total > LONGEST:
            yield from () if total > len(group) else (group,)
            return
        yield group
        if group.gap is None:
            return


def _is_number(groups: Sequence[_Group], digits: str, before: str, behind: str) -> bool:
    if IDENTITY.fullmatch(digits) or (len(digits) == LONGEST - 1 and IDENTITY.fullmatch(digits + behind[:1])):
        return len(groups) == 1 or not _are_doors(groups, _gaps(groups))
    if mobile := MOBILE.fullmatch(digits):
        shape = _shape(groups, len(digits) - len(mobile["local"]))
        return shape in WHOLE or not _is_something_else(groups, before, behind)
    if before[-1:] in SPOKEN:
        return False
    if LANDLINE.fullmatch(digits) and (len(groups[0]) not in BROKEN_AREA_CODE or len(groups) == 1):
        return not COUNTED.match(behind)
    return LOCAL.fullmatch(digits) is not None and (LED.search(before) or FOLLOWED.match(behind)) is not None


def _is_abroad(groups: Sequence[_Group], digits: str) -> bool:
    """Whether these are the digits of any number abroad, behind their plus or with 00 and all that belongs to it."""
    if digits.startswith("00"):
        digits = digits.removeprefix("00")
        if len(digits) < MOBILE_DIGITS - 1:
            return False
    narrow = all(len(group.gap or "") <= len(") ") and set(group.gap or "") <= {*"- ().‐–"} for group in groups[:-1])
    return 7 <= len(digits) <= 15 and narrow and not digits.startswith("0")  # noqa: PLR2004 - E.164


def _shape(groups: Sequence[_Group], country: int) -> list[int]:
    """Return the lengths of the groups behind the country code."""
    shape = [len(group) for group in groups]
    while country > 0 and shape:
        taken = min(country, shape[0])
        country, shape = country - taken, [shape[0] - taken, *shape[1:]] if taken < shape[0] else shape[1:]
    return shape


# --- what else may have as many digits -------------------------------------------------------------------------------


def _is_something_else(groups: Sequence[_Group], before: str, behind: str) -> bool:
    """Whether an unusual row of groups is a sum, a list of doors or of buildings, an address of a computer, a day."""
    gaps = _gaps(groups)
    lengths = [len(group) for group in groups]
    thousands = {*gaps} <= {",", " "} and {*lengths[1:]} == {len("000")}
    if (COUNTED.match(behind) and (thousands or {*lengths} <= {3, 4})) or (thousands and SUMS.search(before)):
        return True
    is_ip = len(groups) == SMALL_ROW and gaps.count(".") > 1 and all(g.value <= LARGEST_BYTE for g in groups)
    decimal = gaps == ["."] and min(lengths) <= len("12")
    if decimal or is_ip:
        return True
    values = [group.value for group in groups]
    if len(values) >= SMALL_ROW and all(0 < b - a <= STEP for a, b in pairwise(values)):
        return True
    return _are_doors(groups, gaps) or _are_days_and_doors(groups, gaps)


def _gaps(groups: Sequence[_Group]) -> list[str]:
    """Return what joins the groups, without the spaces around it."""
    return [(group.gap or "").strip() or (group.gap or "")[:1] for group in groups[:-1]]


def _are_doors(groups: Sequence[_Group], gaps: Sequence[str]) -> bool:
    """Whether it is a list of doors or bus lines: 1301,1302,501 or 147、226、26, or 1301 1302 501 on one floor."""
    lengths = {len(group) for group in groups}
    if not {*gaps} <= LIST or max(lengths) > len("1203") or max(lengths) <= len("12"):
        return False
    if {*gaps} == {" "}:
        return lengths == {3, 4} and groups[0].digits[:2] == groups[1].digits[:2]
    return {*gaps} == {"、"} or lengths <= {3, 4}


def _are_days_and_doors(groups: Sequence[_Group], gaps: Sequence[str]) -> bool:
    """Whether it is a day, a time or an address, with doors or further times behind it: 19:30-21:30 301."""
    place, strong = 0, False
    while place < len(groups):
        count = next((n for n in (3, 2) if _is_whole(groups[place : place + n], gaps[place : place + n - 1])), 0)
        strong = strong or count > 0
        if not count and not 1 <= len(groups[place]) <= len("1203"):
            return False
        place += count or 1
    return strong and len({*gaps}) > 1


def _is_whole(groups: Sequence[_Group], gaps: Sequence[str]) -> bool:
    """Whether these groups are one day, one time, or one address of building, entrance and door."""
    lengths, values, between = [len(group) for group in groups], [group.value for group in groups], {*gaps}
    if len(lengths) == len(("year", "month", "day")) and len(between) == 1:
        if lengths[0] == len("2026") and 1 <= values[1] <= MONTHS and 1 <= values[2] <= DAYS:
            return between <= {*"-./"}
        return between <= {*"-‐–"} and max(lengths[:2]) <= len("12") and lengths[2] in (3, 4)
    if len(lengths) != len(("hour", "minute")) or not between <= {*":."}:
        return False
    return lengths[0] <= len("19") and lengths[1] == len("30") and values[0] < HOURS and values[1] < MINUTES


# --- how it is shown -------------------------------------------------------------------------------------------------


def _number(folded: Folded, groups: Sequence[_Group]) -> Number:
    """Return a number with the plus before it and the brackets around its parts."""
    text, start, end = folded.text, groups[0].start, groups[-1].end
    digits = "".join(group.digits for group in groups)
    if text[end : end + 1] == "x" and len(digits) == LONGEST - 1:
        digits, end = digits + "X", end + 1
    if text[:start][-1:] == "+":
        start -= 1
    brackets = [character for character in text[start:end] if character in OPENING + CLOSING]
    if brackets and brackets[0] in CLOSING and text[:start][-1:] in {*OPENING}:
        start -= 1
    if brackets and brackets[-1] in OPENING and text[end : end + 1] in {*CLOSING}:
        end += 1
    return Number(*folded.span(start, end), digits)


def _hidden(digits: str) -> str:
    """Return a number with three digits before the gap and four behind it; a short one with only two behind it."""
    local = digits.removeprefix("00")
    if len(local) < MOBILE_DIGITS:
        return f"****{local[-2:]}"
    local = local.removeprefix("86") if len(local) > MOBILE_DIGITS else local
    return f"{local[:3]}****{local[-4:]}"
