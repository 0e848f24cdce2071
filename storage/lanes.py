"""Lanes of the outbox: which letter to each addressee goes next, kept at hand, however many wait.

A lane is what waits for one addressee. In it the more urgent go first; among equals each case has its turn, so that no
case holds up the others however much is said about it; of one case everything goes in the order in which it was posted.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases import CaseId
from domain.letters import Addressee, Letter, Priority
from domain.letters.contents import Digest, Media, News
from storage import schema
from storage.engine import OUTBOX_LOCK, insert_in, queue_up

table = schema.outbox
heads = schema.outbox_heads
WAITS = table.c.ended_at.is_(None)
MAY_GO = (WAITS, table.c.not_before.is_(None))
Where = tuple[ColumnElement[bool], ...]
AHEAD = -1
"""The turn of what is to go before everything of its priority."""
LANE: Where = (WAITS, table.c.addressee == bindparam("lane"), table.c.priority == bindparam("at"))
FIRST_TURN = select(table.c.turn).where(*LANE, table.c.turn > AHEAD).order_by(table.c.turn).limit(1)
LAST_TURN = select(table.c.turn).where(*LANE).order_by(table.c.turn.desc()).limit(1)
LAST_OF_NO_CASE = LAST_TURN.where(table.c.case_id.is_(None))
LAST_OF_CASE = LAST_TURN.where(table.c.case_id == bindparam("case"))
ORDER = (table.c.priority, table.c.turn, table.c.id)
HEAD = (
    select(table.c.id, table.c.priority)
    .where(*MAY_GO, table.c.addressee == bindparam("lane"))
    .order_by(*ORDER)
    .limit(1)
)
DROP = delete(heads).where(heads.c.addressee == bindparam("lane"))


@cache
def _keep_head(dialect: str) -> Any:  # noqa: ANN401 - two classes with the same methods
    add = insert_in(dialect, heads)
    head = {"letter": add.excluded.letter, "priority": add.excluded.priority}
    return add.on_conflict_do_update(index_elements=[heads.c.addressee], set_=head)


class Lanes:
    """The heads of all lanes; those of lanes that a unit of work has changed are found anew at its end.

    `emptied`: of these, the lanes in which nothing is left that may go.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._changed: set[str] = set()
        self.emptied: set[str] = set()

    def note(self, addressees: Iterable[str]) -> None:
        """Note that something has changed for these addressees."""
        self._changed.update(addressees)

    async def turns_of(self, letters: Sequence[Letter]) -> Sequence[int]:
        """Return the turns of new letters: after what waits of their case, and not before whose turn it is now."""
        turns = []
        known: dict[tuple[Addressee, Priority], tuple[int, dict[int | None, int]]] = {}
        for letter in letters:
            if isinstance(letter.content, Digest):
                turns.append(AHEAD)
                continue
            key = letter.to, letter.priority
            if key not in known:
                lane = {"lane": str(letter.to), "at": letter.priority}
                last = await (self._last_of_one(lane, letter.case) if len(letters) == 1 else self._last_of_each(lane))
                known[key] = await self._connection.scalar(FIRST_TURN, lane) or 0, last
            now, last = known[key]
            turns.append(max(now, last.get(letter.case, AHEAD) + 1))
            last[letter.case] = turns[-1]
        return turns

    async def _last_of_one(self, lane: dict[str, Any], case: CaseId | None) -> dict[int | None, int]:
        """Return the last turn of a case in a lane, if anything about it waits there."""
        about = (LAST_OF_NO_CASE, lane) if case is None else (LAST_OF_CASE, lane | {"case": case})
        turn = await self._connection.scalar(*about)
        return {} if turn is None else {case: turn}

    async def _last_of_each(self, lane: dict[str, Any]) -> dict[int | None, int]:
        """Return the last turn of each case that waits in a lane."""
        last = select(table.c.case_id, func.max(table.c.turn)).where(*LANE).group_by(table.c.case_id)
        return {case: turn for case, turn in await self._connection.execute(last, lane)}  # noqa: C416

    async def keep_order(self, letter: Letter) -> None:
        """Let what was said of a case before go before a letter that somebody waits for, and not after it."""
        earlier = (WAITS, table.c.addressee == str(letter.to), table.c.case_id == letter.case)
        said = (table.c.priority == Priority.NEWS, table.c.kind.in_([News.kind, Media.kind]))
        await self._connection.execute(update(table).where(*earlier, *said).values(priority=letter.priority))

    async def first(self, held_back: Sequence[Addressee], limit: int) -> Sequence[Row[tuple[object, ...]]]:
        """Return the letters at the head of lanes that are not held back, the most urgent first."""
        query = select(table).join_from(heads, table, table.c.id == heads.c.letter)
        if held_back:
            query = query.where(heads.c.addressee.not_in([str(to) for to in held_back]))
        rows = await self._connection.execute(query.order_by(heads.c.priority, heads.c.letter).limit(limit))
        return rows.all()

    async def flush(self) -> None:
        """Find the heads of the changed lanes, as the last thing in a unit of work."""
        if not self._changed:
            return
        await queue_up(self._connection, OUTBOX_LOCK)
        for lane in sorted(self._changed):
            await self._find_head(lane)
        self._changed.clear()

    async def _find_head(self, lane: str) -> None:
        found = (await self._connection.execute(HEAD, {"lane": lane})).one_or_none()
        if found is None:
            self.emptied.add(lane)
            await self._connection.execute(DROP, {"lane": lane})
            return
        head = {"addressee": lane, "letter": found.id, "priority": found.priority}
        await self._connection.execute(_keep_head(self._connection.dialect.name), head)
