import pytest

from sandbox.bots import Bot
from sandbox.errors import ImpossibleError
from sandbox.groups import Group
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.cast import Caller


async def texts(call: Caller) -> list[str]:
    return [message["text"] for message in await call.heard()]


async def test_privacy_leaves_what_is_meant_for_the_bot(call: Caller, group: Group, wang: Person) -> None:
    sent = await call("sendMessage", chat_id=group.id, text="新诉求")
    card = group.find(sent["message_id"])
    assert card is not None
    wang.writes(group, "今天真冷")
    wang.replies(card, "我去看看")
    wang.replies(group.last, "好的")
    wang.writes(group, "/todo@minhu_bot")
    wang.writes(group, "/todo@other_bot")
    wang.writes(group, "@Minhu_Bot 在吗")
    assert await texts(call) == ["我去看看", "/todo@minhu_bot", "@Minhu_Bot 在吗"]


async def test_a_plain_command_reaches_the_bot_that_wrote_last(
    world: World, call: Caller, group: Group, wang: Person
) -> None:
    other = world.add_bot("1001:test", "other_bot", "别的")
    group.add_bot(other)
    await call.updates()
    wang.writes(group, "/one")
    await call("sendMessage", chat_id=group.id, text="我是民呼")
    wang.writes(group, "/two")
    await Caller(world, other)("sendMessage", chat_id=group.id, text="我是别的")
    wang.writes(group, "/three")
    assert await texts(call) == ["/two"]
    heard = [message["text"] for message in await Caller(world, other).heard() if "text" in message]
    assert heard == ["/three"]


async def test_an_administrator_hears_everything(call: Caller, group: Group, wang: Person) -> None:
    group.promote(call.bot)
    [told] = await call.heard("my_chat_member")
    assert told["new_chat_member"]["status"] == "administrator"
    assert told["new_chat_member"]["can_pin_messages"] is True
    wang.writes(group, "今天真冷")
    assert await texts(call) == ["今天真冷"]
    group.demote(call.bot)
    await call.updates()
    wang.writes(group, "更冷了")
    assert await texts(call) == []


async def test_without_privacy_a_bot_hears_everything(world: World, wang: Person) -> None:
    group = world.add_group()
    group.add(wang)
    curious = world.add_bot("1001:test", "curious_bot", "好奇", privacy=False)
    group.add_bot(curious)
    call = Caller(world, curious)
    assert (await call("getMe"))["can_read_all_group_messages"] is True
    await call.updates()
    wang.writes(group, "今天真冷")
    assert await texts(call) == ["今天真冷"]


async def test_bots_do_not_hear_bots(world: World, call: Caller, group: Group) -> None:
    other = world.add_bot("1001:test", "other_bot", "别的")
    group.add_bot(other, admin=True)
    group.promote(call.bot)
    await call.updates()
    await Caller(world, other)("sendMessage", chat_id=group.id, text="@minhu_bot 你好")
    assert await call.updates() == []


async def test_service_messages_reach_every_bot(world: World, call: Caller, group: Group) -> None:
    zhang = world.add_person(2002, "张伟")
    zhang.joins(group)
    group.rename("第1网格（东）")
    zhang.leaves(group)
    joined, renamed, left = await call.heard()
    assert [user["id"] for user in joined["new_chat_members"]] == [2002]
    assert renamed["new_chat_title"] == "第1网格（东）"
    assert left["left_chat_member"]["id"] == 2002


