"""What tests of the rules stand on: a small tree of units, a case in it, and a calendar without holidays."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.cases.announced import Announced, DayRange
from domain.cases.assignments import Assignment, AssignmentState, Holder
from domain.cases.case import Case, CaseId, State
from domain.cases.deadlines import Deadline
from domain.cases.kinds import Kind
from domain.organisation.units import Chat, ChatId, Level, Organisation, TopicId, Unit
from domain.people.person import Member, PersonId, Role, UnitCode

MONDAY_TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai."""

LI, WANG, CHEN, LIU, ZHOU, SUN = (PersonId(number) for number in (3001, 2001, 2002, 2006, 2003, 2004))


class Weekdays:
    """A calendar on which offices are open from Monday to Friday."""

    def is_working_day(self, day: date) -> bool:
        """Whether it is no weekend."""
        return day.weekday() < 5

    def is_published(self, _year: int) -> bool:
        """Say yes."""
        return True


def _days(first: str, last: str) -> DayRange:
    return DayRange(date.fromisoformat(first), date.fromisoformat(last))


SPRING_FESTIVAL_2027 = Announced(
    working=(_days("2027-01-31", "2027-01-31"), _days("2027-02-20", "2027-02-20")),
    free=(_days("2027-02-05", "2027-02-13"),),
)
"""A notice such as a policy file may hold: nine days off, a Sunday before and a Saturday after worked instead."""


def a_unit(code: str, level: Level, parent: str | None = None, **more: Any) -> Unit:
    """Return a unit, named by its code unless told otherwise."""
    more.setdefault("name", code)
    return Unit(code=UnitCode(code), level=level, parent=UnitCode(parent) if parent else None, **more)


def tree_of(*units: Unit, version: str = "1") -> Organisation:
    """Return the organisation of these units."""
    return Organisation({unit.code: unit for unit in units}, version=version)


def town(**changed: dict[str, Any]) -> Organisation:
    """Return two grids of a community below a street and a district, the property company beside them."""
    units = (
        a_unit("BZ", Level.DISTRICT, name="播州区", chat=chat(5)),
        a_unit("GHQ", Level.STREET, "BZ", name="桂花桥街道", chat=chat(4), members=(lead(SUN, "孙科长"),)),
        a_unit("ZN", Level.COMMUNITY, "GHQ", name="遵南社区", chat=chat(3), members=(lead(ZHOU, "周主任"),)),
        a_unit(
            "ZN-01",
            Level.GRID,
            "ZN",
            name="第1网格",
            chat=chat(1),
            places=("煤炭小区", "红星苑1-5栋"),
            members=(worker(WANG, "王建国"), lead(CHEN, "陈静")),
        ),
        a_unit(
            "ZN-02",
            Level.GRID,
            "ZN",
            name="第2网格",
            chat=chat(2),
            places=("红星苑6-10栋", "芸香小镇"),
            members=(worker(LIU, "刘洋"),),
        ),
        a_unit("NB", Level.COMMUNITY, "GHQ", name="南白社区居民委员会"),
        a_unit("NB-01", Level.GRID, "NB", name="第1网格", places=("东风小区",)),
        a_unit("WY", Level.DEPARTMENT, "ZN", name="安居物业", chat=chat(6)),
    )
    return tree_of(*(_changed(unit, changed.get(unit.code.replace("-", "_"), {})) for unit in units))


def _changed(unit: Unit, changes: dict[str, Any]) -> Unit:
    fields = {name: getattr(unit, name) for name in Unit.__slots__}
    return Unit(**{**fields, **changes})


def chat(number: int, topic: TopicId | None = None) -> Chat:
    """Return the chat of a group, or of one topic of it."""
    return Chat(ChatId(-1001000000000 - number), topic)


def worker(person: PersonId, name: str) -> Member:
    """Return a grid worker."""
    return Member(person, name, Role.WORKER)


def lead(person: PersonId, name: str) -> Member:
    """Return a lead."""
    return Member(person, name, Role.LEAD)


STANDING = {
    State.SUBMITTED: AssignmentState.OFFERED,
    State.ACCEPTED: AssignmentState.ACCEPTED,
    State.WAITING: AssignmentState.ACCEPTED,
    State.RESOLVED: AssignmentState.REPORTED,
    State.REFUSED: AssignmentState.REFUSED,
}
"""How far the unit responsible has come with a case that has not ended."""
FACTS = {"overdue_at", "accept_missed_at", "resolve_missed_at", "paused", "settling"}


def a_case(state: State = State.SUBMITTED, **changes: Any) -> Case:
    """Return 李秀英's complaint in grid 1, raised on Monday at ten; whoever works on it is 王建国.

    What is changed may be of the case or of its assignment.
    """
    owner = None if state in (State.SUBMITTED, State.REFUSED) else Holder(WANG, "王建国")
    fields: dict[str, Any] = {
        "id": CaseId(42),
        "number": "MH2611_00042",
        "kind": Kind.COMPLAINT,
        "state": state,
        "raised_in": UnitCode("ZN-01"),
        "text": "路灯坏了",
        "address": "煤炭小区",
        "location": None,
        "resident": LI,
        "resident_name": "李秀英",
        "anonymous": False,
        "urgent": False,
        "raised_at": MONDAY_TEN,
        "state_since": MONDAY_TEN,
        "first_owner": owner,
    }
    given: dict[str, Any] = {
        "unit": UnitCode("ZN-01"),
        "accept": due_in(minutes=30),
        "resolve": due_in(days=3),
        "unit_since": MONDAY_TEN,
        "begun_at": MONDAY_TEN,
        "state": STANDING.get(state, AssignmentState.REPORTED),
        "owner": owner,
    }
    given |= {name: changes.pop(name) for name in given.keys() | FACTS if name in changes}
    return Case(**{"responsible": Assignment(**given), **fields, **changes})


def due_in(start: datetime = MONDAY_TEN, **span: float) -> Deadline:
    """Return the deadline of a promise given at this moment, yellow after three quarters of it."""
    length = timedelta(**span)
    return Deadline(start + length * 0.75, start + length)
