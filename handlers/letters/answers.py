"""Answers to whoever has just acted: a sentence of the catalogue, the short answer to a press."""

from collections.abc import Mapping

from telegram import InlineKeyboardButton

from domain.letters.contents import Button, FillIn, Keyboard, PressAnswer, Said
from handlers.rendering import sending as rendering
from handlers.rendering.buttons import button, decode, keyboard
from handlers.rendering.keyboards import menu_keyboard, place_keyboard
from handlers.rendering.sending import Sending, Text, Toast, Written
from handlers.words import Words

TOAST_LIMIT = 200


async def write_said(sending: Sending, content: Said) -> Written:
    """Write a sentence of the catalogue with what is filled in, and the keyboard that belongs to it."""
    letter, words = sending.letter, sending.words
    filled: Mapping[str, FillIn] = {**content.values, **{name: words(key) for name, key in content.keys.items()}}
    text = words(content.key, **filled)
    return Written(Text(text, _keyboard(content, words), letter.reply_to, edits=letter.edits), letter.case)


def _keyboard(content: Said, words: Words) -> rendering.Keyboard | None:
    match content.keyboard:
        case Keyboard.MENU:
            return menu_keyboard(words)
        case Keyboard.LOCATION:
            return place_keyboard(words)
    return keyboard(*([_button(one, words) for one in row] for row in content.buttons))


def _button(said: Button, words: Words) -> InlineKeyboardButton:
    return button(words(said.label) if said.label in words else said.label, decode(said.data))


async def write_press_answer(sending: Sending, content: PressAnswer) -> Written:
    """Write the short answer to a pressed button."""
    text = sending.words(content.key, **content.values).striptags() if content.key else ""
    return Written(Toast(content.query, text[:TOAST_LIMIT], content.alert, content.url))
