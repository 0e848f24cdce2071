"""Which message in Telegram belongs to which case, and where cards stand."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, func, select, update
from sqlalchemy import case as either
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.case import CaseId
from domain.cases.drafts import DraftId
from domain.cases.messages import MessageId
from domain.letters.posts import Card, Post, Purpose, card_of_draft
from domain.organisation.units import ChatId
from domain.people.person import PersonId, UnitCode
from domain.record.history import EventId
from storage import schema
from storage.engine import insert_in, later
from storage.gathered import Gathering
from storage.looks import Looks

posts = schema.posts
cards = schema.cards
FIND_CARD = select(cards).where(cards.c.subject == bindparam("subject"), cards.c.chat == bindparam("chat"))
OF_CASE = select(cards).where(cards.c.case_id == bindparam("case"))
UNITS_SHOWN = select(cards.c.unit).where(cards.c.case_id == bindparam("case"), cards.c.unit.is_not(None)).distinct()
FIND_POST = select(posts).where(posts.c.chat == bindparam("chat"), posts.c.message == bindparam("message"))
ANSWER = (
    update(posts)
    .where(posts.c.case_id == bindparam("case"), posts.c.purpose.in_(bindparam("purposes", expanding=True)))
    .values(purpose=either((posts.c.purpose == Purpose.QUESTION, Purpose.ANSWERED), else_=Purpose.POSTED))
    .returning(posts)
)
ANSWER_OF_ONE = ANSWER.where(posts.c.person == bindparam("whose"))


@cache
def _add_post(dialect: str) -> Any:  # noqa: ANN401 - two classes with the same methods
    return later(insert_in(dialect, posts).on_conflict_do_nothing())


@cache
def _keep_card(dialect: str) -> Any:  # noqa: ANN401
    add = insert_in(dialect, cards)
    shown = {name: add.excluded[name] for name in ("message", "case_id", "unit", "fingerprint")}
    return later(add.on_conflict_do_update(index_elements=[cards.c.subject, cards.c.chat], set_=shown))


RENEW_CARD = later(
    update(cards)
    .where(cards.c.subject == bindparam("which"), cards.c.chat == bindparam("where"))
    .where(cards.c.message == bindparam("shown_by"))
    .values(fingerprint=bindparam("shows"))
)


class Posts:
    """The port `domain.ports.letters.Posts` over SQL."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = Gathering(connection)

    async def flush(self) -> None:
        """Keep what was gathered, before the unit of work is committed."""
        await self._connection.keep()

    async def add(self, post: Post) -> None:
        row = {
            "chat": post.chat,
            "message": post.message,
            "case_id": post.case,
            "purpose": post.purpose,
            "event_id": post.event,
            "person": post.person,
            "album": post.album,
        }
        self._connection.gather(_add_post(self._connection.dialect.name), row)

    async def find(self, chat: ChatId, message: MessageId) -> Post | None:
        found = await self._connection.execute(FIND_POST, {"chat": chat, "message": message})
        row = found.mappings().one_or_none()
        return _from_row(row) if row else None

    async def answer(self, case: CaseId, purposes: Collection[Purpose], person: PersonId | None) -> Sequence[Post]:
        answer, whose = (ANSWER, {}) if person is None else (ANSWER_OF_ONE, {"whose": person})
        answered = await self._connection.execute(answer, {"case": case, "purposes": [*purposes], **whose})
        return [_from_row(row) for row in answered.mappings()]

    async def sent_as(self, event: EventId) -> Sequence[Post]:
        query = select(posts).where(posts.c.event_id == event, posts.c.purpose == Purpose.SENT)
        rows = (await self._connection.execute(query.order_by(posts.c.message))).mappings()
        return [_from_row(row) for row in rows]

    async def forget(self, event: EventId) -> None:
        sent = (posts.c.event_id == event, posts.c.purpose == Purpose.SENT)
        await self._connection.execute(delete(posts).where(*sent))

    async def note_answer(self, post: Post, event: EventId) -> None:
        this = (posts.c.chat == post.chat, posts.c.message == post.message)
        await self._connection.execute(update(posts).where(*this).values(event_id=event))

    async def telling(self, case: CaseId, chat: ChatId, event: EventId) -> MessageId | None:
        these = (posts.c.case_id == case, posts.c.chat == chat, posts.c.event_id == event)
        found = await self._connection.scalar(select(func.min(posts.c.message)).where(*these))
        return None if found is None else MessageId(found)

    async def of_album(self, chat: ChatId, album: str) -> Post | None:
        query = select(posts).where(posts.c.chat == chat, posts.c.album == album, posts.c.purpose == Purpose.SENT)
        row = (await self._connection.execute(query.order_by(posts.c.message).limit(1))).mappings().one_or_none()
        return _from_row(row) if row else None


