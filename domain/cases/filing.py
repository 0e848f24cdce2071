"""Filing: what becomes of the promises of a case when it is filed under another category (改事项). Pure."""

from dataclasses import replace
from datetime import datetime

from domain.cases.case import Case, State
from domain.cases.deadlines import Calendar, deadline
from domain.cases.policy import Policy
from domain.organisation.units import Level


def filed_under(
    case: Case, category: str, now: datetime, policy: Policy, calendar: Calendar, level: Level | None
) -> Case:
    """Return a case under another category, whose terms, as if they had always run, replace what still runs.

    The time to report done runs since the case was raised, the time to accept since the unit has it. What was missed,
    or moved by somebody above, stays, and nothing is past at once; so does everything where both promise the same.
    `level`: of the unit responsible.
    """
    policy, given = policy.when(urgent=case.urgent), case.responsible
    before, after = policy.terms(case.kind, case.category, level), policy.terms(case.kind, category, level)
    accept, resolve = given.accept, given.resolve
    waits = case.state is State.SUBMITTED and not given.is_to_settle
    if waits and accept.is_kept(now) and before.accept_within != after.accept_within:
        accept = deadline(given.begun_at, after.accept_within, policy, calendar)
    is_as_promised = given.overdue_at is None and resolve.is_kept(now) and not case.extensions
    if is_as_promised and before.resolve_within != after.resolve_within:
        anew = deadline(case.raised_at + given.paused, after.resolve_within, policy, calendar)
        resolve = anew if anew.is_kept(now) else resolve
    return replace(case, category=category, responsible=given.promised(accept, resolve))
