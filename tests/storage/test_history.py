"""History in its table: one chain, whoever writes and however many at once, and whole whenever it is read."""

import asyncio

import pytest

from domain.cases.case import CaseId
from domain.people.person import PersonId
from domain.record.history import Event, Fault, Head, Verification
from storage.engine import is_sqlite
from storage.unit_of_work import Storage
from tests.domain.ground import LI, MONDAY_TEN, WANG

pytestmark = pytest.mark.both_databases


async def write(storage: Storage, *words: str, case: CaseId | None = None) -> None:
    async with storage.writing() as work:
        for text in words:
            await work.history.append(work.now, WANG, Event.PROGRESS_TOLD, {"text": text}, case)


async def verify(storage: Storage) -> tuple[Fault | None, Head]:
    chain = Verification()
    async with storage.reading(at_once=True) as work:
        async for row in work.history.rows():
            chain.feed([row])
        return chain.finish(await work.history.head()), chain.head


async def test_a_new_history_is_empty_and_whole(storage: Storage) -> None:
    assert await verify(storage) == (None, Head())


async def test_those_who_have_begun_before_there_was_a_first_row_make_one_chain(storage: Storage) -> None:
    writers = 1 if is_sqlite(storage.engine.url) else 8
    all_have_begun = asyncio.Barrier(writers)

    async def begin() -> None:
        async with storage.writing() as work:
            await all_have_begun.wait()
            await work.history.append(work.now, WANG, Event.PROGRESS_TOLD, {}, None)

    await asyncio.gather(*(begin() for _ in range(writers)))

    fault, head = await verify(storage)
    assert fault is None
    assert head.count == writers


async def test_forty_who_write_at_once_make_one_chain(storage: Storage) -> None:
    await asyncio.gather(*(write(storage, f"第{number}条", "再一条") for number in range(40)))

    fault, head = await verify(storage)

    assert fault is None
    assert head.count == 80


async def test_work_that_fails_leaves_no_gap(storage: Storage) -> None:
    await write(storage, "一")
    with pytest.raises(TypeError):
        await write(storage, "二", object())  # type: ignore[arg-type]
    await write(storage, "二")

    fault, head = await verify(storage)

    assert fault is None
    assert head.count == 2


async def test_rows_written_while_it_is_verified_are_no_fault(storage: Storage) -> None:
    await write(storage, "一", "二", "三")
    chain = Verification()

    async with storage.reading(at_once=True) as work:
        async for row in work.history.rows():
            chain.feed([row])
            if row.id == 2:
                await write(storage, "四")
        fault = chain.finish(await work.history.head())

    assert fault is None
    assert chain.head.count == 3


async def test_a_row_is_read_back_as_it_was_written(storage: Storage) -> None:
    told = {"text": "换灯 🏠\u2028\\n\"'%", "files": 2, "location": [106.825, 27.535], "inside": False, "of": None}
    async with storage.writing() as work:
        event = await work.history.append(MONDAY_TEN, LI, Event.CASE_RAISED, told, CaseId(7))

    async with storage.reading() as work:
        row = await work.history.get(event)

    assert row
    assert row.told == told
    assert (row.at, row.case, row.actor, row.event) == (MONDAY_TEN, 7, LI, Event.CASE_RAISED)


async def test_the_file_of_a_case_holds_its_own_rows_in_order(storage: Storage) -> None:
    await write(storage, "一", case=CaseId(1))
    await write(storage, "别的", case=CaseId(2))
    await write(storage, "谁都不是")
    await write(storage, "二", "三", case=CaseId(1))

    async with storage.reading() as work:
        rows = await work.history.of_case(CaseId(1))

    assert [row.told["text"] for row in rows] == ["一", "二", "三"]
    assert {row.actor for row in rows} == {PersonId(WANG)}
