"""The whole fleet's day as one question to the engine: a profile for each way to see the network, groups for crews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from layers.layer import F64, Bool, Rows
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, Network, Profile, Tasks, Terms
from optimizer.engines.arc_routing.solution import Reason, RoutePlan, Stop, StopKind, VehicleRoute
from optimizer.engines.arc_routing.solution import Unserved as Missed
from optimizer.ground.places import xy_of
from optimizer.planners.sweeping.day.hours import ANY_TIME, Hours
from optimizer.planners.sweeping.search.grounds import Ground
from optimizer.planners.sweeping.search.units import Stand, Unit, capacity_of, facilities_of, groups_of, tenths
from resources.inventory import Shift, VehicleType


@dataclass(frozen=True, eq=False)
class Seen:
    """Hold how the vehicles of one type see the passes in one group of shifts.

    Parameters
    ----------
    ground
        Their network.
    arcs
        Arcs that each pass is swept along in its two modes, shape (n, 2); -1 for none.
    speeds_mps, service_s, cost
        Of sweeping each, shape (n,).
    may
        In which of the group's shifts they may sweep each, shape (n, n_shifts).
    """

    ground: Ground
    arcs: Rows
    speeds_mps: F64
    service_s: F64
    cost: Rows
    may: Bool


@dataclass(frozen=True, eq=False)
class Crew:
    """Hold the vehicles of one type at one depot in one group of shifts.

    Parameters
    ----------
    view_row
        Which of the views is theirs.
    vehicle, shifts
        Their type and shifts.
    numbers
        Of the type's vehicles, from 1, those that they are.
    depot
        One place.
    n_at_depot
        Vehicles of the type that stand there, those among them that are a crew of their own.
    closed
        Passes that are locked to others, shape (n,): places among those that views see.
    """

    view_row: int
    vehicle: VehicleType
    shifts: tuple[Shift, ...]
    numbers: range
    depot: Stand
    n_at_depot: int
    closed: Rows = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class Joint:
    """Hold one question for many crews.

    Parameters
    ----------
    tasks
        Rows of the passes, shape (n,), ascending.
    problem
        For the engine.
    units
        The crews, each with its own view of all tasks.
    group_at
        For each of the engine's groups: the unit, and which of its shifts.
    facility_index
        For each of the engine's facilities: which of its unit's dumps and water points it is.
    teller
        For each task the unit that tells why it is left out: of those that may do it, the one nearest by, shape (n,).
    locked_to
        Names of the vehicles that passes are locked to, by the pass's row.
    """

    tasks: Rows
    problem: ArcRoutingProblem
    units: tuple[Unit, ...]
    group_at: tuple[tuple[int, int], ...]
    facility_index: tuple[int, ...]
    teller: Rows
    locked_to: Mapping[int, str] = field(default_factory=dict)

    def split(self, plan: RoutePlan) -> Iterator[tuple[int, VehicleRoute]]:
        """Yield each route with its unit's number, groups and facilities counted as the unit does."""
        for route in plan.routes:
            unit, shift = self.group_at[route.group]
            stops = tuple(
                Stop(s.kind, self.facility_index[s.index]) if s.kind is StopKind.FACILITY else s for s in route.stops
            )
            yield unit, VehicleRoute(shift, stops, route.vehicle)

    def told_by(self, missed: Missed) -> Unit:
        """Return the unit that tells why a task is left out: one that holds most, where it is too much for a hopper."""
        if missed.reason is Reason.NO_CAPACITY:
            holds = {self.group_at[g][0]: self.problem.groups[g].capacity[missed.resource] for g in self._able(missed.task)}
            return self.units[max(sorted(holds), key=lambda k: holds[k])]
        return self.units[int(self.teller[missed.task])]

    def _able(self, task: int) -> list[int]:
        """Return the engine's groups that may do a task."""
        found: list[int] = np.flatnonzero(self.problem.allowed[task]).tolist()
        return found


