"""The verbs by which the page, and tests outside, act in a world."""

import asyncio
import base64
from collections.abc import AsyncIterator

import pytest

from sandbox import pictures
from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.page.page import LARGEST
from sandbox.people import Person
from sandbox.scene import Scene
from sandbox.world import World
from tests.sandbox.cast import Caller
from tests.sandbox.control import Control

GRID = -1001000000001
ROWS = [[{"text": "接单", "callback_data": "a:1"}]]


@pytest.fixture
async def control(world: World, bot: Bot) -> AsyncIterator[Control]:
    control = Control.of(Scene(world=world, bot=bot))
    yield control
    await control.client.aclose()


async def test_people_and_groups_are_seeded_over_http(control: Control, world: World, bot: Bot) -> None:
    wang = await control("add_person", id=2001, name="王建国", username="wang")
    chen = (await control("add_person", name="陈静"))["id"]
    group = await control("add_group", id=GRID, title="第1网格", members=[2001, chen])
    forum = await control("add_group", title="遵南社区", forum=True, admin=True)

    assert (wang["id"], group["id"]) == (2001, GRID)
    assert world.groups[GRID].people() == [world.people[2001], world.people[chen]]
    assert world.groups[GRID].owner is world.people[2001]
    assert world.groups[forum["id"]].is_forum
    assert world.groups[forum["id"]].member(bot).is_admin


async def test_words_are_written_answered_edited_and_deleted(control: Control, li: Person) -> None:
    first = await control("write", who=li.id, text="路灯坏了")
    second = await control("write", who=li.id, text="三天了", reply_to=first["message"])
    await control("edit", who=li.id, message=second["message"], text="四天了")

    last = await control.last(li.id)
    assert (last["text"], last["edited"], last["reply"]["text"]) == ("四天了", True, "路灯坏了")

    await control("delete", who=li.id, message=second["message"])
    assert (await control.last(li.id))["text"] == "路灯坏了"


async def test_files_places_and_albums_are_sent(control: Control, li: Person, group: Group, wang: Person) -> None:
    picture = base64.b64encode(pictures.draw("own")).decode()
    one = await control("photos", who=li.id, photos=[{"sample": "lamp-broken"}], caption="看")
    album = await control("photos", who=wang.id, chat=group.id, photos=[{"data": picture}, {"sample": "leak"}])
    await control("voice", who=li.id, seconds=7)
    voice = await control.last(li.id)
    await control("document", who=li.id, name="表.txt", mime="text/plain", data=base64.b64encode(b"a,b").decode())
    document = await control.last(li.id)
    await control("location", who=li.id, latitude=27.5, longitude=106)

    photo = li.chat_with(next(iter(li.dialogs.values())).bot).find(one["message"])
    assert photo
    assert photo.data.startswith(b"\xff\xd8")
    assert len(album["messages"]) == 2
    assert (await control.last(group.id))["album"]
    assert voice["file"]["duration"] == 7
    assert (document["file"]["name"], document["file"]["mime"]) == ("表.txt", "text/plain")
    assert (await control.last(li.id))["point"] == {"latitude": 27.5, "longitude": 106.0}


async def test_a_file_is_fetched_but_never_runs(control: Control, li: Person) -> None:
    await control("document", who=li.id, name="a.html", mime="text/html", data=base64.b64encode(b"<b>").decode())
    await control("photos", who=li.id, photos=[{"sample": "leak"}])

    page, photo = [await control.client.get(f"/control/file/{serial}") for serial in (1, 2)]

    assert page.content == b"<b>"
    assert page.headers["content-type"] == "application/octet-stream"
    assert page.headers["content-disposition"] == "attachment"
    assert photo.headers["content-type"] == "image/jpeg"
    assert {answer.headers["content-security-policy"] for answer in (page, photo)} == {"sandbox; default-src 'none'"}
    assert (await control.client.get("/control/file/9")).status_code == 404


async def test_a_press_returns_what_the_bot_answers(control: Control, world: World, call: Caller, li: Person) -> None:
    sent = await call("sendMessage", chat_id=li.id, text="一件", reply_markup={"inline_keyboard": ROWS})

    async def answer() -> None:
        [press] = await world.until(lambda: list(call.bot.presses.values()))
        await call("answerCallbackQuery", callback_query_id=press.id, text="已由他人接单", show_alert=True)

    answering = asyncio.create_task(answer())
    pressed = await control("press", who=li.id, message=sent["message_id"], label="接单")
    await answering

    assert pressed["answer"] == {"text": "已由他人接单", "alert": True, "url": ""}


async def test_keys_and_questions_are_shown_to_whom_they_are_for(control: Control, call: Caller, li: Person) -> None:
    keys = {"keyboard": [[{"text": "发送位置", "request_location": True}, "我的诉求"]], "one_time_keyboard": True}
    await call("sendMessage", chat_id=li.id, text="在哪里", reply_markup=keys)

    [speaker] = (await control.chat(li.id))["people"]
    assert speaker["keyboard"]["rows"] == [[{"text": "发送位置", "asks": "location"}, {"text": "我的诉求"}]]

    await control("tap", who=li.id, label="我的诉求")
    assert (await control.last(li.id))["text"] == "我的诉求"
    await control("location", who=li.id, latitude=27.5, longitude=106.8)
    [speaker] = (await control.chat(li.id))["people"]
    assert speaker["keyboard"]["hidden"]

    asked = await call("sendMessage", chat_id=li.id, text="为什么？", reply_markup={"force_reply": True})
    [speaker] = (await control.chat(li.id))["people"]
    assert speaker["asked"] == asked["message_id"]


