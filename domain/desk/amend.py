"""Amend a message: an edited message finds the row of the file that it belongs to."""

from domain.cases import Case
from domain.desk import Desk
from domain.desk.progress import is_note, without_sign
from domain.history import Event, Row
from domain.messages import Message
from domain.people import Actor
from domain.permissions import may_work_on
from domain.posts import Purpose

WORKERS_WORDS = frozenset({Event.PROGRESS_TOLD, Event.QUESTION_ASKED, Event.CASE_RESOLVED, Event.CASE_REFUSED})


async def amend(desk: Desk, actor: Actor, message: Message) -> bool:
    """Append the new words of an edited message to its case and show them to the other side.

    The words of a worker who has no say in the case any more stay inside, as do those that now begin with `//`.

    Returns False if the message belongs to no case, or nothing in its words has changed.
    """
    post = await desk.work.posts.find(message.chat, message.id)
    if post is None or post.purpose is not Purpose.SENT or post.person != actor.id or not message.text:
        return False
    row = await desk.work.history.get(post.event) if post.event else None
    if row is None:
        return False
    case = await desk.case(post.case)
    of_worker = row.event in WORKERS_WORDS
    inside = row.is_inside or (of_worker and (is_note(message) or not may_work_on(desk.org, actor, case)))
    words = (without_sign(message) if inside else message).text
    if words == await _last_words(desk, case, row, message):
        return False
    event = await desk.note(actor, Event.MESSAGE_EDITED, case, text=words, of=row.id, message=message.id, inside=inside)
    if actor.id == case.resident:
        case = await desk.hear_danger(case, words)
    if inside:
        return True
    if of_worker:
        await desk.tell_resident(case, event)
    else:
        await desk.tell_unit(case.unit, case, event)
    return True


async def _last_words(desk: Desk, case: Case, row: Row, message: Message) -> str:
    """Return what the message said last: by its newest edit, or when it was taken in, perhaps beside others."""
    rows = (later.told for later in await desk.work.history.of_case(case.id) if later.event == Event.MESSAGE_EDITED)
    edits = [told.get("text", "") for told in rows if told.get("message") == message.id]
    first = row.told.get("parts", {}).get(str(message.id), row.told.get("text", ""))
    return str(edits[-1] if edits else first)
