"""A bell: lets a loop sleep until something is to be done, or for so long at the most."""

import asyncio


class Bell:
    """Rings once for any number of calls until somebody answers."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake whoever waits, or the next who does."""
        self._rung.set()

    async def wait(self, seconds: float | None = None) -> None:
        """Sleep until the bell rings, at most so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            pass
        self._rung.clear()
