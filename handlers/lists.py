"""Lists of cases: a resident's own, a room's to do, and all that are open below a unit."""

from collections.abc import Callable

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.cases import Case
from domain.desk.view import PAGE
from domain.phones import hide_phones
from handlers.buttons import ListCases, ListMine, ListTodo, OpenMine, button, keyboard
from handlers.cards import colour_sign, numbered, one_line
from handlers.rendering import Facts, Text


def render_mine(facts: Facts) -> Text:
    """Return a page of the resident's own cases, each a button."""
    if facts.page is None or not facts.page.total:
        return Text(facts.words("answer.no_cases"), edits=facts.values.get("edits"))
    page, words = facts.page, facts.words
    lines = [words("list.mine", page=page.number + 1, pages=page.pages)]
    for case in page.cases:
        state, text = words(f"state_short.{case.state}"), one_line(case.text)
        kind = words(f"kind.{case.kind}")
        lines.append(words("list.line_mine", number=numbered(case), kind=kind, state_short=state, text=text))
    cases = [button(case.number, OpenMine(case.id)) for case in page.cases]
    rows = [cases[start : start + 2] for start in range(0, len(cases), 2)]
    return Text(Markup("\n\n").join(lines), keyboard(*rows, _turns(facts, ListMine)), edits=facts.values.get("edits"))


def render_todo(facts: Facts) -> Text:
    """Return a page of a room's open cases, the nearest deadline first."""
    return _case_list(facts, "list.todo", ListTodo)


def render_cases(facts: Facts) -> Text:
    """Return a page of the open cases of a branch of the organisation."""
    unit = str(facts.values.get("unit", ""))
    return _case_list(facts, "list.cases", lambda page: ListCases(unit, page))


def _case_list(facts: Facts, title: str, turn: Callable[[int], object]) -> Text:
    page, words = facts.page, facts.words
    if page is None or not page.total:
        return Text(words("answer.todo_empty"), edits=facts.values.get("edits"))
    lines = [words(title, total=page.total, page=page.number + 1, pages=page.pages)]
    lines += [_case_line(case, facts) for case in page.cases]
    return Text(Markup("\n\n").join(lines), keyboard(_turns(facts, turn)), edits=facts.values.get("edits"))


def _case_line(case: Case, facts: Facts) -> Markup:
    words = facts.words
    known = {
        "number": numbered(case),
        "kind": words(f"kind.{case.kind}"),
        "state": words(f"state.{case.state}"),
        "text": one_line(hide_phones(case.text)),
    }
    if case.pressing is None:
        return words("list.line_closed", **known)
    owner = words("list.owner", name=case.owner.name) if case.owner else ""
    left = words.left(case.pressing.due_at, facts.now)
    return words("list.line_todo", colour=colour_sign(case, facts), left=left, owner=owner, **known)


def _turns(facts: Facts, turn: Callable[[int], object]) -> list[InlineKeyboardButton]:
    page = facts.page
    if page is None:
        return []
    steps = (("button.earlier", page.number - 1), ("button.later", page.number + 1))
    return [button(facts.words(key), turn(to)) for key, to in steps if 0 <= to * PAGE < page.total]
