"""How cases are asked for: with the assignment of the unit responsible, and to look at, or held for change."""

from typing import Any

from sqlalchemy import Select, bindparam, func, select, update

from domain.cases.assignments import Part
from domain.cases.case import State
from storage import memberships as belonging
from storage import schema
from storage.assignments import IS_RESPONSIBLE
from storage.case_lists import IS_OPEN
from storage.case_rows import PREFIX

table = schema.cases
given = schema.assignments
memberships = schema.memberships
accounts = schema.accounts


def _whole() -> Select[Any]:
    """Return the query for cases with the last assignment of the unit responsible: their own, or their main case's."""
    belongs = (memberships.c.case_id == table.c.id) & memberships.c.ended_at.is_(None)
    whose = func.coalesce(memberships.c.main_id, table.c.id)
    other, seen = given.alias("other"), table.alias("seen")
    responsible = (other.c.case_id == whose) & (other.c.part == Part.RESPONSIBLE)
    last = select(func.max(other.c.turn)).where(responsible).correlate(table, memberships)
    of_both = other.c.case_id.in_([whose, table.c.id]) & (other.c.part == Part.RESPONSIBLE)
    has_passed = (other.c.case_id != given.c.case_id) | (other.c.turn < given.c.turn)
    before = select(func.aggregate_strings(other.c.unit, ",")).where(of_both, has_passed)
    version = select(seen.c.version).where(seen.c.id == table.c.id)
    beside = select(seen.c.worked_by).where(seen.c.id == memberships.c.main_id)
    reached = select(accounts.c.person).where(
        accounts.c.person == table.c.resident, accounts.c.unreachable_since.is_(None)
    )
    main = table.alias("main")
    number = select(main.c.number).where(main.c.id == memberships.c.main_id)
    main_closed_at = select(main.c.closed_at).where(main.c.id == memberships.c.main_id)
    main_urgent = select(main.c.urgent).where(main.c.id == memberships.c.main_id)
    return (
        select(
            table,
            *(column.label(PREFIX + column.name) for column in given.c),
            memberships.c.main_id,
            memberships.c.resolve_since.label(belonging.PREFIX + "since"),
            memberships.c.resolve_warn_at.label(belonging.PREFIX + "warn_at"),
            memberships.c.resolve_by.label(belonging.PREFIX + "due_at"),
            number.correlate(memberships).scalar_subquery().label("main_number"),
            main_closed_at.correlate(memberships).scalar_subquery().label("main_closed_at"),
            main_urgent.correlate(memberships).scalar_subquery().label("main_urgent"),
            belonging.has_followers().label("has_followers"),
            before.correlate(table, memberships, given).scalar_subquery().label("units_before"),
            version.correlate(table).scalar_subquery().label("seen_version"),
            beside.correlate(memberships).scalar_subquery().label("worked_beside"),
            (~reached.correlate(table).exists()).label("unreachable"),
        )
        .select_from(table.outerjoin(memberships, belongs))
        .join(given, (given.c.case_id == whose) & (given.c.turn == last.scalar_subquery()))
    )


def held(query: Select[Any], *, if_free: bool = False) -> Select[Any]:
    """Return a query that holds what it finds for change, as an UPDATE would: others may still point to it.

    `if_free`: it leaves out what somebody else holds.
    """
    return query.with_for_update(of=(table, given), key_share=True, skip_locked=if_free)


WHOLE = _whole()
LOOK = WHOLE.where(table.c.id == bindparam("id"))
HOLD = held(LOOK)
HOLD_NUMBERED = held(WHOLE.where(table.c.number == bindparam("number")))
ID_OF = select(table.c.id).where(table.c.number == bindparam("number"))
ADD = table.insert().returning(table.c.id)
SAVE = update(table).where(table.c.id == bindparam("this"), table.c.version == bindparam("as_read"))
OPEN_OF_RESIDENT = (
    WHOLE.where(table.c.resident == bindparam("of"), IS_OPEN)
    .order_by((table.c.state == State.WAITING).desc(), table.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("after"))
)
COUNT_OPEN_OF_RESIDENT = select(func.count()).where(table.c.resident == bindparam("of"), IS_OPEN)
ASSISTING = (
    select(given)
    .where(given.c.case_id.in_(bindparam("cases", expanding=True)), ~IS_RESPONSIBLE, given.c.ended_at.is_(None))
    .order_by(given.c.case_id, given.c.turn)
)
