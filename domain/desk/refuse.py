"""Refuse a case (不予受理) with a reason; the resident may object, which takes it to the unit above."""

from dataclasses import replace

from domain.assignments import Because
from domain.cases import Case, CaseId, State, Verb, close, move, resumed
from domain.desk import Desk
from domain.desk.escalate import climb
from domain.desk.hear import hear
from domain.errors import MoveNotAllowed, TooLate, WordsMissing
from domain.history import Event
from domain.letters import to_person
from domain.messages import Message
from domain.people import DESK, Actor
from domain.posts import Purpose
from domain.questions import Asked, Question


async def ask_for_reason(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Ask the worker why, in the unit's room.

    Raises:
        NotTheOwner: the actor does not work for the unit responsible.
        MoveNotAllowed: the case was accepted or has ended.
    """
    case = await desk.find.case_to_decide_on(actor, case_id, Verb.REFUSE)
    await desk.tell.prompt(actor, case, Purpose.REFUSAL_PROMPT)
    return case


async def refuse(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Refuse a submitted case; the resident reads the reason and may object within the policy's time.

    Raises:
        NotTheOwner: the actor does not work for the unit responsible.
        MoveNotAllowed: the case was accepted or has ended.
        WordsMissing: a refusal needs its reason in words.
    """
    case = await desk.find.case_to_decide_on(actor, case_id, Verb.REFUSE)
    if not message.text:
        raise WordsMissing
    refused = move(case, Verb.REFUSE, desk.now, responsible=case.responsible.refused(desk.now))
    worker = desk.org.name_of(actor.id, actor.name)
    event = await desk.record.message(actor, refused, Event.CASE_REFUSED, message, worker=worker, unit=case.unit)
    refused = await desk.record.save_and_replan(refused)
    await desk.tell.resident(refused, event)
    if message.attachments:
        await desk.tell.forward_files(to_person(case.resident), refused, event)
    return refused


async def object_to_refusal(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Take a refused case to the unit above, or open it again at the root; the resident is asked for their reason.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: it is not refused.
        TooLate: the time to object is over.
    """
    case = await desk.find.own_case(actor, case_id)
    if case.state is not State.REFUSED:
        raise MoveNotAllowed(case.state, number=case.number, state=case.state)
    if case.closed_at is not None or desk.now >= case.state_since + desk.policy.object_within.always:
        raise TooLate(number=case.number)
    climbed = await climb(desk, actor, case, Because.OBJECTION)
    await desk.work.questions.ask(Question(actor.id, Asked.OBJECTION, desk.now, case=case.id))
    return climbed


async def explain_objection(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Append the resident's reason for objecting, and show it to the unit that rules on it.

    Raises:
        NotTheResident: somebody else raised the case.
    """
    return await hear(desk, actor, case_id, Event.REFUSAL_OBJECTED, message)


async def tell_refusal_again(desk: Desk, case: Case) -> None:
    """Tell a refusal to a resident who could not be reached when it was made; their time to object begins now."""
    refusals = [row for row in await desk.work.history.of_case(case.id) if row.event == Event.CASE_REFUSED]
    case = await desk.record.save_and_replan(_read_later(desk, case))
    await desk.tell.resident(case, refusals[-1].id)


def _read_later(desk: Desk, case: Case) -> Case:
    return replace(resumed(case, case.state_since, desk.now, desk.policy, desk.rules.calendar), state_since=desk.now)


async def let_refusal_stand(desk: Desk, case: Case) -> Case:
    """End a refused case to which the resident did not object in time.

    Who cannot be reached has not read of it; for whom it has only just reached, or is yet to, the time begins anew.
    """
    resident = await desk.work.people.look_at(case.resident)
    if resident is not None and resident.is_lost:
        return await desk.record.save_and_replan(case)
    if await desk.tell.has_just_heard(case, desk.policy.object_within.always):
        return await desk.record.save_and_replan(_read_later(desk, case))
    ended = close(case, Because.REFUSED, desk.now)
    event = await desk.record.event(DESK, Event.REFUSAL_STOOD, ended)
    ended = await desk.record.save_and_replan(ended)
    await desk.tell.resident(ended, event, scheduled=True)
    return ended
