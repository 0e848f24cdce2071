"""The policy of a desk: how long things may take, when people are reminded, when nobody is disturbed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from domain.cases.announced import NOTHING, Announced
from domain.cases.kinds import Kind
from domain.organisation.units import Level


class Clock(StrEnum):
    """Whether deadlines run in working hours only, or always."""

    WORKING = "working"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as a policy writes it: `30m`, `4h`, `7d`.

    Days are kept apart from hours, because on the working clock seven days are seven working days.
    """

    days: int = 0
    span: timedelta = timedelta()

    @property
    def always(self) -> timedelta:
        """The length on a clock that never stops."""
        return timedelta(days=self.days) + self.span

    def __str__(self) -> str:
        if self.days:
            return f"{self.days}d"
        seconds = int(self.span.total_seconds())
        for unit, size in (("h", 3600), ("m", 60)):
            if seconds and seconds % size == 0:
                return f"{seconds // size}{unit}"
        return f"{seconds}s"


def days(count: int) -> Duration:
    """Return a duration of whole days."""
    return Duration(days=count)


def hours(count: float) -> Duration:
    """Return a duration of hours."""
    return Duration(span=timedelta(hours=count))


def minutes(count: int) -> Duration:
    """Return a duration of minutes."""
    return Duration(span=timedelta(minutes=count))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the local day, `start` included; one that ends before it starts runs over midnight."""

    start: time
    end: time

    def __contains__(self, moment: time) -> bool:
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


@dataclass(frozen=True, slots=True)
class Terms:
    """What a kind of case is promised: 即时响应 and 限时办结."""

    accept_within: Duration
    resolve_within: Duration


@dataclass(frozen=True, slots=True)
class UrgentTerms(Terms):
    """What is promised where somebody is in danger. `submit_after`: so long such a draft stands before it goes."""

    submit_after: Duration


BUILT_IN_TERMS: Mapping[Kind, Terms] = {
    Kind.WISH: Terms(hours(4), days(7)),
    Kind.COMPLAINT: Terms(minutes(30), days(3)),
    Kind.HELP: Terms(minutes(30), days(2)),
    Kind.SUGGESTION: Terms(days(1), days(15)),
    Kind.ENQUIRY: Terms(hours(2), days(1)),
}


@dataclass(frozen=True)
class Policy:
    """The rules of one desk; the built-in values are those of docs/operate.md."""

    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    quiet_hours: Span | None = Span(time(22), time(8))
    clock: Clock = Clock.WORKING
    working_hours: Span = Span(time(8, 30), time(17, 30))
    kinds: Mapping[Kind, Terms] = field(default_factory=lambda: BUILT_IN_TERMS)
    levels: Mapping[Level, Duration] = field(default_factory=dict)
    categories: Mapping[str, Mapping[str, Duration]] = field(default_factory=dict)
    warn_at: float = 0.75
    worker_reminders: tuple[Duration, ...] = (hours(4), days(1))
    resident_updates: tuple[Duration, ...] = (days(3),)
    confirm_reminders: tuple[Duration, ...] = (days(1), days(3), days(7))
    return_limit: int = 2
    transfer_limit: int = 2
    assist_within: Duration = days(3)
    extension_limit: int = 2
    rule_within: Duration = days(1)
    object_within: Duration = days(7)
    reopen_within: Duration = days(15)
    revisit_after: Duration = days(7)
    join_expires: Duration = days(1)
    nudge_every: Duration = hours(4)
    draft_expires: Duration = days(1)
    urgent: UrgentTerms = UrgentTerms(minutes(10), days(1), minutes(2))
    calendar: Announced = NOTHING

    def terms(self, kind: Kind, category: str = "", level: Level | None = None) -> Terms:
        """Return what is promised: by the category, else by the unit's level, which says the time to accept, else kind.

        `level`: that of the unit which is to accept; `categories` names of each the terms that differ.
        """
        terms = self.kinds[kind]
        if level is not None and level in self.levels:
            terms = replace(terms, accept_within=self.levels[level])
        return replace(terms, **self.categories.get(category, {}))

    def when(self, *, urgent: bool) -> "Policy":
        """Return the rules by which the time of a case runs: in danger the same terms for all, at all hours."""
        return self._in_danger if urgent else self

    @cached_property
    def _in_danger(self) -> "Policy":
        return replace(self, clock=Clock.CALENDAR, kinds=dict.fromkeys(Kind, self.urgent), levels={}, categories={})

    def local(self, moment: datetime) -> datetime:
        """Return the moment as the neighbourhood's clocks show it."""
        return moment.astimezone(self.timezone)

    def is_quiet(self, moment: datetime) -> bool:
        """Whether nothing scheduled may reach a resident at this moment."""
        return self.quiet_hours is not None and self.local(moment).time() in self.quiet_hours

    def after_quiet(self, moment: datetime) -> datetime:
        """Return the moment itself, or the end of the quiet hours that it falls into."""
        if not self.is_quiet(moment) or self.quiet_hours is None:
            return moment
        local = self.local(moment)
        end = local.replace(hour=self.quiet_hours.end.hour, minute=self.quiet_hours.end.minute, second=0, microsecond=0)
        return (end if end > local else end + timedelta(days=1)).astimezone(moment.tzinfo)


def interval(steps: tuple[Duration, ...], n: int) -> timedelta:
    """Return the n-th interval of a row of reminders, counted from 0; the last one repeats."""
    return steps[min(n, len(steps) - 1)].always
