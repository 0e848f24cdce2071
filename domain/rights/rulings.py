"""Rulings: what one person asks and another decides, by when, and what it means if nobody does. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from domain.cases.case import CaseId
from domain.people.person import PersonId, UnitCode
from domain.record.history import EventId

RulingId = NewType("RulingId", int)


class Matter(StrEnum):
    """What somebody is to decide."""

    SETTLEMENT = "settlement"
    EXTENSION = "extension"


class Silence(StrEnum):
    """What it means if nobody has decided in time."""

    PASSES_UP = "passes_up"
    DENIES = "denies"


SILENCE = {Matter.SETTLEMENT: Silence.PASSES_UP, Matter.EXTENSION: Silence.DENIES}


class Outcome(StrEnum):
    """What became of what was asked."""

    GRANTED = "granted"
    DENIED = "denied"
    PASSED_UP = "passed_up"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One thing that was asked, and what was decided.

    `unit`: its leads, those above it and the admins may decide; without one, the admins alone. `due_at`: until when;
    none where it waits for as long as it takes. `until`: the later deadline that is asked for, where one is.
    `asked_in`, `decided_in`: the rows of history that hold the reasons. `decided_by` is the desk itself where silence
    has decided.
    """

    matter: Matter
    case: CaseId
    unit: UnitCode | None
    asked_by: PersonId
    asked_at: datetime
    asked_in: EventId
    due_at: datetime | None
    until: datetime | None = None
    outcome: Outcome | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    decided_in: EventId | None = None
    id: RulingId | None = None

    @property
    def silence(self) -> Silence:
        """What it means if nobody decides in time."""
        return SILENCE[self.matter]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for whoever may decide."""
        return self.outcome is None

    def is_overdue(self, now: datetime) -> bool:
        """Whether silence has the word now."""
        return self.is_open and self.due_at is not None and self.due_at <= now

    def decided(self, outcome: Outcome, by: PersonId, event: EventId, now: datetime) -> "Ruling":
        """Return it as decided; what has been decided stays so."""
        if not self.is_open:
            return self
        return replace(self, outcome=outcome, decided_by=by, decided_at=now, decided_in=event)