class Cards:
    """The port `domain.ports.letters.Cards` over SQL, and how one card a subject and chat is kept."""

    def __init__(self, connection: AsyncConnection, looks: Looks) -> None:
        self._connection = Gathering(connection)
        self._looks = looks

    async def flush(self) -> None:
        """Keep what was gathered, before the unit of work is committed."""
        await self._connection.keep()

    async def of_case(self, case: CaseId) -> Mapping[tuple[str, ChatId], Card]:
        return await self._looks.at(("cards", case), lambda: self._read_of_case(case))

    async def _read_of_case(self, case: CaseId) -> Mapping[tuple[str, ChatId], Card]:
        rows = (await self._connection.execute(OF_CASE, {"case": case})).mappings()
        return {(row["subject"], ChatId(row["chat"])): _card(row) for row in rows}

    async def units_shown(self, case: CaseId) -> Sequence[UnitCode]:
        return [UnitCode(unit) for unit in await self._connection.scalars(UNITS_SHOWN, {"case": case})]

    async def unit_shown_by(self, case: CaseId, chat: ChatId, message: MessageId) -> UnitCode | None:
        this = (cards.c.case_id == case, cards.c.chat == chat, cards.c.message == message)
        unit = await self._connection.scalar(select(cards.c.unit).where(*this))
        return None if unit is None else UnitCode(unit)

    async def cases_shown(self, unit: UnitCode) -> Sequence[CaseId]:
        query = select(cards.c.case_id).where(cards.c.unit == unit, cards.c.case_id.is_not(None)).distinct()
        return [CaseId(case) for case in await self._connection.scalars(query.order_by(cards.c.case_id.desc()))]

    async def forget(self, unit: UnitCode) -> None:
        await self._connection.execute(delete(cards).where(cards.c.unit == unit))

    async def let_go(self, subject: str) -> Sequence[Card]:
        gone = delete(cards).where(cards.c.subject == subject).returning(cards)
        return [_card(row) for row in (await self._connection.execute(gone)).mappings()]

    async def forget_draft(self, draft: DraftId) -> None:
        await self._connection.execute(delete(cards).where(cards.c.subject == card_of_draft(draft)))

    async def find(self, subject: str, chat: ChatId) -> Card | None:
        row = (await self._connection.execute(FIND_CARD, {"subject": subject, "chat": chat})).mappings().one_or_none()
        return _card(row) if row else None

    async def keep(
        self, subject: str, card: Card, case: CaseId | None, unit: UnitCode | None, *, before: Card | None = None
    ) -> None:
        """Remember where a card stands and what it shows now.

        `before`: what it was; where it was edited in place, and has been let go meanwhile, it is not the card again.
        """
        if before and before.message == card.message:
            shown = {"which": subject, "where": card.chat, "shown_by": card.message, "shows": card.fingerprint}
            self._connection.gather(RENEW_CARD, shown)
            return
        row = {
            "subject": subject,
            "chat": card.chat,
            "message": card.message,
            "case_id": case,
            "unit": unit,
            "fingerprint": card.fingerprint,
        }
        self._connection.gather(_keep_card(self._connection.dialect.name), row)


def _card(row: RowMapping) -> Card:
    return Card(ChatId(row["chat"]), MessageId(row["message"]), row["fingerprint"])


def _from_row(row: RowMapping) -> Post:
    return Post(
        chat=ChatId(row["chat"]),
        message=MessageId(row["message"]),
        case=CaseId(row["case_id"]),
        purpose=Purpose(row["purpose"]),
        event=EventId(row["event_id"]) if row["event_id"] else None,
        person=PersonId(row["person"]) if row["person"] else None,
        album=row["album"],
    )
