"""News: what a row of the file tells, held against how things stand when it is told, perhaps hours later. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.cases.assignments import Because
from domain.cases.case import BEING_WORKED_ON, Case, State
from domain.letters.letter import Letter
from domain.organisation.units import Organisation
from domain.people.person import DESK, UnitCode
from domain.record.history import Event, Row

NEW_DANGER = frozenset(
    {Event.URGENCY_SET, Event.CASE_RETURNED, Event.CASE_REOPENED, Event.REVISIT_UNSOLVED, Event.CLIMB_ENDED}
)
"""What alarms those who work on a case, too."""

DONE = frozenset({State.RESOLVED, State.CONFIRMED})
"""The states in which those who helped hear that a case was done."""


@dataclass(frozen=True, slots=True)
class Present:
    """How things stand when a letter goes: its case, the organisation, whether the resident can be reached."""

    letter: Letter
    case: Case | None
    org: Organisation
    unreachable: bool = False

    @property
    def to_resident(self) -> bool:
        """Whether it goes to the resident, and not to a chat or to those who stand in for one."""
        return self.letter.to.person is not None and not self.letter.is_for_staff


def still_holds(row: Row, present: Present) -> bool:
    """Whether what a row tells is still so; what is past its truth is not told.

    People's own words, and what is done and stays done, hold for ever.
    """
    if present.case is None:
        check = OF_CHATS.get(row.event)
        return check is None or check(row, present.org)
    holds = OF_CASES.get(row.event)
    return holds is None or holds(row, present.case, present)


def still_alarms(row: Row, case: Case, unit: UnitCode | None) -> bool:
    """Whether danger still waits for those who work for a unit: it is theirs, and nobody there has accepted it.

    What is new about it is told although somebody has.
    """
    is_theirs = case.urgent and case.is_open and case.unit == unit
    return is_theirs and (case.state is State.SUBMITTED or row.event in NEW_DANGER)


def as_it_is_now(row: Row, case: Case | None) -> str:
    """Return as what a row is told: a worker's words that asked for something are plain words once that is past."""
    if case is None:
        return row.event
    asks: Mapping[str, bool] = {
        Event.QUESTION_ASKED: case.state is State.WAITING,
        Event.CASE_RESOLVED: case.state is State.RESOLVED and (case.resolved_at is None or row.at >= case.resolved_at),
        Event.CASE_REFUSED: _may_be_objected_to(case),
    }
    return row.event if asks.get(row.event, True) else Event.PROGRESS_TOLD


def _may_be_objected_to(case: Case) -> bool:
    return case.state is State.REFUSED and case.closed_at is None


def _is_in_hand(row: Row, case: Case, _present: Present) -> bool:
    return case.state in BEING_WORKED_ON and case.owner is not None and case.owner.person == row.actor


def _has_moved(row: Row, case: Case, present: Present) -> bool:
    """Tell the unit that had it as long as it has not come back, everybody else as long as it is where it went.

    The resident hears of what climbed, or went there by itself, only until somebody accepts it.
    """
    came_from, went_to, to = row.told.get("from_unit"), row.told.get("to_unit"), present.letter.to
    if not case.is_open or present.letter.is_for_staff:
        return case.is_open
    if to.chat is not None or (to.unit == came_from and came_from != went_to):
        return case.unit != came_from
    climbs = row.actor == DESK.id or row.event == Event.CASE_ESCALATED
    is_news = case.state is State.SUBMITTED or not climbs or not present.to_resident
    return case.unit == went_to and is_news


def _is_at_the_top(row: Row, case: Case, _present: Present) -> bool:
    is_accepted = row.told.get("because") == Because.NOT_ACCEPTED and case.state is not State.SUBMITTED
    return case.promise is not None and case.unit == row.told.get("unit") and not is_accepted


def _is_with_nobody(row: Row, case: Case, present: Present) -> bool:
    """Tell staff of a new case as long as its unit has no chat, so that nobody can accept it."""
    unit = present.org.units.get(case.unit)
    is_told = unit is not None and unit.has_chat
    return present.to_resident or (case.state is State.SUBMITTED and case.unit == row.told.get("unit") and not is_told)


def _is_split_off(row: Row, case: Case, present: Present) -> bool:
    """Tell its resident of a second case as long as it is open, and staff as of any new case."""
    return case.is_open and _is_with_nobody(row, case, present)


def _is_nudged(_row: Row, case: Case, present: Present) -> bool:
    return case.promise is not None and present.letter.unit in (None, case.unit)


def _is_granted(row: Row, case: Case, _present: Present) -> bool:
    """Tell of a later deadline until another one was granted, or the case is past all deadlines."""
    is_last = case.merged is not None or case.extensions == row.told.get("extensions")
    return case.promise is not None and is_last


def _is_unreachable(_row: Row, case: Case, present: Present) -> bool:
    return present.unreachable and (case.is_open or _may_be_objected_to(case))


def _is_called(row: Row, case: Case, _present: Present) -> bool:
    return any(given.unit == row.told.get("unit") for given in case.assisting)


