from collections.abc import AsyncIterator

import pytest

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.people import Person
from sandbox.wire import Address, serve
from sandbox.world import World
from tests.sandbox.cast import Caller, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def world(clock: Clock) -> AsyncIterator[World]:
    async with World(clock) as world:
        yield world


@pytest.fixture
def bot(world: World) -> Bot:
    return world.add_bot(token="1000:test", username="minhu_bot", name="民呼")


@pytest.fixture
def call(world: World, bot: Bot) -> Caller:
    return Caller(world, bot)


@pytest.fixture
async def address(world: World, bot: Bot) -> AsyncIterator[Address]:
    """Where the world is served, with the bot in it."""
    async with serve(world) as address:
        assert bot.token in world.bots
        yield address


@pytest.fixture
def li(world: World, bot: Bot) -> Person:
    """A resident who has started the bot; the bot has taken note."""
    li = world.add_person(3001, "李秀英")
    li.starts(bot)
    bot.updates.clear()
    return li


@pytest.fixture
def wang(world: World) -> Person:
    return world.add_person(2001, "王建国", username="wangjianguo")


@pytest.fixture
def group(world: World, bot: Bot, wang: Person) -> Group:
    """A grid's group, with a worker and the bot, which is no administrator."""
    group = world.add_group(-1001000000001, "第1网格", owner=world.add_person(2000, "站长"))
    group.add(wang)
    group.add_bot(bot)
    bot.updates.clear()
    return group


@pytest.fixture
def forum(world: World, bot: Bot, wang: Person) -> Group:
    """A community's forum, with a worker, and with the bot as administrator."""
    forum = world.add_group(-1001000000002, "遵南社区", forum=True, owner=world.add_person(2009, "书记"))
    forum.add(wang)
    forum.add_bot(bot, admin=True)
    bot.updates.clear()
    return forum
