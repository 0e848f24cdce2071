"""Lists of cases: a resident's own, a room's to do, and all that are open below a unit."""

from collections.abc import Callable

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.cases.case import Case
from domain.desk.casework.view import PAGE, Page, list_open_cases, list_own_cases
from domain.letters.contents import CasesPage, OwnCasesPage, TodoPage
from domain.text.phones import hide_phones
from handlers.buttons import ListCases, ListMine, ListTodo, OpenMine, button, keyboard
from handlers.cards import colour_symbol, numbered, one_line
from handlers.rendering import Scene, Sending, Text, Written
from handlers.words import Words


async def write_own_cases(sending: Sending, content: OwnCasesPage) -> Written:
    """Write a page of the resident's own cases, each a button."""
    reader, words, edits = sending.reader, sending.words, sending.letter.edits
    page = await list_own_cases(sending.desk, reader, content.page) if reader else None
    if page is None or not page.total:
        return Written(Text(words("answer.no_cases"), edits=edits))
    lines = [words("list.mine", page=page.number + 1, pages=page.pages)]
    for case in page.cases:
        state, text = words(f"state_short.{case.state}"), one_line(case.text)
        kind = words(f"kind.{case.kind}")
        lines.append(words("list.line_mine", number=numbered(case), kind=kind, state_short=state, text=text))
    cases = [button(case.number, OpenMine(case.id)) for case in page.cases]
    rows = [cases[start : start + 2] for start in range(0, len(cases), 2)]
    return Written(Text(Markup("\n\n").join(lines), keyboard(*rows, _turns(page, words, ListMine)), edits=edits))


async def write_todo(sending: Sending, content: TodoPage) -> Written:
    """Write a page of a room's open cases, the nearest deadline first."""
    units = [unit.code for unit in sending.desk.org.in_room(sending.room)]
    page = await list_open_cases(sending.desk, units, content.page)
    return _case_list(page, "list.todo", ListTodo, sending)


async def write_cases(sending: Sending, content: CasesPage) -> Written:
    """Write a page of the open cases of a branch of the organisation, for an admin; others find none."""
    page, unit = None, content.unit
    if sending.reader and sending.desk.rights.may_administer(sending.reader):
        below = [unit.code for unit in sending.desk.org.below(unit)] if unit else None
        page = await list_open_cases(sending.desk, below, content.page)
    return _case_list(page, "list.cases", lambda page: ListCases(unit or "", page), sending)


def _case_list(page: Page | None, title: str, turn: Callable[[int], object], sending: Sending) -> Written:
    words, edits = sending.words, sending.letter.edits
    if page is None or not page.total:
        return Written(Text(words("answer.todo_empty"), edits=edits))
    lines = [words(title, total=page.total, page=page.number + 1, pages=page.pages)]
    lines += [_case_line(case, sending.scene) for case in page.cases]
    return Written(Text(Markup("\n\n").join(lines), keyboard(_turns(page, words, turn)), edits=edits))


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
    return words("list.line_todo", colour=colour_symbol(case, scene), left=left, owner=owner, **known)


def _turns(page: Page, words: Words, turn: Callable[[int], object]) -> list[InlineKeyboardButton]:
    steps = (("button.earlier", page.number - 1), ("button.later", page.number + 1))
    return [button(words(key), turn(to)) for key, to in steps if 0 <= to * PAGE < page.total]
