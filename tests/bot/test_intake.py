"""Intake: which chat an update belongs to, and that a batch is kept whole, in order and once."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desks import Desks
from bot.intake import Intake, chat_of
from handlers.routing import ALLOWED_UPDATES
from tests.doubles.dispatcher import nobody_looks

BOT = 1000
PRIVATE = {"id": 3001, "type": "private", "first_name": "李秀英"}
GROUP = {"id": -1001000000001, "type": "supergroup", "title": "第1网格"}
LI = {"id": 3001, "is_bot": False, "first_name": "李秀英"}
IN_GROUP = {"message_id": 7, "date": 1700000000, "chat": GROUP, "from": LI, "text": "好"}
IN_PRIVATE = {**IN_GROUP, "chat": PRIVATE}


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"message": IN_PRIVATE}, 3001),
        ({"message": IN_GROUP}, GROUP["id"]),
        ({"edited_message": IN_GROUP}, GROUP["id"]),
        ({"channel_post": {**IN_GROUP, "from": None}}, GROUP["id"]),
        ({"edited_channel_post": IN_GROUP}, GROUP["id"]),
        ({"business_message": IN_PRIVATE}, 3001),
        ({"callback_query": {"id": "1", "from": LI, "data": "wa:1", "message": IN_GROUP}}, GROUP["id"]),
        (
            {"callback_query": {"id": "1", "from": LI, "message": {"chat": GROUP, "message_id": 7, "date": 0}}},
            GROUP["id"],
        ),
        ({"callback_query": {"id": "1", "from": LI, "inline_message_id": "x", "chat_instance": "y"}}, 3001),
        ({"my_chat_member": {"chat": GROUP, "from": LI, "date": 0}}, GROUP["id"]),
        ({"chat_member": {"chat": GROUP, "from": LI, "date": 0}}, GROUP["id"]),
        ({"chat_join_request": {"chat": GROUP, "from": LI, "user_chat_id": 3001}}, GROUP["id"]),
        ({"message_reaction": {"chat": GROUP, "message_id": 7, "user": LI}}, GROUP["id"]),
        ({"message_reaction_count": {"chat": GROUP, "message_id": 7}}, GROUP["id"]),
        ({"chat_boost": {"chat": GROUP, "boost": {}}}, GROUP["id"]),
        ({"inline_query": {"id": "1", "from": LI, "query": ""}}, 3001),
        ({"chosen_inline_result": {"from": LI, "result_id": "1"}}, 3001),
        ({"pre_checkout_query": {"id": "1", "from": LI}}, 3001),
        ({"poll_answer": {"poll_id": "1", "user": LI}}, 3001),
        ({"poll_answer": {"poll_id": "1", "voter_chat": GROUP}}, 0),
        ({"poll": {"id": "1", "question": "?"}}, 0),
        ({"something_new": "x"}, 0),
        ({"message": None}, 0),
        ({"message": {"chat": "x"}}, 0),
        ({"callback_query": {"message": "x", "from": [1]}}, 0),
        ({}, 0),
    ],
)
def test_every_kind_of_update_finds_its_chat(update: dict[str, Any], chat: int) -> None:
    assert chat_of({"update_id": 1, **update}) == chat
    assert chat_of({**update, "update_id": 1}) == chat


def test_every_kind_of_update_that_we_ask_for_belongs_to_a_chat() -> None:
    contents = {"callback_query": {"id": "1", "from": LI, "message": IN_GROUP}}

    assert all(chat_of({"update_id": 1, kind: contents.get(kind, IN_GROUP)}) == GROUP["id"] for kind in ALLOWED_UPDATES)


leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
names = st.sampled_from(["message", "callback_query", "chat", "from", "user", "id", "poll"])
jsons = st.recursive(leaves, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=4))


@given(st.dictionaries(names, jsons))
def test_whatever_telegram_sends_it_belongs_to_some_chat_or_none(update: dict[str, Any]) -> None:
    assert isinstance(chat_of(update), int)


async def kept(desks: Desks) -> list[dict[str, Any]]:
    """Take everything out of the inbox, in its order."""
    raw: list[tuple[int, dict[str, Any]]] = []
    while took := await take(desks):
        raw += took
    return [update for _, update in sorted(raw, key=lambda pair: pair[0])]


async def take(desks: Desks) -> list[tuple[int, dict[str, Any]]]:
    """Take the oldest update of each chat out of the inbox."""
    async with desks.storage.writing() as work:
        waiting = await work.inbox.waiting((), 100)
        for item in waiting:
            await work.inbox.finish(item.ids, work.now)
    return [(id_, json.loads(raw)) for item in waiting for id_, raw in zip(item.ids, item.raws, strict=True)]


async def test_a_batch_is_kept_in_the_order_in_which_it_came(desks: Desks) -> None:
    updates = [{"update_id": number, "message": {**IN_PRIVATE, "text": f"第{number}条🏠"}} for number in (5, 3, 9)]

    await Intake(desks, BOT, nobody_looks).receive(updates)

    assert await kept(desks) == updates


async def test_what_comes_again_is_kept_once(desks: Desks) -> None:
    intake, first, second = Intake(desks, BOT, nobody_looks), {"update_id": 1, "poll": {}}, {"update_id": 2, "poll": {}}

    await intake.receive([first])
    await intake.receive([first, second, second])
    await intake.receive([])

    assert await kept(desks) == [first, second]


async def test_two_bots_may_have_updates_with_one_number(desks: Desks) -> None:
    for bot in (1000, 2000):
        await Intake(desks, bot, nobody_looks).receive([{"update_id": 1, "poll": {"id": str(bot)}}])

    assert len(await kept(desks)) == 2


async def test_a_batch_with_one_that_is_broken_is_kept_in_none_of_its_parts(desks: Desks) -> None:
    with pytest.raises(KeyError):
        await Intake(desks, BOT, nobody_looks).receive([{"update_id": 1, "poll": {}}, {"poll": {}}])

    assert await kept(desks) == []


@pytest.mark.parametrize("words", ["\x00", "\ud83d", "\u2028", "\u202e民呼", "👩‍👩‍👧"])
async def test_no_sign_in_the_words_keeps_an_update_from_being_kept(desks: Desks, words: str) -> None:
    update = {"update_id": 1, "message": {**IN_PRIVATE, "text": words}}

    await Intake(desks, BOT, nobody_looks).receive([update])

    assert await kept(desks) == [update]
