"""Official working days: China's public holidays and the weekends worked instead (调休), from `holidays`."""

from datetime import date
from functools import lru_cache

import holidays

from domain.cases.announced import NOTHING, Announced


class ChineseCalendar:
    """The port `domain.deadlines.Calendar`; what the policy file announces wins over what the package knows."""

    def __init__(self, announced: Announced = NOTHING) -> None:
        self._days = holidays.country_holidays("CN")
        self._announced = {day: True for days in announced.working for day in days}
        self._announced |= {day: False for days in announced.free for day in days}

    @lru_cache(maxsize=4096)  # noqa: B019 - one calendar lives as long as the process
    def is_working_day(self, day: date) -> bool:
        """Whether offices are open on this day."""
        announced = self._announced.get(day)
        return bool(self._days.is_working_day(day)) if announced is None else announced

    def is_published(self, year: int) -> bool:
        """Whether the year's worked weekends are known; the State Council publishes them each November."""
        self._days.get(date(year, 1, 1))
        return any(day.year == year for day in (*self._days.weekend_workdays, *self._announced))
