"""Urgency: what becomes of the promises of a case when somebody is in danger, or it turns out that nobody is. Pure."""

from dataclasses import replace
from datetime import datetime
from operator import attrgetter

from domain.cases.case import Case, State
from domain.cases.deadlines import Calendar, Deadline, deadline
from domain.cases.policy import Policy
from domain.organisation.units import Level

DUE = attrgetter("due_at")


def made_urgent(case: Case, now: datetime, policy: Policy, calendar: Calendar) -> Case:
    """Return a case that is urgent from now on: of what runs and of the terms of danger the sooner holds.

    What was missed is not missed again: the term that is left begins now (docs/adr/0034). Until when somebody above is
    to say who has it stays: their ruling knows that moment too.
    """
    given, policy = case.responsible, policy.when(urgent=True)
    terms = policy.terms(case.kind)
    accept = deadline(now, terms.accept_within, policy, calendar)
    if case.state is not State.SUBMITTED or given.is_to_settle:
        accept = given.accept
    elif given.accept_missed_at is None:
        accept = min(given.accept, accept, key=DUE)
    if given.overdue_at is None:
        resolve = min(given.resolve, deadline(now, terms.resolve_within, policy, calendar), key=DUE)
        return replace(case, urgent=True, responsible=given.promised(accept, resolve))
    urgent = replace(given.promised(accept, given.resolve), overdue_at=now)
    return replace(case, urgent=True, responsible=urgent)


def made_calm(case: Case, policy: Policy, calendar: Calendar, level: Level | None = None) -> Case:
    """Return a case that is urgent no more: its usual terms, as if they had always run, replace what still runs.

    They end nothing sooner. The time to report done runs since it was raised, the time to accept since the unit has it.
    """
    given, terms = case.responsible, policy.terms(case.kind, case.category, level)
    accept = given.accept
    if case.state is State.SUBMITTED and not given.is_to_settle and given.accept_missed_at is None:
        accept = max(accept, deadline(given.begun_at, terms.accept_within, policy, calendar), key=DUE)
    resolve = given.resolve if given.overdue_at else calm_resolve(case, policy, calendar, level)
    return replace(case, urgent=False, responsible=given.promised(accept, resolve))


def calm_resolve(case: Case, policy: Policy, calendar: Calendar, level: Level | None = None) -> Deadline:
    """Return by when a matter that is urgent no more is to be reported done, for whoever was promised it sooner."""
    given, terms = case.responsible, policy.terms(case.kind, case.category, level)
    usual = deadline(case.raised_at + given.paused, terms.resolve_within, policy, calendar)
    return max(given.resolve, usual, key=DUE)


def spoken_of(case: Case) -> Case:
    """Return a case for which danger was spoken of; what its promises become is its main case's, or was past."""
    return replace(case, urgent=True, merged=replace(case.merged, urgent=True) if case.merged else None)
