"""Hear a resident: what they say about their case is appended to it, and the unit responsible reads it."""

from domain.cases.case import Case, CaseId
from domain.cases.messages import Message
from domain.desk import Desk
from domain.desk.intake.heed_danger import heed_danger
from domain.desk.intake.heed_place import heed_place
from domain.letters.letter import Priority
from domain.people.person import Actor
from domain.record.history import Event


async def hear(desk: Desk, actor: Actor, case_id: CaseId, event: Event, message: Message) -> Case:
    """Append what a resident says about their case, heed danger and place in it, and show it to the unit.

    Raises:
        CaseUnknown: there is none with this id.
        NotTheResident: somebody else raised it.
    """
    case = await desk.find.case_to_stand_for(actor, case_id)
    worker = None if actor.id == case.resident else actor.name
    row = await desk.record.message(actor, case, event, message, worker=worker)
    case = await heed_place(desk, actor, await heed_danger(desk, case, message.text), message)
    priority = Priority.AWAITED if event is Event.QUESTION_ANSWERED else Priority.NEWS
    await desk.tell.unit_with_files(case, row, files=message.attachments, priority=priority)
    return case
