"""One unit of work: all of storage in one transaction, kept together or not at all."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.accounts import Accounts
from storage.attachments import Attachments
from storage.cases import Cases
from storage.drafts import Drafts, Questions
from storage.engine import frozen, hold_desk, is_sqlite, looking, open_engine, parse_url
from storage.followups import FollowUps, earliest
from storage.history import History
from storage.inbox import Inbox
from storage.links import Links
from storage.looks import Looks
from storage.marks import Marks
from storage.memberships import Memberships
from storage.outbox import Outbox
from storage.people import People
from storage.posts import Cards, Posts
from storage.rulings import Rulings
from storage.splits import Splits
from storage.units import OrganisationCache, Units


class UnitOfWork:
    """The ports of the domain over one connection. `touched` names the queues that something was put into.

    `only_looks`: it changes nothing, and reads nothing twice; one that writes reads once what it holds for change.
    """

    def __init__(
        self, connection: AsyncConnection, now: datetime, cache: OrganisationCache, *, only_looks: bool = False
    ) -> None:
        looks = Looks(keeps_all=only_looks)
        self.now = now
        self.touched: set[str] = set()
        self.cases = Cases(connection, looks, now)
        self.memberships = Memberships(connection, now)
        self.drafts = Drafts(connection, looks)
        self.questions = Questions(connection)
        self.people = People(connection, looks)
        self.accounts = Accounts(connection, looks)
        self.links = Links(connection)
        self.marks = Marks(connection, looks)
        self.units = Units(connection, cache, self.marks)
        self.history = History(connection, looks)
        self.attachments = Attachments(connection, looks, self.touched)
        self.inbox = Inbox(connection, self.touched)
        self.outbox = Outbox(connection, now, self.touched)
        self.followups = FollowUps(connection, now, self.touched)
        self.posts = Posts(connection)
        self.cards = Cards(connection, looks)
        self.rulings = Rulings(connection)
        self.splits = Splits(connection)

    async def flush(self) -> None:
        """Write what is best written last: of these, heads are held until the commit, always in this order."""
        await self.posts.flush()
        await self.cards.flush()
        await self.history.flush()
        await self.inbox.flush()
        await self.outbox.flush()


class Storage:
    """A database, and the units of work on it.

    `planned_from`: when the first follow-up is due that was planned since this was None.
    """

    def __init__(self, url: str, now: Callable[[], datetime]) -> None:
        self.engine = open_engine(parse_url(url))
        self._writer = self.engine.execution_options(writes=True)
        self._looking = self.engine.execution_options(**looking(self.engine.url))
        self._frozen = self.engine.execution_options(**frozen(self.engine.url))
        self._now = now
        self._cache = OrganisationCache()
        self.planned_from: datetime | None = None
        self._listeners: dict[str, list[Callable[[], None]]] = {}
        one_writer = is_sqlite(self.engine.url)
        self._turn: contextlib.AbstractAsyncContextManager[object] = (
            asyncio.Lock() if one_writer else contextlib.nullcontext()
        )

    def listen(self, queue: str, wake: Callable[[], None]) -> None:
        """Call `wake` after every unit of work that put something into the queue."""
        self._listeners.setdefault(queue, []).append(wake)

    @contextlib.asynccontextmanager
    async def writing(self, *, ring: bool = True) -> AsyncIterator[UnitOfWork]:
        """Open a unit of work that is committed at its end, and rolled back if it fails.

        Without `ring` nobody is woken for what it put into the queues; whoever opens many in a row rings once.
        """
        async with self._turn:
            async with self._writer.begin() as connection:
                work = UnitOfWork(connection, self._now(), self._cache)
                yield work
                await work.flush()
            if work.units.has_changed:
                self._cache.forget()
            self.planned_from = earliest(self.planned_from, work.followups.planned_from)
        if ring:
            self.ring(*work.touched)

    def ring(self, *queues: str) -> None:
        """Wake those who listen for something in these queues."""
        for queue in queues:
            for wake in self._listeners.get(queue, ()):
                wake()

    @contextlib.asynccontextmanager
    async def reading(self, *, at_once: bool = False) -> AsyncIterator[UnitOfWork]:
        """Open a unit of work that changes nothing; `at_once`: all that it reads is as it was at one moment.

        Otherwise, on PostgreSQL, what each statement reads is as it is then.
        """
        async with (self._frozen if at_once else self._looking).connect() as connection:
            yield UnitOfWork(connection, self._now(), self._cache, only_looks=True)

    def hold_desk(self, patience: float) -> contextlib.AbstractAsyncContextManager[asyncio.Event]:
        """Hold the desk as its only process; see `storage.engine.hold_desk`."""
        return hold_desk(self.engine, patience)

    async def answers(self) -> bool:
        """Whether the database can be asked anything."""
        try:
            async with self.engine.connect() as connection:
                return bool(await connection.scalar(text("SELECT 1")))
        except Exception:  # noqa: BLE001 - whatever it is, it is not an answer
            return False

    async def close(self) -> None:
        """Let go of all connections."""
        await self.engine.dispose()
