"""The policy: quiet hours that run over midnight, and intervals whose last one repeats."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.policy import Duration, Policy, Span, days, hours, interval, minutes

moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
zones = st.sampled_from(["Asia/Shanghai", "Asia/Urumqi", "UTC", "Europe/Berlin", "America/St_Johns"]).map(ZoneInfo)
policies = st.builds(Policy, timezone=zones, quiet_hours=st.none() | st.builds(Span, times, times))


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("moment", "quiet"), [(at(21, 59), False), (at(22), True), (at(0), True), (at(7, 59), True), (at(8), False)]
)
def test_the_night_is_quiet_from_ten_to_eight(moment: datetime, quiet: bool) -> None:
    assert Policy().is_quiet(moment) is quiet


def test_quiet_hours_within_a_day_leave_the_night_alone() -> None:
    siesta = Policy(quiet_hours=Span(time(12), time(14)))

    assert siesta.is_quiet(at(13))
    assert not siesta.is_quiet(at(23))
    assert siesta.after_quiet(at(12, 30)) == at(14)


def test_what_falls_into_the_night_waits_for_the_morning() -> None:
    assert Policy().after_quiet(at(23)) == at(8) + timedelta(days=1)
    assert Policy().after_quiet(at(3)) == at(8)
    assert Policy().after_quiet(at(12)) == at(12)


@given(policies, moments)
def test_after_quiet_hours_it_is_never_quiet(policy: Policy, moment: datetime) -> None:
    after = policy.after_quiet(moment)

    assert not policy.is_quiet(after)
    assert moment <= after <= moment + timedelta(hours=25)  # a day, where clocks are put back meanwhile


@given(policies, moments)
def test_nothing_waits_outside_quiet_hours(policy: Policy, moment: datetime) -> None:
    assert (policy.after_quiet(moment) == moment) is not policy.is_quiet(moment)


@given(st.lists(st.integers(1, 100).map(days), min_size=1, max_size=5), st.integers(0, 20))
def test_the_last_interval_repeats(steps: list[Duration], n: int) -> None:
    wanted = [*steps, *[steps[-1]] * 20][n]

    assert interval(tuple(steps), n) == wanted.always


@pytest.mark.parametrize(
    ("length", "written"),
    [
        (days(7), "7d"),
        (hours(4), "4h"),
        (minutes(30), "30m"),
        (minutes(90), "90m"),
        (Duration(span=timedelta(seconds=3)), "3s"),
    ],
)
def test_a_length_is_written_as_in_the_policy_file(length: Duration, written: str) -> None:
    assert str(length) == written
