"""Settle (定责): who has a case that units give back to each other is said by somebody above, and stays so."""

from domain.cases.assignments import Settling
from domain.cases.case import Case
from domain.desk import Desk
from domain.people.person import DESK, Actor
from domain.record.history import Event, EventId
from domain.rights.rulings import Matter, Outcome, Ruling


async def settle(desk: Desk, actor: Actor, before: Case, after: Case, event: EventId) -> None:
    """Let the ruling on who has a case follow what has just happened to it, as `event` tells.

    It is asked for, decided, passed up to another unit, or lapses; most cases have none.
    """
    was, now = before.responsible, after.responsible
    if before.merged:
        return
    if was.is_to_settle:
        await _close(desk, actor, after, event)
    if after.closed_at is None and now.is_to_settle:
        await _ask(desk, actor, after, event)
    elif after.closed_at is None and was.is_to_settle:
        settled = await desk.record.event(actor, Event.CASE_SETTLED, after, unit=now.unit, worker=actor.name)
        await _tell_all(desk, after, settled)


async def let_settlement_lapse(desk: Desk, actor: Actor, case: Case, event: EventId) -> None:
    """Let nobody say any more who has a case, if that waited to be said: it is worked on as one with another."""
    if case.responsible.is_to_settle:
        ruling = await desk.work.rulings.open_about(case.id, Matter.SETTLEMENT)
        if ruling is not None:
            await desk.work.rulings.decide(ruling.decided(Outcome.LAPSED, actor.id, event, desk.now))


async def _close(desk: Desk, actor: Actor, case: Case, event: EventId) -> None:
    ruling = await desk.work.rulings.open_about(case.id, Matter.SETTLEMENT)
    if ruling is not None:
        await desk.work.rulings.decide(ruling.decided(_outcome(case), actor.id, event, desk.now))


def _outcome(case: Case) -> Outcome:
    if case.closed_at is not None:
        return Outcome.LAPSED
    return Outcome.PASSED_UP if case.responsible.is_to_settle else Outcome.GRANTED


async def _ask(desk: Desk, actor: Actor, case: Case, event: EventId) -> None:
    """Ask the leads of the unit that a case stands with now, or the admins; they are told in private too."""
    given = case.responsible
    unit = given.unit if given.settling is Settling.BY_LEADS else None
    due_at = given.accept.due_at
    await desk.work.rulings.ask(Ruling(Matter.SETTLEMENT, case.id, unit, actor.id, desk.now, event, due_at))
    told = {"unit": given.unit, "give_backs": case.give_backs, "settling": given.settling}
    asked = await desk.record.event(DESK, Event.SETTLEMENT_ASKED, case, **told)
    await _tell_all(desk, case, asked)
    await desk.tell.staff(given.unit, case, asked)


async def _tell_all(desk: Desk, case: Case, event: EventId) -> None:
    """Tell the unit that has the case, and all that had it before."""
    for unit in (*sorted(case.units_before - {case.unit}), case.unit):
        if unit in desk.org:
            await desk.tell.unit(unit, case, event)
