"""Numerals, Arabic and Chinese: read into numbers, and written as people write them."""

import itertools

CHINESE_DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
    "〇": 0,
    "两": 2,
}
TENS = "十拾"
HUNDREDS = "百佰"
NUMERAL = "".join(["0-9", *CHINESE_DIGITS, TENS, HUNDREDS])
"""What a numeral is made of, for a set in a pattern."""


def to_number(numeral: str) -> int:
    """Return the value of an Arabic or Chinese numeral below a thousand: `12`, `十二`, `一百零二`."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, None
    for character in numeral:
        if character in TENS:
            total, digit = total + 10 * (1 if digit is None else digit), None
        elif character in HUNDREDS:
            total, digit = total + 100 * (1 if digit is None else digit), None
        else:
            value = CHINESE_DIGITS.get(character)
            digit = (digit or 0) * 10 + (int(character) if value is None else value)
    return total + (digit or 0)


def to_chinese(number: int) -> str:
    """Return a number below a hundred as people write it: 12 is 十二."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    if not tens:
        return digits[ones]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"


def is_rough(numeral: str) -> bool:
    """Whether a Chinese numeral may count roughly: 三四 is 34 on a door plate, and three or four in speech."""
    values = [CHINESE_DIGITS.get(character) for character in numeral]
    pairs = itertools.pairwise(values)
    return len(values) > 1 and all(a is not None and b is not None and b - a == 1 for a, b in pairs)
