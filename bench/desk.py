"""The desk as it is measured: the whole application by its settings, without pacing, in a process of its own.

It must run on every checkout that is compared, and so uses nothing of the application but what all of them have.
"""

import asyncio
import signal

from bench.meter import Meter
from bot.app import build
from bot.logs import set_up_logs
from bot.pacing import NoPacing
from bot.settings import load_settings


async def main() -> None:
    """Serve Telegram until told to stop."""
    settings = load_settings()
    set_up_logs(settings.log, settings.secrets)
    app = build(settings, pacing=NoPacing())
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    answering = asyncio.create_task(Meter(app.desks.storage.engine.sync_engine).answer())
    await app.run(stop)
    answering.cancel()


if __name__ == "__main__":
    asyncio.run(main())
