"""Call (协办, 街乡吹哨): the unit responsible calls others to work beside, each with a task and a deadline."""

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from domain.cases.assignments import Assignment
from domain.cases.assists import (
    NothingToCall,
    TaskMissing,
    assist_of,
    called,
    can_be_called,
    helpers_offered,
    may_call,
    plan_assist,
)
from domain.cases.case import Case, CaseId
from domain.cases.deadlines import deadline
from domain.cases.merging import require_unmerged
from domain.cases.messages import Attachment, Message, Part
from domain.cases.policy import Duration
from domain.cases.questions import Asked, Question
from domain.cases.revisits import worked_on
from domain.desk import Desk
from domain.desk.cooperation.transfer import units_offered
from domain.desk.parts.finder import denied
from domain.desk.parts.recorder import words_of
from domain.errors import MoveNotAllowed
from domain.letters.letter import Priority
from domain.people.person import Actor, UnitCode
from domain.record.history import Event


async def case_to_call_for(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Return a case for which the actor may call other units.

    Raises:
        CaseUnknown: there is none with this id.
        CaseMerged: it is worked on as one with another.
        NotTheOwner, NotAMember: it is for others to decide.
        MoveNotAllowed: nobody has accepted it yet, it has ended, or the resident has the word.
    """
    case = await desk.find.case(case_id)
    require_unmerged(case)
    if may_call(case) and not desk.rights.may_call(actor, case):
        raise denied(actor, case)
    if not may_call(case):
        raise MoveNotAllowed(case.state, number=case.number, state=case.shown_as)
    return case


def is_past(desk: Desk, actor: Actor, case: Case) -> bool:
    """Whether the actor may not call anybody for the case, or not any more."""
    return not (may_call(case) and desk.rights.may_call(actor, case))


async def units_to_call(desk: Desk, case: Case) -> Sequence[UnitCode]:
    """Return the units that are offered: that of its category first, then those often chosen here, then around."""
    usual = desk.org.categories.unit_for(case.category)
    around = await units_offered(desk, case)
    callable_now = [code for code in around if can_be_called(desk.org, case, code)]
    return tuple(helpers_offered(desk.org, callable_now, usual))


async def ask_whom(desk: Desk, actor: Actor, case_id: CaseId, chosen: Sequence[UnitCode] = ()) -> Case:
    """Let the worker choose whom to call; what they write in private next names a unit.

    Raises:
        NotTheOwner, NotAMember, MoveNotAllowed: see `case_to_call_for`.
    """
    case = await case_to_call_for(desk, actor, case_id)
    still = tuple(code for code in dict.fromkeys(chosen) if can_be_called(desk.org, case, code))
    await desk.questions.ask(Question(actor.id, Asked.ASSIST_UNITS, desk.now, case=case.id, chosen=still))
    return case


async def ask_what(desk: Desk, actor: Actor, case_id: CaseId, chosen: Sequence[UnitCode]) -> Case:
    """Let the worker's next message in private be the task of the units that they have chosen.

    Raises:
        NothingToCall: none of them can be called.
        NotTheOwner, NotAMember, MoveNotAllowed: see `case_to_call_for`.
    """
    case = await case_to_call_for(desk, actor, case_id)
    still = tuple(code for code in chosen if can_be_called(desk.org, case, code))
    if not still:
        raise NothingToCall(case.id)
    await desk.questions.ask(Question(actor.id, Asked.ASSIST_TASK, desk.now, case=case.id, chosen=still))
    return case


async def ask_until_when(desk: Desk, actor: Actor, question: Question, case_id: CaseId, message: Message) -> Case:
    """Take a message as the task, and let the worker choose the deadline.

    Raises:
        TaskMissing: there are no words.
        NotTheOwner, NotAMember, MoveNotAllowed: see `case_to_call_for`.
    """
    case = await case_to_call_for(desk, actor, case_id)
    if not message.text:
        raise TaskMissing
    asks = Question(actor.id, Asked.ASSIST_UNTIL, desk.now, case=case.id, chosen=question.chosen, task=message.text)
    await desk.questions.ask(replace(asks, files=message.attachments, said=message.parts))
    return case


async def reword_task(desk: Desk, actor: Actor, message: Message) -> bool:
    """Put an edited message in the place of what it said of a task that has gone to nobody yet; False if it did not."""
    question = await desk.work.questions.open_to(actor.id)
    if question is None or question.asked is not Asked.ASSIST_UNTIL:
        return False
    if (message.chat, message.id) not in {(part.chat, part.message) for part in question.said}:
        return False
    said = tuple(message.parts[0] if part.message == message.id else part for part in question.said)
    task = "\n".join(part.text for part in said if part.text)
    if not task:
        raise TaskMissing
    others = tuple(file for file in question.files if file.message != message.id)
    asks = replace(question, task=task, said=said, files=(*others, *message.attachments))
    await desk.work.questions.ask(asks)
    return True


async def called_by_others(desk: Desk, case: Case, units: Sequence[UnitCode]) -> str | None:
    """Return who has called these units meanwhile, if all that were chosen are called and none is left to call."""
    if not units or any(assist_of(case, code) is None for code in units):
        return None
    rows = await desk.work.history.of_case(case.id, Event.ASSIST_CALLED)
    callers = [row.told.get("worker", "") for row in rows if not {*units}.isdisjoint(row.told.get("units", ()))]
    return "、".join(dict.fromkeys(callers))


async def call(
    desk: Desk,
    actor: Actor,
    case_id: CaseId,
    units: Sequence[UnitCode],
    task: str,
    within: Duration | None = None,
    *,
    files: Sequence[Attachment] = (),
    said: Sequence[Part] = (),
) -> tuple[Case, Sequence[Assignment]]:
    """Call units to work beside, and return what has begun.

    Each gets a card of its own, both sides read the task, and deadlines begin to run.

    `within`: on the policy's clock, from now; `assist_within` where none is chosen. Who cannot be called any more is
    left out. In danger nobody has longer than the case itself. `files`: what was sent along with the task; `said`: the
    messages in which it was sent.

    Raises:
        NothingToCall: none of them can be.
        TaskMissing: there are no words.
        NotTheOwner, NotAMember, MoveNotAllowed: see `case_to_call_for`.
    """
    case = await case_to_call_for(desk, actor, case_id)
    still = tuple(code for code in dict.fromkeys(units) if can_be_called(desk.org, case, code))
    if not still:
        raise NothingToCall(case.id)
    if not task:
        raise TaskMissing
    policy = desk.policy.when(urgent=case.urgent)
    until = deadline(desk.now, within or policy.assist_within, policy, desk.rules.calendar)
    if case.urgent:
        until = min(until, case.responsible.resolve, key=attrgetter("due_at"))
    helped = called(case, still, task, until, desk.now)
    if desk.rights.acts_for_owner(actor, case):
        helped = worked_on(helped, actor.id)
    event = await desk.record.event(
        actor,
        Event.ASSIST_CALLED,
        helped,
        text=task,
        units=[*still],
        files=len(files),
        parts=words_of(said),
        unit_name="、".join(desk.org[code].name for code in still),
        until=until.due_at.isoformat(),
        worker=actor.name,
    )
    await desk.work.attachments.add(files, desk.now, person=actor.id, case=helped.id, event=event)
    await desk.record.link_messages(helped, event, actor.id, said)
    known = {*await desk.work.cards.units_shown(helped.id)}
    helped = await desk.record.save(helped)
    begun = helped.assisting[-len(still) :]
    for assist in begun:
        await desk.work.followups.plan(tuple(plan_assist(helped, assist, desk.now, desk.policy)))
        await desk.cards.post(helped.id, assist.unit, Priority.URGENT if helped.urgent else Priority.NEW)
        if assist.unit in known:
            await desk.tell.unit(assist.unit, helped, event)
        if files:
            await desk.tell.forward_files_to_unit(helped, event, unit=assist.unit)
        await _show_files(desk, helped, assist.unit)
    await desk.tell.unit(helped.unit, helped, event)
    return helped, begun


async def _show_files(desk: Desk, case: Case, unit: UnitCode) -> None:
    """Send what the resident has sent so far into the chat of a unit that was called, below its card."""
    sent = {
        row.id
        for row in await desk.work.history.of_case(case.id)
        if row.actor in (case.author, case.resident) and not row.is_inside
    }
    files = await desk.work.attachments.of_case(case.id)
    for event in dict.fromkeys(event for event, _ in files if event in sent):
        await desk.tell.forward_files_to_unit(case, event, unit=unit)
