"""Assign a case by hand (派单): an admin gives it to another unit, which must accept it."""

from domain.assignments import Because
from domain.cases import Case, Verb
from domain.desk import Desk
from domain.desk.escalate import reassign_case
from domain.errors import CaseUnknown, NotAnAdmin
from domain.history import Event
from domain.people import Actor, UnitCode


async def assign(desk: Desk, actor: Actor, number: str, unit: UnitCode) -> Case:
    """Make a case `submitted` at the given unit; both units and the resident are told.

    Raises:
        NotAnAdmin: the actor is none.
        CaseUnknown: no case has this number.
        UnitUnknown: no unit in use has this code.
        MoveNotAllowed: the case has ended, or the resident has the word.
    """
    if not desk.rights.may_administer(actor):
        raise NotAnAdmin(actor.id)
    case = await desk.work.cases.numbered(number)
    if case is None:
        raise CaseUnknown(number)
    code = desk.org[unit].code
    return await reassign_case(desk, actor, case, code, Verb.ASSIGN, Event.CASE_ASSIGNED, Because.ASSIGNED)
