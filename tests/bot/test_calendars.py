"""The official calendar: public holidays and worked weekends as the State Council published them."""

from datetime import date, timedelta

import pytest

from bot.calendars import ChineseCalendar
from domain.cases.announced import Announced, DayRange

CALENDAR = ChineseCalendar()

# The State Council's notices for 2025 and 2026: days off from and to, and weekends worked instead.
OFF = [
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]
WORKED = [
    *("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
    *("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
]


def days_off() -> set[date]:
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in OFF]
    return {first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)}


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_of_the_year_is_as_published(year: int) -> None:
    worked = {date.fromisoformat(day) for day in WORKED}
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]

    wrong = [
        day
        for day in days
        if CALENDAR.is_working_day(day) != (day in worked or (day.weekday() < 5 and day not in days_off()))
    ]

    assert wrong == []


def test_a_year_without_published_worked_weekends_is_known_to_be_so() -> None:
    assert CALENDAR.is_published(2025)
    assert CALENDAR.is_published(2026)
    assert not CALENDAR.is_published(2090)


def test_far_ahead_weekends_still_count() -> None:
    assert not CALENDAR.is_working_day(date(2090, 7, 15))
    assert CALENDAR.is_working_day(date(2090, 7, 17))


def test_what_is_announced_wins_over_what_the_library_knows_on_just_these_days() -> None:
    saturday, monday, friday = date(2027, 2, 6), date(2027, 2, 15), date(2027, 2, 19)
    announced = Announced(working=(DayRange(saturday, saturday),), free=(DayRange(monday, friday),))
    calendar = ChineseCalendar(announced)
    year = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]

    assert calendar.is_working_day(saturday)
    assert not any(map(calendar.is_working_day, DayRange(monday, friday)))
    others = [day for day in year if day != saturday and not monday <= day <= friday]
    assert [*map(calendar.is_working_day, others)] == [*map(CALENDAR.is_working_day, others)]


def test_a_year_of_which_something_is_announced_is_published() -> None:
    new_year = date(2090, 1, 1)
    calendar = ChineseCalendar(Announced(free=(DayRange(new_year, new_year),)))

    assert calendar.is_published(2090)
    assert not calendar.is_published(2091)
