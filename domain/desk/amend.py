"""Amend a message: an edited message finds the row of the file that it belongs to."""

from domain.cases import Case
from domain.desk import Desk
from domain.desk.progress import note_words
from domain.history import Event, Row
from domain.messages import Message
from domain.people import Actor
from domain.posts import Purpose

WORKERS_WORDS = frozenset({Event.PROGRESS_TOLD, Event.QUESTION_ASKED, Event.CASE_RESOLVED, Event.CASE_REFUSED})


async def amend(desk: Desk, actor: Actor, message: Message) -> bool:
    """Append the new words of an edited message to its case and show them to the other side.

    Returns False if the message belongs to no case, or nothing in its words has changed.
    """
    post = await desk.work.posts.find(message.chat, message.id)
    if post is None or post.purpose is not Purpose.SENT or post.person != actor.id or not message.text:
        return False
    row = await desk.work.history.get(post.event) if post.event else None
    if row is None:
        return False
    case = await desk.case(post.case)
    inside = row.is_inside
    words = note_words(message) if inside else message.text
    if await _says_already(desk, case, row, message, words):
        return False
    event = await desk.note(actor, Event.MESSAGE_EDITED, case, text=words, of=row.id, message=message.id, inside=inside)
    if actor.id == case.resident:
        case = await desk.hear_danger(case, words)
    if row.event in WORKERS_WORDS:
        await desk.tell_resident(case, event)
    elif not inside:
        await desk.tell_unit(case.unit, case, event)
    return True


async def _says_already(desk: Desk, case: Case, row: Row, message: Message, words: str) -> bool:
    """Whether these are the words of its newest edit, or stand in the row that it became, perhaps beside others."""
    rows = (later.told for later in await desk.work.history.of_case(case.id) if later.event == Event.MESSAGE_EDITED)
    edits = [told.get("text", "") for told in rows if told.get("message") == message.id]
    return words == edits[-1] if edits else f"\n{words}\n" in f"\n{row.told.get('text', '')}\n"
