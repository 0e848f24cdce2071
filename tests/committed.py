"""What another connection sees committed in the database of a town, and changes there behind the desk's back."""

import asyncio
from collections.abc import Sequence

from sqlalchemy import text

from bot.app import App
from bot.desks import Desks
from domain.cases.case import Case
from domain.people.accounts import TelegramId, in_telegram
from domain.people.person import PersonId
from domain.record.history import Row
from sandbox.people import Person
from sandbox.world import World

PATIENCE = 60.0


class Committed:
    """The half of a town that reads its database."""

    world: World
    app: App | None

    @property
    def desks(self) -> Desks:
        """The desks of the application that is running."""
        assert self.app
        return self.app.desks

    async def case(self, number: str) -> Case:
        """Return a case as another connection sees it."""
        async with self.desks.reading() as (_, work):
            case = await work.cases.numbered(number.removeprefix("#"))
        assert case is not None
        return case

    async def file(self, number: str) -> Sequence[Row]:
        """Return a case's rows of history as another connection sees them."""
        async with self.desks.reading() as (_, work):
            return await work.history.of_case((await self.case(number)).id)

    async def id_of(self, person: Person) -> PersonId | None:
        """Return the number under which the desk knows somebody."""
        address = in_telegram(TelegramId(person.id))
        async with self.desks.reading() as (_, work):
            return (await work.accounts.holders([address])).get(address)

    async def events(self, number: str) -> list[str]:
        """Return the names of what has happened to a case."""
        return [row.event for row in await self.file(number)]

    async def has_handled_everything(self) -> None:
        """Check that no update was parked and no letter was rejected or could not be written."""
        async with self.desks.reading() as (_, work):
            assert (await work.inbox.counts())["parked"] == 0, await work.inbox.parked_errors(3)
            assert await work.outbox.failed() == 0

    async def has(self, number: int, table: str) -> None:
        """Wait until a table has so many rows, whatever else is still under way."""
        async with asyncio.timeout(PATIENCE):
            with self.world.feed.subscribe() as changes:
                while await self.count(table) < number:
                    await anext(changes)

    async def count(self, table: str) -> int:
        """Return how many rows a table has."""
        async with self.desks.storage.engine.connect() as connection:
            return int(await connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)

    async def alters(self, statement: str) -> None:
        """Change the database behind the desk's back."""
        async with self.desks.storage.engine.execution_options(writes=True).begin() as connection:
            await connection.execute(text(statement))
