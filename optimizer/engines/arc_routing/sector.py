"""A part of a problem with full matrices: some tasks, some vehicles, ready for the kernels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.engines.arc_routing.deadhead import Hubs, PathFinder, Terminals, terminals_of
from optimizer.engines.arc_routing.fill import Chosen, model_of
from optimizer.engines.arc_routing.kernels.clock import stop
from optimizer.engines.arc_routing.kernels.model import ENDS_RESET, Model
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.solution import Stop, StopKind, VehicleRoute
from optimizer.engines.arc_routing.visits import Kinds, facilities_between, facilities_near, kinds_of, resets_of, union

# A vehicle limit of a group: how many there are, or the numbers of those that may be used.
Vehicles = int | Sequence[int]


@dataclass(frozen=True)
class Sector:
    """Some tasks and vehicles of a problem.

    Parameters
    ----------
    problem
        The whole.
    tasks
        Shape (n,): the tasks' indices in the whole; kernels count them from 0.
    facilities
        The facilities' indices in the whole.
    kinds
        Kinds of visits to them.
    vehicles
        For each slot the number of its vehicle within its group.
    terminals
        Places, and the ways between them as profile 0 sees them.
    model
        Arrays for the kernels.
    """

    problem: ArcRoutingProblem
    tasks: IntArray
    facilities: tuple[int, ...]
    kinds: Kinds
    vehicles: tuple[int, ...]
    terminals: Terminals
    model: Model

    @property
    def n_slots(self) -> int:
        """Number of vehicles that may be used."""
        return len(self.model.slot_group)

    @property
    def end_kind(self) -> int:
        """The kind of visit at the end of a route that is not stated yet."""
        return int(np.argmax(self.kinds.resets[:, 0])) if self.model.rules[ENDS_RESET] else 0

    def slots_for(self, routes: Sequence[VehicleRoute]) -> list[int]:
        """Return a slot for each of some routes: that of its vehicle where it has a number, else the next free one."""
        model = self.model
        free = [list(range(*span)) for span in zip(model.group_first[:-1], model.group_first[1:], strict=True)]
        found = {}
        for k, route in sorted(enumerate(routes), key=lambda pair: pair[1].vehicle is None):
            mine = [slot for slot in free[route.group] if self.vehicles[slot] == route.vehicle]
            found[k] = (mine or free[route.group])[0]
            free[route.group].remove(found[k])
        return [found[k] for k in range(len(routes))]

    def route_of_row(self, slot: int, modes: Sequence[int], via: Sequence[int]) -> VehicleRoute:
        """Turn a kernel's row into a route of the whole."""
        model = self.model
        group = int(model.slot_group[slot])
        p = int(model.profile[group])
        here = int(model.start[group])
        stops: list[Stop] = []
        for k, kind in enumerate(via[: len(modes) + 1]):
            there = int(model.entry[p, modes[k]]) if k < len(modes) else int(model.end[group])
            if kind:
                table = model.clock.stop_at[p, kind - 1]
                stops += [Stop(StopKind.FACILITY, f) for f in facilities_between(table, self.facilities, here, there)]
            if k < len(modes):
                stops.append(Stop(StopKind.SERVE, 2 * int(self.tasks[modes[k] >> 1]) + (modes[k] & 1)))
                here = int(model.exit[p, modes[k]])
        if model.clock.rests.shape[1]:
            stops = self._with_breaks(group, stops)
        return VehicleRoute(group, tuple(stops), self.vehicles[slot] if self.problem.numbers_vehicles else None)

    def _with_breaks(self, group: int, stops: Sequence[Stop]) -> list[Stop]:
        """Put breaks where the kernels' clock takes them."""
        model, clock = self.model, self.model.clock
        p = int(model.profile[group])
        place = {int(task): k for k, task in enumerate(self.tasks)}
        at = (int(clock.begin[group] + model.setup[group]), 0)
        here = int(model.start[group])
        found: list[Stop] = []
        for one in [*stops, None]:
            if one is None:
                there, leave, stay, spans = int(model.end[group]), 0, 0, clock.hours[0, :0]
            elif one.kind is StopKind.FACILITY:
                k = self.facilities.index(one.index)
                there = leave = int(clock.place[k])
                stay, spans = int(clock.stay[k]), clock.hours[k]
            else:
                m = 2 * place[one.task] + (one.index & 1)
                there, leave = int(model.entry[p, m]), int(model.exit[p, m])
                stay, spans = int(model.serve_time[p, m]), clock.windows[m >> 1]
            n_rested = at[1]
            at = stop(clock.rests[group], at, int(model.time[p, 0, here, there]), stay, spans)
            found += [Stop(StopKind.BREAK, k) for k in range(n_rested, at[1])]
            found += [] if one is None else [one]
            here = leave
        return found

    def row_of_route(self, route: VehicleRoute) -> tuple[list[int], list[int]]:
        """Turn a route of the whole, over this sector's tasks, into a kernel's row; inverse of `route_of_row`.

        Visits that this sector would not pay between the same two stops become the best that reset as much.
        """
        model = self.model
        p = int(model.profile[route.group])
        place = {int(task): k for k, task in enumerate(self.tasks)}
        modes: list[int] = []
        via: list[int] = []
        here = int(model.start[route.group])
        visited: list[int] = []
        for one in route.stops:
            if one.kind is StopKind.FACILITY:
                visited.append(one.index)
            if one.kind is StopKind.SERVE:
                m = 2 * place[one.task] + (one.index & 1)
                via.append(self._kind_of(p, (here, int(model.entry[p, m])), visited) if modes else 0)
                modes.append(m)
                visited = []
                here = int(model.exit[p, m])
        kind = self._kind_of(p, (here, int(model.end[route.group])), visited)
        via.append(self.end_kind if model.rules[ENDS_RESET] and not self.kinds.resets[kind, 0] else kind)
        return modes, via

    def _kind_of(self, profile: int, ends: tuple[int, int], visited: Sequence[int]) -> int:
        """Return the kind of visit that goes to these facilities between two terminals, or one that resets as much."""
        if not visited:
            return 0
        n_kinds = len(self.kinds.resets)
        tables = self.model.clock.stop_at[profile]
        for kind in range(1, n_kinds):
            if facilities_between(tables[kind - 1], self.facilities, *ends) == list(visited):
                return kind
        wanted = np.array(union([resets_of(self.problem, facility) for facility in visited]), dtype=np.int8)
        resets = self.kinds.resets
        return min((int(resets[kind].sum()), kind) for kind in range(n_kinds) if bool(np.all(resets[kind] >= wanted)))[1]


