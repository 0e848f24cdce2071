"""Accounts: which person is reached at which address."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import RowMapping, bindparam, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people.accounts import Account, AccountAddress, Channel
from domain.people.person import PersonId
from storage import schema
from storage.engine import insert_in, later
from storage.looks import Looks

table = schema.accounts
AT_ONCE = 500
CHANGES = ("started_at", "unreachable_since", "preferred_since")

_of_some = table.c.person.in_(bindparam("some", expanding=True))
OF_PEOPLE = select(table).where(_of_some).order_by(table.c.channel, table.c.address)
AT_ADDRESSES = select(table).where(tuple_(table.c.channel, table.c.address).in_(bindparam("some", expanding=True)))

T = TypeVar("T")


@cache
def _save(dialect: str) -> Any:  # noqa: ANN401 - two classes with the same methods
    add = insert_in(dialect, table)
    return later(
        add.on_conflict_do_update(
            index_elements=[table.c.channel, table.c.address],
            set_={name: add.excluded[name] for name in CHANGES},
            where=table.c.person == add.excluded.person,
        )
    )


class Accounts:
    """The port `domain.ports.people.Accounts` over SQL; of each person they are read once in a unit of work."""

    def __init__(self, connection: AsyncConnection, looks: Looks) -> None:
        self._connection = connection
        self._looks = looks
        self._known: dict[PersonId, list[Account]] = {}

    async def save(self, person: PersonId, account: Account) -> None:
        row = {"person": person, **key_of(account.address), **{name: getattr(account, name) for name in CHANGES}}
        await self._connection.execute(_save(self._connection.dialect.name), row)
        self._looks.forget(("person", person))
        self._known.pop(person, None)

    async def of(self, people: Iterable[PersonId]) -> Mapping[PersonId, Sequence[Account]]:
        wanted = {*people}
        found: dict[PersonId, list[Account]] = {person: [] for person in wanted - self._known.keys()}
        for some in _pieces({*found}):
            for row in (await self._connection.execute(OF_PEOPLE, {"some": some})).mappings():
                found[PersonId(row["person"])].append(account_from(row))
        self._known.update(found)
        return {person: self._known[person] for person in wanted if self._known[person]}

    async def holders(self, addresses: Iterable[AccountAddress]) -> Mapping[AccountAddress, PersonId]:
        found: dict[AccountAddress, PersonId] = {}
        for some in _pieces({(address.channel, address.address) for address in addresses}):
            for row in (await self._connection.execute(AT_ADDRESSES, {"some": some})).mappings():
                found[account_from(row).address] = PersonId(row["person"])
        return found

    async def reachable(self, people: Iterable[PersonId]) -> frozenset[PersonId]:
        known = await self.of(people)
        return frozenset(person for person, accounts in known.items() if any(a.is_open for a in accounts))


def key_of(address: AccountAddress) -> dict[str, str]:
    """Return the columns that name an account."""
    return {"channel": address.channel, "address": address.address}


def account_from(row: RowMapping) -> Account:
    """Return the account of a row."""
    return Account(
        address=AccountAddress(Channel(row["channel"]), row["address"]),
        started_at=row["started_at"],
        unreachable_since=row["unreachable_since"],
        preferred_since=row["preferred_since"],
    )


def _pieces(wanted: set[T]) -> Iterator[list[T]]:
    """Yield all of them, some at a time: a database takes only so many parameters."""
    everything = list(wanted)
    yield from (everything[start : start + AT_ONCE] for start in range(0, len(everything), AT_ONCE))
