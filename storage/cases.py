"""Cases in their table."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, func, select, update
from sqlalchemy import case as when
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases import BEING_WORKED_ON, OPEN, Case, CaseId, Holder, Rating, State, format_number
from domain.deadlines import Deadline
from domain.kinds import Kind
from domain.messages import Location
from domain.people import PersonId, UnitCode
from storage import schema
from storage.engine import insert

table = schema.cases
IS_OPEN = table.c.state.in_(sorted(OPEN))
DUE_AT = when((table.c.state == State.SUBMITTED, table.c.accept_by), else_=table.c.resolve_by)


class CaseChanged(Exception):
    """The case was changed since it was read: the guard against two at once."""


class Cases:
    """The port `domain.ports.Cases` over SQL."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, case_id: CaseId) -> Case | None:
        return await self._one(select(table).where(table.c.id == case_id).with_for_update())

    async def look_at(self, case_id: CaseId) -> Case | None:
        """Return the case without holding it."""
        return await self._one(select(table).where(table.c.id == case_id))

    async def numbered(self, number: str) -> Case | None:
        return await self._one(select(table).where(table.c.number == number).with_for_update())

    async def next_number(self, month: datetime) -> str:
        counter = schema.counters
        add = insert(self._connection, counter).values(name=f"cases {month:%Y-%m}", value=1)
        add = add.on_conflict_do_update(index_elements=[counter.c.name], set_={"value": counter.c.value + 1})
        count = await self._connection.scalar(add.returning(counter.c.value))
        return format_number(month, int(count))

    async def add(self, new: Case) -> Case:
        row = _to_row(new)
        del row["id"]
        result = await self._connection.execute(table.insert().values(row).returning(table))
        return _from_row(result.mappings().one())

    async def save(self, case: Case) -> Case:
        saved = replace(case, version=case.version + 1)
        guarded = update(table).where(table.c.id == case.id, table.c.version == case.version).values(_to_row(saved))
        if (await self._connection.execute(guarded)).rowcount != 1:
            raise CaseChanged(case.id)
        return saved

    async def of_resident(self, resident: PersonId, limit: int, offset: int = 0) -> Sequence[Case]:
        mine = select(table).where(table.c.resident == resident)
        return await self._many(mine.order_by(IS_OPEN.desc(), table.c.id.desc()).limit(limit).offset(offset))

    async def count_of_resident(self, resident: PersonId) -> int:
        return await self._count(select(func.count()).where(table.c.resident == resident))

    async def open_of_resident(self, resident: PersonId, limit: int, offset: int = 0) -> Sequence[Case]:
        mine = select(table).where(table.c.resident == resident, IS_OPEN)
        waiting_first = (table.c.state == State.WAITING).desc()
        return await self._many(mine.order_by(waiting_first, table.c.id.desc()).limit(limit).offset(offset))

    async def count_open_of_resident(self, resident: PersonId) -> int:
        return await self._count(select(func.count()).where(table.c.resident == resident, IS_OPEN))

    async def unfinished_of_resident(self, resident: PersonId) -> Sequence[Case]:
        unfinished = select(table).where(table.c.resident == resident, table.c.closed_at.is_(None))
        return await self._many(unfinished.order_by(table.c.id).with_for_update())

    async def open_in(self, units: Sequence[UnitCode] | None, limit: int, offset: int = 0) -> Sequence[Case]:
        found = select(table).where(*_open_in(units))
        return await self._many(found.order_by(table.c.urgent.desc(), DUE_AT, table.c.id).limit(limit).offset(offset))

    async def open_ids_in(self, unit: UnitCode) -> Sequence[CaseId]:
        found = select(table.c.id).where(*_open_in([unit])).order_by(table.c.urgent.desc(), DUE_AT, table.c.id)
        return [CaseId(case) for case in await self._connection.scalars(found)]

    async def count_open_in(self, units: Sequence[UnitCode] | None) -> int:
        return await self._count(select(func.count()).select_from(table).where(*_open_in(units)))

    async def unfinished_in(self, unit: UnitCode) -> Sequence[Case]:
        unfinished = select(table).where(table.c.unit == unit, table.c.closed_at.is_(None))
        return await self._many(unfinished.order_by(table.c.id).with_for_update())

    async def orphaned(self) -> Sequence[Case]:
        members = schema.members
        owner_is_there = select(members).where(members.c.unit == table.c.unit, members.c.person == table.c.owner)
        found = select(table).where(table.c.state.in_(sorted(BEING_WORKED_ON)), ~owner_is_there.exists())
        return await self._many(found.order_by(table.c.id).with_for_update())

    async def submitted_in(self, unit: UnitCode) -> Sequence[Case]:
        found = select(table).where(table.c.unit == unit, table.c.state == State.SUBMITTED)
        return await self._many(found.order_by(table.c.id).with_for_update())

    async def _one(self, query: Select[Any]) -> Case | None:
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return _from_row(row) if row else None

    async def _many(self, query: Select[Any]) -> Sequence[Case]:
        return [_from_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def _count(self, query: Select[Any]) -> int:
        return int(await self._connection.scalar(query) or 0)


def _open_in(units: Sequence[UnitCode] | None) -> list[Any]:
    return [IS_OPEN] if units is None else [IS_OPEN, table.c.unit.in_(units)]


def _to_row(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "kind": case.kind,
        "state": case.state,
        "unit": case.unit,
        "raised_in": case.raised_in,
        "text": case.text,
        "address": case.address,
        "latitude": case.location.latitude if case.location else None,
        "longitude": case.location.longitude if case.location else None,
        "resident": case.resident,
        "resident_name": case.resident_name,
        "anonymous": case.anonymous,
        "urgent": case.urgent,
        "raised_at": case.raised_at,
        "state_since": case.state_since,
        "unit_since": case.unit_since,
        "units_before": list(case.units_before),
        "accept_warn_at": case.accept.warn_at,
        "accept_by": case.accept.due_at,
        "resolve_warn_at": case.resolve.warn_at,
        "resolve_by": case.resolve.due_at,
        "first_owner": case.first_owner.person if case.first_owner else None,
        "first_owner_name": case.first_owner.name if case.first_owner else None,
        "owner": case.owner.person if case.owner else None,
        "owner_name": case.owner.name if case.owner else None,
        "returns": case.returns,
        "resolved_at": case.resolved_at,
        "overdue_at": case.overdue_at,
        "nudged_at": case.nudged_at,
        "closed_at": case.closed_at,
        "rating": case.rating,
        "version": case.version,
    }


def _from_row(row: RowMapping) -> Case:
    return Case(
        id=CaseId(row["id"]),
        number=row["number"],
        kind=Kind(row["kind"]),
        state=State(row["state"]),
        unit=UnitCode(row["unit"]),
        raised_in=UnitCode(row["raised_in"]),
        text=row["text"],
        address=row["address"],
        location=None if row["latitude"] is None else Location(row["latitude"], row["longitude"]),
        resident=PersonId(row["resident"]),
        resident_name=row["resident_name"],
        anonymous=row["anonymous"],
        urgent=row["urgent"],
        raised_at=row["raised_at"],
        state_since=row["state_since"],
        unit_since=row["unit_since"],
        units_before=tuple(UnitCode(unit) for unit in row["units_before"] or ()),
        accept=Deadline(row["accept_warn_at"], row["accept_by"]),
        resolve=Deadline(row["resolve_warn_at"], row["resolve_by"]),
        first_owner=_holder(row["first_owner"], row["first_owner_name"]),
        owner=_holder(row["owner"], row["owner_name"]),
        returns=row["returns"],
        resolved_at=row["resolved_at"],
        overdue_at=row["overdue_at"],
        nudged_at=row["nudged_at"],
        closed_at=row["closed_at"],
        rating=Rating(row["rating"]) if row["rating"] else None,
        version=row["version"],
    )


def _holder(person: int | None, name: str | None) -> Holder | None:
    return None if person is None else Holder(PersonId(person), name or "")
