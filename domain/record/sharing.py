"""What the files of merged cases share: rows of the main case that tell of both, for as long as they were one. Pure."""

from collections.abc import Iterator, Sequence

from domain.record.history import EDITS, Event, EventId, Row

SHARED = frozenset(
    {
        Event.CASE_ACCEPTED,
        Event.PROGRESS_TOLD,
        Event.CASE_ESCALATED,
        Event.CASE_ASSIGNED,
        Event.CASE_TRANSFERRED,
        Event.CASE_GIVEN_BACK,
        Event.CASE_RELEASED,
        Event.CASE_HANDED_OVER,
        Event.URGENCY_SET,
        Event.URGENCY_LIFTED,
        Event.EXTENSION_GRANTED,
        Event.EXTENSION_DENIED,
        Event.EXTENSION_UNRULED,
    }
)
"""What happens to a main case and so to all that follow it."""
BEGINS = frozenset({Event.CASE_RAISED, Event.CASE_MERGED})
ENDS = frozenset(
    {Event.CASE_UNMERGED, Event.MAIN_ENDED, Event.CASE_RETURNED, Event.REVISIT_UNSOLVED, Event.CASE_REOPENED}
)


def times_merged(rows: Sequence[Row]) -> Iterator[tuple[str, EventId, EventId | None]]:
    """Yield with which main cases a case was one: the number, since which row, and until which, if that is over."""
    main, began = "", EventId(0)
    for row in rows:
        begins = row.event in BEGINS and row.told.get("main")
        if main and (begins or row.event in ENDS):
            yield main, began, row.id
            main = ""
        if begins:
            main, began = str(row.told["main"]), row.id
    if main:
        yield main, began, None


def told_of_both(own: Sequence[Row], of_main: Sequence[Row]) -> Sequence[Row]:
    """Return what the file of a case shows of its main case's rows, of the time in which they were one.

    What happened to both at one moment, as danger does, is told once. What a worker has put right is told where the
    message is: in words to all, and in the report about which this one was asked before.
    """
    once = {(row.event, row.at) for row in own}
    begun = {row.id: row.id for row in of_main if row.event in SHARED}
    begun |= {EventId(row.told["report"]): row.id for row in own if row.told.get("report")}
    edits = [row for row in of_main if row.event in EDITS and not row.is_inside]
    put_right = {row.id for row in edits if row.id > begun.get(row.told["of"], row.id)}
    return [row for row in of_main if row.id in put_right or (row.event in SHARED and (row.event, row.at) not in once)]
