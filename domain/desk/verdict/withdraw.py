"""Withdraw a case (撤回): the resident takes it back, and that is an end."""

from domain.cases.assignments import Because
from domain.cases.case import Case, CaseId, Verb, close, move
from domain.desk import Desk
from domain.desk.cooperation.assist import end_assists
from domain.desk.cooperation.outcome import tell_helpers
from domain.desk.cooperation.settle import settle
from domain.desk.parts.second_press import is_sure
from domain.people.person import Actor
from domain.record.history import Event


async def withdraw(desk: Desk, actor: Actor, case_id: CaseId) -> Case | None:
    """Close the actor's own open case and tell the unit, once they have pressed twice; None after the first press.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: it has ended already.
    """
    case = await desk.find.own_case(actor, case_id)
    moved = move(case, Verb.WITHDRAW, desk.now)
    if not await is_sure(desk, actor, Verb.WITHDRAW, case):
        return None
    withdrawn = close(moved, Because.WITHDRAWN, desk.now)
    event = await desk.record.event(actor, Event.CASE_WITHDRAWN, withdrawn)
    withdrawn = await end_assists(desk, withdrawn, Because.WITHDRAWN, actor=actor)
    withdrawn = await desk.record.save_and_replan(withdrawn)
    await tell_helpers(desk, actor, withdrawn, Because.WITHDRAWN)
    await settle(desk, actor, case, withdrawn, event)
    await desk.questions.drop(actor.id, case=case.id)
    await desk.tell.unit(case.unit, withdrawn, event)
    return withdrawn