def all_vehicles(problem: ArcRoutingProblem) -> list[int]:
    """Return how many vehicles of each group to offer: no more than there are tasks, but all that tasks are locked to."""
    most = [problem.n_tasks] * len(problem.groups)
    for lock in problem.locks:
        most[lock.group] = max(most[lock.group], (lock.vehicle or 0) + 1)
    return [
        n if group.n_vehicles is None else min(group.n_vehicles, n) for group, n in zip(problem.groups, most, strict=True)
    ]


def sector_of(
    problem: ArcRoutingProblem,
    tasks: IntArray,
    vehicles: Sequence[Vehicles],
    places: tuple[Hubs, PathFinder],
    stopped: Callable[[], bool],
) -> Sector:
    """Make a sector of some tasks of `problem`, with so many or these vehicles of each group."""
    return sector_from(problem, tasks, vehicles, tables_of(problem, tasks, places, stopped))


def tables_of(
    problem: ArcRoutingProblem, tasks: IntArray, places: tuple[Hubs, PathFinder], stopped: Callable[[], bool]
) -> list[Terminals]:
    """Return the ways between hubs and some tasks, one table a profile."""
    hubs, finder = places
    nodes = [np.concatenate([end.ravel() for end in ends]) for ends in ends_by_profile(problem, tasks)]
    nodes_of_tasks = np.unique(np.concatenate(nodes))
    return [terminals_of(nodes_of_tasks, its, finds, stopped) for its, finds in ((hubs, finder), *hubs.others)]


def sector_from(
    problem: ArcRoutingProblem, tasks: IntArray, vehicles: Sequence[Vehicles], tables: Sequence[Terminals]
) -> Sector:
    """Make a sector from the ways between its terminals, one table a profile."""
    near = facilities_near(problem, tables[0])
    kinds = kinds_of(problem, near)
    numbers = tuple(tuple(range(v)) if isinstance(v, int) else tuple(v) for v in vehicles)
    model = model_of(problem, tasks, numbers, Chosen(tuple(tables), near, kinds, ends_by_profile(problem, tasks)))
    return Sector(problem, tasks, near, kinds, tuple(v for some in numbers for v in some), tables[0], model)


def ends_by_profile(problem: ArcRoutingProblem, tasks: IntArray) -> list[tuple[IntArray, IntArray]]:
    """Return for each profile entry and exit nodes, shape (n, 2); where there is but one mode, it stands in both columns."""
    one_way = ~problem.tasks.reversible[tasks]
    found = []
    for profile in range(len(problem.profiles) + 1):
        seen = problem.tasks_of_profile(profile)
        entry, leave = seen.entry[tasks], seen.exit[tasks]
        entry[one_way, 1] = entry[one_way, 0]
        leave[one_way, 1] = leave[one_way, 0]
        found.append((entry, leave))
    return found
