import pytest

from sandbox.bots import Bot
from sandbox.errors import ImpossibleError
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.cast import Caller, Clock


async def test_what_a_person_writes_reaches_the_bot(call: Caller, li: Person, clock: Clock) -> None:
    message = li.writes(call.bot, "路灯坏了")
    [update] = await call.updates()
    assert update == {
        "update_id": update["update_id"],
        "message": {
            "message_id": message.id,
            "date": int(clock().timestamp()),
            "chat": {"id": 3001, "type": "private", "first_name": "李秀英"},
            "from": {"id": 3001, "is_bot": False, "first_name": "李秀英", "language_code": "zh-hans"},
            "text": "路灯坏了",
        },
    }


async def test_what_the_bot_sends_stands_in_the_chat(call: Caller, li: Person) -> None:
    sent = await call("sendMessage", chat_id=li.id, text="收到")
    message = li.chat_with(call.bot).last
    assert (message.id, message.text, message.sender) == (sent["message_id"], "收到", call.bot)
    assert sent["from"]["is_bot"] is True
    assert await call.updates() == []


async def test_a_bot_cannot_begin(world: World, call: Caller, wang: Person) -> None:
    assert await call.refused("sendMessage", chat_id=wang.id, text="您好") == (400, "Bad Request: chat not found")
    group = world.add_group()
    group.add_bot(call.bot)
    group.add(wang)
    refused = await call.refused("sendMessage", chat_id=wang.id, text="您好")
    assert refused == (403, "Forbidden: bot can't initiate conversation with a user")
    assert (await call("getChat", chat_id=wang.id))["first_name"] == "王建国"
    wang.starts(call.bot)
    await call("sendMessage", chat_id=wang.id, text="您好")


async def test_a_bot_cannot_write_to_bots(world: World, call: Caller) -> None:
    other = world.add_bot("1001:test", "other_bot", "别的")
    refused = await call.refused("sendMessage", chat_id=other.id, text="您好")
    assert refused == (403, "Forbidden: bot can't send messages to bots")


async def test_a_bot_that_is_blocked_is_told_and_cannot_write(call: Caller, li: Person) -> None:
    li.blocks(call.bot)
    [told] = await call.heard("my_chat_member")
    assert told["chat"]["id"] == told["from"]["id"] == li.id
    assert told["old_chat_member"]["status"] == "member"
    assert told["new_chat_member"] == {"status": "kicked", "user": call.bot.card(), "until_date": 0}
    refused = await call.refused("sendMessage", chat_id=li.id, text="在吗")
    assert refused == (403, "Forbidden: bot was blocked by the user")
    assert (await call("getChat", chat_id=li.id))["id"] == li.id
    with pytest.raises(ImpossibleError):
        li.writes(call.bot, "在")
    li.unblocks(call.bot)
    [told] = await call.heard("my_chat_member")
    assert told["new_chat_member"]["status"] == "member"
    await call("sendMessage", chat_id=li.id, text="在吗")


async def test_starting_a_blocked_bot_unblocks_it(call: Caller, li: Person) -> None:
    li.blocks(call.bot)
    li.starts(call.bot)
    kinds = [next(kind for kind in update if kind != "update_id") for update in await call.updates()]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]


async def test_nobody_writes_to_a_deleted_account(call: Caller, li: Person) -> None:
    li.deletes_account()
    refused = await call.refused("sendMessage", chat_id=li.id, text="在吗")
    assert refused == (403, "Forbidden: user is deactivated")
    with pytest.raises(ImpossibleError):
        li.writes(call.bot, "在")


async def test_a_deep_link_arrives_as_a_command(call: Caller, li: Person) -> None:
    li.starts(call.bot, "g_ZN-01")
    [message] = await call.heard()
    assert message["text"] == "/start g_ZN-01"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize("parameter", ["网格", "a b", "x" * 65])
def test_a_deep_link_carries_little(bot: Bot, li: Person, parameter: str) -> None:
    with pytest.raises(ImpossibleError):
        li.starts(bot, parameter)


async def test_each_bot_has_its_own_private_chat(world: World, call: Caller, li: Person) -> None:
    other = world.add_bot("1001:test", "other_bot", "别的")
    li.writes(other, "只跟你说")
    assert await call.updates() == []
    assert li.chat_with(call.bot) is not li.chat_with(other)
    assert [message.text for message in li.chat_with(other).messages] == ["只跟你说"]


async def test_an_edit_arrives_as_an_edit(call: Caller, li: Person, clock: Clock) -> None:
    message = li.writes(call.bot, "路灯坏了")
    photo = li.sends_photo(call.bot, "前")
    await call.updates()
    clock.advance(minutes=1)
    li.edits(message, "路灯坏了三盏")
    li.edits(photo, "后")
    words, caption = await call.heard("edited_message")
    assert (words["message_id"], words["text"]) == (message.id, "路灯坏了三盏")
    assert words["edit_date"] == words["date"] + 60
    assert caption["caption"] == "后"
    assert message.edited is not None


async def test_nothing_tells_of_a_deletion(call: Caller, li: Person) -> None:
    message = li.writes(call.bot, "路灯坏了")
    await call.updates()
    li.deletes(message)
    assert await call.updates() == []
    assert message not in li.chat_with(call.bot).messages


async def test_people_cannot_do_what_no_app_allows(call: Caller, li: Person, wang: Person) -> None:
    theirs = li.writes(call.bot, "路灯坏了")
    place = li.sends_location(call.bot)
    for impossible in (
        lambda: li.writes(call.bot, "  "),
        lambda: li.writes(call.bot, "长" * 4097),
        lambda: li.sends_photo(call.bot, "长" * 1025),
        lambda: li.sends_album(call.bot, ["photo"]),
        lambda: wang.edits(theirs, "我的"),
        lambda: li.edits(place, "这里"),
        lambda: wang.writes(li.chat_with(call.bot), "让我进来"),
        lambda: wang.writes(call.bot, "什么", reply_to=theirs),
    ):
        with pytest.raises(ImpossibleError):
            impossible()


async def test_a_person_forwards_to_the_bot(call: Caller, li: Person) -> None:
    first = li.writes(call.bot, "路灯坏了")
    li.forwards(first, call.bot)
    *_, forwarded = await call.heard()
    assert forwarded["text"] == "路灯坏了"
    assert forwarded["forward_origin"]["type"] == "user"
    assert forwarded["forward_origin"]["sender_user"]["id"] == li.id
