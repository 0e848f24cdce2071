"""The dispatcher: inbox → handlers, in order within a chat, side by side across chats, one unit of work an update.

An album is handed over whole.
"""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

import structlog
import telegram

from bot.bell import Bell, Pause, fault_of
from bot.desks import Desks
from bot.metrics import Metrics
from bot.pulse import Pulse
from domain.desk import Desk
from domain.errors import DeskError
from domain.letters.contents import Said
from domain.letters.letter import Letter, Priority, to_chat, to_person
from domain.organisation.units import Chat, ChatId
from domain.people.accounts import TelegramId, in_telegram
from handlers.features import COMMANDS
from handlers.rendering.sending import BotProfile
from handlers.routing import explain, handle
from handlers.updates.context import UpdateContext
from handlers.updates.identity import as_actor, chat_language, recognise
from handlers.updates.reading import STAND_INS, read_chat
from handlers.words import Words
from storage.engine import is_passing
from storage.inbox import Waiting
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

Act = Callable[[UpdateContext], Awaitable[None]]

TRIES = 3
LOOKED_AT = 64
IDLE_SECONDS = 5.0
LAST_SECONDS = 3.0
LANES = 8
ALBUM_PATIENCE = timedelta(seconds=2)
"""How long the rest of an album is waited for: Telegram delivers its parts one by one."""


class Found(NamedTuple):
    """What a look has found: what may be handled, and after how many seconds an album may be.

    `busy`: in which chats was not looked, because something was being handled there.
    """

    busy: tuple[ChatId, ...]
    ready: list[Waiting]
    patience: float


