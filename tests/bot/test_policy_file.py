"""The policy file: what it changes, what stays built in, and every fault at once with its line."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy_file import FIELDS, duration, read_policy
from domain.cases.announced import DayRange
from domain.cases.kinds import Kind
from domain.cases.policy import BUILT_IN_TERMS, Clock, Duration, Policy, Span, Terms, UrgentTerms, days, hours, minutes
from domain.organisation.units import Level
from tests.bot.yaml_files import any_yaml, faults_of, marked, reads_or_complains

CONTRACT = """\
timezone: Asia/Shanghai
quiet_hours: {from: "22:00", to: "08:00"}
clock: working
working_hours: {from: "08:30", to: "17:30"}
kinds:
  wish:       {accept_within: 4h,  resolve_within: 7d}
  complaint:  {accept_within: 30m, resolve_within: 3d}
  help:       {accept_within: 30m, resolve_within: 2d}
  suggestion: {accept_within: 1d,  resolve_within: 15d}
  enquiry:    {accept_within: 2h,  resolve_within: 1d}
warn_at: 0.75
worker_reminders: [4h, 1d]
resident_updates: [3d]
confirm_reminders: [1d, 3d, 7d]
return_limit: 2
transfer_limit: 2
assist_within: 3d
extension_limit: 2
rule_within: 1d
object_within: 7d
reopen_within: 15d
revisit_after: 7d
join_expires: 1d
nudge_every: 4h
draft_expires: 1d
urgent: {accept_within: 10m, resolve_within: 1d, submit_after: 2m}
"""

FAULTY = """\
timezone: Mars/Olympus           # fault: no_timezone
quiet_hours: {from: 25:00}       # fault: no_time missing
clock: sundial                   # fault: no_clock
working_hours:
  from: "17:30"                  # fault: span_over_midnight
  to: "08:30"
kinds:
  wish: {accept_within: 4}       # fault: no_duration
  prayer: {resolve_within: 7d}   # fault: unknown_field
  help: 3d                       # fault: wants_mapping
warn_at: 1.5                     # fault: no_share
worker_reminders: []             # fault: no_steps
resident_updates: 3d             # fault: no_steps
confirm_reminders: [1d, soon]    # fault: no_steps
return_limit: 0                  # fault: no_count
draft_expires: 1d
draft_expires: 2d                # fault: twice
object_within: 0d                # fault: no_duration
nudge_every: 99999d              # fault: no_duration
calendar:
  working: [2027-02-06, 2027-02-20..2027-02-21]
  free:
    - "2027-02-15..2027-02-21"     # fault: day_in_both
    - 2027-02-21..2027-02-15       # fault: days_backwards
    - 2027-02-15..2028-02-21       # fault: days_too_many
    - 2027-02-30                   # fault: no_day
    - 20270215                     # fault: no_day
    - {from: 2027-02-15}           # fault: no_day
  closed: []                       # fault: unknown_field
colour: green                    # fault: unknown_field
urgent: null                     # fault: wants_mapping
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "policy.yaml"


def read(file: Path, written: str) -> Policy:
    file.write_text(written, "utf-8")
    return read_policy(file)


def test_the_file_of_the_contract_says_what_is_built_in(file: Path) -> None:
    assert read(file, CONTRACT) == read_policy(None) == Policy()


def test_what_a_file_leaves_out_stays_built_in(file: Path) -> None:
    policy = read(file, "kinds: {wish: {accept_within: 1h}}\nclock: calendar\n")

    assert policy.clock is Clock.CALENDAR
    assert policy.kinds == {**BUILT_IN_TERMS, Kind.WISH: Terms(hours(1), days(7))}
    assert policy.confirm_reminders == (days(1), days(3), days(7))


def test_everything_can_be_changed(file: Path) -> None:
    policy = read(
        file,
        """
timezone: Asia/Urumqi
quiet_hours: {from: "12:00", to: "14:30"}
working_hours: {from: "10:00", to: "19:00"}
warn_at: 0.5
worker_reminders: [30m]
return_limit: 5
nudge_every: 3s
""",
    )

    assert policy.timezone.key == "Asia/Urumqi"
    assert policy.quiet_hours == Span(time(12), time(14, 30))
    assert policy.working_hours == Span(time(10), time(19))
    assert (policy.warn_at, policy.worker_reminders, policy.return_limit) == (0.5, (minutes(30),), 5)
    assert policy.nudge_every.always == timedelta(seconds=3)


def test_the_days_of_a_notice_are_read_alone_and_in_ranges(file: Path) -> None:
    policy = read(file, 'calendar:\n  working: ["2027-02-06"]\n  free: [2027-02-15..2027-02-21, 2027-01-01]\n')

    saturday, new_year = date(2027, 2, 6), date(2027, 1, 1)
    assert policy.calendar.working == (DayRange(saturday, saturday),)
    assert policy.calendar.free == (DayRange(date(2027, 2, 15), date(2027, 2, 21)), DayRange(new_year, new_year))


