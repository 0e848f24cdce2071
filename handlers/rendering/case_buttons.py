"""Buttons about one case, as features offer them: on its card, in its resident's file, under what is told of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from domain.cases.case import Case, CaseId
from domain.people.person import Actor
from domain.rights.permissions import Rights
from handlers.rendering.buttons import button, keyboard
from handlers.rendering.sending import Scene


def always(_case: Case, _scene: Scene) -> bool:
    """Whether a button is there that every case has."""
    return True


def is_open(case: Case, _scene: Scene) -> bool:
    """Whether the case has not ended."""
    return case.is_open


def anybody(_rights: Rights, _actor: Actor, _case: Case) -> bool:
    """Whether somebody may press a button that stands only where those read who may."""
    return True


@dataclass(frozen=True, slots=True)
class CaseButton:
    """A button about a case: the key of its label, what it carries, and whether it is there as things stand.

    `may`: who finds it, on a page that is one person's. Those of one row stand side by side, in the order of the
    features.
    """

    label: str
    action: Callable[[CaseId], object]
    is_there: Callable[[Case, Scene], bool] = always
    row: int = 0
    may: Callable[[Rights, Actor, Case], bool] = anybody


def case_keyboard(offered: Sequence[CaseButton], case: Case, scene: Scene) -> InlineKeyboardMarkup | None:
    """Return the buttons that are there, or None where none is."""
    there = [one for one in offered if one.is_there(case, scene)]
    rows = sorted({one.row for one in there})
    labelled = [
        [button(scene.words(one.label), one.action(case.id)) for one in there if one.row == row] for row in rows
    ]
    return keyboard(*labelled)
