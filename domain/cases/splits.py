"""Splits (拆分): the second matter of one message becomes a case of its own, which names the first. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.cases.assignments import Assignment
from domain.cases.case import Case, CaseId, State
from domain.cases.deadlines import Calendar, promised
from domain.cases.kinds import Kind, guess_kind, speaks_of_danger
from domain.cases.policy import Policy
from domain.organisation.units import Organisation


@dataclass(frozen=True, slots=True)
class Siblings:
    """The numbers of the cases that were one message with a case: the one that it came from, those split off it."""

    origin: str | None
    split_off: Sequence[str]


def has_siblings(case: Case) -> bool:
    """Whether a case was split off another, or another off it."""
    return case.split_from is not None or case.splits > 0


def split_off(
    case: Case, text: str, number: str, org: Organisation, now: datetime, policy: Policy, calendar: Calendar
) -> Case:
    """Return the second matter in these words as a new case of the same resident, at the same unit and place.

    It is promised what any case is that is raised now, by its own kind and category; what the words leave open is as in
    the first. It is in danger only if its own words say so. Nobody owns it.
    """
    kind, category, urgent = guess_kind(text), org.categories.guess(text), speaks_of_danger(text)
    kind = Kind.HELP if urgent else kind or case.kind
    policy, unit = policy.when(urgent=urgent), org[case.unit]
    accept, resolve = promised(kind, category, unit.level, now, policy, calendar)
    return Case(
        id=CaseId(0),
        number=number,
        kind=kind,
        category=category,
        state=State.SUBMITTED,
        responsible=Assignment(unit=unit.code, accept=accept, resolve=resolve, unit_since=now, begun_at=now),
        raised_in=case.raised_in,
        text=text,
        address=case.address,
        location=case.location,
        resident=case.resident,
        resident_name=case.resident_name,
        anonymous=case.anonymous,
        urgent=urgent,
        raised_at=now,
        state_since=now,
        place_known=case.place_known,
        split_from=case.id,
        raised_by=case.raised_by,
        unreachable=case.unreachable,
    )


def split_in_two(case: Case) -> Case:
    """Return the first case once another was split off it; its words stay whole."""
    return replace(case, splits=case.splits + 1)
