"""The Bot API over HTTP, on loopback only."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import formatdate

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.api import OK
from sandbox.errors import AnswerLostError, ApiError, UnreachableError, not_found
from sandbox.forms import read_body
from sandbox.jsons import Json
from sandbox.world import World

HOST = "127.0.0.1"
POLL = "getupdates"
FAREWELL = 0.3

Answer = tuple[int, Json]


@dataclass(frozen=True)
class Address:
    """Where a served world is found."""

    port: int

    @property
    def root(self) -> str:
        """The server's root."""
        return f"http://{HOST}:{self.port}"

    @property
    def base_url(self) -> str:
        """What clients put before the token when they call a method."""
        return f"{self.root}/bot"

    @property
    def file_url(self) -> str:
        """What clients put before the token when they fetch a file."""
        return f"{self.root}/file/bot"


@asynccontextmanager
async def serve(world: World, port: int = 0, routes: Sequence[BaseRoute] = ()) -> AsyncIterator[Address]:
    """Serve a world in the running loop, on a free port unless one is given, with further pages if there are any.

    At the end the world is closed: its webhooks deliver no more.
    """
    door = Door(world, port, routes)
    await door.open()
    world.faults.on_switch.append(door.switch)
    try:
        yield Address(door.port)
    finally:
        world.faults.on_switch.remove(door.switch)
        await door.close()
        await world.close()


class Door:
    """The listening server: while the world's faults keep it down, connections are refused."""

    def __init__(self, world: World, port: int, routes: Sequence[BaseRoute]) -> None:
        self.port = port
        config = uvicorn.Config(
            application(world, self.break_off, routes),
            http=H11Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
        )
        config.load()
        self._server = uvicorn.Server(config)  # started and stopped by hand: its own loop would take over the signals
        self._server.lifespan = config.lifespan_class(config)
        self._opening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Listen."""
        listener = socket.create_server((HOST, self.port))
        self.port = listener.getsockname()[1]
        await self._server.startup(sockets=[listener])

    def switch(self, down: bool) -> None:
        """Refuse connections and break those that are open, or let them in again."""
        if down:
            self._shut()
        else:
            # At once: who calls before the server is ready waits in the backlog.
            listener = socket.create_server((HOST, self.port))
            self._opening = asyncio.get_running_loop().create_task(self._server.startup(sockets=[listener]))

    async def close(self) -> None:
        """Stop listening, and let go of everybody."""
        if self._opening:
            await self._opening
        self._shut()
        tasks = list(self._server.server_state.tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=FAREWELL)  # streams end by themselves when they see that nobody listens
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def break_off(self, request: Request) -> None:
        """Abort the connection that a request came by."""
        for connection in list(self._server.server_state.connections):
            if isinstance(connection, H11Protocol) and connection.client == request.scope["client"]:
                connection.transport.abort()

    def _shut(self) -> None:
        for server in self._server.servers:
            server.close()
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()


def application(world: World, break_off: Callable[[Request], None], routes: Sequence[BaseRoute] = ()) -> Starlette:
    """Return the web application: methods, files, and whatever else is to be shown."""

    async def call(request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        try:
            params, files = read_body(request.headers.get("Content-Type", ""), await request.body())
            calling = world.api.call(token, method, dict(request.query_params) | params, files)
            status, body = await (_while_connected(request, calling) if method.lower() == POLL else calling)
        except ApiError as error:
            return _answer(error.code, error.body())
        except (AnswerLostError, UnreachableError):
            break_off(request)
            return Response()
        except ClientDisconnect:  # in the middle of its question: nobody waits for an answer
            return Response()
        return _answer(status, body)

    async def file(request: Request) -> Response:
        try:
            status, data = world.api.file(request.path_params["token"], request.path_params["path"])
        except UnreachableError:
            break_off(request)
            return Response()
        return Response(data) if status == OK else _answer(status, not_found().body())

    async def nothing(_request: Request, _error: Exception) -> Response:
        return _answer(404, not_found().body())

    methods = [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", file),
    ]
    return Starlette(routes=[*methods, *routes], exception_handlers={404: nothing})


async def _while_connected(request: Request, calling: Coroutine[None, None, Answer]) -> Answer:
    """Let a poll end with its connection; any other call is carried out though nobody waits for the answer."""
    poll, leaving = asyncio.ensure_future(calling), asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({poll, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if poll.done():
            return poll.result()
        raise UnreachableError
    finally:
        poll.cancel()
        leaving.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _answer(status: int, body: Json) -> Response:
    now = {"Date": formatdate(usegmt=True)}  # by which bots can tell whether their own clock is right
    return Response(json.dumps(body), status, now, media_type="application/json")
