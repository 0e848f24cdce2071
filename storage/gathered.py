"""What a unit of work keeps row by row, gathered so that one statement keeps all rows that came after each other."""

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection


class Gathering:
    """A connection that gathers rows, each with its statement, and keeps them in their order before it does anything.

    At the end of the unit of work the rest has to be kept, by `keep`.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._rows: list[tuple[Any, Mapping[str, Any]]] = []

    @property
    def dialect(self) -> Dialect:
        """The dialect in which statements are written."""
        return self._connection.dialect

    def gather(self, statement: Any, row: Mapping[str, Any]) -> None:  # noqa: ANN401 - an INSERT or an UPDATE
        """Keep a row by this statement; nobody may need to know what came of it."""
        self._rows.append((statement, row))

    async def keep(self) -> None:
        """Keep all that was gathered."""
        rows, self._rows = self._rows, []
        for statement, alike in groupby(rows, key=itemgetter(0)):
            await self._connection.execute(statement, [row for _, row in alike])

    async def execute(self, *of: Any) -> Any:  # noqa: ANN401 - as the connection has it
        """Run a statement, once what was gathered is kept."""
        await self.keep()
        return await self._connection.execute(*of)

    async def scalar(self, *of: Any) -> Any:  # noqa: ANN401
        """Run a statement, and return the first value of its first row."""
        await self.keep()
        return await self._connection.scalar(*of)

    async def scalars(self, *of: Any) -> Any:  # noqa: ANN401
        """Run a statement, and return the first value of each row."""
        await self.keep()
        return await self._connection.scalars(*of)
