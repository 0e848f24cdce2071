"""Messages and the topics that they stand in, and how the Bot API shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypedDict

from sandbox.content import NOTHING, Attachment, Content, PaidMedia, Service, Text
from sandbox.entities import Entity, Words
from sandbox.jsons import Json, present, unix, when_true
from sandbox.keyboards import inline_only, inline_rows
from sandbox.users import ANONYMOUS_ADMIN, User

WORDS = {"text", "entities", "caption", "caption_entities", "show_caption_above_media"}


class Surroundings(Protocol):
    """What a message asks of the chat that it stands in."""

    @property
    def id(self) -> int:
        """The chat's identifier, as bots see it."""

    def card(self) -> Json:
        """Return the Chat object."""

    def find(self, message_id: int) -> "Message | None":
        """Return the message that stands under a number."""

    def topic(self, thread_id: int | None, /) -> "Topic | None":
        """Return the topic, standing or deleted, with a thread id."""

    def erase(self, message: "Message") -> None:
        """Delete a message."""


class How(TypedDict, total=False):
    """The circumstances of a message, all optional."""

    reply_to: "Message | None"
    thread_id: int | None
    reply_markup: Json | None
    album: str | None
    origin: Json | None
    quoted: "Message | None"
    quote: Json | None
    anonymous: bool
    silent: bool
    protected: bool


@dataclass(eq=False, kw_only=True)
class Topic:
    """A topic of a forum; its id is the thread id, and the id of the message that opened it."""

    chat: Surroundings
    id: int
    name: str
    icon_color: int
    closed: bool = False
    deleted: bool = False


@dataclass(eq=False, kw_only=True)
class Message:
    """A message as it stands now: edits and deletions show here at once.

    `quoted`: what it answers from another chat; `quote`: the words that it shows of what it answers.
    """

    chat: Surroundings
    id: int
    date: datetime
    sender: User
    content: Content
    reply_to: "Message | None" = None
    thread_id: int | None = None
    reply_markup: Json | None = None
    album: str | None = None
    origin: Json | None = None
    quoted: "Message | None" = None
    quote: Json | None = None
    anonymous: bool = False
    silent: bool = False
    protected: bool = False
    edited: datetime | None = None
    deleted: bool = False
    reactions: dict[int, list[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.kind} {self.id} of {self.sender}: {self.text or self.caption}"

    @property
    def kind(self) -> str:
        """What it holds: text, photo, voice, location; or what happened: new_chat_members."""
        return self.content.kind

    @property
    def is_service(self) -> bool:
        """Whether Telegram wrote it to say what happened in the chat."""
        return isinstance(self.content, Service | Pinned)

    @property
    def words(self) -> Words:
        """Its text, or its caption, with entities."""
        if isinstance(self.content, Text):
            return self.content.words
        return self.content.caption if isinstance(self.content, Attachment | PaidMedia) else NOTHING

    @property
    def text(self) -> str:
        """Its text; empty where it holds something else."""
        return self.words.text if isinstance(self.content, Text) else ""

    @property
    def caption(self) -> str:
        """The caption of its file, or of what is paid for."""
        return self.words.text if isinstance(self.content, Attachment | PaidMedia) else ""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities of its text or caption."""
        return self.words.entities

    @property
    def data(self) -> bytes:
        """The bytes of its file."""
        return self.content.file.data if isinstance(self.content, Attachment) else b""

    @property
    def topic(self) -> Topic | None:
        """The topic that it stands in."""
        return self.chat.topic(self.thread_id)

    def buttons(self) -> list[str]:
        """Return the labels under it, in reading order."""
        return [str(button["text"]) for row in inline_rows(self.reply_markup) for button in row]

    def button(self, label: str) -> Json | None:
        """Return the button under it that bears a label."""
        return next((b for row in inline_rows(self.reply_markup) for b in row if b["text"] == label), None)

    def delete(self) -> None:
        """Let it vanish; no bot is told."""
        self.chat.erase(self)

    def card(self, bot_id: int, *, nested: bool = False) -> Json:
        """Return the Message object as one bot sees it; `nested` leaves out what it replies to."""
        replied = None if nested else self._formally_replied()
        return (
            {"message_id": self.id, "date": unix(self.date), "chat": self.chat.card()}
            | self._sender_fields()
            | present(message_thread_id=self.thread_id, media_group_id=self.album, forward_origin=self.origin)
            | when_true(is_topic_message=self.topic is not None, has_protected_content=self.protected)
            | present(edit_date=unix(self.edited) if self.edited else None)
            | present(reply_to_message=replied.card(bot_id, nested=True) if replied else None)
            | present(external_reply=self.quoted.card_elsewhere(bot_id) if self.quoted else None, quote=self.quote)
            | self.content.fields(bot_id)
            | present(reply_markup=inline_only(self.reply_markup))
        )

    def card_elsewhere(self, bot_id: int) -> Json:
        """Return the ExternalReplyInfo object: what a message in another chat that answers this one shows of it."""
        told = {name: value for name, value in self.content.fields(bot_id).items() if name not in WORDS}
        chat = self.chat.card()
        numbered = {"chat": chat, "message_id": self.id} if chat["type"] in {"supergroup", "channel"} else {}
        return {"origin": forward_origin(self)} | numbered | told

    def _sender_fields(self) -> Json:
        if self.anonymous:
            return {"from": ANONYMOUS_ADMIN.card(), "sender_chat": self.chat.card()}
        return {"from": self.sender.card()}

    def _formally_replied(self) -> "Message | None":
        """Return what it replies to; where it does not say, what began the thread that it stands in."""
        if self.reply_to:
            return None if self.reply_to.deleted else self.reply_to
        begins = self.thread_id is None or self.thread_id == self.id
        return None if begins else self.chat.find(self.thread_id or 0)


@dataclass(frozen=True)
class Pinned:
    """The service message that shows what was pinned."""

    message: Message
    kind: str = "pinned_message"

    def fields(self, bot_id: int, /) -> Json:
        """Return the pinned message."""
        return {"pinned_message": self.message.card(bot_id, nested=True)}


def reaction_cards(emojis: list[str]) -> list[Json]:
    """Return ReactionType objects."""
    return [{"type": "emoji", "emoji": emoji} for emoji in emojis]


def forward_origin(message: Message) -> Json:
    """Return where a forwarded message comes from; a forward of a forward keeps its first origin."""
    if message.origin:
        return message.origin
    if message.anonymous:
        return {"type": "chat", "date": unix(message.date), "sender_chat": message.chat.card()}
    return {"type": "user", "date": unix(message.date), "sender_user": message.sender.card()}


def standing(messages: Mapping[int, Message]) -> list[Message]:
    """Return the messages that were not deleted, oldest first."""
    return [message for message in messages.values() if not message.deleted]
