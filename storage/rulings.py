"""What people asked for, and what others decided."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import RowMapping, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.case import CaseId
from domain.people.person import PersonId, UnitCode
from domain.record.history import EventId
from domain.rights.rulings import Matter, Outcome, Ruling, RulingId
from storage import schema

table = schema.rulings
IS_OPEN = table.c.outcome.is_(None)


class Rulings:
    """The port `domain.ports.rulings.Rulings` over SQL."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, ruling: Ruling) -> Ruling:
        row = _to_row(ruling)
        del row["id"]
        added = await self._connection.scalar(table.insert().values(row).returning(table.c.id))
        return replace(ruling, id=RulingId(int(added or 0)))

    async def decide(self, ruling: Ruling) -> bool:
        changed = update(table).where(table.c.id == ruling.id, IS_OPEN).values(_to_row(ruling))
        return (await self._connection.execute(changed)).rowcount == 1

    async def open_about(self, case: CaseId, matter: Matter) -> Ruling | None:
        found = select(table).where(table.c.case_id == case, table.c.matter == matter, IS_OPEN).with_for_update()
        row = (await self._connection.execute(found)).mappings().one_or_none()
        return None if row is None else _from_row(row)

    async def about(self, case: CaseId) -> Sequence[Ruling]:
        found = select(table).where(table.c.case_id == case).order_by(table.c.id)
        return [_from_row(row) for row in (await self._connection.execute(found)).mappings()]


def _to_row(ruling: Ruling) -> dict[str, Any]:
    return {
        "id": ruling.id,
        "matter": ruling.matter,
        "case_id": ruling.case,
        "unit": ruling.unit,
        "asked_by": ruling.asked_by,
        "asked_at": ruling.asked_at,
        "asked_in": ruling.asked_in,
        "due_at": ruling.due_at,
        "until": ruling.until,
        "outcome": ruling.outcome,
        "decided_by": ruling.decided_by,
        "decided_at": ruling.decided_at,
        "decided_in": ruling.decided_in,
    }


def _from_row(row: RowMapping) -> Ruling:
    return Ruling(
        matter=Matter(row["matter"]),
        case=CaseId(row["case_id"]),
        unit=UnitCode(row["unit"]) if row["unit"] else None,
        asked_by=PersonId(row["asked_by"]),
        asked_at=row["asked_at"],
        asked_in=EventId(row["asked_in"]),
        due_at=row["due_at"],
        until=row["until"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        decided_by=None if row["decided_by"] is None else PersonId(row["decided_by"]),
        decided_at=row["decided_at"],
        decided_in=None if row["decided_in"] is None else EventId(row["decided_in"]),
        id=RulingId(row["id"]),
    )
