"""Escalate (上报): a case climbs to the parent unit, by hand, overdue, or returned too often."""

from collections.abc import Sequence
from dataclasses import replace

from domain.cases.assignments import CLIMBS, Because, Settling
from domain.cases.case import Case, CaseId, State, Verb, move, reassign, resumed
from domain.cases.deadlines import deadline
from domain.cases.messages import Message
from domain.cases.revisits import worked_on
from domain.desk import Desk
from domain.desk.cooperation.assist import end_assists, go_along
from domain.desk.cooperation.settle import settle
from domain.desk.parts.second_press import is_sure
from domain.errors import NoUnitAbove
from domain.letters.letter import Priority
from domain.people.person import Actor, UnitCode
from domain.record.history import Event, EventId
from domain.record.said import is_said, not_taken_out

KNOWN_INSIDE = frozenset({Event.NOTE_TAKEN, Event.CASE_REFUSED, Event.REVISIT_UNSOLVED})
"""What the unit below has written down or given as its reason, and the one above must know as well."""
SAID_AT_MOST = 10
MISSED = frozenset({Because.NOT_ACCEPTED, Because.OVERDUE})
BY_ITSELF = MISSED | {Because.CHAT_LOST}


async def escalate(desk: Desk, actor: Actor, case_id: CaseId) -> Case | None:
    """Hand a case to the unit above by hand, once whoever wants that has pressed twice; None after the first press.

    Raises:
        NotTheOwner: the actor neither owns it nor leads its unit, nor is it still free for any member.
        MoveNotAllowed: it is not open, or the resident has the word.
        NoUnitAbove: no unit above has a group.
    """
    case = await desk.find.case_to_decide_on(actor, case_id, Verb.ESCALATE)
    if desk.org.next_up(case.unit) is None:
        raise NoUnitAbove(case.unit, units=[case.unit])
    if not await is_sure(desk, actor, Verb.ESCALATE, case):
        return None
    return await climb(desk, actor, case, Because.BY_HAND)


async def climb(desk: Desk, actor: Actor, case: Case, because: Because) -> Case:
    """Move a case to the next unit above that has a group, with a fresh time to accept and the same `resolve`.

    Both groups and the resident are told. Where the tree ends, the case stays and the leads and admins are told
    (ARCHITECTURE.md, The life of a case).
    """
    above = desk.org.next_up(case.unit)
    if above is None:
        return await _stay(desk, actor, case, because)
    verb = Verb.OBJECT if because is Because.OBJECTION else Verb.ESCALATE
    return await reassign_case(desk, actor, case, above.code, verb, Event.CASE_ESCALATED, because)


async def reassign_case(
    desk: Desk,
    actor: Actor,
    case: Case,
    unit: UnitCode,
    verb: Verb,
    kind: Event,
    because: Because,
    *,
    message: Message | None = None,
    settling: Settling | None = None,
) -> Case:
    """Make a case `submitted` at another unit: the owner goes, the first owner stays.

    `message`: the worker's reason, where there is one. `settling`: how far 定责 has come by this.
    The time that a refused case waited for the resident does not count against the deadline (docs/adr/0008).
    """
    policy = desk.policy.when(urgent=case.urgent)
    if case.state is State.REFUSED:
        case = resumed(case, case.state_since, desk.now, desk.policy, desk.rules.calendar)
    if desk.rights.acts_for_owner(actor, case):
        case = worked_on(case, actor.id)
    moved = reassign(move(case, verb, desk.now, closed_at=None), unit, because, desk.now)
    terms = policy.terms(case.kind, case.category, desk.org[unit].level)
    accept_by = deadline(desk.now, terms.accept_within, policy, desk.rules.calendar)
    given = moved.responsible.freed(accept_by)
    moved = replace(moved, responsible=given.settled(settling) if settling else given)
    moved = await end_assists(desk, moved, Because.RESPONSIBLE_NOW, of=[unit], actor=actor)
    names = {"from_name": desk.org[case.unit].name, "to_name": desk.org[unit].name}
    told = {"from_unit": case.unit, "to_unit": unit, "because": because if because in CLIMBS else None, **names}
    if message is None:
        event = await desk.record.event(actor, kind, moved, **told)
    else:
        told["worker"] = actor.name
        event = await desk.record.message(actor, moved, kind, message, **told)
    moved = await desk.record.save_and_replan(moved)
    await _tell(desk, case.unit, moved, event, scheduled=because in BY_ITSELF)
    if moved.unit != case.unit:
        await go_along(desk, actor, moved)
    if moved.urgent:
        await desk.tell.alarm(moved, event, but=actor.id)
    if not moved.place_known and because in CLIMBS:
        await desk.tell.ask_place(moved)
    await desk.tell.first_owner(actor, moved, event, but=case.unit)
    await settle(desk, actor, case, moved, event)
    return moved


async def _tell(desk: Desk, old: UnitCode, case: Case, event: EventId, *, scheduled: bool) -> None:
    if old != case.unit:
        await desk.tell.unit(old, case, event, scheduled=scheduled)
    await desk.tell.unit(case.unit, case, event, scheduled=scheduled)
    if old != case.unit:
        await show_what_was_said(desk, case)
    await desk.tell.residents(case, event, scheduled=scheduled)


async def show_what_was_said(desk: Desk, case: Case) -> None:
    """Send what the resident and the workers have sent so far into the new chat, below the card.

    Of those who are worked on as one with them it reads in one message what each has said. Notes and reasons stay
    within the units that a case climbs through.
    """
    climbed = case.responsible.begun_because in CLIMBS
    rows = [row for row in not_taken_out(await desk.work.history.of_case(case.id)) if row.told.get("text")]
    known = [row for row in rows if is_said(row, case) or (climbed and row.event in KNOWN_INSIDE)]
    with_files = dict.fromkeys(event for event, _ in await desk.work.attachments.of_case(case.id))
    with_files = dict.fromkeys(await _files_before_split(desk, case)) | with_files
    told = [row.id for row in known[-SAID_AT_MOST:]]
    for event in told:
        await desk.tell.unit_with_files(case, event, files=event in with_files)
    for event in with_files:
        if event not in told:
            await desk.tell.forward_files_to_unit(case, event)
    await desk.tell.said_by_followers(case)


async def _files_before_split(desk: Desk, case: Case) -> Sequence[EventId]:
    """Return the rows by which its resident had sent files for the case off which this one was split."""
    if case.split_from is None:
        return ()
    rows = await desk.work.history.of_case(case.split_from)
    theirs = {row.id for row in rows if row.actor == case.resident and not row.is_inside and row.at <= case.raised_at}
    with_files = (event for event, _ in await desk.work.attachments.of_case(case.split_from))
    return [event for event in dict.fromkeys(with_files) if event in theirs]


async def _stay(desk: Desk, actor: Actor, case: Case, because: Because) -> Case:
    """Say at the top of the tree that nobody stands above; what was missed is kept, so that it acts only once."""
    if because is Because.OBJECTION:
        case = await reassign_case(desk, actor, case, case.unit, Verb.OBJECT, Event.CASE_RECONSIDERED, because)
    if because in MISSED:
        case = await desk.record.save(case)
    event = await desk.record.event(actor, Event.CLIMB_ENDED, case, unit=case.unit, because=because)
    if because is not Because.OBJECTION:
        await desk.tell.unit(case.unit, case, event, scheduled=because in BY_ITSELF, priority=Priority.REMINDER)
    await desk.tell.staff(case.unit, case, event)
    if case.urgent:
        await desk.tell.alarm(case, event)
    return case
