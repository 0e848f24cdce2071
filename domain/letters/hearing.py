"""Who hears what is for a unit: its chat, or those who stand in for one that nobody can write to. Pure."""

from collections.abc import Container, Iterable, Iterator

from domain.cases.case import Case
from domain.letters.letter import Addressee, to_person, to_unit
from domain.organisation.units import Unit
from domain.people.person import PersonId, Role, UnitCode
from domain.rights.permissions import Rights


def who_hears(
    rights: Rights, unit: UnitCode, case: Case | None, admins: Iterable[PersonId], reached: Container[PersonId]
) -> tuple[Addressee, ...]:
    """Return who is told what is for a unit: its chat, or else the first of these of whom somebody can be reached.

    The owner and the leads of the unit; of each unit above its leads, or else its chat; the admins. Nobody, where not
    even one of them can be reached. `reached`: those to whom the bot can write in private.
    """
    org = rights.org
    for step in reversed(org.path(unit)) if unit in org else ():
        owner = rights.owner_of(case) if case and step.code == unit == case.unit else None
        asked = (person for person in (owner, *_leads(step)) if person is not None)
        people = [person for person in rights.in_place_of(asked) if person in reached]
        if step.has_chat and (step.code == unit or not people):
            return (to_unit(step.code),)
        if people:
            return tuple(map(to_person, people))
    return tuple(to_person(admin) for admin in sorted(admins) if admin in reached)


def leads_who_hear(
    rights: Rights, unit: UnitCode, admins: Iterable[PersonId], reached: Container[PersonId]
) -> tuple[PersonId, ...]:
    """Return the admins, and the leads of the unit or of the nearest above, of those who can be reached."""
    steps = reversed(rights.org.path(unit)) if unit in rights.org else ()
    leads = ([person for person in rights.in_place_of(_leads(step)) if person in reached] for step in steps)
    nearest = next(filter(None, leads), [])
    return tuple(dict.fromkeys((*nearest, *(admin for admin in sorted(admins) if admin in reached))))


def who_is_alarmed(
    rights: Rights, unit: UnitCode, admins: Iterable[PersonId], reached: Container[PersonId]
) -> tuple[PersonId, ...]:
    """Return who is told of danger: all who work for the unit, or for the nearest above, of whom some can be reached.

    The admins, where none of them can.
    """
    steps = reversed(rights.org.path(unit)) if unit in rights.org else ()
    members = (
        [person for person in rights.in_place_of(member.person for member in step.members) if person in reached]
        for step in steps
    )
    nearest = next(filter(None, members), None)
    return tuple(dict.fromkeys(nearest or (admin for admin in sorted(admins) if admin in reached)))


def _leads(unit: Unit) -> Iterator[PersonId]:
    return (member.person for member in unit.members if member.role is Role.LEAD)
