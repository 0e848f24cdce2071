"""Deadlines: when a promise is due on the desk's clock, and the colour that it has until then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from domain.cases.kinds import Kind
from domain.cases.policy import Clock, Duration, Policy
from domain.organisation.units import Level

DECEMBER = 12


class Calendar(Protocol):
    """Knows the official working days, public holidays and 调休 included."""

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open on this day."""

    def is_published(self, year: int) -> bool:
        """Whether the official notice of the year's working days is known."""


class Colour(StrEnum):
    """三色: in time, past `warn_at`, overdue."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which something is promised, and the moment from which it is yellow.

    `since`: from when it runs, moved on by every pause; None where that is not known.
    """

    warn_at: datetime
    due_at: datetime
    since: datetime | None = None

    def colour(self, now: datetime) -> Colour:
        """Return the colour of an open promise at this moment."""
        if not self.is_kept(now):
            return Colour.RED
        return Colour.YELLOW if now >= self.warn_at else Colour.GREEN

    def is_kept(self, now: datetime) -> bool:
        """Whether what was promised is in time at this moment."""
        return now < self.due_at


def deadline(start: datetime, within: Duration, policy: Policy, calendar: Calendar) -> Deadline:
    """Return the deadline of a promise given now.

    On the working clock `d` counts working days and hours count only inside working hours, by the official
    calendar; a promise given outside them starts with the next working time (docs/adr/0007).
    """
    if policy.clock is Clock.CALENDAR:
        return Deadline(start + within.always * policy.warn_at, start + within.always, start)
    open_hours = _OpenHours(policy, calendar)
    return Deadline(open_hours.after(start, _share(within, policy)), open_hours.after(start, within), start)


def promised(
    kind: Kind, category: str, level: Level, now: datetime, policy: Policy, calendar: Calendar
) -> tuple[Deadline, Deadline]:
    """Return the two promises that are given now for a case, to accept and to report done; `level`: of its unit."""
    terms = policy.terms(kind, category, level)
    accept = deadline(now, terms.accept_within, policy, calendar)
    return accept, deadline(now, terms.resolve_within, policy, calendar)


def named(due_at: datetime, now: datetime, policy: Policy, calendar: Calendar) -> Deadline:
    """Return the deadline of a promise given now until a moment that somebody has named."""
    if policy.clock is Clock.CALENDAR:
        return Deadline(now + (due_at - now) * policy.warn_at, due_at, now)
    open_hours = _OpenHours(policy, calendar)
    share = Duration(span=open_hours.between(now, due_at) * policy.warn_at)
    return Deadline(min(open_hours.after(now, share), due_at), due_at, now)


def paused(promise: Deadline, began: datetime, ended: datetime, policy: Policy, calendar: Calendar) -> Deadline:
    """Return a promise that stood still for a while: afterwards just as much of the desk's time is left as before.

    What had been reached when the pause began stays as it was: yellow is not green again, nor red in time
    (docs/adr/0008).
    """

    def moved(moment: datetime) -> datetime:
        return moment if moment <= began else later(moment, began, ended, policy, calendar)

    if promise.due_at <= began:
        return promise
    since = promise.since and later(promise.since, began, ended, policy, calendar)
    return Deadline(moved(promise.warn_at), moved(promise.due_at), since)


def rewarned(promise: Deadline, policy: Policy, calendar: Calendar) -> Deadline:
    """Return a promise that stays as it was given, yellow after the share of its time that the policy now says."""
    if promise.since is None:
        return promise
    if policy.clock is Clock.CALENDAR:
        return replace(promise, warn_at=promise.since + (promise.due_at - promise.since) * policy.warn_at)
    open_hours = _OpenHours(policy, calendar)
    length = open_hours.between(promise.since, promise.due_at)
    warn_at = open_hours.after(promise.since, Duration(span=length * policy.warn_at))
    return replace(promise, warn_at=min(warn_at, promise.due_at))


def later(moment: datetime, began: datetime, ended: datetime, policy: Policy, calendar: Calendar) -> datetime:
    """Return a moment moved on by the time on the desk's clock that lies between two others."""
    if policy.clock is Clock.CALENDAR:
        return moment + max(ended - began, timedelta())
    open_hours = _OpenHours(policy, calendar)
    passed = open_hours.between(began, ended)
    return open_hours.after(moment, Duration(span=passed)) if passed else moment


def unknown_years(now: datetime, policy: Policy, calendar: Calendar) -> Sequence[int]:
    """Return which of this year and the next are not published, although deadlines may reach into them.

    The next year counts from December, or from when the longest promise given now would reach it
    (docs/adr/0037). Where deadlines run at all hours, no year matters.
    """
    if policy.clock is Clock.CALENDAR:
        return []
    local = policy.local(now)
    every = {policy.terms(kind, category).resolve_within for kind in Kind for category in ("", *policy.categories)}
    latest = max(deadline(now, within, policy, calendar).due_at for within in every)
    reaches_on = local.month == DECEMBER or policy.local(latest).year > local.year
    years = (local.year, local.year + 1) if reaches_on else (local.year,)
    return [year for year in years if not calendar.is_published(year)]


def _share(within: Duration, policy: Policy) -> Duration:
    """Return the part of a working duration after which it is yellow, in working hours."""
    return Duration(span=(within.days * _day_length(policy) + within.span) * policy.warn_at)


def _day_length(policy: Policy) -> timedelta:
    return _on(date.min, policy.working_hours.end) - _on(date.min, policy.working_hours.start)


def _on(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment)


@dataclass(frozen=True, slots=True)
class _OpenHours:
    """The working time of an office as one line without gaps."""

    policy: Policy
    calendar: Calendar

    def after(self, start: datetime, within: Duration) -> datetime:
        """Return the moment that lies the given working time after the start."""
        left = within.days * _day_length(self.policy) + within.span
        days = self._from(start)
        while True:
            opens, closes = next(days)
            begin = max(opens, start)
            if begin < closes:
                if left <= closes - begin:
                    return (begin + left).astimezone(start.tzinfo)
                left -= closes - begin

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time that lies between two moments."""
        total = timedelta()
        for opens, closes in self._from(start):
            if opens >= end:
                break
            total += max(timedelta(), min(closes, end) - max(opens, start))
        return total

    def _from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield when the office opens and closes, day by day; both alike on a day off.

        In UTC, so that an hour is an hour also on the two nights on which a clock is put forward or back.
        """
        hours, zone, day = self.policy.working_hours, self.policy.timezone, self.policy.local(start).date()
        while True:
            opens = _on(day, hours.start).replace(tzinfo=zone).astimezone(UTC)
            closes = _on(day, hours.end).replace(tzinfo=zone).astimezone(UTC)
            yield opens, closes if self.calendar.is_working_day(day) else opens
            day += timedelta(days=1)
