import json

import pytest

from sandbox.bots import Bot
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.cast import Caller


async def test_a_result_comes_in_an_envelope(world: World, bot: Bot) -> None:
    status, body = await world.api.call(bot.token, "getMe")
    assert status == 200
    assert body["ok"] is True
    assert body["result"] == {
        "id": 1000,
        "is_bot": True,
        "first_name": "民呼",
        "username": "minhu_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }


async def test_a_refusal_says_its_code_and_why(world: World, bot: Bot) -> None:
    answer = await world.api.call(bot.token, "sendMessage", {"chat_id": 404, "text": "有人吗"})
    assert answer == (400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"})


async def test_nobodys_token_is_unauthorized(world: World) -> None:
    answer = await world.api.call("999:nobody", "getMe")
    assert answer == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})


async def test_an_unknown_method_is_not_found(world: World, bot: Bot) -> None:
    answer = await world.api.call(bot.token, "sendMoney")
    assert answer == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


async def test_a_methods_name_may_be_written_anyhow(call: Caller) -> None:
    assert (await call("GETME"))["id"] == 1000


async def test_after_logging_out_nothing_is_answered(call: Caller) -> None:
    assert await call("close") is True
    assert await call("logOut") is True
    assert await call.refused("getMe") == (400, "Logged out")


@pytest.mark.parametrize("as_strings", [False, True])
async def test_objects_come_nested_or_as_strings(call: Caller, li: Person, as_strings: bool) -> None:
    markup = {"inline_keyboard": [[{"text": "提交", "callback_data": "s"}]]}
    params = {"chat_id": 3001, "text": "好", "reply_markup": markup, "disable_notification": True}
    if as_strings:
        params = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
    sent = await call("sendMessage", **params)
    assert sent["reply_markup"] == markup
    assert li.dialogs[1000].last.silent
    assert call.world.journal.last().params == {
        "chat_id": 3001,
        "text": "好",
        "reply_markup": markup,
        "disable_notification": True,
    }


@pytest.mark.parametrize(
    ("written", "meant"), [("True", True), ("true", True), (True, True), ("1", True), ("false", False)]
)
async def test_truth_is_written_in_several_ways(call: Caller, li: Person, written: object, meant: bool) -> None:
    await call("sendMessage", chat_id=li.id, text="好", protect_content=written)
    assert li.dialogs[1000].last.protected is meant


async def test_an_object_that_is_none_is_refused(call: Caller, li: Person) -> None:
    refused = await call.refused("sendMessage", chat_id=li.id, text="好", reply_markup="{")
    assert refused == (400, "Bad Request: can't parse reply_markup JSON object")


async def test_a_call_without_a_chat_is_refused(call: Caller) -> None:
    assert await call.refused("sendMessage", text="好") == (400, "Bad Request: chat_id is empty")


async def test_the_journal_keeps_every_call(world: World, call: Caller, li: Person) -> None:
    await call("sendMessage", chat_id=str(li.id), text="好", message_effect_id="5")
    await call.refused("sendMessage", chat_id=4, text="好")
    await world.api.call("999:nobody", "getMe")
    good, bad, stranger = world.journal
    assert (good.bot, good.method, good.params["chat_id"], good.status, good.ok) == (
        call.bot,
        "sendMessage",
        3001,
        200,
        True,
    )
    assert good.result["text"] == "好"
    assert good.unread == {"message_effect_id"}
    assert (bad.ok, bad.description, bad.result) == (False, "Bad Request: chat not found", None)
    assert (stranger.bot, stranger.status) == (None, 401)
    assert world.journal.calls("sendMessage", bot=call.bot) == [good, bad]
    world.journal.clear()
    assert len(world.journal) == 0


async def test_two_worlds_do_not_see_each_other(world: World, bot: Bot, li: Person) -> None:
    async with World() as other:
        twin = other.add_bot(token=bot.token, username="minhu_bot", name="民呼")
        status, _ = await other.api.call(twin.token, "sendMessage", {"chat_id": li.id, "text": "好"})
        assert status == 400
        assert len(world.journal) == 0


async def test_a_world_that_is_reset_is_empty(world: World, call: Caller, li: Person) -> None:
    await call("sendMessage", chat_id=li.id, text="好")
    world.faults.down()
    await world.reset()
    assert not world.people
    assert len(world.journal) == 0
    assert (await world.api.call("1000:test", "getMe"))[0] == 401
