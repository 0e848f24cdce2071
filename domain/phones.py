"""Telephone and identity numbers in what people write, found and hidden: groups see no phone (promise 7)."""

import re
from collections.abc import Callable

from domain.places import plain

UNSEEN = "\\u200b-\\u200d\\u2060\\ufeff"
GAP = rf"[\s.·/_,，\-–—{UNSEEN}]{{1,3}}"
PHONE = re.compile(
    r"(?<!\d)(?:"
    rf"(?:(?:\+|00)?86(?:{GAP})?)?(?:"  # a mobile in China: in one piece, in the usual groups, or digit by digit
    rf"1[{UNSEEN}]?[3-9](?:[{UNSEEN}]?\d){{9}}"
    rf"|1[3-9]\d(?:{GAP}\d{{4}}){{2}}|1[3-9]\d{GAP}\d{{8}}|1[3-9]\d(?:{GAP}\d\d){{4}}"
    rf"|1[3-9]\d\d{GAP}\d{{3}}{GAP}\d{{4}}|1{GAP}[3-9](?:{GAP}\d){{9}}"
    rf"|\(1[3-9]\d\)(?:{GAP})?\d{{4}}(?:{GAP})?\d{{4}})"
    rf"|(?:\(0\d{{2,3}}\)|0\d{{2,3}})(?:{GAP})?[2-9]\d{{2,3}}[- ]?\d{{4}}"  # a landline with its area code
    r"|[一二三四五六七八九零〇幺]{11}"  # in Chinese numerals
    r"|\+\d{1,3}(?:[- ().]{0,2}\d){6,12}"  # any number abroad
    r"|(?P<led>(?:电话|座机|固话|手机号?|拨打|致电|\bphone|\bcall|\btel)\D{0,4})[2-8]\d{2,3}[- ]?\d{4}"  # a local one
    r"|[1-9]\d{5} ?(?:19|20)\d{2}[01]\d[0-3]\d ?\d{3}[\dx]"  # an identity card
    r")(?!\d)"
)
MOBILE_DIGITS = 11


def hide_phones(text: str) -> str:
    """Return the text with the middle of each number hidden, however it is written."""
    return replace_phones(text, _hidden)


def replace_phones(text: str, instead: Callable[[str], str]) -> str:
    """Return the text with something else instead of each number."""
    shown, end = [], 0
    for found in PHONE.finditer(plain(text)):
        start = found.end("led") if found["led"] else found.start()
        shown += [text[end:start], instead(text[start : found.end()])]
        end = found.end()
    return "".join([*shown, text[end:]])


def _hidden(number: str) -> str:
    """Return a number with three digits before the gap and four behind it; a short one with only two behind it."""
    digits = re.sub(r"[^\dx一-鿿〇]", "", plain(number)).upper().removeprefix("00")
    if len(digits) < MOBILE_DIGITS:
        return f"****{digits[-2:]}"
    local = digits.removeprefix("86") if len(digits) > MOBILE_DIGITS else digits
    return f"{local[:3]}****{local[-4:]}"
