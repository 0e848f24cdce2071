"""Extensions (延期): until when a deadline may be moved, how a date is read, and what a granted one changes. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter

from domain.cases.case import BEING_WORKED_ON, Case
from domain.cases.deadlines import Calendar, deadline, named
from domain.cases.merging import CaseMerged
from domain.cases.policy import Clock, Policy, days
from domain.errors import DeskError, MoveNotAllowed
from domain.organisation.units import Organisation
from domain.people.person import UnitCode
from domain.text.day_counts import read_day_count
from domain.text.folding import folded

OFFERED_DAYS = (1, 3, 7, 15)
FURTHEST = timedelta(days=180)
"""No deadline is moved farther from now than that."""
LAST_MINUTE = time(23, 59)
LONGEST_DATE = 40
DATE = re.compile(
    r"(?:延?到|至)? ?(?:(?P<year>20[0-9]{2})[-/.年])?(?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})[日号]?"
    r"(?: ?(?P<half>上午|下午|晚上)? ?(?P<hour>[0-9]{1,2})[:点时](?P<minute>[0-9]{1,2})?分?)?(?:之?前)?"
)
AFTER_NOON = ("下午", "晚上")


class DateUnreadable(DeskError):
    """What was written is no date."""

    key = "error.date_unreadable"


class DatePast(DeskError):
    """The moment is past already."""

    key = "error.date_past"


class DateTooSoon(DeskError):
    """The moment is not later than the deadline in force."""

    key = "error.date_too_soon"


class DateTooFar(DeskError):
    """The moment is farther away than any deadline may be."""

    key = "error.date_too_far"


class DeadlinePassed(DeskError):
    """The deadline is past: a later one is asked for before it."""

    key = "error.deadline_passed"


class ExtensionAsked(DeskError):
    """A later deadline was asked for already, and waits for whoever may rule."""

    key = "error.extension_asked"


class ExtensionsUsedUp(DeskError):
    """The case got as many later deadlines as the policy allows."""

    key = "error.extensions_used_up"


def why_not_extendable(case: Case, now: datetime, policy: Policy) -> DeskError | None:
    """Return why no later deadline may be asked for now; None where one may.

    It is worked on as one with another, nobody works on it, its deadline is past, a request waits already, or there
    were as many as the policy allows.
    """
    given = case.responsible
    if case.merged:
        return CaseMerged(case.id, number=case.number, main=case.merged.number)
    if case.state not in BEING_WORKED_ON:
        return MoveNotAllowed(case.state, number=case.number, state=case.shown_as)
    if not given.resolve.is_kept(now):
        return DeadlinePassed(case.id, number=case.number, resolve_by=given.resolve.due_at)
    if given.rule_by is not None:
        return ExtensionAsked(case.id, number=case.number, rule_by=given.rule_by)
    if case.extensions >= policy.extension_limit:
        return ExtensionsUsedUp(case.id, number=case.number, limit=policy.extension_limit)
    return None


def require_later(case: Case, until: datetime, now: datetime) -> None:
    """Check that a moment may become the deadline of a case.

    Raises:
        DatePast: it is past.
        DateTooSoon: it is not later than the deadline in force.
        DateTooFar: it is farther from now than any deadline may be.
    """
    resolve_by = case.responsible.resolve.due_at
    if until <= now:
        raise DatePast(until)
    if until <= resolve_by:
        raise DateTooSoon(until, resolve_by=resolve_by)
    if until > now + FURTHEST:
        raise DateTooFar(until, furthest=now + FURTHEST)


def later_by(case: Case, count: int, policy: Policy, calendar: Calendar) -> datetime:
    """Return the moment so many days of the case's clock after the deadline in force."""
    return deadline(case.responsible.resolve.due_at, days(count), policy.when(urgent=case.urgent), calendar).due_at


