"""Who acts for somebody who is away, and how the days are read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people.absences import Absence, DeputyAbsentToo, deputy_of, is_away, read_day, require_no_circle
from domain.people.person import PersonId

START = datetime(2026, 12, 1, tzinfo=UTC)
PEOPLE = [PersonId(number) for number in range(5)]


@st.composite
def absences(draw: st.DrawFn) -> dict[PersonId, Absence]:
    away = draw(st.lists(st.sampled_from(PEOPLE), unique=True))
    return {person: draw(absence_of(person)) for person in away}


@st.composite
def absence_of(draw: st.DrawFn, person: PersonId) -> Absence:
    begins = START + timedelta(days=draw(st.integers(0, 5)))
    ends = begins + timedelta(days=draw(st.integers(1, 5)))
    return Absence(person, begins, ends, draw(st.none() | st.sampled_from([one for one in PEOPLE if one != person])))


@given(absences(), st.sampled_from(PEOPLE), st.integers(0, 12))
def test_whoever_acts_for_somebody_is_there_and_is_another(
    known: dict[PersonId, Absence], person: PersonId, day: int
) -> None:
    at = START + timedelta(days=day)
    deputy = deputy_of(known, person, at)

    assert deputy is None or (deputy != person and not is_away(known, deputy, at))
    assert deputy is None or is_away(known, person, at)


@given(absences(), st.sampled_from(PEOPLE).flatmap(absence_of))
def test_what_is_not_refused_as_a_circle_is_none_at_any_moment(known: dict[PersonId, Absence], new: Absence) -> None:
    known = {person: absence for person, absence in known.items() if person != new.person}
    try:
        require_no_circle(known, new)
    except DeputyAbsentToo:
        return
    for day in range(12):
        at, passed, here = START + timedelta(days=day), set[PersonId](), new.person
        while is_away(known | {new.person: new}, here, at) and here not in passed:
            passed.add(here)
            following = (known | {new.person: new})[here].deputy
            if following is None or following == new.person:
                assert following is None or not new.is_on(at)
                break
            here = following


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12-01", date(2026, 12, 1)),
        ("2026-12-01", date(2026, 12, 1)),
        ("12月1日", date(2026, 12, 1)),
        ("１２．０１", date(2026, 12, 1)),
        ("01-02", date(2027, 1, 2)),
        ("今天", date(2026, 11, 23)),
        ("明天", date(2026, 11, 24)),
        ("02-30", None),
        ("13-01", None),
        ("赵敏", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_write_it(written: str, day: date | None) -> None:
    assert read_day(written, date(2026, 11, 23)) == day


@given(st.text(max_size=30))
def test_whatever_is_written_is_a_day_or_none(written: str) -> None:
    assert read_day(written, date(2026, 11, 23)) is None or len(written) >= 2
