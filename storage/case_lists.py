"""Which cases a list shows, or units have: conditions on cases with the assignment of the unit responsible."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy import case as when

from domain.cases.assignments import Because, Part
from domain.cases.case import OPEN, TO_BE_DONE, Case, State
from domain.cases.listing import Shown, Which
from domain.cases.merging import asks_since
from domain.people.person import UnitCode
from storage import schema
from storage.assignments import IS_RESPONSIBLE
from storage.memberships import has_overdue_follower

table = schema.cases
given = schema.assignments
IS_OPEN = table.c.state.in_(sorted(OPEN))
IS_UNDER_WAY = (given.c.case_id == table.c.id) & IS_RESPONSIBLE & given.c.ended_at.is_(None)
DUE_AT = when((table.c.state == State.SUBMITTED, given.c.accept_by), else_=given.c.resolve_by)
memberships = schema.memberships
SHARED = given.alias("shared")
PARTED = sorted({Because.UNMERGED, Because.RETURNED, Because.REOPENED, Because.CONTRADICTED})
BESIDE = given.alias("beside")
IS_BESIDE = (BESIDE.c.part == Part.ASSISTING) & BESIDE.c.ended_at.is_(None)


def with_units(units: Sequence[UnitCode] | None) -> list[ColumnElement[bool]]:
    """Return the conditions for cases that these units have now, or any; those that belong to another stand aside."""
    return [IS_UNDER_WAY] if units is None else [IS_UNDER_WAY, given.c.unit.in_(units)]


def follows_one_of(units: Sequence[UnitCode] | None) -> ColumnElement[bool]:
    """Return the condition for what is merged into a case that these units have, or had; or into any."""
    mains = select(memberships.c.case_id).join(SHARED, SHARED.c.case_id == memberships.c.main_id)
    is_theirs = [] if units is None else [SHARED.c.unit.in_(units)]
    return table.c.id.in_(mains.where(memberships.c.ended_at.is_(None), SHARED.c.part == Part.RESPONSIBLE, *is_theirs))


def about_the_same(main: Case, since: datetime, until: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions for what a unit got besides a case, about the same, is still to do, and may follow it.

    Neither what has followed it and was parted from it, or came back; nor what `has_said_no` to its report.
    """
    is_to_be_done = table.c.state.in_(sorted(TO_BE_DONE))
    then = table.c.raised_at.between(since, until)
    alike = [*with_units([main.unit]), is_to_be_done, table.c.category == main.category, then, table.c.id != main.id]
    has_left = exists().where(memberships.c.case_id == table.c.id, memberships.c.main_id == main.id)
    alike.append(~has_left.where(memberships.c.ended_because.in_(PARTED)).correlate(table))
    if reported_at := asks_since(main):
        came_back = (table.c.returns > 0) | (table.c.reopenings > 0)
        alike.append(~(came_back & (table.c.state_since >= reported_at)))
    return alike


def listed(units: Sequence[UnitCode] | None, shown: Shown) -> list[ColumnElement[bool]]:
    """Return the conditions for what a list of these units shows."""
    return [*_in_units(units, shown), *_as_shown(shown)]


def _in_units(units: Sequence[UnitCode] | None, shown: Shown) -> list[ColumnElement[bool]]:
    """Return the conditions for cases that a list of these units shows: those that they have, or assist with."""
    if shown.which is not Which.BESIDE:
        return with_units(units)
    theirs = [] if units is None else [BESIDE.c.unit.in_(units)]
    return [IS_UNDER_WAY, table.c.id.in_(select(BESIDE.c.case_id).where(IS_BESIDE, *theirs))]


def _as_shown(shown: Shown) -> list[ColumnElement[bool]]:
    """Return the conditions for what a list shows; while the resident has the word no deadline is missed."""
    unaccepted = table.c.state == State.SUBMITTED
    match shown.which:
        case Which.ALL | Which.BESIDE:
            return [IS_OPEN]
        case Which.OVERDUE:
            worked_on = table.c.state.in_([State.SUBMITTED, State.ACCEPTED])
            is_past = (given.c.resolve_by <= shown.now) | has_overdue_follower(shown.now)
            return [(unaccepted & (given.c.accept_by <= shown.now)) | (worked_on & is_past)]
        case Which.FREE:
            return [unaccepted]
        case Which.MINE:
            return [IS_OPEN, given.c.owner == shown.reader]
