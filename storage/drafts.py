"""Drafts, and the questions that wait for an answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import RowMapping, Select, and_, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases.case import CaseId
from domain.cases.drafts import KEPT_FOR, Draft, DraftId, DraftState
from domain.cases.kinds import Kind
from domain.cases.messages import Attachment, Location, MessageId, Part
from domain.cases.questions import Asked, Question
from domain.organisation.units import ChatId
from domain.people.neighbours import Neighbour
from domain.people.person import PersonId, UnitCode
from storage import schema
from storage.engine import insert_in, later
from storage.looks import Looks

table = schema.drafts
told = schema.draft_parts
LOOK = select(table).where(table.c.id == bindparam("id"))
HOLD = LOOK.with_for_update()
OPEN = (table.c.person == bindparam("person"), table.c.state == DraftState.OPEN)
HOLD_OPEN = select(table).where(*OPEN).with_for_update()
ADD = table.insert().returning(table.c.id)
SAVE = later(update(table).where(table.c.id == bindparam("this")))
PARTS_OF = (
    select(told.c.chat, told.c.message, told.c.text, told.c.album)
    .where(told.c.draft_id == bindparam("draft"))
    .order_by(told.c.id)
)
ADD_PARTS = later(told.insert())
FORGET_PARTS = later(delete(told).where(told.c.draft_id == bindparam("draft")))
questions = schema.questions
FILES = TypeAdapter(tuple[Attachment, ...])
PARTS = TypeAdapter(tuple[Part, ...])
ASKED = select(questions).where(questions.c.person == bindparam("of"))
DROP = later(delete(questions).where(questions.c.person == bindparam("of")))
DROP_OF_DRAFT = DROP.where(questions.c.draft_id == bindparam("draft"))
DROP_OF_CASE = DROP.where(questions.c.case_id == bindparam("case"))


@cache
def _ask(dialect: str) -> Any:  # noqa: ANN401 - two classes with the same methods
    add = insert_in(dialect, questions)
    asked = {column.name: add.excluded[column.name] for column in questions.c if not column.primary_key}
    return later(add.on_conflict_do_update(index_elements=[questions.c.person], set_=asked))


class Drafts:
    """The port `domain.ports.drafts.Drafts` over SQL."""

    def __init__(self, connection: AsyncConnection, looks: Looks) -> None:
        self._connection = connection
        self._looks = looks

    async def get(self, draft: DraftId) -> Draft | None:
        return await self._looks.held(_key(draft), lambda: self._one(HOLD, {"id": draft}))

    async def look_at(self, draft: DraftId) -> Draft | None:
        return await self._looks.at(_key(draft), lambda: self._one(LOOK, {"id": draft}))

    async def open_of(self, person: PersonId) -> Draft | None:
        draft = await self._one(HOLD_OPEN, {"person": person})
        if draft is not None:
            self._looks.hold(_key(draft.id), draft)
        return draft

    async def all_open(self) -> Sequence[Draft]:
        query = select(table).where(table.c.state == DraftState.OPEN).order_by(table.c.id).with_for_update()
        return [_from_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def add(self, new: Draft) -> Draft:
        draft = replace(new, id=DraftId((await self._connection.execute(ADD, _to_row(new))).scalar_one()))
        self._looks.hold(_key(draft.id), draft)
        return draft

    async def save(self, draft: Draft) -> None:
        await self._connection.execute(SAVE, {"this": draft.id, **_to_row(draft)})
        self._looks.hold(_key(draft.id), draft)

    async def add_parts(self, draft: DraftId, parts: Sequence[Part]) -> None:
        if parts:
            rows = [
                {"draft_id": draft, "chat": p.chat, "message": p.message, "text": p.text, "album": p.album}
                for p in parts
            ]
            await self._connection.execute(ADD_PARTS, rows)

    async def edit_part(self, draft: DraftId, chat: ChatId, message: MessageId, text: str) -> bool:
        this = (told.c.draft_id == draft, told.c.chat == chat, told.c.message == message)
        return (await self._connection.execute(update(told).where(*this).values(text=text))).rowcount > 0

    async def parts_of(self, draft: DraftId) -> Sequence[Part]:
        rows = await self._connection.execute(PARTS_OF, {"draft": draft})
        return [Part(ChatId(chat), MessageId(message), text, album) for chat, message, text, album in rows]

    async def forget_parts(self, draft: DraftId) -> None:
        await self._connection.execute(FORGET_PARTS, {"draft": draft})

    async def forget_ended(self, now: datetime, limit: int) -> int:
        """Forget drafts whose time is over, with all that hangs on them; return how many there were.

        Files that no case has belong to nobody from then on, and are erased by whoever keeps them.
        """
        is_over = or_(
            *(and_(table.c.state == state, table.c.touched_at < now - kept) for state, kept in KEPT_FOR.items())
        )
        query = select(table.c.id).where(is_over).order_by(table.c.touched_at, table.c.id).limit(limit)
        ids = list(await self._connection.scalars(query.with_for_update()))
        if not ids:
            return 0
        files, letters, cards = schema.attachments, schema.outbox, schema.cards
        for statement in (
            update(files).where(files.c.draft_id.in_(ids), files.c.case_id.is_(None)).values(fetch_at=None),
            update(files).where(files.c.draft_id.in_(ids)).values(draft_id=None),
            update(letters).where(letters.c.draft_id.in_(ids)).values(draft_id=None),
            delete(cards).where(cards.c.subject.in_([f"draft:{id_}" for id_ in ids])),
            *(delete(of).where(of.c.draft_id.in_(ids)) for of in (schema.questions, schema.followups, told)),
            delete(table).where(table.c.id.in_(ids)),
        ):
            await self._connection.execute(statement)
        return len(ids)

    async def _one(self, query: Select[Any], values: dict[str, Any]) -> Draft | None:
        row = (await self._connection.execute(query, values)).mappings().one_or_none()
        return _from_row(row) if row else None


class Questions:
    """The port `domain.ports.drafts.Questions` over SQL."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, question: Question) -> None:
        row = {
            "person": question.person,
            "asked": question.asked,
            "case_id": question.case,
            "draft_id": question.draft,
            "unit": question.unit,
            "chosen": list(question.chosen),
            "task": question.task,
            "until": question.until,
            "page": question.page,
            "files": FILES.dump_python(question.files, mode="json", exclude_defaults=True),
            "said": PARTS.dump_python(question.said, mode="json", exclude_defaults=True),
            "asked_at": question.asked_at,
        }
        await self._connection.execute(_ask(self._connection.dialect.name), row)

    async def open_to(self, person: PersonId) -> Question | None:
        row = (await self._connection.execute(ASKED, {"of": person})).mappings().one_or_none()
        if row is None:
            return None
        case = CaseId(row["case_id"]) if row["case_id"] else None
        draft = DraftId(row["draft_id"]) if row["draft_id"] else None
        unit = UnitCode(row["unit"]) if row["unit"] else None
        chosen = tuple(map(UnitCode, row["chosen"]))
        page = MessageId(row["page"]) if row["page"] else None
        files, said = FILES.validate_python(row["files"]), PARTS.validate_python(row["said"])
        asked, asked_at, task, until = Asked(row["asked"]), row["asked_at"], row["task"], row["until"]
        return Question(person, asked, asked_at, case, draft, unit, chosen, task, until, page, files, said)

    async def drop(self, person: PersonId, *, case: CaseId | None = None, draft: DraftId | None = None) -> None:
        if draft is not None:
            await self._connection.execute(DROP_OF_DRAFT, {"of": person, "draft": draft})
        elif case is not None:
            await self._connection.execute(DROP_OF_CASE, {"of": person, "case": case})
        else:
            await self._connection.execute(DROP, {"of": person})


