"""What the desk needs to know cases, what happened to them, and what people sent for them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from domain.cases.case import Case, CaseId
from domain.cases.deadlines import Deadline
from domain.cases.drafts import DraftId
from domain.cases.likeness import Glance
from domain.cases.listing import EVERY, Shown
from domain.cases.messages import Attachment, AttachmentId
from domain.cases.splits import Siblings
from domain.letters.letter import Addressee
from domain.people.person import PersonId, UnitCode
from domain.record.history import Event, EventId, Head, Payload, Row


class Cases(Protocol):
    """Cases, each held by its writer until the unit of work ends."""

    async def get(self, case: CaseId) -> Case | None:
        """Return the case, held for change."""

    async def look_at(self, case_id: CaseId) -> Case | None:
        """Return the case without holding it."""

    async def numbered(self, number: str) -> Case | None:
        """Return the case with this number, held for change."""

    async def id_of(self, number: str) -> CaseId | None:
        """Return which case has this number, without holding it."""

    async def next_number(self, month: datetime) -> str:
        """Return the next number of the local month; numbers leave no gap and none is given twice."""

    async def add(self, case: Case) -> Case:
        """Keep a new case and return it with its id."""

    async def save(self, case: Case) -> Case:
        """Keep a changed case and return it; its version must be the one that was read, and grows by one."""

    async def of_resident(self, resident: PersonId, limit: int, offset: int = 0) -> Sequence[Case]:
        """Return a resident's cases, open ones first, then the newest."""

    async def count_of_resident(self, resident: PersonId) -> int:
        """Return how many cases a resident has raised."""

    async def open_of_resident(self, resident: PersonId, limit: int, offset: int = 0) -> Sequence[Case]:
        """Return a resident's open cases, those that wait for an answer first."""

    async def count_open_of_resident(self, resident: PersonId) -> int:
        """Return how many of a resident's cases are open."""

    async def unfinished_of_resident(self, resident: PersonId) -> Sequence[Case]:
        """Return a resident's cases that are open or may still be objected to, held for change."""

    async def open_in(
        self, units: Sequence[UnitCode] | None, limit: int, offset: int = 0, shown: Shown = EVERY
    ) -> Sequence[Case]:
        """Return the open cases of these units, or of all: danger, then the reader's own, then the nearest deadline."""

    async def open_ending(self, units: Sequence[UnitCode] | None, digits: str, limit: int) -> Sequence[Case]:
        """Return the open cases of these units, or of all, whose number ends so."""

    async def open_ids_in(self, unit: UnitCode) -> Sequence[CaseId]:
        """Return all open cases of a unit, the nearest deadline first, then those with which it assists."""

    async def count_open_in(self, units: Sequence[UnitCode] | None, shown: Shown = EVERY) -> int:
        """Return how many cases are open in these units, or in all."""

    async def unfinished_in(self, unit: UnitCode) -> Sequence[Case]:
        """Return a unit's cases that are open or may still be objected to, held for change."""

    async def assisted_by(self, unit: UnitCode) -> Sequence[Case]:
        """Return the cases beside which a unit was called to work, held for change."""

    async def orphaned_assists(self) -> Sequence[Case]:
        """Return the cases of which a called unit's owner is no member of it, held for change."""

    async def among(self, cases: Collection[CaseId]) -> Sequence[Case]:
        """Return these cases without holding them."""

    async def count_alike(self, main: Case, since: datetime, until: datetime) -> int:
        """Return how many there are of what `alike` returns."""

    async def alike(self, main: Case, since: datetime, until: datetime, limit: int) -> Sequence[Case]:
        """Return, held for change, what is still to be done of the unit and category of a case and was raised then.

        Neither the case itself, nor what follows another, nor what may not follow it: it did and is by itself again, or
        its resident has said no to the report. The first raised first.
        """

    async def held(self, cases: Collection[CaseId]) -> Sequence[Case]:
        """Return these cases, held for change."""

    async def held_if_free(self, cases: Collection[CaseId]) -> Sequence[Case]:
        """Return those of these cases that nobody else holds, held for change."""

    async def orphaned(self) -> Sequence[Case]:
        """Return the cases that are being worked on by somebody who is no member of their unit, held for change."""

    async def chosen_by(self, unit: UnitCode, limit: int) -> Sequence[UnitCode]:
        """Return the units to which cases of this one were transferred, the most frequent first."""

    async def submitted_in(self, unit: UnitCode) -> Sequence[Case]:
        """Return a unit's cases that nobody has accepted, held for change."""

    async def glance_at_newest(self, unit: UnitCode, limit: int, joining: PersonId | None = None) -> Sequence[Glance]:
        """Return what the newest cases of a unit are about that are to be done, and whose place is known.

        Cases that are merged into another are left out; for a resident who may join one, also danger, and what they
        have raised or follow with a case.
        """


