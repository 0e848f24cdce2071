import pytest

from sandbox.errors import ImpossibleError
from sandbox.groups import Group
from sandbox.people import Person
from tests.sandbox.cast import Caller

NOT_FOUND = (400, "Bad Request: message thread not found")


async def test_a_bot_opens_a_topic_and_hears_of_it(call: Caller, forum: Group) -> None:
    opened = await call("createForumTopic", chat_id=forum.id, name="第1网格", icon_color=0xFFD67E)
    [topic] = forum.topics
    assert opened == {"message_thread_id": topic, "name": "第1网格", "icon_color": 0xFFD67E}
    [told] = await call.heard()
    assert told["forum_topic_created"] == {"name": "第1网格", "icon_color": 0xFFD67E}
    assert (told["message_id"], told["message_thread_id"], told["is_topic_message"]) == (topic, topic, True)
    assert told["chat"]["is_forum"] is True
    assert "reply_to_message" not in told


async def test_in_a_topic_everything_formally_answers_its_opening(call: Caller, forum: Group, wang: Person) -> None:
    topic = forum.add_topic("第1网格", by=wang)
    wang.writes(topic, "今天真冷")
    sent = await call("sendMessage", chat_id=forum.id, message_thread_id=topic.id, text="新诉求")
    opening, heard = await call.heard()
    for message in (heard, sent):
        assert (message["message_thread_id"], message["is_topic_message"]) == (topic.id, True)
        assert message["reply_to_message"]["message_id"] == topic.id
        assert message["reply_to_message"]["forum_topic_created"]["name"] == "第1网格"
    assert "reply_to_message" not in opening
    assert forum.last.topic is topic
    assert forum.last.reply_to is None


async def test_an_answer_in_a_topic_is_an_answer_and_stays_there(call: Caller, forum: Group, wang: Person) -> None:
    topic = forum.add_topic("第1网格")
    sent = await call("sendMessage", chat_id=forum.id, message_thread_id=topic.id, text="新诉求")
    card = forum.find(sent["message_id"])
    assert card is not None
    wang.replies(card, "我去")
    answer = await call("sendMessage", chat_id=forum.id, text="好", reply_parameters={"message_id": forum.last.id})
    *_, heard = await call.heard()
    assert heard["reply_to_message"]["text"] == "新诉求"
    assert heard["message_thread_id"] == topic.id
    assert answer["message_thread_id"] == topic.id
    assert "reply_to_message" not in heard["reply_to_message"]


async def test_outside_topics_there_is_no_thread(call: Caller, forum: Group, wang: Person) -> None:
    wang.writes(forum, "大家好")
    [heard] = await call.heard()
    assert "message_thread_id" not in heard
    assert "is_topic_message" not in heard
    assert await call.refused("sendMessage", chat_id=forum.id, message_thread_id=1, text="综合") == NOT_FOUND


async def test_a_deleted_topic_is_not_found(call: Caller, forum: Group, wang: Person) -> None:
    topic = forum.add_topic("第1网格")
    wang.writes(topic, "今天真冷")
    await call("deleteForumTopic", chat_id=forum.id, message_thread_id=topic.id)
    assert await call.refused("sendMessage", chat_id=forum.id, message_thread_id=topic.id, text="在吗") == NOT_FOUND
    assert not [message for message in forum.messages if message.thread_id == topic.id]
    with pytest.raises(ImpossibleError):
        wang.writes(topic, "在吗")
    refused = await call.refused("closeForumTopic", chat_id=forum.id, message_thread_id=topic.id)
    assert refused == (400, "Bad Request: TOPIC_ID_INVALID")


async def test_a_closed_topic_is_for_administrators(call: Caller, forum: Group, wang: Person) -> None:
    topic = forum.add_topic("第1网格")
    await call("closeForumTopic", chat_id=forum.id, message_thread_id=topic.id)
    again = await call.refused("closeForumTopic", chat_id=forum.id, message_thread_id=topic.id)
    assert again == (400, "Bad Request: TOPIC_NOT_MODIFIED")
    await call("sendMessage", chat_id=forum.id, message_thread_id=topic.id, text="已关闭")
    with pytest.raises(ImpossibleError):
        wang.writes(forum, "还有", thread=topic)
    forum.demote(call.bot)
    refused = await call.refused("sendMessage", chat_id=forum.id, message_thread_id=topic.id, text="还有")
    assert refused == (400, "Bad Request: TOPIC_CLOSED")
    forum.promote(call.bot)
    await call("reopenForumTopic", chat_id=forum.id, message_thread_id=topic.id)
    wang.writes(forum, "还有", thread=topic.id)
    again = await call.refused("reopenForumTopic", chat_id=forum.id, message_thread_id=topic.id)
    assert again == (400, "Bad Request: TOPIC_NOT_MODIFIED")
    told = [kind for message in await call.heard() for kind in message if kind.startswith("forum_topic")]
    assert told == ["forum_topic_created", "forum_topic_closed", "forum_topic_reopened"]


async def test_a_topic_is_renamed(call: Caller, forum: Group) -> None:
    topic = forum.add_topic("第1网格")
    await call("editForumTopic", chat_id=forum.id, message_thread_id=topic.id, name="煤炭小区")
    assert topic.name == "煤炭小区"
    *_, told = await call.heard()
    assert told["forum_topic_edited"] == {"name": "煤炭小区"}
    refused = await call.refused("editForumTopic", chat_id=forum.id, message_thread_id=topic.id, name="煤炭小区")
    assert refused == (400, "Bad Request: TOPIC_NOT_MODIFIED")


async def test_a_name_is_cut_and_must_not_be_empty(call: Caller, forum: Group) -> None:
    opened = await call("createForumTopic", chat_id=forum.id, name="网" * 200)
    assert opened["name"] == "网" * 128
    refused = await call.refused("createForumTopic", chat_id=forum.id, name=" ")
    assert refused == (400, "Bad Request: title must be non-empty")


async def test_only_administrators_of_forums_open_topics(call: Caller, forum: Group, group: Group) -> None:
    refused = await call.refused("createForumTopic", chat_id=group.id, name="第1网格")
    assert refused == (400, "Bad Request: the chat is not a forum")
    forum.demote(call.bot)
    refused = await call.refused("createForumTopic", chat_id=forum.id, name="第1网格")
    assert refused == (400, "Bad Request: not enough rights to create a topic")


async def test_the_bot_that_opened_a_topic_hears_all_in_it(call: Caller, forum: Group, wang: Person) -> None:
    await call("createForumTopic", chat_id=forum.id, name="第1网格")
    [topic] = forum.topics.values()
    others = forum.add_topic("第2网格")
    forum.demote(call.bot)
    await call.updates()
    wang.writes(topic, "今天真冷")
    wang.writes(others, "这边也冷")
    assert [message["text"] for message in await call.heard()] == ["今天真冷"]


async def test_pins_of_a_topic_are_taken_away_together(call: Caller, forum: Group, wang: Person) -> None:
    topic = forum.add_topic("第1网格")
    inside, outside = wang.writes(topic, "内"), wang.writes(forum, "外")
    for message in (inside, outside):
        await call("pinChatMessage", chat_id=forum.id, message_id=message.id)
    await call("unpinAllForumTopicMessages", chat_id=forum.id, message_thread_id=topic.id)
    assert forum.pinned == [outside]
