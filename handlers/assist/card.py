"""The card of a case in the group of a unit that was called to work beside."""

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from domain.cases.assignments import Assignment
from domain.cases.case import Case
from domain.people.person import Actor
from domain.rights.permissions import Rights
from domain.text.phones import hide_phones
from handlers.assist.buttons import AcceptAssist, GiveAssistBack, ReportAssist
from handlers.rendering.buttons import button, keyboard
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.labels import numbered, shorten, unit_label, where_it_is
from handlers.rendering.sending import Scene

TASK_LIMIT = 600
TEXT_LIMIT = 400
BELOW = 5
"""The row of a file from which on stand the buttons of a unit that was called."""


def assist_lines(case: Case, assist: Assignment, files: int, scene: Scene) -> Iterator[Markup]:
    """Yield what the card says: what is to be done, for whom, until when, and what it is about."""
    words = scene.words
    colour = words(f"colour.{assist.resolve.colour(scene.now)}")
    yield words("assist.title", colour=colour, number=numbered(case))
    yield words("assist.task", task=shorten(hide_phones(assist.task), TASK_LIMIT))
    if assist.owner:
        yield words("assist.owner", name=assist.owner.name)
    left = words.left(assist.resolve.due_at, scene.now)
    yield words("assist.report_by", at=assist.resolve.due_at, left=left)
    owner = case.owner.name if case.owner else ""
    key = "assist.responsible" if owner else "assist.responsible_unowned"
    yield words(key, unit=unit_label(scene.org, case.unit, words), name=owner)
    yield Markup("")
    shown = hide_phones(case.text)
    yield Markup.escape(shorten(shown, TEXT_LIMIT)) if shown else words("card.voice_only")
    yield words("card.place", place=where_it_is(case, scene))
    if files:
        yield words("card.attachments", count=files)


def assist_keyboard(case: Case, assist: Assignment, scene: Scene) -> InlineKeyboardMarkup | None:
    """Return what may be pressed there."""
    words = scene.words
    back = button(words("button.give_back"), GiveAssistBack(case.id, assist.turn))
    if assist.owner is None:
        return keyboard([button(words("button.accept"), AcceptAssist(case.id, assist.turn)), back])
    return keyboard([button(words("button.resolve"), ReportAssist(case.id, assist.turn)), back])


def assistants_buttons(case: Case, reader: Actor, rights: Rights) -> Iterator[CaseButton]:
    """Yield what somebody of a called unit may press under the file, in private."""
    theirs = (given for given in case.assisting if rights.may_assist(reader, given))
    for row, assist in enumerate(theirs, BELOW):
        if assist.owner is None:
            yield CaseButton("button.accept", partial(AcceptAssist, turn=assist.turn), row=row)
        elif rights.may_end_assist(reader, assist):
            yield CaseButton("button.resolve", partial(ReportAssist, turn=assist.turn), row=row)
        if rights.may_end_assist(reader, assist):
            yield CaseButton("button.give_back", partial(GiveAssistBack, turn=assist.turn), row=row)


def helper_lines(case: Case, scene: Scene) -> Iterator[Markup]:
    """Yield on the card of the unit responsible who works beside, until when, and who has accepted it."""
    words = scene.words
    for assist in case.assisting:
        colour = words(f"colour.{assist.resolve.colour(scene.now)}")
        key = "assist.helper" if assist.owner else "assist.helper_unowned"
        yield words(
            key,
            colour=colour,
            unit=unit_label(scene.org, assist.unit, words),
            at=assist.resolve.due_at,
            name=assist.owner.name if assist.owner else "",
        )
