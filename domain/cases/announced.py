"""Announced days: what an official notice says of single days, over all that a calendar knows by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class DayRange:
    """Some days in a row, the first and the last included."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(self.count))


@dataclass(frozen=True, slots=True)
class Announced:
    """The days on which offices are open, and those on which they are closed; no day is in both."""

    working: tuple[DayRange, ...] = ()
    free: tuple[DayRange, ...] = ()


NOTHING = Announced()
