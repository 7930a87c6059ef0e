"""Fill the kernels' arrays from a problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optimizer.engines.arc_routing.aims import vehicles_of
from optimizer.engines.arc_routing.deadhead import Terminals
from optimizer.engines.arc_routing.kernels.model import NEVER, Aims, Bonds, Clock, Model
from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, IntArray, Network, Tasks
from optimizer.engines.arc_routing.visits import Int8Array, Kinds, ways_for

# A step takes out tasks among at most so many neighbours.
N_NEAR = 150
# Stands for "no limit" on a shift: more seconds than any route takes.
ENDLESS_S = 1 << 50
# Losing a task of mean value weighs as much as so many times the mean cost of a task, where value decides.
WORTH_OF_TASK = 6.0

Numbers = Sequence[Sequence[int]]


class Chosen(NamedTuple):
    """What a sector is made from beside its tasks and vehicles.

    `tables` are the ways between terminals, one a profile, `near` the facilities, `kinds` the visits to them, `ends` the
    nodes at which tasks begin and end, by profile.
    """

    tables: tuple[Terminals, ...]
    near: tuple[int, ...]
    kinds: Kinds
    ends: list[tuple[IntArray, IntArray]]


def model_of(problem: ArcRoutingProblem, tasks: IntArray, numbers: Numbers, chosen: Chosen) -> Model:
    """Fill the kernels' arrays.

    Parameters
    ----------
    problem, tasks
        The whole, and the tasks' indices in it.
    numbers
        For each group, the numbers of the vehicles that may be used.
    chosen
        The rest.
    """
    terminals, groups, rows = chosen.tables[0], problem.groups, problem.tasks
    ways, stop_at = ways_for(problem, chosen.tables, chosen.near, chosen.kinds)
    entry, leave = (np.stack([terminals.index_of(ends[k].ravel()) for ends in chosen.ends]) for k in range(2))
    seen = [problem.tasks_of_profile(profile) for profile in range(len(chosen.tables))]
    doubled = np.column_stack([np.zeros(len(tasks), dtype=np.int64), rows.reversible[tasks].astype(np.int64)])
    pick = (tasks[:, None], doubled)
    serve_cost, serve_time = (np.stack([getattr(its, key)[pick].ravel() for its in seen]) for key in ("cost", "time_s"))
    start, end = (
        terminals.index_of(np.array(nodes, dtype=np.int64))
        for nodes in ([g.start_node for g in groups], [g.end_node for g in groups])
    )
    value = problem.worth[tasks]
    nearness = closeness(terminals.ways.cost, entry[0].reshape(-1, 2), leave[0].reshape(-1, 2))
    far = terminals.ways.cost[np.unique(start)][:, entry[0, ::2]].min(axis=0).astype(np.float64)
    n_vehicles = [len(some) for some in numbers]
    networks = [problem.network_of_profile(profile) for profile in range(len(seen))]
    return Model(
        cost=ways.cost,
        time=ways.time_s,
        entry=entry,
        exit=leave,
        serve_cost=serve_cost,
        serve_time=serve_time,
        least_time=np.stack([least_added_s(its, network, tasks) for its, network in zip(seen, networks, strict=True)]),
        reversible=rows.reversible[tasks].astype(np.int8),
        demand=np.ascontiguousarray(rows.demand[tasks].T),
        value=value,
        penalty=penalties(problem, value, serve_cost[0, ::2], (nearness, far)),
        near=np.argsort(nearness, axis=1, kind="stable")[:, :N_NEAR].astype(np.int32),
        allowed=problem.allowed[tasks].astype(np.int8),
        slot_group=np.repeat(np.arange(len(groups)), n_vehicles).astype(np.int64),
        group_first=np.concatenate([[0], np.cumsum(n_vehicles)]).astype(np.int64),
        start=start,
        end=end,
        profile=np.array([g.profile for g in groups], dtype=np.int64),
        capacity=np.array([g.capacity for g in groups], dtype=np.int64),
        shift=np.array([ENDLESS_S if g.shift_s is None else g.shift_s for g in groups], dtype=np.int64),
        setup=np.array([g.setup_s for g in groups], dtype=np.int64),
        fixed=np.array([g.fixed_cost for g in groups], dtype=np.int64),
        resets=chosen.kinds.resets,
        joined=chosen.kinds.joined,
        rank=np.column_stack([-heaviness(problem, tasks), -far, far, -value / (1.0 + serve_time[0, ::2])]),
        rules=rules_of(problem, chosen.kinds),
        clock=clock_of(problem, tasks, chosen, stop_at),
        bonds=bonds_of(problem, tasks, numbers),
        aims=aims_of(problem, tasks, numbers),
    )


def rules_of(problem: ArcRoutingProblem, kinds: Kinds) -> IntArray:
    """Return which rules apply, as `Model.rules` says."""
    is_bound = bool(problem.orders) or any(lock.vehicle is not None for lock in problem.locks)
    one_kind = problem.n_resources == 1 and len(kinds.resets) == 2
    return np.array([problem.ends_reset, problem.is_timed, is_bound, one_kind, problem.terms.are_wanted], dtype=np.int64)


def heaviness(problem: ArcRoutingProblem, tasks: IntArray) -> npt.NDArray[np.float64]:
    """Return how much of a vehicle's room each task takes up, of the resource of which it takes up most, shape (n,)."""
    room = np.array([group.capacity for group in problem.groups], dtype=np.float64).max(axis=0)
    heavy: npt.NDArray[np.float64] = (problem.tasks.demand[tasks] / np.maximum(room, 1.0)).max(axis=1)
    return heavy


