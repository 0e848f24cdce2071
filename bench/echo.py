"""The yardstick: python-telegram-bot's plain echo behind a webhook, in a process of its own."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Iterator
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

from bench.meter import Meter


async def on_message(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


async def main() -> None:
    """Serve Telegram until told to stop."""
    url = os.environ["MINHU_WEBHOOK_URL"]
    builder = ApplicationBuilder().token(os.environ["MINHU_TOKEN"]).base_url(os.environ["MINHU_API_BASE_URL"])
    application = builder.updater(None).build()
    application.add_handler(MessageHandler(filters.TEXT, on_message))
    server = _server(application, urlsplit(url).port or 0)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    answering, serving = asyncio.create_task(Meter().answer()), asyncio.create_task(server.serve())
    async with application:
        await application.start()
        await application.bot.set_webhook(url)
        await stop.wait()
        server.should_exit = True
        await asyncio.wait([serving])
        await application.stop()
    answering.cancel()


class _Server(uvicorn.Server):
    """A server that leaves the process's signals to us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _server(application: Application, port: int) -> uvicorn.Server:  # type: ignore[type-arg]
    async def receive(request: Request) -> Response:
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return Response()

    web = Starlette(routes=[Route("/hook", receive, methods=["POST"])])
    return _Server(uvicorn.Config(web, port=port, lifespan="off", log_config=None, access_log=False))


if __name__ == "__main__":
    asyncio.run(main())
