"""Object to a refusal, which takes the case to the unit above; without an objection in time, the refusal stands."""

from dataclasses import replace

from domain.cases.assignments import Because
from domain.cases.case import Case, CaseId, State, close, resumed
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk import Desk
from domain.desk.cooperation.escalate import climb
from domain.desk.intake.hear import hear
from domain.errors import MoveNotAllowed, TooLate
from domain.people.person import DESK, Actor
from domain.record.history import Event


async def object_to_refusal(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Take a refused case to the unit above, or open it again at the root; the resident is asked for their reason.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: it is not refused.
        TooLate: the time to object is over.
    """
    case = await desk.find.case_to_stand_for(actor, case_id)
    if case.state is not State.REFUSED:
        raise MoveNotAllowed(case.state, number=case.number, state=case.shown_as)
    if case.closed_at is not None or desk.now >= case.state_since + desk.policy.object_within.always:
        raise TooLate(number=case.number)
    climbed = await climb(desk, actor, case, Because.OBJECTION)
    await desk.questions.ask(Question(actor.id, Asked.OBJECTION, desk.now, case=case.id))
    return climbed


async def explain_objection(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Append the resident's reason for objecting, and show it to the unit that rules on it.

    Raises:
        NotTheResident: somebody else raised the case.
    """
    return await hear(desk, actor, case_id, Event.REFUSAL_OBJECTED, message)


async def tell_refusal_again(desk: Desk, case: Case) -> None:
    """Tell a refusal to a resident who could not be reached when it was made; their time to object begins now."""
    refusals = await desk.work.history.of_case(case.id, Event.CASE_REFUSED)
    case = await desk.record.save_and_replan(_read_later(desk, case))
    await desk.tell.resident(case, refusals[-1].id)


def _read_later(desk: Desk, case: Case) -> Case:
    return replace(resumed(case, case.state_since, desk.now, desk.policy, desk.rules.calendar), state_since=desk.now)


async def let_refusal_stand(desk: Desk, case: Case) -> Case:
    """End a refused case to which the resident did not object in time.

    Who cannot be reached has not read of it; of a neighbour without an account, whoever raised it has. For whom it has
    only just reached, or is yet to, the time begins anew.
    """
    if case.unreachable and not case.raised_by:
        return await desk.record.save_and_replan(case)
    if await desk.tell.has_just_heard(case, desk.policy.object_within.always):
        return await desk.record.save_and_replan(_read_later(desk, case))
    ended = close(case, Because.REFUSED, desk.now)
    event = await desk.record.event(DESK, Event.REFUSAL_STOOD, ended)
    ended = await desk.record.save_and_replan(ended)
    await desk.tell.raiser(DESK, ended, event)
    await desk.tell.resident(ended, event, scheduled=True)
    return ended
