"""Nudge (催办): the resident asks the unit to hurry, not more often than the policy allows."""

from dataclasses import replace

from domain.cases.case import Case, CaseId, State
from domain.desk import Desk
from domain.errors import DeskError, MoveNotAllowed
from domain.letters.letter import Priority
from domain.people.person import Actor
from domain.record.history import Event, EventId


class NudgedTooSoon(DeskError):
    """The resident nudged a short while ago; the person reads when the next nudge is possible."""

    key = "error.nudged_too_soon"


async def nudge(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Tell the unit that the resident waits.

    Of those who are worked on as one the unit is told once in that time, however many nudge: the card of the main case
    counts them.

    Raises:
        NotTheResident: somebody else raised the case.
        MoveNotAllowed: nobody has to act on it but the resident.
        NudgedTooSoon: the last nudge was less than `nudge_every` ago.
    """
    case = await desk.find.own_case(actor, case_id)
    if not case.is_open or case.state is State.RESOLVED:
        raise MoveNotAllowed(case.state, number=case.number, state=case.shown_as)
    again_at = case.nudged_at and case.nudged_at + desk.policy.nudge_every.always
    if again_at and desk.now < again_at:
        raise NudgedTooSoon(case.id, number=case.number, again_at=again_at)
    nudged = replace(case, nudged_at=desk.now)
    event = await desk.record.event(actor, Event.CASE_NUDGED, nudged)
    nudged = await desk.record.save(nudged)
    await _tell(desk, actor, nudged, event)
    return nudged


async def _tell(desk: Desk, actor: Actor, nudged: Case, event: EventId) -> None:
    """Tell the unit, once for all who are worked on as one; one after the other, as history is appended to."""
    main = (await desk.work.cases.look_at(nudged.main) if nudged.main is not None else None) or nudged
    if not main.followers.open:
        await desk.tell.unit(nudged.unit, nudged, event, priority=Priority.AWAITED)
        return
    told = await desk.work.history.of_case(main.id, Event.MATTER_NUDGED)
    if not told or desk.now >= told[-1].at + desk.policy.nudge_every.always:
        event = await desk.record.event(actor, Event.MATTER_NUDGED, main)
        await desk.tell.unit(main.unit, main, event, priority=Priority.AWAITED)
