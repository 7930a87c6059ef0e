"""Deal what is to be washed out to units for the engine: by what does it, how often it is done, and where.

A unit is a compact part of the city for some turnouts of one depot. It is cut by work, so that its turnouts are full: a
turnout that is half empty goes out half empty every time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree

from layers.layer import F64, Rows
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, Facility, Tasks, VehicleGroup
from optimizer.ground.places import xy_of
from optimizer.planners.sweeping.day.water import refill_s
from optimizer.planners.sweeping.search.dealing import Bench, middles, nearest_dumps, parts
from optimizer.planners.sweeping.search.grounds import Ground
from optimizer.planners.sweeping.search.units import TENTHS, Stand, Unit, tenths
from optimizer.planners.sweeping.search.weights import Weights
from optimizer.planners.sweeping.washing import work
from optimizer.planners.sweeping.washing.work import Washings
from resources.inventory import Shift, VehicleType

# For cutting alone: metres driven without washing for each metre washed, seconds to a water point and back, the share of
# its speed that a vehicle keeps with turns, and how much longer streets are than the air line.
_DEADHEAD, _DETOUR_S, _PACE, _ROUNDABOUT = 0.4, 400.0, 0.6, 1.4
# Neighbours that tell how far apart the streets of a unit lie; kerbs of one street are not counted.
_N_NEAR = 4


@dataclass(frozen=True, eq=False)
class Offer:
    """Hold what units are made from.

    Parameters
    ----------
    bench
        Washings, vehicles and what they find at night.
    water_lpm, tank_l
        Of each vehicle type at its job.
    """

    bench: Bench
    water_lpm: tuple[float, ...]
    tank_l: tuple[float, ...]

    @property
    def washings(self) -> Washings:
        """What is to be washed."""
        passes = self.bench.passes
        assert isinstance(passes, Washings)
        return passes

    @property
    def shift(self) -> Shift:
        """The shift in which all is washed."""
        return self.bench.groups[0].shifts[0]

    def ground(self, k: int) -> Ground | None:
        """Return what a vehicle type finds; None where it can drive nowhere, stand nowhere or find no water."""
        ground = self.bench.grounds[k][0]
        return ground if ground is not None and len(ground.depots.arc) and len(ground.dumps.arc) else None

    def room_s(self, k: int, away_m: F64) -> F64:
        """Return the time that a turnout has between its way out and its way back, seconds."""
        shift, vehicle = self.shift, self.bench.vehicles[k]
        whole_s = shift.end_s - shift.start_s - shift.before_s - shift.after_s - shift.break_s - Weights().margin_s
        return np.maximum(whole_s / 4, whole_s - 2 * away_m / (_PACE * vehicle.driving_speed_mps))

    def load_s(self, rows: Rows, k: int) -> F64:
        """Return the time that each washing takes with its share of refills and drives, seconds."""
        vehicle, length_m = self.bench.vehicles[k], self.washings.length_m[rows]
        fills = length_m * self.water_lpm[k] / self.tank_l[k]
        streets = self.washings.streets
        pace_mps = _PACE * np.fmin(vehicle.driving_speed_mps, streets.speed_mps[self.washings.street[rows]])
        gap_m = np.maximum(0.0, apart_m(middles(self.bench, rows)) - length_m)
        driven_m = _DEADHEAD * length_m + _ROUNDABOUT * gap_m
        return self.bench.service_s(rows, vehicle) + fills * (vehicle.refill_s + _DETOUR_S) + driven_m / pace_mps


def apart_m(xy_m: F64) -> F64:
    """Return how far on average the nearest points beside a point's own pair lie, shape (n,), metres."""
    n_near = min(len(xy_m), 2 + _N_NEAR)
    if n_near <= 2:
        return np.zeros(len(xy_m))
    away_m = np.asarray(KDTree(xy_m).query(xy_m, k=n_near)[0], dtype=np.float64)
    return np.asarray(away_m[:, 2:].mean(axis=1))


def units_of_all(offer: Offer, kind_of: Rows, rows: Rows, n_for_each: int = 1) -> tuple[Unit, ...]:
    """Return the units of some washings, one vehicle type and one interval each.

    Parameters
    ----------
    kind_of
        Vehicle type of each washing, as `types_of` returns it; those without any are in no unit.
    n_for_each
        Turnouts of a unit for each that its work was cut for: more than one where it lies far apart.
    """
    days_of = offer.washings.interval_days
    units: list[Unit] = []
    for k in range(len(offer.bench.vehicles)):
        mine = rows[kind_of[rows] == k]
        for days in np.unique(days_of[mine]).tolist():
            units += units_of(offer, k, mine[days_of[mine] == days], n_for_each)
    return tuple(units)


