from typing import Any

import pytest

from sandbox.errors import ImpossibleError
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.presses import Answer
from tests.sandbox.cast import Caller, Clock

TOO_OLD = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
MARKUP: dict[str, Any] = {
    "inline_keyboard": [[{"text": "提交", "callback_data": "s:1"}, {"text": "网站", "url": "https://a.cn"}]]
}


@pytest.fixture
async def draft(call: Caller, li: Person) -> Message:
    await call("sendMessage", chat_id=li.id, text="草稿", reply_markup=MARKUP)
    return li.chat_with(call.bot).last


async def test_a_press_reaches_the_bot_and_is_answered(call: Caller, li: Person, draft: Message) -> None:
    press = li.presses(draft, "提交")
    [query] = await call.heard("callback_query")
    assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == ("s:1", li.id, draft.id)
    assert query["chat_instance"]
    assert press.answer is None
    await call("answerCallbackQuery", callback_query_id=query["id"], text="已提交", show_alert="true")
    assert press.answer == Answer("已提交", show_alert=True)


async def test_a_press_is_answered_once(call: Caller, li: Person, draft: Message) -> None:
    press = li.presses(draft, "提交")
    await call("answerCallbackQuery", callback_query_id=press.id)
    assert await call.refused("answerCallbackQuery", callback_query_id=press.id) == TOO_OLD
    assert await call.refused("answerCallbackQuery", callback_query_id="nonsense") == TOO_OLD


async def test_a_press_is_answered_soon(call: Caller, li: Person, draft: Message, clock: Clock) -> None:
    press = li.presses(draft, "提交")
    clock.advance(seconds=16)
    assert await call.refused("answerCallbackQuery", callback_query_id=press.id) == TOO_OLD
    clock.advance(seconds=150)
    assert await call.heard("callback_query") == []


async def test_an_answer_has_200_characters(call: Caller, li: Person, draft: Message) -> None:
    press = li.presses(draft, "提交")
    refused = await call.refused("answerCallbackQuery", callback_query_id=press.id, text="长" * 201)
    assert refused == (400, "Bad Request: MESSAGE_TOO_LONG")
    await call("answerCallbackQuery", callback_query_id=press.id, text="长" * 200)


async def test_only_buttons_that_are_there_and_speak_can_be_pressed(call: Caller, li: Person, draft: Message) -> None:
    for label in ("取消", "网站"):
        with pytest.raises(ImpossibleError):
            li.presses(draft, label)
    with pytest.raises(ImpossibleError):
        li.presses(li.writes(call.bot, "我的"), "提交")


async def test_an_old_screen_still_sends_its_data(call: Caller, li: Person, draft: Message) -> None:
    await call("editMessageReplyMarkup", chat_id=li.id, message_id=draft.id)
    li.presses(draft, data="s:1")
    draft.delete()
    li.presses(draft, data="s:2")
    stands, gone = await call.heard("callback_query")
    assert (stands["data"], gone["data"]) == ("s:1", "s:2")
    assert gone["message"] == {"chat": draft.chat.card(), "message_id": draft.id, "date": 0}


async def test_presses_in_groups_are_heard_in_spite_of_privacy(call: Caller, group: Group, wang: Person) -> None:
    await call("sendMessage", chat_id=group.id, text="新诉求", reply_markup=MARKUP)
    wang.presses(group.last, "提交")
    [query] = await call.heard("callback_query")
    assert query["message"]["chat"]["id"] == group.id


async def test_a_bot_that_was_removed_hears_no_presses(call: Caller, group: Group, wang: Person) -> None:
    await call("sendMessage", chat_id=group.id, text="新诉求", reply_markup=MARKUP)
    card = group.last
    group.remove(call.bot)
    await call.updates()
    assert wang.presses(card, "提交").answer is None
    assert await call.updates() == []


async def test_who_is_not_in_a_group_cannot_press_there(call: Caller, group: Group, li: Person) -> None:
    await call("sendMessage", chat_id=group.id, text="新诉求", reply_markup=MARKUP)
    with pytest.raises(ImpossibleError):
        li.presses(group.last, "提交")


async def test_a_bot_reacts_to_a_message(call: Caller, li: Person) -> None:
    message = li.writes(call.bot, "谢谢")
    thumb = [{"type": "emoji", "emoji": "👍"}]
    await call("setMessageReaction", chat_id=li.id, message_id=message.id, reaction=thumb)
    assert message.reactions == {call.bot.id: ["👍"]}
    refused = await call.refused("setMessageReaction", chat_id=li.id, message_id=message.id, reaction=thumb * 2)
    assert refused == (400, "Bad Request: REACTIONS_TOO_MANY")
    car = [{"type": "emoji", "emoji": "🚗"}]
    refused = await call.refused("setMessageReaction", chat_id=li.id, message_id=message.id, reaction=car)
    assert refused == (400, "Bad Request: REACTION_INVALID")
    refused = await call.refused("setMessageReaction", chat_id=li.id, message_id=9999, reaction=thumb)
    assert refused == (400, "Bad Request: message to react not found")


async def test_reactions_of_people_are_told_only_when_asked_for(call: Caller, group: Group, wang: Person) -> None:
    await call("sendMessage", chat_id=group.id, text="新诉求")
    wang.reacts(group.last, "👍")
    await call.updates(allowed_updates=["message", "message_reaction"])
    wang.reacts(group.last, "👀")
    assert await call.heard("message_reaction") == []
    group.promote(call.bot)
    wang.reacts(group.last, "🔥")
    [told] = await call.heard("message_reaction")
    assert (told["user"]["id"], told["message_id"]) == (wang.id, group.last.id)
    assert told["old_reaction"] == [{"type": "emoji", "emoji": "👀"}]
    assert told["new_reaction"] == [{"type": "emoji", "emoji": "🔥"}]
