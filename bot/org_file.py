"""The organisation file: YAML into units, with every fault at once."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.atlas import AreaFaulty, read_area
from bot.yaml_lines import Fields, Source, shown, text, whole_number
from domain.folding import folded, shows_anything
from domain.people import Member, PersonId, Role, UnitCode
from domain.place_names import RANGE
from domain.units import GEOGRAPHIC, ChatId, Level, Room, TopicId, Unit

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,30}")
FIELDS = ("code", "name", "level", "children", "places", "area", "crs", "chat", "topic", "members")
MEMBER_FIELDS = ("id", "name", "role")
LONGEST_NAME = 60
LARGEST_ID = 2**52


@dataclass(frozen=True, slots=True)
class OrganisationFile:
    """What a file says: the units from the roots down, and a fingerprint of the file and the areas that it names."""

    units: tuple[Unit, ...]
    fingerprint: str


@dataclass(slots=True)
class _Reading:
    source: Source
    units: list[Unit] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    digest: Any = field(default_factory=hashlib.sha256)


def read_organisation(path: Path) -> OrganisationFile:
    """Return the units of a file.

    Raises:
        FileFaulty: with every fault of the file and of the areas that it names.
    """
    reading = _Reading(Source(path, str(path)))
    fields = reading.source.load()
    if fields is not None:
        reading.digest.update(path.read_bytes())
        fields.allow(("units",))
        if "units" not in fields:
            reading.source.complain(fields.node, "missing", field="units")
        for unit in fields.mappings("units"):
            _read_unit(reading, unit, None)
        if not reading.units and not reading.source.faults:
            reading.source.complain(fields.node_of("units"), "no_units")
    reading.source.finish()
    return OrganisationFile(tuple(reading.units), reading.digest.hexdigest())


def _read_unit(reading: _Reading, fields: Fields, parent: Unit | None) -> None:
    fields.allow(FIELDS)
    code = fields.read("code", _code, "no_code", required=True, as_written=True)
    name = _name(fields)
    level = fields.read("level", Level, "no_level", required=True, levels=", ".join(Level))
    if code is not None:
        _once(reading, fields, code)
    if level is not None and parent is not None:
        _fits_below(reading, fields, level, parent)
    unit = Unit(
        code=UnitCode(code or f"?{len(reading.units)}"),
        name=name or "",
        level=level or Level.GRID,
        parent=parent.code if parent else None,
        room=_room(fields),
        places=tuple(_places(reading, fields)),
        area=_area(reading, fields),
        members=tuple(_members(reading, fields)),
    )
    reading.units.append(unit)
    for child in fields.mappings("children"):
        _read_unit(reading, child, unit if level is not None else None)


def _code(raw: object) -> str:
    if isinstance(raw, bool) or not CODE.fullmatch(str(raw)):
        raise ValueError
    return str(raw)


def _name(fields: Fields) -> str | None:
    read = text(LONGEST_NAME)
    return fields.read("name", read, "no_name", required=True, as_written=True, longest=LONGEST_NAME)


def _once(reading: _Reading, fields: Fields, code: str) -> None:
    line = fields.node_of("code").start_mark.line + 1
    if code in reading.lines:
        reading.source.complain(line, "code_twice", code=code, first=reading.lines[code])
    reading.lines.setdefault(code, line)


def _fits_below(reading: _Reading, fields: Fields, level: Level, parent: Unit) -> None:
    """Complain of a unit that cannot stand below its parent: the geographic levels go down, nothing is below others."""
    if parent.level not in GEOGRAPHIC:
        reading.source.complain(fields.node, "below_department", parent=_shown_as(parent))
    elif level in GEOGRAPHIC and GEOGRAPHIC.index(level) <= GEOGRAPHIC.index(parent.level):
        lower = ", ".join(GEOGRAPHIC[GEOGRAPHIC.index(parent.level) + 1 :]) or "-"
        node = fields.node_of("level")
        reading.source.complain(
            node, "level_order", level=level, parent=_shown_as(parent), above=parent.level, levels=lower
        )


def _shown_as(parent: Unit) -> str:
    """Return a parent's code as it stands in the file, or its name where the code itself is at fault."""
    return parent.name if parent.code.startswith("?") else parent.code


def _room(fields: Fields) -> Room | None:
    chat = fields.read("chat", whole_number(-LARGEST_ID, -1), "no_chat")
    topic = fields.read("topic", whole_number(1, LARGEST_ID), "no_topic")
    if "topic" in fields and "chat" not in fields:
        fields.source.complain(fields.node_of("topic"), "topic_without_chat")
    return Room(ChatId(chat), TopicId(topic) if topic else None) if chat else None


def _places(reading: _Reading, fields: Fields) -> Iterator[str]:
    for node in fields.items("places"):
        place = str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""
        if not shows_anything(place) or len(place) > LONGEST_NAME:
            reading.source.complain(node, "no_place", value=shown(node.value), longest=LONGEST_NAME)
            continue
        within = RANGE.match(folded(place))
        if within and int(within["low"]) > int(within["high"]):
            reading.source.complain(node, "range_backwards", value=place)
            continue
        yield place


def _members(reading: _Reading, fields: Fields) -> Iterator[Member]:
    seen: set[int] = set()
    for member in fields.mappings("members"):
        member.allow(MEMBER_FIELDS)
        person = member.read("id", whole_number(1, LARGEST_ID), "no_person", required=True)
        name = _name(member)
        role = member.read("role", Role, "no_role", required=True, roles=", ".join(Role))
        if person is not None and person in seen:
            reading.source.complain(member.node_of("id"), "member_twice", person=person)
        if person is not None and name and role and person not in seen:
            yield Member(PersonId(person), name, role)
        seen.add(person or 0)


def _area(reading: _Reading, fields: Fields) -> str | None:
    """Return a unit's polygon in WGS-84; `crs: gcj02` may stand beside the area or inside it."""
    if "area" not in fields:
        return None
    node, area = fields.node_of("area"), fields.value("area")
    crs = fields.value("crs")
    if isinstance(area, dict):
        crs = area.get("crs", crs)
        area = area.get("file", area)
    if crs not in (None, "wgs84", "gcj02"):
        reading.source.complain(fields.node_of("crs") if "crs" in fields else node, "no_crs", value=shown(crs))
    geojson = _load_area(reading, node, area) if isinstance(area, str) else area
    if geojson is None:
        return None
    if not isinstance(geojson, dict):
        reading.source.complain(node, "area_no_polygon", value=shown(geojson))
        return None
    try:
        return read_area(geojson, gcj02=crs == "gcj02")
    except AreaFaulty as faulty:
        reading.source.complain(node, str(faulty), value=shown(area if isinstance(area, str) else geojson.get("type")))
        return None


def _load_area(reading: _Reading, node: yaml.Node, name: str) -> object:
    path = reading.source.path.parent / name
    try:
        content = path.read_bytes()
        reading.digest.update(content)
        return json.loads(content)
    except OSError as error:
        reading.source.complain(node, "area_unreadable", value=name, reason=error.strerror or str(error))
    except (ValueError, RecursionError):
        reading.source.complain(node, "area_no_json", value=name)
    return None
