"""A case (诉求): what it is, the states of its life, every move between them, and from one unit to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from domain.cases.assignments import Assignment, Because, Holder
from domain.cases.deadlines import Calendar, Colour, Deadline
from domain.cases.followers import NO_FOLLOWERS, Followers
from domain.cases.kinds import Kind
from domain.cases.messages import Location
from domain.cases.policy import Policy
from domain.cases.shown import ByRevisit
from domain.errors import DeskError, MoveNotAllowed
from domain.people.person import PersonId, UnitCode

CaseId = NewType("CaseId", int)


class AlreadyAccepted(DeskError):
    """Somebody else was first; the person reads who."""

    key = "error.already_accepted"


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
TO_BE_DONE = frozenset({State.SUBMITTED}) | BEING_WORKED_ON
OPEN = frozenset({State.RESOLVED}) | TO_BE_DONE
TAKE_BACK_WITHIN = timedelta(minutes=10)


class Verb(StrEnum):
    """What can be done to a case that changes its state."""

    ACCEPT = "accept"
    ASK = "ask"
    ANSWER = "answer"
    RESOLVE = "resolve"
    CONFIRM = "confirm"
    TAKE_BACK = "take_back"
    REOPEN = "reopen"
    REVISIT = "revisit"
    CONTRADICT = "contradict"
    RETURN = "return"
    ESCALATE = "escalate"
    ASSIGN = "assign"
    TRANSFER = "transfer"
    GIVE_BACK = "give_back"
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
    Verb.REOPEN: Move(frozenset({State.CONFIRMED}), State.ACCEPTED),
    Verb.REVISIT: Move(frozenset({State.RESOLVED}), State.CONFIRMED),
    Verb.CONTRADICT: Move(frozenset({State.CONFIRMED}), State.RESOLVED),
    Verb.RETURN: Move(frozenset({State.RESOLVED}), State.ACCEPTED),
    Verb.ESCALATE: Move(TO_BE_DONE, State.SUBMITTED),
    Verb.ASSIGN: Move(frozenset({State.REFUSED}) | TO_BE_DONE, State.SUBMITTED),
    Verb.TRANSFER: Move(TO_BE_DONE, State.SUBMITTED),
    Verb.GIVE_BACK: Move(frozenset({State.SUBMITTED}), State.SUBMITTED),
    Verb.RELEASE: Move(BEING_WORKED_ON, State.SUBMITTED),
    Verb.REFUSE: Move(frozenset({State.SUBMITTED}), State.REFUSED),
    Verb.OBJECT: Move(frozenset({State.REFUSED}), State.SUBMITTED),
    Verb.WITHDRAW: Move(OPEN, State.WITHDRAWN),
}


OF_THE_UNIT = frozenset(
    {
        Verb.ACCEPT,
        Verb.ASK,
        Verb.RESOLVE,
        Verb.ESCALATE,
        Verb.ASSIGN,
        Verb.TRANSFER,
        Verb.GIVE_BACK,
        Verb.RELEASE,
        Verb.REFUSE,
    }
)
"""What those do who work on a case."""


class Rating(StrEnum):
    """What the resident thinks of how it was solved."""

    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    DISSATISFIED = "dissatisfied"


@dataclass(frozen=True, slots=True)
class Membership:
    """That a case is worked on as one with another, its main case (归并).

    `number`: the main case's; `resolve`: what the case's own resident was promised, for its page and for the figures.
    `urgent`: whether danger was spoken of for this case itself, and nobody has said since that there is none.
    """

    main: CaseId
    number: str
    resolve: Deadline
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One matter raised by a resident, as it is for them; who works on it, and until when, is its assignments'.

    `responsible` is the assignment of the unit that has it now, or had it at the end; where the case is `merged`,
    that of its main case (docs/adr/0026), and while it is open it is as `urgent` as that; `followers` are the cases
    that are merged into it. `assisting`: the assignments of the units called to work beside; `ended`: those that have
    ended since the case was read, kept with it. `category`: what it is about, by its name (事项), "" where nobody
    knows. `units_before` had it before; `raised_in` is where the place lies, or, as long as that is not
    `place_known`, who finds it out. `first_owner` stays through every transfer (首问负责). `state_since`: when the
    present state began. `turns`: how many assignments it has had. `returns`: how often the resident said 未解决;
    `reopenings`: how often they said, after a confirmation, 又出现了; `give_backs`: how often a unit gave it back;
    `extensions`: how often a later deadline was granted. `split_from`: the case off which it was split (拆分);
    `splits`: how many were split off it. `reworded`: the words with which it was raised were edited since.
    `worked_by`: who owned it or acted for its owner, reported it done, or assisted; none of them asks in person
    whether it is solved. `revisited_at`: when somebody last recorded that the resident says it is. `raised_by`: the
    worker who raised it for a neighbour (代报), or found it on a round. `unreachable`: nothing can be written to its
    resident. `version` guards against two at once.
    """

    id: CaseId
    number: str
    kind: Kind
    state: State
    responsible: Assignment
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
    category: str = ""
    place_known: bool = True
    merged: Membership | None = None
    followers: Followers = NO_FOLLOWERS
    assisting: tuple[Assignment, ...] = ()
    ended: tuple[Assignment, ...] = ()
    units_before: frozenset[UnitCode] = frozenset()
    turns: int = 1
    first_owner: Holder | None = None
    worked_by: frozenset[PersonId] = frozenset()
    raised_by: Holder | None = None
    unreachable: bool = False
    returns: int = 0
    reopenings: int = 0
    give_backs: int = 0
    extensions: int = 0
    split_from: CaseId | None = None
    splits: int = 0
    resolved_at: datetime | None = None
    revisited_at: datetime | None = None
    nudged_at: datetime | None = None
    closed_at: datetime | None = None
    rating: Rating | None = None
    reworded: bool = False
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN

    @property
    def is_revisited(self) -> bool:
        """Whether a recorded yes ended it, and not its resident's own."""
        return self.state is State.CONFIRMED and self.revisited_at is not None and self.revisited_at == self.closed_at

    @property
    def shown_as(self) -> State | ByRevisit:
        """Where it stands, as people read it: its state, or that a recorded answer is to end it, or has."""
        if self.is_revisited:
            return ByRevisit.ENDED
        return ByRevisit.AWAITED if self.state is State.RESOLVED and self.has_stand_in else self.state

    @property
    def unit(self) -> UnitCode:
        """The unit responsible."""
        return self.responsible.unit

    @property
    def owner(self) -> Holder | None:
        """Who works on it."""
        return self.responsible.owner

    @property
    def main(self) -> CaseId | None:
        """The case with which it is worked on as one."""
        return self.merged.main if self.merged else None

    @property
    def is_urgent_itself(self) -> bool:
        """Whether it is urgent without its main case too."""
        return self.merged.urgent if self.merged else self.urgent

    @property
    def resolve(self) -> Deadline:
        """By when it is to be reported done: what its resident was promised; for a main case the earliest of all."""
        if self.merged:
            return self.merged.resolve
        promises = (self.responsible.resolve, *([self.followers.resolve] if self.followers.resolve else []))
        return min(promises, key=lambda promise: promise.due_at)

    @property
    def is_to_be_followed(self) -> bool:
        """Whether followers are still to be asked as its resident was, or to go on by themselves since it has ended."""
        return self.followers.to_be_done > 0 and self.state not in TO_BE_DONE

    @property
    def has_stand_in(self) -> bool:
        """Whether nothing can be written to its resident, so that whoever raised it speaks and hears for them."""
        return self.raised_by is not None and self.unreachable

    @property
    def speaker(self) -> PersonId:
        """Who is asked, where only they can know, and may add and object: its resident, or who raised it for them."""
        return self.raised_by.person if self.raised_by and self.unreachable else self.resident

    @property
    def author(self) -> PersonId:
        """Who wrote the words with which it was raised."""
        return self.raised_by.person if self.raised_by else self.resident

    @property
    def promise(self) -> Deadline | None:
        """The deadline that runs now: to accept, or to report done; none while the resident has the word."""
        if self.state is State.SUBMITTED:
            return self.responsible.accept
        return self.resolve if self.state in BEING_WORKED_ON else None

    @property
    def pressing(self) -> Deadline | None:
        """The deadline that comes first, or was broken first: before somebody has accepted, either of the two."""
        return min(self._running, key=lambda promise: promise.due_at, default=None)

    @property
    def _running(self) -> tuple[Deadline, ...]:
        if self.state is State.SUBMITTED:
            return (self.responsible.accept, self.resolve)
        return (self.promise,) if self.promise else ()

    def colour(self, now: datetime) -> Colour:
        """Return 三色 of the case: red as soon as either promise is broken; danger, until somebody has accepted it."""
        if self.urgent and self.state is State.SUBMITTED:
            return Colour.RED
        colours = [promise.colour(now) for promise in self._running]
        return max(colours, key=list(Colour).index, default=Colour.GREEN)

    @property
    def awaits_verdict(self) -> bool:
        """Whether it is its resident who has to say something: whether it is solved, or that they object."""
        return self.state is State.RESOLVED or (self.state is State.REFUSED and self.closed_at is None)

    def allows(self, verb: Verb) -> bool:
        """Whether the present state knows this move; what is to be settled is not refused.

        Who works on a merged case moves its main case.
        """
        is_refused = verb is Verb.REFUSE and self.responsible.is_to_settle
        is_moved_along = self.merged is not None and verb in OF_THE_UNIT
        return self.state in MOVES[verb].sources and not is_refused and not is_moved_along


