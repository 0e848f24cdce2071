"""Which cases were one message, by the link of each to the one off which it was split."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.case import Case
from domain.cases.splits import Siblings
from storage import schema

table = schema.cases


class Splits:
    """The port `domain.ports.cases.Splits` over SQL."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def siblings_of(self, case: Case) -> Siblings:
        these = (table.c.id == case.split_from) | (table.c.split_from == case.id)
        found = select(table.c.id, table.c.number).where(these).order_by(table.c.id)
        rows = (await self._connection.execute(found)).all()
        origin = next((number for found_id, number in rows if found_id == case.split_from), None)
        return Siblings(origin, [number for found_id, number in rows if found_id != case.split_from])
