"""Say what a case is about (改事项): whoever may pass it on puts right what was guessed from its words."""

from domain.cases.case import Case, CaseId, Verb
from domain.cases.filing import filed_under
from domain.desk import Desk
from domain.desk.cooperation.extend import ask_anew
from domain.errors import DeskError
from domain.people.person import Actor
from domain.record.history import Event


class CategoryUnknown(DeskError):
    """No category of this desk has this name, or not any more."""

    key = "error.category_unknown"


class CategoryAlready(DeskError):
    """The case is filed under it; perhaps a colleague was first."""

    key = "error.category_already"


def is_under_way(case: Case) -> bool:
    """Whether what the case is about may still be put right: as long as it may be passed on."""
    return case.allows(Verb.TRANSFER)


def is_past(desk: Desk, actor: Actor, case: Case) -> bool:
    """Whether it is not for the actor to say what the case is about, or not any more."""
    return not (is_under_way(case) and desk.rights.may_recategorise(actor, case))


async def case_to_recategorise(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Return a case of which the actor may say what it is about.

    Raises:
        NotAMember: nobody owns it, and the actor does not work for the unit responsible.
        NotTheOwner: it is for others to decide.
        MoveNotAllowed: it has ended, or the resident has the word.
    """
    return await desk.find.case_to_decide_on(actor, case_id, Verb.TRANSFER)


async def recategorise(desk: Desk, actor: Actor, case_id: CaseId, category: str) -> Case:
    """File a case under another category, which its cards show and whose unit is offered first from now on.

    Its terms replace what still runs (`filed_under`); the resident reads the new deadline.

    Raises:
        CategoryUnknown: there is no such category.
        CategoryAlready: it is so.
        NotAMember, NotTheOwner, MoveNotAllowed: see `case_to_recategorise`.
    """
    case = await case_to_recategorise(desk, actor, case_id)
    if category not in desk.org.categories:
        raise CategoryUnknown(category)
    if case.category == category:
        raise CategoryAlready(case.id, number=case.number, category=category)
    level = desk.org[case.unit].level if case.unit in desk.org else None
    filed = filed_under(case, category, desk.now, desk.policy, desk.rules.calendar, level)
    event = await desk.record.event(
        actor, Event.CATEGORY_CHANGED, filed, category=category, was=case.category, worker=actor.name
    )
    if filed.responsible == case.responsible:
        return await desk.record.save(filed)
    filed = await desk.record.save_and_replan(filed)
    if filed.responsible.resolve != case.responsible.resolve:
        await desk.tell.resident(filed, event)
        await ask_anew(desk, filed)
    return filed
