"""Which clear distances bind a berth, and what they are measured from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from layers.city import City
from layers.junction_xy import junction_xy_m
from layers.kinds.parking import KerbFacts, KerbKind
from layers.kinds.streets import Streets
from layers.layer import F64, AnyArray
from layers.text import Text
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.reading.bends import bend_points

_LAW = "道路交通安全法实施条例第 63 条"
_GUIDE = "GA/T 850"
# What article 63 forbids to stop within, metres; certainty A.
LAW_M = {"junction": 50.0, "bus_stop": 30.0, "hydrant": 30.0, "bend": 50.0, "bridge": 50.0, "narrow": 50.0}
LABELS = {
    "junction": Text("路口", "a junction"),
    "crossing": Text("人行横道", "a crossing"),
    "bus_stop": Text("公交站", "a bus stop"),
    "hydrant": Text("消火栓", "a hydrant"),
    "entrance": Text("出入口", "an entrance"),
    "bend": Text("急弯", "a sharp bend"),
    "bridge": Text("桥梁或隧道", "a bridge or tunnel"),
    "narrow": Text("窄路", "a narrow road"),
}
_FACTS = {
    "crossing": KerbKind.CROSSING,
    "bus_stop": KerbKind.BUS_STOP,
    "hydrant": KerbKind.HYDRANT,
    "entrance": KerbKind.ENTRANCE,
}


@dataclass(frozen=True, eq=False)
class ClearRule:
    """Keep berths away from things of one kind.

    Parameters
    ----------
    key
        ``junction``, ``crossing``, ``bus_stop``, ``hydrant``, ``entrance``, ``bend``, ``bridge`` or ``narrow``.
    distance_m
        From any point of a berth to the thing; the distance itself is far enough.
    clause, certainty
        Where it comes from.
    things
        Points, or lines of streets, shapely objects of shape (n,).
    """

    key: str
    distance_m: float
    clause: str
    certainty: str
    things: AnyArray

    @property
    def label(self) -> Text:
        """What is kept clear of."""
        return LABELS[self.key]


def clear_rules(city: City, params: ParkingParams) -> tuple[ClearRule, ...]:
    """Return the rules that bind, each with what there is of its kind in the city."""
    return tuple(_rules(city, params))


def _rules(city: City, params: ParkingParams) -> Iterator[ClearRule]:
    streets = city[Streets]
    for key in LABELS:
        asked_m, law_m = float(getattr(params, f"{key}_m")), LAW_M.get(key, 0.0)
        by_law = params.rule_set == "law" and law_m >= asked_m and law_m > 0
        distance_m = law_m if by_law else asked_m
        if distance_m > 0:
            clause, certainty = (_LAW, "A") if by_law else (_GUIDE, "M")
            yield ClearRule(key, distance_m, clause, certainty, _things(key, city, streets, params))


def _things(key: str, city: City, streets: Streets, params: ParkingParams) -> AnyArray:
    """Return points, or lines of streets, shape (n,)."""
    if key in _FACTS:
        facts = city[KerbFacts]
        points: AnyArray = facts.geometry.shapely[facts.kerb == _FACTS[key]]
        return points
    if key == "junction":
        return np.asarray(shapely.points(junctions_m(streets)), dtype=object)
    if key == "bend":
        return np.asarray(shapely.points(bend_points(streets, params.bend_deg)), dtype=object)
    with np.errstate(invalid="ignore"):
        wanted = streets.level != 0 if key == "bridge" else streets.width_m < params.narrow_width_m
    lines: AnyArray = streets.geometry.shapely[wanted]
    return lines


def junctions_m(streets: Streets) -> F64:
    """Return where three legs of streets or more meet, shape (n, 2); two alone are one street that is drawn in two parts."""
    names, ends = np.unique(np.concatenate([streets.from_junction, streets.to_junction]), return_inverse=True)
    n_legs = np.bincount(ends, minlength=len(names))
    xy_m = junction_xy_m(streets, ends, len(names))
    found: F64 = xy_m[(n_legs >= 3) & (names != "") & np.isfinite(xy_m[:, 0])]
    return found
