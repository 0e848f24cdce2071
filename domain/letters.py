"""Letters: what must be told to whom about which case; the words come when a letter is sent, not before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, NewType

from domain.accounts import AccountAddress
from domain.cases import CaseId
from domain.drafts import DraftId
from domain.history import EventId
from domain.people import PersonId, UnitCode
from domain.policy import Policy
from domain.units import ChatId, Room, TopicId

LetterId = NewType("LetterId", int)


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


class Tells(StrEnum):
    """What a letter is about, and so which renderer writes it."""

    SAID = "said"
    TOAST = "toast"
    SEEN = "seen"
    SPENT = "spent"
    VIEW = "view"
    DRAFT_CARD = "draft_card"
    CARD = "card"
    NEWS = "news"
    MEDIA = "media"
    PROMPT = "prompt"
    REMINDER = "reminder"
    DIGEST = "digest"
    MENU = "menu"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is told: a person in private, a unit in whatever room it has when the letter goes, or a given room.

    `aside`: no message at all but a sign on one, such as the answer to a pressed button; it waits for no other letter.
    """

    person: PersonId | None = None
    unit: UnitCode | None = None
    room: Room | None = None
    aside: str | None = None

    def __str__(self) -> str:
        if self.person is not None:
            return f"person:{self.person}"
        if self.unit is not None:
            return f"unit:{self.unit}"
        if self.aside is not None:
            return f"aside:{self.aside}"
        topic = self.room.topic if self.room else None
        return f"room:{self.room.chat if self.room else 0}:{topic or ''}"

    @classmethod
    def parse(cls, written: str) -> "Addressee":
        """Read back what `str` has written."""
        sort, _, rest = written.partition(":")
        if sort == "person":
            return cls(person=PersonId(int(rest)))
        if sort == "unit":
            return cls(unit=UnitCode(rest))
        if sort == "aside":
            return cls(aside=rest)
        chat, _, topic = rest.partition(":")
        return cls(room=Room(ChatId(int(chat)), TopicId(int(topic)) if topic else None))


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing to tell.

    `event` is the row of history that it tells of. `key`: of the letters with one key that still wait, there is only
    one. `scheduled`: nobody has just done what it tells of, the desk sends it by itself; it keeps the quiet hours.
    `account`: the one of the person's accounts that it answers; without it, it goes to the one used last.
    `values` are what its renderer needs beyond the state at the time of sending; they are kept as JSON.
    """

    to: Addressee
    tells: Tells
    priority: Priority
    case: CaseId | None = None
    draft: DraftId | None = None
    event: EventId | None = None
    key: str | None = None
    scheduled: bool = False
    account: AccountAddress | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    id: LetterId | None = None
    stamp: int = 0

    @property
    def is_for_staff(self) -> bool:
        """Whether it tells a lead, an owner or an admin in private what a room would read."""
        return bool(self.values.get("staff"))

    def waits_until(self, now: datetime, policy: Policy) -> datetime | None:
        """Return the end of the quiet hours that keep it from a resident now; None if it may go."""
        is_held = self.scheduled and self.to.person is not None and not self.is_for_staff and policy.is_quiet(now)
        return policy.after_quiet(now) if is_held else None

    @property
    def unit(self) -> UnitCode | None:
        """The unit whose room would read it, whoever does."""
        return self.values.get("unit") or self.to.unit

    @property
    def own_key(self) -> str:
        """The key of a notice, of files or of a reminder: one of each to each reader."""
        subject = self.case if self.tells is Tells.REMINDER else self.event
        staff = ":staff" if self.tells is Tells.NEWS and self.is_for_staff else ""
        return f"{self.tells}:{subject}:{self.to}{staff}"


def instead_of(unit: UnitCode, to: Addressee, chosen: Sequence[Addressee]) -> dict[str, Any]:
    """Return what a letter to somebody carries who reads in place of a unit's room: the unit, and who else was chosen.

    Nothing where the room itself is told.
    """
    if to.unit == unit or to.room is not None:
        return {}
    told = {"unit": unit, "chosen": [str(other) for other in chosen]}
    return {"staff": True, **told} if to.person is not None else told


def to_person(person: PersonId) -> Addressee:
    """Address somebody in private."""
    return Addressee(person=person)


def to_unit(unit: UnitCode) -> Addressee:
    """Address a unit, wherever its room is when the letter goes."""
    return Addressee(unit=unit)


def to_room(room: Room) -> Addressee:
    """Address a room, whoever works there."""
    return Addressee(room=room)
