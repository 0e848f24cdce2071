"""Tell progress: what a worker replies to a card reaches the resident, or stays inside as a note."""

from domain.cases import BEING_WORKED_ON, Case, CaseId, Verb, move
from domain.desk import Desk
from domain.errors import MoveNotAllowed
from domain.followups import Due, again
from domain.history import Event
from domain.kinds import is_question
from domain.letters import to_person
from domain.messages import Message
from domain.people import Actor

NOTE_SIGNS = ("//", "／／")
"""What begins a note that stays inside; a Chinese keyboard may give the wide one."""


def is_note(text: str) -> bool:
    """Whether a worker's words stay inside."""
    return text.startswith(NOTE_SIGNS)


def note_words(text: str) -> str:
    """Return the words of a note without the sign that keeps it inside."""
    return text[len(NOTE_SIGNS[0]) :].strip() if is_note(text) else text


async def tell_progress(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Send a worker's words and files on to the resident; a question makes the case wait for the answer.

    Words that begin with `//` stay inside the file as a note.

    Raises:
        NotAMember: the actor does not work for the unit responsible.
        MoveNotAllowed: the case has ended, and this is no note.
    """
    case = await desk.case_to_work_on(actor, case_id)
    worker = desk.org.name_of(actor.id, actor.name)
    if is_note(message.text):
        await desk.take_in(actor, case, Event.NOTE_TAKEN, message, text=note_words(message.text), worker=worker)
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
    await desk.tell_resident(case, event, after=message)
    await desk.pass_on(to_person(case.resident), case, event, message)
    return case


async def _remind_later(desk: Desk, case: Case) -> None:
    """Count the intervals of the reminders from this sign of life."""
    reminders = (Due.WORKER_REMINDER, Due.RESIDENT_UPDATE)
    await desk.work.followups.cancel(case=case.id, what=reminders)
    await desk.work.followups.plan([again(case, what, desk.now, desk.policy) for what in reminders])
