"""Every difference between SQLite and PostgreSQL: how to connect, begin, insert-or-update, lock, and try again."""

import asyncio
import contextlib
import fcntl
import math
import os
import sqlite3
import time
from collections.abc import AsyncIterator
from errno import EISDIR
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Table, event, func, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage import trips

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
PARAMETERS = {"host": "host", "port": "port", "user": "user", "password": "password", "ssl": "ssl", "sslmode": "ssl"}
"""libpq's parameters that may stand behind the `?` of a PostgreSQL address, and what asyncpg calls them."""
BUSY_TIMEOUT_SECONDS = 10
LOCK_WATCHED_SECONDS = 2
TRIED_OUT_AFTER_SECONDS = 1.0
PRIMARY = 0xFF  # the part of SQLite's codes that tells the kind of failure
DESK_LOCK = 6_446_486  # "minhu" on a telephone's keys: the advisory lock that the one running desk holds
INBOX_LOCK, OUTBOX_LOCK = DESK_LOCK + 1, DESK_LOCK + 2
TAKE_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
PASSING_STATES = {
    "25006",  # read only for now: the other server has taken over
    "40001",  # serialization failure
    "40003",  # nobody can say whether it was kept
    "40P01",  # deadlock: the other one won
    "55P03",  # lock not available
    "57014",  # cancelled by whoever looks after the server
    "57P01",  # server is shutting down
    "57P02",
    "57P03",
    "57P05",  # idle for too long
    "58030",  # the server's disk gives no answer
}
PASSING_CLASSES = {
    "08",  # no connection
    "53",  # out of disk, memory or connections
}
PASSING_CODES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PROTOCOL,  # the file's locks are in a race
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_FULL,  # waits until somebody makes room
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}
"""SQLite's primary result codes: what is wrong with the statement, the tables or the file stays wrong."""


class DatabaseUrlUnknown(ValueError):
    """The setting names no database that we can open."""


class DeskTaken(Exception):
    """Another process already serves this database."""


class DeskLost(Exception):
    """The database has let go of our lock on the desk: another process may serve it by now."""


def parse_url(written: str) -> URL:
    """Read `MINHU_DATABASE_URL`: `sqlite:///path`, or `postgresql://…` with libpq's `?host=/socket/dir` form too.

    Raises:
        DatabaseUrlUnknown: it is neither.
    """
    try:
        url = make_url(written)
        dialect = url.drivername.partition("+")[0]
        url = url.set(drivername=DRIVERS[dialect], query={PARAMETERS[name]: value for name, value in url.query.items()})
        url.get_dialect()().create_connect_args(url)
    except (ArgumentError, ValueError, KeyError) as error:
        raise DatabaseUrlUnknown from error
    if is_sqlite(url) and (url.query or url.database in (None, "", ":memory:")):
        raise DatabaseUrlUnknown
    return url


def is_sqlite(url: URL) -> bool:
    """Whether the database is the embedded one."""
    return url.get_backend_name() == "sqlite"


def is_there(url: URL) -> bool:
    """Whether there is a database to look at; looking must not make one."""
    return not is_sqlite(url) or Path(url.database or "").exists()


def open_engine(url: URL) -> AsyncEngine:
    """Return an engine whose transactions are durable; those marked `writes` take SQLite's write lock at once.

    Raises:
        OSError: the folder of a SQLite file cannot be made, or there is a folder in the file's place.
    """
    if not is_sqlite(url):
        engine = create_async_engine(url, pool_size=10, max_overflow=10, hide_parameters=True)
        event.listen(engine.sync_engine, "checkin", _note_rest)
        event.listen(engine.sync_engine, "checkout", partial(_try_out, engine.sync_engine.dialect))
        return engine
    file = Path(url.database or "")
    if file.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(file))
    file.parent.mkdir(parents=True, exist_ok=True)
    connect = {"isolation_level": None, "timeout": BUSY_TIMEOUT_SECONDS}
    engine = create_async_engine(url, connect_args=connect, pool_size=5, max_overflow=5, hide_parameters=True)
    event.listen(engine.sync_engine, "do_connect", trips.connect)
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    event.listen(engine.sync_engine, "do_execute", trips.put_off)
    event.listen(engine.sync_engine, "do_executemany", trips.put_off_many)
    return engine


def _note_rest(_connection: object, record: Any) -> None:  # noqa: ANN401
    """Note since when a connection is not used."""
    record.info["rests_since"] = time.monotonic()


def _try_out(dialect: Dialect, connection: Any, record: Any, _proxy: object) -> None:  # noqa: ANN401
    """Try a connection out that has not been used for a while; the pool opens another in place of one that is dead."""
    if time.monotonic() < record.info.get("rests_since", math.inf) + TRIED_OUT_AFTER_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


