"""What came from Telegram, raw, until it is handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, NewType

from sqlalchemy import BindParameter, ColumnElement, RowMapping, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.units import ChatId
from storage import schema
from storage.engine import INBOX_LOCK, insert, queue_up

UpdateId = NewType("UpdateId", int)
InboxId = NewType("InboxId", int)

table = schema.inbox
heads = schema.inbox_heads
ITEMS: BindParameter[Any] = bindparam("items", expanding=True)
FINISH = update(table).where(table.c.id.in_(ITEMS), table.c.done_at.is_(None)).values(done_at=bindparam("at"))
GONE = delete(heads).where(heads.c.item.in_(ITEMS)).returning(heads.c.chat)
KEPT_FOR = timedelta(days=3)
"""Telegram redelivers for a day; update ids start anew after a quiet week, so older ones must not absorb them."""
PARKED_FOR = timedelta(days=30)
"""So long there is for somebody to see in `minhu doctor` that an update was parked."""


@dataclass(frozen=True, slots=True)
class Received:
    """One update as it came."""

    update: UpdateId
    chat: ChatId
    raw: str
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be handled at once: one update, or those of an album, the last of which came at `since`."""

    chat: ChatId
    ids: tuple[InboxId, ...]
    raws: tuple[str, ...]
    since: datetime
    is_album: bool


class Inbox:
    """Updates in the order in which they came; the same update twice is kept once."""

    def __init__(self, connection: AsyncConnection, touched: set[str]) -> None:
        self._connection = connection
        self._touched = touched
        self._came: list[tuple[int, UpdateId]] = []
        self._went: list[InboxId] = []

    async def add(self, bot: int, received: Sequence[Received], now: datetime) -> None:
        """Keep a batch; an update that is there already is left alone."""
        if not received:
            return
        rows = [
            {
                "bot": bot,
                "update_id": item.update,
                "chat": item.chat,
                "album": item.album,
                "raw": item.raw,
                "received_at": now,
            }
            for item in received
        ]
        await self._connection.execute(insert(self._connection, table).on_conflict_do_nothing(), rows)
        self._touched.add("inbox")
        self._came += [(bot, item.update) for item in received]

    async def waiting(self, busy: Sequence[ChatId], limit: int) -> Sequence[Waiting]:
        """Return the oldest update of each chat that is not busy, together with the rest of its album."""
        query = select(table).join_from(heads, table, table.c.id == heads.c.item)
        if busy:
            query = query.where(heads.c.chat.not_in(busy))
        oldest = (await self._connection.execute(query.order_by(heads.c.item).limit(limit))).mappings().all()
        found = {row["chat"]: {row["id"]: row} for row in oldest}
        albums = {(row["chat"], row["album"]) for row in oldest if row["album"] is not None}
        if albums:
            parts = select(table).where(table.c.album.in_({album for _, album in albums}), table.c.done_at.is_(None))
            for row in (await self._connection.execute(parts)).mappings():
                if (row["chat"], row["album"]) in albums:
                    found[row["chat"]][row["id"]] = row
        return sorted((_waiting([*items.values()]) for items in found.values()), key=attrgetter("ids"))

    async def holds_since(self, moment: datetime) -> bool:
        """Whether something waits that was received by this moment."""
        old = select(table.c.received_at).where(table.c.done_at.is_(None), table.c.received_at <= moment).limit(1)
        return await self._connection.scalar(old) is not None

    async def finish(self, items: Sequence[InboxId], now: datetime) -> bool:
        """Mark updates as handled; False if that was done before."""
        self._went += items
        return (await self._connection.execute(FINISH, {"items": [*items], "at": now})).rowcount > 0

    async def fail(self, items: Sequence[InboxId], error: str) -> int:
        """Note that handling failed, and return how often it has by now."""
        failed = update(table).where(table.c.id.in_(items)).values(attempts=table.c.attempts + 1, error=error)
        return max(await self._connection.scalars(failed.returning(table.c.attempts)), default=0)

    async def split(self, items: Sequence[InboxId]) -> None:
        """Let the parts of an album be handled one by one, because together they fail."""
        await self._connection.execute(update(table).where(table.c.id.in_(items)).values(album=None, attempts=0))

    async def park(self, items: Sequence[InboxId], error: str, now: datetime) -> None:
        """Put updates aside that cannot be handled, for `minhu doctor` to show."""
        self._went += items
        aside = update(table).where(table.c.id.in_(items))
        await self._connection.execute(aside.values(error=error, parked_at=now, done_at=now))

    async def flush(self) -> None:
        """Bring the oldest update of each chat up to date, as the last thing in a unit of work."""
        if not self._came and not self._went:
            return
        await queue_up(self._connection, INBOX_LOCK)
        went = await self._connection.scalars(GONE, {"items": self._went}) if self._went else None
        for chat in went.all() if went else ():
            if await self._add_heads(1, table.c.chat == chat):
                self._touched.add("inbox")
        for bot, updates in groupby(sorted(self._came), itemgetter(0)):
            came = [update for _, update in updates]
            await self._add_heads(len(came), table.c.bot == bot, table.c.update_id.in_(came))
        self._came, self._went = [], []

    async def _add_heads(self, limit: int, *where: ColumnElement[bool]) -> bool:
        """Make the oldest of these updates the heads of chats that have none; True if there were any."""
        waiting = select(table.c.chat, table.c.id).where(table.c.done_at.is_(None), *where)
        oldest = waiting.order_by(table.c.id).limit(limit)
        add = insert(self._connection, heads).from_select(["chat", "item"], oldest)
        return (await self._connection.execute(add.on_conflict_do_nothing())).rowcount > 0

    async def counts(self) -> dict[str, int]:
        """Return how many updates wait and how many are parked."""
        waiting = select(func.count()).select_from(table).where(table.c.done_at.is_(None))
        parked = select(func.count()).select_from(table).where(table.c.parked_at.is_not(None))
        return {
            "waiting": int(await self._connection.scalar(waiting) or 0),
            "parked": int(await self._connection.scalar(parked) or 0),
        }

    async def purge(self, now: datetime) -> None:
        """Forget what was handled three days ago; what was parked stays a month, but gives its number free."""
        await self._connection.execute(delete(table).where(table.c.parked_at < now - PARKED_FOR))
        is_old = table.c.done_at < now - KEPT_FOR
        await self._connection.execute(delete(table).where(is_old, table.c.parked_at.is_(None)))
        await self._connection.execute(update(table).where(is_old).values(update_id=-table.c.id))

    async def parked_errors(self, limit: int) -> Sequence[str]:
        """Return the errors of the newest parked updates."""
        query = select(table.c.error).where(table.c.parked_at.is_not(None)).order_by(table.c.id.desc()).limit(limit)
        return [str(error) for error in await self._connection.scalars(query)]


def _waiting(unordered: Sequence[RowMapping]) -> Waiting:
    rows = sorted(unordered, key=itemgetter("id"))
    return Waiting(
        chat=ChatId(rows[0]["chat"]),
        ids=tuple(InboxId(row["id"]) for row in rows),
        raws=tuple(row["raw"] for row in rows),
        since=max(row["received_at"] for row in rows),
        is_album=rows[0]["album"] is not None,
    )
