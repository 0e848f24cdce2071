"""Which cases were one message, by the link of each to the one off which it was split."""

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.case import Case
from domain.cases.splits import Siblings
from storage import schema

table = schema.cases
SIBLINGS = (
    select(table.c.id, table.c.number)
    .where((table.c.id == bindparam("origin")) | (table.c.split_from == bindparam("this")))
    .order_by(table.c.id)
)


class Splits:
    """The port `domain.ports.cases.Splits` over SQL."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def siblings_of(self, case: Case) -> Siblings:
        of = {"origin": case.split_from, "this": case.id}
        rows = (await self._connection.execute(SIBLINGS, of)).all()
        origin = next((number for found_id, number in rows if found_id == case.split_from), None)
        return Siblings(origin, [number for found_id, number in rows if found_id != case.split_from])
