"""What those read who are to ask a resident in person: the request for it, and the private page of a revisit."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from domain.cases.case import Case
from domain.cases.revisits import Answer, is_to_be_revisited
from domain.desk.casework.report import last_report
from domain.desk.verdict.revisit import is_past
from domain.letters.asking_pages import RevisitPage
from domain.text.phones import hide_phones
from handlers.rendering.buttons import button, keyboard
from handlers.rendering.labels import first_words, gist, numbered, resident_line, shorten, where_it_is
from handlers.rendering.questions import question
from handlers.rendering.sending import Sending, Text, Written
from handlers.revisit.buttons import CancelRevisit, ChooseAnswer, OtherAnswer, RevisitAsked

REPORT_LIMIT = 600
TOLD_AT_ONCE = 30
ABOUT_LIMIT = 20


async def write_revisit_request(sending: Sending) -> Written:
    """Write one message for all that wait to be asked about, with 回访 where that is one; nothing for who may not."""
    letters = await sending.desk.work.outbox.waiting_like(sending.letter, TOLD_AT_ONCE)
    cases = [case for case in await sending.cases(letter.case for letter in letters) if _is_asked(case, sending)]
    beside = tuple(letters)
    if not cases:
        return Written(beside=beside)
    if len(cases) > 1:
        return Written(Text(_many(cases, sending)), beside=beside)
    case, words = cases[0], sending.words
    key = "revisit.request_unreachable" if case.unreachable else "revisit.request"
    key = "revisit.request_neighbour" if case.has_stand_in else key
    card = await sending.card_of(case.id, sending.letter.to.unit)
    text = words(key, **await _mentioned(case, sending))
    buttons = keyboard([button(words("button.revisit"), RevisitAsked(case.id))])
    return Written(Text(text, buttons, card.message if card else None), case.id, beside=beside)


def _is_asked(case: Case, sending: Sending) -> bool:
    """Whether the resident is still to be asked, by those who would read it."""
    is_due, reader = is_to_be_revisited(case, sending.desk.now, sending.desk.policy), sending.reader
    return is_due and (reader is None or sending.desk.rights.may_revisit(reader, case))


def _many(cases: Sequence[Case], sending: Sending) -> Markup:
    """Return one message for several cases, a line each: each resident is asked under their own number."""
    words, scene = sending.words, sending.scene
    lines = [words("revisit.line", number=numbered(case), gist=gist(scene, case, ABOUT_LIMIT)) for case in cases]
    return Markup("\n").join([words("revisit.many", count=len(cases)), *lines])


async def write_revisit_page(sending: Sending, content: RevisitPage) -> Written:
    """Write the question that the worker answers next; none once there is nothing for them to ask."""
    case, reader, words = await sending.case(), sending.reader, sending.words
    if case is None or reader is None or is_past(sending.desk, reader, case):
        return Written()
    cancel = button(words("button.cancel"), CancelRevisit(case.id))
    if content.answer is None:
        rows = [[button(words(f"said.{answer}"), ChooseAnswer(case.id, answer))] for answer in Answer]
        text, rows = words("revisit.what", **await _mentioned(case, sending)), [*rows, [cancel]]
    else:
        other = button(words("button.other_answer"), OtherAnswer(case.id))
        said = words(f"said.{content.answer}")
        text, rows = words(f"how.{content.answer}", number=numbered(case), said=said), [[other, cancel]]
    return question(sending, case, text, *rows)


async def _mentioned(case: Case, sending: Sending) -> dict[str, Any]:
    """Return what is told of a case to somebody who may know nothing of it yet: no telephone number."""
    words = sending.words
    report = await last_report(sending.desk, case.id)
    return {
        "number": numbered(case),
        "about": first_words(case, words),
        "place": where_it_is(case, sending.scene),
        "resident": await _resident(case, sending),
        "worker": report.row.told.get("worker", "") if report else "",
        "at": case.resolved_at or case.state_since,
        "report": shorten(hide_phones(report.text if report else ""), REPORT_LIMIT),
    }


async def _resident(case: Case, sending: Sending) -> Markup:
    """Return who is to be asked; with the telephone number of a neighbour for who may read it, in private."""
    words, reader = sending.words, sending.reader
    line = resident_line(case, words)
    if case.raised_by is None or reader is None or not sending.desk.rights.may_see_phone(reader, case):
        return line
    neighbour = await sending.desk.work.people.look_at(case.resident)
    phone = neighbour.phone if neighbour else ""
    return Markup("\n").join([line, words("file.phone", phone=phone)]) if phone else line
