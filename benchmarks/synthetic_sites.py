"""Generated towns of customers and sites, for maximal covering, p-medians, and sites with capacities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.coverage import Aim, CoverageProblem, Step, lists_within
from optimizer.engines.facility_location import FacilityLocationProblem, Options

Floats = NDArray[np.float64]
# How far a site of a covering problem reaches.
REACH_M = 950.0
# The side of the square in which customers and sites with costs stand.
SIDE_M = 20_000.0


def covering_town(n_sites: int, n_customers: int, seed: int) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Return customers and sites in metres, and weights: customers in clusters, about 14 sites in reach of each."""
    rng = np.random.default_rng(seed)
    side_m = 10_000.0 * (n_sites / 500) ** 0.5
    centres_m = rng.uniform(0, side_m, (max(4, n_customers // 250), 2))
    spread_m = rng.normal(0, 600.0, (n_customers, 2))
    customer_xy_m = np.clip(centres_m[rng.integers(0, len(centres_m), n_customers)] + spread_m, 0, side_m)
    site_xy_m = rng.uniform(0, side_m, (n_sites, 2))
    return customer_xy_m, site_xy_m, rng.integers(1, 100, n_customers)


def sites_problem(n_sites: int, n_customers: int, n_open: int, seed: int = 1) -> CoverageProblem:
    """Return a problem of `n_open` sites for the most weight within reach."""
    customer_xy_m, site_xy_m, weight = covering_town(n_sites, n_customers, seed)
    return CoverageProblem(
        Aim.MAXIMAL,
        lists_within(customer_xy_m, site_xy_m, REACH_M),
        (Step(REACH_M),),
        cost=np.ones(n_sites, dtype=np.int64),
        weight=weight,
        most_open=n_open,
        name=f"{n_sites}x{n_customers}",
    )


def distances_m(a_xy_m: Floats, b_xy_m: Floats) -> Floats:
    """Return straight distances, shape (n_a, n_b)."""
    found: Floats = np.hypot(a_xy_m[:, None, 0] - b_xy_m[None, :, 0], a_xy_m[:, None, 1] - b_xy_m[None, :, 1])
    return found


def median_problem(n_sites: int, n_customers: int, n_open: int, seed: int = 1) -> FacilityLocationProblem:
    """Return a p-median of customers and sites anywhere in a square, customers of different weight."""
    rng = np.random.default_rng(seed)
    distance_m = distances_m(rng.uniform(0, SIDE_M, (n_customers, 2)), rng.uniform(0, SIDE_M, (n_sites, 2)))
    distance_m *= rng.integers(1, 100, n_customers)[:, None]
    options = Options(np.arange(n_sites), np.zeros(n_sites), np.full(n_sites, np.inf))
    return FacilityLocationProblem(np.ones(n_customers), distance_m, options, n_open=n_open)


def capacitated_problem(n_sites: int, n_customers: int, seed: int = 1, *, single: bool = False) -> FacilityLocationProblem:
    """Return sites of which about every eighth carries all; larger ones cost less for what they take."""
    rng = np.random.default_rng(seed)
    distance_m = distances_m(rng.uniform(0, SIDE_M, (n_customers, 2)), rng.uniform(0, SIDE_M, (n_sites, 2)))
    demand = rng.integers(1, 100, n_customers).astype(float)
    capacity = rng.uniform(0.5, 1.5, n_sites) * demand.sum() / (n_sites / 8)
    fixed = rng.uniform(0.6, 1.4, n_sites) * demand.sum() * 20 * np.sqrt(capacity / capacity.mean())
    options = Options(np.arange(n_sites), fixed, capacity)
    return FacilityLocationProblem(demand, distance_m * demand[:, None] / 100, options, single_source=single)
