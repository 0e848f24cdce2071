"""Lanes: which letter to each addressee goes next, whatever happens meanwhile."""

import asyncio
import random
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.clock import MovableClock
from domain.letters.contents import CaseCard, Content, Digest, LetterId, Media, News
from domain.letters.letter import Letter, Priority, to_chat, to_person
from domain.organisation.units import Chat, ChatId
from domain.record.history import EventId
from storage.unit_of_work import Storage
from tests.domain.ground import LI
from tests.storage.letters import GRID, end, keep_cases, news, numbers_sent, post, said, sendable

pytestmark = pytest.mark.both_databases


async def test_each_case_has_its_turn_and_of_one_case_all_stays_in_order(storage: Storage) -> None:
    talked, quiet = await keep_cases(storage, 2)
    replies = [news(number, talked) for number in range(5)]
    await post(storage, *replies, news(10, quiet))

    assert await numbers_sent(storage, 2) == [0, 10]
    await post(storage, news(11, quiet))
    await post(storage, news(12, quiet))
    assert await numbers_sent(storage, 6) == [1, 11, 2, 12, 3, 4]


async def test_what_somebody_waits_for_goes_first_but_overtakes_nothing_of_its_own_case(storage: Storage) -> None:
    asked, other = await keep_cases(storage, 2)
    await post(
        storage,
        news(1, other),
        news(2, asked),
        Letter(GRID, Media(EventId(3)), Priority.NEWS, asked),
        news(4, asked, Priority.AWAITED),
    )

    assert await numbers_sent(storage, 4) == [2, 3, 4, 1]


async def test_what_goes_next_is_right_after_whatever_has_happened(storage: Storage, clock: MovableClock) -> None:
    chance = random.Random(8)
    cases = await keep_cases(storage, 4)
    contents: list[Content] = [News(EventId(1)), CaseCard(), Digest(LetterId(1))]
    for _ in range(150):
        to = chance.choice([GRID, to_person(LI), to_chat(Chat(ChatId(-1)))])
        priority, case = chance.choice(list(Priority)), chance.choice([*cases, None])
        key = chance.choice([None, "a", "b"])
        content = chance.choice(contents)
        heads = await sendable(storage)
        async with storage.writing() as work:
            what = chance.random()
            if what < 0.6:
                await work.outbox.post(Letter(to, content, priority, case, key=key and f"{key}:{to}"))
            elif what < 0.85 and heads:
                await work.outbox.end(chance.choice(heads), "sent")
            elif what < 0.9 and heads:
                await work.outbox.put_off(chance.choice(heads), clock.now() + timedelta(seconds=30))
            else:
                clock.advance(timedelta(seconds=20))
                await work.outbox.release()
        async with storage.engine.connect() as connection:
            kept = await connection.execute(
                text("SELECT addressee, id FROM outbox WHERE ended_at IS NULL AND not_before IS NULL"
                     " ORDER BY priority DESC, turn DESC, id DESC")
            )  # fmt: skip
            wanted = {addressee: number for addressee, number in kept}  # noqa: C416 - the last of each is kept
        assert {str(letter.to): letter.id for letter in await sendable(storage)} == wanted


async def test_writers_side_by_side_leave_no_lane_without_its_next_letter(storage: Storage) -> None:
    async def post_and_end(number: int) -> None:
        async with storage.writing() as work:
            await work.outbox.post(said(number))
            await asyncio.sleep(0)
        letters = await sendable(storage)
        async with storage.writing() as work:
            for letter in letters:
                await work.outbox.end(letter, "sent")

    await asyncio.gather(*(post_and_end(number) for number in range(12)))
    for _ in range(12):
        for letter in await sendable(storage):
            await end(storage, letter)

    async with storage.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM outbox WHERE ended_at IS NULL")) == 0
