"""Follow-ups: what the desk will do by itself, and when, as long as nobody acts. Pure: a plan, never a timer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from domain.cases.case import BEING_WORKED_ON, Case, CaseId, State
from domain.cases.deadlines import Calendar, deadline
from domain.cases.drafts import DraftId
from domain.cases.policy import Duration, Policy, interval
from domain.cases.revisits import revisit_at

FollowUpId = NewType("FollowUpId", int)


class Due(StrEnum):
    """What falls due."""

    ACCEPT_WARNING = "accept_warning"
    ACCEPT_MISSED = "accept_missed"
    RULING_DUE = "ruling_due"
    RESOLVE_WARNING = "resolve_warning"
    RESOLVE_MISSED = "resolve_missed"
    WORKER_REMINDER = "worker_reminder"
    RESIDENT_UPDATE = "resident_update"
    CONFIRM_REMINDER = "confirm_reminder"
    REVISIT_DUE = "revisit_due"
    ASSIST_WARNING = "assist_warning"
    ASSIST_MISSED = "assist_missed"
    ASSIST_REMINDER = "assist_reminder"
    REFUSAL_STANDS = "refusal_stands"
    FOLLOWERS = "followers"
    FLOOD = "flood"
    DRAFT_EXPIRES = "draft_expires"
    DRAFT_SUBMITS = "draft_submits"
    HEAD_TOLD = "head_told"


OF_ASSISTS = frozenset({Due.ASSIST_WARNING, Due.ASSIST_MISSED, Due.ASSIST_REMINDER})
"""What falls due for units that were called to work beside."""


WHATEVER_HAPPENS = 0
"""The turn of what is to be gone on with whatever happens to a case meanwhile; no assignment has it."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One thing that falls due at a moment. `step` counts the repetitions of a reminder, from 0.

    What falls due for those who work on a case carries the `turn` of their assignment, and goes with it; what falls
    due for the resident carries the case alone. `planned_at`: when it was planned, once it is kept.
    """

    what: Due
    due_at: datetime
    case: CaseId | None = None
    turn: int | None = None
    draft: DraftId | None = None
    step: int = 0
    id: FollowUpId | None = None
    planned_at: datetime | None = None


def plan(case: Case, now: datetime, policy: Policy, calendar: Calendar) -> tuple[FollowUp, ...]:
    """Return everything that falls due for a case that has just come into its present state.

    A missed deadline stays in the plan although it is past, so that it still acts (promise 4); a past warning does not.
    """
    warnings = (Due.ACCEPT_WARNING, Due.RESOLVE_WARNING)
    return tuple(row for row in _planned(case, now, policy, calendar) if row.what not in warnings or row.due_at > now)


def _planned(case: Case, now: datetime, policy: Policy, calendar: Calendar) -> Iterator[FollowUp]:
    if not case.merged:
        yield from _of_the_unit(case, now, policy, calendar)
    if case.state is State.SUBMITTED or case.state in BEING_WORKED_ON:
        yield again(case, Due.RESIDENT_UPDATE, now, policy)
    if case.state is State.RESOLVED:
        yield again(case, Due.CONFIRM_REMINDER, now, policy)
        yield FollowUp(Due.REVISIT_DUE, max(now, revisit_at(case, policy)), case.id)
    if case.state is State.REFUSED and case.closed_at is None:
        yield FollowUp(Due.REFUSAL_STANDS, now + policy.object_within.always, case.id)
    if case.is_to_be_followed:
        yield FollowUp(Due.FOLLOWERS, now, case.id)


def _of_the_unit(case: Case, now: datetime, policy: Policy, calendar: Calendar) -> Iterator[FollowUp]:
    given = case.responsible
    if case.state is State.SUBMITTED:
        yield FollowUp(Due.ACCEPT_WARNING, given.accept.warn_at, case.id, given.turn)
        missed = Due.RULING_DUE if given.is_to_settle else Due.ACCEPT_MISSED
        has_acted = missed is Due.ACCEPT_MISSED and given.accept_missed_at is not None and given.accept.due_at <= now
        if not has_acted:
            yield FollowUp(missed, given.accept.due_at, case.id, given.turn)
    if given.rule_by is not None:
        yield FollowUp(Due.RULING_DUE, given.rule_by, case.id, given.turn)
    if case.state in BEING_WORKED_ON or (case.state is State.SUBMITTED and given.overdue_at is None):
        yield from _until_resolved(case, policy, calendar)
    if case.state is State.SUBMITTED or case.state in BEING_WORKED_ON:
        yield again(case, Due.WORKER_REMINDER, now, policy)


def _until_resolved(case: Case, policy: Policy, calendar: Calendar) -> Iterator[FollowUp]:
    """Plan the second promise; once it was missed, the unit that has the case now gets one full term more."""
    given = case.responsible
    if given.overdue_at is None:
        yield FollowUp(Due.RESOLVE_WARNING, case.resolve.warn_at, case.id, given.turn)
        yield FollowUp(Due.RESOLVE_MISSED, case.resolve.due_at, case.id, given.turn)
    else:
        yield FollowUp(Due.RESOLVE_MISSED, term_once_missed(case, policy, calendar), case.id, given.turn)


def term_once_missed(case: Case, policy: Policy, calendar: Calendar) -> datetime:
    """Return when the one term more is over that a unit gets whose case is overdue."""
    given, policy = case.responsible, policy.when(urgent=case.urgent)
    start = max(given.unit_since, given.overdue_at or given.unit_since)
    return deadline(start, policy.terms(case.kind, case.category).resolve_within, policy, calendar).due_at


def steps_of(policy: Policy) -> Mapping[Due, tuple[Duration, ...]]:
    """Return what repeats, and the intervals in which it does."""
    return {
        Due.WORKER_REMINDER: policy.worker_reminders,
        Due.RESIDENT_UPDATE: policy.resident_updates,
        Due.CONFIRM_REMINDER: policy.confirm_reminders,
        Due.REVISIT_DUE: (policy.revisit_after,),
        Due.ASSIST_REMINDER: policy.worker_reminders,
    }


def again(case: Case, what: Due, now: datetime, policy: Policy, step: int = 0, *, turn: int | None = None) -> FollowUp:
    """Return the next repetition of a reminder, counted from now; the last interval of the policy repeats.

    `turn`: of the assignment that a reminder of a unit called to work beside goes with.
    """
    steps = steps_of(policy)[what]
    turn = case.responsible.turn if what is Due.WORKER_REMINDER else turn
    return FollowUp(what, now + interval(steps, step), case.id, turn, step=step)
