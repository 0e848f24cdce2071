from typing import Any

import pytest

from sandbox.groups import Group
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.cast import Caller


def menu(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": "说明"} for name in names]


@pytest.mark.parametrize(
    ("setter", "getter", "field", "limit"),
    [
        ("setMyName", "getMyName", "name", 64),
        ("setMyDescription", "getMyDescription", "description", 512),
        ("setMyShortDescription", "getMyShortDescription", "short_description", 120),
    ],
)
async def test_texts_have_languages_and_limits(call: Caller, setter: str, getter: str, field: str, limit: int) -> None:
    await call(setter, **{field: "民" * limit})
    await call(setter, language_code="en", **{field: "People's desk"})
    assert await call(getter) == {field: "民" * limit}
    assert await call(getter, language_code="en") == {field: "People's desk"}
    assert await call(getter, language_code="fr") == {field: "民" * limit}
    refused = await call.refused(setter, **{field: "民" * (limit + 1)})
    assert refused == (400, f"Bad Request: {field} is too long: at most {limit} characters")
    await call(setter, **{field: ""})
    assert await call(getter) == {field: call.bot.first_name if field == "name" else ""}


async def test_a_person_sees_the_narrowest_menu(
    world: World, call: Caller, li: Person, wang: Person, group: Group
) -> None:
    await call("setMyCommands", commands=menu("help"))
    await call("setMyCommands", commands=menu("my"), scope={"type": "all_private_chats"})
    await call("setMyCommands", commands=menu("units"), scope={"type": "chat", "chat_id": li.id})
    await call("setMyCommands", commands=menu("todo"), scope={"type": "all_group_chats"})
    await call("setMyCommands", commands=menu("bind"), scope={"type": "all_chat_administrators"})

    def shown(person: Person, place: Group | None = None) -> list[str]:
        return [command["command"] for command in world.commands_shown(call.bot, person, place)]

    assert shown(li) == ["units"]
    assert shown(wang) == ["my"]
    assert shown(wang, group) == ["todo"]
    group.promote(wang)
    assert shown(wang, group) == ["bind"]
    await call("setMyCommands", commands=menu("stats"), scope={"type": "chat_administrators", "chat_id": group.id})
    assert shown(wang, group) == ["stats"]
    member = {"type": "chat_member", "chat_id": group.id, "user_id": wang.id}
    await call("setMyCommands", commands=menu("case"), scope=member)
    assert shown(wang, group) == ["case"]
    assert await call("getMyCommands", scope=member) == menu("case")
    await call("deleteMyCommands", scope=member)
    assert shown(wang, group) == ["stats"]
    assert await call("getMyCommands", scope=member) == []


async def test_a_menu_speaks_the_persons_language(world: World, call: Caller) -> None:
    john = world.add_person(77, "John", language_code="en")
    await call("setMyCommands", commands=menu("wo"))
    await call("setMyCommands", commands=menu("my"), language_code="en")
    assert [command["command"] for command in world.commands_shown(call.bot, john)] == ["my"]


@pytest.mark.parametrize(
    ("commands", "scope", "problem"),
    [
        (menu("Help"), None, "BOT_COMMAND_INVALID"),
        (menu("x" * 33), None, "BOT_COMMAND_INVALID"),
        ([{"command": "help", "description": ""}], None, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "help", "description": "长" * 257}], None, "BOT_COMMAND_DESCRIPTION_INVALID"),
        (menu(*["help"] * 101), None, "BOT_COMMANDS_TOO_MUCH"),
        (menu("help"), {"type": "everybody"}, "can't parse BotCommandScope: Unsupported type specified"),
        (menu("help"), {"type": "chat", "chat_id": 4}, "chat not found"),
    ],
)
async def test_a_menu_has_rules(call: Caller, commands: list[Any], scope: dict[str, Any] | None, problem: str) -> None:
    refused = await call.refused("setMyCommands", commands=commands, scope=scope)
    assert refused == (400, f"Bad Request: {problem}")


async def test_the_menu_button_is_set_for_one_chat_or_all(call: Caller, li: Person, group: Group) -> None:
    assert await call("getChatMenuButton") == {"type": "commands"}
    app = {"type": "web_app", "text": "大厅", "web_app": {"url": "https://example.org"}}
    await call("setChatMenuButton", chat_id=li.id, menu_button=app)
    assert await call("getChatMenuButton", chat_id=li.id) == app
    assert await call("getChatMenuButton") == {"type": "commands"}
    refused = await call.refused("setChatMenuButton", chat_id=group.id, menu_button=app)
    assert refused == (400, "Bad Request: chat_id must be a private chat")
