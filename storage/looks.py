"""What a unit of work has read and nobody else can change until its end, so that it is read once."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

Found = TypeVar("Found")


class Looks:
    """Keeps what was read: in a unit of work that only looks all of it, in one that writes what it holds for change."""

    def __init__(self, *, keeps_all: bool) -> None:
        self._keeps_all = keeps_all
        self._found: dict[Hashable, Any] = {}

    def hold(self, what: Hashable, found: object) -> None:
        """Keep what is held for change, as it is now."""
        self._found[what] = found

    def keep(self, what: Hashable, found: object) -> None:
        """Keep what was read together with others, without holding it."""
        if self._keeps_all:
            self._found[what] = found

    def forget(self, what: Hashable) -> None:
        """Read something anew the next time, because some of it has changed."""
        self._found.pop(what, None)

    def known(self, what: Hashable) -> Any:  # noqa: ANN401
        """Return what was found of `what`, if anything was."""
        return self._found.get(what)

    async def at(self, what: Hashable, read: Callable[[], Awaitable[Found]]) -> Found:
        """Return what was found of `what`, reading it if it was not."""
        if what in self._found:
            kept: Found = self._found[what]
            return kept
        found = await read()
        self.keep(what, found)
        return found

    async def held(self, what: Hashable, read: Callable[[], Awaitable[Found | None]]) -> Found | None:
        """Return `what` held for change: as it is known, or read and held now."""
        known: Found | None = self._found.get(what)
        if known is None and (known := await read()) is not None:
            self.hold(what, known)
        return known
