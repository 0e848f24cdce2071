"""Return (未解决): the resident says that it is not solved, and the case goes on at once."""

from domain.cases.assignments import Because
from domain.cases.case import Case, CaseId, Verb, move, resumed
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk import Desk
from domain.desk.casework.release import release
from domain.desk.cooperation.escalate import climb
from domain.desk.intake.hear import hear
from domain.letters.letter import Priority
from domain.people.person import Actor
from domain.record.history import Event


async def return_case(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Return a case to its owner, or to the unit above once it has come back as often as the policy allows.

    Where its owner has left meanwhile, it is free in its unit.

    The time that the resident took to answer does not count against the deadline (docs/adr/0008). The resident is
    asked for the reason, which follows into the group.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: it is not reported done.
    """
    case = await desk.find.own_case(actor, case_id)
    case = resumed(case, case.resolved_at or case.state_since, desk.now, desk.policy, desk.rules.calendar)
    again = case.responsible.returned(desk.now)
    returned = move(case, Verb.RETURN, desk.now, returns=case.returns + 1, resolved_at=None, responsible=again)
    event = await desk.record.event(actor, Event.CASE_RETURNED, returned, returns=returned.returns)
    returned = await desk.record.save_and_replan(returned)
    await desk.tell.unit(case.unit, returned, event, priority=Priority.AWAITED)
    if returned.urgent:
        await desk.tell.alarm(returned, event)
    await desk.questions.ask(Question(actor.id, Asked.RETURN_REASON, desk.now, case=case.id))
    if returned.returns >= desk.policy.return_limit:
        returned = await climb(desk, actor, returned, Because.RETURNS)
    return await release(desk, returned) if desk.rights.is_orphaned(returned) else returned


async def explain_return(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Append the reason for a return, and show it to the unit that has the case now.

    Raises:
        NotTheResident: somebody else raised the case.
    """
    return await hear(desk, actor, case_id, Event.RETURN_EXPLAINED, message)