def joint(
    rows: Rows,
    about: tuple[Rows, Rows, F64],
    views: tuple[Seen, ...],
    crews: tuple[Crew, ...],
    hours: Hours = ANY_TIME,
) -> Joint:
    """Return the question.

    Each view has nodes, dumps and water points of its own, so that no way leads from one network into another.

    Parameters
    ----------
    rows
        Passes, ascending.
    about
        Value, what sweeping uses up, shape (n, n_resources) (dirt in tenths of a kilogram; tenths of a metre to be sprayed,
        where some vehicle's tank counts), and middle of each, shape (n, 2), metres.
    views
        Of types and shift groups.
    crews
        At least one.
    hours
        When each pass may be swept.
    """
    value, demand, middle_m = about
    sizes = [view.ground.arcs.n_nodes for view in views]
    before = np.cumsum([0, *sizes])
    groups, group_at, allowed = [], [], []
    for u, crew in enumerate(crews):
        home = int(crew.depot.node[0] + before[crew.view_row])
        weights = views[crew.view_row].ground.weights
        capacity = capacity_of(crew.vehicle, demand.sum(axis=0))
        groups += groups_of((capacity, len(crew.numbers), crew.shifts), home, crew.view_row, weights, hours.kept_s)
        group_at += [(u, k) for k in range(len(crew.shifts))]
        may = views[crew.view_row].may.copy()
        may[crew.closed] = False
        allowed.append(may)
    facilities, facility_index = [], []
    for v, view in enumerate(views):
        vehicle = next((crew.vehicle for crew in crews if crew.view_row == v), None)
        if vehicle is not None:
            ground = view.ground
            own = facilities_of(vehicle, ground.dumps, ground.water, ground.weights, demand.shape[1])
            facilities += [replace(f, node=int(f.node + before[v])) for f in own]
            facility_index += list(range(len(own)))
    profiles = [profile_of(view, int(before[v]), int(before[-1])) for v, view in enumerate(views)]
    first = profiles[0]
    two_ways = np.any([view.arcs[:, 1] >= 0 for view in views], axis=0)
    may = np.hstack(allowed)
    tasks = Tasks(first.entry, first.exit, first.cost, first.time_s, two_ways, demand, value, may)
    problem = ArcRoutingProblem(
        first.network, tasks, tuple(groups), tuple(facilities),
        must_end_empty=True, serve_all=False, profiles=tuple(profiles[1:]), name="sweeping",
        terms=Terms(balance=max(view.ground.weights.balance_factor for view in views)),
    )  # fmt: skip
    units = tuple(unit_of(crew, views[crew.view_row], rows, problem, hours.windows_s) for crew in crews)
    return Joint(rows, problem, units, tuple(group_at), tuple(facility_index), tellers(units, group_at, may, middle_m))


def profile_of(view: Seen, before: int, n_nodes: int) -> Profile:
    """Return a view as the engine's profile, its nodes counted from `before` on."""
    arcs = view.ground.arcs
    network = Network(n_nodes, arcs.arc_tail + before, arcs.arc_head + before, arcs.arc_cost, arcs.arc_time_s)
    both = in_both(view.arcs)
    time_s = np.repeat(tenths(view.service_s)[:, None], 2, axis=1)
    cost = np.repeat(view.cost[:, None], 2, axis=1)
    return Profile(network, before + 2 * both, before + 2 * both + 1, cost, time_s)


def in_both(arcs: Rows) -> Rows:
    """Return the arcs of two modes, the first in both where there is but one, and any arc where there is none."""
    first = np.maximum(arcs[:, 0], 0)
    return np.column_stack([first, np.where(arcs[:, 1] < 0, first, arcs[:, 1])])


def unit_of(crew: Crew, view: Seen, rows: Rows, problem: ArcRoutingProblem, windows: F64 | None) -> Unit:
    """Return a crew with its view of all tasks."""
    ground, n_vehicles, n_before = view.ground, len(crew.numbers), crew.numbers.start - 1
    return Unit(
        vehicle=crew.vehicle,
        n_vehicles=n_vehicles,
        n_before=n_before,
        n_at_depot=crew.n_at_depot,
        depot=crew.depot,
        dumps=ground.dumps.with_those(ground.water),
        shifts=crew.shifts,
        network=ground.network,
        router=ground.router,
        names=ground.names,
        tasks=rows,
        arcs=in_both(view.arcs),
        speeds_mps=view.speeds_mps,
        problem=problem,
        windows_s=windows,
    )


def tellers(units: tuple[Unit, ...], group_at: list[tuple[int, int]], may: Bool, middle_m: F64) -> Rows:
    """Return for each task the unit that may do it whose depot lies nearest, shape (n,)."""
    away_m = np.full((len(units), len(middle_m)), np.inf)
    for g, (u, _) in enumerate(group_at):
        at = xy_of(units[u].depot.places)[0]
        away_m[u, may[:, g]] = np.hypot(*(middle_m[may[:, g]] - at).T)
    nearest: Rows = np.argmin(away_m, axis=0).astype(np.int64)
    return nearest
