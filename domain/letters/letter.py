"""Letters: what must be told to whom about which case; the words come when a letter is sent, not before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from domain.cases.case import CaseId
from domain.cases.drafts import DraftId
from domain.cases.messages import MessageId
from domain.cases.policy import Policy
from domain.letters.contents import (
    Alarm,
    Content,
    DraftCard,
    DraftPutAway,
    ExtensionRequest,
    FollowersSaid,
    LetterId,
    Media,
    News,
    Prompt,
    Reminder,
    RevisitRequest,
    Spent,
)
from domain.organisation.units import Chat, ChatId, TopicId
from domain.people.accounts import AccountAddress
from domain.people.person import PersonId, UnitCode
from domain.record.history import EventId


class Priority(IntEnum):
    """Which letters go first when many wait.

    Whoever has just acted, then danger to life, then what is new or waits for somebody, then all that follows on it.
    """

    ANSWER = 0
    URGENT = 1
    CARD = 2
    NEW = 3
    AWAITED = 4
    NEWS = 5
    REMINDER = 6
    BROADCAST = 7


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is told: a person in private, a unit in whatever chat it has when the letter goes, or a given chat.

    `aside`: no message at all but what is done to one, as the answer to a pressed button; it waits for no other letter.
    """

    person: PersonId | None = None
    unit: UnitCode | None = None
    chat: Chat | None = None
    aside: str | None = None

    def __str__(self) -> str:
        if self.person is not None:
            return f"person:{self.person}"
        if self.unit is not None:
            return f"unit:{self.unit}"
        if self.aside is not None:
            return f"aside:{self.aside}"
        topic = self.chat.topic if self.chat else None
        return f"chat:{self.chat.id if self.chat else 0}:{topic or ''}"

    @classmethod
    def parse(cls, written: str) -> "Addressee":
        """Read back what `str` has written."""
        kind, _, rest = written.partition(":")
        if kind == "person":
            return cls(person=PersonId(int(rest)))
        if kind == "unit":
            return cls(unit=UnitCode(rest))
        if kind == "aside":
            return cls(aside=rest)
        chat, _, topic = rest.partition(":")
        return cls(chat=Chat(ChatId(int(chat)), TopicId(int(topic)) if topic else None))


@dataclass(frozen=True, slots=True)
class InPlaceOf:
    """The unit in whose place somebody reads, and who else was chosen for it.

    `leads`: only leads and admins may be; `alarm`: everybody who works for it is.
    """

    unit: UnitCode
    chosen: tuple[Addressee, ...] = ()
    leads: bool = False
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class SoFar:
    """How far a letter has come that goes in several pieces, or has met a refusal; written anew it begins anew.

    `part`: how many parts of its text have gone; `singly`: its files go one by one; `rejection_told`: it is known that
    Telegram refuses one of them; `apart`: its words go before its files, not under them; `topic_tries`: how often a
    new topic was asked for in vain.
    """

    part: int = 0
    singly: bool = False
    rejection_told: bool = False
    topic_tries: int = 0
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing to tell.

    `key`: of the letters with one key that still wait, there is only one. `scheduled`: nobody has just done what it
    tells of, the desk sends it by itself; it keeps the quiet hours. `account`: the one of the person's accounts that
    it answers; without it, it goes to the one used last. `reply_to` and `edits`: the message in that chat that it
    stands under, or changes.
    """

    to: Addressee
    content: Content
    priority: Priority
    case: CaseId | None = None
    key: str | None = None
    scheduled: bool = False
    account: AccountAddress | None = None
    in_place_of: InPlaceOf | None = None
    reply_to: MessageId | None = None
    edits: MessageId | None = None
    so_far: SoFar = SoFar()
    id: LetterId | None = None
    stamp: int = 0

    @property
    def event(self) -> EventId | None:
        """The row of history that it tells of."""
        tells = News | Alarm | Media | Reminder | ExtensionRequest | RevisitRequest | Prompt
        return self.content.event if isinstance(self.content, tells) else None

    @property
    def draft(self) -> DraftId | None:
        """The draft that it is about."""
        return self.content.draft if isinstance(self.content, DraftCard | DraftPutAway) else None

    @property
    def is_for_staff(self) -> bool:
        """Whether it tells a lead, an owner or an admin in private what a chat would read."""
        return self.in_place_of is not None and self.to.person is not None

    def waits_until(self, now: datetime, policy: Policy) -> datetime | None:
        """Return the end of the quiet hours that keep it from a resident now; None if it may go."""
        is_held = self.scheduled and self.to.person is not None and not self.is_for_staff and policy.is_quiet(now)
        return policy.after_quiet(now) if is_held else None

    @property
    def unit(self) -> UnitCode | None:
        """The unit whose chat would read it, whoever does."""
        return (self.in_place_of.unit if self.in_place_of else None) or self.to.unit

    @property
    def elsewhere(self) -> "Letter":
        """The letter for another chat, where messages have other numbers."""
        return replace(self, reply_to=None, edits=None)

    @property
    def once_a_reader(self) -> "Letter":
        """The letter with the key of what it tells, as of a notice, files or a reminder: one of each to each reader."""
        subject = self.case if isinstance(self.content, Reminder | Alarm | FollowersSaid) else self.event
        staff = ":staff" if isinstance(self.content, News) and self.is_for_staff else ""
        return replace(self, key=f"{self.content.kind}:{subject}:{self.to}{staff}")


def in_place_of(unit: UnitCode, to: Addressee, chosen: Sequence[Addressee], *, leads: bool = False) -> InPlaceOf | None:
    """Return in whose place somebody reads who is told what is for a unit; None where the chat itself is told."""
    return None if to.unit == unit or to.chat is not None else InPlaceOf(unit, tuple(chosen), leads)


def spent(chat: ChatId, message: MessageId) -> Letter:
    """Return the letter that takes the buttons from a message of ours, once however often that is wanted."""
    aside = f"{chat}:{message}"
    return Letter(Addressee(aside=aside), Spent(chat, message), Priority.NEWS, key=f"spent:{aside}")


def to_person(person: PersonId) -> Addressee:
    """Address somebody in private."""
    return Addressee(person=person)


def to_unit(unit: UnitCode) -> Addressee:
    """Address a unit, wherever its chat is when the letter goes."""
    return Addressee(unit=unit)


def to_chat(chat: Chat) -> Addressee:
    """Address a chat, whoever works there."""
    return Addressee(chat=chat)
