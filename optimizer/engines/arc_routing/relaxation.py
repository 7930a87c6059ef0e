"""What a lower bound keeps of an arc-routing problem: places, moves between them, tasks as edges, needs of sets.

All vehicles are seen together: a move is how often an arc is driven without serving, whoever drives it. Nodes at which a
reversible task begins in one direction and ends in the other are one *place*, so that a task crosses the border of a set of
places whichever way it is served.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from optimizer.engines.arc_routing.problem import ArcRoutingProblem, BoolArray, IntArray

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Need:
    """How often a set of places must be entered, and left, for the sake of one limit.

    Stretches of a route that begin and end at hubs use up at most `most` each. A set without a hub is entered and left by
    each stretch that serves a task with an end in it, so at least ceil(amount of those tasks / most) times: the capacity cut
    of Belenguer & Benavent (2003, doi 10.1016/S0305-0548(02)00046-1).

    Parameters
    ----------
    hubs
        Shape (n_places,): where stretches begin and end.
    amount
        Shape (n_tasks,): what each task uses up.
    most
        What one stretch may use up.
    of_vehicles
        Whether a stretch is a vehicle's whole route.
    """

    hubs: BoolArray
    amount: IntArray
    most: int
    of_vehicles: bool


@dataclass(frozen=True)
class Modes:
    """Ways to serve tasks, all tasks' in one list.

    Parameters
    ----------
    task, entry, exit
        Shape (n_modes,): the task, and the nodes where it begins and ends.
    cost, time_s
        Shape (n_modes,): of serving in this way, the least over vehicle types.
    forward
        Shape (n_modes,): false for the reverse direction.
    """

    task: IntArray
    entry: IntArray
    exit: IntArray
    cost: IntArray
    time_s: IntArray
    forward: BoolArray


@dataclass(frozen=True)
class Relaxation:
    """The parts of a problem that cuts and their programme are made of.

    Parameters
    ----------
    n_places
        Places are 0 .. n_places - 1.
    place
        Shape (n_nodes,): of each node.
    directed
        Whether moves are arcs that must balance the services at each node; else streets, each for both directions.
    move_tail, move_head
        Shape (n_moves,): nodes.
    move_cost, move_time_s
        Shape (n_moves,): of one.
    modes
        The ways to serve.
    sides
        Shape (n_tasks, 2): places of each task's ends.
    needs
        Limits that ask for crossings.
    starts
        Shape (n_places,): where vehicles start and end.
    """

    n_places: int
    place: IntArray
    directed: bool
    move_tail: IntArray
    move_head: IntArray
    move_cost: IntArray
    move_time_s: IntArray
    modes: Modes
    sides: IntArray
    needs: tuple[Need, ...]
    starts: BoolArray

    @property
    def n_tasks(self) -> int:
        """Number of tasks."""
        return len(self.sides)

    def ends(self) -> tuple[IntArray, IntArray]:
        """Return the places that each move joins."""
        return self.place[self.move_tail], self.place[self.move_head]


def relaxation_of(problem: ArcRoutingProblem) -> Relaxation:
    """Return what a bound keeps of `problem`: every plan that serves all tasks is a solution of it.

    An open route is closed by a way home that costs nothing, so that each vehicle leaves every place as often as it enters.
    """
    modes = modes_of(problem)
    directed = not is_undirected(problem)
    open_groups = [g for g in problem.groups if g.start_node != g.end_node]
    same = [(g.start_node, g.end_node) for g in open_groups]
    n_places, place = _places(problem.network.n_nodes, modes, same)
    tail, head, cost, time_s = _moves(problem, directed)
    home = np.array([(g.end_node, g.start_node) for g in open_groups], dtype=np.int64).reshape(-1, 2)
    nothing = np.zeros(len(home), dtype=np.int64)
    first = np.zeros(problem.n_tasks, dtype=np.int64)
    first[modes.task[::-1]] = np.arange(len(modes.task))[::-1]
    starts = np.zeros(n_places, dtype=np.bool_)
    starts[place[[g.start_node for g in problem.groups]]] = True
    return Relaxation(
        n_places=n_places,
        place=place,
        directed=directed,
        move_tail=np.concatenate([tail, home[:, 0]]),
        move_head=np.concatenate([head, home[:, 1]]),
        move_cost=np.concatenate([cost, nothing]),
        move_time_s=np.concatenate([time_s, nothing]),
        modes=modes,
        sides=place[np.column_stack([modes.entry[first], modes.exit[first]])],
        needs=_needs(problem, modes, starts, place),
        starts=starts,
    )


def is_undirected(problem: ArcRoutingProblem) -> bool:
    """Tell whether direction does not matter: a symmetric network, all tasks reversible edges, routes closed."""
    tasks, network = problem.tasks, problem.network
    if any(group.start_node != group.end_node or group.profile for group in problem.groups):
        return False
    if not tasks.reversible.all() or (tasks.entry != tasks.exit[:, ::-1]).any():
        return False
    there = Counter(zip(network.arc_tail.tolist(), network.arc_head.tolist(), network.arc_cost.tolist(), strict=True))
    back = Counter(zip(network.arc_head.tolist(), network.arc_tail.tolist(), network.arc_cost.tolist(), strict=True))
    return there == back


def modes_of(problem: ArcRoutingProblem) -> Modes:
    """Return the ways to serve each task that some vehicle type has, at the least cost and in the least time of any."""
    rows: dict[tuple[int, int, int, bool], tuple[int, int]] = {}
    for profile in sorted({group.profile for group in problem.groups}):
        tasks = problem.tasks_of_profile(profile)
        for direction in (0, 1):
            entry, exit_, cost, time_s = (a[:, direction] for a in (tasks.entry, tasks.exit, tasks.cost, tasks.time_s))
            for t in np.flatnonzero(tasks.used[:, direction]).tolist():
                key = (t, int(entry[t]), int(exit_[t]), direction == 0)
                old = rows.get(key, (int(cost[t]), int(time_s[t])))
                rows[key] = (min(old[0], int(cost[t])), min(old[1], int(time_s[t])))
    keys = np.array([key[:3] for key in rows], dtype=np.int64).reshape(-1, 3)
    least = np.array(list(rows.values()), dtype=np.int64).reshape(-1, 2)
    forward = np.array([key[3] for key in rows], dtype=np.bool_)
    return Modes(keys[:, 0], keys[:, 1], keys[:, 2], least[:, 0], least[:, 1], forward)


def _places(n_nodes: int, modes: Modes, same: list[tuple[int, int]]) -> tuple[int, IntArray]:
    """Join nodes so that all modes of a task have the same two ends, and so do an open route's."""
    near = np.where(modes.forward, modes.entry, modes.exit)
    far = np.where(modes.forward, modes.exit, modes.entry)
    first = np.unique(modes.task, return_index=True)[1]
    base = first[np.searchsorted(modes.task[first], modes.task)]
    pairs = np.array(same, dtype=np.int64).reshape(-1, 2)
    a = np.concatenate([near, far, pairs[:, 0]])
    b = np.concatenate([near[base], far[base], pairs[:, 1]])
    joined = csr_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(n_nodes, n_nodes))
    n_places, place = connected_components(joined, directed=False)
    return int(n_places), place.astype(np.int64)


