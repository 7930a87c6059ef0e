"""Deal the day's passes out: to vehicle types, shifts, depots, and parts of a vehicle's day."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from layers.layer import F64, Bool, Rows
from optimizer.ground.networks import ShiftGroup
from optimizer.ground.places import xy_of
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.day.hours import ANY_TIME, Hours
from optimizer.planners.sweeping.day.kerbs import Passes
from optimizer.planners.sweeping.day.locks import LOCK_FACTOR, NO_LOCKS, Locks
from optimizer.planners.sweeping.day.networks import arcs_along
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.search.grounds import Ground, Grounds
from optimizer.planners.sweeping.search.joint import Crew, Joint, Seen, joint
from optimizer.planners.sweeping.search.units import Stand, tenths
from resources.inventory import Shift, VehicleKind, VehicleType

# Passes of one part: enough for a vehicle's day, few enough for full matrices.
MOST_TASKS = 500
# Share of their time in which vehicles surely sweep. Where the whole fleet's suffices for all, the most valuable work that
# fills that of the full-size sweepers is theirs alone.
_SURE_SHARE = 0.6
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
    hours
        When each pass may be swept.
    locks
        Passes that one vehicle alone may sweep.
    """

    passes: Passes
    vehicles: tuple[VehicleType, ...]
    groups: tuple[ShiftGroup, ...]
    grounds: Grounds
    values: Rows
    most_mps: F64
    choices: Bool
    n_vehicles: Rows
    hours: Hours = ANY_TIME
    locks: Locks = NO_LOCKS

    def arcs_of(self, rows: Rows, ground: Ground) -> Rows:
        """Return the arcs that each pass is swept along in its first and second mode, shape (n, 2); -1 for none."""
        first, second = arcs_along(ground.reach, self.passes, rows).T
        return np.column_stack([np.where(first < 0, second, first), np.where(first < 0, -1, second)])

    def speeds_mps(self, rows: Rows, vehicle: VehicleType) -> F64:
        """Return how fast a type sweeps each pass, shape (n,)."""
        return np.minimum(vehicle.working_speed_mps, self.most_mps[rows])

    def service_s(self, rows: Rows, vehicle: VehicleType) -> F64:
        """Return the seconds that sweeping takes, shape (n,)."""
        return np.asarray(self.passes.length_m[rows] / self.speeds_mps(rows, vehicle))


def all_units(bench: Bench, params: SweepingParams) -> tuple[tuple[Joint, ...], Rows]:
    """Return what the engine is asked, one question for the whole fleet, and the passes that nobody can sweep."""
    wanted = np.flatnonzero(bench.passes.by_machine)
    able = able_of(bench, params, wanted)
    anyone = able.any(axis=(0, 1))
    rows = wanted[anyone]
    if not len(rows):
        return (), wanted
    return (joint_of(bench, rows, able[:, :, anyone]),), wanted[~anyone]


def locked_out(bench: Bench, params: SweepingParams, rows: Rows) -> dict[int, str]:
    """Return which of some passes nobody sweeps for their lock alone, with the vehicle that they are locked to."""
    mine = rows[bench.locks.held(rows)]
    free = able_of(replace(bench, locks=NO_LOCKS), params, mine).any(axis=(0, 1))
    return {row: bench.locks.names[row] for row in mine[free].tolist()}


def able_of(bench: Bench, params: SweepingParams, rows: Rows) -> Bool:
    """Return which types can sweep passes in which shift groups, shape (n_types, n_groups, n)."""
    able = np.zeros((len(bench.vehicles), len(bench.groups), len(rows)), dtype=bool)
    for k, vehicle in enumerate(bench.vehicles):
        suited = fleet.suits(bench.passes.streets, vehicle, params)[bench.passes.street[rows]]
        begin = 0
        for g, group in enumerate(bench.groups):
            ground, end = bench.grounds[k][g], begin + len(group.shifts)
            if ground is not None and len(ground.depots.arc) and len(ground.dumps.arc):
                in_time = bench.choices[rows, begin:end].any(axis=1)
                able[k, g] = suited & in_time & (bench.arcs_of(rows, ground)[:, 0] >= 0)
            begin = end
    small = np.array([v.kind is VehicleKind.SMALL_SWEEPER for v in bench.vehicles])
    held = np.array([fleet.holds(bench.passes, rows, v) for v in bench.vehicles])
    by_full_size = (able[~small] & held[~small][:, None, :]).any(axis=(0, 1))
    able[small] &= ~for_full_size(bench, rows, by_full_size) | bench.locks.held(rows)
    for k, vehicle in enumerate(bench.vehicles):
        able[k] &= ~bench.locks.away_from(vehicle.key, rows)
    return able


