"""Cut long texts into messages that Telegram takes."""

from collections.abc import Sequence
from itertools import accumulate

from markupsafe import Markup

from handlers.rendering.sending import Sending, Text, Written

MESSAGE_LIMIT = 4000
"""UTF-16 units of one message, of which Telegram takes 4,096; an emoji has two."""

LAST_OF_ONE_UNIT = 0xFFFF


def fits(text: Markup) -> bool:
    """Whether a text goes in one message."""
    return len(split(text, MESSAGE_LIMIT)) == 1


def split(text: Markup, limit: int) -> Sequence[Markup]:
    """Cut escaped text into parts of at most so many UTF-16 units, at line ends where there are any in reach."""
    parts, rest = [], str(text)
    while (reach := _reach(rest, limit)) < len(rest):
        cut = rest.rfind("\n", reach // 2, reach)
        cut = cut if cut > 0 else _safe_cut(rest, reach)
        parts.append(Markup(rest[:cut]))  # noqa: S704 - a piece of what was escaped already
        rest = rest[cut:].lstrip("\n")
    return [*parts, Markup(rest)]  # noqa: S704


def _reach(text: str, limit: int) -> int:
    """Return how many characters from the beginning have at most so many UTF-16 units."""
    units = accumulate(2 if ord(character) > LAST_OF_ONE_UNIT else 1 for character in text)
    return next((count for count, total in enumerate(units) if total > limit), len(text))


def _safe_cut(text: str, limit: int) -> int:
    """Return a place to cut that lies inside no entity such as `&amp;` and no tag."""
    start = max(text.rfind("&", limit - 10, limit), text.rfind("<", limit - 60, limit))
    closed = max(text.rfind(";", start, limit), text.rfind(">", start, limit)) if start >= 0 else limit
    return limit if start < 0 or closed >= 0 else start


def written_in_parts(lines: list[Markup], sending: Sending) -> Written:
    """Write lines as one message or, where they are many, as the part whose turn it is."""
    parts = split(Markup("\n").join(lines), MESSAGE_LIMIT)
    part = min(sending.letter.so_far.part, len(parts) - 1)
    return Written(Text(parts[part], more=part < len(parts) - 1))
