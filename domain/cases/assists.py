"""Assists (协办, 街乡吹哨·部门报到): units called to work beside the one responsible, each with a task. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from domain.cases.assignments import Assignment, Because, Part
from domain.cases.case import BEING_WORKED_ON, Case
from domain.cases.deadlines import Deadline
from domain.cases.followups import Due, FollowUp, again
from domain.cases.policy import Policy
from domain.errors import DeskError
from domain.organisation.units import Level, Organisation
from domain.people.person import UnitCode
from domain.text.day_counts import read_day_count

OFFERED_DAYS = (1, 3, 7)
MOST_DAYS = 90
"""Nobody is called to work beside for longer than that."""


class NothingToCall(DeskError):
    """No unit was chosen that could be called."""

    key = "error.nothing_to_call"


class TaskMissing(DeskError):
    """What the called units are to do was asked for, and the message has no words."""

    key = "error.task_missing"


class DaysUnreadable(DeskError):
    """What was written is no number of days that a called unit may have."""

    key = "error.days_unreadable"


class AssistPast(DeskError):
    """The unit is not called any more: it has reported or given back, or the case goes on without it."""

    key = "error.assist_past"


def read_days(words: str) -> int:
    """Return how many days a called unit has, as somebody has written it: `5`, `5天`, 三天.

    Raises:
        DaysUnreadable: it is no number of days, or too many.
    """
    count = read_day_count(words) or read_day_count(f"{words}d")
    if count is None or count > MOST_DAYS:
        raise DaysUnreadable(words, most=MOST_DAYS)
    return count


def helpers_offered(org: Organisation, codes: Iterable[UnitCode], first: UnitCode | None) -> Iterator[UnitCode]:
    """Yield whom to offer of those that may be called: not whole streets and districts, which are typed.

    `first`: the unit that its category names, whatever it is.
    """
    return (code for code in codes if code == first or org[code].level not in (Level.STREET, Level.DISTRICT))


def may_call(case: Case) -> bool:
    """Whether other units may be called: somebody has accepted it, and works on it; for the main case, if merged."""
    return case.state in BEING_WORKED_ON and not case.merged


def can_be_called(org: Organisation, case: Case, code: UnitCode) -> bool:
    """Whether a unit may be called: another one, with a group, that does not work on the case already."""
    return code in org and org[code].has_chat and code != case.unit and assist_of(case, code) is None


def assist_of(case: Case, unit: UnitCode | None) -> Assignment | None:
    """Return what a unit has been called to do, as long as it is."""
    return next((given for given in case.assisting if given.unit == unit), None)


def assist_in_turn(case: Case, turn: int | None) -> Assignment | None:
    """Return the assist of this turn, as long as it goes on."""
    return next((given for given in case.assisting if given.turn == turn), None)


def called(case: Case, units: Iterable[UnitCode], task: str, until: Deadline, now: datetime) -> Case:
    """Return the case with these units called to work beside."""
    begun = tuple(
        Assignment(
            unit=unit,
            accept=until,
            resolve=until,
            unit_since=now,
            begun_at=now,
            begun_because=Because.CALLED,
            came_from=case.unit,
            turn=case.turns + n,
            part=Part.ASSISTING,
            task=task,
        )
        for n, unit in enumerate(units, 1)
    )
    return replace(case, assisting=(*case.assisting, *begun), turns=case.turns + len(begun))


def reworded(case: Case, called_at: datetime, task: str) -> Case:
    """Return the case with the task of those units in other words that were called at a moment, and still are."""
    assisting = (replace(given, task=task) if given.begun_at == called_at else given for given in case.assisting)
    return replace(case, assisting=tuple(assisting))


def with_assist(case: Case, changed: Assignment) -> Case:
    """Return the case with one assist as it is now; one that has ended is among the others no more."""
    others = (given if given.turn != changed.turn else changed for given in case.assisting)
    ended = (*case.ended, changed) if changed.ended_at else case.ended
    return replace(case, assisting=tuple(given for given in others if given.ended_at is None), ended=ended)


def plan_assist(case: Case, assist: Assignment, now: datetime, policy: Policy) -> Iterator[FollowUp]:
    """Yield what falls due for a unit that was called: reminders, yellow, and red."""
    if assist.resolve.warn_at > now:
        yield FollowUp(Due.ASSIST_WARNING, assist.resolve.warn_at, case.id, assist.turn)
    yield FollowUp(Due.ASSIST_MISSED, assist.resolve.due_at, case.id, assist.turn)
    yield again(case, Due.ASSIST_REMINDER, now, policy, turn=assist.turn)
