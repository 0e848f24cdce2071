"""Assist (协办, 部门报到): a unit that was called accepts, reports, or gives back, and speaks to whoever called it."""

from collections.abc import Sequence
from dataclasses import replace

from domain.cases.assignments import Assignment, Because, Holder
from domain.cases.assists import AssistPast, assist_in_turn, with_assist
from domain.cases.case import Case, CaseId
from domain.cases.followups import OF_ASSISTS, FollowUp, again
from domain.cases.messages import Message
from domain.cases.revisits import worked_on
from domain.cases.transfers import ReasonMissing
from domain.desk import Desk
from domain.errors import DeskError, NotAMember, NotTheOwner, WordsMissing
from domain.letters.letter import Priority
from domain.letters.posts import Purpose
from domain.organisation.units import ChatId
from domain.people.person import DESK, Actor, UnitCode
from domain.record.history import Event


class AssistTaken(DeskError):
    """A colleague has accepted it; the person reads who."""

    key = "error.assist_taken"


async def find_assist(desk: Desk, actor: Actor, case_id: CaseId, turn: int) -> tuple[Case, Assignment]:
    """Return what one of the actor's units was called to do.

    Raises:
        AssistPast: it goes on no more.
        NotAMember: the actor does not work for that unit.
    """
    case = await desk.find.case(case_id)
    assist = assist_in_turn(case, turn)
    if assist is None and not desk.rights.may_view(actor, case):
        raise NotAMember(actor.id, units=[case.unit])
    if assist is None:
        raise AssistPast(case.id, number=case.number)
    if not desk.rights.may_assist(actor, assist):
        raise NotAMember(actor.id, units=[assist.unit])
    return case, assist


async def find_assist_to_end(desk: Desk, actor: Actor, case_id: CaseId, turn: int) -> tuple[Case, Assignment]:
    """Return what one of the actor's units was called to do, if it is theirs to report or give back.

    Raises:
        AssistPast, NotAMember: see `find_assist`.
        NotTheOwner: a colleague has accepted it.
    """
    case, assist = await find_assist(desk, actor, case_id, turn)
    if not desk.rights.may_end_assist(actor, assist):
        raise NotTheOwner(actor.id, units=[assist.unit])
    return case, assist


def assist_meant(desk: Desk, actor: Actor, case: Case, chat: ChatId) -> Assignment | None:
    """Return which assist somebody speaks of in a chat, if they do: that of the unit there, for which they work.

    Where the unit responsible works in that chat too, and in private, who may speak for it speaks of the case itself.
    """
    theirs = [given for given in case.assisting if desk.rights.may_assist(actor, given)]
    here = {unit.code for unit in desk.org.in_group(chat)}
    if (case.unit in here or not here) and desk.rights.may_speak(actor, case):
        return None
    return next((given for given in theirs if given.unit in here or not here), None)


async def accept_assist(desk: Desk, actor: Actor, case_id: CaseId, turn: int) -> Case:
    """Make the actor the owner of what their unit was called to do, and tell the unit responsible.

    Raises:
        AssistTaken: a colleague was first.
        AssistPast, NotAMember: see `find_assist`.
    """
    case, assist = await find_assist(desk, actor, case_id, turn)
    if not desk.rights.may_take_assist(actor, assist):
        raise NotAMember(actor.id, units=[assist.unit])
    if assist.owner is not None:
        raise AssistTaken(case.id, number=case.number, name=assist.owner.name)
    holder = Holder(actor.id, actor.name)
    taken = assist.accepted(holder, desk.now)
    return await _told(desk, actor, worked_on(case, actor.id), taken, Event.ASSIST_ACCEPTED)


async def ask_for_report(
    desk: Desk, actor: Actor, case_id: CaseId, turn: int, *, again: bool = False, privately: bool = False
) -> Case:
    """Ask the worker for the report, in the chat of their unit or `privately`; `again`: because there were no words.

    Raises:
        AssistPast, NotAMember, NotTheOwner: see `find_assist_to_end`.
    """
    return await _ask(desk, actor, case_id, turn, Purpose.REPORT_PROMPT, again=again, privately=privately)


