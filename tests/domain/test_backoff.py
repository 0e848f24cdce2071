"""Back-off: however often something has failed, it is tried again, ever later, up to the longest wait."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.backoff import back_off

FIRST, LONGEST = timedelta(seconds=1), timedelta(seconds=10)

waits = st.timedeltas(timedelta(milliseconds=1), timedelta(days=30))
counts = st.one_of(st.integers(-3, 100), st.integers(0, 10**30))


def test_waits_double_up_to_the_longest() -> None:
    assert [back_off(failures, FIRST, LONGEST).total_seconds() for failures in range(7)] == [1, 1, 2, 4, 8, 10, 10]


@given(counts, waits, waits)
def test_no_number_of_failures_is_too_many(failures: int, one: timedelta, other: timedelta) -> None:
    first, longest = sorted((one, other))

    wait = back_off(failures, first, longest)

    assert first <= wait <= longest
    assert wait <= back_off(failures + 1, first, longest)
    assert back_off(10**30, first, longest) == longest
