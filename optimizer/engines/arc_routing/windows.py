"""A window on a large plan: stretches of a few routes that lie together, as a small problem of its own.

The windows follow POPMUSIC (Taillard & Voss 2002). Where a vehicle's day is long, a window takes only the stretches of its
route that lie near: each is a vehicle that begins where the route enters the stretch and ends where the route goes on, with
the capacity and the time that the rest of the route leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from optimizer.engines.arc_routing.deadhead import Stopped, Terminals
from optimizer.engines.arc_routing.gates import Asked, Gate, Spots, spots_of
from optimizer.engines.arc_routing.problem import (
    ArcRoutingProblem,
    Facility,
    IntArray,
    Network,
    Tasks,
    VehicleGroup,
)
from optimizer.engines.arc_routing.rooms import Around, around, fits, idles, that_bind
from optimizer.engines.arc_routing.search import Search
from optimizer.engines.arc_routing.sector import Sector, sector_from
from optimizer.engines.arc_routing.solution import Stop, StopKind, VehicleRoute
from optimizer.engines.arc_routing.touring import first_routes
from optimizer.engines.arc_routing.views import View
from optimizer.engines.budget import Budget


@dataclass(frozen=True)
class Costed:
    """A route with its cost and its time."""

    route: VehicleRoute
    cost: int
    time_s: int


@dataclass(frozen=True)
class Stretch:
    """Stops of a route that a window may change, or idle vehicles that it may use.

    Parameters
    ----------
    group
        Of the vehicle.
    key
        Of the route; -1 for idle vehicles.
    first, last
        The stops `first` to `last - 1` are free.
    n_vehicles
        More than one only where they are idle.
    slack_s
        By how much it may get longer; None for no limit.
    """

    group: int
    key: int = -1
    first: int = 0
    last: int = 0
    n_vehicles: int = 1
    slack_s: int | None = None


@dataclass(frozen=True)
class Window:
    """What one window is about.

    Parameters
    ----------
    view
        Of its vehicles.
    tasks
        Those that its stretches serve, and some that nobody serves, ascending.
    lost
        How many of them nobody serves.
    stretches
        As named.
    routes
        The routes that they are part of, by key.
    seed
        Of the search.
    n_steps
        Of the search.
    heat
        Of the search.
    """

    view: View
    tasks: IntArray
    lost: int
    stretches: tuple[Stretch, ...]
    routes: dict[int, Costed]
    seed: int
    n_steps: int
    heat: float

    def is_whole(self, stretch: Stretch) -> bool:
        """Tell whether a stretch is a whole route, or the vehicle is idle."""
        return stretch.key < 0 or (stretch.first == 0 and stretch.last == len(self.routes[stretch.key].route.stops))


@dataclass(frozen=True)
class Patch:
    """The answer to a window.

    Parameters
    ----------
    n_steps
        Taken by the search.
    better
        Whether there is anything to change.
    changed
        The routes in place of the window's, by key; None for a vehicle that stays at home.
    new
        Routes of vehicles that were idle.
    """

    n_steps: int
    better: bool = False
    changed: dict[int, Costed | None] = field(default_factory=dict)
    new: tuple[Costed, ...] = ()


class Bench:
    """One window under work: its small problem, and the way back to the large one."""

    def __init__(self, window: Window, budget: Budget) -> None:
        self.window = window
        self.budget = budget
        self.whole = all(window.is_whole(s) for s in window.stretches)
        self.gates = [self._gate(s) for s in window.stretches]
        used = {
            stop.index
            for s in window.stretches
            if s.key >= 0
            for stop in window.routes[s.key].route.stops[s.first : s.last]
            if stop.kind is StopKind.FACILITY
        }
        problem = window.view.problem
        self.around = [self._around(s) for s in window.stretches]
        groups = [s.group for s in window.stretches]
        self.resources = that_bind(problem, list(zip(self.around, groups, strict=True)), window.tasks, used)
        asked = Asked(window.tasks, self.gates, used, self.resources)
        self.spots: Spots = spots_of(window.view, asked, budget.stopped)
        self.olds = [self._old(s, gate) for s, gate in zip(window.stretches, self.gates, strict=True)]

    def _gate(self, stretch: Stretch) -> Gate:
        """Return where a stretch begins and ends."""
        problem, view = self.window.view.problem, self.window.view
        group = problem.groups[stretch.group]
        stops = self.window.routes[stretch.key].route.stops if stretch.key >= 0 else ()
        start, end, empties = group.start_node, group.end_node, False
        if stretch.first > 0:
            before = stops[stretch.first - 1]
            start = (
                problem.facilities[before.index].node
                if before.kind is StopKind.FACILITY
                else int(view.exit[before.task, before.index & 1])
            )
        if stretch.last < len(stops):
            after = stops[stretch.last]
            end = (
                problem.facilities[after.index].node
                if after.kind is StopKind.FACILITY
                else int(view.entry[after.task, after.index & 1])
            )
        else:
            empties = problem.ends_reset and not self.whole
        return Gate(start, end, empties)

    def _around(self, stretch: Stretch) -> Around:
        """Return what the rest of a stretch's route uses up; nothing where it is the whole."""
        problem = self.window.view.problem
        stops = self.window.routes[stretch.key].route.stops if stretch.key >= 0 else ()
        return around(problem, VehicleRoute(stretch.group, stops), (stretch.first, stretch.last))

    def _old(self, stretch: Stretch, gate: Gate) -> tuple[tuple[Stop, ...], int, int]:
        """Return a stretch's stops without the last emptying that its gate does, and what it costs and takes."""
        if stretch.key < 0:
            return (), 0, 0
        costed = self.window.routes[stretch.key]
        stops = costed.route.stops[stretch.first : stretch.last]
        if self.window.is_whole(stretch):
            cost, time_s = costed.cost, costed.time_s
        else:
            cost, time_s = self.spots.measure(stops, gate)
        if gate.empties:
            served = [k for k, stop in enumerate(stops) if stop.kind is StopKind.SERVE]
            stops = stops[: served[-1] + 1]
        return stops, cost, time_s

    def sector(self) -> Sector:
        """Return the small problem with its matrices."""
        window, spots, view = self.window, self.spots, self.window.view
        whole, rows = view.problem, window.tasks
        n = spots.n_terminals
        entry, leave = spots.entry, spots.exit
        arcs = view.through_s[rows].ravel()
        tasks = Tasks(
            entry=entry,
            exit=leave,
            cost=view.cost[rows],
            time_s=view.time_s[rows],
            reversible=whole.tasks.reversible[rows],
            demand=whole.tasks.demand[rows][:, list(self.resources)],
            value=whole.tasks.value[rows],
            allowed=whole.allowed[np.ix_(rows, np.array([s.group for s in window.stretches]))],
            windows_s=None if whole.tasks.windows_s is None else whole.tasks.windows_s[rows],
        )
        facilities = tuple(self._facility(j, k) for j, k in enumerate(spots.facilities))
        problem = ArcRoutingProblem(
            Network(n, entry.ravel(), leave.ravel(), arcs, arcs),
            tasks,
            tuple(self._group(i) for i in range(len(window.stretches))),
            facilities,
            must_end_empty=whole.must_end_empty and self.whole,
            serve_all=whole.serve_all,
        )
        terminals = Terminals(np.arange(n, dtype=np.int64), spots.ways)
        n_vehicles = [s.n_vehicles for s in window.stretches]
        return sector_from(problem, np.arange(len(rows), dtype=np.int64), n_vehicles, [terminals])

    def _facility(self, j: int, k: int) -> Facility:
        """Return the whole's facility k as the small problem's j-th."""
        facility = self.window.view.problem.facilities[k]
        resets = tuple(facility.reset_of(r) for r in self.resources)
        return replace(facility, node=self.spots.facility_at(j), resets=resets)

    def _group(self, i: int) -> VehicleGroup:
        """Return a stretch as a group of vehicles."""
        stretch, whole = self.window.stretches[i], self.window.view.problem
        group = whole.groups[stretch.group]
        start, end = self.spots.start_at(i), self.spots.end_at(i)
        capacity = tuple(self.around[i].room(group.capacity)[list(self.resources)].tolist())
        if self.window.is_whole(stretch):
            whole_day = replace(group, start_node=start, end_node=end, n_vehicles=stretch.n_vehicles, profile=0)
            return replace(whole_day, capacity=capacity)
        shift_s = None if stretch.slack_s is None else self.olds[i][2] + stretch.slack_s
        return VehicleGroup(start, end, capacity, 1, shift_s)

    def start(self) -> list[VehicleRoute]:
        """Return the stretches as they are, as routes of the small problem."""
        return [
            VehicleRoute(i, tuple(self.spots.inward(stop) for stop in stops))
            for i, (stops, _, _) in enumerate(self.olds)
            if stops
        ]


