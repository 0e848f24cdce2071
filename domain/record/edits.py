"""Edits: how a row of the file reads as its messages are now. Pure."""

from collections.abc import Collection, Mapping, Sequence

from domain.cases.drafts import text_of
from domain.cases.messages import Attachment, MessageId, Part
from domain.organisation.units import ChatId
from domain.record.history import Event, EventId, Row


def words_now(row: Row, edits: Sequence[Row]) -> str:
    """Return the words of a row, which may have been several messages, with its edits; the last of each holds."""
    texts = {
        str(edit.told["message"]): edit.told.get("text", "") for edit in edits if edit.event == Event.MESSAGE_EDITED
    }
    if not texts:
        return str(row.told.get("text", ""))
    latest = row.told.get("parts", {}) | texts
    return text_of(Part(ChatId(0), MessageId(int(message)), latest[message]) for message in sorted(latest, key=int))


def files_now(row: EventId, files: Collection[Attachment], edits: Sequence[Row]) -> Sequence[EventId]:
    """Return the rows by which the files came that a row has now: those in whose place others were put are out."""
    replaced: Mapping[MessageId, EventId] = {
        edit.told["message"]: edit.id for edit in edits if edit.event == Event.FILES_REPLACED
    }
    stay = any(file.message not in replaced for file in files)
    return [*([row] if stay else []), *sorted({*replaced.values()})]
