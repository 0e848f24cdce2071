"""What falls due by itself in each state, and that missed deadlines act while past warnings do not."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.cases.case import Case, State
from domain.cases.deadlines import deadline
from domain.cases.followups import Due, again, plan
from domain.cases.policy import Clock, Policy, days, hours
from tests.domain.ground import MONDAY_TEN, Weekdays, a_case, due_in

POLICY = Policy(clock=Clock.CALENDAR)
REMINDERS = {Due.WORKER_REMINDER: timedelta(hours=4), Due.RESIDENT_UPDATE: timedelta(days=3)}


def planned(case: Case, now: datetime = MONDAY_TEN, policy: Policy = POLICY) -> dict[Due, timedelta]:
    """Return what falls due, and how long after now."""
    rows = plan(case, now, policy, Weekdays())
    assert all(row.case == case.id for row in rows)
    assert len({row.what for row in rows}) == len(rows)
    return {row.what: row.due_at - now for row in rows}


def test_while_nobody_has_accepted_both_promises_and_all_reminders_run() -> None:
    assert planned(a_case()) == {
        Due.ACCEPT_WARNING: timedelta(minutes=22.5),
        Due.ACCEPT_MISSED: timedelta(minutes=30),
        Due.RESOLVE_WARNING: timedelta(days=2.25),
        Due.RESOLVE_MISSED: timedelta(days=3),
        **REMINDERS,
    }


@pytest.mark.parametrize("state", [State.ACCEPTED, State.WAITING])
def test_while_it_is_worked_on_only_the_second_promise_runs(state: State) -> None:
    assert planned(a_case(state)) == {
        Due.RESOLVE_WARNING: timedelta(days=2.25),
        Due.RESOLVE_MISSED: timedelta(days=3),
        **REMINDERS,
    }


def test_once_it_is_reported_done_the_resident_is_reminded_until_somebody_asks_in_person() -> None:
    reminded = {Due.CONFIRM_REMINDER: timedelta(days=1)}

    assert planned(a_case(State.RESOLVED)) == reminded | {Due.REVISIT_DUE: timedelta(days=7)}
    assert planned(a_case(State.RESOLVED, unreachable=True)) == reminded | {Due.REVISIT_DUE: timedelta()}


def test_a_refusal_stands_when_the_time_to_object_is_over() -> None:
    assert planned(a_case(State.REFUSED)) == {Due.REFUSAL_STANDS: timedelta(days=7)}
    assert planned(a_case(State.REFUSED, closed_at=MONDAY_TEN)) == {}


@pytest.mark.parametrize("state", [State.CONFIRMED, State.WITHDRAWN])
def test_after_the_end_nothing_falls_due(state: State) -> None:
    assert planned(a_case(state)) == {}


def test_a_missed_deadline_stays_in_the_plan_and_a_past_warning_does_not() -> None:
    long_after = MONDAY_TEN + timedelta(days=30)

    rows = planned(a_case(), now=long_after)

    assert rows.keys() == {Due.ACCEPT_MISSED, Due.RESOLVE_MISSED, *REMINDERS}
    assert rows[Due.RESOLVE_MISSED] == timedelta(days=3 - 30)


def test_a_warning_that_comes_this_very_moment_is_past() -> None:
    case = a_case()

    assert Due.ACCEPT_WARNING not in planned(case, now=case.responsible.accept.warn_at)
    assert Due.ACCEPT_WARNING in planned(case, now=case.responsible.accept.warn_at - timedelta(microseconds=1))


def test_the_unit_that_takes_over_an_overdue_case_gets_one_full_term_more() -> None:
    handed_up = MONDAY_TEN + timedelta(days=3)
    overdue: dict[str, Any] = {
        "overdue_at": handed_up,
        "unit_since": handed_up,
        "accept": due_in(handed_up, minutes=30),
    }

    waiting, accepted = a_case(**overdue), a_case(State.ACCEPTED, **overdue)

    assert Due.RESOLVE_MISSED not in planned(waiting, now=handed_up)
    assert planned(waiting, now=handed_up)[Due.ACCEPT_MISSED] == timedelta(minutes=30)
    assert planned(accepted, now=handed_up + timedelta(hours=1)) == {
        Due.RESOLVE_MISSED: timedelta(days=3) - timedelta(hours=1),
        **REMINDERS,
    }


def test_the_second_term_counts_on_the_desks_clock_from_whichever_came_last() -> None:
    policy, friday = Policy(), MONDAY_TEN + timedelta(days=4)
    case = a_case(State.ACCEPTED, overdue_at=MONDAY_TEN, unit_since=friday)

    row = next(row for row in plan(case, friday, policy, Weekdays()) if row.what is Due.RESOLVE_MISSED)

    assert row.due_at == deadline(friday, days(3), policy, Weekdays()).due_at == friday + timedelta(days=5)


def test_the_last_interval_of_a_reminder_repeats() -> None:
    policy = Policy(worker_reminders=(hours(4), days(1)), confirm_reminders=(days(1), days(3), days(7)))
    case = a_case(State.RESOLVED)

    def waits(what: Due) -> list[float]:
        rows = [again(case, what, MONDAY_TEN, policy, step) for step in range(5)]
        assert [row.step for row in rows] == [0, 1, 2, 3, 4]
        return [(row.due_at - MONDAY_TEN) / timedelta(days=1) for row in rows]

    assert waits(Due.CONFIRM_REMINDER) == [1, 3, 7, 7, 7]
    assert waits(Due.WORKER_REMINDER) == [1 / 6, 1, 1, 1, 1]
    assert waits(Due.RESIDENT_UPDATE) == [3, 3, 3, 3, 3]
