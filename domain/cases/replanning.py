"""Replanning: what a changed policy makes of promises that run, and of what waits to fall due. Pure."""

from dataclasses import replace
from datetime import datetime

from domain.cases.case import TO_BE_DONE, Case
from domain.cases.deadlines import Calendar, Deadline, rewarned
from domain.cases.followups import Due, FollowUp, steps_of, term_once_missed
from domain.cases.policy import Policy, interval


def with_warnings_of(case: Case, now: datetime, policy: Policy, calendar: Calendar) -> Case:
    """Return a case whose promises turn yellow when the policy now says; their deadlines stay (docs/adr/0037).

    One that is yellow already stays so, and one whose case waits for its resident as well. Of a merged case it is what
    its own resident was promised.
    """
    if case.state not in TO_BE_DONE:
        return case
    policy = policy.when(urgent=case.urgent)

    def anew(promise: Deadline) -> Deadline:
        return promise if promise.warn_at <= now else rewarned(promise, policy, calendar)

    if case.merged:
        return replace(case, merged=replace(case.merged, resolve=anew(case.merged.resolve)))
    given = case.responsible
    return replace(case, responsible=given.promised(anew(given.accept), anew(given.resolve)))


def replanned(row: FollowUp, case: Case | None, policy: Policy, calendar: Calendar) -> FollowUp:
    """Return what waits to fall due when the policy now says; what was promised to a resident stays as it is.

    `case`: the one that it is about, with the warnings of the policy. Intervals count from when the row was planned.
    """
    due_at, steps = row.due_at, steps_of(policy)
    if row.planned_at is not None and row.what in steps:
        due_at = row.planned_at + interval(steps[row.what], row.step)
    elif row.planned_at is not None and row.what is Due.DRAFT_EXPIRES:
        due_at = row.planned_at + policy.draft_expires.always
    elif case is not None and row.turn == case.responsible.turn:
        due_at = _of_the_unit(row, case, policy, calendar)
    return replace(row, due_at=due_at)


def _of_the_unit(row: FollowUp, case: Case, policy: Policy, calendar: Calendar) -> datetime:
    given = case.responsible
    if row.what is Due.ACCEPT_WARNING:
        return given.accept.warn_at
    if row.what is Due.RESOLVE_WARNING:
        return case.resolve.warn_at
    if row.what is Due.RESOLVE_MISSED and given.overdue_at is not None:
        return term_once_missed(case, policy, calendar)
    return row.due_at
