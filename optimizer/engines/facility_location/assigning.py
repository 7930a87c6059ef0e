"""Serve all customers from given open sites, at the least cost where that is a flow, else by shifts and exchanges."""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow

from layers.layer import Bool
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats, Ints
from optimizer.engines.facility_location.sizing import sized
from optimizer.engines.facility_location.solution import LocationPlan, Supply

# Largest cost of a unit in the flow, which counts in whole numbers, and parts of a unit of demand that is not whole.
FLOW_COST = 1e9
DEMAND_PARTS = 1000
# Orders in which customers are dealt out before a set of sites counts as too small.
N_DEALS = 6


def options_of(problem: FacilityLocationProblem, is_open: Bool) -> Ints:
    """Return an option of each open site: the roomiest, and of those the cheapest; without capacities the cheapest."""
    capacity = np.minimum(problem.options.capacity, problem.demand.sum())
    order = np.lexsort((problem.net_cost, -capacity, problem.options.site))
    order = order[problem.allowed[order] & is_open[problem.options.site[order]]]
    _, first = np.unique(problem.options.site[order], return_index=True)
    return order[first]


def assigned(problem: FacilityLocationProblem, is_open: Bool) -> LocationPlan | None:
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
        share = _dealt(cost, problem.demand, capacity)
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


def _dealt(cost: Floats, demand: Floats, capacity: Floats) -> list[tuple[int, int, float]] | None:
    """Deal whole customers out, then shift and exchange them; the best of some orders."""
    rng = np.random.default_rng(0)
    best: tuple[float, Ints] | None = None
    for k in range(N_DEALS):
        order = np.argsort(-demand * (1 + 0.3 * k * rng.random(len(demand)) / N_DEALS), kind="stable")
        site = _one_deal(cost, demand, capacity, order)
        if site is not None:
            total = _shifted(cost, demand, capacity, site)
            if best is None or total < best[0]:
                best = total, site
    return None if best is None else _wholes(best[1])


def _one_deal(cost: Floats, demand: Floats, capacity: Floats, order: Ints) -> Ints | None:
    left = capacity.copy()
    site = np.zeros(len(demand), dtype=np.int64)
    for i in order:
        price = np.where(left >= demand[i], cost[i], np.inf)
        s = int(np.argmin(price))
        if np.isinf(price[s]):
            return None
        site[i] = s
        left[s] -= demand[i]
    return site


def _shifted(cost: Floats, demand: Floats, capacity: Floats, site: Ints) -> float:
    """Move one customer or exchange two, whichever saves most, until nothing saves; return the cost."""
    rows = np.arange(len(demand))
    left = capacity - np.bincount(site, weights=demand, minlength=len(capacity))
    while True:
        now = cost[rows, site]
        shift = np.where(left[None, :] >= demand[:, None], cost - now[:, None], np.inf)
        there = cost[:, site]
        swap = there + there.T - now[:, None] - now[None, :]
        extra = demand[None, :] - demand[:, None]
        swap[(extra > left[site][:, None]) | (-extra > left[site][None, :])] = np.inf
        i, s = divmod(int(np.argmin(shift)), shift.shape[1])
        a, b = divmod(int(np.nanargmin(swap)), len(demand))
        if min(shift[i, s], swap[a, b]) > -1e-9:
            return float(now.sum())
        if shift[i, s] <= swap[a, b]:
            left[site[i]] += demand[i]
            left[s] -= demand[i]
            site[i] = s
        else:
            left[site[a]] -= demand[b] - demand[a]
            left[site[b]] -= demand[a] - demand[b]
            site[a], site[b] = site[b], site[a]
