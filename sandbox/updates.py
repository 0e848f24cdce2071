"""A bot's queue of updates: numbered, kept for a day, handed out until they are acknowledged."""

import asyncio
import zlib
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.errors import conflict
from sandbox.jsons import Json

KINDS = {
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "poll",
    "poll_answer",
}
ONLY_WHEN_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}

KEPT = timedelta(days=1)
KEPT_SHORTLY = {"callback_query": timedelta(seconds=150)}
QUIET = timedelta(days=7)
FIRST_ID = 500_000_001
ANOTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True)
class Waiting:
    """An update that is not acknowledged yet."""

    id: int
    update: Json
    expires: datetime


class UpdateQueue:
    """All updates of one bot that nobody has acknowledged."""

    def __init__(self, now: Callable[[], datetime], changed: Callable[[str], None]) -> None:
        self.allowed: list[str] = []
        self._now = now
        self.changed = changed
        self._waiting: list[Waiting] = []
        self._earliest: datetime | None = None
        self._next_id = FIRST_ID
        self._last_at: datetime | None = None
        self._alarms: set[asyncio.Future[None]] = set()
        self._poller: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self.pending(limit=0))

    @property
    def polled(self) -> bool:
        """Whether somebody waits for an update at this moment."""
        return self._poller is not None and not self._poller.done()

    @property
    def idle(self) -> bool:
        """Whether the bot has taken everything and waits for more."""
        return self.polled and not self.pending(limit=1)

    def wants(self, kind: str) -> bool:
        """Whether the bot is told of this kind of update."""
        return kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED

    def put(self, kind: str, payload: Json) -> int | None:
        """Queue an update and return its number, or None when the bot does not want its kind."""
        if not self.wants(kind):
            return None
        now = self._now()
        update_id = self._number(now)
        expires = now + KEPT_SHORTLY.get(kind, KEPT)
        self._earliest = min(expires, self._earliest or expires)
        self._waiting.append(Waiting(update_id, {"update_id": update_id, kind: payload}, expires))
        self._wake()
        return update_id

    def acknowledge(self, offset: int) -> None:
        """Forget every update below `offset`; a negative one keeps that many from the end."""
        self._expire()
        if offset < 0:
            del self._waiting[:offset]
        elif offset > 0:
            del self._waiting[: bisect_left(self._waiting, offset, key=lambda waiting: waiting.id)]
        self.changed("acknowledged")

    def pending(self, limit: int) -> list[Json]:
        """Return the oldest updates that have neither expired nor been acknowledged; 0 for all."""
        self._expire()
        return [waiting.update for waiting in self._waiting[: limit or None]]

    def clear(self) -> None:
        """Forget everything."""
        self._waiting.clear()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Return what is pending, waiting up to `seconds` for the first update.

        Raises ApiError (409) when another poll, or a webhook, takes over meanwhile.
        """
        self.interrupt(conflict(ANOTHER_POLL))
        self.acknowledge(offset)
        if seconds > 0 and not self.pending(limit):
            self._poller = self._alarm()
            self.changed("poll")
            try:
                async with asyncio.timeout(seconds):
                    await self._poller
            except TimeoutError:
                return []
            finally:
                self.changed("poll")
        return self.pending(limit)

    async def arrival(self) -> None:
        """Return when there is something to hand out."""
        while not self.pending(limit=1):
            await self._alarm()

    def interrupt(self, error: Exception) -> None:
        """Let the poll that waits now, if any, fail."""
        if self._poller and not self._poller.done():
            self._poller.set_exception(error)
        self._poller = None

    def _expire(self) -> None:
        now = self._now()
        if self._earliest is None or self._earliest > now:
            return
        self._waiting = [waiting for waiting in self._waiting if waiting.expires > now]
        self._earliest = min((waiting.expires for waiting in self._waiting), default=None)

    def _number(self, now: datetime) -> int:
        """Return the next number; after a quiet week Telegram begins anew anywhere."""
        if self._last_at and now - self._last_at >= QUIET:
            self._next_id = zlib.crc32(str(self._next_id).encode()) % FIRST_ID + 1
        self._last_at = now
        self._next_id += 1
        return self._next_id - 1

    def _alarm(self) -> asyncio.Future[None]:
        alarm = asyncio.get_running_loop().create_future()
        self._alarms.add(alarm)
        alarm.add_done_callback(self._alarms.discard)
        return alarm

    def _wake(self) -> None:
        for alarm in list(self._alarms):
            if not alarm.done():
                alarm.set_result(None)
