"""Planning anew under a changed policy: what is promised stays, and the same policy moves nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.cases.case import CaseId, Membership, State
from domain.cases.deadlines import deadline, rewarned
from domain.cases.followers import Followers
from domain.cases.followups import Due, plan
from domain.cases.policy import Clock, Duration, Policy, days, hours
from domain.cases.replanning import replanned, with_warnings_of
from tests.domain.cases.test_pauses import Rules, any_rules, lengths, moments, spans
from tests.domain.ground import MONDAY_TEN, Weekdays, a_case

CALENDAR = Weekdays()
shares = st.floats(0.05, 0.95)


@given(moments(), lengths, spans, spans, any_rules)
def test_the_same_policy_moves_no_warning_also_after_a_pause(
    start: datetime, within: Duration, until: timedelta, length: timedelta, rules: Rules
) -> None:
    promise = rules.promise(start, within)
    began = start + until
    after = rules.paused(promise, began, began + length)

    assert rewarned(promise, rules.policy, rules.calendar) == promise
    if began < promise.warn_at:
        moved = rewarned(after, rules.policy, rules.calendar)
        assert abs(moved.warn_at - after.warn_at) <= timedelta(microseconds=2)


@given(moments(), lengths, shares, any_rules)
def test_another_share_moves_the_warning_alone(start: datetime, within: Duration, share: float, rules: Rules) -> None:
    policy, promise = replace(rules.policy, warn_at=share), rules.promise(start, within)

    assert rewarned(promise, policy, rules.calendar) == deadline(start, within, policy, rules.calendar)


def test_what_waits_follows_the_new_policy_and_what_was_promised_stays() -> None:
    old = Policy(clock=Clock.CALENDAR)
    new = replace(old, warn_at=0.5, worker_reminders=(hours(2),), resident_updates=(days(1),))
    accept, resolve = (deadline(MONDAY_TEN, length, old, CALENDAR) for length in (hours(1), days(2)))
    case = a_case(accept=accept, resolve=resolve)
    rows = [replace(row, planned_at=MONDAY_TEN) for row in plan(case, MONDAY_TEN, old, CALENDAR)]

    warned = with_warnings_of(case, MONDAY_TEN, new, CALENDAR)
    anew = [replace(replanned(row, warned, new, CALENDAR), planned_at=None) for row in rows]

    assert anew == list(plan(warned, MONDAY_TEN, new, CALENDAR))
    assert warned.responsible.accept.due_at == accept.due_at
    assert warned.responsible.resolve.due_at == resolve.due_at
    assert warned.responsible.resolve.warn_at == MONDAY_TEN + timedelta(days=1)


def test_what_is_yellow_or_waits_for_its_resident_stays_as_it_is() -> None:
    old = Policy(clock=Clock.CALENDAR)
    new = replace(old, warn_at=0.9)
    promise = deadline(MONDAY_TEN, days(2), old, CALENDAR)
    yellow = a_case(State.ACCEPTED, resolve=promise)
    reported = a_case(State.RESOLVED, resolve=promise)

    assert with_warnings_of(yellow, promise.warn_at, new, CALENDAR).responsible.resolve == promise
    assert with_warnings_of(reported, MONDAY_TEN, new, CALENDAR) == reported


def test_a_main_case_warns_by_the_earliest_promise_and_of_a_merged_one_its_own_warns_anew() -> None:
    old = Policy(clock=Clock.CALENDAR)
    new = replace(old, warn_at=0.5)
    own, earlier = (deadline(MONDAY_TEN, length, old, CALENDAR) for length in (days(4), days(2)))
    main = a_case(State.ACCEPTED, resolve=own, followers=Followers(to_be_done=1, resolve=earlier))
    merged = replace(main, followers=Followers(), merged=Membership(CaseId(9), "MH2611_00009", earlier))
    rows = {row.what: replace(row, planned_at=MONDAY_TEN) for row in plan(main, MONDAY_TEN, old, CALENDAR)}

    row = replanned(rows[Due.RESOLVE_WARNING], with_warnings_of(main, MONDAY_TEN, new, CALENDAR), new, CALENDAR)
    assert row.due_at == earlier.warn_at
    warned = with_warnings_of(merged, MONDAY_TEN, new, CALENDAR)
    assert warned.resolve.warn_at == MONDAY_TEN + timedelta(days=1)
    assert warned.responsible == merged.responsible
