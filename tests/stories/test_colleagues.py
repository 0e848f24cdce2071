"""What workers say to each other in a group where the bot hears everything stays among them."""

import pytest

from sandbox.groups import Group
from sandbox.messages import Message
from tests.town import Town

CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


async def hears_all(town: Town, how: str) -> Group:
    """Let the bot hear everything where the first grid works, in one of the ways in which that comes about."""
    if how == "privacy off":
        town.bot.privacy = False
    elif how == "admin":
        town.grid.promote(town.bot)
    else:
        forum = town.world.add_group(-1001000006666, "社区大群", forum=True)
        for person in (town.wang, town.chen, town.stranger):
            forum.add(person)
        forum.add_bot(town.bot)
        topic = forum.add_topic("第1网格", by=town.bot)
        await town.settle()
        await town.says_in(town.chen, topic, "/bind ZN-01")
        return forum
    await town.settle()
    return town.grid


async def accepted(town: Town, group: Group) -> str:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, group, number)
    return number


@pytest.mark.parametrize("how", ["privacy off", "admin", "own topic"])
async def test_an_answer_to_a_colleague_goes_to_no_resident(town: Town, how: str) -> None:
    group = await hears_all(town, how)
    number = await accepted(town, group)
    told = await town.replies(town.wang, town.card(group, number), "明天换灯")
    before = await town.events(number)
    answer = await town.replies(town.chen, told, "梯子在你那里吗？")
    await town.replies(town.wang, answer, "在的，老李家那把")
    await town.replies(town.wang, told, "说错了，后天")
    town.chen.sends_sticker(group, reply_to=told)
    town.stranger.replies(told, "辛苦了")
    await town.settle()

    assert await town.events(number) == before
    assert (await town.case(number)).state == "accepted"
    assert "梯子" not in town.texts(town.li)
    assert "老李" not in town.texts(town.li)
    assert answer.reactions == {}
    assert "读不了" not in town.texts(group)


@pytest.mark.parametrize("how", ["admin", "own topic"])
async def test_an_answer_to_a_note_is_a_note_however_deep(town: Town, how: str) -> None:
    group = await hears_all(town, how)
    number = await accepted(town, group)
    note = await town.replies(town.wang, town.card(group, number), "//这家欠了物业费")
    answer = await town.replies(town.chen, note, "欠了多少？")
    deeper = await town.replies(town.wang, answer, "三个月的")
    town.stranger.replies(note, "难怪")
    town.chen.sends_sticker(group, reply_to=note)
    await town.settle()

    rows = await town.file(number)
    assert [row.told["text"] for row in rows if row.event == "note_taken"] == [
        "这家欠了物业费",
        "欠了多少？",
        "三个月的",
    ]
    assert deeper.reactions == {town.bot.id: ["👌"]}
    assert (await town.case(number)).state == "accepted"
    assert "三个月" not in town.texts(town.li)
    assert "请由他们操作" not in town.texts(group)


async def test_an_answer_to_what_an_edit_made_a_note_or_to_any_photo_of_one_is_a_note_and_to_a_copy_it_is_nothing(
    town: Town,
) -> None:
    group = await hears_all(town, "admin")
    number = await accepted(town, group)
    before = await town.events(number)
    copy = town.chen.forwards(town.card(group, number), group)
    await town.replies(town.wang, copy, "这件归我")
    assert await town.events(number) == before
    assert "归我" not in town.texts(town.li)

    message = await town.replies(town.wang, town.card(group, number), "明天换灯")
    town.wang.edits(message, "//配件要自己买")
    await town.settle()
    await town.replies(town.chen, message, "找社区报销")
    assert (await town.file(number))[-1].event == "note_taken"
    assert "报销" not in town.texts(town.li)

    captions = ["", "／／电表箱在里屋"]
    first, _ = town.wang.sends_album(group, ["photo", "photo"], captions, reply_to=town.card(group, number))
    await town.settle()
    await town.passes(seconds=3)
    await town.replies(town.chen, first, "钥匙在谁手里？")
    row = (await town.file(number))[-1]
    assert (row.event, row.told["text"]) == ("note_taken", "钥匙在谁手里？")


async def test_in_a_topic_of_the_bot_what_is_said_to_nobody_is_not_heard(town: Town) -> None:
    forum = await hears_all(town, "own topic")
    number = await accepted(town, forum)
    before = await town.events(number)
    opening = next(message for message in forum.messages if message.kind == "forum_topic_created")
    town.wang.writes(forum, f"{number} 谁去？", thread=opening.thread_id)
    town.wang.replies(opening, "今天谁值班？")
    await town.settle()

    assert await town.events(number) == before


async def test_an_example_of_a_number_is_no_case(town: Town) -> None:
    await town.alters("INSERT INTO counters VALUES ('cases 2026-11', 41)")
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    assert number == "#MH2611_00042"
    await town.says_in(town.wang, town.grid, "/case@minhu_bot")
    await town.replies(town.wang, town.last(town.grid, "MH2611_00042"), "知道了，谢谢")

    assert (await town.events(number))[-1] == "case_raised"
    assert "知道了" not in town.texts(town.li)


@pytest.mark.parametrize("identity", ["group", "channel"])
async def test_who_hides_their_identity_is_told_so_on_the_card_and_not_among_colleagues(
    town: Town, identity: str
) -> None:
    group = await hears_all(town, "admin")
    number = await accepted(town, group)
    note = await town.replies(town.wang, town.card(group, number), "//欠费")
    for answered in (note, town.card(group, number)):
        await says_as(identity, town, answered)

    assert town.texts(group).count("匿名") == 1
    assert "我去" not in town.texts(town.li)


async def says_as(identity: str, town: Town, answered: Message) -> None:
    """Let 陈静 answer in the name of the group, or of a channel of hers."""
    town.grid.promote(town.chen, anonymous=identity == "group")
    message = town.chen.replies(answered, "我去")
    if identity == "channel":
        town.bot.updates.clear()
        channel = {"id": -1001000005555, "type": "channel", "title": "遵南发布"}
        town.bot.updates.put("message", message.card(town.bot.id) | {"from": CHANNEL_BOT, "sender_chat": channel})
    await town.settle()
