"""Whole berths of a fractional plan, and the cars that park in them."""

from __future__ import annotations

import math

import numpy as np

from layers.layer import Bool
from optimizer.engines.allocation.equity import fairest_share
from optimizer.engines.allocation.flow import least_walk
from optimizer.engines.allocation.options.problem import Floats, Ints, OptionProblem
from optimizer.engines.allocation.options.solution import OptionPlan, missing_of
from optimizer.engines.allocation.problem import AllocationProblem
from optimizer.engines.allocation.solve import least_of
from optimizer.engines.circulation import BOTH

_ROUNDING = 1e-6


def rounded(problem: OptionProblem, berths: Floats, choice: Ints, allowed: Bool) -> OptionPlan:
    """Return the plan of whole berths nearest above a fractional one, within the budget, with the cars that park best.

    Parameters
    ----------
    berths
        Shape (n_places,), may be parts.
    choice
        Of the circulation's pairs; those that no place needs are opened.
    allowed
        Places that may be switched, shape (n_places,).
    """
    most = problem.room + np.where(allowed, problem.more, 0)
    whole = np.clip(np.ceil(berths - _ROUNDING).astype(np.int64), problem.least, most)
    _within_budget(problem, whole, berths)
    switched = whole > problem.room
    used = np.full(len(choice), BOTH, dtype=np.int64)
    pairs = problem.pair[switched & (problem.pair >= 0)]
    used[pairs] = choice[pairs]
    return OptionPlan(whole, switched, used, parked(problem, whole))


def _within_budget(problem: OptionProblem, whole: Ints, wish: Floats) -> None:
    """Take berths away until the budget holds: first those that were rounded up, then the dearest for what they add."""

    def spent() -> float:
        return float((whole * problem.berth_cost + (whole > problem.room) * problem.switch_cost).sum())

    if spent() <= problem.budget + _ROUNDING:
        return
    up = np.flatnonzero((whole > wish + _ROUNDING) & (whole > problem.least))
    for place in up[np.argsort((wish - np.floor(wish))[up], kind="stable")].tolist():
        whole[place] -= 1
        if spent() <= problem.budget + _ROUNDING:
            return
    order = np.argsort(-problem.berth_cost - problem.switch_cost / np.maximum(1, problem.more), kind="stable")
    for place in order.tolist():
        if whole[place] > problem.least[place]:
            whole[place] = problem.least[place]
            if spent() <= problem.budget + _ROUNDING:
                return


def parked(problem: OptionProblem, berths: Ints, worst_off_first: bool = False) -> Ints:
    """Return the cars of each pair, shape (n_hours, n_pairs): those that count most, with the least walking, exactly.

    Parameters
    ----------
    berths
        New ones, shape (n_places,).
    worst_off_first
        Whether every zone that reaches a berth gets the largest share that all of them can have, hour by hour, before the
        rest goes by what counts most.
    """
    held = (problem.there + berths)[problem.place] > 0
    n = len(problem.zone)
    found = np.zeros((problem.n_hours, n), dtype=np.int64)
    for hour in range(problem.n_hours):
        weight = np.maximum(1, np.rint(problem.price[hour]).astype(np.int64))
        wanting = problem.demand[hour] > 0
        if wanting.any():
            weight = np.maximum(1, weight // math.gcd(*weight[wanting].tolist()))
        one = AllocationProblem(
            problem.demand[hour : hour + 1], (problem.there + berths)[None, :], problem.zone[held], problem.place[held],
            problem.walk_m[held], weight=weight,
        )  # fmt: skip
        share = fairest_share(one) or 0.0 if worst_off_first else 0.0
        row = least_walk(one, 0, least_of(one, share)[0])
        assert row is not None, "no more is asked for than there is a flow for"
        found[hour, held] = row
    return found


def left_out_today(problem: OptionProblem) -> Ints:
    """Return the cars without a berth where there is no new one, shape (n_hours, n_zones)."""
    none = np.zeros(problem.n_places, dtype=np.int64)
    pairs = np.zeros(0, dtype=np.int64)
    return OptionPlan(none, none > 0, pairs, parked(problem, none)).left_out(problem)


def trimmed(problem: OptionProblem, plan: OptionPlan) -> OptionPlan:
    """Return the plan without berths that stand empty at all hours, where no number asked for needs them."""
    held = np.max([np.bincount(problem.place, row, problem.n_places) for row in plan.cars], axis=0, initial=0)
    needed = np.rint(held).astype(np.int64) - problem.there
    berths = np.minimum(plan.berths, np.maximum(needed, problem.least))
    for count in problem.counts:
        for group in count.groups:
            berths[list(group)] = plan.berths[list(group)] if count.at_least else berths[list(group)]
    if sum(missing_of(problem, berths)) > sum(missing_of(problem, plan.berths)):
        return plan
    switched = berths > problem.room
    choice = np.full(len(plan.choice), BOTH, dtype=np.int64)
    pairs = problem.pair[switched & (problem.pair >= 0)]
    choice[pairs] = plan.choice[pairs]
    return OptionPlan(berths, switched, choice, plan.cars)
