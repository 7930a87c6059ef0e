"""Find the waste point of each stop of a timetable; one that the city lacks is added to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from layers.city import City, Note
from layers.districts import with_districts
from layers.geometry import Geometry
from layers.io.fields import figure
from layers.io.frame import Frame
from layers.io.located import locate, source_of
from layers.io.tally import Tally
from layers.kinds.facilities import WastePoints
from layers.kinds.places import Districts
from layers.layer import F64, Bool, Rows
from layers.merge import add_layer
from layers.projection import project
from layers.text import Text

SAME_POINT_M = 1.0
# Streams as items of plans name them, and the column of each.
STREAMS: Mapping[str, str] = {
    "OTHER": "other_kg_day", "FOOD": "food_kg_day", "RECYCLABLE": "recyclable_kg_day", "HAZARDOUS": "hazardous_kg_day",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stop:
    """Hold a row of a timetable that can be read, its times of day not yet on its vehicle's clock.

    Parameters
    ----------
    index, row
        Row of the frame, from 0, and its number in the file.
    order, kg
        None where the file does not say.
    """

    index: int
    row: int
    vehicle: str
    trip: str
    order: float | None
    arrive_s: float
    dwell_s: float
    name: str
    stream: str
    kg: float | None


@dataclass(frozen=True, slots=True)
class Points:
    """Hold the waste point of each row that has one, by index, and the city with all of them."""

    city: City
    of_row: Mapping[int, str]
    n_added: int = 0
    notes: tuple[Note, ...] = field(default=())


def at_points(city: City, frame: Frame, found: Mapping[str, str], stops: Sequence[Stop], crs: str | None) -> Points:
    """Return the waste point of each stop: by its id, else the one within `SAME_POINT_M`, else one that is added.

    Parameters
    ----------
    found
        Which heading holds ``point``, ``x`` and ``y``, or ``x_m`` and ``y_m``.
    crs
        What the user says of the coordinates.

    Raises
    ------
    InputError
        Where the coordinates are metres and nothing says in which system.
    """
    points = city[WastePoints]
    named = {s.index: str(frame.columns[found["point"]][s.index]).strip() for s in stops} if "point" in found else {}
    of_row = {i: key for i, key in named.items() if key in points.row_of}
    others = [stop for stop in stops if stop.index not in of_row]
    if not others:
        return Points(city, of_row)
    xy, good, notes = _places(city, frame, found, others, crs)
    placed, xy = [stop for stop, usable in zip(others, good, strict=True) if usable], xy[good]
    near = _nearest(points, xy, placed)
    lost = np.array([k for k in range(len(placed)) if not near[k]], dtype=np.int64)
    founders = lost[_founders(xy[lost])]
    taken = set(points.ids.tolist())
    key_of: dict[int, str] = {}
    for k in np.unique(founders).tolist():
        key = f"{frame.name.split('.')[0]}-{placed[k].row}"
        while key in taken:
            key += "+"
        key_of[k] = key
        taken.add(key)
    for k, founder in zip(lost.tolist(), founders.tolist(), strict=True):
        near[k] = key_of[founder]
    of_row |= {stop.index: near[k] for k, stop in enumerate(placed)}
    if not key_of:
        return Points(city, of_row, 0, notes)
    whole, told = _with_points(city, [placed[k] for k in key_of], xy[list(key_of)], (key_of, placed, near))
    return Points(whole, of_row, len(key_of), (*notes, *told))


def _places(
    city: City, frame: Frame, found: Mapping[str, str], stops: Sequence[Stop], crs: str | None
) -> tuple[F64, Bool, tuple[Note, ...]]:
    """Return where stops are, metres, which of them can be used, and what was repaired or refused."""
    metres = {"x_m", "y_m"} <= found.keys()
    pair = ("x_m", "y_m") if metres else ("x", "y")
    rows = np.array([stop.row for stop in stops])
    if not set(pair) <= found.keys():
        text = Text("城市没有这个收集点，未采用", "the city has no such waste point: row not taken")
        cells = [str(frame.columns[found["point"]][stop.index]) for stop in stops]
        said = [Text(f"{text.zh}：{found['point']}={c}", f"{text.en}: {found['point']}={c}") for c in cells]
        notes = tuple(Note("refused", f"{frame.name} row {row}", t) for row, t in zip(rows, said, strict=True))
        return np.zeros((len(stops), 2)), np.zeros(len(stops), dtype=bool), notes
    x, y = (frame.columns[found[name]] for name in pair)
    xy = np.array([(figure(x[s.index]), figure(y[s.index])) for s in stops], dtype=np.float64)
    source = str(city.epsg) if metres else source_of(xy, crs, None, frame.name)
    texts = [f"{found[pair[0]]}={x[s.index]}, {found[pair[1]]}={y[s.index]}" for s in stops]
    located = locate(xy, source, rows, frame.name, texts)
    moved = np.full_like(located.lonlat, np.nan)
    moved[located.good] = project(located.lonlat[located.good], city.epsg)
    return moved, located.good, located.notes


def _nearest(points: WastePoints, xy: F64, stops: Sequence[Stop]) -> list[str]:
    """Return the waste point that each stop is at; empty for none.

    Of several in one place it is the one of the stop's name, else the one at which the fewest stops are so far.
    """
    names, ids = points.name.tolist(), points.ids.tolist()
    rows_of: dict[int, list[int]] = {}
    if len(points):
        tree = shapely.STRtree(points.geometry.shapely)
        for k, row in zip(*tree.query(shapely.points(xy), "dwithin", SAME_POINT_M).tolist(), strict=True):
            rows_of.setdefault(k, []).append(row)
    used: Counter[int] = Counter()
    near = [""] * len(stops)
    for k, stop in enumerate(stops):
        if k in rows_of:
            best = min(rows_of[k], key=lambda row: (names[row] != stop.name, used[row], row))
            used[best] += 1
            near[k] = ids[best]
    return near


def _founders(xy: F64) -> Rows:
    """Return for each place the first one that it shares a point with, itself where it is the first, shape (n,)."""
    first: Rows = np.arange(len(xy), dtype=np.int64)
    if len(xy):
        shapes = shapely.points(xy)
        pairs = shapely.STRtree(shapes).query(shapes, "dwithin", SAME_POINT_M).T
        for k, earlier in sorted((k, e) for k, e in pairs.tolist() if e < k):
            if first[k] == k and first[earlier] == earlier:
                first[k] = earlier
    return first


def _with_points(
    city: City, new: Sequence[Stop], xy: F64, at: tuple[Mapping[int, str], Sequence[Stop], Sequence[str]]
) -> tuple[City, tuple[Note, ...]]:
    """Return the city with points of its own for some stops, whose kilograms are those of all stops there."""
    key_of, placed, near = at
    row_of = {key: row for row, key in enumerate(key_of.values())}
    kg = {column: np.full(len(row_of), np.nan) for column in STREAMS.values()}
    for stop, key in zip(placed, near, strict=True):
        if stop.kg is not None and key in row_of:
            column = kg[STREAMS[stop.stream or "OTHER"]]
            column[row_of[key]] = np.nan_to_num(column[row_of[key]]) + stop.kg
    columns: dict[str, Any] = {"name": np.array([stop.name for stop in new]), **kg}
    layer = WastePoints(ids=np.array(list(row_of)), geometry=Geometry.points(xy), **columns)
    tally, text = (
        Tally(),
        Text("时刻表中的点城市没有，已加为收集点", "points of the timetable added, since the city lacks them"),
    )
    for stop in new:
        tally.say("assumed", WastePoints.KIND, text, f"{stop.name or stop.vehicle} (row {stop.row})")
    return add_layer(city, with_districts(layer, city[Districts])), tally.notes()
