"""The policy file: YAML into a policy, with every fault at once."""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, PlainValidator, Strict, ValidationInfo
from pydantic_core import PydanticCustomError

from bot.yaml_lines import Entry, FileFaulty, Listed, OneOf, YamlFile, or_fault, shown
from domain.cases.announced import Announced, DayRange
from domain.cases.kinds import Kind
from domain.cases.policy import Clock, Duration, Policy, Span, UrgentTerms
from domain.organisation.units import Level

DURATION = re.compile(r"([0-9]+)([smhd])")
LONGEST_DAYS = 3650
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
DAYS = re.compile(rf"^({DAY})(?:\.\.({DAY}))?\Z")
MOST_DAYS = 31
"""In a row; no holiday is longer, so that the month of one end is wrong."""
BUILT_IN = Policy()


def duration(raw: object) -> Duration:
    """Read `3s`, `30m`, `4h` or `7d`.

    Raises:
        ValueError: it is none of these, or nothing, or longer than ten years.
    """
    found = DURATION.fullmatch(raw) if isinstance(raw, str) else None
    if found is None:
        raise ValueError
    count = int(found[1])
    if count == 0 or count > LONGEST_DAYS * {"s": 86400, "m": 1440, "h": 24, "d": 1}[found[2]]:
        raise ValueError
    if found[2] == "d":
        return Duration(days=count)
    names = {"s": "seconds", "m": "minutes", "h": "hours"}
    return Duration(span=timedelta(**{names[found[2]]: count}))


def _zone(raw: object) -> ZoneInfo:
    try:
        return ZoneInfo(shown(raw))
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError from error


def _time(raw: object) -> time:
    if not isinstance(raw, str) or not re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", raw):
        raise ValueError
    hour, minute = raw.split(":")
    return time(int(hour), int(minute))


TimeOfDay = Annotated[time, PlainValidator(_time), or_fault("no_time")]
Length = Annotated[Duration, PlainValidator(duration), or_fault("no_duration")]
Steps = Annotated[tuple[Length, ...], Field(min_length=1), or_fault("no_steps")]
Share = Annotated[float, Strict(), Field(gt=0, lt=1), or_fault("no_share")]
Count = Annotated[int, Strict(), Field(ge=1, le=1000), or_fault("no_count")]
Zone = Annotated[ZoneInfo, PlainValidator(_zone), or_fault("no_timezone")]
KindName = Annotated[Kind, or_fault("unknown_field", fields=", ".join(Kind))]
TERMS = ("accept_within", "resolve_within")
TermName = Annotated[Literal["accept_within", "resolve_within"], or_fault("unknown_field", fields=", ".join(TERMS))]
LevelName = Annotated[Level, or_fault("unknown_field", fields=", ".join(Level))]
AcceptOnly = Annotated[Literal["accept_within"], or_fault("unknown_field", fields="accept_within")]


class UrgentEntry(Entry):
    """What is promised where somebody is in danger."""

    accept_within: Length = BUILT_IN.urgent.accept_within
    resolve_within: Length = BUILT_IN.urgent.resolve_within
    submit_after: Length = BUILT_IN.urgent.submit_after


class SpanEntry(Entry):
    """A stretch of the day."""

    start: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="to")


def _hours(raw: object, info: ValidationInfo) -> Span:
    span = SpanEntry.model_validate(raw, context=info.context)
    if span.start == span.end:
        raise PydanticCustomError("span_empty", "")
    return Span(span.start, span.end)


def _by_day(span: Span) -> Span:
    if span.start > span.end:
        raise PydanticCustomError("span_over_midnight", "")
    return span


Hours = Annotated[Span, PlainValidator(_hours)]


def _days(raw: object) -> DayRange:
    try:
        first, last = DAYS.findall(shown(raw))[0]
        days = DayRange(date.fromisoformat(first), date.fromisoformat(last or first))
    except (IndexError, ValueError) as error:
        raise PydanticCustomError("no_day", "") from error
    if days.first > days.last:
        raise PydanticCustomError("days_backwards", "")
    if days.count > MOST_DAYS:
        raise PydanticCustomError("days_too_many", "", {"count": days.count, "most": MOST_DAYS})
    return days


def _free_days(raw: object, info: ValidationInfo) -> DayRange:
    days = _days(raw)
    working = {day for worked in info.data.get("working", ()) for day in worked}
    if both := sorted(working.intersection(days)):
        raise PydanticCustomError("day_in_both", "", {"day": both[0]})
    return days


class CalendarEntry(Entry):
    """What the official notice says of single days."""

    working: Listed[Annotated[DayRange, PlainValidator(_days)]] = ()
    free: Listed[Annotated[DayRange, PlainValidator(_free_days)]] = ()


class PolicyEntry(Entry):
    """The whole file; what it leaves out stays built in."""

    timezone: Zone = BUILT_IN.timezone
    quiet_hours: Hours | None = BUILT_IN.quiet_hours
    clock: Annotated[Clock, OneOf, or_fault("no_clock")] = BUILT_IN.clock
    working_hours: Annotated[Hours, AfterValidator(_by_day)] = BUILT_IN.working_hours
    kinds: dict[KindName, dict[TermName, Length]] = Field(default_factory=dict)
    levels: dict[LevelName, dict[AcceptOnly, Length]] = Field(default_factory=dict)
    categories: dict[str, dict[TermName, Length]] = Field(default_factory=dict)
    warn_at: Share = BUILT_IN.warn_at
    worker_reminders: Steps = BUILT_IN.worker_reminders
    resident_updates: Steps = BUILT_IN.resident_updates
    confirm_reminders: Steps = BUILT_IN.confirm_reminders
    return_limit: Count = BUILT_IN.return_limit
    transfer_limit: Count = BUILT_IN.transfer_limit
    assist_within: Length = BUILT_IN.assist_within
    extension_limit: Count = BUILT_IN.extension_limit
    rule_within: Length = BUILT_IN.rule_within
    object_within: Length = BUILT_IN.object_within
    reopen_within: Length = BUILT_IN.reopen_within
    revisit_after: Length = BUILT_IN.revisit_after
    join_expires: Length = BUILT_IN.join_expires
    nudge_every: Length = BUILT_IN.nudge_every
    draft_expires: Length = BUILT_IN.draft_expires
    urgent: UrgentEntry = Field(default_factory=UrgentEntry.model_construct)
    calendar: CalendarEntry = Field(default_factory=CalendarEntry.model_construct)


FIELDS = tuple(PolicyEntry.model_fields)


def read_policy(path: Path | None) -> Policy:
    """Return the policy of a file; the built-in one where there is none. What a file leaves out stays built in.

    Raises:
        FileFaulty: with every fault of the file.
    """
    if path is None:
        return BUILT_IN
    file = YamlFile(path)
    read = file.read(PolicyEntry)
    if read is None or file.faults:
        raise FileFaulty(file.faults)
    kinds = {kind: replace(terms, **read.kinds.get(kind, {})) for kind, terms in BUILT_IN.kinds.items()}
    own = {
        "kinds": kinds,
        "levels": {level: within for level, terms in read.levels.items() for within in terms.values()},
        "urgent": UrgentTerms(**dict(read.urgent)),
        "calendar": Announced(**dict(read.calendar)),
    }
    return Policy(**{**dict(read), **own})
