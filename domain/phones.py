"""Telephone numbers in what people write, found and hidden: groups see no phone (promise 7)."""

import re

from domain.places import plain

PHONE = re.compile(
    r"(?<!\d)(?:"
    r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"  # a mobile in China
    r"|0\d{2,3}[- ]?[2-9]\d{6,7}"  # a landline with its area code
    r"|\+\d{1,3}(?:[- ]?\d){6,12}"  # any number abroad
    r")(?!\d)"
)
LONGEST_LOCAL = 11


def hide_phones(text: str) -> str:
    """Return the text with the middle of each number hidden, full-width digits included."""
    shown, end = [], 0
    for found in PHONE.finditer(plain(text)):
        shown += [text[end : found.start()], _hidden(found[0])]
        end = found.end()
    return "".join([*shown, text[end:]])


def _hidden(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    local = digits.removeprefix("86") if len(digits) > LONGEST_LOCAL else digits
    return f"{local[:3]}****{local[-4:]}"
