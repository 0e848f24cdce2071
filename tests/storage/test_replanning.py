"""Planning anew after the policy has changed: in batches, on from where a killed one ended, and nothing twice."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.atlas import ShapelyAtlas
from bot.clock import MovableClock
from bot.desks import Desks
from domain.cases.case import Case, State
from domain.cases.followups import Due, FollowUp, FollowUpId
from domain.cases.policy import Policy, hours
from domain.desk.office.replan import AT_ONCE, replan
from domain.desk.parts.context import Rules
from storage.unit_of_work import Storage
from tests.domain.ground import MONDAY_TEN, Weekdays, a_case, town

pytestmark = pytest.mark.both_databases

NEW = Policy(worker_reminders=(hours(2),))
FIRST = MONDAY_TEN + timedelta(hours=4)
ANEW = MONDAY_TEN + timedelta(hours=2)


@pytest.fixture
async def case(storage: Storage) -> Case:
    """Return a case of which far more waits than one batch takes, and one thing that is due already."""
    async with storage.writing() as work:
        await work.units.replace_all(tuple(town().units.values()), work.now)
        case = await work.cases.add(a_case(State.ACCEPTED))
        reminder = FollowUp(Due.WORKER_REMINDER, FIRST, case.id, 1)
        await work.followups.plan([replace(reminder, due_at=MONDAY_TEN), *[reminder] * (2 * AT_ONCE)])
        return case


@pytest.mark.usefixtures("case")
async def test_what_this_version_does_not_know_is_passed_over(storage: Storage, clock: MovableClock) -> None:
    async with storage.engine.execution_options(writes=True).begin() as connection:
        await connection.execute(text("UPDATE followups SET what = 'unheard_of' WHERE id = 2"))
    while not await batch(storage, clock, "new"):
        pass

    assert await moments(storage) == [MONDAY_TEN, *[ANEW] * (2 * AT_ONCE - 1)]


async def moments(storage: Storage) -> list[datetime]:
    async with storage.reading() as work:
        return [row.due_at for row in await work.followups.waiting_after(FollowUpId(0), 10 * AT_ONCE)]


async def batch(storage: Storage, clock: MovableClock, rules: str, policy: Policy = NEW) -> bool:
    """Plan one batch anew, as a process does that has just started."""
    desks = Desks(storage, Rules(policy, Weekdays(), ShapelyAtlas()), clock)
    async with desks.writing() as (desk, _):
        return await replan(desk, rules)


@pytest.mark.usefixtures("case")
async def test_each_batch_goes_on_where_the_last_one_ended(storage: Storage, clock: MovableClock) -> None:
    assert not await batch(storage, clock, "new")
    assert (await moments(storage)).count(ANEW) == AT_ONCE - 1
    while not await batch(storage, clock, "new"):
        pass

    assert await moments(storage) == [MONDAY_TEN, *[ANEW] * (2 * AT_ONCE)]


@pytest.mark.usefixtures("case")
async def test_a_policy_that_changes_again_in_the_middle_begins_anew(storage: Storage, clock: MovableClock) -> None:
    assert not await batch(storage, clock, "new")
    while not await batch(storage, clock, "old", Policy()):
        pass

    assert await moments(storage) == [MONDAY_TEN, *[FIRST] * (2 * AT_ONCE)]
