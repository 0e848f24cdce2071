"""Among units: what they have told each other, who has read it, and what is put right or added later."""

from collections.abc import Sequence

from domain.cases.case import Case
from domain.cases.messages import Message
from domain.desk import Desk
from domain.people.person import Actor, UnitCode
from domain.record.history import ABOUT_ASSISTS, AMONG_UNITS, EDITS, Event, EventId, Row

SAID_AMONG = ABOUT_ASSISTS | AMONG_UNITS | {Event.EXTENSION_ASKED}


async def row_meant(desk: Desk, event: EventId | None) -> Row | None:
    """Return a row of the file; of one that puts another right, that other one."""
    row = await desk.work.history.get(event) if event else None
    if row is not None and row.event in EDITS and (first := row.told.get("of")):
        return await desk.work.history.get(EventId(first))
    return row


def readers_among(desk: Desk, actor: Actor, case: Case, row: Row) -> Sequence[UnitCode]:
    """Return the units that have read what somebody said among units, and read what they add to it.

    None where it was not said among units, or where they work for none of those any more.
    """
    if row.event not in SAID_AMONG:
        return ()
    told = row.told
    spoke_for = {code for code in (told.get("unit"), told.get("from_unit"), told.get("to_unit")) if code}
    if not desk.rights.may_view(actor, case) and not any(desk.org.role_of(actor.id, unit) for unit in spoke_for):
        return ()
    return tuple(unit for unit in dict.fromkeys(_readers(case, row)) if unit in desk.org)


def _readers(case: Case, row: Row) -> Sequence[UnitCode]:
    told = row.told
    if row.event in (Event.CASE_TRANSFERRED, Event.CASE_GIVEN_BACK):
        return [UnitCode(told[side]) for side in ("from_unit", "to_unit") if told.get(side)]
    if row.event == Event.EXTENSION_ASKED:
        waits = case.responsible.rule_by is not None
        return [UnitCode(told["unit"])] if waits and told.get("unit") else []
    if row.event == Event.ASSIST_CALLED:
        still = [given.unit for given in case.assisting if given.begun_at == row.at]
        return [*still, case.unit] if still else []
    if row.event == Event.ASSIST_TOLD and told.get("from_unit"):
        return [UnitCode(told["unit"])]
    return [case.unit]


async def add_among(
    desk: Desk, actor: Actor, case: Case, row: Row, message: Message, readers: Sequence[UnitCode]
) -> Case:
    """Let what comes late for an album join what was told: inside, and to the units that read the first of it."""
    is_of_assist = row.event in ABOUT_ASSISTS
    kept = ("unit", "unit_name", "from_unit") if is_of_assist else ()
    told = {key: row.told.get(key) for key in kept}
    kind = Event.ASSIST_TOLD if is_of_assist else Event.NOTE_TAKEN
    event = await desk.record.message(actor, case, kind, message, worker=actor.name, **told)
    for unit in readers:
        await desk.tell.unit_with_files(case, event, files=message.attachments, to=unit)
    return case
