"""The way to SQLite: a transaction begins with its first statement, and whatever ends it leaves nothing held."""

import asyncio

import pytest
from sqlalchemy import text

from storage.unit_of_work import Storage


async def test_work_that_is_called_off_in_the_middle_of_a_statement_holds_up_nobody(storage: Storage) -> None:
    async def work_on(begun: asyncio.Event) -> None:
        async with storage.writing() as work:
            begun.set()
            while True:
                await work.marks.set("half", "done")

    for _ in range(20):
        begun = asyncio.Event()
        working = asyncio.create_task(work_on(begun))
        await begun.wait()
        await asyncio.sleep(0)
        working.cancel()
        await asyncio.wait([working])
    async with storage.writing() as work:
        assert await work.marks.get("half") is None


async def test_work_that_asks_nothing_begins_nothing(storage: Storage) -> None:
    async with storage.writing():
        other = Storage(storage.engine.url.render_as_string(hide_password=False), storage._now)
        async with other.writing() as work:
            await work.marks.set("other", "done")
        await other.close()


async def test_who_writes_has_the_files_lock_from_the_first_statement_on(storage: Storage) -> None:
    async with storage.writing() as work:
        await work.marks.get("a")
        async with storage.engine.connect() as other:
            await other.execute(text("PRAGMA busy_timeout = 0"))
            with pytest.raises(Exception, match="locked"):
                await other.execute(text("INSERT INTO marks VALUES ('a', 'b')"))
