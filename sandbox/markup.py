"""HTML as Telegram reads it: tags become entities, and mistakes are refused in Telegram's words."""

import re
from dataclasses import dataclass, replace

from sandbox.entities import Entity, FindUser, Words, in_order, units
from sandbox.errors import ApiError, bad_request

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
LAST_CODE_POINT = 0x10FFFF

_reference = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]{1,6})|#(?P<decimal>[0-9]{1,7})|(?P<name>[A-Za-z]+));?")
_opening = re.compile(r"<([^\s>/][^\s>]*|)")
_closing = re.compile(r"</([^\s>]*)\s*(>?)")
_attribute = re.compile(r"""([^\s=>]*)\s*(?:(=)\s*("[^"]*(?:"|$)|'[^']*(?:'|$)|[A-Za-z0-9.\-]*))?\s*""")
_user_link = re.compile(r"tg://user\?id=(\d+)")
_link = re.compile(r"(?=\S++\Z)(?:[a-z][a-z0-9+.-]*://\S+|\S+\.\S+|mailto:\S+|tel:\S+)", re.IGNORECASE)


def parse_html(source: str, find_user: FindUser) -> Words:
    """Return the words of an HTML text.

    Raises ApiError (400 "can't parse entities: …") where Telegram would.
    """
    return _Reader(source, find_user).read()


def _decoded(text: str) -> str:
    return _reference.sub(lambda match: _character(match) or match.group(), text)


def _character(match: re.Match[str]) -> str | None:
    if match["name"]:
        return REFERENCES.get(match["name"])
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    return chr(code) if 0 < code < LAST_CODE_POINT else None


@dataclass(frozen=True)
class _Open:
    tag: str
    argument: str
    offset: int
    written: int


class _Reader:
    def __init__(self, source: str, find_user: FindUser) -> None:
        self.source = source
        self.find_user = find_user
        self.written: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> Words:
        position = 0
        while position < len(self.source):
            position = self._step(position)
        if self.open:
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1].tag}\""
            )
        return Words("".join(self.written), in_order(self.entities))

    def _step(self, position: int) -> int:
        character = self.source[position]
        if character == "<":
            closes = self.source.startswith("</", position)
            return self._close(position) if closes else self._start(position)
        match = _reference.match(self.source, position)
        decoded = _character(match) if match else None
        self._write(decoded or character)
        return match.end() if match and decoded else position + 1

    def _write(self, character: str) -> None:
        self.written.append(character)
        self.offset += units(character)

    def _wrong(self, what: str, position: int, more: str = "") -> ApiError:
        offset = len(self.source[:position].encode("utf-8", "surrogatepass"))
        return bad_request(f"can't parse entities: {what} at byte offset {offset}{more}")

    def _start(self, begin: int) -> int:
        match = _opening.match(self.source, begin)
        assert match is not None
        tag = match[1].lower()
        if match.end() == len(self.source):
            raise self._wrong("Unclosed start tag", begin)
        if tag not in TAGS:
            raise self._wrong(f'Unsupported start tag "{tag}"', begin)
        attributes, end = self._attributes(tag, begin, match.end())
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._wrong('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, _argument(tag, attributes), self.offset, len(self.written)))
        return end

    def _attributes(self, tag: str, begin: int, position: int) -> tuple[dict[str, str], int]:
        found: dict[str, str] = {}
        while True:
            while position < len(self.source) and self.source[position].isspace():
                position += 1
            if position == len(self.source):
                raise self._wrong("Unclosed start tag", begin)
            if self.source[position] == ">":
                return found, position + 1
            match = _attribute.match(self.source, position)
            assert match is not None
            name, equals, value = match.groups()
            if not name:
                raise self._wrong(f'Empty attribute name in the tag "{tag}"', begin)
            if not equals and (tag, name) != ("blockquote", "expandable"):
                raise self._wrong(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
            found[name] = _unquoted(value or "")
            position = match.end()

    def _close(self, begin: int) -> int:
        match = _closing.match(self.source, begin)
        assert match is not None
        tag, closed = match[1].lower(), match[2]
        if not self.open:
            raise self._wrong("Unexpected end tag", begin)
        if not closed:
            raise self._wrong("Unclosed end tag", begin)
        if tag not in {"", self.open[-1].tag}:
            raise self._wrong("Unmatched end tag", begin, f', expected "</{self.open[-1].tag}>", found "</{tag}>"')
        self._finish(self.open.pop())
        return match.end()

    def _finish(self, open_: _Open) -> None:
        if self.offset == open_.offset:
            return
        entity = Entity(TAGS[open_.tag], open_.offset, self.offset - open_.offset)
        if open_.tag == "a":
            self._link(entity, open_)
        elif open_.tag == "pre":
            self._preformatted(entity)
        elif open_.tag == "tg-emoji":
            if not open_.argument.isdecimal():
                raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
            self.entities.append(replace(entity, custom_emoji_id=open_.argument))
        elif open_.argument == "expandable":
            self.entities.append(replace(entity, type="expandable_blockquote"))
        else:
            self.entities.append(replace(entity, language=open_.argument or None))

    def _link(self, entity: Entity, open_: _Open) -> None:
        url = open_.argument or "".join(self.written[open_.written :])
        if match := _user_link.fullmatch(url):
            if user := self.find_user(int(match[1])):
                self.entities.append(replace(entity, type="text_mention", user=user))
        elif _link.fullmatch(url):
            self.entities.append(replace(entity, url=url if "://" in url else f"http://{url}/"))

    def _preformatted(self, entity: Entity) -> None:
        inner = self.entities[-1] if self.entities else None
        if inner and inner.type == "code" and (inner.offset, inner.length) == (entity.offset, entity.length):
            entity = replace(entity, language=self.entities.pop().language)
        self.entities.append(entity)


def _unquoted(value: str) -> str:
    return _decoded(value[1:-1]) if value[:1] in {'"', "'"} else value.lower()


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "a":
        return attributes.get("href", "")
    if tag == "code":
        return attributes.get("class", "").removeprefix("language-")
    if tag == "tg-emoji":
        return attributes.get("emoji-id", "")
    return "expandable" if tag == "blockquote" and "expandable" in attributes else ""
