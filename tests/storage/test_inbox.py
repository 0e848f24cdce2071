"""The inbox: every update once, in order within a chat, and those that could not be handled stay for a human."""

import asyncio
import random
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.clock import MovableClock
from domain.organisation.units import ChatId
from storage.inbox import InboxId, Received, UpdateId, Waiting
from storage.unit_of_work import Storage

pytestmark = pytest.mark.both_databases

BOT = 1000
LI, ZHAO, GRID = ChatId(3001), ChatId(3002), ChatId(-1001000000001)


async def receive(storage: Storage, *updates: tuple[int, ChatId], bot: int = BOT) -> None:
    received = [Received(UpdateId(number), chat, f'{{"update_id": {number}}}') for number, chat in updates]
    async with storage.writing() as work:
        await work.inbox.add(bot, received, work.now)


async def waiting(storage: Storage, *busy: ChatId, limit: int = 100) -> Sequence[Waiting]:
    async with storage.reading() as work:
        return await work.inbox.waiting(busy, limit)


async def finish(storage: Storage, items: Sequence[InboxId]) -> bool:
    async with storage.writing() as work:
        return await work.inbox.finish(items, work.now)


def numbers(found: Sequence[Waiting]) -> list[int]:
    return [int(item.raws[0].removeprefix('{"update_id": ').removesuffix("}")) for item in found]


async def test_an_update_that_comes_again_is_kept_once_even_after_it_was_handled(storage: Storage) -> None:
    await receive(storage, (1, LI), (2, ZHAO))
    first, second = await waiting(storage)
    await finish(storage, first.ids)

    await receive(storage, (1, LI), (2, ZHAO), (3, LI), (3, LI))

    assert numbers(await waiting(storage)) == [2, 3]
    assert second.ids == (await waiting(storage))[0].ids


async def test_two_bots_count_their_updates_apart(storage: Storage) -> None:
    await receive(storage, (1, LI))
    await receive(storage, (1, ZHAO), bot=2000)

    assert len(await waiting(storage)) == 2


async def test_each_chat_has_its_turn_and_within_it_the_order_in_which_things_came(storage: Storage) -> None:
    await receive(storage, (9, LI), (3, LI), (5, GRID))
    await receive(storage, (4, GRID), (1, ZHAO))

    assert numbers(await waiting(storage)) == [9, 5, 1]
    assert numbers(await waiting(storage, LI, ZHAO)) == [5]
    assert numbers(await waiting(storage, limit=2)) == [9, 5]
    await finish(storage, (await waiting(storage))[0].ids)
    assert numbers(await waiting(storage)) == [3, 5, 1]


async def test_the_parts_of_an_album_come_together_whatever_came_between(storage: Storage, clock: MovableClock) -> None:
    async def receive_part(number: int, album: str | None) -> None:
        async with storage.writing() as work:
            await work.inbox.add(BOT, [Received(UpdateId(number), GRID, str(number), album)], work.now)
        clock.advance(timedelta(seconds=1))

    for number, album in enumerate(["a", "a", None, "a", "b"]):
        await receive_part(number, album)

    (item,) = await waiting(storage)
    assert (item.is_album, item.raws) == (True, ("0", "1", "3"))
    assert clock.now() - item.since == timedelta(seconds=2)
    await finish(storage, item.ids)
    (item,) = await waiting(storage)
    assert (item.is_album, item.raws) == (False, ("2",))


async def test_an_update_is_finished_only_once(storage: Storage) -> None:
    await receive(storage, (1, LI))
    (item,) = await waiting(storage)

    assert await finish(storage, item.ids)
    assert not await finish(storage, item.ids)


async def test_an_update_that_failed_waits_on_with_its_failures_counted(storage: Storage) -> None:
    await receive(storage, (1, LI))
    (item,) = await waiting(storage)

    async with storage.writing() as work:
        counted = [await work.inbox.fail(item.ids, "KeyError (1a2b)") for _ in range(2)]

    assert counted == [1, 2]
    (again,) = await waiting(storage)
    assert again.ids == item.ids


async def test_a_parked_update_blocks_nobody_and_stays_when_the_others_are_forgotten(
    storage: Storage, clock: MovableClock
) -> None:
    await receive(storage, (1, LI), (2, LI), (3, ZHAO))
    broken, handled = await waiting(storage)
    async with storage.writing() as work:
        await work.inbox.park(broken.ids, "KeyError (1a2b)", work.now)
    await finish(storage, handled.ids)

    assert numbers(await waiting(storage)) == [2]
    clock.advance(timedelta(days=30))
    async with storage.writing() as work:
        await work.inbox.purge(work.now)
        assert await work.inbox.counts() == {"waiting": 1, "parked": 1}
        assert await work.inbox.parked_errors(5) == ["KeyError (1a2b)"]
    clock.advance(timedelta(days=1))
    async with storage.writing() as work:
        await work.inbox.purge(work.now)
        assert await work.inbox.counts() == {"waiting": 1, "parked": 0}


async def test_a_number_may_come_anew_once_the_old_update_is_forgotten(storage: Storage, clock: MovableClock) -> None:
    """Telegram starts counting anew after a quiet week."""
    await receive(storage, (1, LI))
    await finish(storage, (await waiting(storage))[0].ids)

    async def purge(days: float) -> list[int]:
        clock.advance(timedelta(days=days))
        async with storage.writing() as work:
            await work.inbox.purge(work.now)
        await receive(storage, (1, LI))
        return numbers(await waiting(storage))

    assert await purge(2.9) == []
    assert await purge(0.2) == [1]


async def test_whatever_is_handled_the_oldest_of_each_chat_is_next(storage: Storage) -> None:
    chance = random.Random(8)
    for number in range(1, 200, 2):
        await receive(storage, *((number + more, chance.choice([LI, ZHAO, GRID])) for more in range(2)), (number, LI))
        found = await waiting(storage)
        for item in chance.sample(found, chance.randint(0, len(found))):
            async with storage.writing() as work:
                if chance.random() < 0.9:
                    await work.inbox.finish(item.ids, work.now)
                else:
                    await work.inbox.park(item.ids, "why", work.now)
        async with storage.engine.connect() as connection:
            oldest = "SELECT min(id) FROM inbox WHERE done_at IS NULL GROUP BY chat ORDER BY 1"
            wanted = list(await connection.scalars(text(oldest)))
        assert [item.ids[0] for item in await waiting(storage)] == wanted


async def test_receiving_and_handling_side_by_side_leave_no_chat_behind(storage: Storage) -> None:
    async def handle() -> None:
        for item in await waiting(storage):
            await finish(storage, item.ids)

    await asyncio.gather(*(work for number in range(1, 20) for work in (receive(storage, (number, LI)), handle())))
    for _ in range(20):
        await handle()

    async with storage.reading() as work:
        assert (await work.inbox.counts())["waiting"] == 0
