"""拆分: what the second case takes from the first, and what it has of its own."""

from dataclasses import replace
from datetime import timedelta

from domain.cases.case import Case, State
from domain.cases.deadlines import promised
from domain.cases.kinds import Kind
from domain.cases.messages import Location
from domain.cases.policy import Clock, Policy
from domain.cases.splits import has_siblings, split_in_two, split_off
from tests.domain.ground import MONDAY_TEN, Weekdays, a_case, town

POLICY = Policy(clock=Clock.CALENDAR, quiet_hours=None)
LATER = MONDAY_TEN + timedelta(days=1)
ORG = town()
FIRST = replace(
    a_case(State.RESOLVED, anonymous=True, urgent=True, place_known=False),
    address="煤炭小区3栋",
    location=Location(27.5, 106.8),
    returns=1,
    extensions=1,
)


def second(words: str, first: Case = FIRST) -> Case:
    return split_off(first, words, "MH2611_00043", ORG, LATER, POLICY, Weekdays())


def test_it_is_of_the_same_resident_at_the_same_unit_and_place() -> None:
    case = second("楼下垃圾没人清运")

    for same in ("unit", "raised_in", "address", "location", "resident", "resident_name", "anonymous", "place_known"):
        assert getattr(case, same) == getattr(FIRST, same)
    assert (case.split_from, case.splits, case.text) == (FIRST.id, 0, "楼下垃圾没人清运")


def test_it_is_new_with_deadlines_of_its_own_kind_and_nothing_of_what_happened_to_the_first() -> None:
    case = second("想要一把长椅，微心愿")

    assert (case.state, case.owner, case.first_owner, case.kind) == (State.SUBMITTED, None, None, Kind.WISH)
    level = ORG[case.unit].level
    given = (case.responsible.accept, case.responsible.resolve)
    assert given == promised(Kind.WISH, case.category, level, LATER, POLICY, Weekdays())
    assert (case.returns, case.extensions, case.turns, case.raised_at) == (0, 0, 1, LATER)


def test_what_its_words_leave_open_is_as_in_the_first_but_danger() -> None:
    assert second("就是上次说的那个").kind is FIRST.kind
    assert not second("就是上次说的那个").urgent
    danger = second("有人被困在电梯里了")
    assert (danger.urgent, danger.kind) == (True, Kind.HELP)
    assert danger.responsible.accept.due_at == LATER + timedelta(minutes=10)


def test_the_first_counts_it_and_changes_in_nothing_else() -> None:
    assert replace(split_in_two(FIRST), splits=0) == FIRST
    assert not has_siblings(FIRST)
    assert has_siblings(split_in_two(FIRST))
    assert has_siblings(second("楼下垃圾没人清运"))
