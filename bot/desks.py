"""Opens the desk: a unit of work together with the moment, the house and the organisation."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.clock import Clock
from domain.desk import Desk, House
from storage.unit_of_work import Storage, UnitOfWork


@dataclass(frozen=True, slots=True)
class Desks:
    """Where everything that runs gets its desk from."""

    storage: Storage
    house: House
    clock: Clock

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
        return Desk(work, work.now, self.house, await work.units.organisation())