def _moves(problem: ArcRoutingProblem, directed: bool) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return the arcs of all profiles in use, the cheapest of parallel ones at the least time; streets if undirected."""
    networks = [problem.network_of_profile(k) for k in sorted({group.profile for group in problem.groups})]
    tail, head, cost, time_s = (
        np.concatenate([getattr(network, name) for network in networks])
        for name in ("arc_tail", "arc_head", "arc_cost", "arc_time_s")
    )
    if not directed:
        tail, head = np.minimum(tail, head), np.maximum(tail, head)
    n = problem.network.n_nodes
    kept = tail != head
    keys, row = np.unique(tail[kept] * n + head[kept], return_inverse=True)
    least = [np.full(len(keys), np.iinfo(np.int64).max) for _ in range(2)]
    for smallest, amount in zip(least, (cost, time_s), strict=True):
        np.minimum.at(smallest, row, amount[kept])
    return keys // n, keys % n, least[0], least[1]


def _needs(problem: ArcRoutingProblem, modes: Modes, starts: BoolArray, place: IntArray) -> tuple[Need, ...]:
    """Return the limits that hold for stretches of routes.

    Each resource is used up between two resets; where the first must be reset before a route ends, each of its stretches
    ends at a facility, so that the depot is no hub for it. A shift is a stretch from depot to depot, and so is a vehicle.
    """
    n_tasks = problem.n_tasks
    needs = [Need(starts, np.ones(n_tasks, dtype=np.int64), max(1, n_tasks), of_vehicles=True)]
    for r in range(problem.n_resources):
        hubs = np.zeros(len(starts), dtype=np.bool_) if r == 0 and problem.ends_reset else starts.copy()
        resets = [place[f.node] for f in problem.facilities if f.reset_of(r)]
        hubs[resets] = True
        most = max(group.capacity[r] for group in problem.groups)
        if most and problem.tasks.demand[:, r].any():
            needs.append(Need(hubs, problem.tasks.demand[:, r], most, of_vehicles=not resets))
    longest_s = longest_shift_s(problem)
    if longest_s is not None and longest_s > 0:
        quickest = np.full(n_tasks, np.iinfo(np.int64).max)
        np.minimum.at(quickest, modes.task, modes.time_s)
        needs.append(Need(starts, quickest, longest_s, of_vehicles=True))
    return tuple(need for need in needs if not any(_implies(other, need) for other in needs[1:]))


def _implies(need: Need, other: Need) -> bool:
    """Tell whether `other` asks for nothing that `need` does not ask for: one vehicle wherever there is a task."""
    asks_everywhere = bool(need.amount.all()) and need.of_vehicles
    return other.most >= len(other.amount) == other.amount.sum() and asks_everywhere and need is not other


def longest_shift_s(problem: ArcRoutingProblem) -> int | None:
    """Return the seconds that the longest shift leaves for driving and serving; None where one has no end."""
    lengths = [None if g.shift_s is None else g.shift_s - g.setup_s for g in problem.groups]
    return None if None in lengths else max(length for length in lengths if length is not None)


def least_stretches(need: Need) -> int:
    """Return how many stretches all tasks together need."""
    return -(-int(need.amount.sum()) // need.most)