def for_full_size(bench: Bench, rows: Rows, able: Bool) -> Bool:
    """Return which passes are left to full-size sweepers, shape (n,); small ones do what these can or may not.

    None where the fleet has not time enough for all: what full-size sweepers do not come to would be left by everyone, while
    small ones sweep what is worth less.

    Parameters
    ----------
    able
        Which passes some full-size sweeper can do, shape (n,).
    """
    full = [k for k, v in enumerate(bench.vehicles) if v.kind is VehicleKind.SWEEPER]
    theirs = np.flatnonzero(able)
    kept = np.zeros(len(rows), dtype=bool)
    if not full or not len(theirs):
        return kept
    shifts = tuple(s for group in bench.groups for s in group.shifts)
    service_s = bench.service_s(rows, bench.vehicles[full[0]])
    if service_s.sum() > _SURE_SHARE * room_s(int(bench.n_vehicles.sum()), shifts):
        return kept
    time_s = _SURE_SHARE * room_s(int(bench.n_vehicles[full].sum()), shifts)
    worth = bench.values[rows[theirs]] / service_s[theirs]
    kept[theirs] = worth_trying(worth, service_s[theirs], np.zeros(len(theirs)), time_s)
    return kept


def stationed(bench: Bench, rows: Rows, able: Bool) -> list[dict[str, int]]:
    """Return how many vehicles of each type stand at each depot, by id: where the work is that there will be time for.

    One type after the other takes the most valuable work of the whole city that it can do and that those before it left.
    """
    found: list[dict[str, int]] = []
    free = np.ones(len(rows), dtype=bool)
    for k, vehicle in enumerate(bench.vehicles):
        usable = np.flatnonzero(able[k].any(axis=1))
        mine = able[k].any(axis=0)
        if not len(usable) or not bench.n_vehicles[k]:
            found.append({})
            continue
        mine = np.flatnonzero(mine & free) if (mine & free).any() else np.flatnonzero(mine)
        ground = bench.grounds[k][usable[0]]
        assert ground is not None
        shifts = tuple(s for g in usable for s in bench.groups[g].shifts)
        service_s, cost_s = bench.service_s(rows[mine], vehicle), depot_costs(bench, ground, rows[mine])
        room = room_s(int(bench.n_vehicles[k]), shifts)
        offered = worth_trying(bench.values[rows[mine]] / service_s, service_s, cost_s.min(axis=1), room)
        _, n = fleet.dealt(int(bench.n_vehicles[k]), service_s[offered], cost_s[offered])
        free[mine[offered]] = False
        found.append({p.id: int(m) for p, m in zip(ground.depots.places, n, strict=True) if m})
    return found


def room_s(n_vehicles: int, shifts: tuple[Shift, ...]) -> float:
    """Return the time that some vehicles have for driving and sweeping in some shifts, seconds."""
    return n_vehicles * sum(s.end_s - s.start_s - s.before_s - s.after_s - s.break_s for s in shifts)


def joint_of(bench: Bench, rows: Rows, able: Bool) -> Joint:
    """Return the question to the engine.

    Parameters
    ----------
    rows
        Passes that somebody can sweep.
    able
        As `able_of` returns it, for these.
    """
    stations = stationed(bench, rows, able)
    views: list[Seen] = []
    crews: list[Crew] = []
    for k, vehicle in enumerate(bench.vehicles):
        speeds_mps, service_s = bench.speeds_mps(rows, vehicle), bench.service_s(rows, vehicle)
        begin = 0
        for g, group in enumerate(bench.groups):
            ground, may = bench.grounds[k][g], bench.choices[rows, begin : begin + len(group.shifts)]
            begin += len(group.shifts)
            if ground is None or not able[k, g].any():
                continue
            n_before = 0
            names = [p.id for p in ground.depots.places]
            for depot_id, n in stations[k].items():
                if depot_id in names:
                    depot = ground.depots.take(np.array([names.index(depot_id)]))
                    for some in bench.locks.parted(vehicle.key, n_before, n):
                        closed = bench.locks.closed_to(vehicle.key, some, rows)
                        crews.append(Crew(len(views), vehicle, group.shifts, some, depot, n, closed))
                n_before += n
            cost = ground.weights.cost(service_s, bench.passes.length_m[rows])
            may = able[k, g][:, None] & may
            views.append(Seen(ground, bench.arcs_of(rows, ground), speeds_mps, service_s, cost, may))
    middle_m = middles(bench, rows)
    values = bench.values[rows] * np.where(bench.locks.held(rows), LOCK_FACTOR, 1)
    asked = joint(rows, (values, demand_of(bench, rows), middle_m), tuple(views), tuple(crews), bench.hours.take(rows))
    return replace(asked, locked_to=bench.locks.names)


def demand_of(bench: Bench, rows: Rows) -> Rows:
    """Return what sweeping uses up, shape (n, n_resources): dirt, and metres to be sprayed where some tank counts."""
    dirt = tenths(bench.passes.load_kg[rows])
    if not any(fleet.sprays(vehicle) for vehicle in bench.vehicles):
        return dirt[:, None]
    return np.column_stack([dirt, tenths(bench.passes.length_m[rows])])


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
