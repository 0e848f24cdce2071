"""Transfer (转派): the unit responsible passes a case on to another, with a reason that both groups read."""

from collections.abc import Sequence
from dataclasses import replace

from domain.cases.assignments import Because, Settling
from domain.cases.case import Case, CaseId, Verb
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.cases.transfers import (
    ReasonMissing,
    counts_as_giving_back,
    is_transferable,
    offered,
    receiving_unit,
    require_transferable,
)
from domain.desk import Desk
from domain.desk.cooperation.escalate import reassign_case
from domain.desk.cooperation.give_back import hand_back
from domain.people.person import Actor, UnitCode
from domain.record.history import Event

OFTEN = 8
"""So many units that were chosen most often stand before the others."""


async def case_to_transfer(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Return a case that the actor may transfer.

    Raises:
        NotAMember: nobody owns it, and the actor does not work for the unit responsible.
        NotTheOwner: it is for others to decide.
        MoveNotAllowed: it has ended, or the resident has the word.
        CaseSettled: somebody above has said that this unit has it.
        NotYetAccepted: it has just come by transfer.
    """
    case = await desk.find.case_to_decide_on(actor, case_id, Verb.TRANSFER)
    require_transferable(case)
    return case


def is_past(desk: Desk, actor: Actor, case: Case) -> bool:
    """Whether the actor may not transfer the case, or not any more."""
    may = desk.rights.may(Verb.TRANSFER, actor, case)
    return not (may and case.allows(Verb.TRANSFER) and is_transferable(case))


async def ask_where(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Let the worker's next message in private be the unit that a case goes to.

    Raises:
        NotAMember, NotTheOwner, MoveNotAllowed, CaseSettled, NotYetAccepted: see `case_to_transfer`.
    """
    case = await case_to_transfer(desk, actor, case_id)
    await desk.questions.ask(Question(actor.id, Asked.TRANSFER_UNIT, desk.now, case=case.id))
    return case


async def ask_why(desk: Desk, actor: Actor, case_id: CaseId, unit: UnitCode) -> Case:
    """Let the worker's next message in private be the reason why a case goes to a unit.

    Raises:
        OwnUnit, UnitRetired, UnitWithoutChat, UnitUnknown: see `receiving_unit`.
        NotAMember, NotTheOwner, MoveNotAllowed, CaseSettled, NotYetAccepted: see `case_to_transfer`.
    """
    case = await case_to_transfer(desk, actor, case_id)
    chosen = receiving_unit(desk.org, case, unit).code
    await desk.questions.ask(Question(actor.id, Asked.TRANSFER_REASON, desk.now, case=case.id, unit=chosen))
    return case


async def units_offered(desk: Desk, case: Case) -> Sequence[UnitCode]:
    """Return all units to which a case may go: that of its category first, then those often chosen here."""
    usual = desk.org.categories.unit_for(case.category)
    often = await desk.work.cases.chosen_by(case.unit, OFTEN)
    return offered(desk.org, case.unit, [*([usual] if usual else []), *often]) if case.unit in desk.org else ()


async def transfer(desk: Desk, actor: Actor, case_id: CaseId, unit: UnitCode, message: Message) -> Case:
    """Make a case `submitted` at another unit, with a fresh time to accept and the same time to report done.

    Both groups read the reason with the worker's name, the resident reads who has it now. To a unit that already had
    the case it counts as giving back. What the actor settles by it stays where it goes.

    Raises:
        OwnUnit: the unit has the case.
        UnitRetired: the unit is in use no more.
        UnitWithoutChat: nobody could read of it there.
        UnitUnknown: there is no such unit.
        ReasonMissing: there are no words.
        NotAMember, NotTheOwner, MoveNotAllowed, CaseSettled, NotYetAccepted: see `case_to_transfer`.
    """
    case = await case_to_transfer(desk, actor, case_id)
    target = receiving_unit(desk.org, case, unit)
    if not message.text:
        raise ReasonMissing
    passed = replace(case, responsible=case.responsible.transferred(desk.now))
    if counts_as_giving_back(case, target.code):
        return await hand_back(desk, actor, passed, target, Verb.TRANSFER, message)
    event, because = Event.CASE_TRANSFERRED, Because.TRANSFERRED
    settling = Settling.FINAL if case.responsible.is_to_settle else None
    return await reassign_case(
        desk, actor, passed, target.code, Verb.TRANSFER, event, because, message=message, settling=settling
    )
