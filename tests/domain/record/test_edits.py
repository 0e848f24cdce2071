"""How a row of the file reads once its messages were edited."""

from datetime import datetime
from typing import Any

from domain.cases.messages import Attachment, Medium, MessageId
from domain.people.person import PersonId
from domain.record.edits import files_now, words_now
from domain.record.history import GENESIS, Event, EventId, Head, Row, chained
from tests.domain.ground import MONDAY_TEN


def row(number: int, event: Event, at: datetime = MONDAY_TEN, **told: Any) -> Row:
    return chained(Head(number - 1, GENESIS), at, PersonId(1), event, told, "salt", None)


def photo(message: int) -> Attachment:
    return Attachment(Medium.PHOTO, message=MessageId(message))


def test_of_several_messages_each_reads_as_it_was_put_right_last() -> None:
    report = row(1, Event.CASE_RESOLVED, text="换了管\n也换了阀", parts={"9": "换了管", "10": "也换了阀"})
    edits = [
        row(2, Event.MESSAGE_EDITED, of=1, message=9, text="换了新管"),
        row(3, Event.FILES_REPLACED, of=1, message=10),
        row(4, Event.MESSAGE_EDITED, of=1, message=9, text="换了钢管"),
    ]

    assert words_now(report, []) == "换了管\n也换了阀"
    assert words_now(report, edits) == "换了钢管\n也换了阀"


def test_files_in_whose_place_others_were_put_are_left_out_and_the_rest_stays() -> None:
    edits = [row(2, Event.FILES_REPLACED, of=1, message=9), row(3, Event.FILES_REPLACED, of=1, message=9)]

    assert files_now(EventId(1), [photo(9)], []) == [1]
    assert files_now(EventId(1), [photo(9)], edits) == [3]
    assert files_now(EventId(1), [photo(9), photo(10)], edits) == [1, 3]
    assert files_now(EventId(1), [], []) == []
