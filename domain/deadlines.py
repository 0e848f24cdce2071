"""Deadlines: when a promise is due on the desk's clock, and the colour that it has until then."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from domain.policy import Clock, Duration, Policy


class Calendar(Protocol):
    """Knows the official working days, public holidays and 调休 included."""

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open on this day."""


class Colour(StrEnum):
    """三色: in time, past `warn_at`, overdue."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which something is promised, and the moment from which it is yellow."""

    warn_at: datetime
    due_at: datetime

    def colour(self, now: datetime) -> Colour:
        """Return the colour of an open promise at this moment."""
        if now >= self.due_at:
            return Colour.RED
        return Colour.YELLOW if now >= self.warn_at else Colour.GREEN

    def later(self, by: timedelta) -> "Deadline":
        """Return the same promise moved by a length of calendar time."""
        return Deadline(self.warn_at + by, self.due_at + by)


def deadline(start: datetime, within: Duration, policy: Policy, calendar: Calendar) -> Deadline:
    """Return the deadline of a promise given now.

    On the working clock `d` counts working days and hours count only inside working hours, by the official
    calendar; a promise given outside them starts with the next working time (docs/adr/0007).
    """
    if policy.clock is Clock.CALENDAR:
        return Deadline(start + within.always * policy.warn_at, start + within.always)
    open_hours = _OpenHours(policy, calendar)
    return Deadline(open_hours.after(start, _share(within, policy)), open_hours.after(start, within))


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
        local = self.policy.local(start)
        day = local.date()
        while True:
            opens, closes = self._hours(day)
            begin = max(opens, local)
            if begin < closes:
                if left <= closes - begin:
                    return (begin + left).astimezone(start.tzinfo)
                left -= closes - begin
            day += timedelta(days=1)

    def _hours(self, day: date) -> tuple[datetime, datetime]:
        """Return when the office opens and closes on this day; both alike on a day off."""
        hours, zone = self.policy.working_hours, self.policy.timezone
        opens = _on(day, hours.start).replace(tzinfo=zone)
        if not self.calendar.is_working_day(day):
            return opens, opens
        return opens, _on(day, hours.end).replace(tzinfo=zone)
