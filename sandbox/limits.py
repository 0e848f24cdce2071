"""Telegram's published limits of sending: 30 a second in all, 1 a second to a person, 20 a minute in a group."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.errors import too_many_requests

SECOND, MINUTE = 1.0, 60.0


@dataclass
class Limits:
    """Refuses what goes too fast, while `enforce` is true. What is refused does not count.

    `clock` is monotonic, in seconds. `burst` messages to one person may come at once; after that, one a second.
    """

    enforce: bool = False
    clock: Callable[[], float] = time.monotonic
    in_all: int = 30
    burst: int = 3
    in_group: int = 20
    _sent: defaultdict[tuple[int, int], deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _free_at: defaultdict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))

    def take(self, bot_id: int, chat_id: int) -> None:
        """Count one message of a bot to a chat.

        Raises ApiError (429) when it has to wait.
        """
        if not self.enforce:
            return
        now = self.clock()
        wait = max(self._wait(bot_id, 0, self.in_all, SECOND, now), self._chat_wait(bot_id, chat_id, now))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        self._sent[bot_id, 0].append(now)
        self._sent[bot_id, chat_id].append(now)
        self._free_at[bot_id, chat_id] = max(self._free_at[bot_id, chat_id], now) + SECOND

    def clear(self) -> None:
        """Forget what was sent."""
        self._sent.clear()
        self._free_at.clear()

    def _chat_wait(self, bot_id: int, chat_id: int, now: float) -> float:
        if chat_id < 0:
            return self._wait(bot_id, chat_id, self.in_group, MINUTE, now)
        return self._free_at[bot_id, chat_id] - (self.burst - 1) * SECOND - now

    def _wait(self, bot_id: int, chat_id: int, count: int, seconds: float, now: float) -> float:
        """Return how long until fewer than `count` lie in the last `seconds`."""
        sent = self._sent[bot_id, chat_id]
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        return sent[-count] + seconds - now if len(sent) >= count else 0.0
