"""The sandbox as one process: a world, its Bot API, the page, and the real bot between them on a clock that moves."""

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from telegram.request import HTTPXRequest

from bot.app import CONNECTIONS, App, build
from bot.calendars import ChineseCalendar
from bot.clock import MovableClock
from bot.pacing import NoPacing, Pacing
from bot.settings import Settings
from sandbox.folder import hold_folder
from sandbox.page.page import page_routes
from sandbox.scene import ADMIN, TOWN, Scene, new_bot, open_town
from sandbox.wire import Address, serve
from sandbox.world import World

FOLDER = Path("var/sandbox")
HERE = ZoneInfo("Asia/Shanghai")
OPENS, LATE = time(9, 30), time(15, 30)
FORGET_EVERY = 60.0
BEAT = 0.4


class PortTakenError(Exception):
    """Something else listens on the port, or we may not."""


@dataclass(frozen=True)
class Playing:
    """A sandbox that runs."""

    address: Address
    scene: Scene
    app: App
    running: asyncio.Task[None]


@contextlib.asynccontextmanager
async def playing(port: int, folder: Path, *, paced: bool = True) -> AsyncIterator[Playing]:
    """Run everything until the context ends, from when the bot listens; what was in the folder before is gone.

    `paced`: Telegram's limits are enforced, and kept; and what comes while the clock is turned is shown step by step.

    Raises FolderTakenError where another sandbox runs in the folder, PortTakenError where the port is taken.
    """
    clock = MovableClock()
    clock.advance(until_office_hours(clock.now()))
    pacing = (Pacing if paced else NoPacing)(clock.monotonic)
    with hold_folder(folder) as held:
        async with World(now=clock.now) as world, _served(open_town(clock, world), port) as (address, scene):
            held.note(address.root)
            world.limits.enforce, world.limits.clock = paced, clock.monotonic
            scene.beat = BEAT if paced else 0.0
            async with _bot(scene, address, folder, pacing) as (app, running):
                yield Playing(address, scene, app, running)


async def play(port: int, folder: Path, stop: asyncio.Event, announce: Callable[[Address], None]) -> None:
    """Run the sandbox until told to stop, and say where once the bot listens."""
    async with playing(port, folder) as played:
        announce(played.address)
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait([stopping, played.running], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()


async def serve_api(port: int, stop: asyncio.Event, announce: Callable[[Address, str], None]) -> None:
    """Serve an empty world to somebody else's bot, and to tests that act in it over HTTP."""
    async with World() as world, _served(Scene(world=world, bot=new_bot(world)), port) as (address, scene):
        world.limits.enforce = True
        announce(address, scene.bot.token)
        await stop.wait()


def until_office_hours(now: datetime) -> timedelta:
    """Return how far it is to a time at which an office would act: nobody should have to wait for Monday first."""
    calendar, local = ChineseCalendar(), now.astimezone(HERE)
    if calendar.is_working_day(local.date()) and OPENS <= local.time() <= LATE:
        return timedelta()
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, HERE).astimezone(UTC) - now


@contextlib.asynccontextmanager
async def _served(scene: Scene, port: int) -> AsyncIterator[tuple[Address, Scene]]:
    async with contextlib.AsyncExitStack() as stack:
        try:
            address = await stack.enter_async_context(serve(scene.world, port, page_routes(scene)))
        except OSError as error:
            raise PortTakenError(port) from error
        forgetting = asyncio.create_task(_forget_calls(scene.world))
        stack.callback(forgetting.cancel)
        yield address, scene


async def _forget_calls(world: World) -> None:
    """Keep the journal of calls short: nobody looks back on it here."""
    while True:
        await asyncio.sleep(FORGET_EVERY)
        world.journal.clear()


@contextlib.asynccontextmanager
async def _bot(
    scene: Scene, address: Address, folder: Path, pacing: Pacing
) -> AsyncIterator[tuple[App, asyncio.Task[None]]]:
    """Run the bot itself, the very same that serves Telegram, against the world on loopback."""
    stop = asyncio.Event()
    wire = HTTPXRequest(CONNECTIONS, read_timeout=20, pool_timeout=10, httpx_kwargs={"trust_env": False})
    app = build(_settings(scene, address, folder), clock=scene.clock, wire=wire, pacing=pacing)
    running = asyncio.create_task(app.run(stop))
    listening = asyncio.create_task(scene.world.until(lambda: scene.bot.updates.polled, math.inf))
    try:
        await asyncio.wait([listening, running], return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await running
        scene.app = app
        await scene.speak(scene.language)
        scene.world.ground.changed("people")
        yield app, running
    finally:
        listening.cancel()
        stop.set()
        await running
        await wire.shutdown()


def _settings(scene: Scene, address: Address, folder: Path) -> Settings:
    """Return settings that owe nothing to the environment: a sandbox touches no database but its own."""
    return Settings(
        _env_file=None,
        token=SecretStr(scene.bot.token),
        api_base_url=address.base_url,
        api_file_url=address.file_url,
        database_url=SecretStr(f"sqlite:///{folder / 'minhu.db'}"),
        admins=frozenset({ADMIN}),
        org=TOWN,
        policy=None,
        mode="polling",
        webhook_url=None,
        webhook_secret=None,
        listen="127.0.0.1:0",
        files=folder / "files",
        log="console",
    )
