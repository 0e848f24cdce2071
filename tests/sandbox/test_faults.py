import asyncio

import pytest

from sandbox.errors import AnswerLostError, UnreachableError
from sandbox.groups import Group
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.cast import Caller, Ticks


async def send(world: World, person: Person, text: str = "好") -> int:
    status, _ = await world.api.call("1000:test", "sendMessage", {"chat_id": person.id, "text": text})
    return status


async def test_the_next_call_fails_and_changes_nothing(world: World, call: Caller, li: Person) -> None:
    world.faults.next("sendMessage")
    assert await call.refused("sendMessage", chat_id=li.id, text="好") == (502, "Bad Gateway")
    assert [message.text for message in li.chat_with(call.bot).messages] == ["/start"]
    await call("sendMessage", chat_id=li.id, text="好")


async def test_several_calls_fail_as_told(world: World, call: Caller, li: Person) -> None:
    world.faults.next("*", 500, "Internal Server Error", times=2)
    world.faults.next("sendMessage", retry_after=5)
    assert await call.refused("getMe") == (500, "Internal Server Error")
    assert await send(world, li) == 500
    assert await call.refused("sendMessage", chat_id=li.id, text="好") == (429, "Too Many Requests: retry after 5")
    assert await send(world, li) == 200


async def test_a_refusal_lasts_until_it_is_cleared(world: World, call: Caller, li: Person, group: Group) -> None:
    world.faults.refuse("sendMessage", 400, "Bad Request: chat not found", chat=group)
    for _ in range(3):
        assert (await call.refused("sendMessage", chat_id=group.id, text="好"))[1] == "Bad Request: chat not found"
    assert await send(world, li) == 200
    world.faults.clear()
    await call("sendMessage", chat_id=group.id, text="好")


async def test_an_answer_is_lost_though_the_message_is_sent(world: World, call: Caller, li: Person) -> None:
    world.faults.drop_answer("sendMessage")
    with pytest.raises(AnswerLostError):
        await send(world, li, "收到")
    assert li.chat_with(call.bot).last.text == "收到"
    entry = world.journal.last("sendMessage")
    assert (entry.ok, entry.lost) == (True, True)
    assert await send(world, li) == 200


async def test_while_the_server_is_down_nothing_arrives(world: World, li: Person) -> None:
    world.faults.down()
    with pytest.raises(UnreachableError):
        await send(world, li)
    with pytest.raises(UnreachableError):
        world.api.file("1000:test", "photos/file_1.jpg")
    assert len(world.journal) == 0
    world.faults.up()
    world.faults.up()
    assert await send(world, li) == 200


async def test_when_the_server_goes_down_a_poll_that_waits_breaks(world: World, call: Caller) -> None:
    poll = asyncio.create_task(world.api.call("1000:test", "getUpdates", {"timeout": 40, "offset": 1 << 40}))
    await world.until(lambda: call.bot.updates.polled)
    world.faults.down()
    with pytest.raises(UnreachableError):
        await poll


async def test_a_flood_in_one_chat_passes(world: World, call: Caller, li: Person, group: Group) -> None:
    world.limits.clock = ticks = Ticks()
    world.faults.flood(group, retry_after=3)
    assert await call.refused("sendMessage", chat_id=group.id, text="好") == (429, "Too Many Requests: retry after 3")
    assert await send(world, li) == 200
    await call("getChat", chat_id=group.id)
    ticks.seconds += 1.5
    assert await call.refused("sendMessage", chat_id=group.id, text="好") == (429, "Too Many Requests: retry after 2")
    ticks.seconds += 1.5
    await call("sendMessage", chat_id=group.id, text="好")
    world.faults.flood(retry_after=2)
    assert await send(world, li) == 429


async def test_calls_are_held_until_the_gate_opens(world: World, call: Caller, li: Person) -> None:
    gate = world.faults.hold("sendMessage")
    sending = asyncio.create_task(send(world, li, "收到"))
    await world.until(lambda: gate.waiting)
    assert await call("getMe")
    assert li.chat_with(call.bot).last.text == "/start"
    gate.open()
    assert await sending == 200
    assert li.chat_with(call.bot).last.text == "收到"


async def test_calls_take_their_time(world: World, li: Person) -> None:
    world.faults.delay(0.0)
    world.faults.delay(60, "sendPhoto")
    assert await send(world, li) == 200