def _set_up_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401
    cursor = connection.cursor()
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
    except Exception:
        connection.close()  # nobody else knows it yet, and its thread would outlive the loop
        raise
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Begin by hand: a deferred BEGIN that writes later fails as locked, whatever the time-out (docs/adr/0004)."""
    writes = connection.get_execution_options().get("writes", False)
    trip: Any = connection.connection.dbapi_connection
    trip.begin("BEGIN IMMEDIATE" if writes else "BEGIN")


def frozen(url: URL) -> dict[str, Any]:
    """Return the options of a connection that sees everything as it is at one moment; SQLite's always do."""
    return {} if is_sqlite(url) else {"isolation_level": "REPEATABLE READ"}


def looking(url: URL) -> dict[str, Any]:
    """Return the options of a connection for looks: in PostgreSQL each statement sees what is there then anyway."""
    return {} if is_sqlite(url) else {"isolation_level": "AUTOCOMMIT"}


def insert(connection: AsyncConnection, table: Table) -> Any:  # noqa: ANN401 - two classes with the same methods
    """Return an INSERT that knows ON CONFLICT in the connection's dialect."""
    return insert_in(connection.dialect.name, table)


def insert_in(dialect: str, table: Table) -> Any:  # noqa: ANN401
    """Return an INSERT that knows ON CONFLICT in a dialect, for statements that are built once."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)


def later(statement: Any) -> Any:  # noqa: ANN401 - whichever it is
    """Mark a statement of which nobody needs to know what came of it: in SQLite it may go along with the next one."""
    return statement.execution_options(**{trips.LATER: True})


def greatest(dialect: str, *values: ColumnElement[int]) -> ColumnElement[int]:
    """Return the greatest of several values of one row."""
    return (func.max if dialect == "sqlite" else func.greatest)(*values)


async def queue_up(connection: AsyncConnection, lock: int) -> None:
    """Wait until whoever holds this lock has committed, then hold it as long; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(TAKE_LOCK, {"lock": lock})


def is_passing(error: BaseException) -> bool:
    """Whether the database failed for reasons of its own (busy, gone, deadlock), so that trying again may help.

    Its driver's code decides. A table or a column that is not there, or a file that is damaged, does not pass.
    """
    if isinstance(error, PoolTimeout | ConnectionError | asyncio.TimeoutError | OSError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = str(getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None) or "")
    code = getattr(error.orig, "sqlite_errorcode", None)
    return (
        error.connection_invalidated
        or state in PASSING_STATES
        or state[:2] in PASSING_CLASSES
        or (code is not None and code & PRIMARY in PASSING_CODES)
    )


@contextlib.asynccontextmanager
async def hold_desk(engine: AsyncEngine, patience: float = 10.0) -> AsyncIterator[asyncio.Event]:
    """Hold the desk as its only process: two would send every letter twice. The system frees it when we die.

    Yields an event that is set once the lock is lost, as when a PostgreSQL server restarts.

    Raises:
        DeskTaken: another process has held it for longer than `patience` seconds.
    """
    lock = _hold_file(engine.url) if is_sqlite(engine.url) else _hold_advisory(engine)
    deadline = asyncio.get_running_loop().time() + patience
    async with contextlib.AsyncExitStack() as stack:
        while True:
            try:
                lost = await stack.enter_async_context(lock)
                break
            except DeskTaken:
                if asyncio.get_running_loop().time() > deadline:
                    raise
            await asyncio.sleep(0.1)
            lock = _hold_file(engine.url) if is_sqlite(engine.url) else _hold_advisory(engine)
        yield lost


@contextlib.asynccontextmanager
async def _hold_file(url: URL) -> AsyncIterator[asyncio.Event]:
    file = os.open(f"{url.database}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        raise DeskTaken from error
    try:
        yield asyncio.Event()
    finally:
        os.close(file)


@contextlib.asynccontextmanager
async def _hold_advisory(engine: AsyncEngine) -> AsyncIterator[asyncio.Event]:
    async with engine.connect() as connection:
        held = await connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": DESK_LOCK})
        await connection.commit()
        if not held:
            raise DeskTaken
        lost = asyncio.Event()
        watching = asyncio.create_task(_watch(connection, lost))
        try:
            yield lost
        finally:
            watching.cancel()
            await asyncio.wait([watching])
            await connection.invalidate()  # the lock goes with the connection, which must not go back to the pool


async def _watch(connection: AsyncConnection, lost: asyncio.Event) -> None:
    """Ask now and then whether the connection that holds the lock still lives."""
    try:
        while True:
            await asyncio.sleep(LOCK_WATCHED_SECONDS)
            async with asyncio.timeout(LOCK_WATCHED_SECONDS * 5):
                await connection.execute(text("SELECT 1"))
                await connection.commit()
    except Exception:  # noqa: BLE001 - however the connection broke, the lock is gone with it
        lost.set()
