"""The atlas: units' areas on the map, looked up by shapely's STRtree, and GCJ-02 turned into WGS-84."""

import json
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from domain.cases.messages import Location
from domain.organisation.units import Organisation
from domain.people.person import UnitCode

EARTH = 6378245.0
ECCENTRICITY = 0.00669342162296594323
ROUNDS = 4


class AreaFaulty(ValueError):
    """Not a polygon that can be used; the argument is a key of the catalogue."""


class ShapelyAtlas:
    """The port `domain.ports.Atlas`; the index is made once for each version of the organisation."""

    def __init__(self) -> None:
        self._version: str | None = None
        self._codes: list[UnitCode] = []
        self._tree = shapely.STRtree([])

    def units_at(self, organisation: Organisation, location: Location) -> tuple[UnitCode, ...]:
        """Return the innermost units whose area holds the point; its border counts as inside."""
        self._index(organisation)
        point = shapely.Point(location.longitude, location.latitude)
        found = [self._codes[index] for index in self._tree.query(point, predicate="intersects")]
        outer = {above.code for code in found for above in organisation.path(code)[:-1]}
        return tuple(code for code in found if code not in outer)

    def _index(self, organisation: Organisation) -> None:
        if self._version == organisation.version:
            return
        areas = [(unit.code, unit.area) for unit in organisation.units.values() if unit.area]
        self._codes = [code for code, _ in areas]
        self._tree = shapely.STRtree([shape(json.loads(area)) for _, area in areas])
        self._version = organisation.version


def read_area(geojson: Mapping[str, Any], *, gcj02: bool) -> str:
    """Return a polygon in WGS-84 as compact GeoJSON; features and collections are taken for their polygons.

    Raises:
        AreaFaulty: it holds no polygon, or one that crosses itself, or lies outside the world.
    """
    polygons = list(_polygons(geojson))
    if not polygons:
        raise AreaFaulty("area_no_polygon")
    area = shapely.union_all(polygons)
    west, south, east, north = area.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:  # noqa: PLR2004 - degrees
        raise AreaFaulty("area_outside")
    if gcj02:
        area = shapely.transform(area, _to_wgs84, include_z=False)
    return json.dumps(shapely.geometry.mapping(area), separators=(",", ":"))


def _polygons(geojson: object) -> list[BaseGeometry]:
    if not isinstance(geojson, Mapping):
        return []
    kind, features = geojson.get("type"), geojson.get("features")
    if kind == "FeatureCollection" and isinstance(features, list):
        return [polygon for feature in features for polygon in _polygons(feature)]
    if kind == "Feature":
        return _polygons(geojson.get("geometry"))
    if kind not in ("Polygon", "MultiPolygon"):
        return []
    try:
        with np.errstate(invalid="ignore"):
            polygon = shape(geojson)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError) as error:
        raise AreaFaulty("area_no_polygon") from error
    if polygon.is_empty:
        raise AreaFaulty("area_no_polygon")
    if not polygon.is_valid:
        raise AreaFaulty("area_crosses_itself")
    return [polygon]


def _to_wgs84(points: Any) -> Any:  # noqa: ANN401 - numpy's array
    """Undo GCJ-02, the offset that Chinese maps must have, by approaching the point that it would move to these."""
    guess = points.copy()
    for _ in range(ROUNDS):
        for index, (longitude, latitude) in enumerate(guess):
            east, north = _offset(float(longitude), float(latitude))
            guess[index] = points[index] - (east, north)
    return guess


def _offset(longitude: float, latitude: float) -> tuple[float, float]:
    """Return by how many degrees GCJ-02 moves a point in WGS-84 (the published transformation)."""
    x, y = longitude - 105.0, latitude - 35.0
    waves: Callable[[float], float] = lambda v: 20 * math.sin(6 * v * math.pi) + 20 * math.sin(2 * v * math.pi)  # noqa: E731
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (waves(x) + 20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (waves(x) + 20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    angle = math.radians(latitude)
    curve = 1 - ECCENTRICITY * math.sin(angle) ** 2
    north_degrees = math.degrees(north * curve * math.sqrt(curve) / (EARTH * (1 - ECCENTRICITY)))
    east_degrees = math.degrees(east * math.sqrt(curve) / (EARTH * math.cos(angle)))
    return east_degrees, north_degrees
