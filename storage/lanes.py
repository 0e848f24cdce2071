"""Lanes of the outbox: which letter to each addressee goes next, kept at hand, however many wait.

A lane is what waits for one addressee. In it the more urgent go first; among equals each case has its turn, so that no
case holds up the others however much is said about it; of one case everything goes in the order in which it was posted.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.letters.contents import Media, News
from domain.letters.letter import Addressee, Letter, Priority
from storage import schema
from storage.engine import OUTBOX_LOCK, greatest, insert_in, later, queue_up

table = schema.outbox
heads = schema.outbox_heads
WAITS = table.c.ended_at.is_(None)
MAY_GO = (WAITS, table.c.not_before.is_(None))
Where = tuple[ColumnElement[bool], ...]
AHEAD = -1
"""The turn of what is to go before everything of its priority."""
HEAD = (
    select(table.c.addressee, table.c.id, table.c.priority)
    .where(*MAY_GO, table.c.addressee == bindparam("lane"))
    .order_by(table.c.priority, table.c.turn, table.c.id)
    .limit(1)
)
NOTHING_LEFT = ~select(table.c.id).where(*MAY_GO, table.c.addressee == heads.c.addressee).exists()
DROP = (
    delete(heads)
    .where(heads.c.addressee.in_(bindparam("lanes", expanding=True)), NOTHING_LEFT)
    .returning(heads.c.addressee)
)

FIRST = (
    select(table)
    .join_from(heads, table, table.c.id == heads.c.letter)
    .order_by(heads.c.priority, heads.c.letter)
    .limit(bindparam("most"))
)
FIRST_BUT = FIRST.where(heads.c.addressee.not_in(bindparam("held_back", expanding=True)))


@cache
def _keep_head(dialect: str) -> Any:  # noqa: ANN401 - two classes with the same methods
    add = insert_in(dialect, heads).from_select(["addressee", "letter", "priority"], HEAD)
    head = {"letter": add.excluded.letter, "priority": add.excluded.priority}
    return later(add.on_conflict_do_update(index_elements=[heads.c.addressee], set_=head))


def turn_of_new(dialect: str, *, of_case: bool) -> ColumnElement[int]:
    """Return the turn of a new letter: after what waits about its case, and not before whose turn it is now.

    The statement binds `lane` and `at` (the priority), and `about` where the letter is `of_case`.
    """
    waiting = table.alias("waiting")
    turn = waiting.c.turn
    lane: Where = (
        waiting.c.ended_at.is_(None),
        waiting.c.addressee == bindparam("lane"),
        waiting.c.priority == bindparam("at"),
    )
    about = waiting.c.case_id == bindparam("about") if of_case else waiting.c.case_id.is_(None)
    now = select(turn).where(*lane, turn > AHEAD).order_by(turn).limit(1).scalar_subquery()
    last = select(turn).where(*lane, about).order_by(turn.desc()).limit(1).scalar_subquery()
    return greatest(dialect, func.coalesce(now, 0), func.coalesce(last, AHEAD) + 1)


class Lanes:
    """The heads of all lanes; those of lanes that a unit of work has changed are found anew at its end.

    `emptied`: of these, the lanes in which nothing is left that may go.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._changed: set[str] = set()
        self._left: set[str] = set()
        self.emptied: set[str] = set()

    def note(self, addressees: Iterable[str]) -> None:
        """Note that something new waits for these addressees, or waits otherwise."""
        self._changed.update(addressees)

    def note_left(self, addressees: Iterable[str]) -> None:
        """Note that something for these addressees waits no more: it may have been the last."""
        self._left.update(addressees)

    async def keep_order(self, letter: Letter) -> None:
        """Let what was said of a case before go before a letter that somebody waits for, and not after it."""
        earlier = (WAITS, table.c.addressee == str(letter.to), table.c.case_id == letter.case)
        said = (table.c.priority == Priority.NEWS, table.c.kind.in_([News.kind, Media.kind]))
        await self._connection.execute(update(table).where(*earlier, *said).values(priority=letter.priority))

    async def first(self, held_back: Sequence[Addressee], limit: int) -> Sequence[Row[tuple[object, ...]]]:
        """Return the letters at the head of lanes that are not held back, the most urgent first."""
        if not held_back:
            return (await self._connection.execute(FIRST, {"most": limit})).all()
        but = {"most": limit, "held_back": [str(to) for to in held_back]}
        return (await self._connection.execute(FIRST_BUT, but)).all()

    async def flush(self) -> None:
        """Find the heads of the changed lanes, as the last thing in a unit of work."""
        if not self._changed and not self._left:
            return
        await queue_up(self._connection, OUTBOX_LOCK)
        if self._left:
            self.emptied.update(await self._connection.scalars(DROP, {"lanes": sorted(self._left)}))
        if changed := sorted((self._changed | self._left) - self.emptied):
            keep = _keep_head(self._connection.dialect.name)
            await self._connection.execute(keep, [{"lane": lane} for lane in changed])
        self._changed.clear()
        self._left.clear()
