"""How long one look into inbox and outbox takes at 1,000 and at 100,000 waiting, on both databases.

Run as `.venv/bin/python -m bench.queues`. Times are the best of several, in milliseconds.
"""

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from sqlalchemy import text

from bot.clock import SystemClock
from domain.letters.contents import News
from domain.letters.letter import Addressee, Letter, Priority, to_person, to_unit
from domain.organisation.units import ChatId
from domain.people.person import PersonId, UnitCode
from domain.record.history import EventId
from storage import migrations
from storage.inbox import Received, UpdateId
from storage.unit_of_work import Storage, UnitOfWork
from tests.databases import EMPTY, Postgres

SIZES = (1_000, 100_000)
LOOKED_AT = 64
TIMES = 15
BOT = 1000
GRID = to_unit(UnitCode("ZN-01"))
Look = Callable[[UnitOfWork], Awaitable[object]]


async def fill(storage: Storage, first: int, last: int) -> None:
    """Let half of the letters and updates wait for one group, and half for a person each."""
    async with storage.writing() as work:
        people: Sequence[Addressee] = [to_person(PersonId(n + 1)) if n % 2 else GRID for n in range(first, last)]
        await work.outbox.post(*(Letter(to, News(EventId(1)), Priority.NEWS) for to in people))
        updates = [Received(UpdateId(n), ChatId(n + 1 if n % 2 else -1), "{}") for n in range(first, last)]
        await work.inbox.add(BOT, updates, work.now)


async def measure(storage: Storage, look: Look, *, writes: bool = False) -> float:
    """Return how many milliseconds one unit of work takes that does only this."""
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        async with storage.writing() if writes else storage.reading() as work:
            await look(work)
        took.append((time.perf_counter() - start) * 1000)
    return min(took)


async def handle_one(work: UnitOfWork) -> None:
    """Bring one letter and one update to their ends."""
    (letter,) = await work.outbox.sendable([], 1)
    await work.outbox.end(letter, "sent")
    (item,) = await work.inbox.waiting([], 1)
    await work.inbox.finish(item.ids, work.now)


async def look_around(database: str, url: str) -> None:
    """Print the figures of one database, a line for each number of letters and updates that wait."""
    storage = Storage(url, SystemClock().now)
    await migrations.upgrade(storage.engine)
    looks: Sequence[tuple[str, Look, bool]] = (
        ("sendable", lambda work: work.outbox.sendable([GRID], LOOKED_AT), False),
        ("unannounced", lambda work: work.outbox.unannounced([GRID], LOOKED_AT), False),
        ("next_at", lambda work: work.outbox.next_at(), False),
        ("inbox.waiting", lambda work: work.inbox.waiting([ChatId(-1)], LOOKED_AT), False),
        ("inbox.holds_since", lambda work: work.inbox.holds_since(work.now), False),
        ("post one", lambda work: work.outbox.post(Letter(GRID, News(EventId(1)), Priority.NEWS)), True),
        ("end one of each", handle_one, True),
        ("outbox.counts", lambda work: work.outbox.counts(), False),
        ("inbox.counts", lambda work: work.inbox.counts(), False),
    )
    waiting = 0
    for size in SIZES:
        for start in range(waiting, size, 1000):
            await fill(storage, start, min(start + 1000, size))
        waiting = size
        async with storage.engine.execution_options(writes=True).begin() as connection:
            await connection.execute(text("ANALYZE"))  # PostgreSQL does so by itself, a minute later
        figures = [f"{name} {await measure(storage, look, writes=writes):.1f}" for name, look, writes in looks]
        sys.stdout.write(f"{database:10} {size:7,} waiting   {'   '.join(figures)}\n")
        sys.stdout.flush()
    await storage.close()


def main() -> None:
    """Measure both databases."""
    folder = Path(tempfile.mkdtemp(prefix="bench"))
    postgres = Postgres(folder / "pg")
    try:
        asyncio.run(look_around("sqlite", f"sqlite:///{folder}/minhu.db"))
        with postgres.copied(EMPTY, folder) as url:
            asyncio.run(look_around("postgresql", url))
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
