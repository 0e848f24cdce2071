"""Which cases are worked on as one with which: memberships begin and end, and stay (docs/adr/0026)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.assignments import Because
from domain.cases.case import TO_BE_DONE, Case, CaseId, Membership, State
from domain.cases.deadlines import Deadline
from domain.cases.followers import Followers
from domain.people.person import PersonId
from storage import schema

table = schema.memberships
cases = schema.cases
IS_UNDER_WAY = table.c.ended_at.is_(None)
IS_TO_BE_DONE = cases.c.state.in_(sorted(TO_BE_DONE))
PREFIX = "membership_"
NUMBERS = (
    select(cases.c.number)
    .join(table, table.c.case_id == cases.c.id)
    .where(table.c.main_id == bindparam("main"), IS_UNDER_WAY)
    .order_by(cases.c.id)
    .limit(bindparam("most"))
)
RESIDENTS = (
    select(cases.c.id, cases.c.resident)
    .join(table, table.c.case_id == cases.c.id)
    .where(table.c.main_id == bindparam("main"), IS_UNDER_WAY, cases.c.closed_at.is_(None))
    .order_by(cases.c.id)
)
TO_FOLLOW = (
    select(cases.c.id)
    .join(table, table.c.case_id == cases.c.id)
    .where(table.c.main_id == bindparam("main"), IS_UNDER_WAY, IS_TO_BE_DONE)
    .order_by(cases.c.id)
    .limit(bindparam("most"))
)
NEXT_TURN = select(func.coalesce(func.max(table.c.turn), 0) + 1).where(table.c.case_id == bindparam("of"))
BEGIN = insert(table).values(turn=NEXT_TURN.scalar_subquery())
END = (
    update(table)
    .where(table.c.case_id == bindparam("of"), IS_UNDER_WAY)
    .values(ended_at=bindparam("at"), ended_because=bindparam("why"))
)


def _count() -> Any:  # noqa: ANN401
    """Return the query for how things stand with the followers of main cases; whoever has withdrawn is none."""
    main = cases.alias("main")
    has_nudged = cases.c.nudged_at.is_not(None) & (cases.c.resident != main.c.resident)
    still_ahead = IS_TO_BE_DONE & (table.c.resolve_by > table.c.begun_at)
    return (
        select(
            table.c.main_id,
            func.count(func.distinct(cases.c.resident)).filter(cases.c.resident != main.c.resident).label("residents"),
            func.count().filter(cases.c.state == State.CONFIRMED).label("confirmed"),
            func.count(func.distinct(cases.c.resident)).filter(has_nudged).label("nudged"),
            func.count().filter(IS_TO_BE_DONE).label("to_be_done"),
            func.count().filter(cases.c.state == State.RESOLVED).label("asked"),
            func.min(table.c.resolve_warn_at).filter(still_ahead).label("warn_at"),
            func.min(table.c.resolve_by).filter(still_ahead).label("due_at"),
        )
        .join(cases, cases.c.id == table.c.case_id)
        .join(main, main.c.id == table.c.main_id)
        .where(table.c.main_id.in_(bindparam("mains", expanding=True)), IS_UNDER_WAY)
        .where(cases.c.state != State.WITHDRAWN)
        .group_by(table.c.main_id)
    )


COUNT = _count()


def has_followers() -> Any:  # noqa: ANN401
    """Return the condition that others are worked on as one with a case."""
    theirs = table.alias("theirs")
    return exists().where(theirs.c.main_id == cases.c.id, theirs.c.ended_at.is_(None)).correlate(cases)


def has_overdue_follower(now: datetime | None) -> Any:  # noqa: ANN401
    """Return the condition that what one that is worked on as one with a case was promised is past, and not done."""
    theirs, follower = table.alias("promised"), cases.alias("follower")
    is_past = (theirs.c.resolve_by <= now) & (theirs.c.resolve_by > theirs.c.begun_at)
    is_to_be_done = follower.c.state.in_(sorted(TO_BE_DONE)) & (follower.c.id == theirs.c.case_id)
    found = exists().where(theirs.c.main_id == cases.c.id, theirs.c.ended_at.is_(None), is_past, is_to_be_done)
    return found.correlate(cases)


async def followers_of(connection: AsyncConnection, mains: Sequence[int]) -> Mapping[CaseId, Followers]:
    """Return how things stand with the followers of these main cases."""
    rows = (await connection.execute(COUNT, {"mains": mains})).mappings().all()
    return {CaseId(row["main_id"]): _followers(row) for row in rows}


async def keep(connection: AsyncConnection, case: Case, before: Membership | None, now: datetime) -> None:
    """Let a case belong to its main case, and to none that it belonged to before."""
    if case.merged == before:
        return
    if before is not None and case.merged is not None and case.merged.main == before.main:
        if case.merged.resolve == before.resolve:
            return
        promised = {"resolve_warn_at": case.merged.resolve.warn_at, "resolve_by": case.merged.resolve.due_at}
        await connection.execute(update(table).where(table.c.case_id == case.id, IS_UNDER_WAY).values(promised))
        return
    if before is not None:
        why = Because.MERGED if case.merged else case.responsible.begun_because
        await connection.execute(END, {"of": case.id, "at": now, "why": why})
    if case.merged is not None:
        await connection.execute(BEGIN, {"of": case.id} | _to_row(case.id, case.merged, now))


def from_row(row: RowMapping) -> Membership | None:
    """Return the membership that a row of a case carries, if any is under way."""
    if row["main_id"] is None:
        return None
    promised = Deadline(row[PREFIX + "warn_at"], row[PREFIX + "due_at"], row[PREFIX + "since"])
    return Membership(CaseId(row["main_id"]), row["main_number"], promised, row["urgent"])


def _to_row(case: CaseId, membership: Membership, now: datetime) -> dict[str, Any]:
    return {
        "case_id": case,
        "main_id": membership.main,
        "begun_at": now,
        "resolve_since": membership.resolve.since,
        "resolve_warn_at": membership.resolve.warn_at,
        "resolve_by": membership.resolve.due_at,
    }


def _followers(row: RowMapping) -> Followers:
    return Followers(
        residents=row["residents"],
        confirmed=row["confirmed"],
        nudged=row["nudged"],
        to_be_done=row["to_be_done"],
        asked=row["asked"],
        resolve=Deadline(row["warn_at"], row["due_at"]) if row["due_at"] is not None else None,
    )


class Memberships:
    """The port `domain.ports.cases.Memberships` over SQL."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def numbers_of(self, main: CaseId, limit: int) -> Sequence[str]:
        return list(await self._connection.scalars(NUMBERS, {"main": main, "most": limit}))

    async def residents_of(
        self, main: CaseId, *, reported_at: datetime | None = None
    ) -> Sequence[tuple[CaseId, PersonId]]:
        asked = RESIDENTS.where(cases.c.state == State.RESOLVED, cases.c.resolved_at == reported_at)
        rows = await self._connection.execute(asked if reported_at else RESIDENTS, {"main": main})
        return [(CaseId(case), PersonId(resident)) for case, resident in rows]

    async def to_follow(self, main: CaseId, limit: int) -> Sequence[CaseId]:
        return [CaseId(case) for case in await self._connection.scalars(TO_FOLLOW, {"main": main, "most": limit})]

    async def move(self, old: CaseId, new: CaseId) -> None:
        promised = [table.c.resolve_since, table.c.resolve_warn_at, table.c.resolve_by]
        begun_at = literal(self._now, table.c.begun_at.type)
        theirs = select(table.c.case_id, table.c.turn + 1, literal(new), begun_at, *promised)
        columns = ["case_id", "turn", "main_id", "begun_at", *(column.name for column in promised)]
        ended = update(table).where(table.c.main_id == old, IS_UNDER_WAY)
        await self._connection.execute(ended.values(ended_at=self._now, ended_because=Because.MERGED))
        just_ended = (table.c.main_id == old, table.c.ended_at == self._now, table.c.ended_because == Because.MERGED)
        await self._connection.execute(insert(table).from_select(columns, theirs.where(*just_ended)))

    async def prolong(self, main: CaseId, resolve: Deadline) -> None:
        earlier = (table.c.main_id == main, IS_UNDER_WAY, table.c.resolve_by < resolve.due_at)
        granted = {"resolve_since": resolve.since, "resolve_warn_at": resolve.warn_at, "resolve_by": resolve.due_at}
        await self._connection.execute(update(table).where(*earlier).values(granted))

    async def lift_urgency(self, main: CaseId, resolve: Deadline) -> Sequence[tuple[CaseId, PersonId]]:
        theirs = select(table.c.case_id).where(table.c.main_id == main, IS_UNDER_WAY)
        calm = (
            update(cases)
            .where(cases.c.id.in_(theirs), cases.c.urgent)
            .values(urgent=False, version=cases.c.version + 1)
        )
        lifted = await self._connection.execute(calm.returning(cases.c.id, cases.c.resident, cases.c.state))
        to_be_done = {case: resident for case, resident, state in lifted if state in TO_BE_DONE}
        if not to_be_done:
            return ()
        sooner = (table.c.case_id.in_(to_be_done), IS_UNDER_WAY, table.c.resolve_by < resolve.due_at)
        usual = {"resolve_since": resolve.since, "resolve_warn_at": resolve.warn_at, "resolve_by": resolve.due_at}
        prolong = update(table).where(*sooner, table.c.resolve_by > self._now).values(usual).returning(table.c.case_id)
        prolonged = sorted(await self._connection.scalars(prolong))
        return [(CaseId(case), PersonId(to_be_done[case])) for case in prolonged]
