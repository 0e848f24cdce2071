"""Heed danger: what a resident says makes their case urgent, and all who are to act are told."""

from domain.cases.case import Case
from domain.cases.deadlines import Deadline
from domain.cases.kinds import speaks_of_danger
from domain.cases.urgency import made_urgent, spoken_of
from domain.desk import Desk
from domain.letters.letter import Priority
from domain.people.person import DESK, PersonId
from domain.record.history import Event, EventId


async def heed_danger(desk: Desk, case: Case, words: str) -> Case:
    """Make a case urgent whose resident speaks of danger to life; one that has ended only shows it.

    With a merged one its main case becomes urgent, though it may have been before and somebody has said it is not.
    """
    if not speaks_of_danger(words):
        return case
    main = await desk.find.case(case.main) if case.main is not None and case.is_open else None
    if case.is_urgent_itself and (main is None or main.urgent):
        return case
    if not case.is_open:
        return await desk.record.save(spoken_of(case))
    if main is not None:
        return await _heed_with_main(desk, case, main, words)
    return await make_urgent(desk, case)


async def _heed_with_main(desk: Desk, case: Case, main: Case, words: str) -> Case:
    """Make the main case urgent along with a merged one: its deadlines are those by which somebody acts."""
    await heed_danger(desk, main, words)
    event = await desk.record.event(DESK, Event.URGENCY_SET, case)
    case = await desk.record.save(spoken_of(case))
    await desk.tell.alarm(case, event)
    return case


async def make_urgent(desk: Desk, case: Case, *, by: PersonId | None = None) -> Case:
    """Make a case urgent because of what a resident has said; `by`: who knows of it."""
    urgent = made_urgent(case, desk.now, desk.policy, desk.rules.calendar)
    event = await desk.record.event(DESK, Event.URGENCY_SET, urgent)
    return await change_urgency(desk, case, urgent, event, by=by)


async def change_urgency(desk: Desk, before: Case, after: Case, event: EventId, *, by: PersonId | None = None) -> Case:
    """Keep a case that is urgent now, or is no more: its deadlines act as they are now, and its unit is told.

    Its resident hears of it where it changes what they were promised; of danger all who work for the unit, in private.
    """
    save = desk.record.save_and_replan if after.promise else desk.record.save
    after = await save(after)
    await desk.tell.unit(after.unit, after, event, priority=Priority.URGENT if after.urgent else Priority.NEWS)
    if after.promise and _promised(before) != _promised(after):
        await desk.tell.resident(after, event)
    if after.urgent:
        await desk.tell.alarm(after, event, but=by)
    return after


def _promised(case: Case) -> tuple[Deadline | None, Deadline | None]:
    """Return what the resident was told and still holds: when its first unit accepts, and when it is reported done."""
    given = case.responsible
    return given.accept if case.turns == 1 else None, given.resolve if given.overdue_at is None else None
