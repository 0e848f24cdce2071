"""Letters that wait to be sent, and what became of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, and_, case, func, or_, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases import CaseId
from domain.drafts import DraftId
from domain.history import EventId
from domain.letters import Addressee, Letter, LetterId, Priority, Tells
from domain.units import ChatId
from storage import schema
from storage.engine import insert

table = schema.outbox
WAITS = table.c.ended_at.is_(None)
KEPT_FOR = timedelta(days=3)
PUT_OFF_AT_MOST = timedelta(hours=25)
"""The longest quiet hours, on the day on which a clock is put back."""
UNHEARD = "unheard"
LOST = ("failed", "rejected", "file_unknown")


class Outbox:
    """The port `domain.ports.Outbox` over SQL, and what the post office needs to empty it."""

    def __init__(self, connection: AsyncConnection, now: datetime, touched: set[str]) -> None:
        self._connection = connection
        self._now = now
        self._touched = touched

    @property
    def _may_go(self) -> tuple[Any, ...]:
        """What is true of a letter that may go now: it was not put off, or only until now.

        One that seems put off for more than a day was so before the clock was put back.
        """
        at = table.c.not_before
        return (WAITS, or_(at.is_(None), at <= self._now, at > self._now + PUT_OFF_AT_MOST))

    async def post(self, *letters: Letter) -> None:
        if not letters:
            return
        self._touched.add("outbox")
        add = insert(self._connection, table)
        new = add.excluded
        sooner = case((new.priority < table.c.priority, new.priority), else_=table.c.priority)
        await self._connection.execute(
            add.on_conflict_do_update(
                index_elements=[table.c.letter_key],
                index_where=and_(WAITS, table.c.letter_key.is_not(None)),
                set_={
                    "stamp": table.c.stamp + 1,
                    "priority": sooner,
                    "details": new.details,
                    "event_id": new.event_id,
                    "scheduled": new.scheduled,
                    "not_before": None,
                },
            ),
            [_to_row(letter, self._now) for letter in letters],
        )

    async def has_news(self, case: CaseId, to: Addressee, since: datetime) -> bool:
        news = (table.c.case_id == case, table.c.addressee == str(to), table.c.tells == Tells.NEWS)
        told = and_(table.c.outcome == "sent", table.c.ended_at > since)
        return bool(await self._connection.scalar(select(func.count()).where(*news, or_(WAITS, told))))

    async def sendable(self, held_back: Sequence[Addressee], limit: int) -> Sequence[Letter]:
        """Return the first letter to each addressee that is not held back, the most urgent first."""
        place = func.row_number().over(partition_by=table.c.addressee, order_by=(table.c.priority, table.c.id))
        due = select(table, place.label("place")).where(*self._may_go)
        if held_back:
            due = due.where(table.c.addressee.not_in([str(to) for to in held_back]))
        firsts = due.subquery()
        query = select(firsts).where(firsts.c.place == 1).order_by(firsts.c.priority, firsts.c.id).limit(limit)
        return [_from_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def next_at(self) -> datetime | None:
        """Return when the next letter that was put off may go."""
        later = select(func.min(table.c.not_before)).where(WAITS, table.c.not_before > self._now)
        at: datetime | None = await self._connection.scalar(later)
        return at

    async def waiting_like(self, letter: Letter, limit: int) -> Sequence[Letter]:
        """Return the letters of one sort to one addressee that may go now, this one among them."""
        like = (table.c.addressee == str(letter.to), table.c.tells == letter.tells)
        query = select(table).where(*self._may_go, *like).order_by(table.c.priority, table.c.id).limit(limit)
        return [_from_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def unannounced(self, least: int) -> dict[Addressee, list[int]]:
        """Return the rooms in which at least so many new cards wait that no digest has announced, with the cases."""
        new_cards = (WAITS, table.c.tells == Tells.CARD, table.c.priority == Priority.NEWS, ~table.c.announced)
        crowded = select(table.c.addressee).where(*new_cards).group_by(table.c.addressee)
        crowded = crowded.having(func.count() >= least)
        query = select(table.c.addressee, table.c.case_id).where(*new_cards, table.c.addressee.in_(crowded))
        found: dict[Addressee, list[int]] = {}
        for addressee, case_id in await self._connection.execute(query.order_by(table.c.id)):
            found.setdefault(Addressee.parse(addressee), []).append(case_id)
        return found

    async def announce(self, to: Addressee, cases: Sequence[int]) -> None:
        """Note that a digest tells of these cards."""
        cards = (WAITS, table.c.tells == Tells.CARD, table.c.addressee == str(to), table.c.case_id.in_(cases))
        await self._connection.execute(update(table).where(*cards).values(announced=True))

    async def end(self, letter: Letter, outcome: str, chat: ChatId | None = None) -> None:
        """Note what became of a letter; one that was written anew meanwhile goes on waiting."""
        this = (table.c.id == letter.id, table.c.stamp == letter.stamp)
        await self._connection.execute(
            update(table).where(*this).values(ended_at=self._now, outcome=outcome, chat=chat)
        )

    async def try_again(self, letter: Letter, *, ambiguous: bool) -> int:
        """Count a failed attempt and return how many there were; ambiguous: it may have arrived all the same."""
        row = update(table).where(table.c.id == letter.id)
        row = row.values(attempts=table.c.attempts + 1, ambiguous=table.c.ambiguous + int(ambiguous))
        return int(await self._connection.scalar(row.returning(table.c.attempts)) or 0)

    async def go_on(self, letter: Letter, details: Mapping[str, Any]) -> None:
        """Keep a letter waiting whose first parts have gone, for the next one; one written anew begins anew."""
        this = (table.c.id == letter.id, table.c.stamp == letter.stamp)
        await self._connection.execute(update(table).where(*this).values(details=dict(details)))

    async def put_off(self, letter: Letter, until: datetime) -> None:
        """Keep a letter back until a moment; one that was written anew meanwhile is looked at again."""
        this = (table.c.id == letter.id, table.c.stamp == letter.stamp)
        await self._connection.execute(update(table).where(*this).values(not_before=until))

    async def wait_for_somebody(self, letter: Letter, until: datetime) -> None:
        """Keep a letter back that nobody can be told now, until the moment or until somebody can be reached."""
        this = (table.c.id == letter.id, table.c.stamp == letter.stamp)
        await self._connection.execute(update(table).where(*this).values(not_before=until, outcome=UNHEARD))

    async def wake(self) -> None:
        self._touched.add("outbox")
        unheard = (WAITS, table.c.outcome == UNHEARD)
        await self._connection.execute(update(table).where(*unheard).values(not_before=None))

    async def unheard(self) -> int:
        """Return how many letters wait until somebody can be reached."""
        waiting = select(func.count()).select_from(table).where(WAITS, table.c.outcome == UNHEARD)
        return int(await self._connection.scalar(waiting) or 0)

    async def sent_within(self, seconds: float) -> Sequence[tuple[ChatId, datetime]]:
        """Return when letters went to which chat lately, so that pacing survives a restart."""
        since = self._now - timedelta(seconds=seconds)
        query = select(table.c.chat, table.c.ended_at).where(table.c.ended_at >= since, table.c.chat.is_not(None))
        return [(ChatId(chat), at) for chat, at in await self._connection.execute(query.order_by(table.c.ended_at))]

    async def counts(self) -> dict[Priority, int]:
        """Return how many letters wait, by priority."""
        query = select(table.c.priority, func.count()).where(WAITS).group_by(table.c.priority)
        return {Priority(priority): count for priority, count in await self._connection.execute(query)}

    async def failed(self) -> int:
        """Return how many letters of the last days could not be written, or were rejected by Telegram."""
        lost = select(func.count()).select_from(table).where(table.c.outcome.in_(LOST))
        return int(await self._connection.scalar(lost) or 0)

    async def is_quiet(self) -> bool:
        """Whether no letter may go now."""
        waiting = select(func.count()).select_from(table).where(*self._may_go)
        return not await self._connection.scalar(waiting)

    async def purge(self, now: datetime) -> None:
        """Forget letters that ended three days ago."""
        await self._connection.execute(delete_from(table).where(table.c.ended_at < now - KEPT_FOR))


def _to_row(letter: Letter, now: datetime) -> dict[str, Any]:
    return {
        "addressee": str(letter.to),
        "tells": letter.tells,
        "priority": letter.priority,
        "case_id": letter.case,
        "draft_id": letter.draft,
        "event_id": letter.event,
        "letter_key": letter.key,
        "details": dict(letter.values),
        "scheduled": letter.scheduled,
        "posted_at": now,
    }


def _from_row(row: RowMapping) -> Letter:
    return Letter(
        to=Addressee.parse(row["addressee"]),
        tells=Tells(row["tells"]),
        priority=Priority(row["priority"]),
        case=CaseId(row["case_id"]) if row["case_id"] else None,
        draft=DraftId(row["draft_id"]) if row["draft_id"] else None,
        event=EventId(row["event_id"]) if row["event_id"] else None,
        key=row["letter_key"],
        scheduled=row["scheduled"],
        values=row["details"],
        id=LetterId(row["id"]),
        stamp=row["stamp"],
    )
