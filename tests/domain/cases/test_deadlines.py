"""Deadlines on the working clock: weekends, holidays and worked weekends of 2025 and 2026, and what always holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars import ChineseCalendar
from domain.cases.deadlines import Colour, deadline, unknown_years
from domain.cases.policy import BUILT_IN_TERMS, Clock, Duration, Policy, days, hours, minutes
from tests.domain.ground import MONDAY_TEN, SPRING_FESTIVAL_2027, due_in

POLICY = Policy()
CALENDAR = ChineseCalendar()

starts = st.datetimes(datetime(2025, 1, 1), datetime(2026, 11, 1)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001
lengths = st.one_of(
    st.integers(1, 20).map(days),
    st.timedeltas(timedelta(seconds=1), timedelta(hours=40)).map(lambda span: Duration(span=span)),
)


def local(written: str) -> datetime:
    return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=POLICY.timezone)


def due(start: datetime, within: Duration, policy: Policy = POLICY) -> datetime:
    return deadline(start, within, policy, CALENDAR).due_at


def working_time(start: datetime, end: datetime) -> timedelta:
    """Add up the office hours between two moments, day by day."""
    total, first, last = timedelta(), POLICY.local(start).date(), POLICY.local(end).date()
    for day in takewhile(lambda day: day <= last, (first + timedelta(days=n) for n in count())):
        opens, closes = office_hours(day)
        total += max(timedelta(), min(closes, end) - max(opens, start))
    return total


def office_hours(day: date) -> tuple[datetime, datetime]:
    opens = datetime.combine(day, POLICY.working_hours.start, POLICY.timezone)
    closes = datetime.combine(day, POLICY.working_hours.end, POLICY.timezone)
    return opens, closes if CALENDAR.is_working_day(day) else opens


@pytest.mark.parametrize(
    ("start", "within", "end"),
    [
        ("2026-11-23 10:00", minutes(30), "2026-11-23 10:30"),
        ("2026-11-23 08:30", hours(9), "2026-11-23 17:30"),
        ("2026-11-23 06:00", minutes(30), "2026-11-23 09:00"),
        ("2026-11-23 17:30", minutes(30), "2026-11-24 09:00"),
        ("2026-11-23 23:59", minutes(30), "2026-11-24 09:00"),
        ("2026-11-23 17:15", minutes(30), "2026-11-24 08:45"),
        ("2026-11-27 17:15", minutes(30), "2026-11-30 08:45"),
        ("2026-11-28 12:00", hours(4), "2026-11-30 12:30"),
        ("2026-11-23 16:30", hours(4), "2026-11-24 11:30"),
    ],
)
def test_hours_count_only_while_the_office_is_open(start: str, within: Duration, end: str) -> None:
    assert due(local(start), within) == local(end)


@pytest.mark.parametrize(
    ("start", "within", "end"),
    [
        ("2026-11-23 10:00", days(3), "2026-11-26 10:00"),
        ("2026-11-27 10:00", days(1), "2026-11-30 10:00"),
        ("2026-11-28 12:00", days(1), "2026-11-30 17:30"),
        ("2026-11-23 10:00", days(15), "2026-12-14 10:00"),
    ],
)
def test_a_day_is_a_working_day(start: str, within: Duration, end: str) -> None:
    assert due(local(start), within) == local(end)


@pytest.mark.parametrize(
    ("start", "within", "end"),
    [
        ("2026-02-13 10:00", days(1), "2026-02-14 10:00"),  # the Saturday before Spring Festival is worked
        ("2026-02-13 10:00", days(2), "2026-02-24 10:00"),  # and then nine days off
        ("2026-09-30 10:00", days(1), "2026-10-08 10:00"),  # National Day, Thursday to Wednesday
        ("2026-09-30 10:00", days(3), "2026-10-10 10:00"),  # paid back on Saturday
        ("2026-09-30 17:00", hours(1), "2026-10-08 09:00"),
        ("2025-09-30 10:00", days(1), "2025-10-09 10:00"),
        ("2025-09-30 10:00", days(3), "2025-10-11 10:00"),
        ("2025-01-26 09:00", hours(2), "2025-01-26 11:00"),  # a worked Sunday
        ("2025-01-27 17:00", hours(1), "2025-02-05 09:00"),
    ],
)
def test_holidays_do_not_count_and_worked_weekends_do(start: str, within: Duration, end: str) -> None:
    assert due(local(start), within) == local(end)


@pytest.mark.parametrize(
    ("start", "within", "end"),
    [
        ("2027-01-29 10:00", days(1), "2027-01-31 10:00"),  # a worked Sunday before the Spring Festival
        ("2027-02-04 17:00", hours(1), "2027-02-15 09:00"),  # nine days off, and a Sunday
        ("2027-02-19 10:00", days(2), "2027-02-22 10:00"),  # paid back on Saturday
    ],
)
def test_the_days_of_a_notice_in_the_policy_file_count(start: str, within: Duration, end: str) -> None:
    calendar = ChineseCalendar(SPRING_FESTIVAL_2027)

    assert deadline(local(start), within, POLICY, calendar).due_at == local(end)


def test_on_the_calendar_clock_nights_and_weekends_count() -> None:
    policy = Policy(clock=Clock.CALENDAR)

    assert due(local("2026-11-28 23:00"), hours(4), policy) == local("2026-11-29 03:00")
    assert due(local("2026-09-30 10:00"), days(3), policy) == local("2026-10-03 10:00")
    assert deadline(MONDAY_TEN, hours(4), policy, CALENDAR).warn_at == MONDAY_TEN + timedelta(hours=3)


def test_yellow_comes_after_three_quarters_of_the_working_time() -> None:
    promise = deadline(local("2026-11-26 16:30"), days(1), POLICY, CALENDAR)

    assert promise.warn_at == local("2026-11-27 14:15")
    assert promise.due_at == local("2026-11-27 16:30")


def test_a_promise_is_green_then_yellow_then_red() -> None:
    promise = due_in(hours=4)

    assert promise.colour(MONDAY_TEN) is Colour.GREEN
    assert promise.colour(promise.warn_at - timedelta(microseconds=1)) is Colour.GREEN
    assert promise.colour(promise.warn_at) is Colour.YELLOW
    assert promise.colour(promise.due_at - timedelta(microseconds=1)) is Colour.YELLOW
    assert promise.colour(promise.due_at) is Colour.RED


@given(starts, lengths)
def test_from_start_to_due_there_is_just_the_promised_working_time(start: datetime, within: Duration) -> None:
    day = working_time(local("2026-11-23 00:00"), local("2026-11-24 00:00"))

    assert working_time(start, due(start, within)) == within.days * day + within.span


@given(starts, lengths)
def test_due_lies_in_working_hours_and_never_before_its_warning_or_the_start(start: datetime, within: Duration) -> None:
    promise = deadline(start, within, POLICY, CALENDAR)

    assert start < promise.warn_at <= promise.due_at
    for moment in (promise.warn_at, promise.due_at):
        opens, closes = office_hours(POLICY.local(moment).date())
        assert opens < moment <= closes


@given(starts, starts, lengths)
def test_who_is_promised_later_is_not_due_earlier(one: datetime, other: datetime, within: Duration) -> None:
    assert due(min(one, other), within) <= due(max(one, other), within)


@given(starts, lengths, lengths)
def test_a_longer_promise_is_not_due_earlier(start: datetime, one: Duration, other: Duration) -> None:
    day = timedelta(hours=9)
    shorter, longer = sorted((one, other), key=lambda length: length.days * day + length.span)

    assert due(start, shorter) <= due(start, longer)


@given(starts, lengths, st.sampled_from(Clock))
def test_a_moment_comes_back_in_the_zone_in_which_it_was_given(start: datetime, within: Duration, clock: Clock) -> None:
    assert due(start, within, Policy(clock=clock)).tzinfo is UTC


class UntilThisYear(ChineseCalendar):
    """A calendar that knows no notice of a year after 2026."""

    def is_published(self, year: int) -> bool:
        """Whether the year is over or under way."""
        return year <= 2026


@pytest.mark.parametrize(
    ("now", "longest", "unknown"),
    [
        ("2026-11-28 10:00", days(15), []),
        ("2026-11-30 23:59", days(15), []),
        ("2026-12-01 00:00", days(15), [2027]),
        ("2026-11-28 10:00", days(40), [2027]),  # reaches it before December
        ("2027-01-01 00:00", days(15), [2027]),
        ("2027-12-01 00:00", days(15), [2027, 2028]),
    ],
)
def test_a_year_is_missed_as_soon_as_a_deadline_may_reach_it(now: str, longest: Duration, unknown: list[int]) -> None:
    terms = {kind: replace(terms, resolve_within=longest) for kind, terms in BUILT_IN_TERMS.items()}

    assert [*unknown_years(local(now), Policy(kinds=terms), UntilThisYear())] == unknown
    assert not unknown_years(local(now), Policy(kinds=terms, clock=Clock.CALENDAR), UntilThisYear())
