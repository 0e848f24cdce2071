"""The guard before the page: only this machine's own pages and programs may ask, and nothing runs that is not ours."""

import asyncio
import contextlib
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
)


class Guard:
    """Refuses names that were rebound to loopback, and requests that another site's page makes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        headers = Headers(scope=scope)
        refusal = _wrong_host(headers) or (_wrong_post(headers) if scope["method"] == "POST" else None)
        if refusal:
            await PlainTextResponse(*refusal)(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                written = MutableHeaders(scope=message)
                written["X-Content-Type-Options"] = "nosniff"
                written["Referrer-Policy"] = "no-referrer"
                written.setdefault("Content-Security-Policy", POLICY)
                written.setdefault("Cache-Control", "no-cache")
            await send(message)

        with contextlib.suppress(asyncio.CancelledError):  # at the end of the sandbox nobody waits for the answer
            await self._app(scope, receive, send_safely)


def _wrong_host(headers: Headers) -> tuple[str, int] | None:
    """Refuse any name but loopback's own: a stranger's name may have been pointed here (DNS rebinding)."""
    name = urlsplit(f"//{headers.get('Host', '')}").hostname
    return None if name in LOOPBACK else ("this page is served to 127.0.0.1 only\n", 403)


def _wrong_post(headers: Headers) -> tuple[str, int] | None:
    origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site", "same-origin")
    if site not in {"same-origin", "none"} or origin not in {None, f"http://{headers.get('Host')}"}:
        return "only the sandbox's own page may ask for this\n", 403
    if headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
        return "send JSON, with Content-Type: application/json\n", 415
    return None
