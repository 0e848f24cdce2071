"""A bell: lets a loop sleep until something is to be done, or for so long at the most."""

import asyncio
from collections.abc import Callable


class Bell:
    """Rings once for any number of calls until somebody answers."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._sleeping = False
        self._listeners: list[Callable[[], None]] = []

    @property
    def is_quiet(self) -> bool:
        """Whether somebody sleeps beside it, whom nothing has called yet."""
        return self._sleeping and not self._rung.is_set()

    def listen(self, tell: Callable[[], None]) -> None:
        """Call `tell` whenever somebody goes to sleep beside it."""
        self._listeners.append(tell)

    def ring(self) -> None:
        """Wake whoever waits, or the next who does."""
        self._rung.set()

    async def wait(self, seconds: float | None = None) -> None:
        """Sleep until the bell rings, at most so many seconds."""
        self._sleeping = True
        for tell in self._listeners:
            tell()
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            pass
        finally:
            self._sleeping = False
        self._rung.clear()


def fault_of(task: asyncio.Task[None]) -> BaseException | None:
    """Return what ended a task that was not asked to end."""
    return None if task.cancelled() else task.exception()
