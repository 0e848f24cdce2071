"""An assignment: a case given to a unit for a time, with its owner, its deadlines, and the facts of that time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.cases.deadlines import Calendar, Deadline, later, paused
from domain.cases.policy import Policy
from domain.people.person import PersonId, UnitCode


class Part(StrEnum):
    """What a unit is to a case."""

    RESPONSIBLE = "responsible"
    ASSISTING = "assisting"


class Because(StrEnum):
    """Why an assignment began or ended; of two that follow each other, the one ends as the other begins."""

    RAISED = "raised"
    BY_HAND = "by_hand"
    NOT_ACCEPTED = "not_accepted"
    OVERDUE = "overdue"
    RETURNS = "returns"
    OBJECTION = "objection"
    CHAT_LOST = "chat_lost"
    UNIT_RETIRED = "unit_retired"
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"
    GIVEN_BACK = "given_back"
    CALLED = "called"
    REPORTED = "reported"
    DONE_WITHOUT = "done_without"
    RESPONSIBLE_NOW = "responsible_now"
    PLACED = "placed"
    MERGED = "merged"
    UNMERGED = "unmerged"
    MAIN_ENDED = "main_ended"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    TAKEN_BACK = "taken_back"
    REOPENED = "reopened"
    CONTRADICTED = "contradicted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


CLIMBS = frozenset(
    {
        Because.BY_HAND,
        Because.NOT_ACCEPTED,
        Because.OVERDUE,
        Because.RETURNS,
        Because.OBJECTION,
        Because.CHAT_LOST,
        Because.UNIT_RETIRED,
    }
)
"""Why a case comes to the unit above."""

UNDONE = frozenset({Because.TAKEN_BACK, Because.CONTRADICTED})
"""Why a case goes on with the unit that had it, as if it had not ended."""

ENDS_ASSIST = frozenset(
    {Because.DONE_WITHOUT, Because.WITHDRAWN, Because.REFUSED, Because.UNIT_RETIRED, Because.RESPONSIBLE_NOW}
)
"""Why what a unit was called to do ends though it has neither reported nor given back."""


class AssignmentState(StrEnum):
    """How far a unit has come with what it was given."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REPORTED = "reported"
    REFUSED = "refused"


class Settling(StrEnum):
    """How far 定责 has come: who is to say which unit has a case that went back and forth, or that it was said."""

    BY_LEADS = "by_leads"
    BY_ADMINS = "by_admins"
    FINAL = "final"


TO_SETTLE = frozenset({Settling.BY_LEADS, Settling.BY_ADMINS})


