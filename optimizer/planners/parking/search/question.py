"""Turn places and demand into the question of the engine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import F64
from optimizer.engines.allocation.options import Count, OptionProblem
from optimizer.planners.parking.measuring.goal import missing_yuan, yearly_yuan
from optimizer.planners.parking.reading.asked import Asked, asked_of, most_berths
from optimizer.planners.parking.reading.ground import Ground
from optimizer.planners.parking.reading.places import Places


@dataclass(frozen=True, eq=False)
class Question:
    """Hold what the engine is asked, and what numbers it is asked for.

    Parameters
    ----------
    asked
        One for each count of the problem, in order.
    """

    problem: OptionProblem
    asked: tuple[Asked, ...]


def question_of(ground: Ground, places: Places) -> Question:
    """Return the question of a city."""
    params, demand = ground.params, ground.demand
    walks = ground.walks(places.xy_m)
    is_street = places.street >= 0
    prices = yearly_yuan(params)
    switch = np.where(is_street, prices.one_way_yuan, prices.lot_yuan)
    asked = asked_of(ground, places, most_berths(ground, places))
    cost_berth = np.where(is_street, params.marking_yuan, params.paving_yuan)
    cost_switch = np.where(is_street, params.signs_yuan, params.lot_yuan)
    problem = OptionProblem(
        demand.n_wanting, price_of(ground), walks.start, walks.end, walks.length_m, places.there, places.room, places.more,
        np.where(is_street, prices.berth_yuan, prices.lot_berth_yuan), switch, cost_berth, cost_switch, places.least,
        places.pair,
        max(budget_of(ground, places), _decided(places, cost_berth, cost_switch)),
        tuple(Count(a.groups, a.n_asked, a.by_group, missing_yuan(a.key, params)) for a in asked),
        ground.driving.problem, name="parking",
    )  # fmt: skip
    return Question(problem, asked)


def price_of(ground: Ground) -> F64:
    """Return what a car without a berth counts, yuan a year, shape (n_periods, n_zones); more in old quarters."""
    params, demand = ground.params, ground.demand
    one = np.where(demand.old, params.old_factor, 1.0) * params.unparked_yuan
    return np.tile(one, (len(demand.n_cars), 1))


def budget_of(ground: Ground, places: Places) -> float:
    """Return what may be spent in all years: so much less than their budgets that works fill the years one after another."""
    params = ground.params
    dearest = np.where(
        places.street >= 0,
        params.signs_yuan * (places.more > 0) + params.marking_yuan * (places.room + places.more),
        params.lot_yuan + params.paving_yuan * places.more,
    )
    most = float(dearest.max(initial=0.0))
    return max(0.0, params.n_years * params.budget_yuan - (params.n_years - 1) * most)


def _decided(places: Places, cost_berth: F64, cost_switch: F64) -> float:
    """Return what the council's decisions cost, which are kept whatever the budget is."""
    return float((places.least * cost_berth + (places.least > places.room) * cost_switch).sum())
