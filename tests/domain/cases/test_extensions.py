"""Extensions: how a date is read, which moments will do, and what of a case changes when one is granted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.assignments import Because
from domain.cases.case import Case, State, Verb, close, move, reassign
from domain.cases.deadlines import Colour, Deadline, deadline, named
from domain.cases.extensions import (
    FURTHEST,
    OFFERED_DAYS,
    DatePast,
    DateTooFar,
    DateTooSoon,
    DeadlinePassed,
    ExtensionAsked,
    ExtensionsUsedUp,
    asked_to_extend,
    extended,
    later_by,
    not_extended,
    read_until,
    require_later,
    rule_by,
    rules_on_extension,
    why_not_extendable,
    without_past_request,
)
from domain.cases.followups import Due, plan
from domain.cases.policy import Clock, Policy, days
from domain.errors import DeskError, MoveNotAllowed
from domain.people.person import UnitCode
from tests.domain.ground import MONDAY_TEN, Weekdays, a_case, due_in, town

WORKING, ALWAYS = Policy(), Policy(clock=Clock.CALENDAR)
CASE = a_case(State.ACCEPTED)
DUE = CASE.responsible.resolve.due_at
FRIDAY = DUE + timedelta(days=1)


def local(written: str) -> datetime:
    return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=WORKING.timezone).astimezone(UTC)


def read(words: str, policy: Policy = WORKING, now: datetime = MONDAY_TEN, case: Case = CASE) -> datetime | None:
    return read_until(words, case, now, policy, Weekdays())


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("12-05", "2026-12-05 17:30"),
        ("2026-12-05 17:00", "2026-12-05 17:00"),
        ("12.5", "2026-12-05 17:30"),
        ("12/5 9:05", "2026-12-05 09:05"),
        ("12月5日", "2026-12-05 17:30"),
        (" 12月5号 下午5点 ", "2026-12-05 17:00"),
        ("12月5日上午9点30分", "2026-12-05 09:30"),
        ("2026年12月5日17时", "2026-12-05 17:00"),
        ("1２-０5　17：00", "2026-12-05 17:00"),
        ("延到12月5日之前", "2026-12-05 17:30"),
        ("01-05", "2027-01-05 17:30"),
        ("11-01", "2026-11-01 17:30"),
        ("06-30", "2026-06-30 17:30"),
        ("2-29", None),
        ("2-30", None),
        ("13-01", None),
        ("12-05 25:00", None),
        ("12-05 12:60", None),
        ("12:00", None),
        ("26-12-05", None),
        ("1999-12-05", None),
        ("9999-12-31 23:59", None),
        ("下周五", None),
        ("12-05 或者 12-06", None),
        ("", None),
        ("+0天", None),
        ("+5天", "2026-12-03 10:00"),
        ("3天", "2026-12-01 10:00"),
    ],
)
def test_a_date_is_read_as_people_write_it(words: str, meant: str | None) -> None:
    assert read(words) == (local(meant) if meant else None)


def test_without_a_time_it_is_the_end_of_the_day_on_the_clock_of_the_case() -> None:
    assert read("12-05", ALWAYS) == local("2026-12-05 23:59")
    assert read("12-05", WORKING, case=replace(CASE, urgent=True)) == local("2026-12-05 23:59")


def test_the_29th_of_february_is_that_of_a_leap_year() -> None:
    assert read("2-29", now=local("2027-12-01 10:00")) == local("2028-02-29 17:30")


moments = st.datetimes(datetime(2026, 1, 1), datetime(2050, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001
aheads = st.integers(1, FURTHEST.days - 1).map(lambda count: timedelta(days=count))


@given(moments, aheads, st.sampled_from(["Asia/Shanghai", "Asia/Kathmandu", "UTC"]), st.booleans())
def test_whatever_is_written_for_a_moment_ahead_is_read_as_that_moment(
    now: datetime, ahead: timedelta, zone: str, with_year: bool
) -> None:
    policy = Policy(timezone=ZoneInfo(zone))
    until = policy.local(now + ahead).replace(second=0, microsecond=0)
    written = [f"{until:%Y-%m-%d %H:%M}", f"{until.year}年{until.month}月{until.day}日{until.hour}点{until.minute}分"]
    if not with_year:
        written = [f"{until:%m-%d %H:%M}", f"{until.month}/{until.day} {until.hour}:{until.minute:02}"]

    assert {read(words, policy, now) for words in written} == {until}


@given(st.text(max_size=60) | st.from_regex(r"[0-9]{0,4}[-/.年]?[0-9]{0,3}[-月][0-9]{0,3}[ 日]?[0-9:]{0,6}"), moments)
def test_whatever_is_written_is_a_moment_or_none(words: str, now: datetime) -> None:
    until = read(words, now=now)

    assert until is None or (until.tzinfo is UTC and 1999 < until.year < 2101)


@pytest.mark.parametrize("count", OFFERED_DAYS)
def test_days_are_those_of_the_clock_and_counted_from_the_deadline_in_force(count: int) -> None:
    assert later_by(CASE, count, ALWAYS, Weekdays()) == DUE + timedelta(days=count)
    assert later_by(CASE, count, WORKING, Weekdays()) == deadline(DUE, days(count), WORKING, Weekdays()).due_at
    assert later_by(replace(CASE, urgent=True), count, WORKING, Weekdays()) == DUE + timedelta(days=count)


@pytest.mark.parametrize(
    ("until", "error"),
    [
        (MONDAY_TEN, DatePast),
        (MONDAY_TEN + timedelta(seconds=1), DateTooSoon),
        (DUE, DateTooSoon),
        (DUE + timedelta(seconds=1), None),
        (MONDAY_TEN + FURTHEST, None),
        (MONDAY_TEN + FURTHEST + timedelta(seconds=1), DateTooFar),
    ],
)
def test_a_later_deadline_is_later_than_the_one_in_force_and_not_absurdly_far(
    until: datetime, error: type[DeskError] | None
) -> None:
    if error is None:
        require_later(CASE, until, MONDAY_TEN)
    else:
        with pytest.raises(error):
            require_later(CASE, until, MONDAY_TEN)


def test_a_later_deadline_is_asked_for_in_time_one_at_a_time_and_as_often_as_the_policy_allows() -> None:
    def why(case: Case, now: datetime = MONDAY_TEN) -> type[DeskError] | None:
        error = why_not_extendable(case, now, WORKING)
        return None if error is None else type(error)

    worked_on = {state for state in State if why(a_case(state)) is None}
    assert worked_on == {State.ACCEPTED, State.WAITING}
    assert why(a_case(State.RESOLVED)) is MoveNotAllowed
    assert why(CASE, DUE - timedelta(seconds=1)) is None
    assert why(CASE, DUE) is DeadlinePassed
    assert why(asked_to_extend(CASE, DUE)) is ExtensionAsked
    assert why(replace(CASE, extensions=1)) is None
    assert why(replace(CASE, extensions=2)) is ExtensionsUsedUp


def test_those_rule_who_lead_the_nearest_unit_above_with_a_group() -> None:
    assert rules_on_extension(town(), CASE) == "ZN"
    assert rules_on_extension(town(ZN={"chat": None}), CASE) == "GHQ"
    assert rules_on_extension(town(), a_case(State.ACCEPTED, unit=UnitCode("BZ"))) is None
    assert rules_on_extension(town(), a_case(State.ACCEPTED, unit=UnitCode("GONE"))) is None


def test_there_is_as_long_to_rule_as_the_policy_says_and_never_longer_than_the_deadline() -> None:
    assert rule_by(CASE, MONDAY_TEN, ALWAYS, Weekdays()) == MONDAY_TEN + timedelta(days=1)
    assert rule_by(CASE, DUE - timedelta(hours=1), ALWAYS, Weekdays()) == DUE


@given(st.integers(0, 90), st.integers(1, 90), st.sampled_from([WORKING, ALWAYS]))
def test_a_named_deadline_is_due_then_and_yellow_in_between(start: int, length: int, policy: Policy) -> None:
    now = MONDAY_TEN + timedelta(hours=7 * start)
    due_at = now + timedelta(hours=7 * length)
    promise = named(due_at, now, policy, Weekdays())

    assert promise.due_at == due_at
    assert now <= promise.warn_at <= due_at


def test_what_is_granted_is_green_again_and_counted() -> None:
    now = DUE - timedelta(hours=1)
    case = asked_to_extend(CASE, DUE)
    assert case.colour(now) is Colour.YELLOW
    granted = extended(case, FRIDAY, now, ALWAYS, Weekdays())

    assert granted.responsible.resolve == Deadline(now + timedelta(hours=25) * 0.75, FRIDAY, now)
    assert (granted.extensions, granted.responsible.rule_by) == (1, None)
    assert granted.colour(now) is Colour.GREEN
    assert not_extended(case) == CASE


def test_what_has_come_to_be_later_by_itself_stays() -> None:
    waited = a_case(State.ACCEPTED, resolve=due_in(days=9))

    assert extended(waited, FRIDAY, MONDAY_TEN, ALWAYS, Weekdays()).responsible.resolve == due_in(days=9)


def test_the_ruling_is_planned_as_long_as_it_waits() -> None:
    def ruled(case: Case) -> list[datetime]:
        return [row.due_at for row in plan(case, MONDAY_TEN, ALWAYS, Weekdays()) if row.what is Due.RULING_DUE]

    assert ruled(asked_to_extend(CASE, FRIDAY)) == [FRIDAY]
    assert ruled(CASE) == []


def test_what_was_asked_is_past_once_the_case_has_moved_on() -> None:
    case = asked_to_extend(CASE, DUE)
    waiting = move(case, Verb.ASK, MONDAY_TEN)
    assert without_past_request(case) == case
    assert without_past_request(waiting) == waiting

    climbed = reassign(move(case, Verb.ESCALATE, MONDAY_TEN), UnitCode("ZN"), Because.BY_HAND, MONDAY_TEN)
    reported = move(case, Verb.RESOLVE, MONDAY_TEN)
    withdrawn = close(move(case, Verb.WITHDRAW, MONDAY_TEN), Because.WITHDRAWN, MONDAY_TEN)
    released = move(case, Verb.RELEASE, MONDAY_TEN)
    for moved in (climbed, reported, withdrawn, released):
        after = without_past_request(moved)
        assert after != moved
        assert [one.rule_by for one in (*after.ended, after.responsible)] == [None] * (len(after.ended) + 1)
