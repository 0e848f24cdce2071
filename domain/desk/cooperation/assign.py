"""Assign a case by hand (派单): an admin or a lead gives it to a unit, which must accept it."""

from domain.cases.assignments import Because, Settling
from domain.cases.case import Case, Verb
from domain.cases.merging import require_unmerged
from domain.desk import Desk
from domain.desk.cooperation.escalate import reassign_case
from domain.errors import NotALead
from domain.people.person import Actor, UnitCode
from domain.record.history import Event


async def assign(desk: Desk, actor: Actor, number: str, unit: UnitCode) -> Case:
    """Make a case `submitted` at the given unit, which neither passes it on nor gives it back; all are told.

    Leads do that with the cases of their units, for units of theirs; admins with all.

    Raises:
        CaseUnknown: no case has this number, or it is none of the actor's business.
        NotALead: one of the two units is not the actor's.
        UnitUnknown: no unit in use has this code.
        MoveNotAllowed: the case has ended, or the resident has the word.
    """
    case = await desk.find.named(actor, number)
    target = desk.org[unit]
    denied = [code for code in (case.unit, target.code) if not desk.rights.may_bind(actor, code)]
    if denied:
        raise NotALead(actor.id, units=denied)
    require_unmerged(case)
    event, because = Event.CASE_ASSIGNED, Because.ASSIGNED
    return await reassign_case(desk, actor, case, target.code, Verb.ASSIGN, event, because, settling=Settling.FINAL)