@dataclass(frozen=True, slots=True)
class Holder:
    """A worker who accepted a case, under the name that residents read."""

    person: PersonId
    name: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A case with one unit, from `begun_at` to `ended_at`; `turn` counts the assignments of a case, from 1.

    `task`: what a unit called to work beside is to do; it answers to the unit responsible, and its `accept` is the
    same promise as `resolve`. `unit_since`: from when the unit has had it; earlier than `begun_at` where a mistaken yes
    had ended the assignment before. `came_from`: the unit that had it before, or called. `settling`: whether somebody
    above is to say who has it, or has said so, which stays so wherever it goes from here. `accept` and `resolve` are
    its two promises. `rule_by`: until when somebody above is to say whether `resolve` may be later; none where nobody
    asks for that. `overdue_at`: when missing `resolve`, here or at the unit before, last made the case climb, moved on
    by every pause since.

    The facts, each written when it happens and never changed by what comes later: `accepted_at` is the first time,
    `reported_at` the last, each, as `refused_at`, with whether it was by the deadline then in force;
    `accept_missed_at` and `resolve_missed_at` are when the desk noticed; `returns` and `returned_at` tell how often the
    resident said 未解决, and when last; `transferred_at` and `given_back_at` are when the unit passed it on, and when
    that was, or counted as, 退单; `paused` adds up how long it stood still for the resident.
    """

    unit: UnitCode
    accept: Deadline
    resolve: Deadline
    unit_since: datetime
    begun_at: datetime
    begun_because: Because = Because.RAISED
    came_from: UnitCode | None = None
    settling: Settling | None = None
    turn: int = 1
    part: Part = Part.RESPONSIBLE
    task: str = ""
    state: AssignmentState = AssignmentState.OFFERED
    owner: Holder | None = None
    rule_by: datetime | None = None
    overdue_at: datetime | None = None
    accepted_at: datetime | None = None
    accepted_in_time: bool | None = None
    accept_missed_at: datetime | None = None
    reported_at: datetime | None = None
    reported_in_time: bool | None = None
    resolve_missed_at: datetime | None = None
    refused_at: datetime | None = None
    refused_in_time: bool | None = None
    returned_at: datetime | None = None
    returns: int = 0
    transferred_at: datetime | None = None
    given_back_at: datetime | None = None
    paused: timedelta = timedelta()
    ended_at: datetime | None = None
    ended_because: Because | None = None

    @property
    def is_to_settle(self) -> bool:
        """Whether it stands with its unit only until somebody above has said who has it (定责)."""
        return self.settling in TO_SETTLE

    def accepted(self, owner: Holder, now: datetime) -> "Assignment":
        """Return it owned by somebody. Whoever takes it over from an owner who left does not accept it anew."""
        taken = replace(self, state=AssignmentState.ACCEPTED, owner=owner)
        if self.accepted_at is not None:
            return taken
        return replace(taken, accepted_at=now, accepted_in_time=self.accept.is_kept(now))

    def freed(self, accept: Deadline) -> "Assignment":
        """Return it as nobody's, with a fresh time to accept and the same time to report done."""
        return replace(self, state=AssignmentState.OFFERED, owner=None, accept=accept)

    def begun_anew(self, owner: Holder | None, accept: Deadline, resolve: Deadline) -> "Assignment":
        """Return it as of somebody, or still offered, with deadlines of its own and nothing missed."""
        state = AssignmentState.ACCEPTED if owner else AssignmentState.OFFERED
        return replace(self, state=state, owner=owner, accept=accept, resolve=resolve, overdue_at=None)

    def promised(self, accept: Deadline, resolve: Deadline) -> "Assignment":
        """Return it with other deadlines."""
        return replace(self, accept=accept, resolve=resolve)

    def extended(self, resolve: Deadline) -> "Assignment":
        """Return it with a later deadline, which somebody above has granted."""
        return replace(self, resolve=resolve, rule_by=None)

    def reported(self, now: datetime) -> "Assignment":
        """Return it reported done."""
        kept = self.resolve.is_kept(now)
        return replace(self, state=AssignmentState.REPORTED, reported_at=now, reported_in_time=kept)

    def returned(self, now: datetime) -> "Assignment":
        """Return it as not solved after all."""
        return replace(self, state=AssignmentState.ACCEPTED, returns=self.returns + 1, returned_at=now)

    def refused(self, now: datetime) -> "Assignment":
        """Return it refused, which the resident may still object to."""
        kept = self.resolve.is_kept(now)
        return replace(self, state=AssignmentState.REFUSED, refused_at=now, refused_in_time=kept)

    def transferred(self, now: datetime) -> "Assignment":
        """Return it passed on to another unit."""
        return replace(self, transferred_at=now)

    def given_back(self, now: datetime) -> "Assignment":
        """Return it passed on to a unit that had it before."""
        return replace(self, given_back_at=now)

    def settled(self, settling: Settling | None) -> "Assignment":
        """Return it with 定责 as far as it has come."""
        return replace(self, settling=settling)

    def missed_accept(self, now: datetime) -> "Assignment":
        """Return it not accepted in time."""
        return replace(self, accept_missed_at=self.accept_missed_at or now)

    def missed_resolve(self, now: datetime) -> "Assignment":
        """Return it not reported done in time; from now on runs the one term more."""
        return replace(self, overdue_at=now, resolve_missed_at=self.resolve_missed_at or now)

    def resumed(self, began: datetime, now: datetime, policy: Policy, calendar: Calendar) -> "Assignment":
        """Return it after it stood still for the resident, which does not count (docs/adr/0008).

        Neither against the promise to report done, nor against the term that follows once that was missed.
        """
        return replace(
            self,
            resolve=paused(self.resolve, began, now, policy, calendar),
            overdue_at=self.overdue_at and later(self.overdue_at, began, now, policy, calendar),
            paused=self.paused + max(now - began, timedelta()),
        )

    def over(self, because: Because, now: datetime) -> "Assignment":
        """Return it as ended."""
        return replace(self, ended_at=now, ended_because=because)

    def followed_by(self, unit: UnitCode, because: Because, now: datetime, turn: int) -> "Assignment":
        """Return the assignment that goes on where this one ends, with nothing of what happened in it."""
        return Assignment(
            unit=unit,
            accept=self.accept,
            resolve=self.resolve,
            unit_since=self.unit_since if because in UNDONE else now,
            begun_at=now,
            begun_because=because,
            came_from=self.unit,
            settling=self.settling,
            turn=turn,
            part=self.part,
            task=self.task,
            state=self.state,
            owner=self.owner,
            overdue_at=self.overdue_at,
        )
