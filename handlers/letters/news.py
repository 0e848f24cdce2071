"""News: what people are told about a row of history, in the words for those who read it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from domain.cases.case import Case, CaseId
from domain.cases.messages import MessageId
from domain.letters.letter import Letter
from domain.letters.news import Present, as_it_is_now, still_holds
from domain.people.person import UnitCode
from domain.record.history import Event, Row
from domain.text.phones import hide_phones
from handlers.rendering.case_buttons import CaseButton, case_keyboard
from handlers.rendering.keyboards import menu_keyboard
from handlers.rendering.labels import one_line, shorten
from handlers.rendering.mentions import mentions
from handlers.rendering.sending import Keyboard, Scene, Sending, Text, Written
from handlers.rendering.split import MESSAGE_LIMIT, fits, split
from handlers.words import Words

CHAT_TEXT_LIMIT = 1500
LINE_LIMIT = 200
LOOKED_AT = 200
TOLD_AT_ONCE = 30
TOLD_IN_ONE = {
    Event.CASE_ESCALATED: ("news.chat.cases_escalated", "news.chat.escalated_why"),
    Event.CASE_RELEASED: ("news.chat.cases_released", "news.chat.released_why"),
    Event.CASE_WITHDRAWN: ("news.chat.cases_withdrawn", "news.chat.withdrawn_why"),
    Event.CASE_JOINED: ("news.chat.cases_joined", "news.chat.joined_why"),
}
"""What many cases meet at once: the title above all of them, and what is said once for those that met it alike."""
TOLD_STAFF_IN_ONE = TOLD_IN_ONE | {
    Event.CLIMB_ENDED: ("news.staff.climbs_ended", "news.staff.climb_ended_why"),
}
"""The same for a lead or an admin in private, who hears of many units."""

Offered = Mapping[str, Sequence[CaseButton]]
Told = tuple[Row, Present]
"""A row, and how things stand for the letter that tells it."""


async def write_news(sending: Sending, offered: Offered) -> Written:
    """Write the notice of a row of history; but for residents, it goes together with others of its kind that wait.

    `offered`: what its resident may press under what is told of an event.
    """
    letter, case, row = sending.letter, await sending.case(), await sending.row()
    person = await sending.desk.work.people.look_at(case.resident) if case else None
    present = Present(letter, case, sending.desk.org, person is not None and person.is_lost)
    if row is not None and row.event in _told_in_one(letter):
        told = await _alike(sending, row, present)
        if len(told) > 1:
            return _write_many(told, sending.scene)
    if row is None or not still_holds(row, present):
        return Written()
    card = await sending.card_of(case.id, letter.to.unit) if case and audience(letter) != "resident" else None
    text = render_news(row, present, sending.scene, card.message if card else None, offered)
    return Written(text, case.id if case else None)


def _told_in_one(letter: Letter) -> Mapping[Event, tuple[str, str]]:
    if letter.is_for_staff:
        return TOLD_STAFF_IN_ONE
    return TOLD_IN_ONE if letter.to.unit is not None else {}


def _write_many(told: Sequence[Told], scene: Scene) -> Written:
    """Write one message for as many as fit into it, the first among them; the others wait for the next."""
    text = render_many(told, scene)
    while text is not None and not fits(text):
        told = told[: len(told) // 2]
        text = render_many(told, scene)
    return Written(None if text is None else Text(text), beside=tuple(present.letter for _, present in told))


async def _alike(sending: Sending, row: Row, present: Present) -> Sequence[Told]:
    """Return what waits to tell the same readers of the same event, in private what they may be told still.

    What is being told now comes first.
    """
    desk, for_staff = sending.desk, sending.letter.is_for_staff
    letters = await desk.work.outbox.waiting_like(sending.letter, LOOKED_AT)
    letters = sorted(letters, key=lambda letter: letter.id != sending.letter.id)
    rows = [
        (letter, await desk.work.history.get(letter.event))
        for letter in letters
        if letter.event and letter.is_for_staff == for_staff
    ]
    alike = [(letter, other) for letter, other in rows if other and other.event == row.event][:TOLD_AT_ONCE]
    cases = {case.id: case for case in await sending.cases(other.case for _, other in alike)}
    told = [
        (other, replace(present, letter=letter, case=cases.get(CaseId(other.case or 0)))) for letter, other in alike
    ]
    if reader := sending.reader:
        told = [
            (other, seen)
            for other, seen in told
            if desk.rights.may_be_told(reader, seen.letter.unit or UnitCode(""), seen.case)
        ]
    return told


def audience(letter: Letter) -> str:
    """Return who reads a notice: a unit's chat, the resident, or a lead or admin in private."""
    if letter.is_for_staff:
        return "staff"
    return "resident" if letter.to.person is not None else "chat"