def may_take_back(case: Case, now: datetime) -> bool:
    """Whether its resident's yes may still be taken back."""
    return case.state is State.CONFIRMED and case.closed_at is not None and now < case.closed_at + TAKE_BACK_WITHIN


def move(case: Case, verb: Verb, now: datetime, **changes: Any) -> Case:
    """Return the case after the move, with the given fields changed along.

    Raises:
        AlreadyAccepted: somebody else was the first to accept.
        MoveNotAllowed: the present state does not know this move.
    """
    if not case.allows(verb):
        if verb is Verb.ACCEPT and case.state in BEING_WORKED_ON and case.owner:
            raise AlreadyAccepted(verb, case.number, number=case.number, name=case.owner.name)
        raise MoveNotAllowed(verb, case.state, number=case.number, state=case.shown_as)
    return replace(case, state=MOVES[verb].target, state_since=now, **changes)


def reassign(case: Case, unit: UnitCode, because: Because, now: datetime) -> Case:
    """Return the case with its responsible assignment ended and the next one begun, which goes on where that ends.

    A merged case leaves its main case by that, whose assignment goes on.
    """
    old, turn = case.responsible, case.turns + 1
    is_over = case.merged is not None or old.ended_at is not None
    return replace(
        case,
        merged=None,
        urgent=case.is_urgent_itself,
        responsible=old.followed_by(unit, because, now, turn),
        ended=case.ended if is_over else (*case.ended, old.over(because, now)),
        units_before=case.units_before | {old.unit},
        turns=turn,
    )


def close(case: Case, because: Because, now: datetime) -> Case:
    """Return the case as ended, and its responsible assignment with it; a merged one leaves that to its main case."""
    if case.merged:
        return replace(case, closed_at=now)
    return replace(case, closed_at=now, responsible=case.responsible.over(because, now))


def resumed(case: Case, began: datetime, now: datetime, policy: Policy, calendar: Calendar) -> Case:
    """Return a case that waited for its resident since a moment, which does not count (docs/adr/0008)."""
    policy = policy.when(urgent=case.urgent)
    return replace(case, responsible=case.responsible.resumed(began, now, policy, calendar))
