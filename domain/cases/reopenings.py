"""Reopenings (又出现了): until when a confirmed case may come back, and how it goes on then. Pure."""

from dataclasses import replace
from datetime import datetime

from domain.cases.assignments import Because, Holder
from domain.cases.case import Case, Verb, move, reassign
from domain.cases.deadlines import Calendar, promised
from domain.cases.policy import Policy
from domain.organisation.units import Unit


def reopenable_until(case: Case, policy: Policy) -> datetime | None:
    """Return until when a case may come back, counted from its last confirmation; None where it is not confirmed."""
    confirmed_at = case.closed_at if case.allows(Verb.REOPEN) else None
    return confirmed_at and confirmed_at + policy.reopen_within.always


def may_reopen(case: Case, now: datetime, policy: Policy) -> bool:
    """Whether what was confirmed as solved may still come back; whoever has confirmed it, and however."""
    until = reopenable_until(case, policy)
    return until is not None and now < until


def reopened(case: Case, unit: Unit, owner: Holder | None, now: datetime, policy: Policy, calendar: Calendar) -> Case:
    """Return the case as it goes on with a unit: its owner's again, or, where that is nobody, as new.

    Both deadlines are those of a case raised now, in an assignment of its own. Who accepted first stays named; the
    rating is given anew after the next confirmation.

    Raises:
        MoveNotAllowed: the case is not confirmed.
    """
    back = move(case, Verb.REOPEN, now, closed_at=None, resolved_at=None, rating=None, reopenings=case.reopenings + 1)
    policy = policy.when(urgent=case.urgent)
    accept, resolve = promised(case.kind, case.category, unit.level, now, policy, calendar)
    back = reassign(back, unit.code, Because.REOPENED, now)
    back = replace(back, responsible=back.responsible.begun_anew(owner, accept, resolve))
    return back if owner else move(back, Verb.RELEASE, now)
