"""What came from Telegram, raw, until it is handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.units import ChatId
from storage import schema
from storage.engine import insert

UpdateId = NewType("UpdateId", int)
InboxId = NewType("InboxId", int)

table = schema.inbox
KEPT_FOR = timedelta(days=3)
"""Telegram redelivers for a day; update ids start anew after a quiet week, so older ones must not absorb them."""


@dataclass(frozen=True, slots=True)
class Received:
    """One update as it came."""

    update: UpdateId
    chat: ChatId
    raw: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One update that waits to be handled; `attempts` counts the times it failed."""

    id: InboxId
    chat: ChatId
    raw: str
    attempts: int


class Inbox:
    """Updates in the order in which they came; the same update twice is kept once."""

    def __init__(self, connection: AsyncConnection, touched: set[str]) -> None:
        self._connection = connection
        self._touched = touched

    async def add(self, bot: int, received: Sequence[Received], now: datetime) -> None:
        """Keep a batch; an update that is there already is left alone."""
        if not received:
            return
        rows = [
            {"bot": bot, "update_id": item.update, "chat": item.chat, "raw": item.raw, "received_at": now}
            for item in received
        ]
        await self._connection.execute(insert(self._connection, table).on_conflict_do_nothing(), rows)
        self._touched.add("inbox")

    async def waiting(self, busy: Sequence[ChatId], limit: int) -> Sequence[Waiting]:
        """Return the oldest update of each chat that is not busy."""
        first = select(func.min(table.c.id)).where(table.c.done_at.is_(None)).group_by(table.c.chat)
        if busy:
            first = first.where(table.c.chat.not_in(busy))
        query = select(table.c.id, table.c.chat, table.c.raw, table.c.attempts).where(table.c.id.in_(first))
        rows = await self._connection.execute(query.order_by(table.c.id).limit(limit))
        return [Waiting(*row) for row in rows]

    async def holds_since(self, moment: datetime) -> bool:
        """Whether something waits that was received by this moment."""
        old = select(table.c.id).where(table.c.done_at.is_(None), table.c.received_at <= moment).limit(1)
        return await self._connection.scalar(old) is not None

    async def finish(self, item: InboxId, now: datetime) -> bool:
        """Mark an update as handled; False if that was done before."""
        mark = update(table).where(table.c.id == item, table.c.done_at.is_(None)).values(done_at=now)
        return (await self._connection.execute(mark)).rowcount == 1

    async def fail(self, item: InboxId, error: str) -> int:
        """Note that handling failed, and return how often it has by now."""
        failed = update(table).where(table.c.id == item).values(attempts=table.c.attempts + 1, error=error)
        return int(await self._connection.scalar(failed.returning(table.c.attempts)) or 0)

    async def park(self, item: InboxId, error: str, now: datetime) -> None:
        """Put an update aside that cannot be handled, for `minhu doctor` to show."""
        aside = update(table).where(table.c.id == item)
        await self._connection.execute(aside.values(error=error, parked_at=now, done_at=now))

    async def counts(self) -> dict[str, int]:
        """Return how many updates wait and how many are parked."""
        waiting = select(func.count()).select_from(table).where(table.c.done_at.is_(None))
        parked = select(func.count()).select_from(table).where(table.c.parked_at.is_not(None))
        return {
            "waiting": int(await self._connection.scalar(waiting) or 0),
            "parked": int(await self._connection.scalar(parked) or 0),
        }

    async def purge(self, now: datetime) -> None:
        """Forget what was handled three days ago; parked updates stay, but give their number free."""
        is_old = table.c.done_at < now - KEPT_FOR
        await self._connection.execute(delete(table).where(is_old, table.c.parked_at.is_(None)))
        await self._connection.execute(update(table).where(is_old).values(update_id=-table.c.id))

    async def parked_errors(self, limit: int) -> Sequence[str]:
        """Return the errors of the newest parked updates."""
        query = select(table.c.error).where(table.c.parked_at.is_not(None)).order_by(table.c.id.desc()).limit(limit)
        return [str(error) for error in await self._connection.scalars(query)]
