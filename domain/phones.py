"""Telephone and identity numbers in what people write, found and hidden: groups see no phone (promise 7)."""

import re

from domain.places import plain

GAP = r"[\s.·()\-–—\u200b-\u200d\u2060\ufeff]{0,2}"
PHONE = re.compile(
    r"(?<!\d)(?:"
    rf"(?:\((?=\d{{2,3}}\)))?(?:\+?86{GAP})?1{GAP}[3-9](?:{GAP}\d){{9}}"  # a mobile in China
    rf"|(?:\((?=0\d{{2,3}}\)))?0\d{{2,3}}{GAP}[2-9]\d{{2,3}}{GAP}\d{{4}}"  # a landline with its area code
    rf"|\+\d{{1,3}}(?:{GAP}\d){{6,12}}"  # any number abroad
    rf"|(?P<led>(?:电话|座机|号码|联系|拨打|致电|phone|call|tel)\D{{0,4}})[2-8]\d{{2,3}}{GAP}\d{{4}}"  # a local one
    r"|[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dx]"  # an identity card
    r")(?!\d)"
)
LONGEST_LOCAL = 11


def hide_phones(text: str) -> str:
    """Return the text with the middle of each number hidden, however it is written."""
    shown, end = [], 0
    for found in PHONE.finditer(plain(text)):
        start = found.end("led") if found["led"] else found.start()
        shown += [text[end:start], _hidden(text[start : found.end()])]
        end = found.end()
    return "".join([*shown, text[end:]])


def _hidden(number: str) -> str:
    digits = re.sub(r"[^\dXx]", "", plain(number)).upper()
    local = digits.removeprefix("86") if len(digits) > LONGEST_LOCAL else digits
    return f"{local[:3]}****{local[-4:]}"
