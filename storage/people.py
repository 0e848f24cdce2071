"""People whom the desk knows, each with their accounts."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.drafts import DraftState
from domain.people.accounts import Account, AccountAddress
from domain.people.neighbours import Neighbour
from domain.people.person import Person, PersonId, UnitCode
from storage import schema
from storage.accounts import account_from, key_of
from storage.engine import insert_in, later
from storage.looks import Looks

table = schema.people
accounts = schema.accounts
drafts = schema.drafts

OPEN_DRAFT = select(drafts.c.id).where(drafts.c.person == table.c.id, drafts.c.state == DraftState.OPEN)
WITH_ACCOUNTS = (
    select(
        table,
        OPEN_DRAFT.correlate(table).exists().label("has_draft"),
        *(column for column in accounts.c if column.name != "person"),
    )
    .select_from(table.outerjoin(accounts))
    .order_by(accounts.c.channel, accounts.c.address)
)
LOOK = WITH_ACCOUNTS.where(table.c.id == bindparam("id"))
LOOK_AT_ALL = (
    select(*WITH_ACCOUNTS.selected_columns)
    .select_from(table.outerjoin(accounts))
    .where(table.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(table.c.id, accounts.c.channel, accounts.c.address)
)
HOLD = LOOK.with_for_update(of=table)
HOLDER = select(accounts.c.person).where(
    accounts.c.channel == bindparam("channel"), accounts.c.address == bindparam("address")
)
HOLD_AT = (
    select(*WITH_ACCOUNTS.selected_columns)
    .select_from(table.join(accounts))
    .where(table.c.id == HOLDER.scalar_subquery())
    .order_by(accounts.c.channel, accounts.c.address)
    .with_for_update()
)
NEIGHBOUR = (
    select(table.c.id)
    .where(
        table.c.name == bindparam("name"),
        table.c.phone == bindparam("phone"),
        ~select(accounts).where(accounts.c.person == table.c.id).exists(),
    )
    .order_by(table.c.id)
    .limit(1)
)
ADD = table.insert().returning(table.c.id)
SAVE = later(update(table).where(table.c.id == bindparam("this")))


@cache
def _add_account(dialect: str) -> Any:  # noqa: ANN401 - two classes with the same methods
    return insert_in(dialect, accounts).on_conflict_do_nothing()


class People:
    """The port `domain.ports.people.People` over SQL."""

    def __init__(self, connection: AsyncConnection, looks: Looks) -> None:
        self._connection = connection
        self._looks = looks

    async def get(self, person: PersonId) -> Person | None:
        return await self._looks.held(("person", person), lambda: self._one(HOLD, id=person))

    async def look_at(self, person: PersonId) -> Person | None:
        return await self._looks.at(("person", person), lambda: self._one(LOOK, id=person))

    async def look_at_all(self, people: Collection[PersonId]) -> Sequence[Person]:
        """Return several people in one statement; whoever looks at one of them again reads nothing."""
        rows = (await self._connection.execute(LOOK_AT_ALL, {"ids": [*people]})).mappings().all() if people else ()
        found = [_from_rows([*of_one]) for _, of_one in groupby(rows, itemgetter("id"))]
        for person in found:
            self._looks.keep(("person", person.id), person)
        return found

    async def at(self, address: AccountAddress) -> Person | None:
        person = await self._one(HOLD_AT, **key_of(address))
        if person is not None:
            self._looks.hold(("person", person.id), person)
        return person

    async def add(self, name: str, address: AccountAddress | None = None, language: str | None = None) -> Person:
        new = {"name": name, "language": language, "language_chosen": False}
        person = PersonId((await self._connection.execute(ADD, new)).scalar_one())
        if address is None:
            return Person(person, name, language)
        row = {"person": person, **key_of(address)}
        if (await self._connection.execute(_add_account(self._connection.dialect.name), row)).rowcount:
            return Person(person, name, language, accounts=(Account(address),))
        await self._connection.execute(delete(table).where(table.c.id == person))
        other = await self.at(address)
        assert other is not None
        return other

    async def add_neighbour(self, neighbour: Neighbour) -> PersonId:
        if neighbour.phone:
            known = await self._connection.scalar(NEIGHBOUR, {"name": neighbour.name, "phone": neighbour.phone})
            if known is not None:
                return PersonId(known)
        new = {"name": neighbour.name, "language_chosen": False, "phone": neighbour.phone or None}
        return PersonId((await self._connection.execute(ADD, new)).scalar_one())

    async def remove(self, person: PersonId) -> None:
        await self._connection.execute(delete(table).where(table.c.id == person))
        self._looks.forget(("person", person))

    async def save(self, person: Person) -> None:
        row = {
            "name": person.name,
            "language": person.language,
            "language_chosen": person.language_chosen,
            "unit": person.unit,
            "phone": person.phone or None,
        }
        await self._connection.execute(SAVE, {"this": person.id, **row})
        known: Person | None = self._looks.known(("person", person.id))
        if known is not None:
            self._looks.hold(("person", person.id), replace(person, accounts=known.accounts))

    async def _one(self, query: Select[Any], **of: object) -> Person | None:
        rows = (await self._connection.execute(query, of)).mappings().all()
        return _from_rows(rows) if rows else None


def _from_rows(rows: Sequence[RowMapping]) -> Person:
    row = rows[0]
    return Person(
        id=PersonId(row["id"]),
        name=row["name"],
        language=row["language"],
        language_chosen=row["language_chosen"],
        unit=UnitCode(row["unit"]) if row["unit"] else None,
        phone=row["phone"] or "",
        has_draft=row["has_draft"],
        accounts=tuple(account_from(row) for row in rows if row["channel"] is not None),
    )
