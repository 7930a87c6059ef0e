"""The question as a whole: all that is read of a scenario, and what streets, lots and zones come to under the rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from layers.city import City
from layers.kinds.streets import Streets
from layers.layer import F64, Bool, Rows
from layers.network import Mover, Network, Snaps, Walks, build, snap, walks_within
from optimizer.ground.quarters import in_old_quarters
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.reading.apart import StreetSupply
from optimizer.planners.parking.reading.areas import Areas, areas_of
from optimizer.planners.parking.reading.decisions import CLOSED, KEEP, decisions_of
from optimizer.planners.parking.reading.demand import Demand, demand_of
from optimizer.planners.parking.reading.driving import Driving, driving_of, may_turn_one_way
from optimizer.planners.parking.reading.kerbs import KerbRules
from optimizer.planners.parking.reading.lots import Lot, lots_of
from optimizer.planners.parking.reading.rules import ClearRule, clear_rules
from optimizer.planners.parking.reading.standing import StandingRow, standing_of
from optimizer.planners.parking.reading.supply import may_hold, supply_of
from optimizer.scenario import Scenario

WALKER = Mover("walker", 1.2, walker=True)


@dataclass(frozen=True, eq=False)
class Ground:
    """Hold what is asked and what there is.

    Parameters
    ----------
    decisions
        What is fixed, by item.
    demand
        Who wants a berth.
    """

    params: ParkingParams
    city: City
    areas: Areas
    demand: Demand
    decisions: dict[str, str]

    @property
    def streets(self) -> Streets:
        """The city's streets."""
        return self.city[Streets]

    @cached_property
    def rules(self) -> tuple[ClearRule, ...]:
        """What berths are kept clear of."""
        return clear_rules(self.city, self.params)

    @cached_property
    def standing(self) -> tuple[StandingRow, ...]:
        """Berths that stand at the kerb, or that the council wants."""
        return standing_of(self.city, self.params, self.rules, self.decisions)

    @cached_property
    def fixed(self) -> Bool:
        """Streets on which nothing may be marked or turned, by decision, shape (n_streets,)."""
        state = [self.decisions.get(item, "") in (CLOSED, KEEP) for item in self.streets.ids.tolist()]
        return np.array(state, dtype=bool)

    @cached_property
    def supply(self) -> dict[int, StreetSupply]:
        """What streets offer beside the berths that stay, by row."""
        taken: dict[int, list[F64]] = {}
        for row in self.standing:
            taken.setdefault(row.street, []).append(row.corners_m[np.array(row.stays, dtype=bool)])
        rows = np.flatnonzero(may_hold(self.streets, self.params) & ~self.fixed)
        stays = {street: np.concatenate(parts) for street, parts in taken.items()}
        return supply_of(self.city, self.params, KerbRules(self.rules), rows, stays)

    @cached_property
    def lots(self) -> tuple[Lot, ...]:
        """Car parks that all may use, and idle land."""
        return lots_of(self.city, self.params)

    @cached_property
    def driving(self) -> Driving:
        """Streets that may be made one-way, of those that gain berths by it."""
        gains = np.zeros(len(self.streets), dtype=bool)
        for row, supply in self.supply.items():
            gains[row] = supply.one_way.n_berths > supply.as_it_is.n_berths
        return driving_of(self.city, self.params, may_turn_one_way(self.city, self.params) & gains & ~self.fixed)

    @cached_property
    def walking(self) -> Network:
        """What is walked."""
        return build(self.city, WALKER)

    def at(self, xy_m: F64) -> Snaps:
        """Return where places meet the walked network, shape (n, 2)."""
        return snap(self.walking, self.streets, xy_m)

    @cached_property
    def demand_at(self) -> Snaps:
        """Where those who want a berth meet it."""
        return self.at(self.demand.xy_m)

    @cached_property
    def reach_m(self) -> F64:
        """How far each zone walks, shape (n_zones,)."""
        return np.where(self.demand.central, self.params.walk_centre_m, self.params.walk_m)

    def walks(self, xy_m: F64) -> Walks:
        """Return who walks how far to which of some places, within reach; both ends within `snap_m` of a street."""
        most_m = self.params.snap_m
        ends = self.at(xy_m)
        found = walks_within(self.walking, self.demand_at, ends, float(self.reach_m.max(initial=0.0)))
        near = found.length_m <= self.reach_m[found.start] + 1e-9
        near &= (self.demand_at.distance_m[found.start] <= most_m) & (ends.distance_m[found.end] <= most_m)
        return Walks(found.start[near], found.end[near], found.length_m[near])

    def middle_m(self, rows: Rows) -> F64:
        """Return the middles of streets, shape (n, 2): berths of a street are walked to from there."""
        lines = self.streets.geometry.shapely[rows]
        return np.asarray(shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True)))

    @cached_property
    def street_district(self) -> Rows:
        """District of each street, -1 for none, shape (n_streets,)."""
        return self.areas.rows_of(self.streets.district, self.middle_m(np.arange(len(self.streets))))

    def in_old_quarter(self, xy_m: F64) -> Bool:
        """Return which places lie in an old quarter, shape (n,)."""
        return in_old_quarters(self.city, xy_m)


# The ground that was made last, by what it was made of.
_LAST: dict[object, Ground] = {}


def ground_of(scenario: Scenario) -> Ground:
    """Return the question of a scenario; asked again of the same city, parameters and locks, the one that was made last.

    A run asks thrice, to prepare, to measure and to check, and a stopped one within a second.

    Raises
    ------
    InputError
        Where a lock names nothing.
    """
    params, city = scenario.params, scenario.city
    assert isinstance(params, ParkingParams)
    key = (tuple((kind, layer.hash) for kind, layer in sorted(city.layers.items())), params, scenario.locks)
    if key not in _LAST:
        areas = areas_of(city)
        ground = Ground(params, city, areas, demand_of(city, areas, params), decisions_of(city, scenario.locks))
        _LAST.clear()
        _LAST[key] = ground
    return _LAST[key]
