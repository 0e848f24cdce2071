"""Opens the desk: a unit of work together with the moment, the rules and the organisation."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.roster import know
from domain.desk import Desk
from domain.desk.parts.context import Rules
from domain.people.accounts import TelegramId
from storage.unit_of_work import Storage, UnitOfWork


@dataclass(slots=True)
class Desks:
    """Where everything that runs gets its desk from. `admins`: the accounts of those who run it."""

    storage: Storage
    rules: Rules
    clock: Clock
    admins: frozenset[TelegramId] = frozenset()

    async def know_admins(self) -> None:
        """Find out which people the admins are; until then the rules name none."""
        async with self.storage.writing() as work:
            people = await know(work, dict.fromkeys(sorted(self.admins), ""))
        self.rules = replace(self.rules, admins=frozenset(people.values()))

    @contextlib.asynccontextmanager
    async def writing(self, *, ring: bool = True) -> AsyncIterator[tuple[Desk, UnitOfWork]]:
        """Open the desk for work that is kept at the end, or not at all; see `Storage.writing`."""
        async with self.storage.writing(ring=ring) as work:
            yield await self._desk(work), work

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[tuple[Desk, UnitOfWork]]:
        """Open the desk for a look."""
        async with self.storage.reading() as work:
            yield await self._desk(work), work

    async def _desk(self, work: UnitOfWork) -> Desk:
        return Desk(work, work.now, self.rules, await work.units.organisation())
