import pytest

from sandbox.errors import ImpossibleError
from sandbox.groups import Group
from sandbox.people import Person
from tests.sandbox.cast import Caller

NOT_FOUND = (400, "Bad Request: message to be replied not found")


async def test_an_answer_shows_what_it_answers_one_level_deep(call: Caller, li: Person) -> None:
    question = li.writes(call.bot, "路灯坏了")
    await call("sendMessage", chat_id=li.id, text="哪一盏", reply_parameters={"message_id": question.id})
    li.replies(li.chat_with(call.bot).last, "门口那盏")
    *_, heard = await call.heard()
    assert heard["reply_to_message"]["text"] == "哪一盏"
    assert "reply_to_message" not in heard["reply_to_message"]
    assert li.chat_with(call.bot).last.reply_to is not None


async def test_what_is_answered_must_stand(call: Caller, li: Person) -> None:
    question = li.writes(call.bot, "路灯坏了")
    question.delete()
    refused = await call.refused(
        "sendMessage", chat_id=li.id, text="哪一盏", reply_parameters={"message_id": question.id}
    )
    assert refused == NOT_FOUND
    reply = {"message_id": question.id, "allow_sending_without_reply": True}
    sent = await call("sendMessage", chat_id=li.id, text="哪一盏", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_what_is_answered_stands_in_the_same_chat(call: Caller, li: Person, group: Group, wang: Person) -> None:
    elsewhere = {"message_id": wang.writes(group, "在").id, "chat_id": group.id}
    assert await call.refused("sendMessage", chat_id=li.id, text="好", reply_parameters=elsewhere) == NOT_FOUND


async def test_the_old_way_of_answering_still_works(call: Caller, li: Person) -> None:
    question = li.writes(call.bot, "路灯坏了")
    sent = await call("sendMessage", chat_id=li.id, text="哪一盏", reply_to_message_id=question.id)
    assert sent["reply_to_message"]["message_id"] == question.id
    await call("sendMessage", chat_id=li.id, text="好", reply_to_message_id=99999, allow_sending_without_reply="true")


def test_an_answer_to_what_was_deleted_later_shows_nothing(call: Caller, li: Person) -> None:
    question = li.writes(call.bot, "路灯坏了")
    answer = li.replies(question, "还有")
    assert answer.card(call.bot.id)["reply_to_message"]["text"] == "路灯坏了"
    question.delete()
    assert "reply_to_message" not in answer.card(call.bot.id)


async def test_answers_in_a_supergroup_form_a_thread(call: Caller, group: Group, wang: Person) -> None:
    first = await call("sendMessage", chat_id=group.id, text="新诉求")
    assert "message_thread_id" not in first
    card = group.find(first["message_id"])
    assert card is not None
    wang.replies(card, "我去")
    [heard] = await call.heard()
    assert heard["message_thread_id"] == card.id
    assert "is_topic_message" not in heard
    sent = await call("sendMessage", chat_id=group.id, message_thread_id=card.id, text="好")
    assert sent["reply_to_message"]["message_id"] == card.id
    refused = await call.refused("sendMessage", chat_id=group.id, message_thread_id=9999, text="好")
    assert refused == (400, "Bad Request: message thread not found")


async def test_an_answer_in_another_chat_shows_whose_words_it_quotes(call: Caller, li: Person, group: Group) -> None:
    group.add(li)
    said = li.writes(group, "今晚停水，明早恢复")
    picture = li.sends_photo(group, "公告栏")
    await call.updates()
    li.quotes(said, call.bot, "没人通知", quote="停水")
    li.quotes(picture, call.bot, "还有这张")
    first, second = await call.heard()

    assert "reply_to_message" not in first
    assert first["external_reply"]["origin"]["sender_user"]["id"] == li.id
    assert (first["external_reply"]["chat"]["id"], first["external_reply"]["message_id"]) == (group.id, said.id)
    assert first["quote"] == {"text": "停水", "position": 2, "is_manual": True}
    assert second["quote"] == {"text": "公告栏", "position": 0}
    assert "caption" not in second["external_reply"]
    assert second["external_reply"]["photo"][-1]["file_id"] == picture.card(call.bot.id)["photo"][-1]["file_id"]


async def test_words_of_what_is_answered_can_be_picked(call: Caller, li: Person) -> None:
    question = li.writes(call.bot, "路灯坏了")
    li.replies(question, "是这一盏", quote="路灯")
    *_, heard = await call.heard()

    assert heard["quote"] == {"text": "路灯", "position": 0, "is_manual": True}
    with pytest.raises(ImpossibleError):
        li.replies(question, "是这一盏", quote="井盖")
