"""The organisation as it is now: units, their chats and their members."""

import math
import secrets
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.categories import Categories, Category
from domain.organisation.marks import LANGUAGE_OF, language_mark
from domain.organisation.units import Chat, ChatId, Level, Organisation, TopicId, Unit
from domain.organisation.usual_categories import USUAL_CATEGORIES
from domain.people.absences import Absence, Absences
from domain.people.person import Member, PersonId, Role, UnitCode
from storage import schema
from storage.engine import insert
from storage.marks import Marks

table = schema.units
VERSION = "organisation"
SHOWN_AS_OVER = timedelta(days=2)
"""How long an absence that is over stays known, so that cards can say that its person is back."""


SEEN_WITHIN_SECONDS = 1.0
"""After how long at the most a process sees what another has changed; what it has changed itself it sees at once."""


class OrganisationCache:
    """The organisation as it was last read, shared by all units of work of a process."""

    def __init__(self) -> None:
        self.organisation = Organisation()
        self._looked_at = self._forgotten_at = -math.inf

    @property
    def is_fresh(self) -> bool:
        """Whether it need not be looked at anew."""
        return self._looked_at > max(self._forgotten_at, time.monotonic() - SEEN_WITHIN_SECONDS)

    def keep(self, organisation: Organisation, looked_at: float) -> None:
        """Keep what was looked at, by the system's steady clock."""
        self.organisation, self._looked_at = organisation, looked_at

    def forget(self) -> None:
        """Let the next unit of work look anew, because one has changed it."""
        self._forgotten_at = time.monotonic()


