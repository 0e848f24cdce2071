"""Accept a case (接单): the first to press owns it, and stays named as first owner (首问负责)."""

from domain.cases.assignments import Holder, Settling
from domain.cases.case import BEING_WORKED_ON, Case, CaseId, Verb, move
from domain.cases.merging import require_unmerged
from domain.cases.revisits import worked_on
from domain.desk import Desk
from domain.desk.cooperation.settle import settle
from domain.desk.parts.finder import denied
from domain.errors import DeskError, NotAMember
from domain.people.person import Actor
from domain.record.history import Event


class AlreadyYours(DeskError):
    """Whoever presses has accepted it before."""

    key = "error.already_yours"


async def accept(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Make the actor the owner of a submitted case and tell the resident; if they settle it, it stays with their unit.

    Raises:
        NotAMember: the actor does not work for the unit responsible.
        NotALead, NotAnAdmin: somebody above is to say who has it.
        CaseMerged: it is worked on as one with another.
        AlreadyYours: the actor has accepted it before.
        AlreadyAccepted: somebody else was first.
        MoveNotAllowed: the case is past that.
    """
    case = await desk.find.case(case_id)
    if not desk.rights.may_accept(actor, case):
        raise NotAMember(actor.id, units=[case.unit]) if not case.responsible.is_to_settle else denied(actor, case)
    require_unmerged(case)
    if case.state in BEING_WORKED_ON and case.owner and case.owner.person == actor.id:
        raise AlreadyYours(case.id)
    holder = Holder(actor.id, actor.name)
    taken = case.responsible.accepted(holder, desk.now)
    taken = taken.settled(Settling.FINAL) if taken.is_to_settle else taken
    accepted = move(case, Verb.ACCEPT, desk.now, responsible=taken, first_owner=case.first_owner or holder)
    accepted = worked_on(accepted, actor.id)
    event = await desk.record.event(actor, Event.CASE_ACCEPTED, accepted, unit=case.unit, worker=holder.name)
    accepted = await desk.record.save_and_replan(accepted)
    await settle(desk, actor, case, accepted, event)
    await desk.tell.residents(accepted, event)
    await desk.tell.first_owner(actor, accepted, event)
    return accepted
