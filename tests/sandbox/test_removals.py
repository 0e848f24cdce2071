from sandbox.groups import Group
from sandbox.people import Person
from tests.sandbox.cast import Caller, Clock


async def test_in_private_everything_recent_can_be_deleted(call: Caller, li: Person, clock: Clock) -> None:
    theirs = li.writes(call.bot, "路灯坏了")
    mine = await call("sendMessage", chat_id=li.id, text="收到")
    for number in (theirs.id, mine["message_id"]):
        assert await call("deleteMessage", chat_id=li.id, message_id=number) is True
    refused = await call.refused("deleteMessage", chat_id=li.id, message_id=theirs.id)
    assert refused == (400, "Bad Request: message to delete not found")
    old = li.writes(call.bot, "旧的")
    clock.advance(hours=48)
    refused = await call.refused("deleteMessage", chat_id=li.id, message_id=old.id)
    assert refused == (400, "Bad Request: message can't be deleted for everyone")


async def test_in_a_group_only_administrators_delete_what_others_wrote(
    call: Caller, group: Group, wang: Person
) -> None:
    theirs = wang.writes(group, "广告")
    mine = await call("sendMessage", chat_id=group.id, text="收到")
    refused = await call.refused("deleteMessage", chat_id=group.id, message_id=theirs.id)
    assert refused == (400, "Bad Request: message can't be deleted")
    await call("deleteMessage", chat_id=group.id, message_id=mine["message_id"])
    group.promote(call.bot)
    await call("deleteMessage", chat_id=group.id, message_id=theirs.id)


async def test_several_are_deleted_as_far_as_possible(call: Caller, li: Person) -> None:
    first, second = li.writes(call.bot, "一"), li.writes(call.bot, "二")
    await call("deleteMessages", chat_id=li.id, message_ids=[first.id, 9999, second.id])
    assert (first.deleted, second.deleted) == (True, True)


async def test_the_opening_of_a_topic_cannot_be_deleted(call: Caller, forum: Group) -> None:
    topic = forum.add_topic("第1网格")
    refused = await call.refused("deleteMessage", chat_id=forum.id, message_id=topic.id)
    assert refused == (400, "Bad Request: message can't be deleted")


async def test_a_message_is_pinned_and_unpinned(call: Caller, group: Group, wang: Person) -> None:
    message = wang.writes(group, "通知")
    refused = await call.refused("pinChatMessage", chat_id=group.id, message_id=message.id)
    assert refused == (400, "Bad Request: not enough rights to manage pinned messages in the chat")
    group.promote(call.bot)
    await call("pinChatMessage", chat_id=group.id, message_id=message.id)
    [told] = await call.heard()
    assert told["pinned_message"]["text"] == "通知"
    assert (await call("getChat", chat_id=group.id))["pinned_message"]["message_id"] == message.id
    await call("unpinChatMessage", chat_id=group.id, message_id=message.id)
    assert group.pinned == []
    refused = await call.refused("pinChatMessage", chat_id=group.id, message_id=9999)
    assert refused == (400, "Bad Request: message to pin not found")


async def test_the_latest_pin_or_all_are_taken_away(call: Caller, li: Person) -> None:
    messages = [li.writes(call.bot, str(number)) for number in range(3)]
    for message in messages:
        await call("pinChatMessage", chat_id=li.id, message_id=message.id)
    await call("unpinChatMessage", chat_id=li.id)
    assert li.chat_with(call.bot).pinned == messages[:2]
    messages[0].delete()
    assert li.chat_with(call.bot).pinned == messages[1:2]
    await call("unpinAllChatMessages", chat_id=li.id)
    assert li.chat_with(call.bot).pinned == []
