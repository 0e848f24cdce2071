"""Links: an address that stands behind words is shown after them, so that it reaches whoever reads plain words."""

import re
from collections.abc import Iterator, Sequence

from telegram import MessageEntity

SAFE = re.compile(r"(?:https?|tg)://\S+", re.IGNORECASE)
ADDED_LIMIT = 4096
"""So many characters of addresses are shown in a message; a hundred links of any length would fit behind its words."""


def with_addresses(text: str, entities: Sequence[MessageEntity]) -> str:
    """Return the words with the address of each link behind it, such as `这里（https://…）`.

    Only web addresses and Telegram's own; none where the words are the address.
    """
    encoded = text.encode("utf-16-le", "surrogatepass")  # entities count in UTF-16 units
    shown, end, room = [], 0, ADDED_LIMIT
    for start, place, address in _links(entities):
        words = _decoded(encoded[2 * start : 2 * place])
        if _is_safe(address) and not _says(words, address) and len(address) <= room:
            shown += [_decoded(encoded[2 * end : 2 * place]), f"（{address}）"]
            end, room = max(end, place), room - len(address)
    return "".join([*shown, _decoded(encoded[2 * end :])])


def _links(entities: Sequence[MessageEntity]) -> Iterator[tuple[int, int, str]]:
    """Yield where each link begins and ends, and its address; one that other formatting has cut in pieces is whole."""
    start, end, address = 0, 0, ""
    for link in sorted((entity for entity in entities if entity.url), key=lambda entity: entity.offset):
        if address and (link.url, link.offset) != (address, end):
            yield start, end, address
        if (link.url, link.offset) != (address, end):
            start = link.offset
        end, address = link.offset + link.length, link.url or ""
    if address:
        yield start, end, address


def _is_safe(address: str) -> bool:
    return SAFE.fullmatch(address) is not None and address.isprintable()


def _says(words: str, address: str) -> bool:
    """Whether the words are the address itself, perhaps without its beginning."""
    return address.rstrip("/").lower().removesuffix(words.strip().rstrip("/").lower()) in ("", "https://", "http://")


def _decoded(encoded: bytes) -> str:
    return encoded.decode("utf-16-le", "replace")
