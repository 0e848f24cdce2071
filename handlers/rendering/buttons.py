"""Buttons: callback data ⇄ typed actions. What comes back is never trusted, only read; the desk decides."""

from collections.abc import Callable, Iterator
from dataclasses import astuple, fields
from typing import Any, TypeVar

from markupsafe import Markup
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.letters.posts import Purpose
from handlers.words import Words

LIMIT = 64
"""Telegram's limit for callback data, in bytes."""
LONGEST_NUMBER = 18

ActionType = TypeVar("ActionType", bound=type)
_BY_TAG: dict[str, type[Any]] = {}
_TAGS: dict[type[Any], str] = {}
_ANSWERS: dict[type[Any], Purpose] = {}


def tagged(tag: str, *, answers: Purpose | None = None) -> Any:  # noqa: ANN401 - a decorator for any dataclass
    """Give a class of actions its short tag on the wire. Tags are for ever: buttons stay good for months.

    `answers`: what the message asks under which such a button stands; once that is answered, its buttons go.
    """

    def register(cls: ActionType) -> ActionType:
        if tag in _BY_TAG:
            raise ValueError(tag, cls)
        _BY_TAG[tag] = cls
        _TAGS[cls] = tag
        if answers is not None:
            _ANSWERS[cls] = answers
        return cls

    return register


def encode(action_: object) -> str:
    """Return the callback data of an action, such as `ac:42`."""
    data = ":".join((_TAGS[type(action_)], *(str(value) for value in astuple(action_))))  # type: ignore[call-overload]
    if len(data.encode()) > LIMIT:
        raise ValueError(data)
    return data


def decode(data: str) -> object | None:
    """Return the action that the callback data names, or None where they name none of ours."""
    tag, *values = data.split(":")
    cls = _BY_TAG.get(tag)
    if cls is None or len(values) != len(fields(cls)):
        return None
    try:
        read: object = cls(*(_read(field.type, value) for field, value in zip(fields(cls), values, strict=True)))
    except ValueError:
        return None
    return read


def actions() -> Iterator[type[Any]]:
    """Yield every class of actions."""
    yield from _TAGS


def button(text: str, action_: object) -> InlineKeyboardButton:
    """Return an inline button; its label is plain text, whatever was escaped on the way."""
    label = text.unescape() if isinstance(text, Markup) else text
    return InlineKeyboardButton(label, callback_data=encode(action_))


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup | None:
    """Return an inline keyboard of the rows that have buttons, or None where none has."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def answers_question(action_: object) -> bool:
    """Whether a button with this action stands under something that is asked."""
    return type(action_) in _ANSWERS


def asked_under(markup: object) -> Purpose | None:
    """Return what is asked by a message with this keyboard, if anything is."""
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else ()
    actions_there = [decode(str(one.callback_data)) for row in rows for one in row]
    return next((_ANSWERS[type(one)] for one in actions_there if type(one) in _ANSWERS), None)


def turns(page: int, pages: int, turn: Callable[[int], object], words: Words) -> list[InlineKeyboardButton]:
    """Return the buttons that lead to the pages before and behind; pages are counted from 0."""
    steps = (("button.earlier", page - 1), ("button.later", page + 1))
    return [button(words(key), turn(to)) for key, to in steps if 0 <= to < pages]


def _number(value: str) -> int:
    """Read a whole number that any database can hold; ValueError for everything else."""
    if not value.isdecimal() or len(value) > LONGEST_NUMBER:
        raise ValueError(value)
    return int(value)


def _read(kind: Any, value: str) -> object:  # noqa: ANN401 - the type of a field, which may be a NewType
    """Read a field of an action: a number, a word of an enumeration, or text; ValueError for everything else."""
    kind = getattr(kind, "__supertype__", kind)
    read: object = _number(value) if kind is int else kind(value)
    return read
