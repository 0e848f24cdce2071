import pytest

from sandbox.groups import Group
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.cast import Caller, Ticks


@pytest.fixture
def ticks(world: World) -> Ticks:
    ticks = Ticks()
    world.limits.enforce = True
    world.limits.clock = ticks
    return ticks


async def test_limits_are_off_unless_enforced(call: Caller, li: Person) -> None:
    for _ in range(100):
        await call("sendMessage", chat_id=li.id, text="好")


async def test_one_a_second_to_a_person_after_a_burst(world: World, call: Caller, li: Person, ticks: Ticks) -> None:
    for _ in range(3):
        await call("sendMessage", chat_id=li.id, text="好")
    _, body = await world.api.call(call.bot.token, "sendMessage", {"chat_id": li.id, "text": "好"})
    assert body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert len(li.chat_with(call.bot).messages) == 4
    ticks.seconds += 1
    await call("sendMessage", chat_id=li.id, text="好")
    assert (await call.refused("sendMessage", chat_id=li.id, text="好"))[0] == 429


@pytest.mark.usefixtures("ticks")
async def test_the_burst_can_be_set(world: World, call: Caller, li: Person) -> None:
    world.limits.burst = 1
    await call("sendMessage", chat_id=li.id, text="好")
    assert (await call.refused("sendMessage", chat_id=li.id, text="好"))[0] == 429


async def test_twenty_a_minute_in_a_group_with_edits(call: Caller, group: Group, ticks: Ticks) -> None:
    sent = await call("sendMessage", chat_id=group.id, text="0")
    for number in range(1, 20):
        ticks.seconds += 1
        await call("editMessageText", chat_id=group.id, message_id=sent["message_id"], text=str(number))
    refused = await call.refused("sendMessage", chat_id=group.id, text="好")
    assert refused == (429, "Too Many Requests: retry after 41")
    ticks.seconds += 41
    await call("sendMessage", chat_id=group.id, text="好")
    assert (await call.refused("sendMessage", chat_id=group.id, text="好"))[0] == 429


async def test_thirty_a_second_in_all(world: World, call: Caller, ticks: Ticks) -> None:
    people = [world.add_person() for _ in range(31)]
    for person in people:
        person.starts(call.bot)
    for person in people[:30]:
        await call("sendMessage", chat_id=person.id, text="通知")
    assert (await call.refused("sendMessage", chat_id=people[30].id, text="通知"))[0] == 429
    await call("sendChatAction", chat_id=people[30].id, action="typing")
    ticks.seconds += 1
    await call("sendMessage", chat_id=people[30].id, text="通知")


@pytest.mark.usefixtures("ticks")
async def test_bots_do_not_share_limits(world: World, call: Caller, li: Person) -> None:
    other = world.add_bot("1001:test", "other_bot", "别的")
    li.starts(other)
    for _ in range(3):
        await call("sendMessage", chat_id=li.id, text="好")
    await Caller(world, other)("sendMessage", chat_id=li.id, text="好")
