"""SQLite with few trips to aiosqlite's thread: one for each statement, in which a transaction is begun as well.

SQLAlchemy's adapter makes four trips for a statement that returns rows: a cursor, the statement, the rows, the end of
the cursor. Each costs several times what SQLite needs for most of our statements (docs/adr/0027). A statement of which
nobody needs to know what came of it goes along with the next one, or with the commit (docs/adr/0032).
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Dialect
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_ss_cursor,
)
from sqlalchemy.util.concurrency import await_

T = TypeVar("T")
LATER = "later"
"""The execution option of a statement of which nobody needs to know what came of it."""
Statement = Callable[[sqlite3.Connection], sqlite3.Cursor]
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

    def put_off(self, statement: Statement) -> None:
        """Let a statement run with the next one, or with the commit."""
        self._adapt_connection.later.append(statement)
        await_(_nothing())  # SQLAlchemy insists on it

    def _run(self, statement: Statement) -> None:
        def run(connection: sqlite3.Connection) -> Ran:
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
        adapt.run(lambda _connection: None)
        return super().execute(operation, parameters)


class TripConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose statements are run, and their rows fetched, in one trip each."""

    __slots__ = ("_beginning", "_used", "later")

    _cursor_cls: Any = TripCursor
    _ss_cursor_cls: Any = StreamCursor

    def __init__(self, dbapi: Any, connection: Any) -> None:  # noqa: ANN401
        super().__init__(dbapi, connection)
        self._beginning = ""
        self._used = False
        self.later: list[Statement] = []

    def begin(self, statement: str) -> None:
        """Begin a transaction with this statement, together with the first that is run in it."""
        self._beginning = statement

    def commit(self) -> None:
        """Commit, after what was put off; where nothing was run that needs no trip."""
        if self._used or self.later:
            self.run(sqlite3.Connection.commit)
        self._end()

    def rollback(self) -> None:
        """Roll back; where nothing was run that needs no trip."""
        used = self._used
        self._end()
        if used:
            super().rollback()

    def _end(self) -> None:
        self._used, self._beginning = False, ""
        self.later.clear()

    def run(self, last: Callable[[sqlite3.Connection], T]) -> T:
        """Run a function over SQLite's own connection in aiosqlite's thread, after what was put off."""
        beginning, before = self._beginning, [*self.later]
        self._beginning, self._used = "", True
        self.later.clear()

        def run(connection: sqlite3.Connection) -> T:
            if beginning:
                connection.execute(beginning)
            for statement in before:
                statement(connection).close()
            return last(connection)

        try:
            ran: T = await_(self._connection._execute(run, self._connection._conn))  # noqa: SLF001
        except Exception as error:  # noqa: BLE001 - the adapter knows them all
            self._handle_exception(error)
        return ran


async def _nothing() -> None:
    pass


def put_off(cursor: TripCursor, operation: Any, parameters: Any, context: Any) -> bool:  # noqa: ANN401
    """Put off a statement that is marked so; for SQLAlchemy's event `do_execute`."""
    if context is None or not context.execution_options.get(LATER):
        return False
    cursor.put_off(lambda connection: connection.execute(operation, parameters))
    return True


def put_off_many(cursor: TripCursor, operation: Any, parameters: Any, context: Any) -> bool:  # noqa: ANN401
    """Put off a statement for several rows that is marked so; for SQLAlchemy's event `do_executemany`."""
    if context is None or not context.execution_options.get(LATER):
        return False
    cursor.put_off(lambda connection: connection.executemany(operation, parameters))
    return True


def connect(dialect: Dialect, _record: object, arguments: Any, named: Any) -> TripConnection:  # noqa: ANN401
    """Connect as the dialect does, by few trips from then on; for SQLAlchemy's event `do_connect`."""
    connection: Any = dialect.connect(*arguments, **named)
    return TripConnection(connection.dbapi, connection.driver_connection)