async def ask_why_assist_back(
    desk: Desk, actor: Actor, case_id: CaseId, turn: int, *, again: bool = False, privately: bool = False
) -> Case:
    """Ask the worker why their unit does not assist, as `ask_for_report` does.

    Raises:
        AssistPast, NotAMember, NotTheOwner: see `find_assist_to_end`.
    """
    return await _ask(desk, actor, case_id, turn, Purpose.ASSIST_BACK_PROMPT, again=again, privately=privately)


async def report_assist(desk: Desk, actor: Actor, case_id: CaseId, turn: int, message: Message) -> Case:
    """End what a unit was called to do with its report, which the unit responsible reads; the resident does not.

    Raises:
        WordsMissing: a report is told in words, with files or without.
        AssistPast, NotAMember, NotTheOwner: see `find_assist_to_end`.
    """
    case, assist = await find_assist_to_end(desk, actor, case_id, turn)
    if not message.text:
        raise WordsMissing
    ended = assist.reported(desk.now).over(Because.REPORTED, desk.now)
    return await _told(desk, actor, worked_on(case, actor.id), ended, Event.ASSIST_REPORTED, message)


async def give_assist_back(desk: Desk, actor: Actor, case_id: CaseId, turn: int, message: Message) -> Case:
    """End what a unit was called to do, because it is not theirs to do; the unit responsible reads why.

    Raises:
        ReasonMissing: there are no words.
        AssistPast, NotAMember, NotTheOwner: see `find_assist_to_end`.
    """
    case, assist = await find_assist_to_end(desk, actor, case_id, turn)
    if not message.text:
        raise ReasonMissing
    ended = assist.given_back(desk.now).over(Because.GIVEN_BACK, desk.now)
    return await _told(desk, actor, case, ended, Event.ASSIST_GIVEN_BACK, message)


async def tell_caller(desk: Desk, actor: Actor, case: Case, assist: Assignment, message: Message) -> Case:
    """Tell the unit responsible what somebody of a unit that was called says; the resident does not read it."""
    return await _told(desk, actor, case, assist, Event.ASSIST_TOLD, message)


async def answer_assistant(desk: Desk, actor: Actor, case: Case, assist: Assignment, message: Message) -> Case:
    """Tell a unit that was called what somebody of the unit responsible answers it."""
    told = {"worker": actor.name, "unit": assist.unit, "unit_name": _name(desk, case.unit), "from_unit": case.unit}
    event = await desk.record.message(actor, case, Event.ASSIST_TOLD, message, **told)
    await desk.tell.unit_with_files(case, event, files=message.attachments, to=assist.unit)
    return case


async def end_assists(
    desk: Desk, case: Case, because: Because, *, of: Sequence[UnitCode] | None = None, actor: Actor = DESK
) -> Case:
    """End what units were called to do, all or those `of` some; each is told, with a word why.

    The case is returned changed, and has to be saved by whoever asks for this.
    """
    over = [given for given in case.assisting if of is None or given.unit in of]
    for assist in over:
        case = with_assist(case, assist.over(because, desk.now))
        told = {"unit": assist.unit, "unit_name": _name(desk, assist.unit), "ended": because, "text": assist.task}
        event = await desk.record.event(actor, Event.ASSIST_ENDED, case, **told)
        if assist.unit in desk.org:
            await desk.tell.unit(assist.unit, case, event)
        if because is Because.UNIT_RETIRED:
            await desk.tell.unit(case.unit, case, event)
    if over:
        await desk.work.followups.cancel(case.id, [assist.turn for assist in over], what=OF_ASSISTS)
    return case


async def go_along(desk: Desk, actor: Actor, case: Case) -> None:
    """Tell the unit that has a case now what others were called to do for it, and tell those who it is."""
    if not case.assisting:
        return
    called = await desk.work.history.of_case(case.id, Event.ASSIST_CALLED)
    still = {given.unit for given in case.assisting}
    for row in reversed(called):
        if not still.isdisjoint(row.told.get("units", ())):
            await desk.tell.unit_with_files(case, row.id, files=row.told.get("files"))
            still -= {*row.told["units"]}
    for assist in case.assisting:
        told = {"unit": assist.unit, "to_unit": case.unit, "to_name": _name(desk, case.unit)}
        event = await desk.record.event(actor, Event.ASSIST_MOVED, case, **told)
        await desk.tell.unit(assist.unit, case, event)


