"""Who may do what: pure questions about a person, the organisation, and a case."""

from domain.cases import Case
from domain.people import Actor, Role, UnitCode
from domain.units import Organisation


def may_work_on(org: Organisation, actor: Actor, case: Case) -> bool:
    """Accept, tell progress, take notes, refuse: any member of the unit responsible."""
    return org.role_of(actor.id, case.unit) is not None


def may_decide_on(org: Organisation, actor: Actor, case: Case) -> bool:
    """Report done, hand to the parent: the owner, or a lead of the unit; while nobody owns it, any member."""
    role = org.role_of(actor.id, case.unit)
    if case.owner is None or role is None:
        return role is not None
    return actor.id == case.owner.person or role is Role.LEAD


def may_speak_for(actor: Actor, case: Case) -> bool:
    """Confirm, give back, nudge, withdraw, add: only the resident who raised it."""
    return actor.id == case.resident


def may_bind(org: Organisation, actor: Actor, unit: UnitCode) -> bool:
    """Bind a unit to a room: an admin, or a lead of the unit or of one above it."""
    return actor.is_admin or org.leads(actor.id, unit)


def may_view(org: Organisation, actor: Actor, case: Case) -> bool:
    """Open the file of a case: admins, members of the unit responsible or of one above, and the first owner."""
    if actor.is_admin or (case.first_owner and actor.id == case.first_owner.person):
        return True
    return any(org.role_of(actor.id, unit.code) for unit in org.path(case.unit))


def is_concerned(org: Organisation, actor: Actor, case: Case) -> bool:
    """Whether a case is any of the person's business: its resident, and whoever may open its file."""
    return may_speak_for(actor, case) or may_view(org, actor, case)


def may_see_phone(org: Organisation, actor: Actor, case: Case) -> bool:
    """Read the phone numbers in a resident's words: admins, the owner, and the unit's leads, in private."""
    owns = case.owner is not None and case.owner.person == actor.id
    return actor.is_admin or owns or org.leads(actor.id, case.unit)
