"""What falls due."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, RowMapping, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.backoff import back_off
from domain.cases.case import CaseId
from domain.cases.drafts import DraftId
from domain.cases.followups import Due, FollowUp, FollowUpId
from storage import schema
from storage.engine import later

table = schema.followups
PLAN = later(table.insert())
OF_DRAFT = table.c.draft_id == bindparam("draft")
CANCEL_DRAFT = later(delete(table).where(OF_DRAFT))
CANCEL_OF_DRAFT = later(delete(table).where(OF_DRAFT, table.c.what == bindparam("kind")))
AWAITED = select(func.count()).where(OF_DRAFT, table.c.what == bindparam("kind"))
OF_CASE = (
    table.c.case_id == bindparam("case"),
    table.c.turn.is_(None) | table.c.turn.in_(bindparam("turns", expanding=True)),
)
CANCEL = later(delete(table).where(*OF_CASE))
CANCEL_SOME = later(delete(table).where(*OF_CASE, table.c.what.in_(bindparam("kinds", expanding=True))))
IS_DUE = table.c.due_at <= bindparam("by")
IN_ORDER = (table.c.due_at, table.c.id)
DUE = select(table.c.id).where(IS_DUE).order_by(*IN_ORDER).limit(bindparam("most"))
NEXT_AT = select(func.min(table.c.due_at))
FIRST = select(table.c.id).where(table.c.case_id == bindparam("case"), IS_DUE).order_by(*IN_ORDER).limit(1)
TAKE = delete(table).where(table.c.id == bindparam("this"), IS_DUE).returning(table)
TAKE_NEXT = delete(table).where(table.c.id == FIRST.scalar_subquery()).returning(table)
PLANNED = select(func.count()).where(table.c.what == bindparam("kind"))
MOVE = update(table).where(table.c.id == bindparam("this")).values(due_at=bindparam("at"))
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


class FollowUps:
    """The port `domain.ports.FollowUps` over SQL."""

    def __init__(self, connection: AsyncConnection, now: datetime, touched: set[str]) -> None:
        self._connection = connection
        self._now = now
        self._touched = touched
        self.planned_from: datetime | None = None

    async def plan(self, rows: Iterable[FollowUp]) -> None:
        rows = [*rows]
        self.planned_from = earliest(self.planned_from, *(row.due_at for row in rows))
        planned = [
            {
                "what": row.what,
                "due_at": row.due_at,
                "case_id": row.case,
                "turn": row.turn,
                "draft_id": row.draft,
                "step": row.step,
                "planned_at": self._now,
            }
            for row in rows
        ]
        if planned:
            self._touched.add("followups")
            await self._connection.execute(PLAN, planned)

    async def cancel(self, case: CaseId, turns: Collection[int], what: Collection[Due] = ()) -> None:
        whose = {"case": case, "turns": [*turns]}
        if what:
            await self._connection.execute(CANCEL_SOME, {**whose, "kinds": [*what]})
        else:
            await self._connection.execute(CANCEL, whose)

    async def cancel_draft(self, draft: DraftId, what: Due | None = None) -> None:
        if what is None:
            await self._connection.execute(CANCEL_DRAFT, {"draft": draft})
        else:
            await self._connection.execute(CANCEL_OF_DRAFT, {"draft": draft, "kind": what})

    async def awaits(self, draft: DraftId, what: Due) -> bool:
        return bool(await self._connection.scalar(AWAITED, {"draft": draft, "kind": what}))

    async def take(self, follow_up: FollowUpId, now: datetime) -> FollowUp | None:
        return _taken(await self._connection.execute(TAKE, {"this": follow_up, "by": now}))

    async def take_next(self, case: CaseId, now: datetime) -> FollowUp | None:
        return _taken(await self._connection.execute(TAKE_NEXT, {"case": case, "by": now}))

    async def waiting_after(self, last: FollowUpId, limit: int) -> Sequence[FollowUp]:
        waiting = (
            select(table).where(table.c.id > last, table.c.what.in_(sorted(Due))).order_by(table.c.id).limit(limit)
        )
        return [_from_row(row) for row in (await self._connection.execute(waiting)).mappings()]

    async def move(self, rows: Sequence[FollowUp]) -> None:
        if rows:
            self.planned_from = earliest(self.planned_from, *(row.due_at for row in rows))
            self._touched.add("followups")
            await self._connection.execute(MOVE, [{"this": row.id, "at": row.due_at} for row in rows])

    async def due(self, now: datetime, limit: int) -> Sequence[FollowUpId]:
        """Return what is due, in the order in which it fell due."""
        return [FollowUpId(row) for row in await self._connection.scalars(DUE, {"by": now, "most": limit})]

    async def next_due_at(self) -> datetime | None:
        """Return when the next row falls due."""
        at: datetime | None = await self._connection.scalar(NEXT_AT)
        return at

    async def is_planned(self, what: Due) -> bool:
        """Whether something of this kind is still to come."""
        return bool(await self._connection.scalar(PLANNED, {"kind": what}))

    async def put_off(self, follow_up: FollowUpId, now: datetime) -> None:
        """Try a row that failed again later: after a minute, then ever more slowly, at most after an hour."""
        failures = (await self._connection.scalar(select(table.c.attempts).where(table.c.id == follow_up)) or 0) + 1
        wait = back_off(failures, FIRST_WAIT, LONGEST_WAIT)
        put_off = update(table).where(table.c.id == follow_up)
        await self._connection.execute(put_off.values(due_at=now + wait, attempts=failures))

    async def bring_forward(self, what: Due, latest: datetime, now: datetime) -> None:
        """Let what falls due later than it ever should do so now: the clock was put back since it was planned."""
        late = update(table).where(table.c.what == what, table.c.due_at > latest)
        await self._connection.execute(late.values(due_at=now))

    async def failing(self) -> dict[str, int]:
        """Return how many rows have failed and are tried again, by what they are to do."""
        query = select(table.c.what, func.count()).where(table.c.attempts > 0).group_by(table.c.what)
        return {str(what): int(count) for what, count in await self._connection.execute(query)}


def _taken(found: CursorResult[Any]) -> FollowUp | None:
    row = found.mappings().one_or_none()
    return None if row is None else _from_row(row)


def _from_row(row: RowMapping) -> FollowUp:
    return FollowUp(
        what=Due(row["what"]),
        due_at=row["due_at"],
        case=row["case_id"],
        turn=row["turn"],
        draft=row["draft_id"],
        step=row["step"],
        id=row["id"],
        planned_at=row["planned_at"],
    )


def earliest(*moments: datetime | None) -> datetime | None:
    """Return the earliest of these moments; None if there is none."""
    return min((moment for moment in moments if moment is not None), default=None)
