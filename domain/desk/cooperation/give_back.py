"""Give back (退单): a unit does not take what was passed on to it; too often, and somebody above settles it."""

from dataclasses import replace

from domain.cases.assignments import Because, Settling
from domain.cases.case import Case, CaseId, Verb
from domain.cases.messages import Message
from domain.cases.transfers import (
    CaseSettled,
    ReasonMissing,
    came_by_transfer,
    can_be_given_back,
    gives_back_to,
    unit_above_both,
)
from domain.desk import Desk
from domain.desk.cooperation.escalate import reassign_case
from domain.errors import MoveNotAllowed
from domain.letters.posts import Purpose
from domain.organisation.units import Unit
from domain.people.person import Actor
from domain.record.history import Event


async def case_to_give_back(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Return a case that the actor may give back.

    Raises:
        NotAMember, NotTheOwner: it is for others to decide.
        CaseSettled: somebody above has said that this unit has it.
        MoveNotAllowed: it did not come by transfer, or was accepted.
    """
    case = await desk.find.case_to_decide_on(actor, case_id, Verb.GIVE_BACK)
    if case.responsible.settling is Settling.FINAL:
        raise CaseSettled(case.id, number=case.number)
    if not came_by_transfer(case):
        raise MoveNotAllowed(case.responsible.begun_because, number=case.number, state=case.shown_as)
    return case


def may_give_back(desk: Desk, actor: Actor, case: Case) -> bool:
    """Whether the actor may give the case back, now."""
    return desk.rights.may(Verb.GIVE_BACK, actor, case) and case.allows(Verb.GIVE_BACK) and can_be_given_back(case)


async def ask_why_given_back(
    desk: Desk, actor: Actor, case_id: CaseId, *, privately: bool = False, again: bool = False
) -> Case:
    """Ask the worker why, in the unit's chat or `privately`; `again`: because there were no words.

    Raises:
        NotAMember, NotTheOwner, CaseSettled, MoveNotAllowed: see `case_to_give_back`.
    """
    case = await case_to_give_back(desk, actor, case_id)
    await desk.questions.prompt(actor, case, Purpose.GIVE_BACK_PROMPT, privately=privately, again=again)
    return case


async def give_back(desk: Desk, actor: Actor, case_id: CaseId, message: Message) -> Case:
    """Return a case to the unit that passed it on, with a reason that both groups read.

    Raises:
        NotAMember, NotTheOwner, CaseSettled, MoveNotAllowed: see `case_to_give_back`.
        ReasonMissing: there are no words.
    """
    case = await case_to_give_back(desk, actor, case_id)
    if not message.text:
        raise ReasonMissing
    return await hand_back(desk, actor, case, gives_back_to(desk.org, case), Verb.GIVE_BACK, message)


async def hand_back(desk: Desk, actor: Actor, case: Case, to: Unit, verb: Verb, message: Message) -> Case:
    """Let a case go back to a unit that had it; once it has as often as the policy allows, to be settled.

    It then stands with the nearest unit above both that has a group; where there is none, the admins settle it.
    """
    gives_back = verb is Verb.GIVE_BACK
    event = Event.CASE_GIVEN_BACK if gives_back else Event.CASE_TRANSFERRED
    because = Because.GIVEN_BACK if gives_back else Because.TRANSFERRED
    back = replace(case, give_backs=case.give_backs + 1, responsible=case.responsible.given_back(desk.now))
    if back.give_backs < desk.policy.transfer_limit:
        return await reassign_case(desk, actor, back, to.code, verb, event, because, message=message)
    above, because = unit_above_both(desk.org, case.unit, to.code), Because.GIVEN_BACK
    settling, unit = (Settling.BY_LEADS, above) if above else (Settling.BY_ADMINS, to)
    return await reassign_case(desk, actor, back, unit.code, verb, event, because, message=message, settling=settling)