def _key(draft: DraftId) -> tuple[str, DraftId]:
    return "draft", draft


def _to_row(draft: Draft) -> dict[str, Any]:
    return {
        "person": draft.person,
        "state": draft.state,
        "kind": draft.kind,
        "kind_chosen": draft.kind_chosen,
        "unit": draft.unit,
        "unit_given": draft.unit_given,
        "unit_chosen": draft.unit_chosen,
        "choices": list(draft.choices),
        "address": draft.address,
        "latitude": draft.location.latitude if draft.location else None,
        "longitude": draft.location.longitude if draft.location else None,
        "opening": draft.opening,
        "neighbour": draft.neighbour.name if draft.neighbour else None,
        "neighbour_phone": (draft.neighbour.phone or None) if draft.neighbour else None,
        "characters": draft.characters,
        "messages": draft.messages,
        "goes_on": draft.goes_on,
        "attachments": draft.attachments,
        "has_voice": draft.has_voice,
        "anonymous": draft.anonymous,
        "urgent": draft.urgent,
        "menu": draft.menu,
        "below": draft.below,
        "case_id": draft.case,
        "touched_at": draft.touched_at,
    }


def _neighbour(row: RowMapping) -> Neighbour | None:
    return None if row["neighbour"] is None else Neighbour(row["neighbour"], row["neighbour_phone"] or "")


def _from_row(row: RowMapping) -> Draft:
    return Draft(
        id=DraftId(row["id"]),
        person=PersonId(row["person"]),
        kind=Kind(row["kind"]),
        touched_at=row["touched_at"],
        state=DraftState(row["state"]),
        kind_chosen=row["kind_chosen"],
        unit=UnitCode(row["unit"]) if row["unit"] else None,
        unit_given=row["unit_given"],
        unit_chosen=row["unit_chosen"],
        choices=tuple(row["choices"]),
        address=row["address"],
        location=None if row["latitude"] is None else Location(row["latitude"], row["longitude"]),
        opening=row["opening"],
        neighbour=_neighbour(row),
        characters=row["characters"],
        messages=row["messages"],
        goes_on=row["goes_on"],
        attachments=row["attachments"],
        has_voice=row["has_voice"],
        anonymous=row["anonymous"],
        urgent=row["urgent"],
        menu=row["menu"],
        below=MessageId(row["below"]) if row["below"] else None,
        case=CaseId(row["case_id"]) if row["case_id"] else None,
    )
