import asyncio

import pytest

from sandbox.feed import Change
from sandbox.groups import Group
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.cast import Caller


async def test_everybody_who_listens_hears_of_every_change(
    world: World, call: Caller, li: Person, group: Group, wang: Person
) -> None:
    with world.changes() as changes, world.changes() as others:
        li.writes(call.bot, "路灯坏了")
        message = wang.writes(group, "在")
        message.delete()
        told = [await anext(changes) for _ in range(3)]
        assert told == [
            Change("message", li.id, call.bot.id),
            Change("message", group.id),
            Change("deleted", group.id),
        ]
        assert await anext(others) == told[0]


async def test_a_listener_waits_for_what_comes(world: World, call: Caller, li: Person) -> None:
    async def first() -> Change:
        with world.changes() as changes:
            async for change in changes:
                return change
        raise AssertionError

    listening = asyncio.create_task(first())
    await asyncio.sleep(0)
    li.writes(call.bot, "路灯坏了")
    assert (await listening).what == "message"


async def test_one_waits_until_something_is_true(world: World, call: Caller, li: Person) -> None:
    chat = li.chat_with(call.bot)
    answering = asyncio.create_task(world.until(lambda: chat.last.text == "收到" and chat.last))
    await call("sendMessage", chat_id=li.id, text="稍等")
    await call("sendMessage", chat_id=li.id, text="收到")
    found = await answering
    assert found is chat.last
    with pytest.raises(TimeoutError):
        await world.until(lambda: False, seconds=0.001)
