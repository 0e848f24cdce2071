"""The chained rows of history."""

import secrets
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import RowMapping, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.case import CaseId
from domain.people.person import PersonId
from domain.record.history import Event, EventId, Head, Payload, Row, chained
from storage import schema
from storage.engine import insert_in, later
from storage.looks import Looks

table = schema.history
head_table = schema.history_head
APPEND = later(table.insert())
ROW = select(table).where(table.c.id == bindparam("event"))
HEAD = select(head_table)
HOLD_HEAD = HEAD.with_for_update()


@cache
def _keep_head(dialect: str) -> Any:  # noqa: ANN401 - two classes with the same methods
    add = insert_in(dialect, head_table)
    head = {"count": add.excluded["count"], "hash": add.excluded.hash}
    return later(add.on_conflict_do_update(index_elements=[head_table.c.id], set_=head))


class RowUnreadable(Exception):
    """A row of history holds something that was never written there."""


class History:
    """The port `domain.ports.cases.History` over SQL. Writers queue for the head, so that the chain has one end."""

    def __init__(self, connection: AsyncConnection, looks: Looks) -> None:
        self._connection = connection
        self._looks = looks
        self._head: Head | None = None

    async def append(
        self, at: datetime, actor: PersonId, event: Event, payload: Payload, case: CaseId | None
    ) -> EventId:
        self._head = self._head or await self._take_head()
        row = chained(self._head, at, actor, event, payload, secrets.token_hex(16), case)
        columns = {
            "id": row.id,
            "at": row.at,
            "case_id": row.case,
            "actor": row.actor,
            "event": row.event,
            "payload": row.payload,
            "salt": row.salt,
            "digest": row.digest,
            "prev_hash": row.before,
            "hash": row.hash,
        }
        await self._connection.execute(APPEND, columns)
        self._head = Head(row.id, row.hash)
        return row.id

    async def get(self, event: EventId) -> Row | None:
        return await self._looks.at(("row", event), lambda: self._one(event))

    async def _one(self, event: EventId) -> Row | None:
        row = (await self._connection.execute(ROW, {"event": event})).mappings().one_or_none()
        return _from_row(row) if row else None

    async def of_case(self, case: CaseId, *events: Event) -> Sequence[Row]:
        of_these = [table.c.event.in_(events)] if events else []
        query = select(table).where(table.c.case_id == case, *of_these).order_by(table.c.id)
        return [_from_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def head(self) -> Head:
        if self._head:
            return self._head
        row = (await self._connection.execute(HEAD)).mappings().one_or_none()
        return Head(row["count"], row["hash"]) if row else Head()

    async def rows(self) -> AsyncIterator[Row]:
        """Yield the whole chain in the order of ids, without holding it in memory; only in a look at one moment.

        Raises:
            RowUnreadable: after the rows before it.
        """
        async with self._connection.stream(select(table).order_by(table.c.id)) as result:
            try:
                async for row in result.mappings():
                    yield _from_row(row)
            except (ValueError, TypeError) as error:
                raise RowUnreadable from error

    async def flush(self) -> None:
        """Note the new head; called once, before the unit of work is committed."""
        if self._head:
            row = {"id": 1, "count": self._head.count, "hash": self._head.hash}
            await self._connection.execute(_keep_head(self._connection.dialect.name), row)

    async def _take_head(self) -> Head:
        row = (await self._connection.execute(HOLD_HEAD)).mappings().one_or_none()
        return Head(row["count"], row["hash"]) if row else Head()


def _from_row(row: RowMapping) -> Row:
    return Row(
        id=EventId(row["id"]),
        at=row["at"],
        case=CaseId(row["case_id"]) if row["case_id"] is not None else None,
        actor=PersonId(row["actor"]),
        event=row["event"],
        payload=row["payload"],
        salt=row["salt"],
        digest=row["digest"],
        before=row["prev_hash"],
        hash=row["hash"],
    )
