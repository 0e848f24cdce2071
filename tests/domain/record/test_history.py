"""The chain of history: whatever is changed, deleted, moved, added or cut is found, and the right row is named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.case import CaseId
from domain.people.person import PersonId
from domain.record.history import GENESIS, Event, EventId, Fault, Head, Row, Verification, chained, digest_of, hash_of
from tests.domain.ground import MONDAY_TEN

Chain = list[Row]

payloads = st.dictionaries(
    st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.text(max_size=10), max_size=3
)
told = st.tuples(
    st.timedeltas(timedelta(), timedelta(days=400)),
    st.integers(0, 2**52),
    st.sampled_from([event for event in Event if event is not Event.PAYLOAD_ERASED]),
    payloads,
    st.none() | st.integers(1, 2**40),
)


def chain_of(*entries: tuple[timedelta, int, Event, dict[str, Any], int | None]) -> Chain:
    rows: Chain = []
    for later, actor, event, payload, case in entries:
        at, salt = MONDAY_TEN + later, f"salt {len(rows)}"
        rows.append(chained(head_of(rows), at, PersonId(actor), event, payload, salt, CaseId(case) if case else None))
    return rows


chains = st.lists(told, min_size=1, max_size=6).map(lambda entries: chain_of(*entries))


def head_of(rows: Chain) -> Head:
    return Head(rows[-1].id, rows[-1].hash) if rows else Head()


def verify(rows: Chain, noted: Head, told_head: str | None = None) -> Fault | None:
    """Read the rows as a database gives them: in the order of their ids."""
    chain = Verification(told_head)
    chain.feed(sorted(rows, key=lambda row: row.id))
    return chain.finish(noted)


def rehashed(row: Row, **changes: Any) -> Row:
    """Forge a row as somebody would who knows how hashes are made."""
    forged = replace(row, **changes)
    return replace(forged, hash=hash_of(forged))


CHANGES: dict[str, Callable[[Row], Any]] = {
    "at": lambda row: row.at + timedelta(microseconds=1),
    "case": lambda row: (row.case or 0) + 1,
    "actor": lambda row: row.actor + 1,
    "event": lambda row: Event.CASE_CONFIRMED if row.event != Event.CASE_CONFIRMED else Event.CASE_RATED,
    "payload": lambda row: f"{row.payload} ",
    "salt": lambda row: f"{row.salt} ",
    "digest": lambda row: digest_of(row.digest, ""),
    "before": lambda row: digest_of(row.before, ""),
    "hash": lambda row: digest_of(row.hash, ""),
}


@given(chains)
def test_a_chain_that_nobody_touched_is_whole(rows: Chain) -> None:
    assert verify(rows, head_of(rows)) is None


def test_no_history_yet_is_whole_too() -> None:
    assert verify([], Head()) is None
    assert Head().hash == GENESIS


@pytest.mark.parametrize("field", CHANGES)
@given(rows=chains, data=st.data())
def test_a_changed_field_is_found_in_its_row(field: str, rows: Chain, data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(rows))
    changed = replace(row, **{field: CHANGES[field](row)})

    found = verify([changed if one is row else one for one in rows], head_of(rows))

    assert found
    assert found.row == row.id


@given(chains, st.data())
def test_a_row_forged_with_a_right_hash_is_found_by_what_follows_it(rows: Chain, data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(rows))
    forged = rehashed(row, payload="{}x", digest=digest_of("{}x", row.salt or ""))

    found = verify([forged if one is row else one for one in rows], head_of(rows))

    assert found
    assert found.row == min(row.id + 1, len(rows))


@given(chains, st.data())
def test_a_deleted_row_is_named(rows: Chain, data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(rows))

    found = verify([one for one in rows if one is not row], head_of(rows))

    assert found == Fault(row.id, "missing" if row is not rows[-1] else "tail_cut")


@given(st.lists(told, min_size=2, max_size=6).map(lambda entries: chain_of(*entries)), st.data())
def test_the_first_of_two_swapped_rows_is_named(rows: Chain, data: st.DataObject) -> None:
    first, second = sorted(data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=2, max_size=2)))
    swapped = list(rows)
    swapped[first] = replace(rows[second], id=rows[first].id)
    swapped[second] = replace(rows[first], id=rows[second].id)

    found = verify(swapped, head_of(rows))

    assert found
    assert found.row == first + 1


@given(chains, st.data())
def test_a_row_with_another_number_leaves_a_gap_that_is_named(rows: Chain, data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(rows))
    moved = rehashed(row, id=EventId(len(rows) + data.draw(st.integers(1, 5))))

    found = verify([moved if one is row else one for one in rows], head_of(rows))

    assert found == Fault(row.id, "missing")


@given(chains, payloads)
def test_a_row_appended_by_hand_is_named_even_if_it_fits(rows: Chain, payload: dict[str, Any]) -> None:
    by_hand = chained(head_of(rows), MONDAY_TEN, PersonId(1), Event.CASE_CONFIRMED, payload, "salt", None)

    assert verify([*rows, by_hand], head_of(rows)) == Fault(len(rows) + 1, "added_by_hand")


@given(chains, st.data())
def test_a_cut_tail_is_found_by_the_noted_head(rows: Chain, data: st.DataObject) -> None:
    left = rows[: data.draw(st.integers(0, len(rows) - 1))]

    assert verify(left, head_of(rows)) == Fault(len(left) + 1, "tail_cut")


@given(chains, st.data())
def test_a_cut_tail_with_a_rewritten_head_is_found_by_the_head_that_the_admins_were_told(
    rows: Chain, data: st.DataObject
) -> None:
    left = rows[: data.draw(st.integers(0, len(rows) - 1))]

    assert verify(left, head_of(left)) is None
    assert verify(left, head_of(left), rows[-1].hash) == Fault(len(left) + 1, "told_head_missing")


@given(chains, st.data())
def test_every_head_that_was_ever_told_still_proves_the_chain(rows: Chain, data: st.DataObject) -> None:
    told_head = data.draw(st.sampled_from([GENESIS, *(row.hash for row in rows)]))

    assert verify(rows, head_of(rows), told_head) is None


@given(chains, st.data())
def test_erased_words_are_fine_with_a_record_of_it_and_a_fault_without(rows: Chain, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from([row.id for row in rows]), min_size=1))
    erased = [replace(row, payload=None, salt=None) if row.id in gone else row for row in rows]
    record = chained(head_of(rows), MONDAY_TEN, PersonId(0), Event.PAYLOAD_ERASED, {"rows": sorted(gone)}, "salt", None)
    part = chained(
        head_of(rows), MONDAY_TEN, PersonId(0), Event.PAYLOAD_ERASED, {"rows": sorted(gone)[1:]}, "salt", None
    )

    assert verify([*erased, record], head_of([record])) is None
    assert verify(erased, head_of(erased)) == Fault(min(gone), "erased_without_record")
    assert verify([*erased, part], head_of([part])) == Fault(min(gone), "erased_without_record")
    assert verify([*erased, replace(record, payload=None)], head_of([record])) == Fault(
        min(gone), "erased_without_record"
    )


@given(chains, st.integers(1, 3))
def test_rows_may_be_read_in_any_portions(rows: Chain, size: int) -> None:
    chain = Verification()
    for start in range(0, len(rows), size):
        chain.feed(rows[start : start + size])

    assert chain.finish(head_of(rows)) is None
    assert chain.head == head_of(rows)


def test_a_payload_is_read_back_and_an_erased_one_is_empty() -> None:
    (row,) = chain_of((timedelta(), 1, Event.CASE_RAISED, {"text": "路灯坏了", "urgent": True}, 42))

    assert row.told == {"text": "路灯坏了", "urgent": True}
    assert replace(row, payload=None).told == {}


def test_the_salt_keeps_words_from_being_guessed_back_from_the_digest() -> None:
    one, other = (chained(Head(), datetime.now(UTC), PersonId(1), Event.NOTE_TAKEN, {}, s, None) for s in "ab")

    assert one.payload == other.payload
    assert one.digest != other.digest
