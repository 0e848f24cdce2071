"""Pauses: a promise that stood still has just as much of the desk's time left, wherever the pause began and ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars import ChineseCalendar
from domain.cases.case import State, resumed
from domain.cases.deadlines import Calendar, Colour, Deadline, deadline, later, paused
from domain.cases.followups import Due, plan
from domain.cases.policy import Clock, Duration, Policy, Span, days, hours
from tests.domain.ground import MONDAY_TEN, SPRING_FESTIVAL_2027, Weekdays, a_case

CALENDAR = ChineseCalendar()
BERLIN = ZoneInfo("Europe/Berlin")


class EveryDay:
    """A calendar on which offices never close for a day."""

    def is_working_day(self, _day: date) -> bool:
        """Say yes."""
        return True

    def is_published(self, _year: int) -> bool:
        """Say yes."""
        return True


@dataclass(frozen=True)
class Rules:
    """A policy, and the calendar that goes with it."""

    policy: Policy
    calendar: Calendar = CALENDAR

    def promise(self, start: datetime, within: Duration) -> Deadline:
        return deadline(start, within, self.policy, self.calendar)

    def paused(self, promise: Deadline, began: datetime, ended: datetime) -> Deadline:
        return paused(promise, began, ended, self.policy, self.calendar)

    def left(self, moment: datetime, due_at: datetime) -> timedelta:
        """Return how much time on the desk's clock lies before a deadline, by halving what could be promised."""
        shortest, longest = timedelta(), max(timedelta(), due_at - moment)
        while longest - shortest > timedelta(microseconds=1):
            middle = shortest + (longest - shortest) / 2
            if self.promise(moment, Duration(span=middle)).due_at < due_at:
                shortest = middle
            else:
                longest = middle
        return longest

    def works_until(self, moment: datetime) -> bool:
        """Whether somebody works just before a moment; at the calendar clock, always."""
        before = self.policy.local(moment - timedelta(microseconds=1))
        works = self.calendar.is_working_day(before.date()) and before.time() in self.policy.working_hours
        return works or self.policy.clock is Clock.CALENDAR


RULES: Mapping[str, Rules] = {
    "working": Rules(Policy()),
    "with a notice in the policy file": Rules(Policy(), ChineseCalendar(SPRING_FESTIVAL_2027)),
    "calendar": Rules(Policy(clock=Clock.CALENDAR)),
    "where clocks are put back": Rules(Policy(timezone=BERLIN)),
    "open at night when they are": Rules(Policy(timezone=BERLIN, working_hours=Span(time(0), time(4))), EveryDay()),
}
any_rules = st.sampled_from(list(RULES.values()))
lengths = st.one_of(
    st.integers(1, 15).map(days),
    st.timedeltas(timedelta(seconds=1), timedelta(hours=40)).map(lambda span: Duration(span=span)),
)
spans = st.one_of(
    st.just(timedelta()),
    st.timedeltas(timedelta(), timedelta(hours=20)),
    st.timedeltas(timedelta(), timedelta(days=40)),
)


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """Return any moment of 2026 or around the next Spring Festival, often just when an office opens or closes."""
    days = st.dates(date(2026, 1, 5), date(2026, 11, 1)) | st.dates(date(2027, 1, 25), date(2027, 3, 1))
    day = draw(days | st.sampled_from([date(2026, 2, 14), date(2026, 3, 29), date(2026, 10, 25)]))
    edges = st.sampled_from([time(8, 30), time(17, 30), time(0), time(2), time(2, 30, fold=1), time(4)])
    beside = draw(st.sampled_from([0, 0, -1, 1])) * timedelta(microseconds=1)
    zone = draw(st.sampled_from([ZoneInfo("Asia/Shanghai"), BERLIN]))
    return datetime.combine(day, draw(st.times() | edges), zone).astimezone(UTC) + beside


def local(written: str) -> datetime:
    return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("due_at", "began", "ended", "then_due_at"),
    [
        # Two hours left at five on Friday; the resident says no on Sunday, or on Monday before or after the opening.
        ("2026-11-30 10:00", "2026-11-27 17:00", "2026-11-29 20:00", "2026-11-30 10:30"),
        ("2026-11-30 10:00", "2026-11-27 17:00", "2026-11-30 08:00", "2026-11-30 10:30"),
        ("2026-11-30 10:00", "2026-11-27 17:00", "2026-12-02 16:30", "2026-12-03 09:30"),
        # A night alone, a weekend alone, and nothing at all.
        ("2026-11-24 10:30", "2026-11-23 17:30", "2026-11-24 08:30", "2026-11-24 10:30"),
        ("2026-11-30 10:30", "2026-11-28 09:00", "2026-11-29 23:59", "2026-11-30 10:30"),
        ("2026-11-24 17:30", "2026-11-23 12:00", "2026-11-23 12:00", "2026-11-24 17:30"),
        # From opening to closing, to the second: one day more.
        ("2026-11-24 17:30", "2026-11-23 08:30", "2026-11-23 17:30", "2026-11-25 17:30"),
        ("2026-11-24 08:31", "2026-11-23 08:30", "2026-11-24 08:30", "2026-11-25 08:31"),
        # Across the Spring Festival: the 14th and the 28th of February are Saturdays that are worked.
        ("2026-02-13 17:30", "2026-02-13 15:30", "2026-02-14 07:00", "2026-02-14 10:30"),
        ("2026-02-14 10:30", "2026-02-13 17:30", "2026-02-20 12:00", "2026-02-24 10:30"),
        ("2026-02-14 17:30", "2026-02-14 16:30", "2026-02-22 03:00", "2026-02-24 09:30"),
        ("2026-02-27 17:30", "2026-02-27 15:30", "2026-02-28 16:30", "2026-03-02 09:30"),
    ],
)
def test_a_pause_leaves_the_same_working_time(due_at: str, began: str, ended: str, then_due_at: str) -> None:
    promise = Deadline(local(due_at), local(due_at))

    assert paused(promise, local(began), local(ended), Policy(), CALENDAR).due_at == local(then_due_at)


