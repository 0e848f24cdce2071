"""Assignments in their table, which is read and written with the cases that they belong to."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.assignments import Assignment, AssignmentState, Because, Holder, Part, Settling
from domain.cases.case import CaseId
from domain.cases.deadlines import Deadline
from domain.people.person import PersonId, UnitCode
from storage import schema
from storage.engine import insert_in

table = schema.assignments
KEY = (table.c.case_id, table.c.turn)
IS_RESPONSIBLE = table.c.part == Part.RESPONSIBLE


class AssignmentEnded(Exception):
    """An assignment that has ended stays as it is."""


@cache
def _keep(dialect: str) -> Any:  # noqa: ANN401 - two classes with the same methods
    add = insert_in(dialect, table)
    changed = {column.name: add.excluded[column.name] for column in table.c if column not in KEY}
    return add.on_conflict_do_update(index_elements=KEY, set_=changed, where=table.c.ended_at.is_(None))


async def keep(connection: AsyncConnection, case: CaseId, kept: Sequence[Assignment]) -> None:
    """Keep assignments of a case, new or changed: those that end now first, because only one may be under way.

    Raises:
        AssignmentEnded: one of them had ended before.
    """
    for assignment in kept:
        if (await connection.execute(_keep(connection.dialect.name), _to_row(case, assignment))).rowcount != 1:
            raise AssignmentEnded(case)


def _to_row(case: CaseId, assignment: Assignment) -> dict[str, Any]:
    return {
        "case_id": case,
        "turn": assignment.turn,
        "part": assignment.part,
        "task": assignment.task,
        "unit": assignment.unit,
        "state": assignment.state,
        "owner": assignment.owner.person if assignment.owner else None,
        "owner_name": assignment.owner.name if assignment.owner else None,
        "accept_since": assignment.accept.since,
        "accept_warn_at": assignment.accept.warn_at,
        "accept_by": assignment.accept.due_at,
        "resolve_since": assignment.resolve.since,
        "resolve_warn_at": assignment.resolve.warn_at,
        "resolve_by": assignment.resolve.due_at,
        "rule_by": assignment.rule_by,
        "overdue_at": assignment.overdue_at,
        "unit_since": assignment.unit_since,
        "begun_at": assignment.begun_at,
        "begun_because": assignment.begun_because,
        "came_from": assignment.came_from,
        "settling": assignment.settling,
        "accepted_at": assignment.accepted_at,
        "accepted_in_time": assignment.accepted_in_time,
        "accept_missed_at": assignment.accept_missed_at,
        "reported_at": assignment.reported_at,
        "reported_in_time": assignment.reported_in_time,
        "resolve_missed_at": assignment.resolve_missed_at,
        "refused_at": assignment.refused_at,
        "refused_in_time": assignment.refused_in_time,
        "returned_at": assignment.returned_at,
        "returns": assignment.returns,
        "transferred_at": assignment.transferred_at,
        "given_back_at": assignment.given_back_at,
        "paused_seconds": assignment.paused.total_seconds(),
        "ended_at": assignment.ended_at,
        "ended_because": assignment.ended_because,
    }


def from_row(row: RowMapping, prefix: str = "") -> Assignment:
    """Return the assignment that stands in a row, in which its columns have this prefix."""

    def at(name: str) -> Any:  # noqa: ANN401
        return row[prefix + name]

    return Assignment(
        unit=UnitCode(at("unit")),
        accept=Deadline(at("accept_warn_at"), at("accept_by"), at("accept_since")),
        resolve=Deadline(at("resolve_warn_at"), at("resolve_by"), at("resolve_since")),
        unit_since=at("unit_since"),
        begun_at=at("begun_at"),
        begun_because=Because(at("begun_because")),
        came_from=UnitCode(at("came_from")) if at("came_from") else None,
        settling=Settling(at("settling")) if at("settling") else None,
        turn=at("turn"),
        part=Part(at("part")),
        task=at("task"),
        state=AssignmentState(at("state")),
        owner=holder(at("owner"), at("owner_name")),
        rule_by=at("rule_by"),
        overdue_at=at("overdue_at"),
        accepted_at=at("accepted_at"),
        accepted_in_time=at("accepted_in_time"),
        accept_missed_at=at("accept_missed_at"),
        reported_at=at("reported_at"),
        reported_in_time=at("reported_in_time"),
        resolve_missed_at=at("resolve_missed_at"),
        refused_at=at("refused_at"),
        refused_in_time=at("refused_in_time"),
        returned_at=at("returned_at"),
        returns=at("returns"),
        transferred_at=at("transferred_at"),
        given_back_at=at("given_back_at"),
        paused=timedelta(seconds=at("paused_seconds")),
        ended_at=at("ended_at"),
        ended_because=Because(at("ended_because")) if at("ended_because") else None,
    )


def holder(person: int | None, name: str | None) -> Holder | None:
    """Return who a row names, if it names anybody."""
    return None if person is None else Holder(PersonId(person), name or "")
