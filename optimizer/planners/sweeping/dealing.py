"""Deal the day's passes out: to vehicle types, shifts, depots, and parts of a vehicle's day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from layers.layer import F64, Bool, Rows
from optimizer.engines.arc_routing.problem import Tasks
from optimizer.planners.sweeping import fleet
from optimizer.planners.sweeping.fleet import ShiftGroup
from optimizer.planners.sweeping.grounds import Ground, Grounds
from optimizer.planners.sweeping.kerbs import Passes
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.places import xy_of
from optimizer.planners.sweeping.units import Stand, Unit, engine_problem, tenths
from resources.inventory import Shift, VehicleType

# Share of a shift that goes to sweeping, to begin with, when work is dealt out between groups of shifts.
_SWEEPING_SHARE = 0.7
# Passes of one unit: enough for a vehicle's day, few enough for full matrices.
MOST_TASKS = 500
# Dumps that a unit's vehicles choose from.
N_DUMPS = 5


@dataclass(frozen=True, eq=False)
class Bench:
    """Hold what is needed while units are made; types and groups in one order throughout.

    Parameters
    ----------
    values, most_mps
        Worth of each pass, and the most speed of sweeping there, shape (n_passes,).
    choices
        Shape (n_passes, n_shifts): in which shifts a pass may be done.
    n_vehicles
        In service by type, shape (n_types,).
    """

    passes: Passes
    vehicles: tuple[VehicleType, ...]
    groups: tuple[ShiftGroup, ...]
    grounds: Grounds
    values: Rows
    most_mps: F64
    choices: Bool
    n_vehicles: Rows

    def arcs_of(self, rows: Rows, ground: Ground) -> Rows:
        """Return the arcs that each pass is swept along in its first and second mode, shape (n, 2); -1 for none."""
        passes = self.passes
        street, forward = passes.street[rows], passes.forward[rows].astype(np.int64)
        first = ground.reach[street, forward]
        second = np.where(passes.reversible[rows], ground.reach[street, 1 - forward], -1)
        return np.column_stack([np.where(first < 0, second, first), np.where(first < 0, -1, second)])

    def speeds_mps(self, rows: Rows, vehicle: VehicleType) -> F64:
        """Return how fast a type sweeps each pass, shape (n,)."""
        return np.minimum(vehicle.working_speed_mps, self.most_mps[rows])

    def service_s(self, rows: Rows, vehicle: VehicleType) -> F64:
        """Return the seconds that sweeping takes, shape (n,)."""
        return np.asarray(self.passes.length_m[rows] / self.speeds_mps(rows, vehicle))


def all_units(bench: Bench, params: SweepingParams) -> tuple[tuple[Unit, ...], Rows]:
    """Return all units, and the rows of the passes that are in none."""
    streets = bench.passes.streets
    fits = np.zeros((len(bench.vehicles), len(streets)), dtype=bool)
    for k, vehicle in enumerate(bench.vehicles):
        for ground in bench.grounds[k]:
            if ground is not None and len(ground.depots.arc) and len(ground.dumps.arc):
                fits[k] |= (ground.reach >= 0).any(axis=1)
        fits[k] &= fleet.suits(streets, vehicle, params)
    chosen = fleet.types_of_streets(streets, bench.vehicles, fits, bench.n_vehicles)
    wanted = bench.passes.by_machine
    units: list[Unit] = []
    for k in range(len(bench.vehicles)):
        units += units_of_type(bench, k, np.flatnonzero(wanted & (chosen[bench.passes.street] == k)))
    taken = np.zeros(len(bench.passes), dtype=bool)
    for unit in units:
        taken[unit.tasks] = taken[unit.left] = True
    return tuple(units), np.flatnonzero(wanted & ~taken)


def units_of_type(bench: Bench, k: int, rows: Rows) -> list[Unit]:
    """Return the units of one vehicle type for its passes."""
    usable = [g for g, ground in enumerate(bench.grounds[k]) if ground is not None]
    group_of = grouped(bench, k, rows)
    rows, group_of = rows[group_of >= 0], group_of[group_of >= 0]
    if len(rows) == 0:
        return []
    ground = bench.grounds[k][usable[0]]
    assert ground is not None
    n_fleet, service_s = int(bench.n_vehicles[k]), bench.service_s(rows, bench.vehicles[k])
    cost_s = depot_costs(bench, ground, rows)
    # vehicles go where the work is that there will be time for: the most valuable of the whole city
    shifts = tuple(s for g in usable for s in bench.groups[g].shifts)
    offered = worth_trying(bench.values[rows] / service_s, service_s, cost_s.min(axis=1), room_s(n_fleet, shifts))
    _, n_vehicles = fleet.dealt(n_fleet, service_s[offered], cost_s[offered])
    cost_s[:, n_vehicles == 0] = np.inf
    depot_of = np.argmin(cost_s, axis=1)
    before = np.cumsum(n_vehicles) - n_vehicles
    units = []
    for d in np.flatnonzero(n_vehicles):
        for g in usable:
            mine = (depot_of == d) & (group_of == g)
            at = (ground.depots.places[d].id, int(n_vehicles[d]), int(before[d]))
            units += units_of_depot(bench, (k, g), (rows[mine], offered[mine]), at)
    return units


def room_s(n_vehicles: int, shifts: tuple[Shift, ...]) -> float:
    """Return the time that some vehicles have for driving and sweeping in some shifts, seconds."""
    return n_vehicles * sum(s.end_s - s.start_s - s.before_s - s.after_s - s.break_s for s in shifts)


def units_of_depot(bench: Bench, kind: tuple[int, int], work: tuple[Rows, Bool], at: tuple[str, int, int]) -> list[Unit]:
    """Return the units of one depot's vehicles of one type in one shift group.

    Parameters
    ----------
    kind
        Vehicle type and shift group.
    work
        Passes that were dealt to the depot, and which of them there may be time for.
    at
        Id of the depot, vehicles that stand there, vehicles of the type at depots before it.
    """
    depot_id, n_vehicles, n_before = at
    rows, fits = work
    vehicle, shifts = bench.vehicles[kind[0]], bench.groups[kind[1]].shifts
    service_s = bench.service_s(rows, vehicle)
    middle = middles(bench, rows)
    ground = bench.grounds[kind[0]][kind[1]]
    assert ground is not None
    depot = next((p for p in ground.depots.places if p.id == depot_id), ground.depots.places[0])
    away_m = np.hypot(*(middle - (depot.x_m, depot.y_m)).T)
    fits = fits & worth_trying(bench.values[rows] / service_s, service_s, away_m, room_s(n_vehicles, shifts), fits)
    if len(rows) and not fits.any():
        # without any unit nobody would tell that there is no time for them
        fits[np.argmax(bench.values[rows] / service_s)] = True
    left = rows[~fits]
    units = []
    for part, n in parts(middle[fits], service_s[fits], n_vehicles):
        # what there is no time for is told with the first part: the reason is the whole depot's
        crew = (depot_id, n, n_before, n_vehicles)
        units.append(unit_of(bench, kind, (rows[fits][part], left), crew))
        n_before, left = n_before + n, left[:0]
    return units


def middles(bench: Bench, rows: Rows) -> F64:
    """Return the middle of each pass's street, shape (n, 2), metres."""
    boxes = bench.passes.streets.geometry.bounds[bench.passes.street[rows]]
    return np.asarray((boxes[:, :2] + boxes[:, 2:]) / 2)