class Splits(Protocol):
    """Which cases were one message."""

    async def siblings_of(self, case: Case) -> Siblings:
        """Return the numbers of the cases that were one message with this one."""


class Memberships(Protocol):
    """Which cases are worked on as one with which main case (归并)."""

    async def numbers_of(self, main: CaseId, limit: int) -> Sequence[str]:
        """Return the numbers of the cases that are merged into a main case, the oldest first."""

    async def residents_of(
        self, main: CaseId, *, reported_at: datetime | None = None
    ) -> Sequence[tuple[CaseId, PersonId]]:
        """Return the followers of a main case that have not ended, each with its resident.

        `reported_at`: those alone that wait for their resident's word about the report of then.
        """

    async def to_follow(self, main: CaseId, limit: int) -> Sequence[CaseId]:
        """Return the followers of a main case that are still to be done, the oldest first."""

    async def move(self, old: CaseId, new: CaseId) -> None:
        """Let what belongs to one main case belong to another."""

    async def prolong(self, main: CaseId, resolve: Deadline) -> None:
        """Let no follower of a main case be promised less time than this."""

    async def lift_urgency(self, main: CaseId, resolve: Deadline) -> Sequence[tuple[CaseId, PersonId]]:
        """Let no follower of a main case be urgent itself; what those were promised sooner, and still runs, is this.

        Return those that are promised more time now, each with its resident.
        """


class History(Protocol):
    """一事一档, only ever appended to."""

    async def append(
        self, at: datetime, actor: PersonId, event: Event, payload: Payload, case: CaseId | None
    ) -> EventId:
        """Add a row at the end of the chain."""

    async def get(self, event: EventId) -> Row | None:
        """Return one row."""

    async def of_case(self, case: CaseId, *events: Event) -> Sequence[Row]:
        """Return a case's rows in order; where events are named, only those that tell of one of them."""

    async def head(self) -> Head:
        """Return the end of the chain."""


class Attachments(Protocol):
    """Files and locations that people sent; each is also a task to fetch it."""

    async def add(
        self,
        attachments: Sequence[Attachment],
        now: datetime,
        *,
        person: PersonId,
        draft: DraftId | None = None,
        case: CaseId | None = None,
        event: EventId | None = None,
    ) -> None:
        """Keep the attachments that a person sent for a draft, or for one row of a case's history."""

    async def sent_since(self, person: PersonId, moment: datetime) -> tuple[int, int]:
        """Return how many files a person has sent since a moment, and how many bytes they have together."""

    async def of_draft(self, draft: DraftId) -> Sequence[Attachment]:
        """Return the attachments of a draft, in the order in which they came."""

    async def let_go(self, attachments: Sequence[AttachmentId]) -> None:
        """Take attachments out of their draft because others stand in their place; they belong to nothing any more."""

    async def hand_over(self, draft: DraftId, case: CaseId, event: EventId) -> None:
        """Give a draft's attachments to a case."""

    async def take_out(self, event: EventId, draft: DraftId) -> None:
        """Give the attachments of one row of history back to a draft, as if they had been sent on to nobody."""

    async def of_event(self, event: EventId) -> Sequence[Attachment]:
        """Return the attachments of one row of history, in the order in which they came."""

    async def of_case(self, case: CaseId) -> Sequence[tuple[EventId, Attachment]]:
        """Return all attachments of a case with the row that each belongs to."""

    async def count_sent_by(self, person: PersonId, case: CaseId) -> int:
        """Return how many attachments a person has sent for a case."""

    async def relayed(self, attachments: Sequence[AttachmentId], to: Addressee) -> frozenset[AttachmentId]:
        """Return which of them have reached the addressee already."""
