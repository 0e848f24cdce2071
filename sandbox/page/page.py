"""The routes of the page: its files, its words, the state, the stream of events, and one address for every verb."""

import json
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.page.asking import RefusedError, malformed
from sandbox.page.case_files import show_cases
from sandbox.page.events import stream
from sandbox.page.guard import Guard
from sandbox.page.state import show_world
from sandbox.page.verbs import carry_out
from sandbox.page.words import LANGUAGES, texts
from sandbox.scene import Scene

STATIC = Path(__file__).parent / "static"
LARGEST = 16 * 1024 * 1024


def page_routes(scene: Scene) -> Sequence[BaseRoute]:
    """Return the routes by which a scene is seen and played."""
    page = Page(scene)
    routes = [
        Route("/", page.index),
        Route("/words/{language}.json", page.words),
        Route("/control/state", page.state),
        Route("/control/events", page.events),
        Route("/control/file/{serial:int}", page.file),
        Route("/control/{verb}", page.act, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    return [Mount("/", Guard(Starlette(routes=routes)))]


class Page:
    """Answers a browser, or a test outside, about one scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    async def index(self, _request: Request) -> Response:
        """Return the page."""
        return FileResponse(STATIC / "index.html")

    async def words(self, request: Request) -> Response:
        """Return the texts of a language."""
        language = request.path_params["language"]
        return JSONResponse(texts(language)) if language in LANGUAGES else PlainTextResponse("", 404)

    async def state(self, request: Request) -> Response:
        """Return everything at once, for who does not listen to the stream."""
        cases = await show_cases(self._scene.desks, _language(request)) if self._scene.desks else []
        return JSONResponse(show_world(self._scene) | {"cases": cases})

    async def events(self, request: Request) -> Response:
        """Return the stream of what happens."""
        return StreamingResponse(stream(self._scene, _language(request)), media_type="text/event-stream")

    async def file(self, request: Request) -> Response:
        """Return a file that somebody sent; whatever it holds, it must not run here."""
        stored = self._scene.world.ground.files.stored(request.path_params["serial"])
        if stored is None:
            return PlainTextResponse("", 404)
        shown = stored.kind in {"photo", "voice", "sticker"}
        headers = {"Content-Security-Policy": "sandbox; default-src 'none'"}
        headers |= {} if shown else {"Content-Disposition": "attachment"}
        return Response(stored.data, headers=headers, media_type=stored.mime if shown else "application/octet-stream")

    async def act(self, request: Request) -> Response:
        """Carry out a verb; what no app would allow is refused with a sentence."""
        try:
            done = await carry_out(self._scene, request.path_params["verb"], await _body(request))
        except RefusedError as refused:
            told = texts(_language(request))[f"refused.{refused.key}"]
            return JSONResponse({"error": refused.key, "text": told}, refused.status)
        return JSONResponse(done)


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


async def _body(request: Request) -> dict[str, object]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise RefusedError("too_large", 413)
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise malformed() from None
    if not isinstance(value, dict):
        raise malformed()
    return value
