"""The people behind the Telegram ids that somebody typed: members in the organisation file, admins in the settings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from domain.organisation.units import Unit
from domain.people.accounts import TelegramId, in_telegram
from domain.people.person import Member, PersonId, Role, UnitCode
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A member as the organisation file has them."""

    id: TelegramId
    name: str
    role: Role


Roster = Mapping[UnitCode, tuple[ListedMember, ...]]


async def know(work: UnitOfWork, listed: Mapping[TelegramId, str]) -> Mapping[TelegramId, PersonId]:
    """Return who has these accounts; whoever is new to the desk is known from now on, under the name given."""
    holders = await work.accounts.holders(map(in_telegram, listed))
    return {
        user: holders.get(in_telegram(user)) or (await work.people.add(name, in_telegram(user))).id
        for user, name in listed.items()
    }


async def with_members(work: UnitOfWork, units: tuple[Unit, ...], roster: Roster) -> tuple[Unit, ...]:
    """Return the units with the members that a file lists for them."""
    people = await know(work, {member.id: member.name for members in roster.values() for member in members})
    return tuple(replace(unit, members=tuple(_members(roster.get(unit.code, ()), people))) for unit in units)


def _members(listed: tuple[ListedMember, ...], people: Mapping[TelegramId, PersonId]) -> Iterator[Member]:
    """Yield the members of a unit, each once: two accounts in the list may be one person's."""
    seen: set[PersonId] = set()
    for member in listed:
        person = people[member.id]
        if person not in seen:
            yield Member(person, member.name, member.role)
        seen.add(person)
