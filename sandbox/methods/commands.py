"""Command menus, by scope and language."""

import re
from dataclasses import replace

from sandbox.calls import Access, Call
from sandbox.errors import bad_request
from sandbox.jsons import Json
from sandbox.methods.registry import method
from sandbox.params import Params
from sandbox.profile import DEFAULT_SCOPE, Scope

COMMANDS_LIMIT = 100
DESCRIPTION = range(1, 257)
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
WIDE = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
NARROW = {"chat", "chat_administrators", "chat_member"}


@method("setMyCommands")
def set_my_commands(call: Call) -> bool:
    """Set the menu of a scope in a language."""
    commands = call.params.json_array("commands")
    _check(commands)
    call.bot.profile.commands[_scope(call), _language(call)] = commands
    call.stage.ground.changed("commands")
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> list[Json]:
    """Return the menu of a scope in a language, and of no other."""
    return call.bot.profile.commands.get((_scope(call), _language(call)), [])


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    """Remove the menu of a scope, so that a wider one shows."""
    call.bot.profile.commands.pop((_scope(call), _language(call)), None)
    call.stage.ground.changed("commands")
    return True


def _language(call: Call) -> str:
    return call.params.text("language_code")


def _scope(call: Call) -> Scope:
    scope = call.params.json_object("scope")
    kind = scope.get("type", "default") if scope else DEFAULT_SCOPE[0]
    if kind in WIDE:
        return kind, 0, 0
    if kind not in NARROW:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = replace(call, params=Params(scope, {})).chat(access=Access.READ)
    return kind, chat.id, int(scope.get("user_id", 0)) if kind == "chat_member" else 0


def _check(commands: list[Json]) -> None:
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(str(command.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if len(str(command.get("description", ""))) not in DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
