"""Serve all customers from given open sites, at the least cost where that is a flow, else by shifts and exchanges."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from ortools.graph.python import min_cost_flow

from layers.layer import Bool
from optimizer.engines.facility_location.kernels.dealing import deal, shift_and_exchange
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats, Ints
from optimizer.engines.facility_location.sizing import sized
from optimizer.engines.facility_location.solution import LocationPlan, Supply

# Largest cost of a unit in the flow, which counts in whole numbers, and parts of a unit of demand that is not whole.
FLOW_COST = 1e9
DEMAND_PARTS = 1000
# Orders in which customers are dealt out before a set of sites counts as too small.
N_DEALS = 6
# With more customers than that a flow of least cost is enough to begin with.
MANY = 1000
# Pairs of customers that are looked at before the clock is.
PAIRS_AT_ONCE = 10_000_000


def options_of(problem: FacilityLocationProblem, is_open: Bool) -> Ints:
    """Return an option of each open site: the roomiest, and of those the cheapest; without capacities the cheapest."""
    capacity = np.minimum(problem.options.capacity, problem.demand.sum())
    order = np.lexsort((problem.net_cost, -capacity, problem.options.site))
    order = order[problem.allowed[order] & is_open[problem.options.site[order]]]
    _, first = np.unique(problem.options.site[order], return_index=True)
    return order[first]


def assigned(problem: FacilityLocationProblem, is_open: Bool, ends: Callable[[], bool]) -> LocationPlan | None:
    """Return a plan with these sites open, or None where none was found; rules on the sites are not looked at."""
    options = options_of(problem, is_open)
    if not len(options):
        return None
    sites = problem.options.site[options]
    cost = problem.serve_cost[:, sites]
    capacity = np.minimum(problem.options.capacity[options], problem.demand.sum() + 1)
    nearest = np.argmin(cost, axis=1)
    load = np.bincount(nearest, weights=problem.demand, minlength=len(sites))
    if np.isinf(cost.min(axis=1)).any() or capacity.sum() < problem.demand.sum():
        return None
    share: list[tuple[int, int, float]] | None
    if (load <= capacity).all():
        share = _wholes(nearest)
    elif problem.single_source:
        share = _dealt(np.ascontiguousarray(cost), problem.demand, capacity, ends)
    else:
        share = _flow(cost, problem.demand, capacity)
    if share is None:
        return None
    held = np.zeros(len(sites))
    for i, s, part in share:
        held[s] += part * problem.demand[i]
    supplies = tuple(Supply(int(sites[s]), i, part) for i, s, part in sorted(share))
    return LocationPlan(sized(problem, sites, held), supplies)


def _wholes(site: Ints) -> list[tuple[int, int, float]]:
    return [(i, int(s), 1.0) for i, s in enumerate(site)]


def _flow(cost: Floats, demand: Floats, capacity: Floats) -> list[tuple[int, int, float]] | None:
    """Split the demand by a flow of least cost; zero demands go whole to the cheapest site."""
    n, m = cost.shape
    parts = 1 if (demand % 1 == 0).all() else DEMAND_PARTS
    supply = np.ceil(demand * parts).astype(np.int64)
    room = np.floor(capacity * parts).astype(np.int64)
    customer, site = np.nonzero(np.isfinite(cost) & (demand > 0)[:, None])
    unit = cost[customer, site] / demand[customer]
    whole = np.rint(unit * (FLOW_COST / max(1e-12, float(unit.max(initial=1e-12))))).astype(np.int64)
    flow = min_cost_flow.SimpleMinCostFlow()
    sink = n + m
    arcs = flow.add_arcs_with_capacity_and_unit_cost(customer, n + site, supply[customer], whole)
    flow.add_arcs_with_capacity_and_unit_cost(n + np.arange(m), np.full(m, sink), room, np.zeros(m, dtype=np.int64))
    flow.set_nodes_supplies(np.arange(n), supply)
    flow.set_node_supply(sink, -int(supply.sum()))
    if flow.solve() != flow.OPTIMAL:
        return None
    sent = flow.flows(arcs)
    share = [(int(customer[k]), int(site[k]), float(sent[k] / supply[customer[k]])) for k in np.flatnonzero(sent)]
    return share + [(int(i), int(np.argmin(cost[i])), 1.0) for i in np.flatnonzero(demand == 0)]


def _dealt(cost: Floats, demand: Floats, capacity: Floats, ends: Callable[[], bool]) -> list[tuple[int, int, float]] | None:
    """Deal whole customers out, then shift and exchange them; the best of some ways to begin."""
    rows = np.arange(len(demand))
    best: tuple[float, Ints] | None = None
    for left, site in _deals(cost, demand, capacity):
        _improve(cost, demand, left, site, ends)
        total = float(cost[rows, site].sum())
        if best is None or total < best[0]:
            best = total, site
        if ends():
            break
    return None if best is None else _wholes(best[1])


def _deals(cost: Floats, demand: Floats, capacity: Floats) -> Iterator[tuple[Floats, Ints]]:
    """Yield ways to deal all customers out, with the capacity left: by a flow that splits few, then by some orders."""
    first = _by_flow(cost, demand, capacity)
    if first is not None:
        yield first
    rng = np.random.default_rng(0)
    for k in range(N_DEALS if len(demand) <= MANY else int(first is None)):
        order = np.argsort(-demand * (1 + 0.3 * k * rng.random(len(demand)) / N_DEALS), kind="stable")
        left, site = capacity.copy(), np.zeros(len(demand), dtype=np.int64)
        if deal(cost, demand, order, left, site):
            yield left, site


def _by_flow(cost: Floats, demand: Floats, capacity: Floats) -> tuple[Floats, Ints] | None:
    """Return customers dealt out by a flow of least cost, those that it splits anew; None where these find no room."""
    flow = _flow(cost, demand, capacity)
    if flow is None:
        return None
    site, left = np.full(len(demand), -1, dtype=np.int64), capacity.copy()
    for i, s, part in flow:
        if part >= 1.0:
            site[i] = s
            left[s] -= demand[i]
    rest = np.flatnonzero(site < 0)
    order = rest[np.argsort(-demand[rest], kind="stable")]
    return (left, site) if deal(cost, demand, order, left, site) else None


def _improve(cost: Floats, demand: Floats, left: Floats, site: Ints, ends: Callable[[], bool]) -> None:
    """Shift and exchange customers until none changes in a whole round, or the search ends."""
    n = len(demand)
    block = max(1, PAIRS_AT_ONCE // n)
    changed = True
    while changed:
        changed = False
        for start in range(0, n, block):
            if ends():
                return
            changed |= shift_and_exchange(cost, demand, (start, min(n, start + block)), left, site) > 0
