"""Berths that stand at the kerb today: where they are, which rules they break, and what the residents' council decided."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely

from layers.city import City
from layers.kinds.parking import Decision, KerbBerths
from layers.kinds.streets import Oneway, Streets
from layers.layer import F64
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.reading.rules import ClearRule
from optimizer.planners.parking.reading.stalls import Stall, fits, stalls_of
from optimizer.planners.parking.reading.supply import free_width_m, may_hold

KEEP, REMOVE, ADD = "keep", "remove", "add"
_WORDS = {Decision.KEEP: KEEP, Decision.REMOVE: REMOVE, Decision.ADD: ADD}


@dataclass(frozen=True, eq=False)
class StandingRow:
    """Hold one row of berths that stands, or that the council wants.

    Parameters
    ----------
    item
        Id in its layer.
    street
        Row of the street; -1 where it is known to lie at none.
    side
        ``L`` or ``R`` along the street's drawn line.
    corners_m
        Of each berth, shape (n, 4, 2), metres.
    angle_deg
        To the kerb.
    decision
        Of the council: ``keep``, ``remove``, ``add``, or empty.
    broken
        For each berth the rules that it breaks, by key, shape (n,).
    """

    item: str
    street: int
    side: str
    corners_m: F64
    angle_deg: float
    decision: str
    broken: tuple[tuple[str, ...], ...]

    @property
    def stays(self) -> tuple[bool, ...]:
        """Whether each berth is there after the plan: decisions are kept, else what breaks a rule goes."""
        if self.decision:
            return tuple(self.decision != REMOVE for _ in self.broken)
        return tuple(not why for why in self.broken)

    @property
    def n_stay(self) -> int:
        """Berths that are there after the plan."""
        return sum(self.stays)


def standing_of(
    city: City, params: ParkingParams, rules: tuple[ClearRule, ...], locks: dict[str, str]
) -> tuple[StandingRow, ...]:
    """Return the rows that stand or are wanted; locks speak for the council where they name a row."""
    layer, streets = city[KerbBerths], city[Streets]
    lines, found = layer.geometry.shapely, list[StandingRow]()
    stalls = {s.angle_deg: s for s in stalls_of(params)} | {0: stalls_of(params)[0]}
    for k, item in enumerate(layer.ids.tolist()):
        street = streets.row_of.get(str(layer.street[k]), -1)
        angle = float(np.nan_to_num(layer.angle_deg[k]))
        stall = min(stalls.values(), key=lambda s: abs(s.angle_deg - angle))
        side = "L" if layer.left[k] else "R"
        line = np.array(shapely.get_coordinates(lines[k]))
        corners = _corners(line, int(layer.n_berths[k]), stall, _inwards(streets, street, line))
        decision = {"open": KEEP, "keep": KEEP, "closed": REMOVE}.get(locks.get(item, ""), "")
        decision = decision or _WORDS.get(Decision(int(layer.decision[k])), "")
        found.append(StandingRow(item, street, side, corners, angle, decision, ((),) * len(corners)))
    return _judged(found, city, params, rules, layer.on_footway)


def _inwards(streets: Streets, street: int, line: F64) -> float:
    """Return 1 where the middle of the street lies to the left of a row's line, else -1."""
    if street < 0 or len(line) < 2:
        return 1.0
    middle = streets.geometry.shapely[street]
    half = (line[0] + line[-1]) / 2
    on = shapely.get_coordinates(
        shapely.line_interpolate_point(middle, shapely.line_locate_point(middle, shapely.Point(half)))
    )
    ahead, across = line[-1] - line[0], on[0] - half
    return 1.0 if ahead[0] * across[1] - ahead[1] * across[0] >= 0 else -1.0


def _corners(line: F64, n_berths: int, stall: Stall, inwards: float) -> F64:
    """Return so many berths one behind the other along a line, as many as it is long for where the number is not known."""
    if len(line) < 2:
        return np.empty((0, 4, 2))
    steps = np.diff(line, axis=0)
    at_m = np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
    n = n_berths if n_berths > 0 else int(at_m[-1] // stall.along_m)
    ends_m = np.linspace(0.0, at_m[-1], n + 1) if n else np.zeros(1)
    points = np.column_stack([np.interp(ends_m, at_m, line[:, 0]), np.interp(ends_m, at_m, line[:, 1])])
    kerb = np.stack([points[:-1], points[1:]], axis=1)
    ahead = kerb[:, 1] - kerb[:, 0]
    ahead /= np.maximum(1e-9, np.hypot(ahead[:, 0], ahead[:, 1]))[:, None]
    aside = np.column_stack([-ahead[:, 1], ahead[:, 0]]) * inwards * stall.deep_m
    return np.concatenate([kerb, (kerb[:, 1] + aside)[:, None], (kerb[:, 0] + aside)[:, None]], axis=1)


def _judged(
    rows: list[StandingRow], city: City, params: ParkingParams, rules: tuple[ClearRule, ...], on_footway: np.ndarray
) -> tuple[StandingRow, ...]:
    """Return the rows with the rules that each of their berths breaks."""
    streets = city[Streets]
    held, width_m = may_hold(streets, params), free_width_m(streets, params)
    sides = defaultdict[int, set[str]](set)
    for row in rows:
        sides[row.street].add(row.side)
    shapes = [shapely.polygons(row.corners_m) for row in rows]
    every = np.concatenate([np.empty(0, dtype=object), *shapes])
    broken = [set[str]() for _ in every]
    for rule in rules:
        if len(rule.things) and len(every):
            near = shapely.STRtree(rule.things).query(every, "dwithin", rule.distance_m - 1e-6)[0]
            for k in np.unique(near).tolist():
                broken[k].add(rule.key)
    found, at = [], 0
    for k, row in enumerate(rows):
        whole = set[str]()
        if on_footway[k]:
            whole.add("footway")
        elif row.street < 0:
            whole.add("no_street")
        else:
            one_way = streets.oneway[row.street] in (Oneway.FORWARD, Oneway.BACKWARD)
            stall = min(stalls_of(params), key=lambda s: abs(s.angle_deg - row.angle_deg))
            if not held[row.street]:
                whole.add("street")
            if not fits(stall, float(width_m[row.street]), len(sides[row.street]), one_way, params):
                whole.add("width")
        n = len(row.corners_m)
        told = tuple(tuple(sorted(whole | broken[at + i])) for i in range(n))
        found.append(StandingRow(row.item, row.street, row.side, row.corners_m, row.angle_deg, row.decision, told))
        at += n
    return tuple(found)
