"""Tell progress: what a worker replies to a card reaches the resident, or stays inside as a note."""

import re

from domain.cases import BEING_WORKED_ON, Case, CaseId, Verb, move
from domain.desk import Desk
from domain.errors import MoveNotAllowed
from domain.followups import Due, again
from domain.history import Event
from domain.kinds import is_question
from domain.letters import to_person
from domain.messages import Message
from domain.people import Actor

NOTE_SIGN = re.compile(r"^(//|／／)\s*")
"""What begins a note that stays inside; a Chinese keyboard may give the wide one."""


def is_note(message: Message) -> bool:
    """Whether a worker's message stays inside: its words, under whatever part of an album, begin with `//`."""
    return any(NOTE_SIGN.match(part.text) for part in message.parts)


def note_words(message: Message) -> str:
    """Return the words of a note without the sign that keeps it inside."""
    return "\n".join(NOTE_SIGN.sub("", part.text) for part in message.parts if part.text)


async def tell_progress(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Send a worker's words and files on to the resident; a question makes the case wait for the answer.

    Words that begin with `//` stay inside the file as a note, and so does what is late for the album of a note.

    Raises:
        NotAMember: the actor does not work for the unit responsible.
        MoveNotAllowed: the case has ended, and this is no note.
    """
    case = await desk.case_to_work_on(actor, case_id)
    worker = desk.org.name_of(actor.id, actor.name)
    if is_note(message) or await _is_late_for_note(desk, message):
        await desk.take_in(actor, case, Event.NOTE_TAKEN, message, text=note_words(message), worker=worker)
        return case
    if not case.is_open:
        raise MoveNotAllowed(case.state, number=case.number, state=case.state)
    asks = case.state in BEING_WORKED_ON and is_question(message.text)
    sort = Event.QUESTION_ASKED if asks else Event.PROGRESS_TOLD
    event = await desk.take_in(actor, case, sort, message, worker=worker)
    if asks:
        case = move(case, Verb.ASK, desk.now)
        case = await desk.keep(case)
    elif case.state in BEING_WORKED_ON:
        await _remind_later(desk, case)
    if message.text:
        await desk.tell_resident(case, event)
    if message.attachments:
        await desk.pass_on(to_person(case.resident), case, event)
    return case


async def _is_late_for_note(desk: Desk, message: Message) -> bool:
    first = await desk.work.posts.of_album(message.chat, message.album) if message.album else None
    row = await desk.work.history.get(first.event) if first and first.event else None
    return row is not None and row.is_inside


async def _remind_later(desk: Desk, case: Case) -> None:
    """Count the intervals of the reminders from this sign of life."""
    reminders = (Due.WORKER_REMINDER, Due.RESIDENT_UPDATE)
    await desk.work.followups.cancel(case=case.id, what=reminders)
    await desk.work.followups.plan([again(case, what, desk.now, desk.policy) for what in reminders])
