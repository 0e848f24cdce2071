import asyncio
from typing import Any

import pytest

from sandbox.errors import UnreachableError
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.cast import Caller, Clock


def numbers(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def waiting(world: World, call: Caller, **params: Any) -> "asyncio.Task[tuple[int, dict[str, Any]]]":
    """A poll that has begun to wait."""
    task = asyncio.create_task(world.api.call(call.bot.token, "getUpdates", {"timeout": 50} | params))
    await world.until(lambda: call.bot.updates.polled)
    return task


async def test_what_is_not_acknowledged_comes_again(call: Caller, li: Person) -> None:
    li.writes(call.bot, "一")
    li.writes(call.bot, "二")
    first = await call("getUpdates")
    assert await call("getUpdates", offset=first[0]["update_id"]) == first
    assert numbers(first) == [first[0]["update_id"], first[0]["update_id"] + 1]


async def test_what_is_acknowledged_never_comes_again(call: Caller, li: Person) -> None:
    li.writes(call.bot, "一")
    li.writes(call.bot, "二")
    first, second = await call("getUpdates")
    assert await call("getUpdates", offset=first["update_id"] + 1) == [second]
    assert await call("getUpdates", offset=second["update_id"] + 1) == []
    assert await call("getUpdates", offset=first["update_id"]) == []


async def test_a_negative_offset_forgets_all_but_the_last(call: Caller, li: Person) -> None:
    for text in "一二三":
        li.writes(call.bot, text)
    assert [update["message"]["text"] for update in await call("getUpdates", offset=-2)] == ["二", "三"]
    assert len(await call("getUpdates")) == 2


async def test_a_batch_has_a_limit(call: Caller, li: Person) -> None:
    for _ in range(120):
        li.writes(call.bot, "好")
    assert len(await call("getUpdates")) == 100
    assert len(await call("getUpdates", limit=7)) == 7
    assert len(await call("getUpdates", limit=1000)) == 100


async def test_a_poll_that_waits_is_woken_by_the_first_update(world: World, call: Caller, li: Person) -> None:
    poll = await waiting(world, call)
    assert call.bot.updates.idle
    li.writes(call.bot, "路灯坏了")
    status, body = await poll
    assert (status, body["result"][0]["message"]["text"]) == (200, "路灯坏了")


async def test_a_poll_that_waits_in_vain_is_empty(call: Caller) -> None:
    call.bot.updates.put("message", {})
    [update] = await call("getUpdates")
    assert await call.bot.updates.poll(update["update_id"] + 1, 100, 0.001) == []


async def test_a_second_poll_ends_the_first(world: World, call: Caller, li: Person) -> None:
    first = await waiting(world, call)
    second = asyncio.create_task(world.api.call(call.bot.token, "getUpdates", {"timeout": 50}))
    assert await first == (
        409,
        {
            "ok": False,
            "error_code": 409,
            "description": "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
            "running",
        },
    )
    await world.until(lambda: call.bot.updates.polled)
    li.writes(call.bot, "路灯坏了")
    assert (await second)[0] == 200


async def test_the_kinds_of_updates_are_remembered(call: Caller, li: Person) -> None:
    await call("getUpdates", allowed_updates=["callback_query"])
    li.writes(call.bot, "一")
    assert await call("getUpdates") == []
    await call("getUpdates", allowed_updates=[])
    li.writes(call.bot, "二")
    assert len(await call("getUpdates")) == 1


async def test_what_was_queued_before_does_not_go_by_new_kinds(call: Caller, li: Person) -> None:
    li.writes(call.bot, "一")
    assert len(await call("getUpdates", allowed_updates=["callback_query"])) == 1


async def test_updates_are_kept_a_day(call: Caller, li: Person, clock: Clock) -> None:
    li.writes(call.bot, "昨天")
    clock.advance(hours=1)
    li.writes(call.bot, "今天")
    clock.advance(hours=23)
    assert [update["message"]["text"] for update in await call("getUpdates")] == ["今天"]
    clock.advance(hours=1)
    assert await call("getUpdates") == []


async def test_after_a_quiet_week_the_numbers_begin_anew(call: Caller, li: Person, clock: Clock) -> None:
    li.writes(call.bot, "一")
    [before] = numbers(await call.updates())
    clock.advance(days=7)
    li.writes(call.bot, "二")
    li.writes(call.bot, "三")
    after, next_ = numbers(await call.updates())
    assert after < before
    assert next_ == after + 1


async def test_a_test_may_queue_what_it_likes(call: Caller) -> None:
    call.bot.updates.put("message", {"from": "nobody"})
    assert (await call("getUpdates"))[0]["message"] == {"from": "nobody"}


async def test_closing_the_world_ends_a_poll(world: World, call: Caller) -> None:
    poll = await waiting(world, call)
    await world.close()
    with pytest.raises(UnreachableError):
        await poll
