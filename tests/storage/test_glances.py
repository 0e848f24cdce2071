"""What is read of a unit's open cases where something else may be about the same."""

from typing import Any

import pytest

from domain.cases.case import State
from domain.cases.likeness import READ_AT_MOST
from domain.cases.merging import merged_into
from domain.people.person import PersonId, UnitCode
from storage.unit_of_work import Storage
from tests.domain.ground import LI, MONDAY_TEN, a_case, town

pytestmark = pytest.mark.both_databases

GRID = UnitCode("ZN-01")


@pytest.fixture(autouse=True)
async def imported(storage: Storage) -> None:
    async with storage.writing() as work:
        await work.units.replace_all(tuple(town().units.values()), work.now)


async def raised(storage: Storage, count: int, state: State = State.SUBMITTED, **more: Any) -> str:
    async with storage.writing() as work:
        return (await work.cases.add(a_case(state, number=f"MH2611_{count:05d}", **more))).number


async def looked_at(storage: Storage, limit: int = 10, joining: PersonId | None = None) -> list[str]:
    async with storage.reading() as work:
        return [one.number for one in await work.cases.glance_at_newest(GRID, limit, joining)]


async def test_the_newest_cases_to_be_done_are_looked_at_and_no_others(storage: Storage) -> None:
    first, second = await raised(storage, 1), await raised(storage, 2, State.ACCEPTED)
    await raised(storage, 3, State.RESOLVED)
    await raised(storage, 4, State.WITHDRAWN, closed_at=MONDAY_TEN)
    await raised(storage, 5, unit=UnitCode("ZN-02"))
    await raised(storage, 6, place_known=False)

    assert await looked_at(storage) == [second, first]
    assert await looked_at(storage, limit=1) == [second]


async def test_somebody_may_join_neither_a_case_of_their_own_nor_danger(storage: Storage) -> None:
    of_li = await raised(storage, 1)
    of_another = await raised(storage, 2, resident=PersonId(3002))
    urgent = await raised(storage, 3, resident=PersonId(3003), urgent=True)

    assert await looked_at(storage) == [urgent, of_another, of_li]

    assert await looked_at(storage, joining=LI) == [of_another]
    assert await looked_at(storage, joining=PersonId(3002)) == [of_li]


async def test_of_a_long_text_the_beginning_is_read(storage: Storage) -> None:
    await raised(storage, 1, text="路灯坏了" * 3_000)

    async with storage.reading() as work:
        assert [len(one.text) for one in await work.cases.glance_at_newest(GRID, 10)] == [READ_AT_MOST]


async def test_a_main_case_is_looked_at_for_its_followers_but_for_their_residents(storage: Storage) -> None:
    main, follower = await raised(storage, 1), await raised(storage, 2, resident=PersonId(3002))
    async with storage.writing() as work:
        held, case = await work.cases.numbered(main), await work.cases.numbered(follower)
        assert held
        assert case
        await work.cases.save(merged_into(case, held, MONDAY_TEN))

    assert await looked_at(storage) == [main]
    assert await looked_at(storage, joining=PersonId(3003)) == [main]
    assert await looked_at(storage, joining=PersonId(3002)) == []
