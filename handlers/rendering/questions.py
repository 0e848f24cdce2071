"""What a worker is asked about a case on a page in private, and what is offered there a page at a time."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.cases.case import Case
from domain.letters.posts import Purpose
from handlers.rendering.buttons import keyboard, turns
from handlers.rendering.sending import Sending, Text, Written
from handlers.words import Words

Offered = TypeVar("Offered")


def question(sending: Sending, case: Case, text: Markup, *rows: list[InlineKeyboardButton]) -> Written:
    """Return what is asked about a case, in the place of what was asked there before."""
    asked = Text(text, keyboard(*rows), edits=sending.letter.edits, purpose=Purpose.QUESTION)
    return Written(asked, case.id)


def on_page(
    offered: Sequence[Offered], page: int, size: int, turn: Callable[[int], object], words: Words
) -> tuple[Sequence[Offered], int, list[InlineKeyboardButton]]:
    """Return what is offered on a page, or on the last, with its number, and the buttons to the pages around it."""
    pages = -(-len(offered) // size)
    page = max(0, min(page, pages - 1))
    return offered[page * size : (page + 1) * size], page, turns(page, pages, turn, words)
