"""A server for stories that nobody reads over HTTP."""

import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette


@contextlib.asynccontextmanager
async def serve_nothing(_application: Starlette, _host: str, port: int) -> AsyncIterator[int]:
    """Take the application and listen nowhere."""
    yield port
