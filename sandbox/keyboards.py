"""Keyboards under messages and instead of letters: checked as Telegram checks them, and looked up by label."""

from dataclasses import dataclass
from typing import Any

from sandbox.errors import bad_request
from sandbox.jsons import Json

BUTTONS_LIMIT = 100
DATA_LIMIT = 64  # bytes
INLINE_KINDS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}

Rows = list[list[Json]]


@dataclass
class Shown:
    """The keyboard that a person sees in a chat instead of letters, and the message that brought it."""

    rows: Rows
    message_id: int
    one_time: bool = False
    resize: bool = False
    placeholder: str = ""
    hidden: bool = False

    def labels(self) -> list[list[str]]:
        """Return its labels, row by row."""
        return [[str(button["text"]) for button in row] for row in self.rows]

    def button(self, label: str) -> Json | None:
        """Return the button with this label."""
        return next((button for row in self.rows for button in row if button["text"] == label), None)

    def requesting(self, field: str) -> Json | None:
        """Return the first button that asks for something: request_location, request_contact."""
        return next((button for row in self.rows for button in row if button.get(field)), None)


def checked(markup: Json) -> Json | None:
    """Return a reply_markup in its full form, or None where it says nothing.

    Raises ApiError (400) where Telegram refuses it.
    """
    if rows := _rows(markup, "keyboard"):
        return markup | {"keyboard": _counted([[_key(button) for button in row] for row in rows])}
    if rows := _rows(markup, "inline_keyboard"):
        return {"inline_keyboard": _counted([[_inline(button) for button in row] for row in rows])}
    return markup if markup.get("remove_keyboard") or markup.get("force_reply") else None


def inline_rows(markup: Json | None) -> Rows:
    """Return the rows of an inline keyboard; none for any other."""
    rows: Rows = (markup or {}).get("inline_keyboard", [])
    return rows


def inline_only(markup: Json | None) -> Json | None:
    """Return the markup if it is an inline keyboard: nothing else is shown in a message."""
    return markup if inline_rows(markup) else None


def _rows(markup: Json, field: str) -> list[list[Any]]:
    rows = markup.get(field) or []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" must be an Array of Arrays')
    return [row for row in rows if row]


def _counted(rows: Rows) -> Rows:
    if sum(map(len, rows)) > BUTTONS_LIMIT:
        raise bad_request("reply markup is too long")
    return rows


def _key(button: object) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if "text" not in button:
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return button


def _inline(button: object) -> Json:
    problem = "can't parse inline keyboard button"
    if not isinstance(button, dict):
        raise bad_request(f"{problem}: InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request(f'{problem}: Can\'t find field "text"')
    if not INLINE_KINDS & button.keys() or not (button.get("callback_data", True) and button.get("url", True)):
        raise bad_request(f"{problem}: Text buttons are unallowed in the inline keyboard")
    if len(str(button.get("callback_data", "")).encode()) > DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    return button
