"""Groups that become something else: a supergroup, a group with other topics, a channel; the desk goes along."""

from pathlib import Path

import pytest

from sandbox.groups import Group
from sandbox.members import Member
from sandbox.messages import Topic
from tests.town import GRID_1, ORGANISATION, Town

PLAIN = -5001


async def plain_group(town: Town) -> Group:
    """Let the grid work in a small group, which may become a supergroup one day."""
    plain = town.world.add_group(PLAIN, "老群", supergroup=False)
    for person in (town.wang, town.he):
        plain.add(person)
    plain.add_bot(town.bot)
    await town.settle()
    await town.says_in(town.he, plain, "/bind@minhu_bot ZN-01")
    return plain


async def forum_of(town: Town) -> tuple[Group, Topic]:
    """Let the grid work in a topic of a forum."""
    forum = town.world.add_group(-1001000009999, "大群", forum=True)
    forum.add(town.he)
    forum.add(town.wang)
    forum.add_bot(town.bot, admin=True)
    topic = forum.add_topic("第1网格")
    await town.settle()
    await town.says_in(town.he, topic, "/bind ZN-01")
    return forum, topic


async def test_a_group_that_becomes_a_supergroup_is_followed(town: Town) -> None:
    plain = await plain_group(town)
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    assert town.card(plain, number)

    new = plain.migrate()
    await town.settle()

    assert town.card(new, number).buttons()[0] == "接单"
    await town.accepts(town.wang, new, number)
    assert (await town.case(number)).state == "accepted"


async def test_a_migration_that_is_only_noticed_at_sending_loses_no_letter(town: Town) -> None:
    plain = await plain_group(town)
    await town.stop()
    new = plain.migrate()
    town.bot.updates.clear()
    await town.start()
    number = await town.raises(town.li, "煤炭小区路灯坏了")

    assert town.card(new, number)


async def test_a_deleted_topic_is_replaced_and_the_unit_follows(town: Town) -> None:
    forum, topic = await forum_of(town)
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    assert town.card(forum, number).topic == topic

    forum.delete_topic(topic)
    second = await town.raises(town.zhao, "煤炭小区井盖松了")

    card = town.card(forum, second)
    assert card.topic
    assert card.topic.name == "第1网格"
    assert not card.topic.deleted
    assert town.card(forum, number).topic == card.topic
    await town.accepts(town.wang, forum, number)
    await town.replies(town.wang, town.card(forum, number), "在路上")
    assert "在路上" in town.texts(town.li)


@pytest.mark.paced
async def test_where_no_new_topic_can_be_had_the_unit_goes_on_in_the_group_itself(town: Town) -> None:
    forum, topic = await forum_of(town)
    forum.delete_topic(topic)
    town.world.faults.next("createForumTopic", 502, times=100)
    number = await town.raises(town.li, "煤炭小区路灯坏了")

    assert town.card(forum, number).topic is None


async def test_in_a_topic_only_real_replies_count(town: Town) -> None:
    forum, topic = await forum_of(town)
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, forum, number)
    await town.says_in(town.wang, topic, "大家吃了吗")

    assert "吃了吗" not in town.texts(town.li)


async def test_a_unit_that_was_retired_does_not_keep_its_old_group_from_moving(town: Town, tmp_path: Path) -> None:
    plain = await plain_group(town)
    renamed = ORGANISATION.replace("code: ZN-01", "code: ZN-A1").replace(f"chat: {GRID_1}", f"chat: {PLAIN}")
    (tmp_path / "org.yaml").write_text(renamed, "utf-8")
    await town.restart()
    moved = plain.migrate()
    await town.settle()
    number = await town.raises(town.li, "煤炭小区路灯坏了")

    assert town.card(moved, number)


async def speaks_english(town: Town, group: Group) -> None:
    """Let a group choose English."""
    await town.says_in(town.wang, group, "/language@minhu_bot")
    await town.presses(town.wang, town.posted(group)[-1], "English")


async def test_a_group_that_becomes_a_supergroup_keeps_its_language_and_what_the_bot_may_hear(town: Town) -> None:
    plain = await plain_group(town)
    plain.promote(town.bot)
    await speaks_english(town, plain)
    moved = plain.migrate()
    await town.settle()
    await town.says_in(town.he, moved, "/bind@minhu_bot ZN-01")

    assert "The bot sees everything said here" in town.texts(moved)
    assert "请管理员" not in town.texts(moved)


async def test_a_migration_that_is_learnt_at_sending_and_then_told_of_changes_nothing_twice(town: Town) -> None:
    plain = await plain_group(town)
    await speaks_english(town, plain)
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.stop()
    moved = plain.migrate()
    told = list(town.bot.updates.pending(limit=100))
    town.bot.updates.clear()
    await town.start()
    await town.replies(town.li, town.last(town.li, number), "还没人来")
    assert "还没人来" in town.texts(moved)
    for update in (*told, *told):
        for kind in update.keys() - {"update_id"}:
            town.bot.updates.put(kind, update[kind])
    await town.settle()

    assert len(town.cards(moved)) == 1
    assert "Accept" in town.card(moved, number).buttons()
    assert town.texts(moved).count("还没人来") == 1


@pytest.mark.both_databases
async def test_a_sign_on_a_message_of_the_old_group_is_let_go(town: Town) -> None:
    plain = await plain_group(town)
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, plain, number)
    gate = town.world.faults.hold("setMessageReaction")
    town.wang.replies(town.card(plain, number), "在路上")
    await town.world.until(lambda: gate.waiting > 0)
    plain.migrate()
    gate.open()
    await town.settle()

    assert "在路上" in town.texts(town.li)


@pytest.mark.both_databases
async def test_in_a_channel_the_bot_says_nothing(town: Town) -> None:
    channel = {"id": -1001000003333, "type": "channel", "title": "小区公告"}
    told = {"chat": channel, "date": 1, "from": {"id": town.he.id, "is_bot": False, "first_name": "何管理"}}
    old, new = Member(town.bot, "left").card(), Member(town.bot, "administrator").card()
    before = await town.count("outbox")
    town.bot.updates.put("my_chat_member", {**told, "old_chat_member": old, "new_chat_member": new})
    town.bot.updates.put("my_chat_member", {**told, "old_chat_member": new, "new_chat_member": old})
    await town.settle()

    assert await town.count("outbox") == before