def _is_alone(_row: Row, case: Case, _present: Present) -> bool:
    return case.is_open and case.merged is None


OF_CASES: Mapping[str, Callable[[Row, Case, Present], bool]] = {
    Event.CASE_RAISED: _is_with_nobody,
    Event.CASE_SPLIT: lambda _row, case, _present: case.is_open,
    Event.CASE_SPLIT_OFF: _is_split_off,
    Event.CASE_ACCEPTED: _is_in_hand,
    Event.CASE_CONFIRMED: lambda _row, case, _present: case.state is State.CONFIRMED,
    Event.CONFIRMATION_TAKEN_BACK: lambda _row, case, _present: case.state is State.RESOLVED,
    Event.CASE_REOPENED: lambda _row, case, _present: case.promise is not None,
    Event.REVISIT_DUE: lambda _row, case, _present: case.state is State.RESOLVED,
    Event.REVISIT_SOLVED: lambda _row, case, _present: case.state is State.CONFIRMED,
    Event.REVISIT_UNSOLVED: lambda _row, case, _present: case.promise is not None,
    Event.REVISIT_MISSED: lambda _row, case, _present: case.state is State.RESOLVED,
    Event.CASE_RETURNED: lambda _row, case, _present: case.promise is not None,
    Event.REFUSAL_STOOD: lambda _row, case, _present: case.state is State.REFUSED and case.closed_at is not None,
    Event.CASE_ESCALATED: _has_moved,
    Event.CASE_ASSIGNED: _has_moved,
    Event.CASE_TRANSFERRED: _has_moved,
    Event.CASE_GIVEN_BACK: _has_moved,
    Event.SETTLEMENT_ASKED: lambda row, case, _present: (
        case.is_open and case.responsible.is_to_settle and case.unit == row.told.get("unit")
    ),
    Event.EXTENSION_GRANTED: _is_granted,
    Event.EXTENSION_LAPSED: lambda _row, case, _present: case.promise is not None,
    Event.EXTENSION_DENIED: lambda _row, case, _present: case.promise is not None,
    Event.EXTENSION_UNRULED: lambda _row, case, _present: case.promise is not None,
    Event.URGENCY_SET: lambda _row, case, _present: case.is_open and case.urgent,
    Event.URGENCY_LIFTED: lambda _row, case, _present: case.is_open and not case.urgent,
    Event.CASE_SETTLED: lambda row, case, _present: case.is_open and case.unit == row.told.get("unit"),
    Event.CASE_RECONSIDERED: _has_moved,
    Event.CASE_PLACED: _has_moved,
    Event.PLACE_TOLD: lambda _row, case, _present: case.is_open and case.place_known,
    Event.SUBMITTED_ITSELF: lambda _row, case, _present: case.is_open,
    Event.CASE_RELEASED: lambda row, case, _present: (
        case.state is State.SUBMITTED and case.unit == row.told.get("unit")
    ),
    Event.CASE_HANDED_OVER: lambda row, case, _present: (
        case.state in BEING_WORKED_ON and case.owner is not None and case.owner.person == row.told.get("to")
    ),
    Event.CASE_NUDGED: _is_nudged,
    Event.MATTER_NUDGED: _is_nudged,
    Event.CATEGORY_CHANGED: lambda row, case, _present: (
        case.promise is not None and case.category == row.told.get("category")
    ),
    Event.CASE_MERGED: lambda row, case, _present: (
        case.merged is not None and case.merged.number == row.told.get("main")
    ),
    Event.CASE_UNMERGED: _is_alone,
    Event.MAIN_ENDED: _is_alone,
    Event.ASSIST_ACCEPTED: _is_called,
    Event.ASSIST_REMINDED: _is_called,
    Event.ASSIST_MISSED: _is_called,
    Event.ASSIST_RELEASED: _is_called,
    Event.ASSIST_MOVED: lambda row, case, present: (
        case.unit == row.told.get("to_unit") and _is_called(row, case, present)
    ),
    Event.ASSIST_OUTCOME: lambda row, case, _present: case.state in DONE or row.told.get("ended") != Because.REPORTED,
    Event.CLIMB_ENDED: _is_at_the_top,
    Event.RESIDENT_UPDATED: lambda _row, case, _present: case.promise is not None,
    Event.RESIDENT_REMINDED: lambda _row, case, present: case.state is State.RESOLVED and not present.unreachable,
    Event.RESIDENT_UNREACHABLE: _is_unreachable,
    Event.RESIDENT_REACHABLE: lambda _row, case, present: case.is_open and not present.unreachable,
}


def _is_lost(row: Row, org: Organisation) -> bool:
    unit = org.units.get(UnitCode(row.told.get("unit", "")))
    return unit is None or not unit.has_chat


def _has_no_topic(row: Row, org: Organisation) -> bool:
    unit = org.units.get(UnitCode(row.told.get("unit", "")))
    return unit is not None and unit.chat is not None and unit.chat.topic is None


OF_CHATS: Mapping[str, Callable[[Row, Organisation], bool]] = {
    Event.CHAT_LOST: _is_lost,
    Event.CHAT_MOVED: _has_no_topic,
}
