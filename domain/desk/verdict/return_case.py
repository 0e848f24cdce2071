"""Return (未解决): the resident says that it is not solved, and the case goes on at once."""

from collections.abc import Sequence

from domain.cases.assignments import Because
from domain.cases.case import Case, CaseId, Verb, move, resumed
from domain.cases.messages import Attachment, Message
from domain.cases.questions import Asked, Question
from domain.cases.revisits import contradicted, may_contradict
from domain.desk import Desk
from domain.desk.casework.release import release
from domain.desk.cooperation.escalate import climb
from domain.desk.intake.hear import hear
from domain.desk.merging.follow import leave_main
from domain.errors import MoveNotAllowed, TooLate
from domain.letters.letter import Priority
from domain.people.person import Actor
from domain.record.history import Event, EventId


async def return_case(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Return a case to its owner, or to the unit above once it has come back as often as the policy allows.

    Where its owner has left meanwhile, it is free in its unit. A merged case comes back alone; those who were asked
    along with it keep their question.

    The time that the resident took to answer does not count against the deadline (docs/adr/0008). The resident is
    asked for the reason, which follows into the group. A yes that somebody else has recorded for them they may
    contradict for as long as a case may be reopened.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: it is not reported done.
        TooLate: it is too long ago that somebody has recorded a yes.
    """
    case = await desk.find.own_case(actor, case_id)
    if case.is_revisited:
        case = _contradict(desk, case)
    returned = await returned_to_work(desk, case)
    event = await desk.record.event(actor, Event.CASE_RETURNED, returned, returns=returned.returns)
    await desk.questions.ask(Question(actor.id, Asked.RETURN_REASON, desk.now, case=case.id))
    return await go_on(desk, actor, returned, event)


def _contradict(desk: Desk, case: Case) -> Case:
    if not may_contradict(case, desk.now, desk.policy):
        raise TooLate(number=case.number)
    unit = case.unit if case.unit in desk.org else desk.org.successor_of(case.unit).code
    return contradicted(case, unit, desk.now)


async def returned_to_work(desk: Desk, case: Case) -> Case:
    """Return the case as it goes on, returned once more.

    Raises:
        MoveNotAllowed: it is not reported done.
    """
    if not case.allows(Verb.RETURN):
        raise MoveNotAllowed(Verb.RETURN, case.state, number=case.number, state=case.shown_as)
    case = await leave_main(desk, case, Because.RETURNED)
    case = resumed(case, case.resolved_at or case.state_since, desk.now, desk.policy, desk.rules.calendar)
    again = case.responsible.returned(desk.now)
    return move(case, Verb.RETURN, desk.now, returns=case.returns + 1, resolved_at=None, responsible=again)


async def go_on(desk: Desk, actor: Actor, returned: Case, event: EventId, *, files: Sequence[Attachment] = ()) -> Case:
    """Save a returned case and tell its unit; it climbs once it has come back as often as the policy allows."""
    returned = await desk.record.save_and_replan(returned)
    await desk.tell.unit_with_files(returned, event, files=files, priority=Priority.AWAITED)
    if returned.urgent:
        await desk.tell.alarm(returned, event)
    if returned.returns >= desk.policy.return_limit:
        returned = await climb(desk, actor, returned, Because.RETURNS)
    return await release(desk, returned) if desk.rights.is_orphaned(returned) else returned


async def explain_return(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Append the reason for a return, and show it to the unit that has the case now.

    Raises:
        NotTheResident: somebody else raised the case.
    """
    return await hear(desk, actor, case_id, Event.RETURN_EXPLAINED, message)
