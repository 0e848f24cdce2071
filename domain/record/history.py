"""一事一档: the rows of history, chained by SHA-256, so that none can be quietly changed.

A row's hash covers its number, time, case, actor, event, the digest of its payload, and the hash before. The digest
is salted: a payload may be erased to forget a person, its words cannot be guessed back from the digest, and the
chain still holds.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from domain.cases.case import CaseId
from domain.people.person import PersonId

EventId = NewType("EventId", int)
Payload = Mapping[str, Any]

GENESIS = "0" * 64


class Event(StrEnum):
    """Everything that can happen to a case, or to the desk as a whole."""

    CASE_RAISED = "case_raised"
    CASE_SPLIT = "case_split"
    CASE_SPLIT_OFF = "case_split_off"
    SUBMITTED_ITSELF = "submitted_itself"
    PLACE_TOLD = "place_told"
    CASE_PLACED = "case_placed"
    CASE_ACCEPTED = "case_accepted"
    PROGRESS_TOLD = "progress_told"
    QUESTION_ASKED = "question_asked"
    QUESTION_ANSWERED = "question_answered"
    NOTE_TAKEN = "note_taken"
    CASE_SUPPLEMENTED = "case_supplemented"
    ADDED_FOR_NEIGHBOUR = "added_for_neighbour"
    ADDITION_TAKEN_OUT = "addition_taken_out"
    MESSAGE_EDITED = "message_edited"
    FILES_REPLACED = "files_replaced"
    CASE_RESOLVED = "case_resolved"
    CASE_CONFIRMED = "case_confirmed"
    CONFIRMATION_TAKEN_BACK = "confirmation_taken_back"
    REVISIT_DUE = "revisit_due"
    REVISIT_SOLVED = "revisit_solved"
    REVISIT_UNSOLVED = "revisit_unsolved"
    REVISIT_MISSED = "revisit_missed"
    CASE_RATED = "case_rated"
    RATING_EXPLAINED = "rating_explained"
    CASE_RETURNED = "case_returned"
    RETURN_EXPLAINED = "return_explained"
    CASE_REOPENED = "case_reopened"
    REOPENING_EXPLAINED = "reopening_explained"
    CASE_REFUSED = "case_refused"
    REFUSAL_OBJECTED = "refusal_objected"
    REFUSAL_STOOD = "refusal_stood"
    CASE_ESCALATED = "case_escalated"
    CASE_RECONSIDERED = "case_reconsidered"
    CASE_ASSIGNED = "case_assigned"
    CASE_TRANSFERRED = "case_transferred"
    CASE_GIVEN_BACK = "case_given_back"
    SETTLEMENT_ASKED = "settlement_asked"
    CASE_SETTLED = "case_settled"
    CASE_RELEASED = "case_released"
    CASE_HANDED_OVER = "case_handed_over"
    ASSIST_CALLED = "assist_called"
    ASSIST_ACCEPTED = "assist_accepted"
    ASSIST_GIVEN_BACK = "assist_given_back"
    ASSIST_TOLD = "assist_told"
    ASSIST_REPORTED = "assist_reported"
    ASSIST_REMINDED = "assist_reminded"
    ASSIST_MISSED = "assist_missed"
    ASSIST_RELEASED = "assist_released"
    ASSIST_ENDED = "assist_ended"
    ASSIST_MOVED = "assist_moved"
    ASSIST_OUTCOME = "assist_outcome"
    CASE_MERGED = "case_merged"
    FOLLOWER_JOINED = "follower_joined"
    CASE_JOINED = "case_joined"
    FLOOD_MERGED = "flood_merged"
    FLOOD_STOPPED = "flood_stopped"
    CASE_UNMERGED = "case_unmerged"
    MAIN_ENDED = "main_ended"
    CATEGORY_CHANGED = "category_changed"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_GRANTED = "extension_granted"
    EXTENSION_DENIED = "extension_denied"
    EXTENSION_UNRULED = "extension_unruled"
    EXTENSION_LAPSED = "extension_lapsed"
    URGENCY_SET = "urgency_set"
    URGENCY_LIFTED = "urgency_lifted"
    LINK_MADE = "link_made"
    NEIGHBOUR_JOINED = "neighbour_joined"
    CASE_WITHDRAWN = "case_withdrawn"
    CASE_NUDGED = "case_nudged"
    MATTER_NUDGED = "matter_nudged"
    CASE_VIEWED = "case_viewed"
    WORKER_REMINDED = "worker_reminded"
    RESIDENT_UPDATED = "resident_updated"
    RESIDENT_REMINDED = "resident_reminded"
    CLIMB_ENDED = "climb_ended"
    LETTER_REJECTED = "letter_rejected"
    RESIDENT_UNREACHABLE = "resident_unreachable"
    RESIDENT_REACHABLE = "resident_reachable"
    ABSENCE_SET = "absence_set"
    ABSENCE_ENDED = "absence_ended"
    DEPUTY_LOST = "deputy_lost"
    CHAT_BOUND = "chat_bound"
    CHAT_LOST = "chat_lost"
    CHAT_MOVED = "chat_moved"
    ORGANISATION_IMPORTED = "organisation_imported"
    HEAD_TOLD = "head_told"
    PAYLOAD_ERASED = "payload_erased"


INSIDE = frozenset(
    {
        Event.NOTE_TAKEN,
        Event.CASE_VIEWED,
        Event.WORKER_REMINDED,
        Event.RESIDENT_UNREACHABLE,
        Event.RESIDENT_REACHABLE,
        Event.LETTER_REJECTED,
        Event.REVISIT_DUE,
        Event.LINK_MADE,
        Event.SETTLEMENT_ASKED,
        Event.CASE_SETTLED,
        Event.ASSIST_ACCEPTED,
        Event.ASSIST_GIVEN_BACK,
        Event.ASSIST_TOLD,
        Event.ASSIST_REPORTED,
        Event.ASSIST_REMINDED,
        Event.ASSIST_MISSED,
        Event.ASSIST_RELEASED,
        Event.ASSIST_ENDED,
        Event.ASSIST_MOVED,
        Event.ASSIST_OUTCOME,
        Event.EXTENSION_ASKED,
        Event.EXTENSION_LAPSED,
        Event.FOLLOWER_JOINED,
        Event.CASE_JOINED,
        Event.FLOOD_MERGED,
        Event.FLOOD_STOPPED,
        Event.MATTER_NUDGED,
    }
)
"""What happens among those who work on a case; its resident does not read it."""
EDITS = frozenset({Event.MESSAGE_EDITED, Event.FILES_REPLACED})
"""What puts right a message that is in the file already."""
ABOUT_ASSISTS = frozenset(event for event in Event if event.startswith("assist_"))
"""What units that work beside each other tell each other; nothing that answers it reaches the resident."""
AMONG_UNITS = frozenset(
    {
        Event.CASE_TRANSFERRED,
        Event.CASE_GIVEN_BACK,
        Event.URGENCY_SET,
        Event.URGENCY_LIFTED,
        Event.ASSIST_CALLED,
    }
)
"""What those who work on a case say to each other; its resident reads what came of it, and not the words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of history. `payload` is canonical JSON, or None once erased; `digest` and `salt` speak for it."""

    id: EventId
    at: datetime
    case: CaseId | None
    actor: PersonId
    event: str
    payload: str | None
    salt: str | None
    digest: str
    before: str
    hash: str

    @property
    def told(self) -> Payload:
        """The payload as data; nothing once erased."""
        return json.loads(self.payload) if self.payload else {}

    @property
    def is_inside(self) -> bool:
        """Whether the case's resident does not read it: by its kind, or because its words began with `//`."""
        return self.event in INSIDE or bool(self.told.get("inside"))


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of the chain: its number, which is also the count, and its hash."""

    count: int = 0
    hash: str = GENESIS


def canonical(payload: Payload) -> str:
    """Return the one way in which a payload is written down."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(payload: str, salt: str) -> str:
    """Return the salted digest that stands for a payload in the chain."""
    return hashlib.sha256(f"{salt}{payload}".encode()).hexdigest()


