"""How a bot presents itself, and how it leaves."""

from sandbox.calls import Call
from sandbox.entities import units
from sandbox.errors import bad_request
from sandbox.jsons import Json
from sandbox.methods.registry import method

LIMITS = {"name": 64, "description": 512, "short_description": 120}


@method("getMe")
def get_me(call: Call) -> Json:
    """Return the bot itself."""
    return call.bot.full_card()


@method("setMyName")
def set_my_name(call: Call) -> bool:
    """Set the bot's name in a language."""
    return _set(call, "name")


@method("getMyName")
def get_my_name(call: Call) -> Json:
    """Return the bot's name in a language."""
    return {"name": _get(call, "name")["name"] or call.bot.first_name}


@method("setMyDescription")
def set_my_description(call: Call) -> bool:
    """Set what an empty chat with the bot shows."""
    return _set(call, "description")


@method("getMyDescription")
def get_my_description(call: Call) -> Json:
    """Return what an empty chat with the bot shows."""
    return _get(call, "description")


@method("setMyShortDescription")
def set_my_short_description(call: Call) -> bool:
    """Set what the bot's profile shows."""
    return _set(call, "short_description")


@method("getMyShortDescription")
def get_my_short_description(call: Call) -> Json:
    """Return what the bot's profile shows."""
    return _get(call, "short_description")


@method("setChatMenuButton")
def set_chat_menu_button(call: Call) -> bool:
    """Set the button beside the field where people write, for one private chat or for all."""
    call.bot.profile.menu_buttons[_private(call)] = call.params.json_object("menu_button") or {"type": "default"}
    return True


@method("getChatMenuButton")
def get_chat_menu_button(call: Call) -> Json:
    """Return the button beside the field where people write."""
    return call.bot.profile.menu_button(_private(call))


@method("logOut")
def log_out(call: Call) -> bool:
    """Leave this server: no call is answered any more."""
    call.bot.logged_out = True
    return True


@method("close")
def close(call: Call) -> bool:  # noqa: ARG001 - a local server would let go of the bot
    """Let go of the bot, before it moves to another server."""
    return True


def _set(call: Call, name: str) -> bool:
    text = call.params.text(name)
    if units(text) > LIMITS[name]:
        raise bad_request(f"{name} is too long: at most {LIMITS[name]} characters")
    call.bot.profile.write(name, call.params.text("language_code"), text)
    return True


def _get(call: Call, name: str) -> Json:
    return {name: call.bot.profile.text(name, call.params.text("language_code"))}


def _private(call: Call) -> int:
    if "chat_id" not in call.params:
        return 0
    chat = call.chat()
    if chat.type != "private":
        raise bad_request("chat_id must be a private chat")
    return chat.id
