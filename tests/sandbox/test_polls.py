from typing import Any

import pytest

from sandbox.errors import ImpossibleError
from sandbox.groups import Group
from sandbox.people import Person
from tests.sandbox.cast import Caller

OPTIONS = ["满意", "不满意"]


async def test_a_bot_asks_and_learns_who_voted(call: Caller, group: Group, wang: Person) -> None:
    await call("sendPoll", chat_id=group.id, question="满意吗", options=OPTIONS, is_anonymous=False)
    wang.votes(group.last, "满意")
    updates = await call.updates()
    [state] = [update["poll"] for update in updates if "poll" in update]
    [answer] = [update["poll_answer"] for update in updates if "poll_answer" in update]
    assert [option["voter_count"] for option in state["options"]] == [1, 0]
    assert (answer["user"]["id"], answer["option_ids"]) == (wang.id, [0])
    wang.votes(group.last)
    [answer] = await call.heard("poll_answer")
    assert answer["option_ids"] == []


async def test_an_anonymous_poll_keeps_names_to_itself(call: Caller, li: Person) -> None:
    options = [{"text": "<b>满意</b>", "text_parse_mode": "HTML"}, {"text": "不满意"}]
    sent = await call("sendPoll", chat_id=li.id, question="满意吗", options=options)
    assert (sent["poll"]["is_anonymous"], sent["poll"]["type"]) == (True, "regular")
    assert sent["poll"]["options"][0]["text_entities"][0]["type"] == "bold"
    li.votes(li.chat_with(call.bot).last, "不满意")
    updates = await call.updates()
    assert [update["poll"]["total_voter_count"] for update in updates] == [1]


async def test_a_poll_is_stopped(call: Caller, li: Person) -> None:
    sent = await call("sendPoll", chat_id=li.id, question="满意吗", options=OPTIONS)
    poll = li.chat_with(call.bot).last
    li.votes(poll, "满意")
    closed = await call("stopPoll", chat_id=li.id, message_id=sent["message_id"])
    assert (closed["is_closed"], closed["total_voter_count"]) == (True, 1)
    assert (await call.heard("poll"))[-1]["is_closed"] is True
    with pytest.raises(ImpossibleError):
        li.votes(poll, "满意")
    refused = await call.refused("stopPoll", chat_id=li.id, message_id=sent["message_id"])
    assert refused == (400, "Bad Request: poll has already been closed")
    words = await call("sendMessage", chat_id=li.id, text="谢谢")
    refused = await call.refused("stopPoll", chat_id=li.id, message_id=words["message_id"])
    assert refused == (400, "Bad Request: message with poll to stop not found")
    theirs = li.sends_poll(call.bot, "吃什么", ["面", "粉"])
    refused = await call.refused("stopPoll", chat_id=li.id, message_id=theirs.id)
    assert refused == (400, "Bad Request: poll can't be stopped")


async def test_a_quiz_knows_the_answer(call: Caller, li: Person) -> None:
    sent = await call("sendPoll", chat_id=li.id, question="1+1", options=["1", "2"], type="quiz", correct_option_id=1)
    assert (sent["poll"]["type"], sent["poll"]["correct_option_ids"]) == ("quiz", [1])
    li.votes(li.chat_with(call.bot).last, "1")
    with pytest.raises(ImpossibleError):
        li.votes(li.chat_with(call.bot).last, "2")


async def test_a_person_sends_a_poll(call: Caller, li: Person) -> None:
    li.sends_poll(call.bot, "吃什么", ["面", "粉"])
    [heard] = await call.heard()
    assert [option["text"] for option in heard["poll"]["options"]] == ["面", "粉"]


@pytest.mark.parametrize(
    ("question", "options", "problem"),
    [
        ("", OPTIONS, "poll question must be non-empty"),
        ("长" * 301, OPTIONS, "poll question length must not exceed 300"),
        ("好", ["一"], "poll must have at least 2 option"),
        ("好", ["一"] * 13, "poll can't have more than 12 options"),
        ("好", ["一", ""], "poll options must be non-empty"),
        ("好", ["一", "长" * 101], "poll options length must not exceed 100"),
    ],
)
async def test_a_poll_has_rules(call: Caller, li: Person, question: str, options: list[Any], problem: str) -> None:
    refused = await call.refused("sendPoll", chat_id=li.id, question=question, options=options)
    assert refused == (400, f"Bad Request: {problem}")


async def test_the_largest_poll_fits(call: Caller, li: Person) -> None:
    await call("sendPoll", chat_id=li.id, question="长" * 300, options=["长" * 100] * 12)
