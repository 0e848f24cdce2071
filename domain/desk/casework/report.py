"""Reports that a matter is done: what its residents are asked about, as the worker's messages are now."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.cases.case import CaseId
from domain.desk import Desk
from domain.record.edits import files_now, words_now
from domain.record.history import EDITS, Event, EventId, Row


@dataclass(frozen=True, slots=True)
class Report:
    """A report, with its words and the rows by which its files came, all as they are now."""

    row: Row
    text: str
    files: Sequence[EventId]


async def last_report(desk: Desk, case: CaseId) -> Report | None:
    """Return the last report of a case; of one that was asked about with its main case, that one's."""
    reports = await desk.work.history.of_case(case, Event.CASE_RESOLVED)
    if not reports:
        return None
    row, told = reports[-1], reports[-1].told
    main = await desk.work.cases.id_of(str(told["main"])) if told.get("main") else None
    report = EventId(told["report"]) if main is not None else row.id
    rows = await desk.work.history.of_case(main or case, *EDITS)
    edits = [edit for edit in rows if edit.told.get("of") == report and not edit.is_inside]
    files = await desk.work.attachments.of_event(report)
    return Report(row, words_now(row, edits), files_now(report, files, edits))