async def remind_assist(desk: Desk, case: Case, row: FollowUp) -> None:
    """Remind a unit of what it was called to do."""
    assist = assist_in_turn(case, row.turn)
    if assist is None:
        return
    await desk.cards.post(case.id, assist.unit, Priority.REMINDER)
    told = {"unit": assist.unit, "text": assist.task, "until": assist.resolve.due_at.isoformat()}
    event = await desk.record.event(DESK, Event.ASSIST_REMINDED, case, **told)
    await desk.tell.unit(assist.unit, case, event, priority=Priority.REMINDER, scheduled=True)


async def remind_assist_again(desk: Desk, case: Case, row: FollowUp) -> None:
    """Remind a unit of what it was called to do, and plan the next reminder."""
    if assist_in_turn(case, row.turn) is not None:
        await remind_assist(desk, case, row)
        following = again(case, row.what, desk.now, desk.policy, row.step + 1, turn=row.turn)
        await desk.work.followups.plan([following])


async def miss_assist(desk: Desk, case: Case, row: FollowUp) -> None:
    """Say that a unit has not done in time what it was called to do.

    Both groups and the leads of both are told, and the unit above both.
    """
    assist = assist_in_turn(case, row.turn)
    if assist is None:
        return
    missed = with_assist(case, assist.missed_resolve(desk.now))
    told = {"unit": assist.unit, "unit_name": _name(desk, assist.unit), "text": assist.task}
    event = await desk.record.event(DESK, Event.ASSIST_MISSED, missed, **told)
    missed = await desk.record.save(missed)
    await desk.cards.post(missed.id, assist.unit, Priority.REMINDER)
    above = desk.org.common_ancestor([code for code in (missed.unit, assist.unit) if code in desk.org])
    told_units = dict.fromkeys((missed.unit, assist.unit, *([above.code] if above else [])))
    for unit in told_units:
        await desk.tell.unit(unit, missed, event, scheduled=True)
    await desk.tell.leads(missed, event, [missed.unit, assist.unit])


async def release_assist(desk: Desk, case: Case, assist: Assignment) -> Case:
    """Make what a unit was called to do free for the others there: its owner has left."""
    freed = replace(assist.freed(assist.accept), resolve=assist.resolve)
    name = assist.owner.name if assist.owner else ""
    freed_case = with_assist(case, freed)
    event = await desk.record.event(DESK, Event.ASSIST_RELEASED, freed_case, unit=assist.unit, worker=name)
    freed_case = await desk.record.save(freed_case)
    await desk.tell.unit(assist.unit, freed_case, event)
    return freed_case


async def _ask(
    desk: Desk, actor: Actor, case_id: CaseId, turn: int, purpose: Purpose, *, again: bool, privately: bool
) -> Case:
    case, assist = await find_assist_to_end(desk, actor, case_id, turn)
    await desk.questions.prompt(actor, case, purpose, again=again, privately=privately, unit=assist.unit)
    return case


async def _told(
    desk: Desk, actor: Actor, case: Case, assist: Assignment, kind: Event, message: Message | None = None
) -> Case:
    """Keep an assist as it is now, and tell the unit responsible what was done or said."""
    changed = with_assist(case, assist)
    told = {"worker": actor.name, "unit": assist.unit, "unit_name": _name(desk, assist.unit)}
    if message is None:
        event = await desk.record.event(actor, kind, changed, **told)
    else:
        event = await desk.record.message(actor, changed, kind, message, **told)
    changed = await desk.record.save(changed)
    if assist.ended_at is not None:
        await desk.work.followups.cancel(changed.id, [assist.turn], what=OF_ASSISTS)
    await desk.cards.post(changed.id, assist.unit, Priority.CARD)
    await desk.tell.unit_with_files(changed, event, files=message.attachments if message else ())
    return changed


def _name(desk: Desk, unit: UnitCode) -> str:
    return desk.org[unit].name if unit in desk.org else desk.org.retired.get(unit, unit)
