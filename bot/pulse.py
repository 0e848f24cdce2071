"""The pulse: when Telegram last answered, and whether we have heard what people sent while we were away."""

import math
import time
from datetime import datetime


class Pulse:
    """Knows for how long Telegram has been silent, on a clock that only runs forward.

    `caught_up_at`: since when nothing of what people had sent waits at Telegram any more; None while we cannot tell.
    Until then nothing that falls due acts: whoever has answered in time must be heard first.
    """

    def __init__(self) -> None:
        self._last = -math.inf
        self.caught_up_at: datetime | None = None

    def beat(self) -> None:
        """Note that Telegram has answered."""
        self._last = time.monotonic()

    @property
    def silence(self) -> float:
        """Seconds since the last answer; infinite if there was none yet."""
        return time.monotonic() - self._last
