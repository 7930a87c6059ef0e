"""Waste points on their streets: which street, which side, lit or not, near homes or not; and those that lie on none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.city import City
from layers.kinds.facilities import WastePoints
from layers.kinds.places import SensitiveKind, SensitivePlaces
from layers.kinds.streets import RoadClass, Streets
from layers.layer import F64, Bool, Rows
from layers.network.snap import nearest_on, on_line
from layers.text import Text
from layers.units import KM_M
from optimizer.ground.streams import STREAMS
from optimizer.plan import Unserved
from optimizer.planners.collection.params import CollectionParams

# No parameter lets a point lie farther from its street.
_FARTHEST_M = 2000.0


@dataclass(frozen=True, eq=False)
class Points:
    """Hold where each waste point is served, arrays of shape (n_points,).

    Parameters
    ----------
    street
        Row of its street; -1 where it lies on none.
    along
        Where on the street's drawn line, 0 to 1.
    on_xy_m
        The point on the street, shape (n_points, 2).
    distance_m
        How far it lies from the street.
    lit
        Whether the street has lamps.
    residential
        Whether homes are near and the street is a small one.
    one_side
        Whether trucks stop on its own side of the street alone.
    """

    street: Rows
    along: F64
    on_xy_m: F64
    distance_m: F64
    lit: Bool
    residential: Bool
    one_side: Bool


def points_of(city: City, streets: Streets, drivable: Bool, params: CollectionParams) -> Points:
    """Put each point on the street that it names, else on the nearest one.

    Parameters
    ----------
    streets
        Blanks filled.
    drivable
        Streets that some vehicle may enter, shape (n_streets,).
    """
    layer = city[WastePoints]
    n, xy = len(layer), layer.geometry.coords
    street, along = np.full(n, -1, dtype=np.int64), np.zeros(n)
    on_xy, distance_m = np.full((n, 2), np.nan), np.full(n, np.inf)
    rows = np.flatnonzero(np.isfinite(xy).all(axis=1))
    if len(rows) and drivable.any():
        found = nearest_on(streets, np.flatnonzero(drivable), xy[rows])
        street[rows], along[rows], on_xy[rows], distance_m[rows] = found
        _on_named(layer, streets, drivable, (street, along, on_xy, distance_m))
    street[distance_m > params.point_snap_m] = -1
    there, safe = street >= 0, np.maximum(street, 0)
    small = np.isin(streets.road_class[safe], (RoadClass.BRANCH, RoadClass.BACK_STREET))
    one_side = streets.centre_barrier[safe] & there if params.kerb_side else np.zeros(n, dtype=bool)
    residential = small & there & _near_homes(city, xy, params.quiet_home_m)
    return Points(street, along, on_xy, distance_m, streets.lit[safe] & there, residential, one_side)


def _on_named(layer: WastePoints, streets: Streets, drivable: Bool, found: tuple[Rows, F64, F64, F64]) -> None:
    """Put points that name a street which a vehicle may enter on that one, in place."""
    import shapely

    named = np.array([streets.row_of.get(name, -1) for name in layer.street.tolist()], dtype=np.int64)
    rows = np.flatnonzero((named >= 0) & np.isfinite(found[3]))
    rows = rows[drivable[named[rows]]]
    if len(rows):
        found[0][rows] = named[rows]
        points = shapely.points(layer.geometry.coords[rows])
        found[1][rows], found[2][rows], found[3][rows] = on_line(streets.geometry.shapely[named[rows]], points)


def _near_homes(city: City, xy_m: F64, within_m: float) -> Bool:
    import shapely

    homes = homes_xy_m(city)
    near = np.zeros(len(xy_m), dtype=bool)
    rows = np.flatnonzero(np.isfinite(xy_m).all(axis=1))
    if len(homes) and len(rows):
        tree = shapely.STRtree(shapely.points(homes))
        hit, _ = tree.query(shapely.points(xy_m[rows]), "dwithin", within_m)
        near[rows[hit]] = True
    return near


def homes_xy_m(city: City) -> F64:
    """Return where homes are, shape (n, 2)."""
    places = city[SensitivePlaces]
    homes: F64 = places.geometry.coords[places.sensitive == SensitiveKind.HOME]
    return homes


def off_street(city: City, streets: Streets, points: Points, params: CollectionParams, row: int) -> tuple[str, Text, Text]:
    """Return binding, reason and smallest change of a point that is served on no street."""
    x_m, y_m = city[WastePoints].geometry.coords[row]
    where = f"({x_m:.1f}, {y_m:.1f})"
    if not np.isfinite([x_m, y_m]).all():
        reason = Text(
            f"第 {row + 1} 行的坐标不成立：{where}", f"row {row + 1}: its coordinates are {where}; numbers are expected"
        )
        return "coordinates", reason, Text("改正坐标", "give its coordinates")
    _, _, _, near_m = nearest_on(streets, np.arange(len(streets)), np.array([[x_m, y_m], [y_m, x_m]]))
    far, most = length_words(float(points.distance_m[row])), length_words(params.point_snap_m)
    if near_m[0] <= params.point_snap_m:
        nearest = length_words(float(near_m[0]))
        zh = f"最近的道路（{nearest}）没有车辆可进入；最近可进入的道路 {far}，超过 {most}"
        en = f"no vehicle may enter the nearest street ({nearest}); the next is {far} away, beyond {most}"
        change = Text("更窄的车辆，或移到大路旁", "a narrower vehicle, or the point moved to a wider street")
        return "street_width", Text(zh, en), change
    reason = Text(
        f"第 {row + 1} 行 {where} 不在道路旁：距最近可通行道路 {far}，超过 {most}",
        f"row {row + 1}, {where}, is on no street: the nearest is {far} away, beyond {most}",
    )
    if near_m[1] <= params.point_snap_m:
        return "no_street", reason, Text("对调 X 与 Y，看来写反了", "x and y the other way round: they look swapped")
    if points.distance_m[row] > _FARTHEST_M:
        return "no_street", reason, Text("改正坐标", "mend its coordinates")
    zh, en = f"改正坐标，或将 point_snap_m 调到 {far}", f"mend its coordinates, or point_snap_m of {far}"
    return "no_street", reason, Text(zh, en)


def length_words(metres: float) -> str:
    """Return a distance in words, in kilometres from one on."""
    return f"{metres / KM_M:.1f} km" if metres >= KM_M else f"{metres:.0f} m"


def negative(number: int, value: float, row: int, ids: str) -> tuple[str, Text, Text] | None:
    """Return binding, reason and smallest change of a task with a negative amount; None where it is sound.

    Parameters
    ----------
    number, value
        Of the stream; kilograms.
    row, ids
        Of the point.
    """
    if value >= 0:
        return None
    stream = STREAMS[number]
    zh = f"第 {row + 1} 行“{ids}”的{stream.label.zh}为 {value:g} kg；应不小于 0"
    en = f"row {row + 1}, {ids!r}: {stream.label.en} is {value:g} kg; 0 or more is expected"
    return "amount", Text(zh, en), Text("改正重量", "mend the amount")


def listed(item: str, why: tuple[str, Text, Text | None], kg: float) -> Unserved:
    """Return an item as unserved."""
    return Unserved(item, why[0], why[1], why[2], round(kg, 1), "kg")