async def test_a_bot_learns_that_it_was_added(world: World, call: Caller, wang: Person) -> None:
    group = world.add_group(-1001000000009, "第9网格", owner=wang)
    group.add_bot(call.bot, by=wang)
    added, welcomed = await call.updates()
    assert added["my_chat_member"]["from"]["id"] == wang.id
    assert added["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert welcomed["message"]["new_chat_members"][0]["id"] == call.bot.id


def test_a_bot_may_be_forbidden_in_groups(world: World, group: Group) -> None:
    shy = world.add_bot("1001:test", "shy_bot", "害羞", can_join_groups=False)
    with pytest.raises(ImpossibleError):
        group.add_bot(shy)


@pytest.mark.parametrize("kind", ["supergroup", "group"])
async def test_a_bot_that_was_removed_cannot_write(world: World, call: Caller, kind: str) -> None:
    group = world.add_group(title="第8网格", supergroup=kind == "supergroup")
    group.add_bot(call.bot)
    await call.updates()
    group.remove(call.bot)
    left, told = await call.updates()
    assert left["message"]["left_chat_member"]["id"] == call.bot.id
    assert told["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    refused = await call.refused("sendMessage", chat_id=group.id, text="还在吗")
    assert refused == (403, f"Forbidden: bot was kicked from the {kind} chat")


@pytest.mark.parametrize("kind", ["supergroup", "group"])
async def test_a_bot_leaves_by_itself(world: World, call: Caller, kind: str) -> None:
    group = world.add_group(title="第8网格", supergroup=kind == "supergroup")
    group.add_bot(call.bot)
    await call("leaveChat", chat_id=group.id)
    refused = await call.refused("sendMessage", chat_id=group.id, text="还在吗")
    assert refused == (403, f"Forbidden: bot is not a member of the {kind} chat")
    assert await call.refused("leaveChat", chat_id=1) == (400, "Bad Request: chat not found")


async def test_private_chats_cannot_be_left(call: Caller, li: Person) -> None:
    refused = await call.refused("leaveChat", chat_id=li.id)
    assert refused == (400, "Bad Request: chat member status can't be changed in private chats")


async def test_a_stranger_group_is_not_found(world: World, call: Caller) -> None:
    strangers = world.add_group()
    assert await call.refused("getChat", chat_id=strangers.id) == (400, "Bad Request: chat not found")


async def test_a_public_group_is_found_by_name(world: World, call: Caller) -> None:
    world.add_group(title="广场", username="square")
    assert (await call("getChat", chat_id="@square"))["title"] == "广场"
    refused = await call.refused("sendMessage", chat_id="@square", text="大家好")
    assert refused == (403, "Forbidden: bot is not a member of the supergroup chat")
    assert await call.refused("getChat", chat_id="@nowhere") == (400, "Bad Request: chat not found")


async def test_changes_of_others_are_told_only_when_asked_for(world: World, call: Caller, group: Group) -> None:
    zhang = world.add_person(2002, "张伟")
    group.promote(call.bot)
    await call.updates()
    group.add(zhang)
    assert await call.heard("chat_member") == []
    await call.updates(allowed_updates=["message", "chat_member"])
    group.promote(zhang)
    [told] = await call.heard("chat_member")
    assert (told["old_chat_member"]["status"], told["new_chat_member"]["status"]) == ("member", "administrator")


async def test_an_ordinary_bot_is_not_told_of_others(world: World, call: Caller, group: Group) -> None:
    await call.updates(allowed_updates=["message", "chat_member"])
    group.add(world.add_person(2002, "张伟"), admin=True)
    assert await call.heard("chat_member") == []


async def test_an_anonymous_administrator_is_the_group(world: World, call: Caller, group: Group) -> None:
    zhang = world.add_person(2002, "张伟")
    group.add(zhang, admin=True, anonymous=True)
    await call.updates()
    zhang.writes(group, "/todo@minhu_bot")
    [message] = await call.heard()
    assert message["from"]["username"] == "GroupAnonymousBot"
    assert message["sender_chat"]["id"] == group.id
    assert group.last.sender is zhang


async def test_a_small_group_becomes_a_supergroup(world: World, call: Caller, wang: Person) -> None:
    small = world.add_group(-5001, "第1网格", supergroup=False, owner=wang)
    small.add_bot(call.bot)
    wang.writes(small, "旧消息")
    await call.updates()
    large = small.migrate()
    gone, come = await call.heard()
    assert (gone["chat"]["id"], gone["migrate_to_chat_id"]) == (small.id, large.id)
    assert (come["chat"]["id"], come["migrate_from_chat_id"]) == (large.id, small.id)
    _, body = await world.api.call(call.bot.token, "sendMessage", {"chat_id": small.id, "text": "在吗"})
    assert body == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": large.id},
    }
    assert (await call("sendMessage", chat_id=large.id, text="在吗"))["chat"]["type"] == "supergroup"
    assert large.member(wang).status == "creator"
    with pytest.raises(ImpossibleError):
        wang.writes(small, "还写")
    with pytest.raises(ImpossibleError):
        small.migrate()


def test_an_identifier_says_what_sort_of_group_it_is(world: World, group: Group) -> None:
    with pytest.raises(ValueError, match="-5001"):
        world.add_group(-5001, "第1网格")
    with pytest.raises(ValueError, match="taken"):
        world.add_group(group.id, "第1网格")
    with pytest.raises(ValueError, match="王建国"):
        world.add_person(2001, "谁")


async def test_a_bot_looks_a_group_up(world: World, call: Caller, group: Group, wang: Person) -> None:
    group.add_bot(world.add_bot("1001:test", "other_bot", "别的"), admin=True)
    group.promote(call.bot, without=["can_pin_messages"])
    chat = await call("getChat", chat_id=group.id)
    assert (chat["title"], chat["type"]) == ("第1网格", "supergroup")
    admins = await call("getChatAdministrators", chat_id=group.id)
    assert [(admin["status"], admin["user"]["id"]) for admin in admins] == [("creator", 2000), ("administrator", 1000)]
    assert len(await call("getChatAdministrators", chat_id=group.id, return_bots=True)) == 3
    assert admins[1]["can_pin_messages"] is False
    assert await call("getChatMemberCount", chat_id=group.id) == 4
    assert (await call("getChatMember", chat_id=group.id, user_id=wang.id))["status"] == "member"
    stranger = world.add_person()
    assert (await call("getChatMember", chat_id=group.id, user_id=stranger.id))["status"] == "left"
    assert await call.refused("getChatMember", chat_id=group.id, user_id=7) == (400, "Bad Request: user not found")


async def test_a_bot_looks_a_person_up(call: Caller, li: Person) -> None:
    assert (await call("getChat", chat_id=li.id))["first_name"] == "李秀英"
    assert (await call("getChatMember", chat_id=li.id, user_id=li.id))["status"] == "member"
    assert await call("getChatMemberCount", chat_id=li.id) == 2
    refused = await call.refused("getChatAdministrators", chat_id=li.id)
    assert refused == (400, "Bad Request: there are no administrators in the private chat")


async def test_an_administrator_removes_and_renames(call: Caller, group: Group, wang: Person) -> None:
    refused = await call.refused("banChatMember", chat_id=group.id, user_id=wang.id)
    assert refused == (400, "Bad Request: not enough rights to restrict/unrestrict chat member")
    group.promote(call.bot)
    await call("banChatMember", chat_id=group.id, user_id=wang.id)
    assert group.member(wang).status == "kicked"
    with pytest.raises(ImpossibleError):
        wang.joins(group)
    await call("unbanChatMember", chat_id=group.id, user_id=wang.id)
    assert group.member(wang).status == "left"
    refused = await call.refused("banChatMember", chat_id=group.id, user_id=group.owner.id)
    assert refused == (400, "Bad Request: can't remove chat owner")
    await call("setChatTitle", chat_id=group.id, title="新网格")
    assert group.title == "新网格"
    assert "新网格" in [message.get("new_chat_title") for message in await call.heard()]


async def test_who_is_not_in_a_group_cannot_write_there(group: Group, li: Person) -> None:
    with pytest.raises(ImpossibleError):
        li.writes(group, "让我进来")


async def test_a_bot_shows_that_it_is_typing(call: Caller, li: Person) -> None:
    with call.world.changes() as changes:
        await call("sendChatAction", chat_id=li.id, action="typing")
        assert (await anext(changes)).what == "typing"
    refused = await call.refused("sendChatAction", chat_id=li.id, action="dancing")
    assert refused == (400, "Bad Request: wrong parameter action in request")


async def test_messages_of_private_chats_and_small_groups_are_numbered_together(
    world: World, bot: Bot, li: Person
) -> None:
    small = world.add_group(supergroup=False, owner=li)
    large = world.add_group(owner=li)
    numbers = [li.writes(place, "一").id for place in (bot, small, bot)]
    assert numbers == sorted(set(numbers))
    assert li.writes(large, "一").id == 2
