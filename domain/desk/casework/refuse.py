"""Refuse a case (不予受理) with a reason, to which the resident may object."""

from domain.cases.assignments import Because
from domain.cases.case import Case, CaseId, Verb, move
from domain.cases.messages import Message
from domain.desk import Desk
from domain.desk.cooperation.assist import end_assists
from domain.desk.cooperation.outcome import tell_helpers
from domain.errors import WordsMissing
from domain.letters.letter import to_person
from domain.letters.posts import Purpose
from domain.people.person import Actor
from domain.record.history import Event


async def ask_for_reason(
    desk: Desk, actor: Actor, case_id: CaseId, *, privately: bool = False, again: bool = False
) -> Case:
    """Ask the worker why, in the unit's chat or `privately`; `again`: because there were no words.

    Raises:
        NotTheOwner: the actor does not work for the unit responsible.
        MoveNotAllowed: the case was accepted or has ended.
    """
    case = await desk.find.case_to_decide_on(actor, case_id, Verb.REFUSE)
    await desk.questions.prompt(actor, case, Purpose.REFUSAL_PROMPT, privately=privately, again=again)
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
    event = await desk.record.message(actor, refused, Event.CASE_REFUSED, message, worker=actor.name, unit=case.unit)
    refused = await end_assists(desk, refused, Because.REFUSED, actor=actor)
    refused = await desk.record.save_and_replan(refused)
    await tell_helpers(desk, actor, refused, Because.REFUSED)
    await desk.tell.resident(refused, event)
    await desk.tell.raiser(actor, refused, event)
    if message.attachments:
        await desk.tell.forward_files(to_person(case.resident), refused, event)
    return refused