async def test_people_come_and_go(control: Control, li: Person, group: Group) -> None:
    await control("join", who=li.id, chat=group.id)
    await control("write", who=li.id, chat=group.id, text="大家好")
    await control("react", who=li.id, chat=group.id, message=group.last.id, emoji="👍")
    assert (await control.last(group.id))["reactions"] == {"👍": 1}
    await control("leave", who=li.id, chat=group.id)
    await control("block", who=li.id)
    assert (await control.chat(li.id))["blocked"]
    await control("unblock", who=li.id)
    await control("start", who=li.id, parameter="g_ZN-01")

    await control("remove_person", who=li.id)

    assert li.id not in [chat["id"] for chat in (await control.state())["chats"]]


async def test_polls_are_voted_in(control: Control, call: Caller, li: Person) -> None:
    poll = await call("sendPoll", chat_id=li.id, question="装路灯？", options=[{"text": "装"}, {"text": "不装"}])

    await control("vote", who=li.id, message=poll["message_id"], options=["装"])

    assert [option["count"] for option in (await control.last(li.id))["poll"]["options"]] == [1, 0]
    assert (await control.refused("vote", who=li.id, message=poll["message_id"], options=["也许"]))[1] == "malformed"


@pytest.mark.parametrize(
    ("verb", "body", "why"),
    [
        ("write", {"who": 4999, "text": "?"}, "no_person"),
        ("write", {"who": 3001, "text": " "}, "empty"),
        ("write", {"who": 3001, "text": "长" * 4097}, "too_long"),
        ("write", {"who": 3001, "text": "?", "chat": -5}, "no_chat"),
        ("write", {"who": 3001, "text": "?", "chat": GRID}, "not_member"),
        ("write", {"who": 3001, "text": "?", "reply_to": 99}, "no_message"),
        ("write", {"who": 3001, "text": 7}, "malformed"),
        ("write", {"who": "3001", "text": "?"}, "malformed"),
        ("write", {"who": True, "text": "?"}, "malformed"),
        ("write", {}, "malformed"),
        ("press", {"who": 3001, "message": 1, "label": "没有"}, "impossible"),
        ("press", {"who": 3001, "message": 99, "label": "没有"}, "no_message"),
        ("edit", {"who": 2001, "chat": GRID, "message": 3, "text": "?"}, "not_yours"),
        ("tap", {"who": 3001, "label": "没有"}, "no_key"),
        ("start", {"who": 3001, "parameter": "二维码"}, "no_link"),
        ("photos", {"who": 3001, "photos": []}, "impossible"),
        ("photos", {"who": 3001, "photos": ["a"]}, "malformed"),
        ("photos", {"who": 3001, "photos": [{"data": "&&&"}]}, "malformed"),
        ("location", {"who": 3001, "latitude": "north", "longitude": 1}, "malformed"),
        ("add_person", {"name": " "}, "no_name"),
        ("add_person", {"name": "字" * 65}, "no_name"),
        ("add_person", {"name": "李", "id": 3001}, "id_taken"),
        ("add_group", {"title": "群", "id": GRID}, "id_taken"),
        ("move_clock", {"hours": 1}, "no_clock"),
        ("speak", {"language": "xx"}, "malformed"),
        ("fly", {}, "no_verb"),
    ],
)
async def test_what_no_app_would_allow_is_refused_with_a_sentence(
    control: Control, li: Person, group: Group, verb: str, body: dict[str, object], why: str
) -> None:
    assert (li.id, group.id) == (3001, GRID)

    status, error, chinese = await control.refused(verb, **body)
    _, _, english = await control.refused(verb, "en", **body)

    assert error == why
    assert status == {"malformed": 400, "no_verb": 404}.get(why, 409)
    assert chinese.endswith("。")
    assert english.isascii()


async def test_a_blocked_bot_and_a_gone_account_hear_nothing(control: Control, li: Person) -> None:
    li.blocks(next(iter(li.dialogs.values())).bot)
    assert (await control.refused("write", who=li.id, text="喂"))[1] == "blocked"
    li.deletes_account()
    assert (await control.refused("write", who=li.id, text="喂"))[1] == "no_person"


@pytest.mark.parametrize("body", [b"[1]", b"{", b"[" * 5000, b"\xff"])
async def test_a_body_that_is_no_object_is_refused(control: Control, body: bytes) -> None:
    answer = await control.client.post("/control/write", content=body, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()["error"]) == (400, "malformed")


async def test_a_body_that_is_too_large_is_refused(control: Control) -> None:
    answer = await control.client.post(
        "/control/write", content=b" " * (LARGEST + 1), headers={"Content-Type": "application/json"}
    )

    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")
