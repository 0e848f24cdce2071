"""Text as Telegram keeps it: plain words, and entities that point into them in UTF-16 units."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from sandbox.errors import bad_request
from sandbox.jsons import Json, present
from sandbox.users import User

FindUser = Callable[[int], User | None]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
QUOTE_LIMIT = 1024
LAST_OF_ONE_UNIT = 0xFFFF

OPAQUE = {"code", "pre", "text_link", "text_mention", "custom_emoji"}
FORMATTING = {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"}

# What Telegram finds by itself, the first that claims a stretch of text keeps it. Word characters include Chinese:
# a hashtag swallows what adjoins it, and a command with a character at its side is none.
DETECTED = {
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}(?!\w)", re.ASCII),
    "url": re.compile(
        r"(?:https?://|(?<![\w@.-])(?:[a-z0-9-]++\.)+(?:com|org|net|cn|me|io)\b)[^\s<>，。；：！？（）]*"
    ),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    "mention": re.compile(r"(?<!\w)@[A-Za-z0-9_]{3,32}(?!\w)"),
    "hashtag": re.compile(r"(?<!\w)#(?=\w*[^\W\d])[\w·]{1,255}"),
}


def units(text: str) -> int:
    """Return the length of a text as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True)
class Entity:
    """A stretch of text that is bold, or a link, or a command."""

    type: str
    offset: int
    length: int
    url: str | None = None
    user: User | None = None
    language: str | None = None
    custom_emoji_id: str | None = None

    @property
    def end(self) -> int:
        """Where it ends, in UTF-16 units."""
        return self.offset + self.length

    def card(self) -> Json:
        """Return the Bot API's MessageEntity object."""
        return {"type": self.type, "offset": self.offset, "length": self.length} | present(
            url=self.url,
            user=self.user.card() if self.user else None,
            language=self.language,
            custom_emoji_id=self.custom_emoji_id,
        )


@dataclass(frozen=True)
class Words:
    """A text with its entities."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return units(self.text)

    def under(self, entity: Entity) -> str:
        """Return the text that an entity covers."""
        encoded = self.text.encode("utf-16-le", "surrogatepass")
        return encoded[2 * entity.offset : 2 * entity.end].decode("utf-16-le", "surrogatepass")

    def every(self, kind: str) -> list[str]:
        """Return the texts of all entities of a kind."""
        return [self.under(entity) for entity in self.entities if entity.type == kind]

    def fields(self, text: str, entities: str) -> Json:
        """Return the two fields that carry this in a message; none when there are no words."""
        if not self.text:
            return {}
        found = [entity.card() for entity in self.entities]
        return {text: self.text} | ({entities: found} if found else {})


def polished(words: Words) -> Words:
    """Return the words as Telegram stores them: trimmed, and with what it detects by itself."""
    trimmed = _trimmed(words)
    fresh = [found for found in _detected(trimmed.text) if not _hidden(found, trimmed.entities)]
    return replace(trimmed, entities=in_order([*trimmed.entities, *fresh]))


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return entities as Telegram lists them: by their beginning, the longer first."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def given_entities(cards: list[Json], find_user: FindUser) -> tuple[Entity, ...]:
    """Read MessageEntity objects that a bot sends instead of a parse mode."""
    return in_order(entity for card in cards if (entity := _given(card, find_user)))


def _given(card: Json, find_user: FindUser) -> Entity | None:
    kind = card.get("type")
    entity = Entity(str(kind), int(card.get("offset", 0)), int(card.get("length", 0)))
    if kind in FORMATTING or kind == "code":
        return entity
    if kind == "pre":
        return replace(entity, language=card.get("language") or None)
    if kind == "text_link":
        return replace(entity, url=str(card.get("url", "")))
    if kind == "text_mention":
        user = find_user(int(card.get("user", {}).get("id", 0)))
        return replace(entity, user=user) if user else None
    if kind == "custom_emoji":
        return replace(entity, custom_emoji_id=str(card.get("custom_emoji_id", "")))
    if kind in DETECTED or kind in {"cashtag", "phone_number"}:
        return None  # Telegram finds these itself and ignores what it is told
    raise bad_request("can't parse MessageEntity: Unsupported type specified")


def _trimmed(words: Words) -> Words:
    text = words.text.strip()
    start = units(words.text) - units(words.text.lstrip())
    end = start + units(text)
    kept = (
        replace(
            entity, offset=max(entity.offset, start) - start, length=min(entity.end, end) - max(entity.offset, start)
        )
        for entity in words.entities
    )
    return Words(text, in_order(entity for entity in kept if entity.length > 0))


def _detected(text: str) -> Iterator[Entity]:
    taken = bytearray(len(text))
    offsets = [0, *accumulate(2 if ord(character) > LAST_OF_ONE_UNIT else 1 for character in text)]
    for kind, pattern in DETECTED.items():
        for match in pattern.finditer(text):
            begin, end = match.span()
            if not any(taken[begin:end]):
                taken[begin:end] = b"\1" * (end - begin)
                yield Entity(kind, offsets[begin], offsets[end] - offsets[begin])


def _hidden(found: Entity, given: Iterable[Entity]) -> bool:
    return any(entity.type in OPAQUE and found.offset < entity.end and entity.offset < found.end for entity in given)
