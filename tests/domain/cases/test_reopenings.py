"""又出现了: until when a confirmed case may come back, and with which owner and deadlines it goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.cases.assignments import AssignmentState, Because, Holder
from domain.cases.case import Case, State, close
from domain.cases.deadlines import promised
from domain.cases.policy import Clock, Policy, days
from domain.cases.reopenings import may_reopen, reopenable_until, reopened
from domain.errors import MoveNotAllowed
from domain.organisation.units import Organisation
from domain.people.person import UnitCode
from tests.domain.ground import CHEN, MONDAY_TEN, Weekdays, a_case, town

POLICY = Policy(clock=Clock.CALENDAR, quiet_hours=None)
LATER = MONDAY_TEN + timedelta(days=3)
ORG = town()


def confirmed(**more: object) -> Case:
    resolved = a_case(State.RESOLVED, **more)
    late = replace(resolved.responsible, overdue_at=MONDAY_TEN)
    return close(replace(resolved, state=State.CONFIRMED, responsible=late), Because.CONFIRMED, MONDAY_TEN)


def test_it_may_come_back_for_as_long_as_the_policy_says_from_the_last_confirmation() -> None:
    case, policy = confirmed(), replace(POLICY, reopen_within=days(1))

    assert reopenable_until(case, policy) == MONDAY_TEN + timedelta(days=1)
    assert may_reopen(case, MONDAY_TEN + timedelta(hours=23), policy)
    assert not may_reopen(case, MONDAY_TEN + timedelta(days=1), policy)
    assert not any(may_reopen(a_case(state), MONDAY_TEN, policy) for state in State if state is not State.CONFIRMED)


@pytest.mark.parametrize("urgent", [False, True])
def test_it_begins_anew_as_if_raised_now_and_nothing_missed_before_counts(urgent: bool) -> None:
    before = confirmed(urgent=urgent, returns=1)
    owner = Holder(CHEN, "陈静")
    case = reopened(before, ORG[before.unit], owner, LATER, POLICY, Weekdays())
    given = case.responsible

    level, terms = ORG[before.unit].level, POLICY.when(urgent=urgent)
    assert (given.accept, given.resolve) == promised(case.kind, case.category, level, LATER, terms, Weekdays())
    assert (case.state, given.state, given.owner) == (State.ACCEPTED, AssignmentState.ACCEPTED, owner)
    assert (given.overdue_at, given.begun_because, given.unit_since) == (None, Because.REOPENED, LATER)
    assert (case.reopenings, case.returns, case.turns) == (1, 1, before.turns + 1)
    assert (case.closed_at, case.resolved_at, case.rating) == (None, None, None)
    assert case.first_owner == before.first_owner
    assert case.ended == ()


def test_without_an_owner_it_is_new_in_whatever_unit_takes_it() -> None:
    case = reopened(confirmed(), ORG[UnitCode("ZN")], None, LATER, POLICY, Weekdays())

    assert (case.state, case.unit, case.owner) == (State.SUBMITTED, "ZN", None)
    assert case.responsible.state is AssignmentState.OFFERED


def test_what_is_not_confirmed_does_not_come_back() -> None:
    with pytest.raises(MoveNotAllowed):
        reopened(a_case(State.RESOLVED), ORG[UnitCode("ZN-01")], None, LATER, POLICY, Weekdays())


def test_what_a_retired_unit_had_is_for_the_nearest_above_in_use_that_has_a_group() -> None:
    gone = {UnitCode("ZN-01"): UnitCode("ZN"), UnitCode("ZN"): UnitCode("GHQ"), UnitCode("X"): None}
    in_use = {code: unit for code, unit in ORG.units.items() if code not in gone}
    org = Organisation(in_use, dict.fromkeys(gone, ""), retired_under=gone)

    assert ORG.successor_of(UnitCode("ZN-01")).code == "ZN-01"
    assert ORG.successor_of(UnitCode("NB-01")).code == "GHQ"
    assert org.successor_of(UnitCode("ZN-01")).code == "GHQ"
    assert org.successor_of(UnitCode("X")).code == "BZ"
    circle = {UnitCode("A"): UnitCode("B"), UnitCode("B"): UnitCode("A")}
    assert replace(org, retired_under=circle).successor_of(UnitCode("A")).code == "BZ"