def read_until(words: str, case: Case, now: datetime, policy: Policy, calendar: Calendar) -> datetime | None:
    """Return the moment that somebody has written: `12-05`, `2026-12-05 17:00`, `12月5日下午5点`, or `+5天`.

    A date without a year is the next such day that a deadline may have; without a time, the end of that day on the
    case's clock. None if it is no date.
    """
    written = " ".join(folded(words).split())
    if len(written) > LONGEST_DATE:
        return None
    if count := read_day_count(written):
        return later_by(case, min(count, FURTHEST.days + 1), policy, calendar)
    if (found := DATE.fullmatch(written)) is None:
        return None
    policy = policy.when(urgent=case.urgent)
    moments = list(_moments(found.groupdict(), now, policy))
    return next((moment for moment in moments if now < moment <= now + FURTHEST), next(iter(moments), None))


def _moments(found: dict[str, str | None], now: datetime, policy: Policy) -> Iterator[datetime]:
    """Yield the moments that a date may mean: in the year that it names, or in this year and the next."""
    this_year = policy.local(now).year
    years = [int(found["year"])] if found["year"] else [this_year, this_year + 1]
    for year in years:
        try:
            day = date(year, int(found["month"] or 0), int(found["day"] or 0))
            yield datetime.combine(day, _time(found, policy), policy.timezone).astimezone(UTC)
        except ValueError:
            continue


def _time(found: dict[str, str | None], policy: Policy) -> time:
    """Return the time that was written, or when the day ends on the policy's clock."""
    if found["hour"] is None:
        return policy.working_hours.end if policy.clock is Clock.WORKING else LAST_MINUTE
    hour, noon = int(found["hour"]), 12
    if found["half"] in AFTER_NOON and hour < noon:
        hour += noon
    return time(hour, int(found["minute"] or 0))


def rules_on_extension(org: Organisation, case: Case) -> UnitCode | None:
    """Return the unit whose leads rule: the nearest above that has a group; none at the root, where the admins do."""
    above = org.next_up(case.unit) if case.unit in org else None
    return above.code if above else None


def rule_by(case: Case, now: datetime, policy: Policy, calendar: Calendar) -> datetime:
    """Return until when somebody is to rule: as the policy says, and never later than the deadline itself."""
    within = deadline(now, policy.rule_within, policy.when(urgent=case.urgent), calendar).due_at
    return min(within, case.responsible.resolve.due_at)


def asked_to_extend(case: Case, by: datetime) -> Case:
    """Return a case whose later deadline waits for whoever may rule, until a moment."""
    return replace(case, responsible=replace(case.responsible, rule_by=by))


def extended(case: Case, until: datetime, now: datetime, policy: Policy, calendar: Calendar) -> Case:
    """Return a case with the later deadline that was granted; what has come to be later by itself stays."""
    granted = named(until, now, policy.when(urgent=case.urgent), calendar)
    resolve = max(case.responsible.resolve, granted, key=attrgetter("due_at"))
    return replace(case, extensions=case.extensions + 1, responsible=case.responsible.extended(resolve))


def not_extended(case: Case) -> Case:
    """Return a case whose deadline stays as it is, whatever was asked."""
    return replace(case, responsible=replace(case.responsible, rule_by=None))


def is_overtaken(case: Case, until: datetime | None) -> bool:
    """Whether the deadline in force is by now no earlier than the one that somebody waits to be granted."""
    waits = case.responsible.rule_by is not None
    return waits and until is not None and until <= case.responsible.resolve.due_at


def within_deadline(case: Case) -> Case:
    """Return a case on whose request nobody rules later than its deadline, which may have come nearer since."""
    given = case.responsible
    if given.rule_by is None or given.rule_by <= given.resolve.due_at:
        return case
    return asked_to_extend(case, given.resolve.due_at)


def without_past_request(case: Case) -> Case:
    """Return a case without what was asked about an assignment that has ended, or that nobody works on any more."""
    given = case.responsible
    is_past = given.ended_at is not None or case.state not in BEING_WORKED_ON
    if given.rule_by is not None and is_past:
        case = not_extended(case)
    if any(one.rule_by is not None for one in case.ended):
        case = replace(case, ended=tuple(replace(one, rule_by=None) for one in case.ended))
    return case
