"""Tell progress: what a worker says reaches the resident, or stays inside as a note."""

from dataclasses import replace

from domain.cases.case import BEING_WORKED_ON, Case, CaseId, Verb, move
from domain.cases.followups import Due, again
from domain.cases.kinds import is_question
from domain.cases.messages import Message
from domain.cases.revisits import worked_on
from domain.desk import Desk
from domain.errors import MoveNotAllowed
from domain.letters.letter import Priority
from domain.people.person import Actor
from domain.record.history import Event
from domain.text.folding import fold

NOTE_PREFIX = "//"
"""What begins a note that stays inside; a Chinese keyboard may give wide ones, and what is pasted unseen characters."""


def is_note(message: Message) -> bool:
    """Whether a worker's message stays inside: its words, under whatever part of an album, begin with `//`."""
    return any(_prefix_ends(part.text) for part in message.parts)


def without_prefix(message: Message) -> Message:
    """Return a note without the prefix that keeps it inside."""
    parts = (replace(part, text=part.text[_prefix_ends(part.text) :].lstrip()) for part in message.parts)
    return replace(message, parts=tuple(parts))


def _prefix_ends(text: str) -> int:
    """Return where the prefix of a note ends in a text; 0 if it does not begin with one."""
    written = fold(text)
    begins = len(written.text) - len(written.text.lstrip())
    if not written.text.startswith(NOTE_PREFIX, begins):
        return 0
    return written.span(begins, begins + len(NOTE_PREFIX))[1]


async def take_note(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Keep a worker's words and files inside the file; a case that has ended takes them too.

    Raises:
        NotAMember: the actor neither works for the unit responsible nor was the first owner.
    """
    case = await desk.find.case_to_speak_about(actor, case_id)
    await keep_inside(desk, actor, case, message)
    return case


async def keep_inside(desk: Desk, actor: Actor, case: Case, message: Message) -> None:
    """Append a message to the file as a note."""
    await desk.record.message(actor, case, Event.NOTE_TAKEN, without_prefix(message), worker=actor.name)


async def tell_progress(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Send a worker's words and files on to the resident; a question makes the case wait for the answer.

    What is told of a main case reaches the residents of all that follow it; a question only its own. What the first
    owner says once another unit has the case stops no clock of theirs. Where a neighbour has no account it is kept in
    the file, and the group reads that they have not read it.

    Raises:
        NotAMember: the actor neither works for the unit responsible nor was the first owner.
        MoveNotAllowed: the case has ended.
    """
    case = await desk.find.case_to_speak_about(actor, case_id)
    if not case.is_open:
        raise MoveNotAllowed(case.state, number=case.number, state=case.shown_as)
    is_theirs = desk.rights.is_member(actor, case) or desk.rights.may_decide_on(actor, case)
    works_on_it = case.state in BEING_WORKED_ON and is_theirs
    is_heard = not case.merged and not case.has_stand_in
    asks = works_on_it and is_heard and any(is_question(part.text) for part in message.parts)
    kind = Event.QUESTION_ASKED if asks else Event.PROGRESS_TOLD
    if actor.id not in case.worked_by and desk.rights.acts_for_owner(actor, case):
        case = await desk.record.save(worked_on(case, actor.id))
    event = await desk.record.message(actor, case, kind, message, worker=actor.name)
    if asks:
        case = move(case, Verb.ASK, desk.now)
        case = await desk.record.save_and_replan(case)
    elif works_on_it and not case.merged:
        await _remind_later(desk, case)
    if case.has_stand_in:
        await desk.tell.unit(case.unit, case, event, priority=Priority.ANSWER)
    if message.attachments:
        await desk.tell.files_to_residents(case, event, worded=bool(message.text), followers=not asks)
    else:
        await desk.tell.residents(case, event, followers=not asks)
    return case


async def _remind_later(desk: Desk, case: Case) -> None:
    """Count the intervals of the reminders from this progress."""
    reminders = (Due.WORKER_REMINDER, Due.RESIDENT_UPDATE)
    await desk.work.followups.cancel(case.id, [case.responsible.turn], what=reminders)
    await desk.work.followups.plan([again(case, what, desk.now, desk.policy) for what in reminders])