class Units:
    """The port `domain.ports.Units` over SQL, and the import of a whole organisation."""

    def __init__(self, connection: AsyncConnection, cache: OrganisationCache, marks: Marks) -> None:
        self._connection = connection
        self._cache = cache
        self._marks = marks
        self.has_changed = False

    async def organisation(self) -> Organisation:
        if self.has_changed:
            return await self._read(await self._marks.get(VERSION) or "")
        if not self._cache.is_fresh:
            now, known = time.monotonic(), self._cache.organisation
            version = await self._marks.get(VERSION) or ""
            self._cache.keep(known if version == known.version else await self._read(version), now)
        return self._cache.organisation

    async def set_chat(self, unit: UnitCode, chat: Chat | None) -> None:
        row = {"chat": chat.id if chat else None, "topic": chat.topic if chat else None, "chat_lost_at": None}
        await self._change(update(table).where(table.c.code == unit).values(row))

    async def set_language(self, chat: ChatId, language: str) -> None:
        await self._marks.set(language_mark(chat), language)
        await self._renew()

    async def lose_chat(self, chat: ChatId, at: datetime) -> Sequence[UnitCode]:
        lost = update(table).where(table.c.chat == chat, table.c.chat_lost_at.is_(None), table.c.retired_at.is_(None))
        return await self._change(lost.values(chat_lost_at=at).returning(table.c.code))

    async def regain_chat(self, chat: ChatId) -> Sequence[UnitCode]:
        back = update(table).where(
            table.c.chat == chat, table.c.chat_lost_at.is_not(None), table.c.retired_at.is_(None)
        )
        return await self._change(back.values(chat_lost_at=None).returning(table.c.code))

    async def move_chat(self, old: ChatId, new: ChatId) -> Sequence[UnitCode]:
        in_use = select(table.c.code).where(table.c.chat == old, table.c.retired_at.is_(None))
        codes = [UnitCode(code) for code in await self._connection.scalars(in_use)]
        await self._change(update(table).where(table.c.chat == old).values(chat=new, chat_lost_at=None))
        return codes

    async def replace_all(
        self, units: Sequence[Unit], now: datetime, categories: Sequence[Category] = ()
    ) -> Organisation:
        """Make the organisation what a file says: units left out are retired, chats change only where the file did.

        Without categories the usual ones are in force.

        The file's own `chat` and `topic` are kept beside those in use, so that `/bind` and Telegram's migrations
        are not undone by the next import (docs/operate.md).
        """
        query = select(table.c.code, table.c.file_chat, table.c.file_topic)
        before = {code: (chat, topic) for code, chat, topic in await self._connection.execute(query)}
        for position, unit in enumerate(units):
            await self._connection.execute(self._upsert(unit, position, before))
        left_out = update(table).where(table.c.retired_at.is_(None), table.c.code.not_in([unit.code for unit in units]))
        await self._connection.execute(left_out.values(retired_at=now))
        await self._connection.execute(delete(schema.members))
        members = [
            {"unit": unit.code, "person": m.person, "name": m.name, "role": m.role, "position": position}
            for unit in units
            for position, m in enumerate(unit.members)
        ]
        if members:
            await self._connection.execute(schema.members.insert(), members)
        await self._replace_categories(categories)
        await self._renew()
        return await self.organisation()

    async def _replace_categories(self, categories: Sequence[Category]) -> None:
        await self._connection.execute(delete(schema.categories))
        rows = [
            {"name": one.name, "parent": one.group, "unit": one.unit, "words": list(one.words), "position": position}
            for position, one in enumerate(categories)
        ]
        if rows:
            await self._connection.execute(schema.categories.insert(), rows)

    def _upsert(self, unit: Unit, position: int, before: dict[str, tuple[int | None, int | None]]) -> Any:  # noqa: ANN401
        row: dict[str, Any] = {
            "name": unit.name,
            "level": unit.level,
            "parent": unit.parent,
            "position": position,
            "places": list(unit.places),
            "area": unit.area,
            "retired_at": None,
        }
        chat = (unit.chat.id, unit.chat.topic) if unit.chat else (None, None)
        if before.get(unit.code) != chat and (unit.code in before or unit.chat):
            row |= {"chat": chat[0], "topic": chat[1], "chat_lost_at": None}
        row |= {"file_chat": chat[0], "file_topic": chat[1]}
        add = insert(self._connection, table).values(code=unit.code, **row)
        return add.on_conflict_do_update(index_elements=[table.c.code], set_=row)

    async def set_absence(self, absence: Absence, now: datetime) -> None:
        known = schema.absences
        gone = (known.c.person == absence.person) | (known.c.ends <= now - SHOWN_AS_OVER)
        await self._connection.execute(delete(known).where(gone))
        row = {"begins": absence.begins, "ends": absence.ends, "deputy": absence.deputy}
        await self._connection.execute(known.insert().values(person=absence.person, **row))
        await self._renew()

    async def end_absence(self, person: PersonId) -> None:
        await self._connection.execute(delete(schema.absences).where(schema.absences.c.person == person))
        await self._renew()

    async def _change(self, statement: Any) -> Sequence[UnitCode]:  # noqa: ANN401
        result = await self._connection.execute(statement)
        codes = [UnitCode(row[0]) for row in result] if result.returns_rows else []
        await self._renew()
        return codes

    async def _renew(self) -> None:
        await self._marks.set(VERSION, secrets.token_hex(8))
        self.has_changed = True

    async def _read(self, version: str) -> Organisation:
        query = select(table).order_by(table.c.position, table.c.code)
        rows = list((await self._connection.execute(query)).mappings())
        members: dict[str, list[Member]] = {}
        query = select(schema.members).order_by(schema.members.c.unit, schema.members.c.position)
        for row in (await self._connection.execute(query)).mappings():
            member = Member(PersonId(row["person"]), row["name"], Role(row["role"]))
            members.setdefault(row["unit"], []).append(member)
        retired = {UnitCode(row["code"]): row["name"] for row in rows if row["retired_at"]}
        retired_under = {
            code: UnitCode(row["parent"]) if row["parent"] else None
            for row in rows
            if (code := UnitCode(row["code"])) in retired
        }
        units = [_from_row(row, tuple(members.get(row["code"], ()))) for row in rows if not row["retired_at"]]
        categories = await self._read_categories()
        absences = await self._read_absences()
        chosen = await self._marks.beginning(LANGUAGE_OF)
        return Organisation(
            {unit.code: unit for unit in units},
            retired,
            version,
            categories=categories,
            absences=absences,
            retired_under=retired_under,
            languages={ChatId(int(chat)): language for chat, language in chosen.items()},
        )

    async def _read_absences(self) -> Absences:
        rows = (await self._connection.execute(select(schema.absences))).mappings()
        known = (Absence(PersonId(row["person"]), row["begins"], row["ends"], row["deputy"]) for row in rows)
        return {absence.person: absence for absence in known}

    async def _read_categories(self) -> Categories:
        query = select(schema.categories).order_by(schema.categories.c.position)
        rows = (await self._connection.execute(query)).mappings()
        own = tuple(Category(row["name"], row["parent"], row["unit"], tuple(row["words"])) for row in rows)
        return Categories(own) if own else USUAL_CATEGORIES


def _from_row(row: RowMapping, members: tuple[Member, ...]) -> Unit:
    topic = TopicId(row["topic"]) if row["topic"] else None
    return Unit(
        code=UnitCode(row["code"]),
        name=row["name"],
        level=Level(row["level"]),
        parent=UnitCode(row["parent"]) if row["parent"] else None,
        chat=Chat(ChatId(row["chat"]), topic) if row["chat"] else None,
        chat_lost_at=row["chat_lost_at"],
        places=tuple(row["places"]),
        area=row["area"],
        members=members,
    )
