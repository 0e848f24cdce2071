"""Small marks that the desk sets for itself: the version of the organisation, what menus were set last."""

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.engine import insert
from storage.looks import Looks

table = schema.marks
GET = select(table.c.value).where(table.c.name == bindparam("name"))


class Marks:
    """Named values."""

    def __init__(self, connection: AsyncConnection, looks: Looks) -> None:
        self._connection = connection
        self._looks = looks

    async def get(self, name: str) -> str | None:
        """Return a mark, or None if it was never set."""
        value: str | None = await self._looks.at(("mark", name), lambda: self._connection.scalar(GET, {"name": name}))
        return value

    async def beginning(self, start: str) -> Mapping[str, str]:
        """Return the marks whose names begin so, by what follows."""
        query = select(table.c.name, table.c.value).where(table.c.name.startswith(start, autoescape=True))
        return {name.removeprefix(start): value for name, value in await self._connection.execute(query)}

    async def set(self, name: str, value: str) -> None:
        """Set a mark."""
        add = insert(self._connection, table).values(name=name, value=value)
        await self._connection.execute(add.on_conflict_do_update(index_elements=[table.c.name], set_={"value": value}))

    async def rename(self, old: str, new: str) -> None:
        """Give a mark another name; one that has it already stays as it is."""
        value = await self.get(old)
        if value is not None:
            add = insert(self._connection, table).values(name=new, value=value)
            await self._connection.execute(add.on_conflict_do_nothing())
            await self._connection.execute(delete(table).where(table.c.name == old))
