"""A page of the list."""

from markupsafe import Markup

from domain.desk.casework.view import list_own_cases
from domain.letters.contents import OwnCasesPage
from handlers.own_cases.buttons import ListMine, OpenMine
from handlers.rendering.buttons import button, keyboard, turns
from handlers.rendering.labels import numbered, one_line
from handlers.rendering.sending import Sending, Text, Written


async def write_own_cases(sending: Sending, content: OwnCasesPage) -> Written:
    """Write a page of the resident's own cases, each a button."""
    reader, words, edits = sending.reader, sending.words, sending.letter.edits
    page = await list_own_cases(sending.desk, reader, content.page) if reader else None
    if page is None or not page.total:
        return Written(Text(words("answer.no_cases"), edits=edits))
    turned = words("list.turned", page=page.number + 1, pages=page.pages) if page.pages > 1 else ""
    lines = [words("list.mine", turned=turned)]
    for case in page.cases:
        state, text = words(f"state_short.{case.shown_as}"), one_line(case.text)
        kind = words(f"kind.{case.kind}")
        lines.append(words("list.line_mine", number=numbered(case), kind=kind, state_short=state, text=text))
    cases = [button(case.number, OpenMine(case.id)) for case in page.cases]
    rows = [cases[start : start + 2] for start in range(0, len(cases), 2)]
    return Written(
        Text(Markup("\n\n").join(lines), keyboard(*rows, turns(page.number, page.pages, ListMine, words)), edits=edits)
    )
