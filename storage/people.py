"""People who wrote to the desk."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Person, PersonId, UnitCode
from storage import schema
from storage.engine import insert

table = schema.people


class People:
    """The port `domain.ports.People` over SQL."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, person: PersonId) -> Person | None:
        return await self._one(select(table).where(table.c.id == person).with_for_update())

    async def look_at(self, person: PersonId) -> Person | None:
        return await self._one(select(table).where(table.c.id == person))

    async def reachable(self, people: Iterable[PersonId]) -> frozenset[PersonId]:
        known = select(table.c.id).where(table.c.id.in_(set(people)))
        query = known.where(table.c.started_at.is_not(None), table.c.unreachable_since.is_(None))
        return frozenset(map(PersonId, await self._connection.scalars(query)))

    async def _one(self, query: Select[Any]) -> Person | None:
        row = (await self._connection.execute(query)).mappings().one_or_none()
        if row is None:
            return None
        return Person(
            id=PersonId(row["id"]),
            name=row["name"],
            language=row["language"],
            language_chosen=row["language_chosen"],
            unit=UnitCode(row["unit"]) if row["unit"] else None,
            started_at=row["started_at"],
            unreachable_since=row["unreachable_since"],
        )

    async def save(self, person: Person) -> None:
        row = {
            "name": person.name,
            "language": person.language,
            "language_chosen": person.language_chosen,
            "unit": person.unit,
            "started_at": person.started_at,
            "unreachable_since": person.unreachable_since,
        }
        add = insert(self._connection, table).values(id=person.id, **row)
        await self._connection.execute(add.on_conflict_do_update(index_elements=[table.c.id], set_=row))