def may_cut(problem: ArcRoutingProblem) -> bool:
    """Tell whether routes may be cut: where resources and the time that a route takes are all that counts."""
    return not (problem.is_timed or problem.orders or problem.locks)


def solve_window(window: Window, budget: Budget) -> Patch:
    """Search a window and return what is better than before; stopped before the search has begun, that is nothing."""
    try:
        bench = Bench(window, budget)
    except Stopped:
        return Patch(0)
    sector = bench.sector()
    search = Search(sector, window.seed)
    if window.routes:
        search.start_from(bench.start())
        begun = (search.lost_value, sum(cost for _, cost, _ in bench.olds))
    else:
        begun = (1 << 60, 0)
        if may_cut(window.view.problem):
            search.start_from(first_routes(sector.problem, bench.spots.ways, budget.stopped))
            search.split_anew()
    if window.lost:
        search.build(budget)
    search.run(Budget(window.n_steps, budget.until_s, budget.stopped, window.heat), lambda _: False)
    nothing = Patch(search.n_steps)
    if search.lost_value > begun[0]:
        return nothing
    found = answers(bench, search)
    cost = sum(c for rows in found for _, c, _ in rows)
    return spliced(bench, found, nothing) if (search.lost_value, cost) < begun else nothing


Answer = tuple[tuple[Stop, ...], int, int]