def test_the_most_special_term_wins(file: Path) -> None:
    policy = read(file, "levels: {street: {accept_within: 1d}}\ncategories: {路灯: {resolve_within: 2d}}\n")

    assert policy.terms(Kind.COMPLAINT, "", Level.STREET) == Terms(days(1), days(3))
    assert policy.terms(Kind.COMPLAINT, "路灯", Level.STREET) == Terms(days(1), days(2))
    assert policy.terms(Kind.COMPLAINT, "路灯", Level.GRID) == Terms(minutes(30), days(2))
    assert policy.when(urgent=True).terms(Kind.COMPLAINT, "路灯", Level.STREET) == policy.urgent
    both = read(file, "levels: {street: {accept_within: 1d}}\ncategories: {路灯: {accept_within: 1h}}\n")
    assert both.terms(Kind.WISH, "路灯", Level.STREET).accept_within == hours(1)


def test_what_is_wrong_with_terms_of_a_level_or_category_is_told_in_its_line(file: Path) -> None:
    written = "levels:\n  village: {accept_within: 1d}\n  street: {resolve_within: 1d}\n"
    file.write_text(written + "categories:\n  路灯: {accept_within: soon}\n  井盖: 2d\n", "utf-8")

    found = [(2, "unknown_field"), (3, "unknown_field"), (5, "no_duration"), (6, "wants_mapping")]
    assert sorted(faults_of(read_policy, file)) == found


def test_a_day_is_not_both_worked_and_free(file: Path) -> None:
    written = 'calendar:\n  working:\n    - "2027-02-20"\n  free:\n    - 2027-01-01\n    - 2027-02-15..2027-02-21\n'
    file.write_text(written, "utf-8")

    assert faults_of(read_policy, file) == [(6, "day_in_both")]


def test_what_is_promised_in_danger_can_be_changed_in_part(file: Path) -> None:
    assert read(file, "urgent: {submit_after: 3s}\n").urgent == UrgentTerms(minutes(10), days(1), duration("3s"))


def test_what_is_wrong_with_the_terms_of_danger_is_told_in_its_line(file: Path) -> None:
    file.write_text("urgent:\n  accept_within: soon\n  clock: working\n", "utf-8")

    assert faults_of(read_policy, file) == [(2, "no_duration"), (3, "unknown_field")]


def test_quiet_hours_can_be_switched_off(file: Path) -> None:
    assert read(file, "quiet_hours: null\n").quiet_hours is None


def test_a_time_without_quotes_is_understood(file: Path) -> None:
    policy = read(file, "quiet_hours: {from: 22:00, to: 8:15}\nworking_hours: {from: 0:30, to: 09:00}\n")

    assert policy.quiet_hours == Span(time(22), time(8, 15))
    assert policy.working_hours == Span(time(0, 30), time(9))


@pytest.mark.parametrize("moment", ["20", "8", "1320", "8:5", "24:00", "noon", "08:30:00", "[8, 30]", "''", "-8:00"])
def test_what_is_no_time_of_day_is_not_taken_for_one(file: Path, moment: str) -> None:
    file.write_text(f"quiet_hours:\n  from: {moment}\n  to: '07:00'\n", "utf-8")

    assert faults_of(read_policy, file) == [(2, "no_time")]


def test_every_fault_is_found_at_once_in_its_line(file: Path) -> None:
    written, expected = marked(FAULTY)
    file.write_text(written, "utf-8")

    assert sorted(faults_of(read_policy, file)) == sorted(expected)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", (1, "no_mapping")),
        (b"- clock\n", (1, "no_mapping")),
        (b"clock: [\n", (2, "no_yaml_because")),
        (b"clock: working\n---\nclock: calendar\n", (2, "no_yaml_because")),
        ("clock: 工作\n".encode("gb18030"), (1, "no_utf8")),
        (b'clock: "\\U00110000"\n', (1, "no_yaml_because")),
        (b"clock: " + b"[" * 200_000, (1, "no_yaml")),  # libyaml alone would end the process here
    ],
)
def test_what_is_no_yaml_is_one_fault(file: Path, content: bytes, fault: tuple[int, str]) -> None:
    file.write_bytes(content)

    assert faults_of(read_policy, file) == [fault]


def test_a_file_that_is_not_there_is_a_fault(file: Path) -> None:
    assert faults_of(read_policy, file) == [(1, "unreadable")]
    assert faults_of(read_policy, file.parent) == [(1, "unreadable")]


def test_a_byte_order_mark_is_no_fault(file: Path) -> None:
    assert read(file, "\ufeffclock: calendar\n").clock is Clock.CALENDAR


@given(st.integers(1, 3650), st.sampled_from("smhd"))
def test_a_length_is_read_back_as_it_is_written(count: int, unit: str) -> None:
    length = duration(f"{count}{unit}")

    assert duration(str(length)) == length
    assert length.always == timedelta(**{{"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}[unit]: count})
    assert (length == Duration(days=count)) is (unit == "d")


@given(
    any_yaml(
        [*FIELDS, *(kind.value for kind in Kind), "from", "to", "accept_within", "resolve_within", "working", "free"]
    )
)
def test_whatever_is_in_the_file_it_is_a_policy_or_has_faults(written: str) -> None:
    policy = reads_or_complains(read_policy, written)

    if policy is not None:
        assert policy.working_hours.start < policy.working_hours.end
        assert 0 < policy.warn_at < 1
        assert all(step.always > timedelta() for step in (*policy.worker_reminders, *policy.confirm_reminders))
