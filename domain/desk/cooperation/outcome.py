"""Outcome: units that were called and have reported hear what became of the case."""

from domain.cases.assignments import Because
from domain.cases.assists import assist_of
from domain.cases.case import Case
from domain.desk import Desk
from domain.people.person import Actor, UnitCode
from domain.record.history import Event


async def tell_helpers(desk: Desk, actor: Actor, case: Case, ended: Because) -> None:
    """Tell the units that have reported what they were called to do that the case is done, refused or withdrawn.

    Each hears the same once after its report, however often the case comes back and is done again.
    """
    if case.turns == 1:  # nobody was ever called
        return
    waiting: dict[UnitCode, None] = {}
    for row in await desk.work.history.of_case(case.id, Event.ASSIST_REPORTED, Event.ASSIST_OUTCOME):
        if row.event == Event.ASSIST_REPORTED:
            waiting[UnitCode(row.told["unit"])] = None
        elif row.told.get("ended") == ended:
            waiting.pop(UnitCode(row.told["unit"]), None)
    for unit in waiting:
        if unit in desk.org and unit != case.unit and assist_of(case, unit) is None:
            event = await desk.record.event(actor, Event.ASSIST_OUTCOME, case, unit=unit, ended=ended)
            await desk.tell.unit(unit, case, event)