def answers(bench: Bench, search: Search) -> list[list[Answer]]:
    """Return for each stretch its stops, cost and time; idle vehicles may give several or none."""
    found: list[list[Answer]] = [[] for _ in bench.window.stretches]
    search.costed_rows()
    for slot, route in search.best_rows():
        cost, time_s = int(search.routes.cost[slot]), int(search.routes.time[slot])
        stops = tuple(bench.spots.outward(stop) for stop in route.stops)
        gate = bench.gates[route.group]
        found[route.group].append((bench.spots.emptied(stops, gate) if gate.empties else stops, cost, time_s))
    for i, stretch in enumerate(bench.window.stretches):
        if not found[i] and not bench.window.is_whole(stretch):
            # what is left of it is the way across
            gate = bench.gates[i]
            found[i].append((bench.spots.emptied((), gate) if gate.empties else (), *bench.spots.across(i)))
    return found


def spliced(bench: Bench, found: Sequence[list[Answer]], nothing: Patch) -> Patch:
    """Put answers into their routes; `nothing` where a route would run out of something, or is reset without need."""
    window = bench.window
    problem = window.view.problem
    stops = {key: list(costed.route.stops) for key, costed in window.routes.items()}
    totals = {key: [costed.cost, costed.time_s] for key, costed in window.routes.items()}
    new: list[Costed] = []
    # from the last stretch of a route to its first, so that the places of those before it stay
    for i in sorted(range(len(found)), key=lambda k: -window.stretches[k].first):
        stretch = window.stretches[i]
        if stretch.key < 0:
            new += [Costed(VehicleRoute(stretch.group, s), cost, time_s) for s, cost, time_s in found[i]]
            continue
        part, cost, time_s = found[i][0] if found[i] else ((), 0, 0)
        stops[stretch.key][stretch.first : stretch.last] = part
        totals[stretch.key][0] += cost - bench.olds[i][1]
        totals[stretch.key][1] += time_s - bench.olds[i][2]
    changed: dict[int, Costed | None] = {}
    for key, costed in window.routes.items():
        route = VehicleRoute(costed.route.group, tuple(stops[key]), costed.route.vehicle)
        changed[key] = Costed(route, totals[key][0], totals[key][1]) if route.tasks else None
        if not bench.whole and (not fits(problem, route) or idles(problem, route)):
            return nothing
    return Patch(nothing.n_steps, True, changed, tuple(new))
