"""An assignment: the facts of the time that a unit has a case, and how one follows the other."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.cases.assignments import AssignmentState, Because, Holder
from domain.cases.case import Case, State, Verb, close, move, reassign, resumed
from domain.cases.policy import Clock, Policy
from domain.people.person import UnitCode
from tests.domain.ground import CHEN, MONDAY_TEN, WANG, Weekdays, a_case, due_in

SECOND = timedelta(seconds=1)
ACCEPT_BY, RESOLVE_BY = MONDAY_TEN + timedelta(minutes=30), MONDAY_TEN + timedelta(days=3)
WANG_JIANGUO, CHEN_JING = Holder(WANG, "王建国"), Holder(CHEN, "陈静")
COMMUNITY = UnitCode("ZN")


@pytest.mark.parametrize(("early", "in_time"), [(SECOND, True), (timedelta(), False), (-SECOND, False)])
def test_accepting_reporting_and_refusing_keep_whether_they_were_in_time(early: timedelta, in_time: bool) -> None:
    given = a_case().responsible

    accepted = given.accepted(WANG_JIANGUO, ACCEPT_BY - early)
    reported, refused = given.reported(RESOLVE_BY - early), given.refused(RESOLVE_BY - early)

    assert (accepted.accepted_at, accepted.accepted_in_time) == (ACCEPT_BY - early, in_time)
    assert (reported.reported_at, reported.reported_in_time) == (RESOLVE_BY - early, in_time)
    assert (refused.refused_at, refused.refused_in_time) == (RESOLVE_BY - early, in_time)


def test_a_later_deadline_does_not_change_what_was_late() -> None:
    late = a_case().responsible.reported(RESOLVE_BY)

    assert replace(late, resolve=due_in(days=30)).reported_in_time is False


def test_whoever_takes_over_from_an_owner_who_left_is_not_the_first_to_accept() -> None:
    given = a_case().responsible.accepted(WANG_JIANGUO, MONDAY_TEN).freed(due_in(ACCEPT_BY, minutes=30))

    assert (given.state, given.owner) == (AssignmentState.OFFERED, None)
    again = given.accepted(CHEN_JING, RESOLVE_BY)
    assert (again.owner, again.accepted_at, again.accepted_in_time) == (CHEN_JING, MONDAY_TEN, True)


def test_the_report_that_stands_is_the_last_one_and_every_return_is_counted() -> None:
    given = a_case(State.ACCEPTED).responsible
    for day in (1, 4):
        given = given.reported(MONDAY_TEN + timedelta(days=day)).returned(MONDAY_TEN + timedelta(days=day + 1))

    assert (given.state, given.returns, given.returned_at) == ("accepted", 2, MONDAY_TEN + timedelta(days=5))
    assert (given.reported_at, given.reported_in_time) == (MONDAY_TEN + timedelta(days=4), False)


def test_what_was_missed_is_kept_as_it_was_first_noticed() -> None:
    given = a_case().responsible.missed_accept(ACCEPT_BY).missed_accept(RESOLVE_BY).missed_resolve(RESOLVE_BY)
    given = given.missed_resolve(RESOLVE_BY + timedelta(days=3))

    assert (given.accept_missed_at, given.resolve_missed_at) == (ACCEPT_BY, RESOLVE_BY)
    assert given.overdue_at == RESOLVE_BY + timedelta(days=3)


def test_what_stood_still_for_the_resident_adds_up() -> None:
    case, policy = a_case(State.RESOLVED), Policy(clock=Clock.CALENDAR)
    for _ in range(2):
        case = resumed(case, MONDAY_TEN, MONDAY_TEN + timedelta(days=2), policy, Weekdays())

    assert case.responsible.paused == timedelta(days=4)
    assert case.responsible.resolve.due_at == RESOLVE_BY + timedelta(days=4)


def handed_up(case: Case) -> Case:
    return reassign(case, COMMUNITY, Because.OVERDUE, RESOLVE_BY)


def test_one_assignment_ends_as_the_next_begins_and_nothing_of_its_facts_goes_along() -> None:
    given = a_case(State.ACCEPTED).responsible.reported(MONDAY_TEN).returned(MONDAY_TEN).missed_resolve(RESOLVE_BY)
    before = replace(a_case(State.ACCEPTED), responsible=given)

    case = handed_up(before)

    old, new = *case.ended, case.responsible
    assert old == replace(given, ended_at=RESOLVE_BY, ended_because=Because.OVERDUE)
    assert (new.unit, new.turn, new.begun_at, new.begun_because) == (COMMUNITY, 2, RESOLVE_BY, Because.OVERDUE)
    assert (new.resolve, new.owner, new.state, new.overdue_at) == (given.resolve, given.owner, given.state, RESOLVE_BY)
    assert (new.reported_at, new.returns, new.returned_at, new.resolve_missed_at) == (None, 0, None, None)
    assert (case.unit, case.turns) == (COMMUNITY, 2)
    assert case.units_before == {before.unit}


def test_what_ended_with_its_case_is_not_ended_again_and_a_yes_taken_back_goes_on_at_the_unit_as_before() -> None:
    confirmed = close(move(a_case(State.RESOLVED), Verb.CONFIRM, RESOLVE_BY), Because.CONFIRMED, RESOLVE_BY)
    later = RESOLVE_BY + timedelta(minutes=5)

    back = reassign(confirmed, confirmed.unit, Because.TAKEN_BACK, later)

    assert confirmed.responsible.ended_because is Because.CONFIRMED
    assert back.ended == ()
    assert (back.responsible.begun_at, back.responsible.unit_since, back.responsible.ended_at) == (
        later,
        MONDAY_TEN,
        None,
    )
    assert (back.owner, back.responsible.state) == (confirmed.owner, AssignmentState.REPORTED)


def test_each_unit_that_had_it_is_remembered_once() -> None:
    case = reassign(handed_up(a_case()), a_case().unit, Because.ASSIGNED, RESOLVE_BY)
    case = reassign(case, COMMUNITY, Because.ASSIGNED, RESOLVE_BY)

    assert case.units_before == {"ZN-01", COMMUNITY}
    assert [assignment.turn for assignment in (*case.ended, case.responsible)] == [1, 2, 3, 4]
