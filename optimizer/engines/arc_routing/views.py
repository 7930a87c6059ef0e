"""What the vehicles of one profile see of a problem, with the ways between the places that all routes share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from queue import SimpleQueue

import numpy as np

from optimizer.engines.arc_routing.deadhead import Hubs, PathFinder, hubs_side_by_side, path_finder
from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, BoolArray, IntArray, Network


@dataclass(frozen=True)
class View:
    """Hold one profile's view.

    Parameters
    ----------
    problem
        The whole, whatever it is seen by.
    groups
        Groups of the profile that have vehicles.
    facilities
        Those that these vehicles can reach.
    entry, exit, cost, time_s
        Shape (n_tasks, 2): as in `Tasks`, the first mode's in both columns where there is but one.
    through_s
        Shape (n_tasks, 2): seconds for driving through the task's street, or for serving where no arc joins its ends.
    able
        Shape (n_tasks,): whether any of the groups may serve it.
    hubs
        Ways from and to the places of groups and facilities.
    finders
        For ways elsewhere; one is taken by each thread at a time.
    """

    problem: ArcRoutingProblem
    groups: tuple[int, ...]
    facilities: IntArray
    entry: IntArray
    exit: IntArray
    cost: IntArray
    time_s: IntArray
    through_s: IntArray
    able: BoolArray
    hubs: Hubs
    finders: SimpleQueue[PathFinder]

    @contextmanager
    def finder(self) -> Iterator[PathFinder]:
        """Lend a finder."""
        lent = self.finders.get()
        try:
            yield lent
        finally:
            self.finders.put(lent)

    def hub(self, node: int) -> int:
        """Return a node's row in the hubs' tables; -1 where it is none of them."""
        row = int(np.searchsorted(self.hubs.nodes, node))
        return row if row < len(self.hubs.nodes) and self.hubs.nodes[row] == node else -1

    @cached_property
    def alone(self) -> ArcRoutingProblem:
        """The problem as if there were no other vehicles."""
        whole, groups = self.problem, list(self.groups)
        profile = whole.groups[groups[0]].profile
        tasks = whole.tasks_of_profile(profile)
        return ArcRoutingProblem(
            network=whole.network_of_profile(profile),
            tasks=replace(tasks, allowed=whole.allowed[:, groups]),
            groups=tuple(replace(whole.groups[g], profile=0) for g in groups),
            facilities=tuple(whole.facilities[k] for k in self.facilities.tolist()),
            must_end_empty=whole.must_end_empty,
            serve_all=whole.serve_all,
        )

    @cached_property
    def placeable(self) -> BoolArray:
        """Which tasks some vehicle could serve alone in its shift, shape (n_tasks,)."""
        found = np.zeros(self.problem.n_tasks, dtype=np.bool_)
        homes: dict[int, IntArray] = {}
        for g in self.groups:
            group = self.problem.groups[g]
            if group.end_node not in homes:
                homes[group.end_node] = self._home_s(group.end_node)
            there_s = self.hubs.out.time_s[self.hub(group.start_node)][self.entry].astype(np.int64)
            alone_s = (group.setup_s + there_s + self.time_s + homes[group.end_node]).min(axis=1)
            fits = (self.problem.tasks.demand <= np.array(group.capacity)).all(axis=1)
            shift_s = UNREACHABLE if group.shift_s is None else min(UNREACHABLE, group.shift_s)
            found |= fits & self.problem.allowed[:, g] & (alone_s <= shift_s)
        return found

    def _home_s(self, end: int) -> IntArray:
        """Return the seconds from each task's ends to a route's end, through a facility where one must, shape (n, 2)."""
        into, out = self.hubs.into.time_s, self.hubs.out.time_s
        if not self.problem.ends_reset:
            direct: IntArray = into[self.hub(end)][self.exit].astype(np.int64)
            return direct
        best = np.full(self.exit.shape, 2 * UNREACHABLE, dtype=np.int64)
        for k in self.facilities.tolist():
            facility = self.problem.facilities[k]
            if not facility.reset_of(0):
                continue
            hub = self.hub(facility.node)
            np.minimum(best, into[hub][self.exit].astype(np.int64) + facility.visit_s + int(out[hub, end]), out=best)
        return best

    def apart(self, task: int) -> IntArray:
        """Return the cost from a task to each other and back, shape (n_tasks,); UNREACHABLE where there is no way."""
        with self.finder() as finder:
            there = finder.table(self.exit[task, :1], self.entry[:, 0], _never).cost[0].astype(np.int64)
            back = finder.table_into(self.entry[task, :1], self.exit[:, 0], _never).cost[0].astype(np.int64)
        both: IntArray = np.minimum(there + back, UNREACHABLE)
        both[task] = -1
        return both


def _never() -> bool:
    return False


def views_of(
    problem: ArcRoutingProblem, n_finders: int, known: tuple[Hubs, PathFinder] | None, stopped: Callable[[], bool]
) -> tuple[View, ...]:
    """Return the views of all profiles that have vehicles.

    Parameters
    ----------
    problem
        The whole.
    n_finders
        How many threads may look for ways at a time.
    known
        Ways of the problem's own network, where they are at hand.

    Raises
    ------
    Stopped
        When asked to.
    """
    profiles = sorted({g.profile for g in problem.groups if g.n_vehicles != 0})
    return tuple(_view(problem, profile, n_finders, known if profile == 0 else None, stopped) for profile in profiles)


def _view(
    problem: ArcRoutingProblem,
    profile: int,
    n_finders: int,
    known: tuple[Hubs, PathFinder] | None,
    stopped: Callable[[], bool],
) -> View:
    network, tasks = problem.network_of_profile(profile), problem.tasks_of_profile(profile)
    hubs, finder = known or _ways(problem, profile, network, n_finders, stopped)
    groups = tuple(k for k, g in enumerate(problem.groups) if g.profile == profile and g.n_vehicles != 0)
    base = np.searchsorted(hubs.nodes, problem.groups[groups[0]].start_node)
    at = np.array([f.node for f in problem.facilities], dtype=np.int64)
    entry, leave, cost, time_s = (_doubled(a, tasks.reversible) for a in (tasks.entry, tasks.exit, tasks.cost, tasks.time_s))
    finders: SimpleQueue[PathFinder] = SimpleQueue()
    for lent in (finder, *(finder.twin() for _ in range(n_finders - 1))):
        finders.put(lent)
    return View(
        problem=problem,
        groups=groups,
        facilities=np.flatnonzero(hubs.out.cost[base, at] < UNREACHABLE),
        entry=entry,
        exit=leave,
        cost=cost,
        time_s=time_s,
        through_s=network.arc_between_s(entry, leave, time_s),
        able=np.asarray(problem.allowed[:, list(groups)].any(axis=1)),
        hubs=hubs,
        finders=finders,
    )


def _doubled(ends: IntArray, reversible: BoolArray) -> IntArray:
    both = ends.copy()
    both[~reversible, 1] = both[~reversible, 0]
    return both


def _ways(
    problem: ArcRoutingProblem, profile: int, network: Network, n_finders: int, stopped: Callable[[], bool]
) -> tuple[Hubs, PathFinder]:
    """Return the ways of the hubs that the profile's vehicles can reach."""
    finder = path_finder(network)
    ends = {n for g in problem.groups if g.profile == profile and g.n_vehicles != 0 for n in (g.start_node, g.end_node)}
    facilities = np.unique(np.array([f.node for f in problem.facilities], dtype=np.int64))
    reached = finder.table(np.array([min(ends)]), facilities, stopped).cost[0] < UNREACHABLE
    nodes = np.union1d(np.array(sorted(ends), dtype=np.int64), facilities[reached])
    return hubs_side_by_side((finder, *(finder.twin() for _ in range(n_finders - 1))), nodes, stopped), finder
