"""A staged problem with its second stage as a price: one customer for each product of a customer, and one stage left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import Bool
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats, Ints
from optimizer.engines.facility_location.stages.problem import StagedProblem


@dataclass(frozen=True, eq=False)
class Prices:
    """What a unit pays beyond its hauls.

    Parameters
    ----------
    centre
        Shape (n_centres,): for passing a centre.
    plant
        Shape (n_products, n_plants): for being taken by a plant.
    """

    centre: Floats
    plant: Floats


@dataclass(frozen=True, eq=False)
class Ways:
    """The cheapest way onward from each station at some prices.

    Parameters
    ----------
    cost
        Shape (n_products, n_stations): `inf` where there is none.
    centre
        Shape (n_products, n_stations): that it goes by; -1 for none.
    plant
        Shape (n_products, n_stations): where it ends.
    """

    cost: Floats
    centre: Ints
    plant: Ints


def cheapest_ways(problem: StagedProblem, prices: Prices, may: Bool) -> Ways:
    """Return the cheapest ways onward by the centres that may be open, shape (n_centres,)."""
    n_plants = problem.n_plants
    out = problem.onward.centre_to_plant + prices.plant[:, None, :]
    best_out = out.min(axis=2) + prices.centre[None, :]
    best_out[:, ~may] = np.inf
    direct = problem.onward.to_plant + prices.plant[:, None, :]
    every = np.concatenate([direct, problem.onward.to_centre + best_out[:, None, :]], axis=2)
    which = every.argmin(axis=2)
    cost = np.take_along_axis(every, which[:, :, None], axis=2)[:, :, 0]
    centre = np.where(which >= n_plants, which - n_plants, -1)
    by_centre = out.argmin(axis=2) if problem.centres.n_sites else np.zeros((problem.n_products, 1), dtype=np.int64)
    after = np.take_along_axis(by_centre, np.maximum(centre, 0), axis=1)
    return Ways(cost, centre, np.where(centre >= 0, after, which))


class Flat:
    """The customers of the one stage that is left: each product of which a customer has any.

    Parameters
    ----------
    problem
        What is asked.
    """

    def __init__(self, problem: StagedProblem) -> None:
        self._problem = problem
        self.product, self.customer = np.nonzero(problem.demand > 0)
        self.demand: Floats = problem.demand[self.product, self.customer]
        self._base: Floats = self.demand[:, None] * problem.serve_cost[self.product, self.customer]

    def problem(self, ways_cost: Floats) -> FacilityLocationProblem:
        """Return the problem of one stage where a unit of each product costs so much beyond each station.

        Limits of single products at the stations are left out, so that its bound holds for the staged problem.
        """
        stage = self._problem.stations
        return FacilityLocationProblem(
            demand=self.demand,
            serve_cost=self._base + self.demand[:, None] * ways_cost[self.product],
            options=stage.options,
            single_source=self._problem.single_source,
            must_open=stage.must_open,
            must_not_open=stage.must_not_open,
            quotas=stage.quotas,
            name=self._problem.name,
        )
