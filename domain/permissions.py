"""Who may do what: pure questions about a person, the organisation, and a case.

Whoever has left has no right any more: all of them ask who is a member now.
"""

from collections.abc import Container, Iterable, Iterator

from domain.cases import BEING_WORKED_ON, Case
from domain.letters import Addressee, to_person, to_unit
from domain.people import Actor, PersonId, Role, UnitCode
from domain.units import Organisation, Unit


def units_in_charge(org: Organisation, case: Case) -> tuple[UnitCode, ...]:
    """Return the unit responsible and all above it."""
    return tuple(unit.code for unit in org.path(case.unit)) if case.unit in org else ()


def units_concerned(org: Organisation, case: Case) -> tuple[UnitCode, ...]:
    """Return the units that a case concerns: the one responsible, all above it, and those that had it before."""
    return (*units_in_charge(org, case), *sorted(case.units_before & org.units.keys()))


def owner_of(org: Organisation, case: Case) -> PersonId | None:
    """Return who owns a case now: its owner, as long as they work for the unit responsible."""
    owner = case.owner.person if case.owner else None
    return owner if owner is not None and org.role_of(owner, case.unit) else None


def is_orphaned(org: Organisation, case: Case) -> bool:
    """Whether a case is being worked on by somebody who works for its unit no more."""
    return case.state in BEING_WORKED_ON and owner_of(org, case) is None


def first_owner_of(org: Organisation, case: Case) -> PersonId | None:
    """Return the first owner, as long as they work for a unit that the case concerns."""
    first = case.first_owner.person if case.first_owner else None
    return first if first is not None and _works_for_one_of(org, first, units_concerned(org, case)) else None


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
    is_in_charge = _works_for_one_of(org, actor.id, units_in_charge(org, case))
    return actor.is_admin or is_in_charge or actor.id == first_owner_of(org, case)


def may_be_shown_to(org: Organisation, units: Iterable[Unit], case: Case) -> bool:
    """Show the file in the room of these units: it concerns one of them, whoever has asked there."""
    return not {unit.code for unit in units}.isdisjoint(units_concerned(org, case))


def is_concerned(org: Organisation, actor: Actor, case: Case) -> bool:
    """Whether a case is any of the person's business: its resident, and whoever may open its file."""
    return may_speak_for(actor, case) or may_view(org, actor, case)


def may_see_phone(org: Organisation, actor: Actor, case: Case) -> bool:
    """Read the phone numbers in a resident's words: admins, the owner, and the unit's leads, in private."""
    return actor.is_admin or actor.id == owner_of(org, case) or org.leads(actor.id, case.unit)


def may_be_told(org: Organisation, actor: Actor, unit: UnitCode, case: Case | None) -> bool:
    """Be told in private what is for a unit: whoever may open the file; of the unit itself, its leads and admins."""
    if case is None:
        return actor.is_admin or org.leads(actor.id, unit)
    return may_view(org, actor, case)


def who_hears(
    org: Organisation, unit: UnitCode, case: Case | None, admins: Iterable[PersonId], reached: Container[PersonId]
) -> tuple[Addressee, ...]:
    """Return who is told what is for a unit: its room, or else the first of these of whom somebody can be reached.

    The owner and the leads of the unit; of each unit above its leads, or else its room; the admins. Nobody, where not
    even one of them can be reached. `reached`: those to whom the bot can write in private.
    """
    for step in reversed(org.path(unit)) if unit in org else ():
        owner = owner_of(org, case) if case and step.code == unit == case.unit else None
        people = dict.fromkeys(person for person in (owner, *_leads(step)) if person is not None and person in reached)
        if step.has_room and (step.code == unit or not people):
            return (to_unit(step.code),)
        if people:
            return tuple(map(to_person, people))
    return tuple(to_person(admin) for admin in sorted(admins) if admin in reached)


def leads_who_hear(
    org: Organisation, unit: UnitCode, admins: Iterable[PersonId], reached: Container[PersonId]
) -> tuple[PersonId, ...]:
    """Return the admins, and the leads of the unit or of the nearest above, of those who can be reached."""
    steps = reversed(org.path(unit)) if unit in org else ()
    leads = ([person for person in _leads(step) if person in reached] for step in steps)
    nearest = next(filter(None, leads), [])
    return tuple(dict.fromkeys((*nearest, *(admin for admin in sorted(admins) if admin in reached))))


def _leads(unit: Unit) -> Iterator[PersonId]:
    return (member.person for member in unit.members if member.role is Role.LEAD)


def _works_for_one_of(org: Organisation, person: PersonId, units: Iterable[UnitCode]) -> bool:
    return any(org.role_of(person, code) for code in units)
