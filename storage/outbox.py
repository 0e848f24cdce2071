"""Letters that wait to be sent, and what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.case import CaseId
from domain.letters.contents import CaseCard, Digest, LetterId, Media, News
from domain.letters.letter import Addressee, Letter, Priority
from domain.organisation.units import ChatId
from domain.record.history import EventId
from storage import schema
from storage.engine import insert_in, later
from storage.gathered import Gathering
from storage.lanes import AHEAD, MAY_GO, WAITS, Lanes, turn_of_new
from storage.letters import from_row, to_details, to_row

table = schema.outbox
KEPT_FOR = timedelta(days=3)
PUT_OFF_AT_MOST = timedelta(hours=25)
"""The longest quiet hours, on the day on which a clock is put back."""
UNHEARD = "unheard"
LOST = ("failed", "rejected", "file_unknown")
RELEASED_AT_ONCE = 500
PUT_OFF = select(table.c.not_before).where(WAITS, table.c.not_before.is_not(None)).limit(1)
FIRST_PUT_OFF = PUT_OFF.order_by(table.c.not_before)
LAST_PUT_OFF = PUT_OFF.order_by(table.c.not_before.desc())
END = later(
    update(table)
    .where(table.c.id == bindparam("letter"), table.c.stamp == bindparam("as_read"))
    .values(ended_at=bindparam("at"), outcome=bindparam("how"), chat=bindparam("where"))
)
NEW_CARDS = (Priority.URGENT, Priority.NEW)
UNANNOUNCED = (
    select(table)
    .where(table.c.addressee.in_(bindparam("to", expanding=True)))
    .where(WAITS, table.c.kind == CaseCard.kind, table.c.digest.is_(None), table.c.priority.in_(NEW_CARDS))
    .order_by(table.c.id)
    .limit(bindparam("most"))
)


@cache
def _post(dialect: str, *, of_case: bool, ahead: bool) -> Any:  # noqa: ANN401 - two classes with the same methods
    add = insert_in(dialect, table).values(turn=AHEAD if ahead else turn_of_new(dialect, of_case=of_case))
    new = add.excluded
    is_sooner = new.priority < table.c.priority
    return later(
        add.on_conflict_do_update(
            index_elements=[table.c.letter_key],
            index_where=and_(WAITS, table.c.letter_key.is_not(None)),
            set_={
                "stamp": table.c.stamp + 1,
                "priority": case((is_sooner, new.priority), else_=table.c.priority),
                "turn": case((is_sooner, new.turn), else_=table.c.turn),
                "kind": new.kind,
                "details": new.details,
                "account": new.account,
                "event_id": new.event_id,
                "scheduled": new.scheduled,
                "not_before": None,
            },
        )
    )


class Outbox:
    """The port `domain.ports.letters.Outbox` over SQL, and what the post office needs to empty it."""

    def __init__(self, connection: AsyncConnection, now: datetime, touched: set[str]) -> None:
        self._connection = Gathering(connection)
        self._now = now
        self._touched = touched
        self._lanes = Lanes(connection)
        self.unreadable: list[LetterId] = []

    async def flush(self) -> None:
        """Keep what was gathered, and bring the heads of the lanes up to date, as the last thing in a unit of work."""
        await self._connection.keep()
        await self._lanes.flush()

    async def _change(self, *where: ColumnElement[bool], **values: Any) -> None:
        """Change letters in a way that may change which of them go next."""
        changed = update(table).where(*where).values(**values).returning(table.c.addressee)
        self._lanes.note_left(await self._connection.scalars(changed))

    async def post(self, *letters: Letter) -> None:
        if not letters:
            return
        self._touched.add("outbox")
        for letter in letters:
            if letter.priority is Priority.AWAITED:
                await self._connection.keep()
                await self._lanes.keep_order(letter)
            of_case, ahead = letter.case is not None, letter.content.kind == Digest.kind
            post = _post(self._connection.dialect.name, of_case=of_case, ahead=ahead)
            self._connection.gather(post, self._to_row(letter))
        self._lanes.note(str(letter.to) for letter in letters)

    def _to_row(self, letter: Letter) -> dict[str, Any]:
        lane = {"lane": str(letter.to), "at": letter.priority, "about": letter.case}
        return to_row(letter) | lane | {"posted_at": self._now}

    async def has_news(self, case: CaseId, to: Addressee, since: datetime) -> bool:
        news = (table.c.case_id == case, table.c.addressee == str(to), table.c.kind.in_([News.kind, Media.kind]))
        told = and_(table.c.outcome == "sent", table.c.ended_at > since)
        return bool(await self._connection.scalar(select(func.count()).where(*news, or_(WAITS, told))))

    async def sendable(self, held_back: Sequence[Addressee], limit: int) -> Sequence[Letter]:
        """Return the first letter to each addressee that is not held back, the most urgent first.

        What cannot be read, as after a step back to an older version, is left in `unreadable`.
        """
        return self._read(row._mapping for row in await self._lanes.first(held_back, limit))  # noqa: SLF001

    def _read(self, rows: Iterable[Mapping[Any, Any]]) -> Sequence[Letter]:
        letters = []
        for row in rows:
            try:
                letters.append(from_row(row))
            except (ValueError, KeyError):
                self.unreadable.append(LetterId(row["id"]))
        return letters

    async def next_at(self) -> datetime | None:
        """Return when the next letter that was put off is to be let go."""
        first: datetime | None = await self._connection.scalar(FIRST_PUT_OFF)
        last: datetime | None = await self._connection.scalar(LAST_PUT_OFF) if first else None
        return self._now if last and last > self._now + PUT_OFF_AT_MOST else first

    async def release(self) -> None:
        """Let go what was put off until now, some at a time.

        What seems put off for more than a day was so before the clock was put back.
        """
        for is_due in (table.c.not_before <= self._now, table.c.not_before > self._now + PUT_OFF_AT_MOST):
            some = select(table.c.id).where(WAITS, is_due).order_by(table.c.not_before).limit(RELEASED_AT_ONCE)
            await self._change(table.c.id.in_(some), not_before=None)

    async def waiting_like(self, letter: Letter, limit: int) -> Sequence[Letter]:
        to, kind = table.c.addressee == str(letter.to), table.c.kind == letter.content.kind
        like = (to, kind, table.c.digest.is_(None), table.c.priority == letter.priority)
        query = select(table).where(*MAY_GO, *like).order_by(table.c.priority, table.c.id).limit(limit)
        return self._read((await self._connection.execute(query)).mappings())

    async def unannounced(self, to: Sequence[Addressee], limit: int) -> Sequence[Letter]:
        """Return the new cards that wait for these addressees and that no digest names, the oldest first."""
        rows = await self._connection.execute(UNANNOUNCED, {"to": [str(one) for one in to], "most": limit})
        return self._read(rows.mappings())

    async def name_in(self, digest: LetterId, flood: LetterId, cards: Sequence[Letter]) -> None:
        """Note that a digest of a flood names these cards; each is called by the first card that it names."""
        named = table.c.id.in_([card.id for card in cards])
        await self._connection.execute(update(table).where(named).values(digest=digest, flood=flood))

    async def named_in(self, digest: LetterId) -> Sequence[CaseId]:
        named = select(table.c.case_id).where(table.c.digest == digest).order_by(table.c.id)
        return [CaseId(case_id) for case_id in await self._connection.scalars(named)]

    async def named_in_flood(self, flood: LetterId) -> Sequence[CaseId]:
        named = select(table.c.case_id).where(table.c.flood == flood).order_by(table.c.id)
        return [CaseId(case_id) for case_id in await self._connection.scalars(named)]

    async def has_waiting(self, digest: LetterId) -> bool:
        """Whether one of the cards that a digest names is still to come."""
        waiting = select(table.c.id).where(table.c.digest == digest, WAITS).limit(1)
        return await self._connection.scalar(waiting) is not None

    async def end(self, letter: Letter, outcome: str, chat: ChatId | None = None) -> None:
        """Note what became of a letter; one that was written anew meanwhile goes on waiting."""
        ended = {"letter": letter.id, "as_read": letter.stamp, "at": self._now, "how": outcome, "where": chat}
        self._connection.gather(END, ended)
        self._lanes.note_left([str(letter.to)])

    async def give_up(self, letters: Sequence[LetterId]) -> None:
        """End letters that cannot be read; `failed` counts them."""
        await self._change(table.c.id.in_(letters), ended_at=self._now, outcome="failed")

    def has_emptied(self, to: Addressee) -> bool:
        """Whether this unit of work, which has ended, left nothing that may go to an addressee."""
        return str(to) in self._lanes.emptied

    async def try_again(self, letter: Letter, *, ambiguous: bool) -> int:
        """Count a failed attempt and return how many there were; ambiguous: it may have arrived all the same."""
        row = update(table).where(table.c.id == letter.id)
        row = row.values(attempts=table.c.attempts + 1, ambiguous=table.c.ambiguous + int(ambiguous))
        return int(await self._connection.scalar(row.returning(table.c.attempts)) or 0)

    async def go_on(self, letter: Letter) -> None:
        """Keep a letter waiting as it is now, with what has gone of it; one written anew begins anew."""
        this = (table.c.id == letter.id, table.c.stamp == letter.stamp)
        await self._connection.execute(update(table).where(*this).values(details=to_details(letter)))

    async def put_off(self, letter: Letter, until: datetime) -> None:
        """Keep a letter back until a moment; one that was written anew meanwhile is looked at again."""
        this = (table.c.id == letter.id, table.c.stamp == letter.stamp)
        self._touched.add("put off")
        await self._change(*this, not_before=until)

    async def wait_for_somebody(self, letter: Letter, until: datetime) -> None:
        """Keep a letter back that nobody can be told now, until the moment or until somebody can be reached."""
        this = (table.c.id == letter.id, table.c.stamp == letter.stamp)
        self._touched.add("put off")
        await self._change(*this, not_before=until, outcome=UNHEARD)

    async def take_back(self, event: EventId) -> None:
        await self._change(WAITS, table.c.event_id == event, ended_at=self._now, outcome="taken_back")

    async def wake(self) -> None:
        self._touched.add("outbox")
        unheard = (WAITS, table.c.not_before.is_not(None), table.c.outcome == UNHEARD)
        await self._change(*unheard, not_before=None)

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

    async def purge(self, now: datetime) -> None:
        """Forget letters that ended three days ago."""
        await self._connection.execute(delete_from(table).where(table.c.ended_at < now - KEPT_FOR))
