"""Absences (请假) and deputies (代理): who is away until when, and who acts for them meanwhile. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.errors import DeskError
from domain.people.person import PersonId
from domain.text.folding import folded

LONGEST = timedelta(days=366)
DAY = re.compile(r"(?:(20[0-9]{2})[-/.年])?([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
NEAR = {"今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "后天": 2}


class DayUnreadable(DeskError):
    """What was written is no day."""

    key = "error.day_unreadable"


class AbsencePast(DeskError):
    """The last day is past already."""

    key = "error.absence_past"


class AbsenceReversed(DeskError):
    """It would end before it begins."""

    key = "error.absence_reversed"


class AbsenceTooLong(DeskError):
    """Nobody is away for more than a year."""

    key = "error.absence_too_long"


class DeputyAbsentToo(DeskError):
    """The deputies would stand in for each other, so that in the end nobody would be there."""

    key = "error.deputy_absent_too"


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from a moment until another, and somebody acts for them, if anybody does."""

    person: PersonId
    begins: datetime
    ends: datetime
    deputy: PersonId | None = None

    @property
    def last_moment(self) -> datetime:
        """The last minute of it, as people say it."""
        return self.ends - timedelta(minutes=1)

    def is_on(self, at: datetime) -> bool:
        """Whether the person is away at a moment."""
        return self.begins <= at < self.ends

    def turns_between(self, since: datetime, until: datetime) -> bool:
        """Whether it began or ended after the first of two moments, and not after the second."""
        return since < self.begins <= until or since < self.ends <= until

    def overlaps(self, other: "Absence") -> bool:
        """Whether there is a moment at which both are away."""
        return self.begins < other.ends and other.begins < self.ends


Absences = Mapping[PersonId, Absence]
"""The absences that are known, at most one a person, in force or yet to come."""


def is_away(absences: Absences, person: PersonId, at: datetime) -> bool:
    """Whether somebody is away at a moment."""
    absence = absences.get(person)
    return absence is not None and absence.is_on(at)


def deputy_of(absences: Absences, person: PersonId, at: datetime) -> PersonId | None:
    """Return who acts for somebody at a moment: their deputy, or for one who is away too the deputy of that one.

    None where the person is there themselves, or nobody acts for them.
    """
    passed = {person}
    here: PersonId | None = person
    while here is not None and is_away(absences, here, at):
        here = absences[here].deputy
        if here in passed:
            return None
        if here is not None:
            passed.add(here)
    return here if here != person else None


def require_no_circle(absences: Absences, new: Absence) -> None:
    """Check that whoever is away while a new absence lasts does not lead back to the one who asks.

    Raises:
        DeputyAbsentToo: it does.
    """
    passed, here = {new.person}, new.deputy
    while here is not None:
        if here in passed:
            raise DeputyAbsentToo(here)
        passed.add(here)
        following = absences.get(here)
        here = following.deputy if following is not None and following.overlaps(new) else None


def read_day(words: str, today: date, *, since: date | None = None) -> date | None:
    """Return the day that somebody has written: `12-01`, `2026-12-01`, `12月1日`, 今天; None if it is none.

    Without a year it is the nearest such day to `since`, or to today: who fell ill yesterday may say so.
    """
    written = "".join(folded(words).split())
    if written in NEAR:
        return today + timedelta(days=NEAR[written])
    found = DAY.fullmatch(written)
    if found is None:
        return None
    near = since or today
    years = [int(found[1])] if found[1] else [near.year, near.year + 1, near.year - 1]
    days = [day for year in years if (day := _day(year, int(found[2]), int(found[3]))) is not None]
    return min(days, key=lambda day: abs(day - near), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
