"""Cut long texts into messages that Telegram takes."""

from collections.abc import Sequence

from markupsafe import Markup

MESSAGE_LIMIT = 3500
"""Characters of one message; Telegram takes 4,096 UTF-16 units, and an emoji has two."""


def split(text: Markup, limit: int) -> Sequence[Markup]:
    """Cut escaped text into parts of at most so many characters, at line ends where there are any in reach."""
    parts, rest = [], str(text)
    while len(rest) > limit:
        cut = rest.rfind("\n", limit // 2, limit)
        cut = cut if cut > 0 else _safe_cut(rest, limit)
        parts.append(Markup(rest[:cut]))  # noqa: S704 - a piece of what was escaped already
        rest = rest[cut:].lstrip("\n")
    return [*parts, Markup(rest)]  # noqa: S704


def _safe_cut(text: str, limit: int) -> int:
    """Return a place to cut that lies inside no entity such as `&amp;` and no tag."""
    start = max(text.rfind("&", limit - 10, limit), text.rfind("<", limit - 60, limit))
    closed = max(text.rfind(";", start, limit), text.rfind(">", start, limit)) if start >= 0 else limit
    return limit if start < 0 or closed >= 0 else start
