"""Amend a message: an edited message and a late part of an album find the row of the file that they belong to."""

from dataclasses import replace

from domain.cases import Case
from domain.desk import Desk
from domain.desk.progress import is_note, note_words
from domain.history import Event, Row
from domain.kinds import speaks_of_danger
from domain.letters import to_person
from domain.messages import Message
from domain.people import Actor
from domain.posts import Post, Purpose

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
    inside = row.is_inside
    words = note_words(message.text) if inside else message.text
    if words == await _last_words(desk, case, row, message):
        return False
    event = await desk.note(actor, Event.MESSAGE_EDITED, case, text=words, of=row.id, message=message.id, inside=inside)
    case = await _hear_danger(desk, actor, case, words)
    if row.event in WORKERS_WORDS:
        await desk.tell_resident(case, event)
    elif not inside:
        await desk.tell_unit(case.unit, case, event)
    return True


async def _hear_danger(desk: Desk, actor: Actor, case: Case, words: str) -> Case:
    """Make a case urgent whose resident speaks of danger to life."""
    if case.urgent or actor.id != case.resident or not speaks_of_danger(words):
        return case
    return await desk.keep(replace(case, urgent=True), replan=False)


async def _last_words(desk: Desk, case: Case, row: Row, message: Message) -> str:
    """Return what the message said last: by its newest edit, as a part of an album, or as it was taken in."""
    said = (Event.MESSAGE_EDITED, Event.EVIDENCE_ADDED)
    rows = (later.told for later in await desk.work.history.of_case(case.id) if later.event in said)
    words = [told.get("text", "") for told in rows if told.get("message") == message.id]
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
    is_workers = row is not None and row.event in WORKERS_WORDS
    inside = row is None or row.is_inside or (is_workers and is_note(message.text))
    words, files = note_words(message.text) if inside else message.text, len(message.attachments)
    await desk.note(
        actor,
        Event.EVIDENCE_ADDED,
        case,
        text=words,
        of=first.event,
        files=files,
        message=message.id,
        inside=inside or None,
    )
    case = await _hear_danger(desk, actor, case, words)
    await desk.work.attachments.add(message.attachments, desk.now, case=case.id, event=first.event)
    await desk.work.posts.add(
        Post(message.chat, message.id, case.id, Purpose.SENT, first.event, actor.id, message.album)
    )
    if inside:
        return True
    if is_workers:
        await desk.pass_on(to_person(case.resident), case, first.event, message)
        if message.text:
            await desk.tell_resident(case, first.event, after=message)
    else:
        for addressee in desk.those_of(case.unit, case):
            await desk.pass_on(addressee, case, first.event, message)
        if message.text:
            await desk.tell_unit(case.unit, case, first.event, after=message)
    return True
