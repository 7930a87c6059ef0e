"""Check where vehicles stand: routes begin and end at their depots, unload at dumps and fill up at water points.

A vehicle is at a place where the last street that it drove is the one nearest to the place, of those that it can drive: the
way to the place must not be left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from layers.errors import NetworkError
from layers.layer import Bool, Rows
from optimizer.ground.fleet import banned_in, mover_of
from optimizer.ground.networks import networks_of, shift_groups
from optimizer.ground.places import Place
from optimizer.ground.street_walk import Found, ends
from optimizer.plan import LegKind
from optimizer.planners.sweeping.checking.rules import Rules
from optimizer.planners.sweeping.checking.walk import Walk
from resources.inventory import Shift, VehicleType

# Places this near to a street's end lie at its end, and streets that are so much farther than the nearest are as near.
_NEAR_M = 1.0


@dataclass(frozen=True, eq=False)
class Standing:
    """Tell where vehicles stand.

    Parameters
    ----------
    walk
        Routes whose streets all exist.
    """

    walk: Walk
    _known: dict[tuple[Place, int, int, str, str], bool] = field(default_factory=dict)
    _drivable: dict[tuple[str, str], Bool] = field(default_factory=dict)
    _network: dict[tuple[str, str], Bool] = field(default_factory=dict)

    def at(self, place: Place, step: int) -> bool:
        """Return whether a vehicle is at a place when it has driven, or is about to drive, one of its streets.

        Parameters
        ----------
        step
            Number of the street driven.
        """
        walk, route = self.walk, int(self.walk.route[step])
        row, end = int(walk.street[step]), int(self._ends[step])
        key = (place, row, end, walk.vehicles[route].key, walk.shifts[route].key)
        if key not in self._known:
            self._known[key] = self._at(place, row, end, (walk.vehicles[route], walk.shifts[route]))
        return self._known[key]

    @cached_property
    def _ends(self) -> Rows:
        return ends(self.walk)[1]

    def _at(self, place: Place, row: int, end: int, whose: tuple[VehicleType, Shift]) -> bool:
        rules, away_m = self.walk.rules, self.walk.rules.away_m(place, row)
        most_m = rules.params.snap_m + _NEAR_M
        nearer = nearer_than(rules, place, away_m - _NEAR_M)
        for streets_of in (self._may_drive, self._can_drive):  # the second is exact, and slow: seldom needed
            if not nearer:
                return away_m <= most_m
            may = streets_of(*whose)
            nearer = {other: metres for other, metres in nearer.items() if may[other]}
        least_m = min(nearer.values(), default=away_m)
        if not nearer or least_m > most_m:
            return least_m <= most_m
        nearest = [other for other, metres in nearer.items() if metres <= least_m + _NEAR_M]
        return any(begins_at(rules, other, end, may) for other in nearest)

    def _may_drive(self, vehicle: VehicleType, shift: Shift) -> Bool:
        key = (vehicle.key, shift.key)
        if key not in self._drivable:
            self._drivable[key] = drivable(self.walk.rules, vehicle, shift)
        return self._drivable[key]

    def _can_drive(self, vehicle: VehicleType, shift: Shift) -> Bool:
        key = (vehicle.key, shift.key)
        if key not in self._network:
            self._network[key] = connected(self.walk.rules, vehicle, shift)
        return self._network[key]


def nearer_than(rules: Rules, place: Place, most_m: float) -> dict[int, float]:
    """Return the streets that lie nearer to a place than some metres, with theirs."""
    box = rules.streets.geometry.bounds
    aside_m = np.maximum(np.maximum(box[:, 0] - place.x_m, place.x_m - box[:, 2]), 0.0)
    ahead_m = np.maximum(np.maximum(box[:, 1] - place.y_m, place.y_m - box[:, 3]), 0.0)
    found = {row: rules.away_m(place, row) for row in np.flatnonzero(np.hypot(aside_m, ahead_m) < most_m).tolist()}
    return {row: metres for row, metres in found.items() if metres < most_m}


def drivable(rules: Rules, vehicle: VehicleType, shift: Shift) -> Bool:
    """Return the streets that are open to a vehicle in a shift, shape (n_streets,), connected or not."""
    streets, mover = rules.streets, mover_of(vehicle)
    barred = streets.closed | banned_in(streets, shift)
    barred |= streets.width_m < max(mover.width_m, mover.least_street_width_m)
    barred |= (streets.max_height_m < mover.height_m) | (streets.max_weight_kg < mover.weight_kg)
    return np.asarray(~barred)


def connected(rules: Rules, vehicle: VehicleType, shift: Shift) -> Bool:
    """Return the streets that a vehicle can drive to and back from in a shift, shape (n_streets,)."""
    kept = np.zeros(len(rules.streets), dtype=bool)
    groups = shift_groups(rules.streets, (shift,))
    try:
        network = networks_of(rules.city, rules.streets, (vehicle,), groups)[0][0]
    except NetworkError:  # it can drive nothing: that it does is told street by street
        return kept
    if network is not None:
        kept[network.arc_street] = True
    return kept


def begins_at(rules: Rules, row: int, junction: int, drives: Bool) -> bool:
    """Return whether some depot, dump or water point on a street lies where it leaves a junction.

    All places on one street are reached as the first of them is: there it is enough to come to the junction.

    Parameters
    ----------
    drives
        Streets that the vehicle can drive, shape (n_streets,).
    """
    if junction not in rules.ends[row]:
        return False
    xy = rules.streets.geometry.row(row)[0 if rules.ends[row, 0] == junction else -1]
    for place in (*rules.places.depots, *rules.places.dumps, *rules.places.water):
        away_m, to_end_m = rules.away_m(place, row), float(np.hypot(place.x_m - xy[0], place.y_m - xy[1]))
        if away_m > rules.params.snap_m or to_end_m > away_m + _NEAR_M:
            continue
        if not any(drives[other] for other in nearer_than(rules, place, away_m - _NEAR_M)):
            return True
    return False


def stands(walk: Walk) -> Found:
    """Check that each route begins and ends at its depot, and unloads at dumps."""
    rules, table, standing = walk.rules, walk.legs, Standing(walk)
    steps = np.searchsorted(walk.route, np.arange(len(table.routes) + 1)).tolist()
    for k, route in enumerate(table.routes):
        depot = rules.depots.get(route.depot)
        first, last = steps[k], steps[k + 1] - 1
        if depot is None:
            yield walk.fault(k, "unknown", f"没有停车场“{route.depot}”", f"there is no depot {route.depot!r}")
        elif last >= first and not (standing.at(depot, first) and standing.at(depot, last)):
            zh, en = f"起讫点不在停车场 {depot.id}", f"it does not begin and end at {depot.id}"
            yield walk.fault(k, "not_at_depot", zh, en)
    behind = np.cumsum(table.n_steps)
    for k in np.flatnonzero(table.doing(LegKind.UNLOAD)).tolist():
        item, last = table.legs[k].item, int(behind[k]) - 1
        dump, at = rules.dumps.get(item), int(table.route[k])
        if dump is None:
            yield walk.fault(at, "unknown", f"没有卸料点“{item}”", f"there is no dump {item!r}")
        elif last >= steps[at] and not standing.at(dump, last):
            yield walk.fault(at, "not_at_dump", f"卸料时不在 {dump.id}", f"it unloads away from {dump.id}")
