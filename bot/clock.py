"""The time of day: the system's, or one that a test or the sandbox moves."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time, and says when it jumps."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""

    def monotonic(self) -> float:
        """Return seconds that only run forward, whatever is done to the machine's clock."""

    def listen(self, wake: Callable[[], None]) -> None:
        """Call `wake` whenever the clock was moved by hand."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that only run forward."""
        return time.monotonic()

    def listen(self, wake: Callable[[], None]) -> None:
        """Do nothing: nobody moves this clock by hand."""


class MovableClock:
    """A clock that runs on from the system's, ahead of it by as much as it was moved; or stands still in tests."""

    def __init__(self, start: datetime | None = None) -> None:
        self._stands_at = start
        self._ahead = timedelta()
        self._wakes: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return (self._stands_at or datetime.now(UTC)) + self._ahead

    def monotonic(self) -> float:
        """Return seconds that run on, and jump as the clock does."""
        return time.monotonic() + self._ahead.total_seconds()

    def listen(self, wake: Callable[[], None]) -> None:
        """Call `wake` whenever the clock is moved."""
        self._wakes.append(wake)

    def advance(self, by: timedelta) -> None:
        """Move the clock forward."""
        self._ahead += by
        for wake in self._wakes:
            wake()