def types_of(offer: Offer) -> Rows:
    """Return which vehicle type does each washing, shape (n,): the largest of its kind that fits; -1 where none does."""
    washings = offer.washings
    chosen = np.full(len(washings), -1, dtype=np.int64)
    for k, vehicle in enumerate(offer.bench.vehicles):
        ground = offer.ground(k)
        if ground is not None:
            rows = np.flatnonzero((chosen < 0) & (washings.job == work.job_of(vehicle)) & washings.has_footway)
            chosen[rows[offer.bench.arcs_of(rows, ground)[:, 0] >= 0]] = k
    return chosen


def units_of(offer: Offer, k: int, rows: Rows, n_for_each: int) -> list[Unit]:
    """Return the units of one vehicle type for washings of one interval."""
    ground = offer.ground(k)
    assert ground is not None
    middle, load_s = middles(offer.bench, rows), offer.load_s(rows, k)
    depots = xy_of(ground.depots.places)
    away_m = np.hypot(*(middle[:, None, :] - depots[None, :, :]).transpose(2, 0, 1)).min(axis=1)
    n_turnouts = max(1, int(np.ceil((load_s / offer.room_s(k, away_m)).sum())))
    units = []
    for part, n in parts(middle, load_s, n_turnouts):
        centre = np.average(middle[part], axis=0, weights=load_s[part])
        depot = int(np.argmin(np.hypot(*(depots - centre).T)))
        units.append(unit_of(offer, k, rows[part], (ground, depot, n * n_for_each)))
    return units


def unit_of(offer: Offer, k: int, rows: Rows, at: tuple[Ground, int, int]) -> Unit:
    """Return one unit.

    Parameters
    ----------
    at
        What the vehicle type finds, its depot by number, how many turnouts there are.
    """
    ground, d, n_turnouts = at
    bench, vehicle = offer.bench, offer.bench.vehicles[k]
    depot = ground.depots.take(np.array([d]))
    arcs = bench.arcs_of(rows, ground)
    both = np.column_stack([arcs[:, 0], np.where(arcs[:, 1] < 0, arcs[:, 0], arcs[:, 1])])
    time = np.repeat(tenths(bench.service_s(rows, vehicle))[:, None], 2, axis=1)
    tasks = Tasks(
        entry=2 * both,
        exit=2 * both + 1,
        cost=time,
        time_s=time,
        reversible=arcs[:, 1] >= 0,
        demand=tenths(offer.washings.length_m[rows] * offer.water_lpm[k])[:, None],
        value=bench.values[rows],
    )
    water = nearest_dumps(ground.dumps, depot, middles(bench, rows))
    crew = (vehicle, n_turnouts, offer.shift, offer.tank_l[k])
    return Unit(
        vehicle=vehicle,
        n_vehicles=n_turnouts,
        n_before=0,
        n_at_depot=n_turnouts,
        depot=depot,
        dumps=water,
        shifts=(offer.shift,),
        network=ground.network,
        router=ground.router,
        names=ground.names,
        tasks=rows,
        arcs=arcs,
        speeds_mps=bench.speeds_mps(rows, vehicle),
        problem=engine_problem(ground, tasks, crew, (depot, water)),
    )


def engine_problem(
    ground: Ground, tasks: Tasks, crew: tuple[VehicleType, int, Shift, float], stands: tuple[Stand, Stand]
) -> ArcRoutingProblem:
    """Return a unit as the engine's problem: water is what is used up, and turnouts begin with a full tank.

    Parameters
    ----------
    crew
        Vehicle type, number of turnouts, shift, litres in a full tank.
    stands
        The depot, and the water points.
    """
    vehicle, n_turnouts, shift, tank_l = crew
    depot, water = stands
    home, whole = int(depot.node[0]), int((shift.end_s - shift.start_s) * TENTHS)
    group = VehicleGroup(
        start_node=home,
        end_node=home,
        capacity=(int(tank_l * TENTHS),),
        n_vehicles=n_turnouts,
        shift_s=whole,
        setup_s=int(np.ceil((shift.before_s + shift.after_s + shift.break_s + ground.weights.margin_s) * TENTHS)),
        fixed_cost=whole,
    )
    fills = [int(np.ceil(refill_s(place, vehicle, tank_l) * TENTHS)) for place in water.places]
    points = tuple(Facility(int(node), fill, fill) for node, fill in zip(water.node, fills, strict=True))
    name = f"{vehicle.key}/{depot.places[0].id}"
    return ArcRoutingProblem(ground.arcs, tasks, (group,), points, must_end_empty=False, serve_all=False, name=name)
