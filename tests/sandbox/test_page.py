"""The page's own server: who may ask, what it shows, what it says, and what it tells as it happens."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from string import Formatter
from typing import Any

import httpx
import pytest

import sandbox
from sandbox.bots import Bot
from sandbox.feed import Change
from sandbox.groups import Group
from sandbox.page.events import stream
from sandbox.page.page import page_routes
from sandbox.page.words import LANGUAGES, texts
from sandbox.people import Person
from sandbox.scene import Scene
from sandbox.wire import serve
from sandbox.world import World
from tests.habits.source import modules
from tests.sandbox.cast import Caller
from tests.sandbox.control import ORIGIN, Control

STATIC = Path(sandbox.__file__).parent / "page" / "static"
SCRIPTS = "\n".join(file.read_text("utf-8") for file in sorted(STATIC.glob("*.js")))
STYLES = "\n".join(file.read_text("utf-8") for file in sorted(STATIC.glob("*.css")))
KEY = re.compile(r"""\b(?:t|knows)\(\s*[^)"'`]*?["']([a-z]+\.[a-z_-]+)["']""")
EITHER = re.compile(
    r"""["']((?:page|clock|due|time|rail|phone|menu|composer|sheet|sample|message|kind|role|service|files|colour|tour|refused)\.[a-z_-]+)["']"""
)
BUILT = re.compile(r"`([a-z]+)\.\$\{[^}]+\}(_title)?`")
STORIES = {"lamp", "whistle"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
async def control(world: World, bot: Bot) -> AsyncIterator[Control]:
    control = Control.of(Scene(world=world, bot=bot))
    yield control
    await control.client.aclose()


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "localhost"])
async def test_the_page_is_for_this_machine(control: Control, host: str) -> None:
    answer = await control.client.get("/", headers={"Host": host})

    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("host", ["minhu.example", "127.0.0.1.example:8080", "", "localhost.evil:8080"])
@pytest.mark.parametrize("path", ["/", "/control/state", "/control/events", "/static/page.js", "/words/zh.json"])
async def test_a_name_that_was_pointed_here_is_refused(control: Control, host: str, path: str) -> None:
    assert (await control.client.get(path, headers={"Host": host})).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": ORIGIN},
    ],
)
async def test_a_page_from_elsewhere_cannot_act(control: Control, world: World, headers: dict[str, str]) -> None:
    answer = await control.client.post("/control/add_person", json={"name": "外人"}, headers=headers)

    assert answer.status_code == 403
    assert world.people == {}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_only_json_is_read(control: Control, kind: str) -> None:
    answer = await control.client.post("/control/add_person", content=b'{"name": "?"}', headers={"Content-Type": kind})

    assert answer.status_code == 415


async def test_the_own_page_may_act(control: Control) -> None:
    headers = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}

    answer = await control.client.post("/control/add_person", json={"name": "李"}, headers=headers)

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/static/../scene.py", "/static/%2e%2e/page.py", "/words/fr.json", "/nowhere"])
async def test_nothing_else_is_served(control: Control, path: str) -> None:
    assert (await control.client.get(path)).status_code == 404


async def test_the_bot_api_keeps_its_own_answers_beside_the_page(world: World, bot: Bot) -> None:
    async with serve(world, 0, page_routes(Scene(world=world, bot=bot))) as address, httpx.AsyncClient() as client:
        unknown = await client.get(f"{address.base_url}{bot.token}/fly")
        me = await client.get(f"{address.base_url}{bot.token}/getMe")

    assert unknown.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert me.json()["ok"]


