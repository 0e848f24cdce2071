"""The meter in a measured process: its processor time, and what it asks its database, told whenever a line comes in."""

import asyncio
import json
import re
import resource
import sys
from collections import Counter
from typing import Any

from sqlalchemy import Engine, event

NUMBERED = re.compile(r"\(\s*(?:\?|\$\d+(?:::\w+)?)(?:,\s*(?:\?|\$\d+(?:::\w+)?))*\s*\)|\?|\$\d+")
MILLISECONDS = 1000


class Meter:
    """Counts what an engine does; without an engine it tells processor time alone."""

    def __init__(self, engine: Engine | None = None) -> None:
        self._statements: Counter[str] = Counter()
        self._transactions = 0
        self._commits = 0
        if engine is not None:
            event.listen(engine, "before_cursor_execute", self._count_statement)
            event.listen(engine, "begin", self._count_transaction)
            event.listen(engine, "commit", self._count_commit)

    async def answer(self) -> None:
        """Answer every line on standard input with the figures until now, as one line of JSON."""
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
        while await lines.readline():
            print(json.dumps(self._figures()), flush=True)

    def _figures(self) -> dict[str, Any]:
        used = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "processor": (used.ru_utime + used.ru_stime) * MILLISECONDS,
            "transactions": self._transactions,
            "commits": self._commits,
            "statements": self._statements,
        }

    def _count_statement(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:  # noqa: ANN401
        if not statement.startswith("BEGIN"):
            self._statements[NUMBERED.sub("?", " ".join(statement.split()))] += 1

    def _count_transaction(self, _connection: Any) -> None:  # noqa: ANN401
        """Count the statement that begins it as well, whoever sends it and together with what."""
        self._transactions += 1
        self._statements["BEGIN"] += 1

    def _count_commit(self, _connection: Any) -> None:  # noqa: ANN401
        self._commits += 1
