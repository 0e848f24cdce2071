"""A case (诉求): what it is, the states of its life, and every move between them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from domain.deadlines import Calendar, Colour, Deadline, later, paused
from domain.errors import AlreadyAccepted, MoveNotAllowed
from domain.kinds import Kind
from domain.messages import Location
from domain.people import PersonId, UnitCode
from domain.policy import Policy

CaseId = NewType("CaseId", int)


class State(StrEnum):
    """Where a case stands. A draft is no case yet."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


BEING_WORKED_ON = frozenset({State.ACCEPTED, State.WAITING})
OPEN = frozenset({State.SUBMITTED, State.RESOLVED}) | BEING_WORKED_ON
TAKE_BACK_WITHIN = timedelta(minutes=10)


class Verb(StrEnum):
    """What can be done to a case that changes its state."""

    ACCEPT = "accept"
    ASK = "ask"
    ANSWER = "answer"
    RESOLVE = "resolve"
    CONFIRM = "confirm"
    TAKE_BACK = "take_back"
    GIVE_BACK = "give_back"
    ESCALATE = "escalate"
    ASSIGN = "assign"
    RELEASE = "release"
    REFUSE = "refuse"
    OBJECT = "object"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow of a case's life."""

    sources: frozenset[State]
    target: State


MOVES: Mapping[Verb, Move] = {
    Verb.ACCEPT: Move(frozenset({State.SUBMITTED}), State.ACCEPTED),
    Verb.ASK: Move(BEING_WORKED_ON, State.WAITING),
    Verb.ANSWER: Move(frozenset({State.WAITING}), State.ACCEPTED),
    Verb.RESOLVE: Move(BEING_WORKED_ON, State.RESOLVED),
    Verb.CONFIRM: Move(frozenset({State.RESOLVED}), State.CONFIRMED),
    Verb.TAKE_BACK: Move(frozenset({State.CONFIRMED}), State.RESOLVED),
    Verb.GIVE_BACK: Move(frozenset({State.RESOLVED}), State.ACCEPTED),
    Verb.ESCALATE: Move(frozenset({State.SUBMITTED}) | BEING_WORKED_ON, State.SUBMITTED),
    Verb.ASSIGN: Move(frozenset({State.SUBMITTED, State.REFUSED}) | BEING_WORKED_ON, State.SUBMITTED),
    Verb.RELEASE: Move(BEING_WORKED_ON, State.SUBMITTED),
    Verb.REFUSE: Move(frozenset({State.SUBMITTED}), State.REFUSED),
    Verb.OBJECT: Move(frozenset({State.REFUSED}), State.SUBMITTED),
    Verb.WITHDRAW: Move(OPEN, State.WITHDRAWN),
}


class Rating(StrEnum):
    """What the resident thinks of how it was solved."""

    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    DISSATISFIED = "dissatisfied"


@dataclass(frozen=True, slots=True)
class Holder:
    """A worker who accepted a case, under the name that residents read."""

    person: PersonId
    name: str


@dataclass(frozen=True, slots=True)
class Case:
    """One matter raised by a resident.

    `unit` is responsible now, since `unit_since`; `units_before` had it before; `raised_in` is where the place lies.
    `accept` and `resolve` are the two promises. `first_owner` stays through every transfer (首问负责). `state_since`:
    when the present state began. `overdue_at`: when missing `resolve` last made the case climb, moved on by every
    pause since. `version` guards against two at once.
    """

    id: CaseId
    number: str
    kind: Kind
    state: State
    unit: UnitCode
    raised_in: UnitCode
    text: str
    address: str
    location: Location | None
    resident: PersonId
    resident_name: str
    anonymous: bool
    urgent: bool
    raised_at: datetime
    state_since: datetime
    unit_since: datetime
    accept: Deadline
    resolve: Deadline
    units_before: tuple[UnitCode, ...] = ()
    first_owner: Holder | None = None
    owner: Holder | None = None
    returns: int = 0
    resolved_at: datetime | None = None
    overdue_at: datetime | None = None
    nudged_at: datetime | None = None
    closed_at: datetime | None = None
    rating: Rating | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN

    @property
    def promise(self) -> Deadline | None:
        """The deadline that runs now: to accept, or to report done; none while the resident has the word."""
        if self.state is State.SUBMITTED:
            return self.accept
        return self.resolve if self.state in BEING_WORKED_ON else None

    @property
    def pressing(self) -> Deadline | None:
        """The deadline that comes first, or was broken first: before somebody has accepted, either of the two."""
        if self.state is State.SUBMITTED:
            return min(self.accept, self.resolve, key=lambda promise: promise.due_at)
        return self.promise

    def colour(self, now: datetime) -> Colour:
        """Return 三色 of the case: red as soon as either promise is broken."""
        running = {State.SUBMITTED: (self.accept, self.resolve)}.get(self.state, ())
        colours = [promise.colour(now) for promise in running or ([self.promise] if self.promise else [])]
        return max(colours, key=list(Colour).index, default=Colour.GREEN)

    def at(self, unit: UnitCode, now: datetime) -> "Case":
        """Return the case with another unit responsible for it from now on."""
        before = tuple(dict.fromkeys((*self.units_before, self.unit)))
        return replace(self, unit=unit, unit_since=now, units_before=before)

    def allows(self, verb: Verb) -> bool:
        """Whether the present state knows this move."""
        return self.state in MOVES[verb].sources


def move(case: Case, verb: Verb, now: datetime, **changes: Any) -> Case:
    """Return the case after the move, with the given fields changed along.

    Raises:
        AlreadyAccepted: somebody else was the first to accept.
        MoveNotAllowed: the present state does not know this move.
    """
    if not case.allows(verb):
        if verb is Verb.ACCEPT and case.state in BEING_WORKED_ON and case.owner:
            raise AlreadyAccepted(verb, case.number, number=case.number, name=case.owner.name)
        raise MoveNotAllowed(verb, case.state, number=case.number, state=case.state)
    return replace(case, state=MOVES[verb].target, state_since=now, **changes)


def resumed(case: Case, began: datetime, now: datetime, policy: Policy, calendar: Calendar) -> Case:
    """Return a case that waited for its resident since a moment, which does not count (docs/adr/0008).

    Neither against the promise to report done, nor against the term that follows once that was missed.
    """
    overdue_at = case.overdue_at and later(case.overdue_at, began, now, policy, calendar)
    return replace(case, resolve=paused(case.resolve, began, now, policy, calendar), overdue_at=overdue_at)


def format_number(month: datetime, count: int) -> str:
    """Return a case number such as `MH2611_00042`: Telegram makes a link of it where `#` stands before."""
    return f"MH{month:%y%m}_{count:05d}"
