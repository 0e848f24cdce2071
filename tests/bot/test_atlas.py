"""The atlas: which units' areas hold a point, and points of Chinese maps brought back to where they are."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.atlas import AreaFaulty, ShapelyAtlas, read_area
from domain.cases.messages import Location
from domain.organisation.units import Level, Organisation
from tests.domain.ground import a_unit, tree_of

Ring = list[tuple[float, float]]


def square(west: float, south: float, size: float) -> Ring:
    return [(west, south), (west + size, south), (west + size, south + size), (west, south + size), (west, south)]


def polygon(*rings: Ring) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": rings}


def area(*rings: Ring) -> str:
    return read_area(polygon(*rings), gcj02=False)


ORG = tree_of(
    a_unit("C", Level.COMMUNITY, area=area(square(0, 0, 10))),
    a_unit("G1", Level.GRID, "C", area=area(square(1, 1, 3), square(2, 2, 1))),
    a_unit("G2", Level.GRID, "C", area=area(square(4, 1, 3))),
    a_unit("G3", Level.GRID, "C", area=area(square(6, 2, 3))),
    a_unit("M1", Level.MICROGRID, "G1", area=area(square(1, 1, 0.5))),
    a_unit("NOWHERE", Level.GRID, "C"),
)


def at(longitude: float, latitude: float, org: Organisation = ORG) -> list[str]:
    return list(ShapelyAtlas().units_at(org, Location(latitude, longitude)))


@pytest.mark.parametrize(
    ("longitude", "latitude", "units"),
    [
        (3.5, 3.5, ["G1"]),
        (5, 1.5, ["G2"]),
        (0.5, 0.5, ["C"]),
        (1.2, 1.2, ["M1"]),
        (2.5, 2.5, ["C"]),
        (6.5, 3, ["G2", "G3"]),
        (4, 2, ["G1", "G2"]),
        (10, 10, ["C"]),
        (11, 5, []),
        (3.5, -3.5, []),
    ],
)
def test_a_point_is_in_the_innermost_areas_that_hold_it(longitude: float, latitude: float, units: list[str]) -> None:
    assert sorted(at(longitude, latitude)) == units


def test_without_areas_a_point_is_nowhere() -> None:
    assert at(1, 1, Organisation()) == []


def test_a_changed_organisation_is_looked_up_anew() -> None:
    atlas, here = ShapelyAtlas(), Location(0.5, 0.5)
    moved = tree_of(a_unit("G", Level.GRID, area=area(square(5, 5, 1))), version="2")

    assert atlas.units_at(ORG, here) == ("C",)
    assert atlas.units_at(moved, here) == ()
    assert atlas.units_at(moved, Location(5.5, 5.5)) == ("G",)


def test_several_polygons_are_one_area() -> None:
    parts = [polygon(square(0, 0, 1)), polygon(square(5, 5, 1))]
    features = [{"type": "Feature", "properties": {}, "geometry": part} for part in parts]
    org = tree_of(
        a_unit("A", Level.GRID, area=read_area({"type": "FeatureCollection", "features": features}, gcj02=False)),
        a_unit(
            "B", Level.GRID, area=read_area({"type": "MultiPolygon", "coordinates": [[square(5, 5, 1)]]}, gcj02=False)
        ),
    )

    assert at(0.5, 0.5, org) == ["A"]
    assert sorted(at(5.5, 5.5, org)) == ["A", "B"]


# Pairs of WGS-84 and GCJ-02 that other implementations publish (eviltransform's tests), latitude first.
PAIRS = [
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
]


@pytest.mark.parametrize(("wgs84", "gcj02"), PAIRS)
def test_a_point_of_a_chinese_map_is_brought_back_to_a_hands_breadth(
    wgs84: tuple[float, float], gcj02: tuple[float, float]
) -> None:
    ring = square(gcj02[1], gcj02[0], 0.001)

    moved = json.loads(read_area(polygon(ring), gcj02=True))["coordinates"][0]

    nearest = min(moved, key=lambda point: abs(point[0] - wgs84[1]) + abs(point[1] - wgs84[0]))
    assert nearest == pytest.approx([wgs84[1], wgs84[0]], abs=1e-6)


@given(st.floats(75, 132), st.floats(20, 52))
def test_everywhere_in_china_the_offset_is_a_few_hundred_metres(longitude: float, latitude: float) -> None:
    ring = square(longitude, latitude, 0.001)

    moved = json.loads(read_area(polygon(ring), gcj02=True))["coordinates"][0]

    assert len(moved) == len(ring)
    assert all(min(abs(x - a) + abs(y - b) for x, y in ring) < 0.02 for a, b in moved)
    assert max(abs(x - a) + abs(y - b) for (x, y), (a, b) in zip(ring, moved, strict=True)) > 1e-6


numbers = st.floats() | st.integers(-(2**70), 2**70)
coordinates = st.recursive(
    numbers | st.none() | st.text(max_size=2), lambda inner: st.lists(inner, max_size=5), max_leaves=20
)
rings = st.lists(st.tuples(numbers, numbers), max_size=5).map(lambda ring: [*ring, *ring[:1]])
shapes = st.fixed_dictionaries(
    {"type": st.sampled_from(["Polygon", "MultiPolygon", "Point", None])},
    optional={"coordinates": coordinates | st.lists(rings, max_size=2)},
)
geojsons = st.recursive(
    shapes,
    lambda inner: (
        st.fixed_dictionaries({"type": st.just("Feature"), "geometry": inner | st.none()})
        | st.fixed_dictionaries({"type": st.just("FeatureCollection"), "features": st.lists(inner, max_size=3)})
    ),
    max_leaves=4,
)


@given(geojsons, st.booleans())
def test_whatever_a_file_holds_it_is_an_area_or_faulty(geojson: dict[str, Any], gcj02: bool) -> None:
    try:
        read = json.loads(read_area(geojson, gcj02=gcj02))
    except AreaFaulty:
        return
    assert read["type"] in ("Polygon", "MultiPolygon")
