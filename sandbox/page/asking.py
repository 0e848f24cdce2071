"""What a request asks for, read with care: who acts, where, on which message; and how it is refused."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sandbox.chats import Chat
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.people.actor import Where
from sandbox.scene import Scene

SAMPLES = Path(__file__).parent / "static" / "samples"

T = TypeVar("T", str, int, float, list, dict)  # type: ignore[type-arg]


class RefusedError(Exception):
    """What was asked for cannot be done; `key` is a text of the page's catalogue, below `refused.`."""

    def __init__(self, key: str, status: int = 409) -> None:
        super().__init__(key)
        self.key = key
        self.status = status


def malformed() -> RefusedError:
    """Return the refusal of a request that no page sends."""
    return RefusedError("malformed", 400)


@dataclass(frozen=True)
class Asked:
    """The body of one request."""

    scene: Scene
    body: Mapping[str, Any]

    def has(self, name: str) -> bool:
        """Whether something was said about this."""
        return self.body.get(name) is not None

    def text(self, name: str, default: str | None = None) -> str:
        """Return words."""
        return self._read(name, str, default)

    def integer(self, name: str, default: int | None = None) -> int:
        """Return a whole number."""
        return self._read(name, int, default)

    def number(self, name: str) -> float:
        """Return a number with a fraction."""
        return float(self._read(name, float, None))

    def items(self, name: str) -> list[Any]:
        """Return a list; an empty one where nothing was said."""
        return self._read(name, list, [])

    def flag(self, name: str) -> bool:
        """Return yes or no."""
        return self.body.get(name) is True

    def person(self, name: str = "who") -> Person:
        """Return who acts; somebody who was removed cannot any more."""
        return self._somebody(self.integer(name))

    def group(self) -> Group:
        """Return the group that is meant."""
        group = self.scene.world.groups.get(self.integer("chat"))
        if group is None:
            raise RefusedError("no_chat")
        return group

    def chat(self, who: Person) -> Chat:
        """Return the chat: a group, or by default somebody's own with the bot."""
        chat_id = self.integer("chat", who.id)
        return who.chat_with(self.scene.bot) if chat_id == who.id else self.group()

    def message(self, chat: Chat, name: str = "message") -> Message:
        """Return the message that is meant, as it stands in the chat."""
        message = chat.find(self.integer(name))
        if message is None:
            raise RefusedError("no_message")
        return message

    def where(self, chat: Chat) -> Where:
        """Return what a new message answers, and the topic that it goes to."""
        where: Where = {"reply_to": self.message(chat, "reply_to") if self.has("reply_to") else None}
        if self.has("thread"):
            where["thread"] = self.integer("thread")
        return where

    def bytes_of(self, item: object) -> bytes | None:
        """Return a file's bytes: `{"data": base64}`, or `{"sample": name}`, one of the page's own pictures."""
        if not isinstance(item, dict):
            raise malformed()
        if "data" in item:
            return _decoded(item["data"])
        sample = SAMPLES / f"{item.get('sample', '')}.jpg"
        return sample.read_bytes() if sample.parent == SAMPLES and sample.is_file() else None

    def members(self) -> list[Person]:
        """Return the people of a list of identifiers."""
        return [self._somebody(member) for member in self.items("members")]

    def _somebody(self, person_id: object) -> Person:
        person = self.scene.world.people.get(person_id) if isinstance(person_id, int) else None
        if person is None or person.deactivated:
            raise RefusedError("no_person")
        return person

    def _read(self, name: str, kind: type[T], default: T | None) -> T:
        value = self.body.get(name, default)
        if kind is float and type(value) is int:
            value = float(value)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise malformed()
        return value


def _decoded(written: object) -> bytes:
    try:
        return base64.b64decode(str(written), validate=True)
    except binascii.Error:
        raise malformed() from None
