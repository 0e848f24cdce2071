"""What falls due, in the database: it acts once, and only once it is due."""

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from domain.cases.case import Case
from domain.cases.followups import Due, FollowUp
from storage.unit_of_work import Storage
from tests.domain.ground import MONDAY_TEN, a_case, town

pytestmark = pytest.mark.both_databases


@pytest.fixture
async def case(storage: Storage) -> Case:
    async with storage.writing() as work:
        await work.units.replace_all(tuple(town().units.values()), work.now)
        return await work.cases.add(a_case())


def missed(case: Case, minutes: int, turn: int = 1) -> FollowUp:
    return FollowUp(Due.ACCEPT_MISSED, MONDAY_TEN + timedelta(minutes=minutes), case.id, turn)


async def test_what_is_due_is_taken_once(storage: Storage, case: Case, clock: MovableClock) -> None:
    async with storage.writing() as work:
        await work.followups.plan([missed(case, 30)])
    clock.advance(timedelta(minutes=30))
    async with storage.writing() as work:
        (due,) = await work.followups.due(clock.now(), 10)
        taken = await work.followups.take(due, clock.now())
        assert taken
        assert (taken.what, taken.turn) == (Due.ACCEPT_MISSED, 1)
        assert await work.followups.take(due, clock.now()) is None


async def test_what_was_struck_out_acts_by_no_other_that_got_its_number(
    storage: Storage, case: Case, clock: MovableClock
) -> None:
    async with storage.writing() as work:
        await work.followups.plan([missed(case, 30)])
    clock.advance(timedelta(minutes=30))
    async with storage.writing() as work:
        (due,) = await work.followups.due(clock.now(), 10)
        await work.followups.cancel(case.id, [1])
        await work.followups.plan([missed(case, 60, turn=2)])

    async with storage.writing() as work:
        assert await work.followups.take(due, clock.now()) is None

    clock.advance(timedelta(minutes=30))
    async with storage.writing() as work:
        assert len(await work.followups.due(clock.now(), 10)) == 1
