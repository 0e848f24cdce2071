"""Links for neighbours for whom a case was raised."""

import secrets
from dataclasses import replace

from sqlalchemy import RowMapping, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.case import CaseId
from domain.cases.links import Link, LinkId, LinkState
from domain.people.person import PersonId
from storage import schema

table = schema.links
BYTES = 15


class Links:
    """The port `domain.ports.people.Links` over SQL."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, link: Link) -> Link:
        token = secrets.token_urlsafe(BYTES)
        row = {
            "token": token,
            "case_id": link.case,
            "made_by": link.made_by,
            "expires_at": link.expires_at,
            "state": link.state,
        }
        added = await self._connection.scalar(table.insert().values(row).returning(table.c.id))
        return replace(link, id=LinkId(int(added or 0)), token=token)

    async def get(self, link: LinkId) -> Link | None:
        return await self._one(table.c.id == link)

    async def with_token(self, token: str) -> Link | None:
        return await self._one(table.c.token == token)

    async def save(self, link: Link) -> None:
        changed = update(table).where(table.c.id == link.id).values(state=link.state, opened_by=link.opened_by)
        await self._connection.execute(changed)

    async def _one(self, which: object) -> Link | None:
        found = select(table).where(which).with_for_update()  # type: ignore[arg-type]
        row = (await self._connection.execute(found)).mappings().one_or_none()
        return None if row is None else _from_row(row)


def _from_row(row: RowMapping) -> Link:
    return Link(
        id=LinkId(row["id"]),
        token=row["token"],
        case=CaseId(row["case_id"]),
        made_by=PersonId(row["made_by"]),
        expires_at=row["expires_at"],
        state=LinkState(row["state"]),
        opened_by=PersonId(row["opened_by"]) if row["opened_by"] else None,
    )
