"""What a unit of work that changes nothing has looked at, so that it is read once."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

Found = TypeVar("Found")


class Looks:
    """Keeps what was read; one for a unit of work that writes keeps nothing."""

    def __init__(self, *, keeps: bool) -> None:
        self._found: dict[Hashable, Any] | None = {} if keeps else None

    def keep(self, what: Hashable, found: object) -> None:
        """Keep what was read together with others."""
        if self._found is not None:
            self._found[what] = found

    async def at(self, what: Hashable, read: Callable[[], Awaitable[Found]]) -> Found:
        """Return what was found of `what`, reading it the first time."""
        if self._found is None:
            return await read()
        if what not in self._found:
            self._found[what] = await read()
        found: Found = self._found[what]
        return found
