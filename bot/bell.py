"""A bell: lets a loop sleep until something is to be done, or for so long at the most."""

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple


class Pause(NamedTuple):
    """For how many seconds a loop sleeps at the most; `idle`: because it has found nothing that may be done now."""

    seconds: float
    idle: bool = False


class Bell:
    """Rings once for any number of calls until somebody answers."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._idle = False
        self._listeners: list[Callable[[], None]] = []

    @property
    def is_quiet(self) -> bool:
        """Whether somebody sleeps beside it with nothing to do, whom nothing has called yet."""
        return self._idle and not self._rung.is_set()

    def listen(self, tell: Callable[[], None]) -> None:
        """Call `tell` whenever somebody goes to sleep beside it."""
        self._listeners.append(tell)

    def tell(self) -> None:
        """Tell whoever listens that something beside it has come to rest."""
        for tell in self._listeners:
            tell()

    def ring(self) -> None:
        """Wake whoever waits, or the next who does."""
        self._rung.set()

    async def wait(self, pause: Pause) -> None:
        """Sleep until the bell rings, at most for the pause."""
        self._idle = pause.idle
        self.tell()
        try:
            async with asyncio.timeout(pause.seconds):
                await self._rung.wait()
        except TimeoutError:
            pass
        finally:
            self._idle = False
        self._rung.clear()


def fault_of(task: asyncio.Task[Any]) -> BaseException | None:
    """Return what ended a task that was not asked to end."""
    return None if task.cancelled() else task.exception()
