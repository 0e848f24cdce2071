"""Cases in their table, each read and written together with the assignment of the unit responsible."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy import case as when
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.assignments import Assignment, Because
from domain.cases.case import BEING_WORKED_ON, Case, CaseId, Membership, State
from domain.cases.likeness import Glance
from domain.cases.listing import EVERY, Shown
from domain.cases.numbers import format_number
from domain.people.person import PersonId, UnitCode
from storage import assignments, glances, schema
from storage import memberships as belonging
from storage.case_lists import (
    BESIDE,
    DUE_AT,
    IS_BESIDE,
    IS_OPEN,
    IS_UNDER_WAY,
    about_the_same,
    follows_one_of,
    listed,
    with_units,
)
from storage.case_queries import (
    ADD,
    ASSISTING,
    COUNT_OPEN_OF_RESIDENT,
    HOLD,
    HOLD_NUMBERED,
    ID_OF,
    LOOK,
    OPEN_OF_RESIDENT,
    SAVE,
    WHOLE,
    held,
)
from storage.case_rows import from_row, is_stale, to_row
from storage.engine import insert_in
from storage.looks import Looks

table = schema.cases
given = schema.assignments


@cache
def _count_up(dialect: str) -> Any:  # noqa: ANN401 - two classes with the same methods
    counter = schema.counters
    add = insert_in(dialect, counter)
    counted = add.on_conflict_do_update(index_elements=[counter.c.name], set_={"value": counter.c.value + 1})
    return counted.returning(counter.c.value)


class CaseChanged(Exception):
    """The case was changed since it was read: the guard against two at once."""


class Cases:
    """The port `domain.ports.cases.Cases` over SQL."""

    def __init__(self, connection: AsyncConnection, looks: Looks, now: datetime) -> None:
        self._connection = connection
        self._looks = looks
        self._now = now
        self._kept: dict[CaseId, tuple[Assignment, ...]] = {}
        self._belonged: dict[CaseId, Membership] = {}

    async def get(self, case_id: CaseId) -> Case | None:
        return await self._one(HOLD, id=case_id)

    async def look_at(self, case_id: CaseId) -> Case | None:
        return await self._looks.at(("case", case_id), lambda: self._one(LOOK, id=case_id))

    async def numbered(self, number: str) -> Case | None:
        return await self._one(HOLD_NUMBERED, number=number)

    async def id_of(self, number: str) -> CaseId | None:
        found: CaseId | None = await self._connection.scalar(ID_OF, {"number": number})
        return found

    async def assignments_of(self, case_id: CaseId) -> Sequence[Assignment]:
        """Return all assignments of a case's own, in the order in which they began."""
        found = select(given).where(given.c.case_id == case_id).order_by(given.c.turn)
        return [assignments.from_row(row) for row in (await self._connection.execute(found)).mappings()]

    async def next_number(self, month: datetime) -> str:
        first = {"name": f"cases {month:%Y-%m}", "value": 1}
        count = await self._connection.scalar(_count_up(self._connection.dialect.name), first)
        return format_number(month, int(count))

    async def add(self, new: Case) -> Case:
        case_id = await self._connection.scalar(ADD, to_row(new))
        added = replace(new, id=CaseId(int(case_id or 0)))
        await self._keep_assignments(added)
        await self._keep_membership(added)
        return added

    async def save(self, case: Case) -> Case:
        saved = replace(case, version=case.version + 1, ended=())
        as_read = {"this": case.id, "as_read": case.version}
        if (await self._connection.execute(SAVE, as_read | to_row(saved))).rowcount != 1:
            raise CaseChanged(case.id)
        await self._keep_membership(case)
        await self._keep_assignments(case)
        return saved

    async def _keep_assignments(self, case: Case) -> None:
        """Keep the assignments of a case that have changed; that of its main case is not its own to change."""
        under_way, before = (case.responsible, *case.assisting), self._kept.get(case.id, ())
        changed = [] if case.merged else [given for given in under_way if given not in before]
        await assignments.keep(self._connection, case.id, [*case.ended, *changed])
        self._kept[case.id] = under_way

    async def _keep_membership(self, case: Case) -> None:
        await belonging.keep(self._connection, case, self._belonged.pop(case.id, None), self._now)
        if case.merged:
            self._belonged[case.id] = case.merged

    async def of_resident(self, resident: PersonId, limit: int, offset: int = 0) -> Sequence[Case]:
        mine = WHOLE.where(table.c.resident == resident)
        return await self._many(mine.order_by(IS_OPEN.desc(), table.c.id.desc()).limit(limit).offset(offset))

    async def count_of_resident(self, resident: PersonId) -> int:
        return await self._count(select(func.count()).where(table.c.resident == resident))

    async def open_of_resident(self, resident: PersonId, limit: int, offset: int = 0) -> Sequence[Case]:
        return await self._many(OPEN_OF_RESIDENT, {"of": resident, "most": limit, "after": offset})

    async def count_open_of_resident(self, resident: PersonId) -> int:
        return int(await self._connection.scalar(COUNT_OPEN_OF_RESIDENT, {"of": resident}) or 0)

    async def unfinished_of_resident(self, resident: PersonId) -> Sequence[Case]:
        return await self._held(table.c.resident == resident, table.c.closed_at.is_(None))

    async def open_in(
        self, units: Sequence[UnitCode] | None, limit: int, offset: int = 0, shown: Shown = EVERY
    ) -> Sequence[Case]:
        own = [] if shown.reader is None else [when((given.c.owner == shown.reader, 0), else_=1)]
        order = (table.c.urgent.desc(), *own, DUE_AT, table.c.id)
        found = select(table.c.id).join(given, given.c.case_id == table.c.id).where(*listed(units, shown))
        page = found.order_by(*order).limit(limit).offset(offset).subquery()
        return await self._many(WHOLE.where(table.c.id.in_(select(page.c.id))).order_by(*order))

    async def open_ending(self, units: Sequence[UnitCode] | None, digits: str, limit: int) -> Sequence[Case]:
        ending = WHOLE.where(IS_OPEN, table.c.number.endswith(digits, autoescape=True)).order_by(table.c.id)
        theirs = await self._many(ending.where(*with_units(units)).limit(limit))
        return [*theirs, *await self._many(ending.where(follows_one_of(units)).limit(limit - len(theirs)))]

    async def open_ids_in(self, unit: UnitCode) -> Sequence[CaseId]:
        found = select(table.c.id).join(given, given.c.case_id == table.c.id).where(IS_OPEN, *with_units([unit]))
        ordered = found.order_by(table.c.urgent.desc(), DUE_AT, table.c.id)
        own = [CaseId(case) for case in await self._connection.scalars(ordered)]
        beside = select(BESIDE.c.case_id).where(IS_BESIDE, BESIDE.c.unit == unit).order_by(BESIDE.c.resolve_by)
        return [*own, *(CaseId(case) for case in await self._connection.scalars(beside))]

    async def count_open_in(self, units: Sequence[UnitCode] | None, shown: Shown = EVERY) -> int:
        found = select(func.count()).select_from(table).join(given, given.c.case_id == table.c.id)
        return await self._count(found.where(*listed(units, shown)))

    async def unfinished_in(self, unit: UnitCode) -> Sequence[Case]:
        has_it = IS_UNDER_WAY | given.c.ended_at.is_not(None)
        return await self._held(table.c.closed_at.is_(None), given.c.unit == unit, has_it)

    async def assisted_by(self, unit: UnitCode) -> Sequence[Case]:
        return await self._assisted(BESIDE.c.unit == unit)

    async def orphaned_assists(self) -> Sequence[Case]:
        members = schema.members
        is_there = select(members).where(members.c.unit == BESIDE.c.unit, members.c.person == BESIDE.c.owner)
        return await self._assisted(BESIDE.c.owner.is_not(None), ~is_there.exists())

    async def _assisted(self, *where: ColumnElement[bool]) -> Sequence[Case]:
        found = select(BESIDE.c.case_id).where(IS_BESIDE, *where)
        return await self._held(table.c.id.in_(found))

    async def among(self, cases: Collection[CaseId]) -> Sequence[Case]:
        return await self._many(WHOLE.where(table.c.id.in_(cases)).order_by(table.c.id)) if cases else ()

    async def count_alike(self, main: Case, since: datetime, until: datetime) -> int:
        found = select(func.count()).select_from(table).join(given, given.c.case_id == table.c.id)
        return await self._count(found.where(*about_the_same(main, since, until)))

    async def alike(self, main: Case, since: datetime, until: datetime, limit: int) -> Sequence[Case]:
        found = select(table.c.id).join(given, given.c.case_id == table.c.id).where(*about_the_same(main, since, until))
        ids = await self._connection.scalars(found.order_by(table.c.id).limit(limit))
        return await self.held([CaseId(case) for case in ids])

    async def held(self, cases: Collection[CaseId]) -> Sequence[Case]:
        return await self._held(table.c.id.in_(cases))

    async def held_if_free(self, cases: Collection[CaseId]) -> Sequence[Case]:
        return await self._held(table.c.id.in_(cases), if_free=True)

    async def orphaned(self) -> Sequence[Case]:
        members = schema.members
        owner_is_there = select(members).where(members.c.unit == given.c.unit, members.c.person == given.c.owner)
        return await self._held(IS_UNDER_WAY, table.c.state.in_(sorted(BEING_WORKED_ON)), ~owner_is_there.exists())

    async def chosen_by(self, unit: UnitCode, limit: int) -> Sequence[UnitCode]:
        transferred = (given.c.came_from == unit) & (given.c.begun_because == Because.TRANSFERRED)
        found = select(given.c.unit).where(transferred).group_by(given.c.unit)
        ordered = found.order_by(func.count().desc(), given.c.unit).limit(limit)
        return [UnitCode(chosen) for chosen in await self._connection.scalars(ordered)]

    async def submitted_in(self, unit: UnitCode) -> Sequence[Case]:
        return await self._held(table.c.state == State.SUBMITTED, *with_units([unit]))

    async def glance_at_newest(self, unit: UnitCode, limit: int, joining: PersonId | None = None) -> Sequence[Glance]:
        return await glances.newest_open(self._connection, unit, limit, joining)

    async def _one(self, query: Select[Any], **of: object) -> Case | None:
        return next(iter(await self._many(query, of)), None)

    async def _held(self, *where: ColumnElement[bool], if_free: bool = False) -> Sequence[Case]:
        """Return the cases for which all of this is true, held for change in the order of their ids."""
        return await self._many(held(WHOLE.where(*where).order_by(table.c.id), if_free=if_free))

    async def _many(self, query: Select[Any], of: Mapping[str, object] = MappingProxyType({})) -> Sequence[Case]:
        """Return the cases of a query; once more where we waited for somebody who has changed one meanwhile.

        A statement sees its tables as they were when it began, and only the rows that it holds as they are.
        """
        rows = (await self._connection.execute(query, of)).mappings().all()
        if any(is_stale(row) for row in rows):
            rows = (await self._connection.execute(query, of)).mappings().all()
        cases = await self._with_assists([from_row(row) for row in rows], [row["id"] for row in rows if row["assists"]])
        cases = await self._with_followers(cases, [row["id"] for row in rows if row["has_followers"]])
        self._kept.update({case.id: (case.responsible, *case.assisting) for case in cases})
        self._belonged.update({case.id: case.merged for case in cases if case.merged})
        return cases

    async def _with_followers(self, cases: Sequence[Case], mains: Sequence[int]) -> Sequence[Case]:
        """Return cases with how things stand with their followers; `mains`: those that have any."""
        if not mains:
            return cases
        followers = await belonging.followers_of(self._connection, mains)
        return [replace(case, followers=followers.get(case.id, case.followers)) for case in cases]

    async def _with_assists(self, cases: Sequence[Case], helped: Sequence[int]) -> Sequence[Case]:
        """Return cases with the assignments of the units that work beside; `helped`: those that have any."""
        if not helped:
            return cases
        rows = (await self._connection.execute(ASSISTING, {"cases": helped})).mappings().all()
        beside: dict[int, tuple[Assignment, ...]] = {}
        for row in rows:
            beside[row["case_id"]] = (*beside.get(row["case_id"], ()), assignments.from_row(row))
        return [replace(case, assisting=beside.get(case.id, ())) for case in cases]

    async def _count(self, query: Select[Any]) -> int:
        return int(await self._connection.scalar(query) or 0)