class Dispatcher:
    """Runs the handlers over what waits in the inbox."""

    _profile: BotProfile

    def __init__(self, desks: Desks, bot: telegram.Bot, metrics: Metrics, pulse: Pulse) -> None:
        self._desks = desks
        self._bot = bot
        self._metrics = metrics
        self._pulse = pulse
        self.bell = Bell()
        self._lanes: dict[ChatId, asyncio.Task[bool]] = {}
        self._passed_over: set[ChatId] = set()  # chats in which something was being handled at the last looks
        self._is_full = False  # whether more may wait than is being handled
        self._fault: BaseException | None = None
        self._is_running = False
        desks.storage.listen("inbox", self.bell.ring)
        desks.clock.listen(self.bell.ring)

    async def run(self, profile: BotProfile) -> None:
        """Handle as this bot until cancelled; what is being handled then is seen to its end.

        Raises whatever lets an update neither be handled nor be put aside: it would be tried for ever.
        """
        self._profile = profile
        self._is_running = True
        try:
            while self._fault is None:
                await self.bell.wait(await self._round())
            raise self._fault
        finally:
            self._is_running = False
            if self._lanes:
                await asyncio.wait(self._lanes.values(), timeout=LAST_SECONDS)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits to be handled but albums of which more may come."""
        return not self._lanes and self.bell.is_quiet

    async def look_in(self, work: UnitOfWork) -> Callable[[], None]:
        """Look in the unit of work that has just kept something; what is returned sets it going once that is kept."""
        await work.inbox.flush()
        if not self._is_running or len(self._lanes) == LANES:
            return self.bell.ring
        found = await self._look(work)
        return partial(self._take_over, found)

    def _take_over(self, found: Found) -> None:
        """Set going what was found by whoever has kept it; for an album the loop waits."""
        if not self._is_running or found.patience < IDLE_SECONDS:
            self.bell.ring()
        else:
            self._set_going(found)

    async def _round(self) -> Pause:
        """Set going what may be handled; return for how long to sleep."""
        try:
            async with self._desks.storage.reading() as work:
                found = await self._look(work)
        except Exception as error:
            if not is_passing(error):
                log.exception("dispatcher stumbled")
            return Pause(IDLE_SECONDS)
        self._set_going(found)
        return Pause(found.patience, idle=True)

    def _set_going(self, found: Found) -> None:
        self._pass_over(found.busy)
        ready = [item for item in found.ready if item.chat not in self._lanes]
        self._passed_over |= {item.chat for item in found.ready} & {*self._lanes}
        free = LANES - len(self._lanes)
        self._is_full = len(ready) > free
        for item in ready[:free]:
            task = asyncio.create_task(self._take(item))
            self._lanes[item.chat] = task
            task.add_done_callback(partial(self._free, item.chat))

    async def _look(self, work: UnitOfWork) -> Found:
        """Return what may be handled now; albums hold up no other chat."""
        # As in the post office: before the snapshot, not after it.
        busy, has_heard = tuple(self._lanes), self._pulse.caught_up_at is not None
        growing: dict[ChatId, float] = {}
        while True:
            found = await work.inbox.waiting((*busy, *growing), LOOKED_AT)
            patience = {item.chat: _patience(item, work.now, has_heard=has_heard) for item in found}
            ready = [item for item in found if not patience[item.chat]]
            growing |= {chat: seconds for chat, seconds in patience.items() if seconds}
            if ready or len(found) < LOOKED_AT:
                return Found(busy, ready, min(growing.values(), default=IDLE_SECONDS))

    def _free(self, chat: ChatId, task: asyncio.Task[bool]) -> None:
        """Look anew, unless it is known that nothing waits: whatever came or was left rings by itself."""
        del self._lanes[chat]
        self._fault = self._fault or fault_of(task)
        if self._is_full or chat in self._passed_over or fault_of(task) or not task.result():
            self.bell.ring()
        else:
            self.bell.tell()
        self._passed_over.discard(chat)

    def _pass_over(self, busy: Iterable[ChatId]) -> None:
        """Note in which chats was not looked; in those that are free by now it is done at once."""
        self._passed_over |= {*busy} & {*self._lanes}
        if {*busy} - {*self._lanes}:
            self.bell.ring()

    async def _take(self, item: Waiting) -> bool:
        """Bring one update, or an album, to its end; leave it waiting while the database is busy; False if it waits."""
        try:
            return await self._see_to(item)
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("the database is busy", error=repr(error), items=item.ids)
            await asyncio.sleep(0.2)
            return False

    async def _see_to(self, item: Waiting) -> bool:
        """Handle one update, or an album: done, refused with a sentence, or, after a few tries, parked."""
        try:
            with self._metrics.handling.time():
                outcome = await self._handle(item)
            self._metrics.updates.labels(outcome).inc()
        except Exception as error:
            if is_passing(error):
                raise
            await self._fail(item, error)
            return False
        return True

    async def _handle(self, item: Waiting) -> str:
        updates = [telegram.Update.de_json(json.loads(raw), self._bot) for raw in item.raws]
        try:
            await self._work(item, updates, handle)
        except DeskError as error:
            log.info("refused", error=type(error).__name__, details=error.args)
            await self._work(item, updates, partial(explain, error=error))
            return "refused"
        return "handled"

    async def _work(self, item: Waiting, updates: Sequence[telegram.Update], act: Act) -> None:
        """Act, and mark the updates done: both are kept, or neither."""
        async with self._desks.writing() as (desk, work):
            if not await work.inbox.finish(item.ids, work.now):
                return
            context = await self._context(desk, updates)
            if context is not None:
                await act(context)

    async def _context(self, desk: Desk, updates: Sequence[telegram.Update]) -> UpdateContext | None:
        """Return what came as a handler meets it; None for what comes from no person or no chat of ours."""
        update, album = updates[0], tuple(update.message for update in updates if update.message)
        user, chat, message = update.effective_user, update.effective_chat, update.effective_message
        if chat is None and update.callback_query is not None and user is not None:
            chat = telegram.Chat(user.id, telegram.Chat.PRIVATE)  # of a button so old that its message is not told
        if user is None or chat is None or (user.is_bot and user.id not in STAND_INS):
            return None
        private = chat.type == telegram.Chat.PRIVATE
        person = await recognise(desk, user, private=private and update.my_chat_member is None)
        language = person.language
        if not private:
            language = chat_language(desk.org.languages.get(ChatId(chat.id)))
        words = Words(language or chat_language(None), desk.policy.timezone)
        here = read_chat(message) if isinstance(message, telegram.Message) else Chat(ChatId(chat.id))
        account = in_telegram(TelegramId(user.id))
        actor = as_actor(desk, person)
        return UpdateContext(desk, person, account, actor, words, here, private, self._profile, update, album, COMMANDS)

    async def _fail(self, item: Waiting, error: Exception) -> None:
        """Count a failure; after a few the update is parked and the person told, so that it blocks nobody."""
        incident = secrets.token_hex(4)
        log.error("handler failed", items=item.ids, incident=incident, exc_info=error)
        name = f"{type(error).__name__} ({incident})"
        async with self._desks.writing() as (_, work):
            attempts = await work.inbox.fail(item.ids, name)
        if attempts < TRIES:
            await asyncio.sleep(0.1)
            return
        if len(item.ids) > 1:
            async with self._desks.writing() as (_, work):
                await work.inbox.split(item.ids)
            return
        self._metrics.updates.labels("parked").inc()
        async with self._desks.writing() as (_, work):
            await work.inbox.park(item.ids, name, work.now)
            if item.chat and "my_chat_member" not in json.loads(item.raws[0]):  # of which nobody waits for an answer
                person = await work.people.at(in_telegram(TelegramId(item.chat))) if item.chat > 0 else None
                to = to_person(person.id) if person else to_chat(Chat(item.chat))
                await work.outbox.post(Letter(to, Said("answer.sorry", {"incident": incident}), Priority.ANSWER))


def _patience(item: Waiting, now: datetime, *, has_heard: bool) -> float:
    """Return for how many seconds more the rest of an album is waited for.

    Counted from when its last part was kept, also over a restart: nothing more of it waits at Telegram once we have
    caught up, and until then we wait. `has_heard`: whether we had before we looked. A clock that jumped back waits for
    none.
    """
    if not item.is_album:
        return 0
    if not has_heard:
        return ALBUM_PATIENCE.total_seconds()
    waited = now - item.since
    return (ALBUM_PATIENCE - waited).total_seconds() if timedelta() <= waited < ALBUM_PATIENCE else 0
