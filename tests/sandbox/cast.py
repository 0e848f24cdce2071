"""Who plays in the sandbox's own tests: a clock that is turned by hand, and a bot that calls methods."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.api import Files
from sandbox.bots import Bot
from sandbox.jsons import Json
from sandbox.world import World


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **by: float) -> None:
        self.time += timedelta(**by)


class Ticks:
    """A monotonic clock for the limits."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Caller:
    """Calls methods as one bot, in process."""

    def __init__(self, world: World, bot: Bot) -> None:
        self.world = world
        self.bot = bot

    async def __call__(self, method: str, files: Files | None = None, /, **params: Any) -> Any:
        status, body = await self.world.api.call(self.bot.token, method, params, files)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refused(self, method: str, files: Files | None = None, /, **params: Any) -> tuple[int, str]:
        status, body = await self.world.api.call(self.bot.token, method, params, files)
        assert body["ok"] is False, body
        assert body["error_code"] == status
        return status, body["description"]

    async def updates(self, **params: Any) -> list[Json]:
        """Everything that waits, acknowledged at once."""
        found: list[Json] = await self("getUpdates", **params)
        if found:
            self.bot.updates.acknowledge(found[-1]["update_id"] + 1)
        return found

    async def heard(self, kind: str = "message") -> list[Json]:
        """The payloads of one kind among what waits."""
        return [update[kind] for update in await self.updates() if kind in update]