def nearest_dumps(dumps: Stand, depot: Stand, xy_m: F64) -> Stand:
    """Return the dumps that are nearest to the middle of some passes, and the one nearest to the depot."""
    at = xy_of(dumps.places)
    from_middle = np.hypot(*(at - xy_m.mean(axis=0)).T)
    from_depot = np.hypot(*(at - xy_of(depot.places)).T)
    rows = np.union1d(np.argsort(from_middle, kind="stable")[:N_DUMPS], [int(np.argmin(from_depot))])
    return dumps.take(rows)


def worth_trying(worth: F64, service_s: F64, away: F64, time_s: float, among: Bool | None = None) -> Bool:
    """Return which passes to offer to vehicles that have `time_s` in all, shape (n,).

    The most valuable by the second, of the same worth (by the power of two) the nearest to the depot, until sweeping alone
    fills the time; driving takes its share of it too, so that there is always a choice left to the engine.

    Parameters
    ----------
    worth
        Value by the second of sweeping.
    away
        How far from the depot, in any unit.
    among
        Others are never offered.
    """
    order = np.lexsort((away, -np.floor(np.log2(worth))))
    if among is not None:
        order = order[among[order]]
    kept = np.zeros(len(worth), dtype=bool)
    kept[order] = np.cumsum(service_s[order]) - service_s[order] < time_s
    kept[order[:1]] = True  # so that the engine says of one at least by how much the time is too short
    return kept


def parts(xy_m: F64, work_s: F64, n_vehicles: int) -> list[tuple[Rows, int]]:
    """Cut passes into compact parts for some vehicles each, by halving along the longer side in proportion to work.

    Parts of more than `MOST_TASKS` passes are cut further as long as they have more than one vehicle.
    """
    ready: list[tuple[Rows, int]] = []
    rest = [(np.arange(len(work_s)), n_vehicles)]
    while rest:
        rows, n = rest.pop()
        if len(rows) <= MOST_TASKS or n == 1:
            if len(rows):
                ready.append((np.sort(rows), n))
            continue
        n_first = n // 2
        axis = int(np.argmax(np.ptp(xy_m[rows], axis=0)))
        order = rows[np.argsort(xy_m[rows, axis], kind="stable")]
        share = np.cumsum(work_s[order]) / work_s[order].sum()
        cut = int(np.searchsorted(share, n_first / n))
        rest += [(order[cut:], n - n_first), (order[:cut], n_first)]
    return ready


