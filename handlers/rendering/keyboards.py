"""The reply keyboards of a private chat: the menu, and the one that asks for a location."""

from telegram import KeyboardButton, ReplyKeyboardMarkup

from domain.cases.kinds import Kind
from handlers.words import LANGUAGES, Words, catalogue


def menu_keyboard(words: Words) -> ReplyKeyboardMarkup:
    """Return the menu: the five kinds, and the resident's own cases."""
    kinds = [words(f"kind.{kind}").unescape() for kind in Kind]
    rows = [kinds[:3], [*kinds[3:], words("menu.my").unescape()]]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, is_persistent=True)


def place_keyboard(words: Words) -> ReplyKeyboardMarkup:
    """Return the keyboard under the question for the place."""
    send = KeyboardButton(words("button.send_location").unescape(), request_location=True)
    return ReplyKeyboardMarkup(
        [[send], [words("button.skip").unescape()]], resize_keyboard=True, one_time_keyboard=True
    )


def _all_forms(key: str) -> frozenset[str]:
    return frozenset(catalogue(language)[key].unescape() for language in LANGUAGES)


KIND_WORDS: dict[str, Kind] = {form: kind for kind in Kind for form in _all_forms(f"kind.{kind}")}
MENU_WORDS = KIND_WORDS.keys() | _all_forms("menu.my")
SKIP_WORDS = _all_forms("button.skip")
