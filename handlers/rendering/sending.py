"""Rendering: a letter, and how things stand at the moment of sending, become what goes over the wire, or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup
from telegram import ForceReply, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from domain.cases.case import Case, CaseId
from domain.cases.messages import Attachment, MessageId
from domain.cases.policy import Policy
from domain.desk import Desk
from domain.letters.contents import Reaction, Removed, Spent
from domain.letters.letter import Letter
from domain.letters.posts import Card, Purpose, card_of_case
from domain.organisation.units import Chat, Organisation
from domain.people.person import Actor, UnitCode
from domain.record.history import Row
from handlers.words import Words

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


@dataclass(frozen=True, slots=True)
class BotProfile:
    """What the bot is in Telegram. `reads_all`: privacy mode is off."""

    id: int
    username: str
    reads_all: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What every text depends on, whatever it is about: the moment, the rules, the organisation, the language."""

    now: datetime
    policy: Policy
    org: Organisation
    words: Words


@dataclass(frozen=True, slots=True)
class Sending:
    """A letter on its way: where it goes, and the desk that is asked how things stand.

    `is_card_gone`: Telegram has said that the message is gone which shows what it tells.
    """

    letter: Letter
    chat: Chat
    desk: Desk
    words: Words
    is_card_gone: bool = False

    @property
    def scene(self) -> Scene:
        """What every text depends on."""
        return Scene(self.desk.now, self.desk.policy, self.desk.org, self.words)

    @property
    def reader(self) -> Actor | None:
        """Who reads it in private; None where a whole chat does."""
        person = self.letter.to.person
        return None if person is None else Actor(person, "", person in self.desk.rules.admins)

    async def case(self) -> Case | None:
        """Return the case that it is about, as it is now."""
        return await self.desk.work.cases.look_at(self.letter.case) if self.letter.case is not None else None

    async def row(self) -> Row | None:
        """Return the row of history that it tells of."""
        return await self.desk.work.history.get(self.letter.event) if self.letter.event is not None else None

    async def card(self, subject: str) -> Card | None:
        """Return the message in its chat that shows a subject."""
        return None if self.is_card_gone else await self.desk.work.cards.find(subject, self.chat.id)

    async def card_of(self, case: CaseId, unit: UnitCode | None) -> Card | None:
        """Return the card of a case for a unit in its chat."""
        if self.is_card_gone:
            return None
        return (await self.desk.work.cards.of_case(case)).get((card_of_case(case, unit), self.chat.id))

    async def cases(self, ids: Iterable[int | None]) -> tuple[Case, ...]:
        """Return these cases as they are now, each once."""
        found = [await self.desk.work.cases.look_at(CaseId(case)) for case in dict.fromkeys(ids) if case]
        return tuple(case for case in found if case)


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
    """Attachments that go in one message or album, the caption on the first. `worded`: it is what somebody wrote."""

    attachments: tuple[Attachment, ...]
    caption: Markup
    reply_to: MessageId | None = None
    more: bool = False
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """The short answer to a pressed button."""

    query: str
    text: str
    alert: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class CommandMenu:
    """The commands that Telegram offers in one chat, by language."""

    commands: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


Rendered = Text | Bundle | Toast | Reaction | Spent | Removed | CommandMenu


@dataclass(frozen=True, slots=True)
class Written:
    """What a letter has become as it goes; without a message it tells of something that is past.

    `case`: whose message it will be, so that a reply to it finds the case. `subject`: what a live message shows, and
    `card`, where that stands already; `above`, the one in whose place it is put below. `beside`: the letters that it
    answers together with its own.
    """

    message: Rendered | None = None
    case: CaseId | None = None
    subject: str = ""
    card: Card | None = None
    above: Card | None = None
    beside: tuple[Letter, ...] = ()