def grouped(bench: Bench, k: int, rows: Rows) -> Rows:
    """Return the shift group in which each pass is done, shape (n,); -1 where the type cannot do it in any.

    Passes that may be done in several groups fill the earlier ones first, the most valuable ones in front.
    """
    able = np.zeros((len(rows), len(bench.groups)), dtype=bool)
    room_s = np.zeros(len(bench.groups))
    begin = 0
    for g, group in enumerate(bench.groups):
        ground, end = bench.grounds[k][g], begin + len(group.shifts)
        if ground is not None and len(ground.depots.arc) and len(ground.dumps.arc):
            able[:, g] = bench.choices[rows, begin:end].any(axis=1) & (bench.arcs_of(rows, ground)[:, 0] >= 0)
        room_s[g] = _SWEEPING_SHARE * bench.n_vehicles[k] * sum(s.end_s - s.start_s for s in group.shifts)
        begin = end
    chosen = np.where(able.any(axis=1), np.argmax(able, axis=1), -1)
    if len(bench.groups) == 1:
        return chosen
    service_s = bench.service_s(rows, bench.vehicles[k])
    for i in np.argsort(-bench.values[rows], kind="stable"):
        options = np.flatnonzero(able[i])
        if len(options):
            with_room = options[room_s[options] > 0]
            chosen[i] = with_room[0] if len(with_room) else options[np.argmax(room_s[options])]
            room_s[chosen[i]] -= service_s[i]
    return chosen


def depot_costs(bench: Bench, ground: Ground, rows: Rows) -> F64:
    """Return the seconds from each depot to each pass, shape (n, n_depots)."""
    n_depots = len(ground.depots.arc)
    if n_depots == 1:
        return np.zeros((len(rows), 1))
    states = ground.network.states()
    # a turn that takes no time must not vanish from the sparse graph
    time_s = np.maximum(states.time_s, 1e-6)
    graph = csr_array((time_s, (states.tail, states.head)), shape=(states.n_states, states.n_states))
    from_depots = dijkstra(graph, indices=2 * ground.depots.arc)
    # a pass that this ground does not reach is looked at from the first arc: it will be dealt to some depot all the same
    return np.asarray(from_depots[:, 2 * np.maximum(bench.arcs_of(rows, ground)[:, 0], 0)].T)


def unit_of(bench: Bench, kind: tuple[int, int], work: tuple[Rows, Rows], crew: tuple[str, int, int, int]) -> Unit:
    """Return one unit.

    Parameters
    ----------
    kind
        Vehicle type and shift group.
    work
        Passes that it is to sweep, and passes of its depot that there is no time for.
    crew
        Id of the depot, vehicles of the unit, vehicles of the type numbered before them, vehicles of the depot.
    """
    k, g = kind
    rows, left = work
    depot_id, n_vehicles, n_before, n_at_depot = crew
    vehicle, group, ground = bench.vehicles[k], bench.groups[g], bench.grounds[k][g]
    assert ground is not None
    begin = sum(len(other.shifts) for other in bench.groups[:g])
    names = [p.id for p in ground.depots.places]
    d = names.index(depot_id) if depot_id in names else 0
    depot = ground.depots.take(np.array([d]))
    arcs = bench.arcs_of(rows, ground)
    both = np.column_stack([arcs[:, 0], np.where(arcs[:, 1] < 0, arcs[:, 0], arcs[:, 1])])
    time = np.repeat(tenths(bench.service_s(rows, vehicle))[:, None], 2, axis=1)
    tasks = Tasks(
        entry=2 * both,
        exit=2 * both + 1,
        cost=np.repeat(ground.weights.cost(bench.service_s(rows, vehicle), bench.passes.length_m[rows])[:, None], 2, axis=1),
        time_s=time,
        reversible=arcs[:, 1] >= 0,
        demand=tenths(bench.passes.load_kg[rows])[:, None],
        value=bench.values[rows],
        allowed=bench.choices[rows, begin : begin + len(group.shifts)],
    )
    name = f"{vehicle.key}/{depot_id}"
    dumps = nearest_dumps(ground.dumps, depot, middles(bench, rows))
    problem = engine_problem(ground.arcs, tasks, (vehicle, n_vehicles, group.shifts), (depot, dumps), ground.weights, name)
    return Unit(
        vehicle=vehicle,
        n_vehicles=n_vehicles,
        n_before=n_before,
        n_at_depot=n_at_depot,
        depot=depot,
        dumps=dumps,
        shifts=group.shifts,
        network=ground.network,
        router=ground.router,
        names=ground.names,
        tasks=rows,
        left=left,
        arcs=arcs,
        speeds_mps=bench.speeds_mps(rows, vehicle),
        problem=problem,
    )
