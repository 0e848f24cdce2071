"""The way to SQLite: a transaction begins with its first statement, and whatever ends it leaves nothing held."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.clock import MovableClock
from domain.cases.drafts import Draft, DraftId
from domain.cases.kinds import Kind
from domain.cases.messages import MessageId, Part
from domain.organisation.units import ChatId
from storage.unit_of_work import Storage
from tests.databases import MIGRATED, Sqlite

PART = Part(ChatId(3001), MessageId(1), "路灯坏了")


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


@pytest.fixture
async def storage_in_a_file(sqlite: Sqlite, tmp_path: Path, clock: MovableClock) -> AsyncIterator[Storage]:
    with sqlite.copied(MIGRATED, tmp_path) as address:
        storage = Storage(address, clock.now)
        yield storage
        await storage.close()


async def test_who_writes_has_the_files_lock_from_the_first_statement_on(storage_in_a_file: Storage) -> None:
    storage = storage_in_a_file
    async with storage.writing() as work:
        await work.marks.get("a")
        async with storage.engine.connect() as other:
            await other.execute(text("PRAGMA busy_timeout = 0"))
            with pytest.raises(Exception, match="locked"):
                await other.execute(text("INSERT INTO marks VALUES ('a', 'b')"))


async def test_what_goes_along_with_the_next_statement_is_read_by_it(storage: Storage) -> None:
    async with storage.writing() as work:
        draft = await work.drafts.add(Draft(DraftId(0), (await work.people.add("李秀英")).id, Kind.COMPLAINT, work.now))
        await work.drafts.add_parts(draft.id, [PART])

        assert await work.drafts.parts_of(draft.id) == [PART]


async def test_what_goes_along_with_the_commit_and_fails_leaves_nothing(storage: Storage) -> None:
    async def work_on() -> None:
        async with storage.writing() as work:
            await work.marks.set("half", "done")
            await work.drafts.add_parts(DraftId(404), [PART])

    with pytest.raises(DBAPIError):
        await work_on()
    async with storage.writing() as work:
        assert await work.marks.get("half") is None
