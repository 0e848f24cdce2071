"""What came from Telegram, raw, until it is handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any, NewType

from sqlalchemy import ColumnElement, RowMapping, bindparam, delete, func, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.units import ChatId
from storage import schema
from storage.engine import INBOX_LOCK, insert_in, later, queue_up

UpdateId = NewType("UpdateId", int)
InboxId = NewType("InboxId", int)

table = schema.inbox
heads = schema.inbox_heads
ADD_HEAD = later(heads.insert())
FINISH = update(table).where(table.c.id == bindparam("this"), table.c.done_at.is_(None)).values(done_at=bindparam("at"))
OF_HEAD: ColumnElement[int] = literal_column("inbox_heads.chat")  # a column of ours would stand there without its table
NEXT = select(func.min(table.c.id)).where(table.c.chat == OF_HEAD, table.c.done_at.is_(None)).scalar_subquery()
GONE = delete(heads).where(heads.c.item == bindparam("this")).returning(heads.c.chat, NEXT)
OLDEST = (
    select(table).join_from(heads, table, table.c.id == heads.c.item).order_by(heads.c.item).limit(bindparam("most"))
)
OLDEST_BUT = OLDEST.where(heads.c.chat.not_in(bindparam("busy", expanding=True)))
RECEIVED_BY = (
    select(table.c.received_at).where(table.c.done_at.is_(None), table.c.received_at <= bindparam("by")).limit(1)
)
WAITING = select(func.count()).select_from(table).where(table.c.done_at.is_(None))
PARKED = select(func.count()).select_from(table).where(table.c.parked_at.is_not(None))
KEPT_FOR = timedelta(days=3)
"""Telegram redelivers for a day; update ids start anew after a quiet week, so older ones must not absorb them."""
PARKED_FOR = timedelta(days=30)
"""So long there is for somebody to see in `minhu doctor` that an update was parked."""


@cache
def _add(dialect: str) -> Any:  # noqa: ANN401 - two classes with the same methods
    return later(insert_in(dialect, table).on_conflict_do_nothing())


@cache
def _add_heads(dialect: str) -> Any:  # noqa: ANN401
    came = (table.c.bot == bindparam("of"), table.c.update_id == bindparam("update"), table.c.done_at.is_(None))
    add = insert_in(dialect, heads).from_select(["chat", "item"], select(table.c.chat, table.c.id).where(*came))
    return later(add.on_conflict_do_nothing())


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
        self._came: list[dict[str, int]] = []
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
        await self._connection.execute(_add(self._connection.dialect.name), rows)
        self._touched.add("inbox")
        self._came += [{"of": bot, "update": item.update} for item in received]

    async def waiting(self, busy: Sequence[ChatId], limit: int) -> Sequence[Waiting]:
        """Return the oldest update of each chat that is not busy, together with the rest of its album."""
        first, but = (OLDEST_BUT, {"busy": [*busy]}) if busy else (OLDEST, {})
        oldest = (await self._connection.execute(first, {"most": limit, **but})).mappings().all()
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
        return await self._connection.scalar(RECEIVED_BY, {"by": moment}) is not None

    async def finish(self, items: Sequence[InboxId], now: datetime) -> bool:
        """Mark updates as handled; False if that was done before."""
        self._went += items
        done = [await self._connection.execute(FINISH, {"this": item, "at": now}) for item in items]
        return any(result.rowcount for result in done)

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
        for item in self._went:
            for chat, following in await self._connection.execute(GONE, {"this": item}):
                if following is not None:
                    await self._connection.execute(ADD_HEAD, {"chat": chat, "item": following})
                    self._touched.add("inbox")
        if self._came:
            await self._connection.execute(_add_heads(self._connection.dialect.name), self._came)
        self._came, self._went = [], []

    async def counts(self) -> dict[str, int]:
        """Return how many updates wait and how many are parked."""
        return {
            "waiting": int(await self._connection.scalar(WAITING) or 0),
            "parked": int(await self._connection.scalar(PARKED) or 0),
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
