"""A feed of what changed where, for pages that show the world and for tests that wait for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Change:
    """Something changed; `bot_id` tells private chats of one person with several bots apart."""

    what: str
    chat_id: int | None = None
    bot_id: int | None = None


class Subscription:
    """One listener's changes, in order, from the moment of subscribing until it is closed."""

    def __init__(self, listeners: "set[asyncio.Queue[Change]]") -> None:
        self._listeners = listeners
        self._changes: asyncio.Queue[Change] = asyncio.Queue()
        listeners.add(self._changes)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Change:
        return await self._changes.get()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening."""
        self._listeners.discard(self._changes)


class Feed:
    """Tells every subscriber about every change."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Change]] = set()

    def publish(self, change: Change) -> None:
        """Tell everybody who listens now."""
        for changes in self._listeners:
            changes.put_nowait(change)

    def subscribe(self) -> Subscription:
        """Listen from now on: `with feed.subscribe() as changes: async for change in changes`."""
        return Subscription(self._listeners)

    async def until(self, condition: Callable[[], T], seconds: float = 10) -> T:
        """Return what `condition` gives once that is true, looking after every change.

        Raises TimeoutError when it has not become true in time.
        """
        with self.subscribe() as changes:
            async with asyncio.timeout(seconds):
                while not (found := condition()):
                    await anext(changes)
        return found
