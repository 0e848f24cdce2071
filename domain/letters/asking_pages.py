"""The pages on which workers are asked in private what their verbs need to know; see `domain.letters.contents`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from domain.cases.revisits import Answer
from domain.people.person import PersonId, UnitCode
from domain.record.history import EventId


@dataclass(frozen=True, slots=True)
class CategoryPage:
    """What a case is about: which group, or, once one is opened by its key, which category of it.

    `page`: the file of the case under which it was begun, or 0.
    """

    kind: ClassVar = "category_page"
    group: str = ""
    page: int = 0


class Step(StrEnum):
    """What is asked of whoever calls other units: whom, what for, until when."""

    WHOM = "whom"
    WHAT = "what"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class CallPage:
    """Whom a unit calls to work beside, what for, and until when. `fitting`: those that what was typed may mean."""

    kind: ClassVar = "call_page"
    step: Step = Step.WHOM
    page: int = 0
    chosen: tuple[UnitCode, ...] = ()
    fitting: tuple[UnitCode, ...] = ()


@dataclass(frozen=True, slots=True)
class TransferPage:
    """Where a case is to go, or, once a unit is chosen, why. `fitting`: those that what was typed may mean."""

    kind: ClassVar = "transfer_page"
    page: int = 0
    unit: UnitCode | None = None
    fitting: tuple[UnitCode, ...] = ()


@dataclass(frozen=True, slots=True)
class UrgencyPage:
    """Why a case is urgent, or is not."""

    kind: ClassVar = "urgency_page"
    urgent: bool = True


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """Who is to have a case. `fitting`: those whom what was typed may mean."""

    kind: ClassVar = "hand_over_page"
    page: int = 0
    fitting: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtensionPage:
    """Until when a deadline is to be moved, or, once that is chosen, why."""

    kind: ClassVar = "extension_page"
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DenialPage:
    """Why a later deadline is not granted. `event`: the row of history that asks for it."""

    kind: ClassVar = "denial_page"
    event: EventId


@dataclass(frozen=True, slots=True)
class RevisitPage:
    """What a resident said who was asked in person, or, once that is chosen, who was asked and how."""

    kind: ClassVar = "revisit_page"
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class MergePage:
    """Into which case another is to be merged."""

    kind: ClassVar = "merge_page"


AskingPage = (
    CategoryPage
    | CallPage
    | TransferPage
    | UrgencyPage
    | HandOverPage
    | ExtensionPage
    | DenialPage
    | RevisitPage
    | MergePage
)
