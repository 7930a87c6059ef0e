"""The linear programme that bounds an option problem: berths and switches may be parts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import Bool
from optimizer.engines.allocation.options.problem import Floats, Ints, OptionProblem
from optimizer.engines.highs import Programme, Rows


@dataclass(frozen=True, eq=False)
class Columns:
    """Where the columns of a programme begin: berths, switches, cars by hour and pair, cars left out, missing, groups."""

    berths: int
    switches: int
    cars: int
    out: int
    missing: int
    groups: int
    n: int


def columns_of(problem: OptionProblem) -> Columns:
    """Return how the columns lie."""
    n, h, p, z = problem.n_places, problem.n_hours, len(problem.zone), problem.n_zones
    n_groups = sum(len(c.groups) for c in problem.counts if c.by_group)
    at = np.cumsum([0, n, n, h * p, h * z, len(problem.counts), n_groups]).tolist()
    return Columns(*at)


def programme_of(problem: OptionProblem, may_switch: Bool, whole: bool = False) -> Programme:
    """Return the programme in which some places may be switched.

    Parameters
    ----------
    may_switch
        Shape (n_places,).
    whole
        Whether switches are whole numbers.
    """
    at, rows = columns_of(problem), Rows()
    n, h, p, z = problem.n_places, problem.n_hours, len(problem.zone), problem.n_zones
    places, pairs, zones = np.arange(n), np.arange(p), np.arange(z)
    more = np.where(may_switch, problem.more, 0).astype(np.float64)
    free = np.full(n, -np.inf)
    rows.add(
        np.concatenate([places, places]),
        np.concatenate([at.berths + places, at.switches + places]),
        np.concatenate([np.ones(n), -more]),
        (free, problem.room.astype(np.float64)),
    )
    for hour in range(h):
        cars, out = at.cars + hour * p + pairs, at.out + hour * z + zones
        rows.add(
            np.concatenate([problem.place, places]),
            np.concatenate([cars, at.berths + places]),
            np.concatenate([np.ones(p), -np.ones(n)]),
            (free, problem.there.astype(np.float64)),
        )
        wanted = problem.demand[hour].astype(np.float64)
        rows.add(np.concatenate([problem.zone, zones]), np.concatenate([cars, out]), np.ones(p + z), (wanted, wanted))
    costs = np.concatenate([problem.berth_cost, problem.switch_cost])
    rows.one(np.concatenate([at.berths + places, at.switches + places]), (-np.inf, problem.budget), costs)
    _counts(problem, at, rows)
    high = np.full(at.n, np.inf)
    high[at.berths : at.switches] = problem.room + more
    high[at.switches : at.cars] = (more > 0) * 1.0
    high[at.groups :] = 1.0
    low = np.zeros(at.n)
    low[at.berths : at.switches] = np.minimum(problem.least, high[at.berths : at.switches])
    is_whole = np.zeros(at.n, dtype=np.bool_)
    is_whole[at.switches : at.cars] = whole
    return rows.programme(_prices(problem, at), low, high, is_whole)


def _prices(problem: OptionProblem, at: Columns) -> Floats:
    cost = np.zeros(at.n)
    cost[at.berths : at.switches] = problem.berth_price
    cost[at.switches : at.cars] = problem.switch_price
    cost[at.out : at.missing] = problem.price.ravel()
    cost[at.missing : at.groups] = [c.price for c in problem.counts]
    return cost


def _counts(problem: OptionProblem, at: Columns, rows: Rows) -> None:
    group = at.groups
    for k, count in enumerate(problem.counts):
        if not count.by_group:
            own: Ints = np.array([at.berths + i for g in count.groups for i in g], dtype=np.int64)
            rows.one(np.append(own, at.missing + k), (count.at_least, np.inf))
            continue
        for members in count.groups:
            stands = float(problem.there[list(members)].sum())
            own = np.array([at.berths + i for i in members], dtype=np.int64)
            values = np.append(np.ones(len(own)), -1.0)
            rows.one(np.append(own, group), (-stands, np.inf), values)
            group += 1
        named = np.arange(group - len(count.groups), group)
        rows.one(np.append(named, at.missing + k), (count.at_least, np.inf))
