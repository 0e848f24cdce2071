"""The organisation file: YAML into units, with every fault at once."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, Strict, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from bot.atlas import AreaFaulty, read_area
from bot.roster import ListedMember, Roster
from bot.yaml_lines import Entry, FileFaulty, Listed, Location, Written, YamlFile, as_written, or_fault, shown
from domain.organisation.categories import Category
from domain.organisation.place_names import RANGE
from domain.organisation.units import GEOGRAPHIC, Chat, ChatId, Level, TopicId, Unit
from domain.organisation.usual_categories import usual_words
from domain.people.accounts import TelegramId
from domain.people.person import Role, UnitCode
from domain.text.folding import fold

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,30}")
LONGEST_NAME = 60
LARGEST_ID = 2**52
CRS = ("wgs84", "gcj02")
Raw = Mapping[str, Any]
"""A mapping as it stands in the file, perhaps with faults."""


@dataclass(frozen=True, slots=True)
class OrganisationFile:
    """What a file says: the units from the roots down, who works in each, what cases may be about, a fingerprint.

    Without categories the usual ones are in force. The fingerprint is that of the file and of the areas that it names.
    """

    units: tuple[Unit, ...]
    roster: Roster
    fingerprint: str
    categories: tuple[Category, ...] = ()


def _forwards(place: str) -> str:
    within = RANGE.match(fold(place).text)
    if within and int(within["low"]) > int(within["high"]):
        raise PydanticCustomError("range_backwards", "")
    return place


def _area(raw: Any, info: ValidationInfo) -> str | None:  # noqa: ANN401 - whatever the file says
    """Return a polygon in WGS-84; `crs: gcj02` may stand beside the area or inside it."""
    assert info.context
    crs = info.data.get("crs")
    if isinstance(raw, dict):
        crs = raw.get("crs", crs)
        raw = raw.get("file", raw)
    if crs not in (None, *CRS):
        raise PydanticCustomError("no_crs", "", {"value": shown(crs)})
    geojson = _load(info.context, raw) if isinstance(raw, str) else raw
    if geojson is None and not isinstance(raw, str):
        return None
    if not isinstance(geojson, dict):
        raise PydanticCustomError("area_no_polygon", "", {"value": shown(geojson)})
    try:
        return read_area(geojson, gcj02=crs == "gcj02")
    except AreaFaulty as faulty:
        value = raw if isinstance(raw, str) else geojson.get("type")
        raise PydanticCustomError(str(faulty), "", {"value": shown(value)}) from faulty


def _load(file: YamlFile, name: str) -> object:
    try:
        return json.loads(file.content(file.path.parent / name))
    except OSError as error:
        context = {"value": name, "reason": error.strerror or str(error)}
        raise PydanticCustomError("area_unreadable", "", context) from error
    except (ValueError, RecursionError) as error:
        raise PydanticCustomError("area_no_json", "", {"value": name}) from error


ShortText = Annotated[Written, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)]
Name = Annotated[ShortText, or_fault("no_name", longest=LONGEST_NAME)]
Place = Annotated[ShortText, or_fault("no_place", longest=LONGEST_NAME), AfterValidator(_forwards)]
Number = Annotated[int, Strict()]


LEVELS = {
    **{level.value: level for level in Level},
    "区": Level.DISTRICT,
    "县": Level.DISTRICT,
    "街道": Level.STREET,
    "镇": Level.STREET,
    "乡": Level.STREET,
    "社区": Level.COMMUNITY,
    "村": Level.COMMUNITY,
    "网格": Level.GRID,
    "微网格": Level.MICROGRID,
    "部门": Level.DEPARTMENT,
    "志愿者": Level.VOLUNTEERS,
}
ROLES = {**{role.value: role for role in Role}, "网格员": Role.WORKER, "负责人": Role.LEAD}
"""What a file may call the levels and roles: as we do, or as an office does."""


def _called(names: Mapping[str, str]) -> BeforeValidator:
    """Before an enumeration: take a Chinese name too, and nothing but words, as its own complaint would repeat all."""
    return BeforeValidator(lambda raw: names.get(raw, raw) if isinstance(raw, str) else None)


class MemberEntry(Entry):
    """A member of a unit."""

    id: Annotated[Number, Field(ge=1, le=LARGEST_ID), or_fault("no_person")]
    name: Name
    role: Annotated[Role, _called(ROLES), or_fault("no_role", roles=", ".join(Role))]


class UnitEntry(Entry):
    """A unit with those below it."""

    code: Annotated[Written, Field(pattern=rf"^{CODE.pattern}$"), or_fault("no_code")]
    name: Name
    level: Annotated[Level, _called(LEVELS), or_fault("no_level", levels=", ".join(Level))]
    children: "Listed[UnitEntry]" = ()
    places: Listed[Place] = ()
    crs: Annotated[Literal["wgs84", "gcj02"] | None, or_fault("no_crs")] = None
    area: Annotated[str | None, PlainValidator(_area)] = None
    chat: Annotated[Number, Field(ge=-LARGEST_ID, le=-1), or_fault("no_chat")] = 0
    topic: Annotated[Number, Field(ge=1, le=LARGEST_ID), or_fault("no_topic")] = 0
    members: Listed[MemberEntry] = ()

    def units(self, parent: UnitCode | None = None) -> Iterator[Unit]:
        """Yield the unit of the organisation and all below it."""
        code = UnitCode(self.code)
        yield Unit(
            code=code,
            name=self.name,
            level=self.level,
            parent=parent,
            chat=Chat(ChatId(self.chat), TopicId(self.topic) if self.topic else None) if self.chat else None,
            places=self.places,
            area=self.area,
        )
        for child in self.children:
            yield from child.units(code)

    def roster(self) -> Iterator[tuple[UnitCode, tuple[ListedMember, ...]]]:
        """Yield who works for the unit, and for all below it."""
        yield UnitCode(self.code), tuple(ListedMember(TelegramId(one.id), one.name, one.role) for one in self.members)
        for child in self.children:
            yield from child.roster()


class CategoryEntry(Entry):
    """What a case may be about."""

    name: Name
    unit: Annotated[Written, Field(pattern=rf"^{CODE.pattern}$"), or_fault("no_code")] | None = None
    words: Listed[Name] = ()

    def category(self, group: str | None = None) -> Category:
        """Return the category of the organisation; one without words of its own has the usual ones of its name."""
        unit = UnitCode(self.unit) if self.unit else None
        return Category(self.name, group, unit, self.words or usual_words(self.name))


class GroupEntry(CategoryEntry):
    """A category with those in it."""

    children: Listed[CategoryEntry] = ()

    def categories(self) -> Iterator[Category]:
        """Yield the category itself, and those in it."""
        yield self.category()
        for child in self.children:
            yield child.category(self.name)


class OrganisationEntry(Entry):
    """The whole file."""

    units: Listed[UnitEntry]
    categories: Listed[GroupEntry] = ()


FIELDS, MEMBER_FIELDS = tuple(UnitEntry.model_fields), tuple(MemberEntry.model_fields)


def read_organisation(path: Path) -> OrganisationFile:
    """Return the units of a file.

    Raises:
        FileFaulty: with every fault of the file and of the areas that it names.
    """
    file = YamlFile(path)
    read = file.read(OrganisationEntry)
    if read and not read.units:
        file.complain(("units",), "no_units")
    _check_together(file)
    if read is None or file.faults:
        raise FileFaulty(file.faults)
    units = tuple(unit for root in read.units for unit in root.units())
    roster = dict(listed for root in read.units for listed in root.roster())
    categories = tuple(category for group in read.categories for category in group.categories())
    return OrganisationFile(units, roster, file.digest.hexdigest(), categories)


def _check_together(file: YamlFile) -> None:
    """Complain of what does not go together, whatever else is wrong with it."""
    first: dict[str, int] = {}
    for at, unit, parent in _walk(file.data or {}, "units"):
        if code := _code(unit):
            line = file.line((*at, "code"))
            if code in first:
                file.complain(line, "code_twice", code=code, first=first[code])
            first.setdefault(code, line)
        if "topic" in unit and "chat" not in unit:
            file.complain((*at, "topic"), "topic_without_chat")
        _check_below(file, at, unit, parent)
        _check_members(file, at, unit)
    _check_categories(file, first)


def _check_below(file: YamlFile, at: Location, unit: Raw, parent: Raw) -> None:
    """Complain of a unit that cannot stand below its parent: the geographic levels go down, nothing is below others."""
    level, above = _level_of(unit), _level_of(parent)
    if level is None or above is None:
        return
    shown_as = _code(parent) or shown(parent.get("name", ""))
    if above not in GEOGRAPHIC:
        file.complain(at, "below_department", parent=shown_as)
    elif level in GEOGRAPHIC and GEOGRAPHIC.index(level) <= GEOGRAPHIC.index(above):
        lower = ", ".join(GEOGRAPHIC[GEOGRAPHIC.index(above) + 1 :]) or "-"
        file.complain((*at, "level"), "level_order", level=level, parent=shown_as, above=above, levels=lower)


def _check_members(file: YamlFile, at: Location, unit: Raw) -> None:
    seen: set[int] = set()
    for here, member, _ in _walk(unit, "members", at):
        person = member.get("id")
        if isinstance(person, int):
            if person in seen:
                file.complain((*here, "id"), "member_twice", person=person)
            seen.add(person)


def _check_categories(file: YamlFile, units: Mapping[str, int]) -> None:
    """Complain of a category that is named twice, or whose unit is not in the file."""
    first: dict[str, int] = {}
    for at, category, _ in _walk(file.data or {}, "categories"):
        code = _code({"code": category.get("unit")})
        if code and code not in units:
            file.complain((*at, "unit"), "category_unit_unknown", code=code)
        if isinstance(name := as_written(category.get("name")), str):
            line = file.line((*at, "name"))
            if name.strip() in first:
                file.complain(line, "category_twice", name=name.strip(), first=first[name.strip()])
            first.setdefault(name.strip(), line)


def _walk(above: Raw, name: str, at: Location = ()) -> Iterator[tuple[Location, Raw, Raw]]:
    """Yield the mappings in a list of this name and in their `children`, with where each is and what it is in."""
    entries = above.get(name)
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, dict):
            here = (*at, name, number)
            yield here, entry, above
            yield from _walk(entry, "children", here)


def _code(unit: Raw) -> str | None:
    code = as_written(unit.get("code"))
    return code if isinstance(code, str) and CODE.fullmatch(code) else None


def _level_of(unit: Raw) -> Level | None:
    written = unit.get("level")
    return LEVELS.get(written) if isinstance(written, str) else None
