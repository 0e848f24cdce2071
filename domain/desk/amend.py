"""Amend a message: an edited message and a late part of an album find the row of the file that they belong to."""

from dataclasses import replace

from domain.cases import Case
from domain.desk import Desk
from domain.desk.progress import note_words
from domain.history import Event, Row
from domain.kinds import speaks_of_danger
from domain.letters import to_person
from domain.messages import Message
from domain.people import Actor
from domain.posts import Post, Purpose

INSIDE = frozenset({Event.NOTE_TAKEN})
WORKERS_WORDS = frozenset(
    {Event.PROGRESS_TOLD, Event.QUESTION_ASKED, Event.CASE_RESOLVED, Event.EVIDENCE_ADDED, Event.CASE_REFUSED}
)


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
    inside = row.event in INSIDE
    words = note_words(message.text) if inside else message.text
    if words == await _last_words(desk, case, row, message):
        return False
    event = await desk.note(actor, Event.MESSAGE_EDITED, case, text=words, of=row.id, message=message.id, inside=inside)
    if speaks_of_danger(words) and actor.id == case.resident and not case.urgent:
        case = await desk.keep(replace(case, urgent=True), replan=False)
    if row.event in WORKERS_WORDS:
        await desk.tell_resident(case, event)
    elif row.event not in INSIDE:
        await desk.tell_unit(case.unit, case, event)
    return True


async def _last_words(desk: Desk, case: Case, row: Row, message: Message) -> str:
    """Return what the message said last: by its newest edit, or as it was taken in."""
    edits = (edit for edit in await desk.work.history.of_case(case.id) if edit.event == Event.MESSAGE_EDITED)
    words = [edit.told.get("text", "") for edit in edits if edit.told.get("message") == message.id]
    return str(words[-1] if words else row.told.get("text", ""))


async def join_album(desk: Desk, actor: Actor, message: Message) -> bool:
    """Add one more part of an album to the row that its first part became; False if the first is unknown.

    Each part goes where the first one went: with the case as evidence, progress, or part of the matter itself; the
    words may stand under any of them. Words that come after the matter was submitted are a message of their own.
    """
    first = await desk.work.posts.of_album(message.chat, message.album) if message.album else None
    if first is None or first.event is None or first.person != actor.id:
        return False
    case = await desk.case(first.case)
    row = await desk.work.history.get(first.event)
    if message.text and row and row.event == Event.CASE_RAISED:
        return False
    files = len(message.attachments)
    await desk.note(actor, Event.EVIDENCE_ADDED, case, text=message.text, of=first.event, files=files)
    await desk.work.attachments.add(message.attachments, desk.now, case=case.id, event=first.event)
    await desk.work.posts.add(
        Post(message.chat, message.id, case.id, Purpose.SENT, first.event, actor.id, message.album)
    )
    if row and row.event in WORKERS_WORDS:
        await desk.pass_on(to_person(case.resident), case, first.event, message)
        if message.text:
            await desk.tell_resident(case, first.event, after=message)
    elif row and row.event not in INSIDE:
        for addressee in desk.those_of(case.unit, case):
            await desk.pass_on(addressee, case, first.event, message)
        if message.text:
            await desk.tell_unit(case.unit, case, first.event, after=message)
    return True
