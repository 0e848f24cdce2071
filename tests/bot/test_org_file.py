"""The organisation file: the units that it makes, and every fault at once with its line."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from bot.org_file import FIELDS, MEMBER_FIELDS, OrganisationFile, read_organisation
from bot.roster import ListedMember
from domain.organisation.units import Chat, ChatId, Level, TopicId, Unit
from domain.people.accounts import TelegramId
from domain.people.person import Role, UnitCode
from tests.bot.yaml_files import any_yaml, faults_of, marked, reads_or_complains

CONTRACT = """\
units:
  - code: BZ
    name: 播州区
    level: district
    children:
      - code: ZN
        name: 遵南社区
        level: community
        chat: -1001000000002
        children:
          - code: ZN-01
            name: 第1网格
            level: grid
            places: [煤炭小区, 红星苑1-5栋]
            area: areas/zn-01.geojson
            chat: -1001000000001
            topic: 7
            members:
              - {id: 2001, name: 王建国, role: worker}
      - {code: WY, name: 安居物业, level: department}
"""

FAULTY = """\
colour: green                     # fault: unknown_field
units:
  - code: bz                      # fault: no_code missing
    name: 播州区
    children:
      - code: ZN
        name: ""                  # fault: no_name
        level: village            # fault: no_level
      - code: ZN                  # fault: code_twice
        name: 遵南社区
        level: community
        chat: 42                  # fault: no_chat
        children:
          - {code: GHQ, name: 桂花桥街道, level: street}     # fault: level_order
          - code: ZN-01
            name: 第1网格
            level: grid
            topic: 7              # fault: topic_without_chat
            places:
              - 红星苑5-1栋         # fault: range_backwards
              - [红星苑]           # fault: no_place
            members:
              - {id: wang, name: 王建国, role: worker}      # fault: no_person
              - {id: 2002, name: 陈静, role: boss}          # fault: no_role
              - {id: 2003, name: 刘洋}                      # fault: missing
              - {id: 2003, name: 刘洋, role: worker}        # fault: member_twice
              - 2004              # fault: wants_mapping
          - code: ZN-02
            name: 第2网格
            level: grid
            chat: -1001
            topic: general        # fault: no_topic
            places: 煤炭小区       # fault: wants_list
            area: nowhere.json    # fault: area_unreadable
            crs: mercator         # fault: no_crs
      - code: WY
        name: 安居物业
        level: department
        children:
          - {code: WY-1, name: 一班, level: grid}           # fault: below_department
categories:
  - name: 市政设施
    children:
      - {name: 路灯, unit: ZM}                              # fault: category_unit_unknown
      - {name: 井盖, unit: "?"}                             # fault: no_code
      - {name: 路灯}                                        # fault: category_twice
      - {unit: ZN}                                          # fault: missing
      - {name: 道路, children: []}                          # fault: unknown_field
      - {name: 桥梁, words: 桥}                             # fault: wants_list
