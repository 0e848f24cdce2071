"""Attachments: what people sent besides words, where it must still go, and the queue that fetches it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, bindparam, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.case import CaseId
from domain.cases.drafts import DraftId
from domain.cases.messages import Attachment, AttachmentId, Location, Medium, MessageId
from domain.letters.letter import Addressee
from domain.people.person import PersonId
from domain.record.history import EventId
from storage import schema
from storage.engine import insert, later
from storage.looks import Looks

table = schema.attachments
relays = schema.relays
HAND_OVER = later(
    update(table)
    .where(table.c.draft_id == bindparam("draft"), table.c.case_id.is_(None))
    .values(case_id=bindparam("case"), event_id=bindparam("event"))
)
COUNT_SENT_BY = select(func.count(table.c.id)).where(
    table.c.case_id == bindparam("case"),
    schema.history.c.id == table.c.event_id,
    schema.history.c.actor == bindparam("person"),
)
TO_FETCH = (
    select(table)
    .where(table.c.fetch_at <= bindparam("by"))
    .order_by(table.c.fetch_at, table.c.id)
    .limit(bindparam("most"))
)
NEXT_AT = select(func.min(table.c.fetch_at))
OF_DRAFT = select(table).where(table.c.draft_id == bindparam("draft")).order_by(table.c.id)

_other = table.alias("other")
_belongs = or_(_other.c.draft_id.is_not(None), _other.c.case_id.is_not(None))
_is_shared = select(_other.c.id).where(_other.c.sha256 == table.c.sha256, _belongs).exists()
OF_NOBODY = (
    select(table.c.id, case((_is_shared, None), else_=table.c.kept_as))
    .where(table.c.draft_id.is_(None), table.c.case_id.is_(None))
    .order_by(table.c.id)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class ToFetch:
    """A file that must still be fetched; `attempts` counts how often in a row it was `missing` for the same reason."""

    id: AttachmentId
    medium: Medium
    file: str
    size: int | None
    mime: str | None
    attempts: int
    missing: str | None


@dataclass(frozen=True, slots=True)
class OfNobody:
    """A file of a draft that was forgotten. `erasable` is where it is kept, unless something else holds the same."""

    id: AttachmentId
    erasable: str | None


class Attachments:
    """The port `domain.ports.cases.Attachments` over SQL, and the durable queue behind evidence."""

    def __init__(self, connection: AsyncConnection, looks: Looks, touched: set[str]) -> None:
        self._connection = connection
        self._looks = looks
        self._touched = touched

    async def add(
        self,
        attachments: Sequence[Attachment],
        now: datetime,
        *,
        person: PersonId,
        draft: DraftId | None = None,
        case: CaseId | None = None,
        event: EventId | None = None,
    ) -> None:
        if not attachments:
            return
        self._touched.add("attachments")
        whose = {"person": person, "draft_id": draft, "case_id": case, "event_id": event, "received_at": now}
        rows = [
            _to_row(attachment) | whose | {"fetch_at": now if attachment.file else None} for attachment in attachments
        ]
        await self._connection.execute(table.insert(), rows)

    async def sent_since(self, person: PersonId, moment: datetime) -> tuple[int, int]:
        sent = (table.c.person == person, table.c.received_at > moment, table.c.file_id != "")
        query = select(func.count(), func.coalesce(func.sum(table.c.size), 0)).where(*sent)
        count, size = (await self._connection.execute(query)).one()
        return int(count), int(size)

    async def of_draft(self, draft: DraftId) -> Sequence[Attachment]:
        return [_from_row(row) for row in (await self._connection.execute(OF_DRAFT, {"draft": draft})).mappings()]

    async def let_go(self, attachments: Sequence[AttachmentId]) -> None:
        free = {"draft_id": None, "fetch_at": None}
        await self._connection.execute(update(table).where(table.c.id.in_(attachments)).values(free))

    async def hand_over(self, draft: DraftId, case: CaseId, event: EventId) -> None:
        await self._connection.execute(HAND_OVER, {"draft": draft, "case": case, "event": event})

    async def take_out(self, event: EventId, draft: DraftId) -> None:
        back = {"draft_id": draft, "case_id": None, "event_id": None}
        these = select(table.c.id).where(table.c.event_id == event)
        await self._connection.execute(delete(relays).where(relays.c.attachment.in_(these)))
        await self._connection.execute(update(table).where(table.c.event_id == event).values(back))

    async def of_event(self, event: EventId) -> Sequence[Attachment]:
        query = select(table).where(table.c.event_id == event).order_by(table.c.id)
        return [_from_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def of_case(self, case: CaseId) -> Sequence[tuple[EventId, Attachment]]:
        query = select(table).where(table.c.case_id == case).order_by(table.c.id)
        rows = (await self._connection.execute(query)).mappings()
        return [(EventId(row["event_id"]), _from_row(row)) for row in rows]

    async def count_sent_by(self, person: PersonId, case: CaseId) -> int:
        sent = {"case": case, "person": person}
        count = await self._looks.at(("sent", person, case), lambda: self._connection.scalar(COUNT_SENT_BY, sent))
        return int(count or 0)

    async def relayed(self, attachments: Sequence[AttachmentId], to: Addressee) -> frozenset[AttachmentId]:
        query = select(relays.c.attachment).where(relays.c.addressee == str(to), relays.c.attachment.in_(attachments))
        return frozenset(AttachmentId(row) for row in await self._connection.scalars(query))

    async def note_relayed(self, attachments: Sequence[AttachmentId], to: Addressee) -> None:
        """Remember that these have reached the addressee."""
        add = insert(self._connection, relays).on_conflict_do_nothing()
        await self._connection.execute(add, [{"attachment": item, "addressee": str(to)} for item in attachments])

    async def to_fetch(self, now: datetime, limit: int) -> Sequence[ToFetch]:
        """Return files whose turn it is to be fetched."""
        rows = (await self._connection.execute(TO_FETCH, {"by": now, "most": limit})).mappings()
        return [
            ToFetch(
                AttachmentId(row["id"]),
                Medium(row["medium"]),
                row["file_id"],
                row["size"],
                row["mime"],
                row["fetch_attempts"],
                row["missing"],
            )
            for row in rows
        ]

    async def next_fetch_at(self) -> datetime | None:
        """Return when the next file is to be fetched."""
        at: datetime | None = await self._connection.scalar(NEXT_AT)
        return at

    async def fetched(self, item: AttachmentId, sha256: str, kept_as: str, size: int, now: datetime) -> None:
        """Note that a file is kept."""
        row = {"fetched_at": now, "fetch_at": None, "missing": None, "sha256": sha256, "kept_as": kept_as, "size": size}
        await self._connection.execute(update(table).where(table.c.id == item).values(row))

    async def not_fetched(
        self, item: AttachmentId, reason: str, attempts: int, again_in: timedelta | None, now: datetime
    ) -> None:
        """Note why a file is missing, for how many attempts in a row, and when to try again, if ever."""
        row = {"missing": reason, "fetch_at": now + again_in if again_in else None, "fetch_attempts": attempts}
        await self._connection.execute(update(table).where(table.c.id == item).values(row))

    async def of_nobody(self, limit: int) -> Sequence[OfNobody]:
        """Return files that belong to no case and to no draft any more."""
        rows = await self._connection.execute(OF_NOBODY, {"most": limit})
        return [OfNobody(AttachmentId(id_), kept_as) for id_, kept_as in rows]

    async def forget(self, attachments: Sequence[AttachmentId]) -> None:
        """Forget files that are erased."""
        await self._connection.execute(delete(relays).where(relays.c.attachment.in_(attachments)))
        await self._connection.execute(delete(table).where(table.c.id.in_(attachments)))

    async def missing(self) -> dict[str, int]:
        """Return how many files are not kept, by reason; `waiting` for those not tried yet."""
        reason = func.coalesce(table.c.missing, "waiting")
        wanted = or_(table.c.draft_id.is_not(None), table.c.case_id.is_not(None))
        lacking = select(reason, func.count()).where(table.c.fetched_at.is_(None), table.c.file_id != "", wanted)
        rows = await self._connection.execute(lacking.group_by(reason))
        return {str(name): int(count) for name, count in rows}


def _to_row(attachment: Attachment) -> dict[str, Any]:
    return {
        "medium": attachment.medium,
        "file_id": attachment.file,
        "unique_id": attachment.unique,
        "message": attachment.message,
        "size": attachment.size,
        "mime": attachment.mime,
        "latitude": attachment.location.latitude if attachment.location else None,
        "longitude": attachment.location.longitude if attachment.location else None,
    }


def _from_row(row: RowMapping) -> Attachment:
    return Attachment(
        medium=Medium(row["medium"]),
        file=row["file_id"],
        unique=row["unique_id"],
        size=row["size"],
        mime=row["mime"],
        location=None if row["latitude"] is None else Location(row["latitude"], row["longitude"]),
        message=MessageId(row["message"]) if row["message"] else None,
        id=AttachmentId(row["id"]),
    )
