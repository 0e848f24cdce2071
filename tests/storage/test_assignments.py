"""Assignments in the database: one responsible for each case, what has ended stays, a merged case shares its main's."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.calendars import ChineseCalendar
from bot.clock import MovableClock
from domain.cases.assignments import Assignment, Because, Holder, Settling
from domain.cases.case import Case, CaseId, State, Verb, close, move, reassign
from domain.cases.merging import merged_into, on_its_own, set_free
from domain.cases.policy import Policy
from domain.people.person import UnitCode
from storage.assignments import AssignmentEnded
from storage.engine import is_sqlite
from storage.unit_of_work import Storage
from tests.domain.ground import LI, MONDAY_TEN, WANG, a_case, due_in, town

pytestmark = pytest.mark.both_databases

COMMUNITY = UnitCode("ZN")
LATER = MONDAY_TEN + timedelta(hours=1)


@pytest.fixture(autouse=True)
async def imported(storage: Storage) -> None:
    async with storage.writing() as work:
        await work.units.replace_all(tuple(town().units.values()), work.now)


async def raised(storage: Storage, number: str = "MH2611_00001", state: State = State.SUBMITTED, **more: Any) -> Case:
    async with storage.writing() as work:
        return await work.cases.add(a_case(state, number=number, **more))


async def read(storage: Storage, case: CaseId) -> Case:
    async with storage.reading() as work:
        found = await work.cases.look_at(case)
    assert found
    return found


async def assignments_of(storage: Storage, case: CaseId) -> list[Assignment]:
    async with storage.reading() as work:
        return list(await work.cases.assignments_of(case))


async def merge(storage: Storage, case: Case, main: Case) -> None:
    """Let a case be worked on as one with another: its own assignment ends, and a membership begins."""
    async with storage.writing() as work:
        held = await work.cases.get(case.id)
        assert held
        await work.cases.save(merged_into(held, main, LATER))


async def run(storage: Storage, statement: Any) -> None:
    async with storage.engine.execution_options(writes=True).begin() as connection:
        await connection.execute(statement)


async def test_a_case_is_read_back_with_its_assignment_and_every_fact(storage: Storage) -> None:
    given = a_case(State.ACCEPTED).responsible
    given = given.missed_accept(LATER).accepted(Holder(WANG, "王建国"), LATER).reported(LATER).returned(LATER)
    given = given.missed_resolve(LATER).refused(LATER).transferred(LATER).given_back(LATER).settled(Settling.FINAL)
    given = replace(given, paused=timedelta(hours=2, microseconds=1), came_from=COMMUNITY)

    case = await raised(storage, responsible=given)

    assert replace(await read(storage, case.id), unreachable=False) == case
    assert await assignments_of(storage, case.id) == [given]


async def test_what_has_ended_stays_and_the_next_is_read_with_the_case(storage: Storage) -> None:
    case = await raised(storage)

    async with storage.writing() as work:
        held = await work.cases.get(case.id)
        assert held
        climbed = await work.cases.save(reassign(held, COMMUNITY, Because.BY_HAND, LATER))
        again = await work.cases.save(reassign(climbed, UnitCode("GHQ"), Because.OVERDUE, LATER))

    assert await read(storage, case.id) == again
    assert again.units_before == {"ZN-01", "ZN"}
    rows = await assignments_of(storage, case.id)
    assert [(row.unit, row.ended_because) for row in rows] == [
        ("ZN-01", Because.BY_HAND),
        ("ZN", Because.OVERDUE),
        ("GHQ", None),
    ]


async def test_the_units_that_a_unit_has_transferred_to_are_known_the_most_frequent_first(storage: Storage) -> None:
    for n, unit in enumerate(("ZN-02", "WY", "WY", "GHQ")):
        case = await raised(storage, f"MH2611_0000{n}")
        because = Because.TRANSFERRED if unit != "GHQ" else Because.OVERDUE
        async with storage.writing() as work:
            await work.cases.save(reassign(case, UnitCode(unit), because, LATER))

    async with storage.reading() as work:
        assert await work.cases.chosen_by(UnitCode("ZN-01"), 8) == ["WY", "ZN-02"]
        assert await work.cases.chosen_by(UnitCode("ZN-01"), 1) == ["WY"]
        assert await work.cases.chosen_by(UnitCode("WY"), 8) == []


async def test_a_case_that_has_ended_is_read_with_its_last_unit(storage: Storage) -> None:
    case = await raised(storage, state=State.RESOLVED)

    async with storage.writing() as work:
        ended = close(move(case, Verb.CONFIRM, LATER), Because.CONFIRMED, LATER)
        await work.cases.save(ended)

    assert (await read(storage, case.id)).responsible == ended.responsible
    async with storage.reading() as work:
        assert await work.cases.open_in([case.unit], 10) == []
        assert await work.cases.unfinished_in(case.unit) == []


async def test_the_database_refuses_a_second_responsible_assignment(storage: Storage) -> None:
    case = await raised(storage)
    second = reassign(case, COMMUNITY, Because.ASSIGNED, LATER)

    with pytest.raises(IntegrityError):
        async with storage.writing() as work:
            await work.cases.save(replace(second, ended=()))


async def test_what_has_ended_cannot_be_changed(storage: Storage) -> None:
    case = await raised(storage)
    async with storage.writing() as work:
        ended = await work.cases.save(close(move(case, Verb.WITHDRAW, LATER), Because.WITHDRAWN, LATER))

    with pytest.raises(AssignmentEnded):
        async with storage.writing() as work:
            await work.cases.save(replace(ended, responsible=ended.responsible.reported(LATER)))


async def test_a_merged_case_shares_the_assignment_of_its_main_case(storage: Storage) -> None:
    main, case = await raised(storage), await raised(storage, "MH2611_00002", resolve=due_in(days=9))
    own = case.responsible

    await merge(storage, case, main)

    merged = await read(storage, case.id)
    assert (merged.main, merged.responsible) == (main.id, main.responsible)
    async with storage.writing() as work:
        held = await work.cases.get(main.id)
        assert held
        moved = await work.cases.save(reassign(held, COMMUNITY, Because.ASSIGNED, LATER))
    assert (await read(storage, case.id)).responsible == moved.responsible
    assert await assignments_of(storage, case.id) == [own.over(Because.MERGED, LATER)]


async def test_a_unit_lists_the_main_case_alone_and_the_resident_each_of_their_own(storage: Storage) -> None:
    main, case = await raised(storage), await raised(storage, "MH2611_00002")
    await merge(storage, case, main)

    async with storage.reading() as work:
        assert [found.id for found in await work.cases.open_in([main.unit], 10)] == [main.id]
        assert await work.cases.count_open_in([main.unit]) == 1
        assert await work.cases.open_ids_in(main.unit) == [main.id]
        assert [found.id for found in await work.cases.open_of_resident(LI, 10)] == [case.id, main.id]


async def test_a_case_goes_on_by_itself_once_its_membership_has_ended(storage: Storage) -> None:
    main, case = await raised(storage), await raised(storage, "MH2611_00002")
    await merge(storage, case, main)

    async with storage.writing() as work:
        held = await work.cases.get(case.id)
        assert held
        own = on_its_own(held, town()[held.unit], Because.UNMERGED, LATER, Policy(), ChineseCalendar())
        alone = await work.cases.save(set_free(own, LATER))

    assert await read(storage, case.id) == alone
    assert [row.turn for row in await assignments_of(storage, case.id)] == [1, 2]
    assert (await read(storage, main.id)).responsible == main.responsible


async def test_a_case_belongs_to_one_main_case_at_a_time(storage: Storage) -> None:
    main, case = await raised(storage), await raised(storage, "MH2611_00002")
    await merge(storage, case, main)

    with pytest.raises(IntegrityError):
        await run(
            storage,
            text(
                "INSERT INTO memberships (case_id, turn, main_id, begun_at, resolve_warn_at, resolve_by)"
                " SELECT case_id, turn + 1, main_id, begun_at, resolve_warn_at, resolve_by FROM memberships"
            ),
        )


async def test_whoever_waited_for_a_case_finds_it_where_it_has_gone_meanwhile(
    storage: Storage, clock: MovableClock
) -> None:
    case = await raised(storage)
    moved = reassign(case, COMMUNITY, Because.ASSIGNED, clock.now())
    assert await found_after(storage, case, moved) == await read(storage, case.id)
    assert (await read(storage, case.id)).unit == COMMUNITY


async def test_whoever_waited_for_a_merged_case_finds_it_where_its_main_case_has_gone(
    storage: Storage, clock: MovableClock
) -> None:
    main, case, bigger = [await raised(storage, f"MH2611_0000{n}") for n in range(1, 4)]
    await merge(storage, case, main)
    found = await found_after(storage, case, reassign(main, COMMUNITY, Because.ASSIGNED, clock.now()))
    assert found
    assert found.unit == COMMUNITY

    main = await read(storage, main.id)
    found = await found_after(storage, case, merged_into(main, bigger, LATER), brings=True)
    assert found
    assert found.main == bigger.id
    assert found.responsible == bigger.responsible


async def test_what_somebody_else_holds_is_left_out_where_nobody_may_wait(storage: Storage) -> None:
    first, second = await raised(storage), await raised(storage, "MH2611_00002")
    async with storage.writing() as work:
        await work.cases.get(first.id)
        held = asyncio.create_task(held_if_free(storage, first, second))
        if is_sqlite(storage.engine.url):  # which has one writer
            await asyncio.sleep(0.1)
        else:
            assert await held == [second.number]
    if is_sqlite(storage.engine.url):
        assert await held == [first.number, second.number]


async def held_if_free(storage: Storage, *cases: Case) -> list[str]:
    async with storage.writing() as work:
        return [case.number for case in await work.cases.held_if_free([case.id for case in cases])]


async def found_after(storage: Storage, case: Case, saved: Case, *, brings: bool = False) -> Case | None:
    """Return a case as somebody holds it who wanted to while another saved one; `brings`: and what follows that."""

    async def look() -> Case | None:
        async with storage.writing() as work:
            return await work.cases.get(case.id)

    async with storage.writing() as work:
        await work.cases.get(saved.id)
        other = asyncio.create_task(look())
        await asyncio.sleep(0.2)  # PostgreSQL lets the other begin, and wait for the row
        if brings and saved.main:
            await work.memberships.move(saved.id, saved.main)
        await work.cases.save(saved)
    return await other


async def test_a_save_that_leaves_the_assignment_alone_is_one_statement(storage: Storage) -> None:
    case = await raised(storage)
    async with storage.writing() as work:
        held = await work.cases.get(case.id)
        assert held
        await work.cases.save(replace(held, urgent=True))
        await run_inside(work, f"UPDATE assignments SET returns = 7 WHERE case_id = {case.id}")
        held = await work.cases.get(case.id)
        assert held
        await work.cases.save(replace(held, nudged_at=LATER))

    assert (await read(storage, case.id)).responsible.returns == 7


async def run_inside(work: Any, statement: str) -> None:
    await work.cases._connection.execute(text(statement))
