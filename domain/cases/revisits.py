"""Revisits (回访): when somebody asks a resident in person whether it is solved, what they record, and who may not.

Silence is never a yes, and nobody confirms their own work: whoever worked on a case does not ask about it. Pure.
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from domain.cases.assignments import Because
from domain.cases.case import Case, State, Verb, close, move, reassign
from domain.cases.policy import Policy
from domain.cases.reopenings import may_reopen
from domain.people.person import PersonId, UnitCode


class Answer(StrEnum):
    """What somebody who asked in person was told: that it is solved, that it is not, or nothing."""

    SOLVED = "solved"
    UNSOLVED = "unsolved"
    MISSED = "missed"


def worked_on(case: Case, *people: PersonId) -> Case:
    """Return the case with these among those who worked on it, for ever."""
    return replace(case, worked_by=case.worked_by | {*people})


def had_a_hand_in(person: PersonId, case: Case) -> bool:
    """Whether somebody owned, accepted, reported, raised or assisted with a case, or it is their own."""
    holders = (case.owner, case.first_owner, case.raised_by, *(given.owner for given in case.assisting))
    return person in {*case.worked_by, case.resident, *(holder.person for holder in holders if holder)}


def revisit_at(case: Case, policy: Policy) -> datetime:
    """Return from when on somebody asks in person: after long silence, or at once if nothing reaches the resident."""
    reported_at = case.resolved_at or case.state_since
    return reported_at if case.unreachable else reported_at + policy.revisit_after.always


def is_to_be_revisited(case: Case, now: datetime, policy: Policy) -> bool:
    """Whether somebody should ask in person by now."""
    return case.state is State.RESOLVED and now >= revisit_at(case, policy)


def confirmed_by_revisit(case: Case, now: datetime) -> Case:
    """Return the case as ended by the yes that somebody has recorded.

    Raises:
        MoveNotAllowed: it is not reported done.
    """
    return close(move(case, Verb.REVISIT, now, revisited_at=now), Because.CONFIRMED, now)


def may_contradict(case: Case, now: datetime, policy: Policy) -> bool:
    """Whether its resident may still say that it is not solved, whatever was recorded."""
    return case.is_revisited and may_reopen(case, now, policy)


def contradicted(case: Case, unit: UnitCode, now: datetime) -> Case:
    """Return a case whose recorded yes its resident has contradicted, as it was before: reported done, by a unit."""
    back = move(case, Verb.CONTRADICT, now, closed_at=None, rating=None)
    return back if case.main else reassign(back, unit, Because.CONTRADICTED, now)
