"""Make do with fewer vehicles: the fleet minimisation of Christiaens & Vanden Berghe 2020 (doi 10.1287/trsc.2019.0914)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from optimizer.engines.vehicle_routing.kernels.anneal import COST, N_LOST, Bench, Best, anneal, set_route, weigh
from optimizer.engines.vehicle_routing.kernels.model import BOUND, Routes
from optimizer.engines.vehicle_routing.tables import Tables

Int64 = npt.NDArray[np.int64]
Over = Callable[[int], bool]

# Steps between two counts of the stops that have no place; the paper counts after each.
STEPS_A_COUNT = 4


class Work(Protocol):
    """What a search works on."""

    tables: Tables
    routes: Routes
    bench: Bench
    best: Best


def variable_cost(work: Work) -> int:
    """Return what the plan under work costs beside its vehicles' fixed costs."""
    model = work.tables.model
    return int(work.bench.totals[COST] - model.fleet.fixed[model.slot_group[work.routes.length > 0]].sum())


def vehicles_cost_most(work: Work) -> bool:
    """Tell whether the fixed costs of the plan under work are more than all else that it costs."""
    return bool(work.bench.totals[COST] > 2 * variable_cost(work))


def may_reduce(work: Work) -> bool:
    """Tell whether vehicles cost most, all stops must be and are served, and none is bound to a vehicle or to others."""
    is_free = work.tables.problem.serve_all and not work.tables.model.rules[BOUND]
    return bool(is_free and not work.bench.totals[N_LOST] and vehicles_cost_most(work))


def least_vehicles(work: Work) -> int:
    """Return how many vehicles the loads need where each takes as much as the one that may take most in all."""
    model = work.tables.model
    most = np.maximum(1, model.fleet.most.max(axis=0))
    return int((-(-model.demand.sum(axis=0) // most)).max(initial=1))


def reduce_fleet(work: Work, is_over: Over, plan: list[float]) -> int:
    """Take one vehicle after another out of the plan; end at the best plan, and return the number of steps.

    The stops of a vehicle wait without a place. A step is taken where those without a place after it were so less often, in
    sum, than those before it. A plan is kept only if it serves all and costs less.

    Parameters
    ----------
    work
        The search; all stops have places.
    is_over
        Told the number of steps so far, whether to end.
    plan
        What `anneal` is told behind the number of steps.
    """
    model, mine = work.tables.model, work.bench.finder.mine
    penalty, free = model.penalty.copy(), mine.copy()
    absences = np.ones(work.tables.problem.n_stops, dtype=np.int64)
    n_steps, is_fewer = 0, True
    while is_fewer and np.count_nonzero(work.routes.length) > least_vehicles(work):
        # More than a step can cost beside.
        weight, before = max(1, variable_cost(work)), int(work.best.totals[COST])
        _empty_one(work, absences)
        is_fewer = False
        while not is_fewer and not is_over(n_steps):
            model.penalty[:] = absences * weight
            anneal(model, work.routes, work.bench, work.best, np.array([STEPS_A_COUNT, *plan]))
            n_steps += STEPS_A_COUNT
            absences[work.routes.route_of < 0] += 1
            is_fewer = bool(work.best.totals[COST] < before)
        _go_to_best(work)
    model.penalty[:], mine[:] = penalty, free
    return n_steps


def _empty_one(work: Work, absences: Int64) -> None:
    """Empty the route whose stops were without a place least often, and shut it and all idle vehicles."""
    routes = work.routes
    served = routes.route_of >= 0
    sums = np.bincount(routes.route_of[served], weights=absences[served], minlength=len(routes.length))
    sums[routes.length == 0] = np.inf
    _set(work, int(sums.argmin()), np.empty(0, dtype=np.int64))
    work.bench.finder.mine[routes.length == 0] = 0
    work.best.stale[:] = 1
    weigh(work.tables.model, routes, work.bench)


def _go_to_best(work: Work) -> None:
    """Make the best plan the plan under work."""
    best = work.best
    rows = [best.node[r, 1 : best.length[r] + 1].copy() for r in range(len(best.length))]
    for r, row in enumerate(rows):
        _set(work, r, row[:0])
    for r, row in enumerate(rows):
        _set(work, r, row)
    best.stale[:] = 1
    weigh(work.tables.model, work.routes, work.bench)


def _set(work: Work, r: int, nodes: Int64) -> None:
    set_route(work.tables.model, work.routes, work.bench, r, nodes)
