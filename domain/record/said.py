"""What a resident has said about their case since they raised it, as the rows of its file tell. Pure."""

from collections.abc import Sequence

from domain.cases.case import Case
from domain.record.edits import words_now
from domain.record.history import Event, EventId, Row

SAID = frozenset(
    {
        Event.CASE_SUPPLEMENTED,
        Event.ADDED_FOR_NEIGHBOUR,
        Event.QUESTION_ANSWERED,
        Event.MESSAGE_EDITED,
        Event.RETURN_EXPLAINED,
        Event.REOPENING_EXPLAINED,
        Event.REFUSAL_OBJECTED,
    }
)
"""What a resident has said after submitting, and a unit that takes over must read."""


def is_said(row: Row, case: Case) -> bool:
    """Whether the resident of a case, or who raised it for them, has said this to those who work on it."""
    return row.event in SAID and row.actor in (case.author, case.resident) and not row.is_inside


def not_taken_out(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows of a file without those that turned out not to be meant for it, and their edits."""
    out = {row.told.get("of") for row in rows if row.event == Event.ADDITION_TAKEN_OUT}
    return [row for row in rows if row.id not in out and not (row.event == Event.MESSAGE_EDITED and _of(row) in out)]


def additions(rows: Sequence[Row], case: Case) -> Sequence[str]:
    """Return what was added to the first words, each as it was worded last, the oldest first."""
    said = [row for row in not_taken_out(rows) if is_said(row, case)]
    edits = [row for row in said if row.event == Event.MESSAGE_EDITED]
    return [text for row in said if row not in edits and (text := words_now(row, _edits_of(row, edits)))]


def _of(edit: Row) -> EventId | None:
    return edit.told.get("of")


def _edits_of(row: Row, edits: Sequence[Row]) -> Sequence[Row]:
    return [edit for edit in edits if _of(edit) == row.id]