def spans_of(all_spans: Sequence[Sequence[tuple[int, int]]]) -> IntArray:
    """Return spans as an array, shape (n, n_spans, 2); where some have none, they are given all the time there is."""
    if not any(all_spans):
        return np.zeros((max(1, len(all_spans)), 0, 2), dtype=np.int64)
    found = np.zeros((len(all_spans), max(len(spans) for spans in all_spans), 2), dtype=np.int64)
    found[..., 1] = -1
    for k, spans in enumerate(all_spans):
        own = spans or [(0, int(NEVER))]
        found[k, : len(own)] = own
    return found


def clock_of(problem: ArcRoutingProblem, tasks: IntArray, chosen: Chosen, stop_at: Int8Array) -> Clock:
    """Return what the time of day forbids."""
    facilities = [problem.facilities[k] for k in chosen.near]
    windows = problem.tasks.windows_s
    rests = np.full((len(problem.groups), max(len(g.breaks) for g in problem.groups), 3), NEVER, dtype=np.int64)
    for g, group in enumerate(problem.groups):
        for k, rest in enumerate(group.breaks):
            rests[g, k] = rest.earliest_s, rest.latest_s, rest.duration_s
    return Clock(
        stop_at=stop_at,
        place=chosen.tables[0].index_of(np.array([f.node for f in facilities], dtype=np.int64)),
        stay=np.array([f.visit_s for f in facilities], dtype=np.int64),
        hours=spans_of([f.open_s for f in facilities]),
        windows=np.zeros((len(tasks), 0, 2), dtype=np.int64) if windows is None else windows[tasks],
        rests=rests,
        begin=np.array([g.start_s for g in problem.groups], dtype=np.int64),
    )


