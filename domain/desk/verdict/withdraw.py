"""Withdraw a case (撤回): the resident takes it back, and that is an end."""

from domain.cases.assignments import Because
from domain.cases.case import Case, CaseId, Verb, close, move
from domain.desk import Desk
from domain.desk.cooperation.settle import settle
from domain.people.person import Actor
from domain.record.history import Event


async def withdraw(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Close the actor's own open case and tell the unit.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: it has ended already.
    """
    case = await desk.find.own_case(actor, case_id)
    withdrawn = close(move(case, Verb.WITHDRAW, desk.now), Because.WITHDRAWN, desk.now)
    event = await desk.record.event(actor, Event.CASE_WITHDRAWN, withdrawn)
    withdrawn = await desk.record.save_and_replan(withdrawn)
    await settle(desk, actor, case, withdrawn, event)
    await desk.work.questions.drop(actor.id, case=case.id)
    await desk.tell.unit(case.unit, withdrawn, event)
    return withdrawn
