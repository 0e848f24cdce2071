"""Reopen (又出现了): what the resident has confirmed as solved is back, and so is their case."""

from domain.cases.case import Case, CaseId, Verb, move
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.cases.reopenings import may_reopen, reopenable_until, reopened
from domain.desk import Desk
from domain.desk.cooperation.escalate import show_what_was_said
from domain.desk.intake.hear import hear
from domain.errors import DeskError
from domain.letters.letter import Priority
from domain.people.person import Actor
from domain.record.history import Event


class ReopenedTooLate(DeskError):
    """The time after a confirmation is over in which the case could come back."""

    key = "error.reopened_too_late"


async def reopen(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Give a confirmed case back to the owner that it had, with deadlines begun anew; the resident is asked what is up.

    Where they have left, it is new in their unit; where that was retired, in the nearest above that has a group. The
    group gets its card anew, below everything else.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: it is not confirmed.
        ReopenedTooLate: it was confirmed too long ago.
    """
    case = await desk.find.own_case(actor, case_id)
    move(case, Verb.REOPEN, desk.now)
    if not may_reopen(case, desk.now, desk.policy):
        raise ReopenedTooLate(case.id, number=case.number, until=reopenable_until(case, desk.policy))
    owner = case.owner if desk.rights.owner_of(case) is not None else None
    unit = desk.org[case.unit] if owner else desk.org.successor_of(case.unit)
    if case.main is not None:
        await desk.cards.post(case.main, case.unit, Priority.REMINDER)
    back = reopened(case, unit, owner, desk.now, desk.policy, desk.rules.calendar)
    told = {"unit": unit.code, "holder": owner.name if owner else "", "reopenings": back.reopenings}
    event = await desk.record.event(actor, Event.CASE_REOPENED, back, **told)
    await desk.cards.put_below(back)
    back = await desk.record.save_and_replan(back)
    await desk.tell.unit(unit.code, back, event, priority=Priority.AWAITED)
    if unit.code != case.unit:
        await show_what_was_said(desk, back)
    if back.urgent:
        await desk.tell.alarm(back, event)
    await desk.tell.first_owner(actor, back, event)
    await desk.questions.ask(Question(actor.id, Asked.REOPENING_REASON, desk.now, case=case.id))
    return back


async def explain_reopening(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Append what is up now, and show it to the unit that has the case.

    Raises:
        NotTheResident: somebody else raised the case.
    """
    return await hear(desk, actor, case_id, Event.REOPENING_EXPLAINED, message)
