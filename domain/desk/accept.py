"""Accept a case (接单): the first to press owns it, and stays named as first owner (首问负责)."""

from domain.assignments import Holder
from domain.cases import Case, CaseId, Verb, move
from domain.desk import Desk
from domain.history import Event
from domain.people import Actor


async def accept(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Make the actor the owner of a submitted case and tell the resident.

    Raises:
        NotAMember: the actor does not work for the unit responsible.
        AlreadyAccepted: somebody else was first.
        MoveNotAllowed: the case is past that.
    """
    case = await desk.find.case_to_work_on(actor, case_id)
    holder = Holder(actor.id, desk.org.name_of(actor.id, actor.name))
    taken = case.responsible.accepted(holder, desk.now)
    accepted = move(case, Verb.ACCEPT, desk.now, responsible=taken, first_owner=case.first_owner or holder)
    event = await desk.record.event(actor, Event.CASE_ACCEPTED, accepted, unit=case.unit, worker=holder.name)
    accepted = await desk.record.save_and_replan(accepted)
    await desk.tell.resident(accepted, event)
    return accepted
