"""Rendering: a letter and the facts at the moment of sending become what goes over the wire, or nothing any more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup
from telegram import ForceReply, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from domain.accounts import TelegramId
from domain.cases import Case
from domain.desk.view import File, Page
from domain.drafts import Draft
from domain.history import Payload, Row
from domain.letters import Letter
from domain.messages import Attachment, MessageId
from domain.people import PersonId
from domain.policy import Policy
from domain.posts import Purpose
from domain.units import Organisation, Room
from handlers.words import Words

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


@dataclass(frozen=True, slots=True)
class BotFace:
    """What the bot is in Telegram. `reads_all`: privacy mode is off."""

    id: int
    username: str
    reads_all: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """The state of things when a letter goes; only what its sort of letter needs is filled in.

    `room`: where it goes; `card`: the message there that shows the case or draft, `card_shows`: what it shows.
    `attachments`: those of the event that the chat has not got yet. `together`: cases that go in one message, `rows`:
    the rows of history that go with them, `beside`: the letters that it answers. `started`: which people have opened a
    private chat with the bot. `mentioned`: the account of a person whom the message names. `shows_phones`: the reader
    may see the telephone numbers in what people wrote.
    """

    letter: Letter
    room: Room
    now: datetime
    policy: Policy
    org: Organisation
    words: Words
    case: Case | None = None
    event: Row | None = None
    rows: tuple[Row, ...] = ()
    draft: Draft | None = None
    name: str = ""
    card: MessageId | None = None
    card_shows: str = ""
    files: int = 0
    attachments: tuple[Attachment, ...] = ()
    together: tuple[Case, ...] = ()
    beside: tuple[Letter, ...] = ()
    page: Page | None = None
    file: File | None = None
    started: frozenset[PersonId] = frozenset()
    mentioned: TelegramId | None = None
    unreachable: bool = False
    shows_phones: bool = False

    @property
    def values(self) -> Mapping[str, Any]:
        """What the letter carries beyond the state."""
        return self.letter.values

    @property
    def told(self) -> Payload:
        """The payload of the row of history that the letter tells of."""
        return self.event.told if self.event else {}


@dataclass(frozen=True, slots=True)
class Text:
    """One message of text. `live`: it is a card that is edited in place; `edits`: an older message to change.

    `more`: the letter has further parts; this one goes out and the letter waits for the next.
    """

    html: Markup
    keyboard: Keyboard | None = None
    reply_to: MessageId | None = None
    live: bool = False
    edits: MessageId | None = None
    purpose: Purpose = Purpose.POSTED
    more: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """Attachments that go in one message or album, the caption on the first."""

    attachments: tuple[Attachment, ...]
    caption: Markup
    reply_to: MessageId | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """The short answer to a pressed button."""

    query: str
    text: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A sign on somebody's message that it was taken in."""

    message: MessageId
    emoji: str


@dataclass(frozen=True, slots=True)
class Spent:
    """A question of ours that was answered: its buttons go."""

    message: MessageId


@dataclass(frozen=True, slots=True)
class CommandMenu:
    """The commands that Telegram offers in one chat, by language."""

    commands: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


Rendered = Text | Bundle | Toast | Seen | Spent | CommandMenu
