"""What is served over HTTP: the webhook, and health, readiness and metrics."""

import asyncio
import contextlib
import hmac
import json
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.desks import Desks
from bot.intake import Intake
from bot.metrics import Metrics
from bot.pulse import Pulse
from storage.engine import is_passing
from storage.migrations import is_current

log = structlog.get_logger()

READY_SILENCE_SECONDS = 60.0
LARGEST_UPDATE = 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class AddressInUse(OSError):
    """Something else listens on the address of `MINHU_LISTEN`."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram delivers in webhook mode, and the secret by which we know that it is Telegram."""

    url: str
    secret: str

    @property
    def path(self) -> str:
        """The path of the public address, under which we listen."""
        return urlsplit(self.url).path or "/"


@dataclass(frozen=True, slots=True)
class Web:
    """The pages of one process."""

    desks: Desks
    metrics: Metrics
    pulse: Pulse
    intake: Intake | None = None
    webhook: Webhook | None = None

    def application(self) -> Starlette:
        """Return the application with its routes."""
        routes = [
            Route("/healthz", self._healthz),
            Route("/readyz", self._readyz),
            Route("/metrics", self._metrics),
        ]
        if self.webhook is not None:
            routes.append(Route(self.webhook.path, self._webhook, methods=["POST"]))
        return Starlette(routes=routes)

    async def _healthz(self, _request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _readyz(self, _request: Request) -> Response:
        """Answer 200 if the database answers, its schema is current, and Telegram has answered in the last minute."""
        storage = self.desks.storage
        lacking = []
        if not await storage.answers():
            lacking.append("database")
        elif not await is_current(storage.engine):
            lacking.append("migrations")
        if self.pulse.silence > READY_SILENCE_SECONDS:
            lacking.append("telegram")
        return PlainTextResponse("\n".join(lacking or ["ready"]) + "\n", 503 if lacking else 200)

    async def _metrics(self, _request: Request) -> Response:
        try:
            async with self.desks.reading() as (_, work):
                shown = self.metrics.show(
                    await work.inbox.counts(),
                    await work.outbox.counts(),
                    await work.attachments.missing(),
                    await work.cases.count_open_in(None),
                    self.pulse.silence,
                )
        except Exception as error:
            if not is_passing(error):
                raise
            return PlainTextResponse("database\n", 503)
        return Response(shown, media_type="text/plain; version=0.0.4; charset=utf-8")

    async def _webhook(self, request: Request) -> Response:
        """Keep an update and only then say that it arrived; anything but 200 makes Telegram send it again."""
        assert self.webhook is not None
        assert self.intake is not None
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self.webhook.secret.encode()):
            return PlainTextResponse("wrong secret\n", 403)
        update = _read_update(await _body(request))
        if update is None:
            return PlainTextResponse("no update\n", 400)
        try:
            await self.intake.receive([update])
        except Exception:
            log.exception("an update could not be kept")
            return PlainTextResponse("try again\n", 503)
        self.pulse.beat()
        return PlainTextResponse("ok\n")


async def _body(request: Request) -> bytes | None:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_UPDATE:
            return None
    return body


def _read_update(body: bytes | None) -> dict[str, Any] | None:
    """Return the update of a delivery; None where there is none in it."""
    try:
        update = json.loads(body or b"")
    except (ValueError, RecursionError):
        return None
    return update if isinstance(update, dict) and type(update.get("update_id")) is int else None


Serve = Callable[[Starlette, str, int], contextlib.AbstractAsyncContextManager[int]]
"""Serves an application on a host and port as long as the context is open, and yields the port."""


class _Server(uvicorn.Server):
    """A server that leaves the process's signals to us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serve(application: Starlette, host: str, port: int) -> AsyncIterator[int]:
    """Serve an application on this address as long as the context is open; yields the port.

    Raises:
        AddressInUse: something else listens there.
    """
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise AddressInUse(f"{host}:{port}") from error
    config = uvicorn.Config(
        application, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1, server_header=False
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve([listening]))
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await task
        listening.close()