def hash_of(row: Row) -> str:
    """Return the hash that a row must have: of everything in it but the payload, which its digest speaks for."""
    covered = [row.id, row.at.isoformat(), row.case, row.actor, row.event, row.digest, row.before]
    return hashlib.sha256(json.dumps(covered, separators=(",", ":")).encode()).hexdigest()


def chained(
    head: Head, at: datetime, actor: PersonId, event: Event, payload: Payload, salt: str, case: CaseId | None
) -> Row:
    """Return the row that comes after this head."""
    written = canonical(payload)
    unhashed = Row(
        EventId(head.count + 1), at, case, actor, event, written, salt, digest_of(written, salt), head.hash, ""
    )
    return replace(unhashed, hash=hash_of(unhashed))


@dataclass(frozen=True, slots=True)
class Fault:
    """The first row that does not fit, and why: a key of the catalogue."""

    row: int
    reason: str


class Verification:
    """Walks the chain row by row; fed in the order of ids, it keeps the first fault and the head so far."""

    def __init__(self, told_head: str | None = None) -> None:
        self.head = Head()
        self.fault: Fault | None = None
        self._told_head = told_head
        self._told_head_seen = told_head in (None, GENESIS)
        self._erased: dict[int, None] = {}
        self._accounted: set[int] = set()

    def feed(self, rows: Iterable[Row]) -> None:
        """Check the next rows; after the first fault the rest is not looked at."""
        for row in rows:
            if self.fault:
                return
            reason = self._fault_of(row)
            if reason:
                self.fault = Fault(row.id if reason != "missing" else self.head.count + 1, reason)
                return
            self.head = Head(row.id, row.hash)
            self._told_head_seen = self._told_head_seen or row.hash == self._told_head

    def finish(self, noted: Head) -> Fault | None:
        """Compare the end with the head that the desk noted, and with the one told to the admins, if given."""
        if self.fault:
            return self.fault
        for row in self._erased:
            if row not in self._accounted:
                return Fault(row, "erased_without_record")
        return self._fault_of_end(noted)

    def _fault_of_end(self, noted: Head) -> Fault | None:
        if noted.count > self.head.count:
            return Fault(self.head.count + 1, "tail_cut")
        if noted.count < self.head.count:
            return Fault(noted.count + 1, "added_by_hand")
        if noted.hash != self.head.hash:
            return Fault(self.head.count, "changed")
        return None if self._told_head_seen else Fault(self.head.count + 1, "told_head_missing")

    def _fault_of(self, row: Row) -> str | None:
        if row.id != self.head.count + 1:
            return "missing" if row.id > self.head.count + 1 else "out_of_order"
        if row.before != self.head.hash:
            return "does_not_follow"
        if row.hash != hash_of(row):
            return "changed"
        if row.payload is None:
            self._erased[row.id] = None
        elif digest_of(row.payload, row.salt or "") != row.digest:
            return "payload_changed"
        if row.event == Event.PAYLOAD_ERASED:
            self._accounted.update(row.told.get("rows", ()))
        return None
