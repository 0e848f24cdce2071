"""What a resident has said since they raised a case: each addition as it was worded last, none that was taken out."""

import json
from typing import Any

from domain.people.person import PersonId
from domain.record.history import GENESIS, Event, EventId, Row
from domain.record.said import additions, is_said, not_taken_out
from tests.domain.ground import LI, MONDAY_TEN, WANG, a_case

CASE = a_case()


def row(number: int, event: Event, actor: PersonId = LI, **told: Any) -> Row:
    return Row(EventId(number), MONDAY_TEN, CASE.id, actor, event, json.dumps(told), "", "", GENESIS, GENESIS)


def edit(number: int, of: int, message: int, text: str) -> Row:
    return row(number, Event.MESSAGE_EDITED, of=of, message=message, text=text)


def test_an_addition_is_read_as_it_was_worded_last_each_of_its_messages() -> None:
    rows = [
        row(1, Event.CASE_RAISED, text="灯坏了"),
        row(2, Event.CASE_SUPPLEMENTED, text="三楼"),
        row(3, Event.CASE_SUPPLEMENTED, text="门口\n黑", parts={"9": "门口", "10": "黑"}),
        edit(4, 1, 5, "路灯坏了"),
        edit(5, 2, 6, "四楼"),
        edit(6, 2, 6, "五楼"),
        edit(7, 3, 10, "很黑"),
    ]
    assert additions(rows, CASE) == ["五楼", "门口\n很黑"]


def test_what_was_taken_out_is_not_read_nor_how_it_was_worded_again() -> None:
    rows = [
        row(2, Event.CASE_SUPPLEMENTED, text="三楼"),
        row(3, Event.CASE_SUPPLEMENTED, text="别的事"),
        edit(4, 3, 7, "完全是别的事"),
        row(5, Event.ADDITION_TAKEN_OUT, of=3),
    ]
    assert additions(rows, CASE) == ["三楼"]
    assert [one.id for one in not_taken_out(rows)] == [2, 5]


def test_words_of_workers_files_alone_and_what_stays_inside_are_no_additions() -> None:
    rows = [
        row(2, Event.PROGRESS_TOLD, WANG, text="在修"),
        row(3, Event.MESSAGE_EDITED, WANG, of=2, text="修着"),
        row(4, Event.CASE_SUPPLEMENTED, inside=True, text="不给看"),
        row(5, Event.CASE_SUPPLEMENTED, files=2),
    ]
    assert not additions(rows, CASE)
    assert [one.id for one in rows if is_said(one, CASE)] == [5]
