"""The policy file: YAML into a policy, with every fault at once."""

import math
import re
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.yaml_lines import Fields, Source, whole_number
from domain.kinds import Kind
from domain.policy import Clock, Duration, Policy, Span, Terms

DURATION = re.compile(r"([0-9]+)([smhd])")
LONGEST_DAYS = 3650
FIELDS = (
    "timezone",
    "quiet_hours",
    "clock",
    "working_hours",
    "kinds",
    "warn_at",
    "worker_reminders",
    "resident_updates",
    "confirm_reminders",
    "return_limit",
    "object_within",
    "nudge_every",
    "draft_expires",
)


def read_policy(path: Path | None) -> Policy:
    """Return the policy of a file; the built-in one where there is none. What a file leaves out stays built in.

    Raises:
        FileFaulty: with every fault of the file.
    """
    policy = Policy()
    if path is None:
        return policy
    source = Source(path, str(path))
    fields = source.load()
    if fields is not None:
        fields.allow(FIELDS)
        policy = _policy(fields, policy)
    source.finish()
    return policy


def _policy(fields: Fields, policy: Policy) -> Policy:
    read: dict[str, Any] = {
        "timezone": fields.read("timezone", _zone, "no_timezone"),
        "clock": fields.read("clock", Clock, "no_clock"),
        "working_hours": _span(fields, "working_hours", over_midnight=False),
        "kinds": _kinds(fields, policy),
        "warn_at": fields.read("warn_at", _share, "no_share"),
        "return_limit": fields.read("return_limit", whole_number(1, 1000), "no_count"),
    }
    for name in ("worker_reminders", "resident_updates", "confirm_reminders"):
        read[name] = fields.read(name, _steps, "no_steps")
    for name in ("object_within", "nudge_every", "draft_expires"):
        read[name] = fields.read(name, duration, "no_duration")
    policy = replace(policy, **{name: value for name, value in read.items() if value is not None})
    if "quiet_hours" in fields:
        policy = replace(policy, quiet_hours=_span(fields, "quiet_hours", over_midnight=True))
    return policy


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


def _steps(raw: object) -> tuple[Duration, ...]:
    if not isinstance(raw, list) or not raw:
        raise ValueError
    return tuple(duration(item) for item in raw)


def _zone(raw: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(raw))
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError from error


def _share(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw) or not 0 < raw < 1:
        raise ValueError
    return float(raw)


def _time(raw: object) -> time:
    if not isinstance(raw, str) or not re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", raw):
        raise ValueError
    hour, minute = raw.split(":")
    return time(int(hour), int(minute))


def _span(fields: Fields, name: str, *, over_midnight: bool) -> Span | None:
    if fields.value(name) is None:
        return None
    within = fields.mapping(name)
    if within is None:
        return None
    within.allow(("from", "to"))
    start = within.read("from", _time, "no_time", required=True, as_written=True)
    end = within.read("to", _time, "no_time", required=True, as_written=True)
    if start is None or end is None:
        return None
    if start == end:
        fields.source.complain(fields.node_of(name), "span_empty", field=name)
    elif start > end and not over_midnight:
        fields.source.complain(fields.node_of(name), "span_over_midnight", field=name)
    return Span(start, end)


def _kinds(fields: Fields, policy: Policy) -> dict[Kind, Terms] | None:
    kinds = fields.mapping("kinds")
    if kinds is None:
        return None
    kinds.allow([kind.value for kind in Kind])
    return {kind: _terms(kinds, kind, policy.kinds[kind]) for kind in Kind}


def _terms(kinds: Fields, kind: Kind, built_in: Terms) -> Terms:
    terms = kinds.mapping(kind)
    if terms is None:
        return built_in
    terms.allow(("accept_within", "resolve_within"))
    accept = terms.read("accept_within", duration, "no_duration")
    resolve = terms.read("resolve_within", duration, "no_duration")
    return Terms(accept or built_in.accept_within, resolve or built_in.resolve_within)