def bonds_of(problem: ArcRoutingProblem, tasks: IntArray, numbers: Numbers) -> Bonds:
    """Return what binds tasks to vehicles and to one another; a lock to a vehicle that is not at hand lets no slot serve."""
    place = {int(task): k for k, task in enumerate(tasks)}
    slot_of = slots_of(numbers)
    slot = np.full(len(tasks), -1, dtype=np.int64)
    for lock in problem.locks:
        if lock.vehicle is not None and lock.item in place:
            slot[place[lock.item]] = slot_of.get((lock.group, lock.vehicle), -2)
    orders = [[place[task] for task in order if task in place] for order in problem.orders]
    order_of = np.full(len(tasks), -1, dtype=np.int64)
    for k, row in enumerate(orders):
        order_of[row] = k
    first = np.concatenate([[0], np.cumsum([len(row) for row in orders])]).astype(np.int64)
    return Bonds(slot, order_of, first, np.array([task for row in orders for task in row], dtype=np.int64))


def slots_of(numbers: Numbers) -> dict[tuple[int, int], int]:
    """Return the slot of each vehicle, by group and number."""
    pairs = [(group, number) for group, some in enumerate(numbers) for number in some]
    return {pair: slot for slot, pair in enumerate(pairs)}


def aims_of(problem: ArcRoutingProblem, tasks: IntArray, numbers: Numbers) -> Aims:
    """Return what is wanted beside low cost."""
    terms = problem.terms
    home = np.full(len(tasks), -1, dtype=np.int64)
    if terms.change and terms.earlier is not None:
        slot_of, before = slots_of(numbers), vehicles_of(terms.earlier)
        home[:] = [slot_of.get(before[task], -2) if task in before else -1 for task in tasks.tolist()]
    pairs = np.zeros((0, 2), dtype=np.int64)
    if terms.compactness:
        place = np.full(problem.n_tasks, -1, dtype=np.int64)
        place[tasks] = np.arange(len(tasks))
        pairs = place[problem.neighbours]
        pairs = pairs[(pairs >= 0).all(axis=1)]
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    first = np.searchsorted(both[:, 0], np.arange(len(tasks) + 1)).astype(np.int64)
    weights = np.array([terms.balance, terms.compactness, terms.change], dtype=np.float64)
    return Aims(weights, home, first, both[:, 1].copy())


def least_added_s(rows: Tasks, network: Network, tasks: IntArray) -> IntArray:
    """Return how much longer, at least, a route gets that serves one more of `tasks`, shape (n,), seconds.

    Less than serving takes: the route may drive through the street already. By the triangle inequality a place between two
    stops saves no more than the way through the street.
    """
    serve = rows.time_s[tasks]
    through = network.arc_between_s(rows.entry[tasks], rows.exit[tasks], serve)
    added = np.maximum(serve - through, 0)
    least: IntArray = np.where(rows.reversible[tasks], added.min(axis=1), added[:, 0])
    return least


def closeness(cost: npt.NDArray[np.int32], entry: IntArray, leave: IntArray) -> npt.NDArray[np.int64]:
    """Return how far tasks lie apart, shape (n, n): ways from either end of one to either end of the other, both ways round.

    A task is nearest to itself.
    """
    apart = np.zeros((len(entry), len(entry)), dtype=np.int64)
    for k in range(2):
        for j in range(2):
            one_way = cost[leave[:, k, None], entry[None, :, j]]
            apart += one_way
            apart += one_way.T
    np.fill_diagonal(apart, -1)
    return apart


def penalties(
    problem: ArcRoutingProblem, value: IntArray, serve_cost: IntArray, distances: tuple[IntArray, npt.NDArray[np.float64]]
) -> IntArray:
    """Return what leaving each task out weighs against cost while searching."""
    if not len(value):
        return value
    nearness, far = distances
    typical = np.minimum(serve_cost + np.median(nearness, axis=1) / 4, UNREACHABLE)
    mean_cost = float(typical.mean()) + 1.0
    if problem.serve_all:
        dearest = max(g.fixed_cost for g in problem.groups)
        return np.full(len(value), int(100 * mean_cost) + 4 * (dearest + int(far.max())), dtype=np.int64)
    weights: IntArray = np.ceil(WORTH_OF_TASK * mean_cost * value / max(1.0, float(value.mean()))).astype(np.int64)
    return weights