@pytest.mark.parametrize(
    ("due_at", "began", "ended", "then_due_at"),
    [
        ("2027-02-04 17:30", "2027-02-04 15:30", "2027-02-10 12:00", "2027-02-15 10:30"),
        ("2027-01-29 17:30", "2027-01-29 15:30", "2027-01-30 12:00", "2027-01-31 10:30"),
        ("2027-02-19 17:30", "2027-02-19 15:30", "2027-02-20 09:30", "2027-02-20 11:30"),
    ],
)
def test_a_pause_goes_by_the_notice_in_the_policy_file(due_at: str, began: str, ended: str, then_due_at: str) -> None:
    rules = RULES["with a notice in the policy file"]
    promise = Deadline(local(due_at), local(due_at))

    assert rules.paused(promise, local(began), local(ended)).due_at == local(then_due_at)


@pytest.mark.parametrize("name", RULES)
def test_what_was_reached_when_the_pause_began_stays_as_it_was(name: str) -> None:
    rules, week = RULES[name], timedelta(days=7)
    promise = rules.promise(MONDAY_TEN, days(1))

    assert rules.paused(promise, promise.due_at, promise.due_at + week) == promise
    assert rules.paused(promise, promise.due_at + week, promise.due_at + 2 * week) == promise
    yellow = rules.paused(promise, promise.warn_at, promise.warn_at + week)
    assert yellow.warn_at == promise.warn_at
    assert yellow.due_at > promise.due_at


@given(moments(), lengths, spans, spans, any_rules)
def test_after_a_pause_there_is_as_much_time_left_as_before(
    start: datetime, within: Duration, until: timedelta, length: timedelta, rules: Rules
) -> None:
    promise, began, ended = rules.promise(start, within), start + until, start + until + length
    after = rules.paused(promise, began, ended)

    if promise.due_at > began:
        change = rules.left(ended, after.due_at) - rules.left(began, promise.due_at)
        assert abs(change) <= timedelta(microseconds=2)
    assert (after.colour(ended) is Colour.RED) is (promise.colour(began) is Colour.RED)
    assert (after.colour(ended) is Colour.GREEN) <= (promise.colour(began) is Colour.GREEN)


@given(moments(), lengths, spans, spans, any_rules)
def test_a_pause_never_moves_a_deadline_forward_nor_out_of_working_time(
    start: datetime, within: Duration, until: timedelta, length: timedelta, rules: Rules
) -> None:
    promise, began = rules.promise(start, within), start + until
    after = rules.paused(promise, began, began + length)

    assert promise.warn_at <= after.warn_at <= after.due_at
    assert promise.due_at <= after.due_at
    assert rules.works_until(after.warn_at)
    assert rules.works_until(after.due_at)


@given(moments(), lengths, spans, st.lists(spans, min_size=1, max_size=4), any_rules)
def test_pauses_add_up_however_they_are_split(
    start: datetime, within: Duration, until: timedelta, lengths: list[timedelta], rules: Rules
) -> None:
    promise = rules.promise(start, within)
    turns = [start + until + sum(lengths[:n], timedelta()) for n in range(len(lengths) + 1)]
    split = promise
    for began, ended in pairwise(turns):
        split = rules.paused(split, began, ended)

    assert split == rules.paused(promise, turns[0], turns[-1])


@given(moments(), moments(), spans, any_rules)
def test_a_deadline_that_lies_outside_working_time_comes_into_it_with_the_first_pause(
    due_at: datetime, began: datetime, length: timedelta, rules: Rules
) -> None:
    moved = later(due_at, began, began + length, rules.policy, rules.calendar)

    assert moved >= due_at
    assert moved == due_at or rules.works_until(moved)


@given(moments(), spans, any_rules)
def test_a_clock_that_was_put_back_meanwhile_moves_nothing(began: datetime, back: timedelta, rules: Rules) -> None:
    promise = rules.promise(began, hours(4))

    assert rules.paused(promise, began, began - back) == promise


def test_the_term_after_a_missed_one_stands_still_as_well() -> None:
    missed = MONDAY_TEN
    case = a_case(State.ACCEPTED, overdue_at=missed, unit_since=missed, resolve=Deadline(missed, missed))
    reported, answered = missed + timedelta(days=1), missed + timedelta(days=15)

    back = resumed(case, reported, answered, Policy(), Weekdays())
    row = next(row for row in plan(back, answered, Policy(), Weekdays()) if row.what is Due.RESOLVE_MISSED)

    assert row.due_at == deadline(answered, days(2), Policy(), Weekdays()).due_at
    assert back.responsible.resolve == case.responsible.resolve
