"""Lists of cases, a page at a time."""

from collections.abc import Callable

from markupsafe import Markup

from domain.cases.case import Case
from domain.desk.casework.view import Page
from domain.text.phones import hide_phones
from handlers.rendering.buttons import keyboard, turns
from handlers.rendering.labels import numbered, one_line, sign
from handlers.rendering.sending import Scene, Sending, Text, Written


def case_list(page: Page | None, title: str, turn: Callable[[int], object], sending: Sending) -> Written:
    """Return a page of open cases, danger first, then the nearest deadline."""
    words, edits = sending.words, sending.letter.edits
    if page is None or not page.total:
        return Written(Text(words("answer.todo_empty"), edits=edits))
    lines = [words(title, total=page.total, page=page.number + 1, pages=page.pages)]
    lines += [_case_line(case, sending.scene) for case in page.cases]
    return Written(Text(Markup("\n\n").join(lines), keyboard(turns(page.number, page.pages, turn, words)), edits=edits))


def _case_line(case: Case, scene: Scene) -> Markup:
    words = scene.words
    known = {
        "number": numbered(case),
        "kind": words(f"kind.{case.kind}"),
        "state": words(f"state.{case.state}"),
        "text": one_line(hide_phones(case.text)),
    }
    if case.pressing is None:
        return words("list.line_closed", **known)
    owner = words("list.owner", name=case.owner.name) if case.owner else ""
    left = words.left(case.pressing.due_at, scene.now)
    return words("list.line_todo", colour=sign(case, scene), left=left, owner=owner, **known)