def render_news(row: Row, present: Present, scene: Scene, reply_to: MessageId | None, offered: Offered) -> Text | None:
    """Return the notice of a row of history; None if it is not for those who would read it."""
    letter, case = present.letter, present.case
    notice = render_notice(row, present, scene)
    if notice is None:
        return None
    if audience(letter) != "resident":
        return Text(notice, None, reply_to)
    parts = split(notice, MESSAGE_LIMIT)
    if letter.so_far.part < len(parts) - 1:
        return Text(parts[letter.so_far.part], more=True)
    return Text(parts[-1], _news_keyboard(row, case, scene, offered))


def render_notice(row: Row, present: Present, scene: Scene) -> Markup | None:
    """Return the words of a notice, however long; None if it is not for those who would read it."""
    key, told = _news_key(row, present, scene.words), str(row.told.get("text", ""))
    if key is None:
        return None
    for_resident = audience(present.letter) == "resident"
    text = Markup.escape(told) if for_resident else _for_chat(told, present.case, scene.words)
    return scene.words(key, **mentions(scene, row, present.case, text))


def _for_chat(told: str, case: Case | None, words: Words) -> Markup:
    """Return words as a chat sees them: without telephone numbers, and where they are long, their beginning."""
    shown = hide_phones(told)
    text = Markup.escape(shorten(shown, CHAT_TEXT_LIMIT))
    if case is None or len(shown) <= CHAT_TEXT_LIMIT:
        return text
    return Markup("\n").join([text, words("card.text_long", count=len(told), bare=case.number)])


def render_many(told: Sequence[Told], scene: Scene) -> Markup | None:
    """Return one message for many cases that met the same; what holds for several of them is said once."""
    told = [(row, present) for row, present in told if still_holds(row, present)]
    if not told:
        return None
    told.sort(key=lambda one: one[1].case is None or not one[1].case.urgent)
    title, why = TOLD_STAFF_IN_ONE[Event(told[0][0].event)]
    alike: dict[Markup, list[Markup]] = {}
    for row, present in told:
        text = Markup.escape(one_line(hide_phones(str(row.told.get("text", ""))), LINE_LIMIT))
        mentioned = mentions(scene, row, present.case, text)
        line = scene.words(_line_key(row, present.case), **mentioned)
        alike.setdefault(scene.words(why, **mentioned), []).append(line)
    lines = [line for reason, cases in alike.items() for line in (reason, *cases)]
    cases = {row.told.get("number", row.case) for row, _ in told}
    return Markup("\n").join([scene.words(title, count=len(cases)), *lines])


def _line_key(row: Row, case: Case | None) -> str:
    if row.event == Event.CASE_JOINED:
        return "news.chat.joined_line"
    return "news.chat.line_urgent" if case is not None and case.urgent else "news.chat.line"


def _news_key(row: Row, present: Present, words: Words) -> str | None:
    reads = audience(present.letter)
    event = as_it_is_now(row, present.case) if reads == "resident" else row.event
    if reads != "resident" and event == Event.MESSAGE_EDITED and row.told.get("worker"):
        return "news.chat.message_edited_among"
    if reads == "resident" and event == Event.RESIDENT_UPDATED and present.case and not present.case.owner:
        return "news.resident.resident_updated_unowned"
    keys = [f"news.{reads}.{event}", *([f"news.chat.{event}"] if reads == "staff" else [])]
    return next((key for key in keys if key in words), None)


def _news_keyboard(row: Row, case: Case | None, scene: Scene, offered: Offered) -> Keyboard | None:
    if case is None:
        return None
    event = as_it_is_now(row, case)
    if event in (Event.CASE_PLACED, Event.PLACE_TOLD):
        return menu_keyboard(scene.words)
    return case_keyboard(offered.get(event, ()), case, scene)