async def test_the_state_shows_what_stands_in_the_chats(
    control: Control, call: Caller, li: Person, group: Group, wang: Person
) -> None:
    message = li.writes(call.bot, "看 /my 和 #MH2611_00001")
    await call("sendMessage", chat_id=li.id, text="<b>好</b>", parse_mode="HTML", reply_to_message_id=message.id)
    wang.writes(group, "到")

    said, answered = (await control.chat(li.id))["messages"][-2:]
    assert [entity["type"] for entity in said["entities"]] == ["bot_command", "hashtag"]
    assert answered["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    shown = await control.chat(group.id)
    assert [message["kind"] for message in shown["messages"]] == ["new_chat_members", "new_chat_members", "text"]
    assert shown["messages"][1]["service"] == {"who": "站长", "what": "民呼"}
    assert [person["name"] for person in shown["people"]] == ["站长", "王建国"]


async def test_the_stream_begins_with_the_world_and_goes_on_with_what_changes(
    world: World, call: Caller, li: Person
) -> None:
    telling = stream(Scene(world=world, bot=call.bot), "zh")
    first = await anext(telling)
    assert first.startswith("retry: ")
    assert "event: world\n" in first

    for number in range(3):
        await call("sendMessage", chat_id=li.id, text=f"第{number}条")
    told = _read(await anext(telling))
    assert (told[0], told[1]["id"], told[1]["messages"][-1]["text"]) == ("chat", li.id, "第2条")
    assert _read(await anext(telling))[0] == "clock"

    await call("sendChatAction", chat_id=li.id, action="typing")
    assert _read(await anext(telling)) == ("typing", li.id)
    await telling.aclose()


async def test_who_comes_and_goes_is_told_whole(world: World, bot: Bot, li: Person) -> None:
    telling = stream(Scene(world=world, bot=bot), "zh")
    await anext(telling)

    li.deletes_account()
    world.feed.publish(Change("people"))

    name, told = _read(await anext(telling))
    assert name == "world"
    assert told["chats"] == []
    await telling.aclose()


def _read(event: str) -> tuple[str, Any]:
    name, data = event.strip().split("\n")
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


# --- the words -------------------------------------------------------------------------------------------------------


def test_both_languages_have_the_same_texts_with_the_same_gaps() -> None:
    chinese, english = (texts(language) for language in LANGUAGES)

    assert chinese.keys() == english.keys()
    for key, text in chinese.items():
        gaps = [{name for _, name, _, _ in Formatter().parse(said) if name} for said in (text, english[key])]
        assert gaps[0] == gaps[1], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_says_something(language: str) -> None:
    for key, text in texts(language).items():
        assert text == text.strip() != "", key


def test_english_texts_are_english() -> None:
    named = "王建国|申红|路灯管理所|第1网格|煤炭小区"

    assert {key for key, text in texts("en").items() if CHINESE.search(re.sub(named, "", text))} <= {
        "page.other_language"
    }


def test_every_text_that_the_page_asks_for_is_there_and_none_is_left_over() -> None:
    named = set(KEY.findall(SCRIPTS)) | set(EITHER.findall(SCRIPTS))
    families = {family for family, _ in BUILT.findall(SCRIPTS)} | STORIES | {"refused"}

    assert named <= texts("zh").keys()
    assert {key for key in texts("zh") if key not in named and key.split(".")[0] not in families} == set()


def test_every_refusal_has_a_sentence() -> None:
    given = [
        call
        for module in modules("sandbox")
        for name in ("RefusedError", "ImpossibleError")
        for call in module.calls(name)
    ]
    places = {"RefusedError": 0, "ImpossibleError": 1}
    whys = {
        argument.value
        for call in given
        for argument in call.args[places[call.func.id] :][:1]  # type: ignore[attr-defined]
        if hasattr(argument, "value") and isinstance(argument.value, str)
    }

    assert len(whys) > 15
    assert {f"refused.{why}" for why in whys | {"impossible"}} == {
        key for key in texts("zh") if key.startswith("refused.")
    }


# --- colours ---------------------------------------------------------------------------------------------------------

PAIRS = [
    *[(ink, ground) for ink in ("ink", "soft", "brand-text") for ground in ("paper", "ground", "in")],
    *[("ink", "out"), ("ink", "chat"), ("brand-text", "brand-soft"), ("brand-ink", "brand"), ("danger", "paper")],
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_everything_can_be_read(theme: str, ink: str, ground: str) -> None:
    begin = STYLES.index(":root {" if theme == "light" else ':root[data-theme="dark"] {')
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", STYLES[begin : STYLES.index("}", begin)]))

    light, dark = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
