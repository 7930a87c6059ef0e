"""Prices alone prove a bound that no plan undercuts, from wherever they begin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.engines.facility_location import FacilityLocationProblem, Limits, Options, prove, solve


def sized(seed: int) -> FacilityLocationProblem:
    rng = np.random.default_rng(seed)
    cost = np.hypot(*(rng.uniform(0, 60, (2, 12, 1)) - rng.uniform(0, 60, (2, 1, 4))))
    small, large = np.full(4, 12.0), np.full(4, 30.0)
    options = Options(np.repeat(np.arange(4), 2), np.tile([40.0, 70.0], 4), np.column_stack([small, large]).ravel())
    return FacilityLocationProblem(rng.integers(1, 6, 12).astype(float), cost, options)


@pytest.mark.parametrize("seed", range(4))
def test_no_plan_costs_less_whatever_prices_it_begins_with(seed: int) -> None:
    problem = sized(seed)
    best = solve(problem, limits=Limits(work_limit=400))
    assert best.cost is not None
    for prices in (None, np.zeros(12), np.full(12, 500.0), best.prices):
        proven = prove(problem, best.cost, prices=prices, limits=Limits(work_limit=60))
        assert proven.bound <= best.cost + 1e-6
        assert proven.n_steps <= 60


def test_prices_handed_in_prove_what_they_proved_before() -> None:
    problem = sized(0)
    best = solve(problem, limits=Limits(work_limit=400))
    assert best.cost is not None
    before = prove(problem, best.cost, limits=Limits(work_limit=80))
    again = prove(problem, best.cost, prices=before.prices, limits=Limits(work_limit=60))
    assert again.bound >= before.bound - 0.01 * best.cost


def test_what_sites_cost_that_are_forced_is_no_more_than_it_is() -> None:
    problem = sized(1)
    best = solve(problem, limits=Limits(work_limit=400))
    assert best.cost is not None
    assert best.plan is not None
    proven = prove(problem, best.cost, limits=Limits(work_limit=150))
    for site in range(4):
        is_open = site in best.plan.sites(problem)
        other = replace(problem, must_not_open=(site,)) if is_open else replace(problem, must_open=(site,))
        turned = solve(other, limits=Limits(work_limit=400)).cost
        assert turned is not None
        told = proven.forced_out[site] if is_open else proven.forced_in[site]
        assert told <= turned + 1e-6
