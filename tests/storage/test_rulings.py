"""Rulings in the database: one open of each matter for a case, and what was decided stays."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.cases.case import Case
from domain.people.person import DESK, UnitCode
from domain.record.history import EventId
from domain.rights.rulings import Matter, Outcome, Ruling
from storage.unit_of_work import Storage
from tests.domain.ground import LIU, MONDAY_TEN, ZHOU, a_case, town

pytestmark = pytest.mark.both_databases

LATER = MONDAY_TEN + timedelta(minutes=30)


@pytest.fixture
async def case(storage: Storage) -> Case:
    async with storage.writing() as work:
        await work.units.replace_all(tuple(town().units.values()), work.now)
        return await work.cases.add(a_case())


async def asked(storage: Storage, case: Case) -> Ruling:
    ruling = Ruling(Matter.SETTLEMENT, case.id, UnitCode("ZN"), LIU, MONDAY_TEN, EventId(7), due_at=LATER)
    async with storage.writing() as work:
        return await work.rulings.ask(ruling)


async def decide(storage: Storage, ruling: Ruling, outcome: Outcome) -> bool:
    async with storage.writing() as work:
        return await work.rulings.decide(ruling.decided(outcome, ZHOU, EventId(8), LATER))


async def test_what_was_asked_is_read_back_until_it_is_decided(storage: Storage, case: Case) -> None:
    ruling = await asked(storage, case)
    async with storage.writing() as work:
        assert await work.rulings.open_about(case.id, Matter.SETTLEMENT) == ruling

    assert await decide(storage, ruling, Outcome.GRANTED)

    async with storage.writing() as work:
        assert await work.rulings.open_about(case.id, Matter.SETTLEMENT) is None
        assert await work.rulings.about(case.id) == [ruling.decided(Outcome.GRANTED, ZHOU, EventId(8), LATER)]


async def test_of_two_who_decide_the_first_counts(storage: Storage, case: Case) -> None:
    ruling = await asked(storage, case)

    assert await decide(storage, ruling, Outcome.GRANTED)
    assert not await decide(storage, ruling, Outcome.PASSED_UP)

    async with storage.reading() as work:
        assert [row.outcome for row in await work.rulings.about(case.id)] == [Outcome.GRANTED]


async def test_of_one_matter_a_case_has_one_ruling_open(storage: Storage, case: Case) -> None:
    await asked(storage, case)

    with pytest.raises(IntegrityError):
        await asked(storage, case)


async def test_the_next_may_be_asked_once_silence_has_decided(storage: Storage, case: Case) -> None:
    ruling = await asked(storage, case)
    async with storage.writing() as work:
        await work.rulings.decide(ruling.decided(Outcome.PASSED_UP, DESK.id, EventId(9), LATER))

    await asked(storage, case)

    async with storage.reading() as work:
        assert [row.is_open for row in await work.rulings.about(case.id)] == [False, True]
