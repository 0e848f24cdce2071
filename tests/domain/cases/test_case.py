"""The life of a case: which move each state knows, who wins, what colour it has, what number it gets."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.assignments import Holder
from domain.cases.case import OPEN, AlreadyAccepted, State, Verb, move
from domain.cases.deadlines import Colour
from domain.cases.numbers import format_number
from domain.errors import DeskError, MoveNotAllowed
from tests.domain.ground import LIU, MONDAY_TEN, a_case, due_in

LATER = MONDAY_TEN + timedelta(hours=1)

# The drawing in ARCHITECTURE.md, written down once more by hand, arrow by arrow.
ARROWS = {
    State.SUBMITTED: "accept→accepted escalate→submitted assign→submitted transfer→submitted "
    "give_back→submitted refuse→refused withdraw→withdrawn",
    State.ACCEPTED: "ask→waiting resolve→resolved release→submitted escalate→submitted assign→submitted "
    "transfer→submitted withdraw→withdrawn",
    State.WAITING: "ask→waiting answer→accepted resolve→resolved release→submitted escalate→submitted assign→submitted "
    "transfer→submitted withdraw→withdrawn",
    State.RESOLVED: "confirm→confirmed revisit→confirmed return→accepted withdraw→withdrawn",
    State.CONFIRMED: "take_back→resolved reopen→accepted contradict→resolved",
    State.REFUSED: "object→submitted assign→submitted",
    State.WITHDRAWN: "",
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_a_state_knows_just_the_moves_of_the_drawing(state: State, verb: Verb) -> None:
    case, drawn = a_case(state), dict(arrow.split("→") for arrow in ARROWS[state].split())

    assert case.allows(verb) is (verb in drawn)
    if verb in drawn:
        assert move(case, verb, LATER) == replace(case, state=State(drawn[verb]), state_since=LATER)
    else:
        with pytest.raises(DeskError) as refused:
            move(case, verb, LATER)
        assert refused.value.values["number"] == case.number


def test_a_move_takes_its_changes_along() -> None:
    moved = move(a_case(), Verb.ESCALATE, LATER, returns=2, nudged_at=LATER)

    assert (moved.returns, moved.nudged_at) == (2, LATER)


@pytest.mark.parametrize("state", [State.ACCEPTED, State.WAITING])
def test_who_accepts_second_reads_who_was_first(state: State) -> None:
    with pytest.raises(AlreadyAccepted) as late:
        move(a_case(state), Verb.ACCEPT, LATER, first_owner=Holder(LIU, "刘洋"))

    assert late.value.values["name"] == "王建国"


@pytest.mark.parametrize("state", [State.RESOLVED, State.CONFIRMED, State.REFUSED, State.WITHDRAWN])
def test_who_accepts_what_is_past_that_reads_the_state(state: State) -> None:
    with pytest.raises(MoveNotAllowed) as late:
        move(a_case(state), Verb.ACCEPT, LATER)

    assert late.value.values["state"] is state


def test_somebody_still_has_to_act_until_the_resident_has_spoken() -> None:
    still_open = {State.SUBMITTED, State.ACCEPTED, State.WAITING, State.RESOLVED}

    assert {state for state in State if a_case(state).is_open} == still_open == OPEN


@pytest.mark.parametrize(
    ("state", "promise"),
    [
        (State.SUBMITTED, "accept"),
        (State.ACCEPTED, "resolve"),
        (State.WAITING, "resolve"),
        (State.RESOLVED, None),
        (State.CONFIRMED, None),
        (State.REFUSED, None),
        (State.WITHDRAWN, None),
    ],
)
def test_a_promise_runs_while_the_desk_has_to_act(state: State, promise: str | None) -> None:
    case = a_case(state)

    assert case.promise == (getattr(case.responsible, promise) if promise else None)


@pytest.mark.parametrize(
    ("state", "accept", "resolve", "colour"),
    [
        (State.SUBMITTED, 4, 24, Colour.GREEN),
        (State.SUBMITTED, 1.2, 24, Colour.YELLOW),
        (State.SUBMITTED, 4, 1.2, Colour.YELLOW),
        (State.SUBMITTED, 1, 24, Colour.RED),
        (State.SUBMITTED, 4, 1, Colour.RED),
        (State.SUBMITTED, 1, 1.2, Colour.RED),
        (State.ACCEPTED, 1, 24, Colour.GREEN),
        (State.ACCEPTED, 1, 1.2, Colour.YELLOW),
        (State.WAITING, 1, 1, Colour.RED),
        (State.RESOLVED, 1, 1, Colour.GREEN),
        (State.CONFIRMED, 1, 1, Colour.GREEN),
    ],
)
def test_a_case_has_the_colour_of_its_worst_running_promise(
    state: State, accept: float, resolve: float, colour: Colour
) -> None:
    case = a_case(state, accept=due_in(hours=accept), resolve=due_in(hours=resolve))

    assert case.colour(LATER) is colour


def test_danger_is_red_until_somebody_has_accepted_it() -> None:
    def colour(state: State) -> Colour:
        return a_case(state, urgent=True, accept=due_in(hours=4), resolve=due_in(hours=24)).colour(LATER)

    assert (colour(State.SUBMITTED), colour(State.ACCEPTED)) == (Colour.RED, Colour.GREEN)


@pytest.mark.parametrize(
    ("count", "number"), [(1, "MH2611_00001"), (42, "MH2611_00042"), (99999, "MH2611_99999"), (123456, "MH2611_123456")]
)
def test_a_number_has_year_month_and_five_digits_or_more(count: int, number: str) -> None:
    assert format_number(datetime(2026, 11, 1, tzinfo=UTC), count) == number


months = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)).map(lambda m: m.replace(day=1, tzinfo=UTC))  # noqa: DTZ001


@given(months, st.integers(1, 10**7), months, st.integers(1, 10**7))
def test_no_two_cases_have_one_number(month: datetime, count: int, other_month: datetime, other_count: int) -> None:
    same = (month.year, month.month, count) == (other_month.year, other_month.month, other_count)

    assert (format_number(month, count) == format_number(other_month, other_count)) is same
