"""Lots: car parks that anybody may use, and idle land with the berths that its outline takes and the street it opens to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from layers.city import City
from layers.junction_xy import junction_xy_m
from layers.kinds.parking import KerbFacts, KerbKind, LotKind, Lots
from layers.kinds.places import SensitiveKind, SensitivePlaces
from layers.kinds.streets import RoadClass, Streets
from layers.layer import F64, AnyArray
from optimizer.engines.berth_layout import Layout, LayoutProblem, layout_of
from optimizer.planners.parking.params import ParkingParams

# An entrance is looked for every so many metres along the street, and no farther from the lot.
_STEP_M, _REACH_M = 5.0, 30.0
# Half of the widest carriageway.
_WIDE_M = 50.0
# From an entrance to a junction of main roads, a crossing, a platform, a school (P4, certainty B).
ENTRANCE_M = {"P4.junction": 70.0, "P4.crossing": 5.0, "P4.platform": 15.0, "P4.school": 20.0}
USED, BUILD = "used", "build"


@dataclass(frozen=True, eq=False)
class Lot:
    """Hold one lot.

    Parameters
    ----------
    item
        Id in its layer.
    row
        Row in its layer.
    at_m
        Where it is entered on foot, shape (2,): its entrance, else a point within it.
    n_there
        Berths that anybody may use today.
    layout
        Stalls and aisles of idle land; None for a car park.
    access_row
        Row of the street that it opens to; -1 for none.
    refused
        Rule that keeps berths from it; empty where none does.
    """

    item: str
    row: int
    at_m: F64
    n_there: int
    layout: Layout | None
    access_row: int
    refused: str = ""

    @property
    def n_berths(self) -> int:
        """Berths that could be built on it."""
        return 0 if self.layout is None or self.refused else self.layout.n_berths


def lots_of(city: City, params: ParkingParams) -> tuple[Lot, ...]:
    """Return car parks that are open to all, and idle land."""
    return tuple(_lots(city, params))


def _lots(city: City, params: ParkingParams) -> Iterator[Lot]:
    layer, streets = city[Lots], city[Streets]
    shapes = layer.geometry.shapely
    inside_m = (
        shapely.get_coordinates(shapely.point_on_surface(shapely.make_valid(shapes))) if len(layer) else np.empty((0, 2))
    )
    kept = entrance_rules(city)
    drivable = np.flatnonzero(~streets.closed & (streets.road_class != RoadClass.EXPRESSWAY) & (streets.level == 0))
    tree, every = shapely.STRtree(streets.geometry.shapely[drivable]), shapely.STRtree(streets.geometry.shapely)
    for row in range(len(layer)):
        item, kind = str(layer.ids[row]), layer.lot[row]
        if kind == LotKind.CAR_PARK and layer.public[row]:
            yield Lot(item, row, inside_m[row], int(layer.n_berths[row]), None, -1)
        elif kind == LotKind.IDLE_LAND:
            entrance, access, refused = _entrance(shapes[row], streets, drivable, tree, kept)
            if access < 0:
                yield Lot(item, row, inside_m[row], 0, None, -1, refused)
                continue
            layout = layout_of(LayoutProblem(_off_streets(shapes[row], streets, every), shapely.Point(entrance)))
            yield Lot(item, row, entrance, 0, layout, access, refused or ("" if layout.n_berths else "too_small"))


def _off_streets(shape: Any, streets: Streets, tree: shapely.STRtree) -> Any:
    """Return a lot less the carriageways that its outline reaches into."""
    near = tree.query(shape, "dwithin", _WIDE_M)
    wide_m = np.nan_to_num(streets.width_m[near]) / 2
    return shapely.difference(
        shapely.make_valid(shape), shapely.union_all(shapely.buffer(streets.geometry.shapely[near], wide_m))
    )


def entrance_rules(city: City) -> dict[str, tuple[AnyArray, float]]:
    """Return what an entrance is kept clear of: points, and how far, by row of the standards."""
    streets, facts, places = city[Streets], city[KerbFacts], city[SensitivePlaces]
    points = facts.geometry.shapely
    things = {
        "P4.junction": np.asarray(shapely.points(_main_junctions_m(streets)), dtype=object),
        "P4.crossing": points[facts.kerb == KerbKind.CROSSING],
        "P4.platform": points[facts.kerb == KerbKind.BUS_STOP],
        "P4.school": places.geometry.shapely[places.sensitive == SensitiveKind.SCHOOL],
    }
    return {key: (things[key], metres) for key, metres in ENTRANCE_M.items()}


def _main_junctions_m(streets: Streets) -> F64:
    """Return where two legs of main roads or more meet another street, shape (n, 2)."""
    names = np.concatenate([streets.from_junction, streets.to_junction])
    known, ends = np.unique(names, return_inverse=True)
    main = np.tile(np.isin(streets.road_class, [RoadClass.MAIN, RoadClass.EXPRESSWAY]), 2)
    wanted = (np.bincount(ends, weights=main, minlength=len(known)) >= 2) & (np.bincount(ends, minlength=len(known)) >= 3)
    xy_m = junction_xy_m(streets, ends, len(known))
    found: F64 = xy_m[wanted & np.isfinite(xy_m[:, 0])]
    return found


def _entrance(
    shape: object, streets: Streets, drivable: np.ndarray, tree: shapely.STRtree, kept: dict[str, tuple[AnyArray, float]]
) -> tuple[F64, int, str]:
    """Return the nearest point of a street that may be an entrance, its street, and the rule broken where none may."""
    near = np.unique(tree.query(shape, "dwithin", _REACH_M))
    if not len(near):
        return np.full(2, np.nan), -1, "access"
    best: tuple[float, F64, int, str] | None = None
    for k in near.tolist():
        line = streets.geometry.shapely[drivable[k]]
        n = max(2, int(shapely.length(line) // _STEP_M) + 1)
        points = shapely.line_interpolate_point(line, np.linspace(0.0, 1.0, n), normalized=True)
        away_m = shapely.distance(points, shape)
        for at in np.argsort(away_m, kind="stable").tolist():
            if away_m[at] > _REACH_M or (best is not None and not best[3] and away_m[at] >= best[0]):
                break
            broken = next((key for key, (things, metres) in kept.items() if _too_near(points[at], things, metres)), "")
            better = best is None or (bool(best[3]), best[0]) > (bool(broken), float(away_m[at]))
            if better:
                best = (float(away_m[at]), shapely.get_coordinates(points[at])[0], int(drivable[k]), broken)
    if best is None:
        return np.full(2, np.nan), -1, "access"
    return best[1], best[2], best[3]


def _too_near(point: object, things: AnyArray, metres: float) -> bool:
    return bool(len(things)) and bool((shapely.distance(things, point) < metres - 1e-6).any())
