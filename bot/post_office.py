"""The post office: takes due letters out of the outbox, most urgent first, within Telegram's limits."""

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from itertools import chain, count

import structlog

from bot.bell import Bell, Pause, fault_of
from bot.clock import Clock
from bot.delivery import Delivery, Seen, look_at
from bot.desks import Desks
from bot.floods import DIGEST_SIZE, Floods, Naming
from bot.pacing import Pacing
from bot.routing import chat_of
from domain.desk import Desk
from domain.letters.contents import Digest, LetterId
from domain.letters.letter import Addressee, Letter, to_unit
from domain.organisation.units import Chat, ChatId, Organisation
from storage.engine import is_passing
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

IN_FLIGHT = 16
LOOKED_AT = 64
NAMED_AT_ONCE = 2 * DIGEST_SIZE
IDLE_SECONDS = 5.0
LAST_SECONDS = 4.0
PACED_SECONDS = 60


async def _give_up_on(late: set[asyncio.Task[bool]]) -> None:
    """End what Telegram has not answered in time; whether it arrived is not known, and is noted so."""
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late, timeout=1)


class PostOffice:
    """Empties the outbox: one letter at a time to each chat, many chats side by side."""

    def __init__(self, desks: Desks, delivery: Delivery, pacing: Pacing, clock: Clock) -> None:
        self._desks = desks
        self._delivery = delivery
        self._pacing = pacing
        self._clock = clock
        self.bell = Bell()
        self._sending: dict[Addressee, asyncio.Task[bool]] = {}
        self._behind: dict[ChatId, set[Addressee]] = {}  # of each chat that is being sent to: who waits for that
        self._paced: dict[Addressee, float] = {}
        self._floods = Floods()
        self.turn_in: float | None = None  # after how many seconds something may go that waits for its turn only
        self._told: dict[Addressee, int] = {}  # when each addressee in a group was told something last
        self._count = count(1)
        self._posted_to: set[Addressee] = set()  # for whom something may have come in while something went to them
        self._next_at: datetime | None = None  # when the next letter that was put off is to be let go
        self._asked_at = -math.inf  # when that was asked last
        self._looked = asyncio.Event()  # set once the look that started a letter is over
        self._is_full = False  # whether more may go than is on its way
        self._fault: BaseException | None = None
        desks.storage.listen("outbox", self._take_note)
        desks.storage.listen("put off", self._ask_anew)
        clock.listen(self._ask_anew)

    async def run(self) -> None:
        """Send until cancelled; what is on its way then is seen to its end, within a few seconds.

        Raises whatever keeps us from noting what became of a letter: it would be sent again and again.
        """
        async with self._desks.reading() as (desk, work):
            recent = await work.outbox.sent_within(PACED_SECONDS)
            self._pacing.remember(recent, desk.now)
        try:
            while self._fault is None:
                await self.bell.wait(await self._safe_round())
            raise self._fault
        finally:
            if self._sending:
                _, late = await asyncio.wait(self._sending.values(), timeout=LAST_SECONDS)
                await _give_up_on(late)

    @property
    def is_idle(self) -> bool:
        """Whether no letter is on its way, and none may go now."""
        return not self._sending and self.bell.is_quiet

    async def _safe_round(self) -> Pause:
        try:
            return await self._round()
        except Exception as error:
            if not is_passing(error):
                log.exception("post office stumbled")
            return Pause(1)

    async def _round(self) -> Pause:
        """Send what may go now, and return for how long nothing else can."""
        now = self._clock.monotonic()
        self._paced = {to: at for to, at in self._paced.items() if at > now}
        if (wait := min(self._pacing.wait_turn(), self._pacing.wait_aside())) > 0:
            self.turn_in = wait
            return Pause(min(IDLE_SECONDS, wait))
        # Taken before the database is: of a letter that ends while we look, the snapshot may still say that it waits.
        held_back = [*self._sending, *chain.from_iterable(self._behind.values()), *self._paced]
        async with self._looking() as (desk, work):
            letters, unreadable = await work.outbox.sendable(held_back, LOOKED_AT), work.outbox.unreadable
            people = await work.people.look_at_all({letter.to.person for letter in letters if letter.to.person})
            accounts = {person.id: person.accounts for person in people}
            digests = await self._plan_digests(desk.org, work, letters, now)
            later = await self._until_next(work, now)
            waits: list[float] = []
            if not digests and not unreadable and later > 0:
                waits = [
                    await self._start(desk, letter, chat_of(desk.org, letter, accounts), now)
                    for letter in sorted(letters, key=self._rank)
                ]
                self._is_full = len(self._sending) == IN_FLIGHT
        if digests or unreadable or later <= 0:
            await self._prepare(digests, unreadable)
            return Pause(0)
        if len(letters) == LOOKED_AT and len(self._sending) < IN_FLIGHT and not self._pacing.wait_turn():
            return Pause(0)
        self.turn_in = min([*filter(None, waits), *(at - now for at in self._paced.values())], default=None)
        seconds = min([IDLE_SECONDS, later] + ([] if self.turn_in is None else [self.turn_in]))
        return Pause(max(0, seconds), idle=self.turn_in is None)

    @contextlib.asynccontextmanager
    async def _looking(self) -> AsyncIterator[tuple[Desk, UnitOfWork]]:
        """Open the desk for a look; what it starts goes once it is over."""
        self._looked = asyncio.Event()
        try:
            async with self._desks.reading() as found:
                yield found
        finally:
            self._looked.set()

    def _take_note(self) -> None:
        """Look, because something was posted; and once more when what is on its way has ended, which may hold it up."""
        self._posted_to.update(self._sending)
        self.bell.ring()

    def _ask_anew(self) -> None:
        """Look, and ask when the next letter that was put off is to be let go."""
        self._asked_at = -math.inf
        self.bell.ring()

    async def _until_next(self, work: UnitOfWork, now: float) -> float:
        """Return in how many seconds a letter that was put off is to be let go; only this process puts letters off."""
        if now >= self._asked_at + IDLE_SECONDS:
            self._asked_at = now
            self._next_at = await work.outbox.next_at()
        return (self._next_at - self._clock.now()).total_seconds() if self._next_at else IDLE_SECONDS

    def _rank(self, letter: Letter) -> tuple[bool | int, ...]:
        """Return in which order letters go: of those that share a group, the one told longest ago goes first."""
        return letter.priority, not isinstance(letter.content, Digest), self._told.get(letter.to, 0)

    async def _start(self, desk: Desk, letter: Letter, chat: Chat | None, now: float) -> float:
        """Send a letter if it may go now; return how many seconds it waits for its turn only."""
        if len(self._sending) == IN_FLIGHT:
            return 0
        aside = letter.to.aside is not None
        if chat is not None and not aside:
            if chat.id in self._behind:
                self._behind[chat.id].add(letter.to)
                return 0
            if (turn := self._pacing.wait_turn()) > 0:
                return turn
            wait = self._pacing.wait(chat.id)
        else:
            wait = self._pacing.wait_aside()
        if wait > 0:
            self._paced[letter.to] = now + wait
            return wait
        if chat is not None and not aside:
            self._pacing.take_slot()
            self._behind[chat.id] = set()
            if chat.id < 0:
                self._told[letter.to] = next(self._count)
        seen = await self._look(desk, letter, chat)
        task = asyncio.create_task(self._go(letter, chat, seen, self._looked))
        self._sending[letter.to] = task
        task.add_done_callback(lambda task: self._done(letter.to, None if aside or chat is None else chat.id, task))
        return 0

    async def _go(self, letter: Letter, chat: Chat | None, seen: Seen | None, looked: asyncio.Event) -> bool:
        """Send a letter together with the others of its look, so that much of what comes of them is kept together."""
        await looked.wait()
        return await self._delivery.see_to(letter, chat, seen)

    async def _look(self, desk: Desk, letter: Letter, chat: Chat | None) -> Seen | None:
        """Read what a letter has become; what cannot be written is left to its delivery, which knows what to do."""
        try:
            return await look_at(desk, letter, chat) if chat else None
        except Exception:  # noqa: BLE001 - tried again there
            return None

    def _done(self, to: Addressee, chat: ChatId | None, task: asyncio.Task[bool]) -> None:
        """Look anew, unless it is known that nothing more waits for whom this letter may have held up."""
        del self._sending[to]
        self._fault = self._fault or fault_of(task)
        behind = self._behind.pop(chat) if chat is not None else set()
        was_last = not task.cancelled() and not task.exception() and task.result()
        if not was_last or behind or self._is_full or to in self._posted_to:
            self.bell.ring()
        else:
            self.bell.tell()
        self._posted_to.discard(to)

    async def _plan_digests(
        self, org: Organisation, work: UnitOfWork, letters: Sequence[Letter], now: float
    ) -> Sequence[Naming]:
        """Return which digests are to name new cards that wait for the groups to which something may go now."""
        chats = {chat.id for letter in letters if letter.to.unit and (chat := chat_of(org, letter, {}))}
        units = [unit for unit in org.units.values() if unit.has_chat]
        places = {to_unit(unit.code): unit.chat for unit in units if unit.chat and unit.chat.id in chats}
        cards = await work.outbox.unannounced([*places], NAMED_AT_ONCE) if places else ()
        if cards:
            self._floods.forget(
                [digest for digest in self._floods.digests if not await work.outbox.has_waiting(digest)]
            )
        return self._floods.plan([(places[card.to], card) for card in cards], now)

    async def _prepare(self, digests: Sequence[Naming], unreadable: Sequence[LetterId]) -> None:
        """Put digests ahead of many new cards, let go what was kept back, and put aside what cannot be read."""
        if unreadable:
            log.error("letters cannot be read", letters=unreadable)
        async with self._desks.writing() as (_, work):
            await work.outbox.give_up(unreadable)
            for digest in digests:
                await work.outbox.name_in(digest.digest, digest.flood, digest.cards)
                await work.outbox.post(digest.letter)
            await work.outbox.release()
        self._ask_anew()
