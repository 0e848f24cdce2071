"""Withdraw a case (撤回): the resident takes it back, and that is an end."""

from domain.assignments import Because
from domain.cases import Case, CaseId, Verb, close, move
from domain.desk import Desk
from domain.history import Event
from domain.people import Actor


async def withdraw(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Close the actor's own open case and tell the unit.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: it has ended already.
    """
    case = await desk.own_case(actor, case_id)
    withdrawn = close(move(case, Verb.WITHDRAW, desk.now), Because.WITHDRAWN, desk.now)
    event = await desk.note(actor, Event.CASE_WITHDRAWN, withdrawn)
    withdrawn = await desk.keep(withdrawn)
    await desk.work.questions.drop(actor.id, case=case.id)
    await desk.tell_unit(case.unit, withdrawn, event)
    return withdrawn
