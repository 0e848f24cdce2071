"""Urgency: it takes no time away from the resident, its lift ends nothing sooner, and what was missed stays missed."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.cases.assignments import Settling
from domain.cases.case import BEING_WORKED_ON, Case, State
from domain.cases.followups import Due, plan
from domain.cases.policy import Policy
from domain.cases.urgency import made_calm, made_urgent
from tests.domain.ground import MONDAY_TEN, Weekdays, a_case, due_in

POLICY, CALENDAR = Policy(), Weekdays()
minutes = st.integers(-5000, 5000)
running = st.sampled_from(sorted({State.SUBMITTED, *BEING_WORKED_ON}))
cases = st.builds(
    lambda state, accept, resolve: a_case(state, accept=due_in(minutes=accept), resolve=due_in(minutes=resolve)),
    running,
    minutes,
    minutes,
)


def due(case: Case) -> tuple[timedelta, timedelta]:
    """Return when both promises are due, after ten on Monday."""
    given = case.responsible
    return given.accept.due_at - MONDAY_TEN, given.resolve.due_at - MONDAY_TEN


def test_what_becomes_urgent_has_the_terms_of_danger_from_then_on() -> None:
    urgent = made_urgent(a_case(), MONDAY_TEN + timedelta(minutes=5), POLICY, CALENDAR)

    assert urgent.urgent
    assert due(urgent) == (timedelta(minutes=15), timedelta(days=1, minutes=5))


def test_what_is_urgent_no_more_has_the_terms_of_its_kind_since_it_was_raised() -> None:
    urgent = made_urgent(a_case(), MONDAY_TEN + timedelta(minutes=5), POLICY, CALENDAR)
    calm = made_calm(urgent, POLICY, CALENDAR)

    assert not calm.urgent
    assert due(calm) == (timedelta(minutes=30), timedelta(days=3))


def test_the_time_in_which_it_stood_still_is_left_afterwards() -> None:
    waited = a_case(State.ACCEPTED, urgent=True, resolve=due_in(days=1), paused=timedelta(hours=2))

    assert due(made_calm(waited, POLICY, CALENDAR))[1] == timedelta(days=3, hours=2)


@given(cases, minutes)
def test_urgency_puts_nothing_off(case: Case, later: int) -> None:
    urgent = made_urgent(case, MONDAY_TEN + timedelta(minutes=later), POLICY, CALENDAR)

    assert all(after <= before for before, after in zip(due(case), due(urgent), strict=True))


@given(cases)
def test_its_lift_ends_nothing_sooner(case: Case) -> None:
    calm = made_calm(case, POLICY, CALENDAR)

    assert all(after >= before for before, after in zip(due(case), due(calm), strict=True))


def test_once_it_is_accepted_the_time_to_accept_is_past_change() -> None:
    accepted = a_case(State.ACCEPTED)

    assert due(made_urgent(accepted, MONDAY_TEN, POLICY, CALENDAR))[0] == due(accepted)[0]
    assert due(made_calm(accepted, POLICY, CALENDAR))[0] == due(accepted)[0]


def test_until_when_it_is_to_be_settled_stays() -> None:
    to_settle = a_case(settling=Settling.BY_LEADS)

    assert due(made_urgent(to_settle, MONDAY_TEN, POLICY, CALENDAR))[0] == due(to_settle)[0]
    assert due(made_calm(to_settle, POLICY, CALENDAR))[0] == due(to_settle)[0]


def test_what_was_missed_gets_one_term_of_danger_more() -> None:
    now = MONDAY_TEN + timedelta(days=10)
    missed = a_case(State.ACCEPTED, resolve_missed_at=MONDAY_TEN, overdue_at=MONDAY_TEN, resolve=due_in(days=-1))
    rows = plan(made_urgent(missed, now, POLICY, CALENDAR), now, POLICY, CALENDAR)

    assert [row.due_at - now for row in rows if row.what is Due.RESOLVE_MISSED] == [timedelta(days=1)]


def test_what_was_not_accepted_at_the_top_is_not_missed_again() -> None:
    now = MONDAY_TEN + timedelta(hours=1)
    missed = a_case(urgent=True, accept=due_in(minutes=10), accept_missed_at=MONDAY_TEN + timedelta(minutes=10))

    assert Due.ACCEPT_MISSED not in {
        row.what for row in plan(made_calm(missed, POLICY, CALENDAR), now, POLICY, CALENDAR)
    }