"""


def square(west: float, south: float, size: float = 0.01) -> list[list[list[float]]]:
    east, north = west + size, south + size
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


AREA = {"type": "Polygon", "coordinates": square(106.82, 27.53)}
BOW = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "areas").mkdir()
    (tmp_path / "areas/zn-01.geojson").write_text(json.dumps(AREA), "utf-8")
    return tmp_path / "org.yaml"


def read(file: Path, written: str) -> OrganisationFile:
    file.write_text(written, "utf-8")
    return read_organisation(file)


def grid_with(file: Path, *lines: str) -> Unit:
    """Read a file with one grid that has these fields besides."""
    (unit,) = read(file, one_grid(*lines)).units
    return unit


def one_grid(*lines: str) -> str:
    return "units:\n  - code: A\n    name: 甲\n    level: grid\n" + "".join(f"    {line}\n" for line in lines)


def test_the_file_of_the_contract_makes_its_units(file: Path) -> None:
    organisation = read(file, CONTRACT)
    district, community, grid, company = organisation.units

    assert (district.code, district.parent, district.level, district.chat) == ("BZ", None, Level.DISTRICT, None)
    assert (community.parent, community.chat) == ("BZ", Chat(ChatId(-1001000000002)))
    assert (grid.name, grid.parent) == ("第1网格", UnitCode("ZN"))
    assert grid.chat == Chat(ChatId(-1001000000001), TopicId(7))
    assert grid.places == ("煤炭小区", "红星苑1-5栋")
    assert organisation.roster[grid.code] == (ListedMember(TelegramId(2001), "王建国", Role.WORKER),)
    assert grid.area
    assert (company.level, company.parent, company.area) == (Level.DEPARTMENT, "BZ", None)


def test_a_category_has_the_unit_and_the_words_of_the_file_or_the_usual_words_of_its_name(file: Path) -> None:
    written = "categories:\n- {name: 市政设施, children: [{name: 路灯, unit: WY, words: [灯]}, {name: 井盖}]}\n"
    group, lamps, covers = read(file, CONTRACT + written).categories

    assert (group.name, group.group, group.unit, group.words) == ("市政设施", None, None, ())
    assert (lamps.group, lamps.unit, lamps.words) == ("市政设施", "WY", ("灯",))
    assert "窨井" in covers.words
    assert read(file, CONTRACT).categories == ()


def test_every_fault_is_found_at_once_in_its_line(file: Path) -> None:
    written, expected = marked(FAULTY)
    file.write_text(written, "utf-8")

    assert sorted(faults_of(read_organisation, file)) == sorted(expected)


@pytest.mark.parametrize(
    ("written", "faults"),
    [
        ("units: []\n", [(1, "no_units")]),
        ("units:\n", [(1, "no_units")]),
        ("{}\n", [(1, "missing")]),
        ("units: {code: A}\n", [(1, "wants_list")]),
        ("units:\n  - A\n", [(2, "wants_mapping")]),
        ("units: &a\n  - code: A\n    name: A\n    level: grid\n    children: *a\n", [(1, "loop")]),
    ],
)
def test_a_file_without_units_is_faulty(file: Path, written: str, faults: list[tuple[int, str]]) -> None:
    file.write_text(written, "utf-8")

    assert faults_of(read_organisation, file) == faults


@pytest.mark.parametrize("code", ["ZN-01", "1", "01", "010", "2026-01-01"])
def test_a_code_is_taken_as_it_is_written(file: Path, code: str) -> None:
    (unit,) = read(file, f"units: [{{code: {code}, name: {code}, level: grid}}]\n").units

    assert (unit.code, unit.name) == (code, code)


@pytest.mark.parametrize(
    "code", ['"A\\n"', "A" * 32, "-A", "a", "甲", "no", "null", "[A]", "1.5", "0x1F", "1_0", "12:30"]
)
def test_what_is_no_code_is_refused(file: Path, code: str) -> None:
    file.write_text(f"units: [{{code: {code}, name: 甲, level: grid}}]\n", "utf-8")

    assert faults_of(read_organisation, file) == [(1, "no_code")]


def test_one_person_may_work_for_two_units(file: Path) -> None:
    member = "members: [{id: 2001, name: 王建国, role: lead}]"
    roster = read(file, one_grid(member) + f"  - {{code: B, name: 乙, level: grid, {member}}}\n").roster

    assert [member.id for members in roster.values() for member in members] == [2001, 2001]


def test_an_area_is_the_same_from_a_file_and_inline(file: Path) -> None:
    inline = grid_with(file, f"area: {json.dumps(AREA)}").area
    feature = grid_with(file, f'area: {{"type": "Feature", "properties": {{}}, "geometry": {json.dumps(AREA)}}}').area

    assert inline
    assert inline == feature
    assert grid_with(file, "area: areas/zn-01.geojson").area == inline
    assert grid_with(file, "area: {file: areas/zn-01.geojson}").area == inline
    assert json.loads(inline)["type"] == "Polygon"


@pytest.mark.parametrize(
    "lines", [["area: {file: areas/zn-01.geojson, crs: gcj02}"], ["area: areas/zn-01.geojson", "crs: gcj02"]]
)
def test_an_area_from_a_chinese_map_is_moved_to_where_it_is(file: Path, lines: list[str]) -> None:
    plain, moved = (grid_with(file, *written).area for written in (["area: areas/zn-01.geojson"], lines))

    assert plain
    assert moved
    assert plain != moved
    assert grid_with(file, "area: areas/zn-01.geojson", "crs: wgs84").area == plain


@pytest.mark.parametrize(
    ("area", "fault"),
    [
        ("nowhere.geojson", "area_unreadable"),
        ("areas", "area_unreadable"),
        ("org.yaml", "area_no_json"),
        ("[1, 2]", "area_no_polygon"),
        ("5", "area_no_polygon"),
        ('{"type": "Point", "coordinates": [106.8, 27.5]}', "area_no_polygon"),
        ('{"type": "FeatureCollection", "features": []}', "area_no_polygon"),
        ('{"type": "FeatureCollection", "features": 5}', "area_no_polygon"),
        ('{"type": "FeatureCollection", "features": ["x"]}', "area_no_polygon"),
        ('{"type": "Feature", "geometry": "x"}', "area_no_polygon"),
        ('{"type": "Polygon"}', "area_no_polygon"),
        ('{"type": "Polygon", "coordinates": "x"}', "area_no_polygon"),
        ('{"type": "Polygon", "coordinates": []}', "area_no_polygon"),
        ('{"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}', "area_no_polygon"),
        (json.dumps(BOW), "area_crosses_itself"),
        (json.dumps({"type": "Polygon", "coordinates": square(27.53, 106.82)}), "area_outside"),
    ],
)
def test_an_area_that_cannot_be_used_is_a_fault_in_its_line(file: Path, area: str, fault: str) -> None:
    file.write_text(one_grid("places: [煤炭小区]", f"area: {area}"), "utf-8")

    assert faults_of(read_organisation, file) == [(6, fault)]


def test_the_fingerprint_is_that_of_the_file_and_of_the_areas_that_it_names(file: Path) -> None:
    before = read(file, CONTRACT).fingerprint
    assert read(file, CONTRACT).fingerprint == before

    assert read(file, f"{CONTRACT}# a word\n").fingerprint != before
    (file.parent / "areas/zn-01.geojson").write_text(json.dumps({**AREA, "name": "x"}), "utf-8")
    assert read(file, CONTRACT).fingerprint != before


@given(
    any_yaml(
        ["units", "categories", "words", *FIELDS, *MEMBER_FIELDS, "file", "type", "coordinates", "features", "geometry"]
    )
)
def test_whatever_is_in_the_file_it_is_an_organisation_or_has_faults(written: str) -> None:
    organisation = reads_or_complains(read_organisation, written)

    if organisation is not None:
        codes = [unit.code for unit in organisation.units]
        assert len(set(codes)) == len(codes) > 0
        assert all(unit.parent is None or unit.parent in codes for unit in organisation.units)


def test_an_office_may_write_levels_and_roles_as_it_calls_them(file: Path) -> None:
    written = """\
units:
  - code: ZN
    name: 遵南社区
    level: 社区
    children:
      - code: ZN-01
        name: 第1网格
        level: 网格
        members:
          - {id: 2001, name: 王建国, role: 网格员}
          - {id: 2002, name: 陈静, role: 负责人}
      - {code: WY, name: 安居物业, level: 部门}
"""
    organisation = read(file, written)

    assert [unit.level for unit in organisation.units] == [Level.COMMUNITY, Level.GRID, Level.DEPARTMENT]
    assert [member.role for member in organisation.roster[UnitCode("ZN-01")]] == [Role.WORKER, Role.LEAD]
    file.write_text(written.replace("level: 网格", "level: 街道"), "utf-8")
    assert faults_of(read_organisation, file) == [(8, "level_order")]
