"""Units and the tree that they form: from the micro-grid up to the district, with departments beside it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NewType

from domain.errors import UnitUnknown
from domain.organisation.categories import Categories
from domain.organisation.usual_categories import USUAL_CATEGORIES
from domain.people.absences import Absences, deputy_of
from domain.people.person import Member, PersonId, Role, UnitCode

ChatId = NewType("ChatId", int)
TopicId = NewType("TopicId", int)


class Level(StrEnum):
    """The five levels of 网格化 governance, and the two kinds of unit that stand beside them."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    MICROGRID = "microgrid"
    DEPARTMENT = "department"
    VOLUNTEERS = "volunteers"


GEOGRAPHIC = (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID, Level.MICROGRID)


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat, or one topic of it: where a unit works, or where somebody talks to the bot alone."""

    id: ChatId
    topic: TopicId | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the organisation.

    `places`: names that residents may write for it; `area`: its polygon as GeoJSON in WGS-84;
    `chat_lost_at`: since when its group cannot be written to.
    """

    code: UnitCode
    name: str
    level: Level
    parent: UnitCode | None = None
    chat: Chat | None = None
    chat_lost_at: datetime | None = None
    places: tuple[str, ...] = ()
    area: str | None = None
    members: tuple[Member, ...] = ()

    @property
    def has_chat(self) -> bool:
        """Whether there is a group that can be written to."""
        return self.chat is not None and self.chat_lost_at is None

    @property
    def is_geographic(self) -> bool:
        """Whether the unit answers for an area of the tree, unlike departments and volunteers."""
        return self.level in GEOGRAPHIC


@dataclass(frozen=True, eq=False)
class Organisation:
    """The tree of the units in use, the names of those that are retired, and who is away.

    `retired_under`: what each of the retired stood under; `categories`: what cases may be about; `languages`: those
    that groups have chosen. `version` differs after every change, so that the tree may be kept and compared.
    """

    units: Mapping[UnitCode, Unit] = field(default_factory=dict)
    retired: Mapping[UnitCode, str] = field(default_factory=dict)
    version: str = ""
    retired_under: Mapping[UnitCode, UnitCode | None] = field(default_factory=dict)
    categories: Categories = USUAL_CATEGORIES
    absences: Absences = field(default_factory=dict)
    languages: Mapping[ChatId, str] = field(default_factory=dict)

    def __getitem__(self, code: UnitCode) -> Unit:
        """Return the unit.

        Raises:
            UnitUnknown: no unit in use has this code.
        """
        try:
            return self.units[code]
        except KeyError:
            raise UnitUnknown(code, code=code) from None

    def __contains__(self, code: object) -> bool:
        return code in self.units

    @cached_property
    def _children(self) -> Mapping[UnitCode | None, tuple[Unit, ...]]:
        below: dict[UnitCode | None, list[Unit]] = {}
        for unit in self.units.values():
            below.setdefault(unit.parent if unit.parent in self.units else None, []).append(unit)
        return {code: tuple(units) for code, units in below.items()}

    def children(self, code: UnitCode | None) -> tuple[Unit, ...]:
        """Return the units right below, in the file's order; below nothing stand the roots."""
        return self._children.get(code, ())

    def below(self, code: UnitCode) -> Iterator[Unit]:
        """Yield the unit and everything under it."""
        yield self[code]
        for child in self.children(code):
            yield from self.below(child.code)

    def path(self, code: UnitCode) -> tuple[Unit, ...]:
        """Return the way from the root down to the unit, both included."""
        unit = self[code]
        above = self.path(unit.parent) if unit.parent in self.units and unit.parent else ()
        return (*above, unit)

    def next_up(self, code: UnitCode) -> Unit | None:
        """Return the nearest unit above that has a group; units without one are passed over."""
        return next((unit for unit in reversed(self.path(code)[:-1]) if unit.has_chat), None)

    def responsible_for(self, code: UnitCode) -> Unit:
        """Return the unit that answers for this place: itself, or the nearest above that has a group."""
        unit = self[code]
        return unit if unit.has_chat else self.next_up(code) or unit

    def successor_of(self, code: UnitCode) -> Unit:
        """Return the unit that answers for what a unit had: itself; once it is retired, the nearest above in use.

        Where that has no group, the nearest above that has one; where nothing above is in use, the first root.

        Raises:
            UnitUnknown: there is no unit at all.
        """
        passed: set[UnitCode] = set()
        while code not in self and code not in passed:
            passed.add(code)
            code = self.retired_under.get(code) or code
        heirs = [code] if code in self else [unit.code for unit in self.children(None)]
        return self.responsible_for(next(iter(heirs), code))

    def common_ancestor(self, codes: Iterable[UnitCode]) -> Unit | None:
        """Return the lowest unit that stands on the way to all of them."""
        paths = [self.path(code) for code in codes]
        shared = None
        for step in zip(*paths, strict=False):
            if len({unit.code for unit in step}) > 1:
                break
            shared = step[0]
        return shared

    def in_chat(self, chat: Chat) -> tuple[Unit, ...]:
        """Return the units that work in this chat; a unit bound to a whole group works in all its topics.

        Outside of all topics, in a forum's General, stand the units of every topic.
        """
        return tuple(
            unit
            for unit in self.units.values()
            if unit.chat and unit.chat.id == chat.id and (not chat.topic or unit.chat.topic in (None, chat.topic))
        )

    def in_group(self, chat: ChatId) -> tuple[Unit, ...]:
        """Return the units that work in any topic of this group."""
        return tuple(unit for unit in self.units.values() if unit.chat and unit.chat.id == chat)

    def role_of(self, person: PersonId, code: UnitCode) -> Role | None:
        """Return what the person is to this very unit, or None; nobody is anything to one that is in use no more."""
        unit = self.units.get(code)
        roles = {member.role for member in unit.members if member.person == person} if unit else set()
        return Role.LEAD if Role.LEAD in roles else next(iter(roles), None)

    def deputy_of(self, person: PersonId, at: datetime) -> PersonId | None:
        """Return who acts for somebody who is away at a moment, as long as they work for any unit."""
        deputy = deputy_of(self.absences, person, at)
        return deputy if deputy is not None and self.units_of(deputy) else None

    def leads(self, person: PersonId, code: UnitCode) -> bool:
        """Whether the person is a lead of the unit or of one above it."""
        return code in self and any(self.role_of(person, unit.code) is Role.LEAD for unit in self.path(code))

    def units_of(self, person: PersonId) -> tuple[Unit, ...]:
        """Return the units that the person works for."""
        return tuple(u for u in self.units.values() if any(member.person == person for member in u.members))

    def name_of(self, person: PersonId, otherwise: str) -> str:
        """Return the name under which a member works, or the other one for somebody who is no member."""
        units = self.units_of(person)
        return next((m.name for u in units for m in u.members if m.person == person), otherwise)
