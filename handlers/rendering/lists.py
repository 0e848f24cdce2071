"""Lists of cases, a page at a time, each with a button that opens it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.cases.case import Case, CaseId
from domain.desk.casework.view import Page
from handlers.rendering.buttons import button, keyboard, tagged, turns
from handlers.rendering.labels import first_words, gist, numbered, sign
from handlers.rendering.sending import Scene, Sending, Text, Written

IN_A_ROW = 2


@tagged("lo")
@dataclass(frozen=True, slots=True)
class OpenCase:
    """One case of a list."""

    case: CaseId


def case_list(
    page: Page | None,
    title: str,
    turn: Callable[[int], object],
    sending: Sending,
    narrowing: Sequence[InlineKeyboardButton] = (),
) -> Written:
    """Return a page of open cases, danger first, then the nearest deadline; `narrowing`: buttons for parts of them."""
    words, edits = sending.words, sending.letter.edits
    if page is None or not (page.total or narrowing):
        return Written(Text(words("answer.nothing_open" if sending.reader else "answer.todo_empty"), edits=edits))
    lines = [words(title, total=page.total, page=page.number + 1, pages=page.pages)]
    lines += [case_line(case, sending.scene) for case in page.cases]
    opened = [button(case.number, OpenCase(case.id)) for case in page.cases]
    rows = [opened[start : start + IN_A_ROW] for start in range(0, len(opened), IN_A_ROW)]
    buttons = keyboard(*rows, list(narrowing), turns(page.number, page.pages, turn, words))
    return Written(Text(Markup("\n\n").join(lines), buttons, edits=edits))


def case_line(case: Case, scene: Scene) -> Markup:
    """Return what a list says of a case: what it is, how long there is left, where, and its first words."""
    words = scene.words
    known = {
        "number": numbered(case),
        "kind": words(f"kind.{case.kind}"),
        "state": words(f"state.{case.shown_as}"),
        "text": first_words(case, words),
    }
    if case.pressing is None:
        return words("list.line_closed", **known)
    owner = words("list.owner", name=case.owner.name) if case.owner else ""
    left = words.left(case.pressing.due_at, scene.now)
    return words("list.line_todo", colour=sign(case, scene), left=left, owner=owner, gist=gist(scene, case), **known)
