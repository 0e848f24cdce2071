"""What the desk needs to know people, and how they are reached."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from domain.cases.links import Link, LinkId
from domain.people.accounts import Account, AccountAddress
from domain.people.neighbours import Neighbour
from domain.people.person import Person, PersonId


class People(Protocol):
    """Everybody whom the desk knows, by numbers of our own."""

    async def get(self, person: PersonId) -> Person | None:
        """Return what is known of a person, held for change."""

    async def look_at(self, person: PersonId) -> Person | None:
        """Return what is known of a person, without holding it."""

    async def at(self, address: AccountAddress) -> Person | None:
        """Return whose account it is, held for change together with their accounts."""

    async def add(self, name: str, address: AccountAddress | None = None, language: str | None = None) -> Person:
        """Return a new person, with this account if one is given; if somebody has got it meanwhile, them."""

    async def add_neighbour(self, neighbour: Neighbour) -> PersonId:
        """Return a new person without an account; of the same name and telephone number, the one who is known."""

    async def remove(self, person: PersonId) -> None:
        """Forget a person whose cases are another's now."""

    async def save(self, person: Person) -> None:
        """Keep what has changed of a person besides their accounts."""


class Links(Protocol):
    """Links for neighbours for whom a case was raised, each held by its writer."""

    async def add(self, link: Link) -> Link:
        """Keep a new link, and return it with its number and a token that nobody can guess."""

    async def get(self, link: LinkId) -> Link | None:
        """Return the link, held for change."""

    async def with_token(self, token: str) -> Link | None:
        """Return the link with this token, held for change."""

    async def save(self, link: Link) -> None:
        """Keep who has opened a link, and what became of it."""


class Accounts(Protocol):
    """How people are reached."""

    async def save(self, person: PersonId, account: Account) -> None:
        """Keep an account of a person, new or changed; the address is nobody else's."""

    async def of(self, people: Iterable[PersonId]) -> Mapping[PersonId, Sequence[Account]]:
        """Return the accounts of these people; whoever has none is left out."""

    async def holders(self, addresses: Iterable[AccountAddress]) -> Mapping[AccountAddress, PersonId]:
        """Return whose accounts these are; those of nobody are left out."""

    async def reachable(self, people: Iterable[PersonId]) -> frozenset[PersonId]:
        """Return those of these people to whom the bot can write in private."""
