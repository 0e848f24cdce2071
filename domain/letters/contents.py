"""What letters tell: one class a kind, holding what cannot be read from the state when the letter goes.

`kind` is how the outbox, the figures and the history name a class; it stays as it is when the class is renamed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, NewType

from domain.cases.case import CaseId
from domain.cases.drafts import DraftId
from domain.cases.listing import Which
from domain.cases.messages import MessageId
from domain.letters.asking_pages import AskingPage
from domain.letters.posts import Purpose
from domain.organisation.units import ChatId
from domain.people.person import PersonId, UnitCode
from domain.record.history import EventId

LetterId = NewType("LetterId", int)

FillIn = str | int
"""What is filled into a sentence of the catalogue."""


# --- answers to what somebody has just done --------------------------------------------------------------------------


class Keyboard(StrEnum):
    """The keyboards that stand below a private chat: the menu, and the one that asks for a location."""

    MENU = "menu"
    LOCATION = "send_location"


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: a key of the catalogue, or its text as it stands, and what it carries."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the catalogue with what is filled in. `keys`: what is filled in and is such a sentence itself."""

    kind: ClassVar = "said"
    key: str
    values: Mapping[str, FillIn] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    keyboard: Keyboard | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PressAnswer:
    """The short answer to a pressed button, in the language of whoever pressed; without a key only its waiting ends.

    `url`: what their app opens: a link to the bot itself, which is all that Telegram allows.
    """

    kind: ClassVar = "press_answer"
    query: str
    key: str = ""
    values: Mapping[str, FillIn] = field(default_factory=dict)
    alert: bool = False
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji on somebody's message: it was taken in."""

    kind: ClassVar = "reaction"
    chat: ChatId
    message: MessageId
    emoji: str


@dataclass(frozen=True, slots=True)
class Spent:
    """A question of ours that was answered: its buttons go."""

    kind: ClassVar = "spent"
    chat: ChatId
    message: MessageId


@dataclass(frozen=True, slots=True)
class Removed:
    """A card of ours in whose place another stands: it goes, or where it cannot, its buttons."""

    kind: ClassVar = "removed"
    chat: ChatId
    message: MessageId


@dataclass(frozen=True, slots=True)
class AdminMenu:
    """The commands that Telegram offers an admin, a lead or a worker in private."""

    kind: ClassVar = "admin_menu"
    commands: tuple[str, ...]


# --- cards, and what is told about a case or a draft -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DraftCard:
    """The card of a draft."""

    kind: ClassVar = "draft_card"
    draft: DraftId


@dataclass(frozen=True, slots=True)
class DraftPutAway:
    """That a draft was put away, and can be taken up again."""

    kind: ClassVar = "draft_put_away"
    draft: DraftId


@dataclass(frozen=True, slots=True)
class CaseCard:
    """The card of a case in the chat of a unit."""

    kind: ClassVar = "case_card"


@dataclass(frozen=True, slots=True)
class News:
    """A row of history."""

    kind: ClassVar = "news"
    event: EventId


@dataclass(frozen=True, slots=True)
class Alarm:
    """That somebody is in danger, for those who are to act, in private. `event`: the row of history that says so."""

    kind: ClassVar = "alarm"
    event: EventId


@dataclass(frozen=True, slots=True)
class Media:
    """The attachments of a row of history. `worded`: and what the row tells, as their caption where it fits."""

    kind: ClassVar = "media"
    event: EventId
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """The request to a worker for a reply with the result, or a reason. `again`: the one before had no words.

    `event`: the row of history that it is about, where it is about one.
    """

    kind: ClassVar = "prompt"
    person: PersonId
    worker: str
    purpose: Purpose
    again: bool = False
    event: EventId | None = None


@dataclass(frozen=True, slots=True)
class ExtensionRequest:
    """That somebody asks for a later deadline, for those who may rule. `event`: the row of history that says so."""

    kind: ClassVar = "extension_request"
    event: EventId


@dataclass(frozen=True, slots=True)
class RevisitRequest:
    """That a resident should be asked in person, for those who may. `event`: the row of history that says so."""

    kind: ClassVar = "revisit_request"
    event: EventId


@dataclass(frozen=True, slots=True)
class Reminder:
    """That a case waits for its unit. `event`: the row of history that says so."""

    kind: ClassVar = "reminder"
    event: EventId


@dataclass(frozen=True, slots=True)
class FollowersSaid:
    """What the residents of followers have said, for a unit that has not read it.

    `cases`: those that have come to its main case from elsewhere; none where it has just got the main case, and all.
    """

    kind: ClassVar = "followers_said"
    cases: tuple[CaseId, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """Many new cases by name, ahead of their cards; it is called by the first card that it names.

    `flood`: the first digest of the flood that it belongs to; None where it is that one itself.
    """

    kind: ClassVar = "digest"
    digest: LetterId
    urgent: bool = False
    flood: LetterId | None = None


# --- pages that somebody asked to see --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwnCasesPage:
    """A resident's own cases."""

    kind: ClassVar = "own_cases_page"
    page: int = 0


@dataclass(frozen=True, slots=True)
class TodoPage:
    """Open cases of the units of a chat; in private, of those that the reader works for.

    `mine_of`: who has asked, so that their own can be told from the others.
    """

    kind: ClassVar = "todo_page"
    page: int = 0
    which: Which = Which.ALL
    mine_of: PersonId | None = None


@dataclass(frozen=True, slots=True)
class CasesPage:
    """The open cases of a branch of the organisation, or of all."""

    kind: ClassVar = "cases_page"
    unit: UnitCode | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class FilePage:
    """The file of a case. `own`: as its resident reads it."""

    kind: ClassVar = "file_page"
    own: bool = False


@dataclass(frozen=True, slots=True)
class HelpPage:
    """How the desk works, for somebody with these standings."""

    kind: ClassVar = "help_page"
    standings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """The organisation below a unit, or the whole."""

    kind: ClassVar = "units_page"
    unit: UnitCode | None = None


@dataclass(frozen=True, slots=True)
class MembersPage:
    """Who works for a unit."""

    kind: ClassVar = "members_page"
    unit: UnitCode


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """The rules in force."""

    kind: ClassVar = "policy_page"


Page = OwnCasesPage | TodoPage | CasesPage | FilePage | HelpPage | UnitsPage | MembersPage | PolicyPage | AskingPage
About = (
    DraftCard
    | DraftPutAway
    | CaseCard
    | News
    | Alarm
    | Media
    | Prompt
    | ExtensionRequest
    | RevisitRequest
    | Reminder
    | FollowersSaid
    | Digest
)
Content = Said | PressAnswer | Reaction | Spent | Removed | AdminMenu | About | Page

IN_PASSING = (PressAnswer, Reaction, Spent, Removed, AdminMenu)
"""What may be lost when Telegram will not take it: no news, only a courtesy."""
FOR_UNITS = (News, Alarm, ExtensionRequest, RevisitRequest, Reminder, FollowersSaid, Media)
"""What those who can act are told where the chat of a unit is gone."""
