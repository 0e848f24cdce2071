"""How people write so many days: `5天`, `+5天`, 三天, `5 days`."""

import re

from domain.text.folding import folded
from domain.text.numerals import NUMERAL, to_number

DAYS = re.compile(rf"\+? ?([{NUMERAL}]{{1,4}}) ?(?:个?工作日|天|d|days?)", re.IGNORECASE)


def read_day_count(words: str) -> int | None:
    """Return how many days somebody has written, at least one; None if it is no such number."""
    found = DAYS.fullmatch(" ".join(folded(words).split()))
    return (to_number(found[1]) or None) if found else None
