"""Release a case: its owner works for its unit no more, so that it is free for the others there."""

from domain.cases.case import Case, Verb, move
from domain.cases.deadlines import deadline
from domain.desk import Desk
from domain.desk.cooperation.assist import release_assist
from domain.people.person import DESK
from domain.record.history import Event


async def release_orphans(desk: Desk) -> None:
    """Release every case whose owner has left, by whatever way."""
    for case in await desk.work.cases.orphaned():
        await release(desk, case)
    for case in await desk.work.cases.orphaned_assists():
        for assist in case.assisting:
            if assist.owner and not desk.org.role_of(assist.owner.person, assist.unit):
                case = await release_assist(desk, case, assist)  # noqa: PLW2901 - each is saved upon the other


async def release(desk: Desk, case: Case) -> Case:
    """Make a case `submitted` in its own unit, which is told; the first owner stays named.

    There is a fresh time to accept it, and the same time to report done.
    """
    policy = desk.policy.when(urgent=case.urgent)
    terms = policy.terms(case.kind, case.category, desk.org[case.unit].level)
    accept_by = deadline(desk.now, terms.accept_within, policy, desk.rules.calendar)
    released = move(case, Verb.RELEASE, desk.now, responsible=case.responsible.freed(accept_by))
    worker = case.owner.name if case.owner else ""
    event = await desk.record.event(DESK, Event.CASE_RELEASED, released, unit=case.unit, worker=worker)
    released = await desk.record.save_and_replan(released)
    await desk.tell.unit(case.unit, released, event)
    if released.urgent:
        await desk.tell.alarm(released, event)
    return released
