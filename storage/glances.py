"""What the open cases of a unit are about, read without all else that belongs to a case."""

from collections.abc import Sequence

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.case import TO_BE_DONE, CaseId
from domain.cases.kinds import Kind
from domain.cases.likeness import READ_AT_MOST, Glance
from domain.people.person import PersonId, UnitCode
from storage import schema
from storage.assignments import IS_RESPONSIBLE

table = schema.cases
given = schema.assignments
memberships = schema.memberships
follower = table.alias("follower")
FOLLOWS = (
    exists()
    .where(memberships.c.main_id == table.c.id, memberships.c.ended_at.is_(None))
    .where(follower.c.id == memberships.c.case_id, follower.c.resident == bindparam("joining"))
)
NEWEST_OPEN = (
    select(
        table.c.id,
        table.c.number,
        table.c.kind,
        table.c.category,
        table.c.raised_in,
        table.c.address,
        func.substr(table.c.text, 1, READ_AT_MOST).label("text"),
        table.c.raised_at,
    )
    .join(given, given.c.case_id == table.c.id)
    .where(given.c.unit == bindparam("unit"), IS_RESPONSIBLE, given.c.ended_at.is_(None))
    .where(table.c.state.in_(sorted(TO_BE_DONE)), table.c.place_known)
    .order_by(given.c.case_id.desc())
    .limit(bindparam("most"))
)
TO_JOIN = NEWEST_OPEN.where(~table.c.urgent, table.c.resident != bindparam("joining"), ~FOLLOWS)


async def newest_open(
    connection: AsyncConnection, unit: UnitCode, limit: int, joining: PersonId | None
) -> Sequence[Glance]:
    """Return what the newest open cases of a unit are about: all, or those that somebody may join."""
    asked: dict[str, object] = {"unit": unit, "most": limit}
    query = NEWEST_OPEN if joining is None else TO_JOIN
    rows = await connection.execute(query, asked if joining is None else asked | {"joining": joining})
    return [
        Glance(
            case=CaseId(row["id"]),
            number=row["number"],
            kind=Kind(row["kind"]),
            category=row["category"],
            raised_in=UnitCode(row["raised_in"]),
            address=row["address"],
            text=row["text"],
            raised_at=row["raised_at"],
        )
        for row in rows.mappings()
    ]
