"""Intake: what Telegram delivers is on disk before Telegram is told that it arrived, polling or by webhook."""

import asyncio
import json
import warnings
from collections.abc import Awaitable, Callable, Mapping, Sequence
from logging import ERROR, WARNING
from typing import Any

import structlog
import telegram
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.bell import Bell, Pause
from bot.clock import Clock
from bot.desks import Desks
from bot.gateway import error_wait, patience
from bot.pulse import Pulse
from domain.organisation.units import ChatId
from handlers.routing import ALLOWED_UPDATES
from storage.engine import is_passing
from storage.inbox import Received, UpdateId
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

# We want updates raw, and each parsed by itself later: one that cannot be parsed must not hold up the rest.
warnings.filterwarnings("ignore", r"Please use 'Bot\.get_updates'")

POLL_SECONDS = 25
SILENCE_SECONDS = POLL_SECONDS + 20
"""A poll that has not been answered for so long is dead, whatever the connection says."""
BATCH = 100
IDLE_DAY_SECONDS = 24 * 3600


Look = Callable[[UnitOfWork], Awaitable[Callable[[], None]]]


class Intake:
    """Keeps raw updates in the inbox. `look`: finds in the same unit of work what may be handled, and sets it going."""

    def __init__(self, desks: Desks, bot: int, look: Look) -> None:
        self._desks = desks
        self._bot = bot
        self._look = look

    async def receive(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Keep a batch of updates, all or none; one that is there already is kept once."""
        received = [
            # As ASCII, because half of a surrogate pair could not be kept, and would hold up its whole batch.
            Received(UpdateId(update["update_id"]), chat_of(update), json.dumps(update), _album_of(update))
            for update in updates
        ]
        async with self._desks.storage.writing(ring=False) as work:
            await work.inbox.add(self._bot, received, work.now)
            set_going = await self._look(work)
        set_going()


def chat_of(update: Mapping[str, Any]) -> ChatId:
    """Return the chat whose order an update belongs to; 0 for one that belongs to none, or cannot be read."""
    for kind, content in update.items():
        if kind == "update_id" or not isinstance(content, Mapping):
            continue
        about = content.get("message") if kind == "callback_query" else content
        for holder, name in ((about, "chat"), (content, "from"), (content, "user")):
            place = holder.get(name) if isinstance(holder, Mapping) else None
            if isinstance(place, Mapping) and isinstance(place.get("id"), int):
                return ChatId(place["id"])
    return ChatId(0)


def _album_of(update: Mapping[str, Any]) -> str | None:
    """Return what an update's message shares with the rest of its album; edits come one by one."""
    message = update.get("message")
    album = message.get("media_group_id") if isinstance(message, Mapping) else None
    return album if isinstance(album, str) else None


class Poller:
    """Asks for updates, long polling; the next offset is asked for only when the last batch is on disk."""

    def __init__(self, intake: Intake, bot: telegram.Bot, clock: Clock, pulse: Pulse) -> None:
        self._intake = intake
        self._bot = bot
        self._clock = clock
        self._pulse = pulse
        self._offset: int | None = None
        self._failures = 0
        self._bell = Bell()
        clock.listen(self._bell.ring)

    async def run(self) -> None:
        """Poll until cancelled."""
        last = asyncio.get_running_loop().time()
        while True:
            now = asyncio.get_running_loop().time()
            if now - last > IDLE_DAY_SECONDS:
                # After a quiet week Telegram starts ids anew, perhaps below our offset.
                self._offset = None
            if await self._poll():
                last = now

    async def _poll(self) -> bool:
        """Ask once and keep what comes; True if anything came."""
        try:
            updates = await self._ask()
            if updates:
                await self._intake.receive(updates)
                self._offset = max(update["update_id"] for update in updates) + 1
        except (TelegramError, TimeoutError) as error:
            await self._pause(error)
            return False
        except Exception as error:  # noqa: BLE001 - polling goes on whatever the database does
            log.log(WARNING if is_passing(error) else ERROR, "updates could not be kept", error=repr(error))
            await asyncio.sleep(1)
            return False
        self._failures = 0
        if len(updates) < BATCH and self._pulse.caught_up_at is None:
            self._pulse.caught_up_at = self._clock.now()
        return bool(updates)

    async def _ask(self) -> Sequence[Mapping[str, Any]]:
        """Ask for updates; at first, and after a failure, without waiting for new ones."""
        patience = POLL_SECONDS if self._pulse.caught_up_at else 0
        wanted = {"offset": self._offset, "limit": BATCH, "timeout": patience, "allowed_updates": ALLOWED_UPDATES}
        known = {name: value for name, value in wanted.items() if value is not None}
        async with asyncio.timeout(SILENCE_SECONDS):
            updates: Sequence[Mapping[str, Any]] = await self._bot.do_api_request(
                "get_updates", known, read_timeout=POLL_SECONDS + 10
            )
        self._pulse.beat()
        return updates

    async def _pause(self, error: Exception) -> None:
        self._failures += 1
        self._pulse.caught_up_at = None
        if isinstance(error, Conflict):
            log.warning("another process polls with this token", error=str(error))
        elif isinstance(error, InvalidToken):
            log.error("telegram refuses the token")
        else:
            log.info("polling failed", error=repr(error), failures=self._failures)
        await self._bell.wait(Pause(error_wait(error) or patience(self._failures)))
