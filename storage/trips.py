"""SQLite with few trips to aiosqlite's thread: one for each statement, in which a transaction is begun as well.

SQLAlchemy's adapter makes four trips for a statement that returns rows: a cursor, the statement, the rows, the end of
the cursor. Each costs several times what SQLite needs for most of our statements (docs/adr/0027).
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_ss_cursor,
)
from sqlalchemy.util.concurrency import await_

Ran = tuple[Sequence[Any], Any, int, int | None]


class TripCursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor that has fetched all rows when a statement has run, and holds nothing open."""

    __slots__ = ("_lastrowid", "_rowcount", "_shape")

    _adapt_connection: "TripConnection"

    def __init__(self, adapt_connection: "TripConnection") -> None:
        self._adapt_connection = adapt_connection
        self._rows: deque[Any] = deque()
        self._shape: Any = None
        self._rowcount = -1
        self._lastrowid: int | None = None

    @property
    def description(self) -> Any:  # noqa: ANN401
        """The columns of the rows; None for a statement that returns none."""
        return self._shape

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._rowcount

    @property
    def lastrowid(self) -> int:
        """The id of the row that was inserted last."""
        return self._lastrowid or 0

    def execute(self, operation: Any, parameters: Any = None) -> None:  # noqa: ANN401
        """Run one statement."""
        self._run(lambda connection: connection.execute(operation, parameters or ()))

    def executemany(self, operation: Any, seq_of_parameters: Any) -> None:  # noqa: ANN401
        """Run one statement for several rows."""
        self._run(lambda connection: connection.executemany(operation, seq_of_parameters))

    def close(self) -> None:
        """Forget what was fetched."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Do nothing: nothing is held open."""

    def _run(self, statement: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> None:
        def run(connection: sqlite3.Connection, beginning: str) -> Ran:
            if beginning:
                connection.execute(beginning)
            cursor = statement(connection)
            rows = cursor.fetchall() if cursor.description else ()
            cursor.close()
            return rows, cursor.description, cursor.rowcount, cursor.lastrowid

        rows, self._shape, self._rowcount, self._lastrowid = self._adapt_connection.run(run)
        self._rows = deque(rows)


class StreamCursor(AsyncAdapt_aiosqlite_ss_cursor):
    """A cursor that streams rows, with trips of its own: one before the others to begin."""

    __slots__ = ()

    def execute(self, operation: Any, parameters: Any = None) -> Any:  # noqa: ANN401
        """Run one statement."""
        adapt: Any = self._adapt_connection
        adapt.run(_begin)
        return super().execute(operation, parameters)


class TripConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose statements are run, and their rows fetched, in one trip each."""

    __slots__ = ("_beginning", "_used")

    _cursor_cls: Any = TripCursor
    _ss_cursor_cls: Any = StreamCursor

    def __init__(self, dbapi: Any, connection: Any) -> None:  # noqa: ANN401
        super().__init__(dbapi, connection)
        self._beginning = ""
        self._used = False

    def begin(self, statement: str) -> None:
        """Begin a transaction with this statement, together with the first that is run in it."""
        self._beginning = statement

    def commit(self) -> None:
        """Commit; where nothing was run that needs no trip."""
        if self._is_used_up():
            super().commit()

    def rollback(self) -> None:
        """Roll back; where nothing was run that needs no trip."""
        if self._is_used_up():
            super().rollback()

    def _is_used_up(self) -> bool:
        """Whether anything was run, or set out to be, since the last end of a transaction; and begin anew."""
        used, self._used, self._beginning = self._used, False, ""
        return used

    def run(self, run: Callable[[sqlite3.Connection, str], Ran]) -> Ran:
        """Run a function over SQLite's own connection in aiosqlite's thread."""
        beginning, self._beginning, self._used = self._beginning, "", True
        try:
            ran: Ran = await_(self._connection._execute(run, self._connection._conn, beginning))  # noqa: SLF001
        except Exception as error:  # noqa: BLE001 - the adapter knows them all
            self._handle_exception(error)
        return ran


def _begin(connection: sqlite3.Connection, beginning: str) -> Ran:
    if beginning:
        connection.execute(beginning)
    return (), None, 0, None


def connect(dialect: Dialect, _record: object, arguments: Any, named: Any) -> TripConnection:  # noqa: ANN401
    """Connect as the dialect does, by few trips from then on; for SQLAlchemy's event `do_connect`."""
    connection: Any = dialect.connect(*arguments, **named)
    return TripConnection(connection.dbapi, connection.driver_connection)
