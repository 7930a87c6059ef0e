"""Answers that a person can check, bounds against all choices of sites, and what holds of any problem."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from layers.errors import ParameterError
from optimizer.engines.facility_location import (
    Engine,
    FacilityLocationProblem,
    Limits,
    Options,
    Outcome,
    Quota,
    Result,
    Rule,
    faults,
    solve,
)
from optimizer.engines.facility_location.lagrangian import Lagrangian
from optimizer.monitor import Silent
from tests.optimizer.engines.facility_location.test_checker import PROBLEM

WORK = Limits(work_limit=400)


def scattered(seed: int, n: int = 12, m: int = 6, capacity: float = np.inf) -> FacilityLocationProblem:
    rng = np.random.default_rng(seed)
    cost = np.rint(100 * np.abs(rng.random((n, 1)) - rng.random(m)))
    options = Options(np.arange(m), rng.integers(20, 60, m).astype(float), np.full(m, capacity))
    return FacilityLocationProblem(rng.integers(1, 9, n).astype(float), cost, options)


def checked(problem: FacilityLocationProblem, engine: Engine = Engine.JINGCHENG) -> Result:
    result = solve(problem, limits=WORK, engine=engine)
    assert result.plan is not None
    assert result.cost is not None
    assert faults(problem, result.plan, claimed_cost=result.cost) == ()
    assert result.bound is None or result.bound <= result.cost + 1e-6
    return result


def cost_of(problem: FacilityLocationProblem) -> float:
    cost = checked(problem).cost
    assert cost is not None
    return cost


def least(problem: FacilityLocationProblem) -> float:
    """Return the least cost without capacities, by trying all sets of sites."""
    sizes = range(1, problem.n_sites + 1) if problem.n_open is None else [problem.n_open]
    sets = [list(some) for n in sizes for some in combinations(range(problem.n_sites), n)]
    return min(float(problem.options.fixed_cost[s].sum() + problem.serve_cost[:, s].min(axis=1).sum()) for s in sets)


@pytest.mark.parametrize("engine", [Engine.JINGCHENG, Engine.HIGHS, Engine.ORTOOLS])
def test_the_cheapest_plan_is_found_and_proven(engine: Engine) -> None:
    result = checked(PROBLEM, engine)
    # Each customer from its own site, the first in the small size: 3 + 3 + 3 and 1 + 1 + 1. Two sites cost 13.
    assert (result.cost, result.outcome) == (12.0, Outcome.OPTIMAL)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("n_open", [None, 2])
def test_sites_without_capacity_are_chosen_as_by_trying_all(seed: int, n_open: int | None) -> None:
    problem = replace(scattered(seed), n_open=n_open)
    result = checked(problem)
    assert result.cost == pytest.approx(least(problem))
    assert result.outcome is Outcome.OPTIMAL


@pytest.mark.parametrize("single_source", [False, True])
@pytest.mark.parametrize("seed", range(2))
def test_capacities_are_kept_and_proven_as_by_highs(seed: int, single_source: bool) -> None:
    problem = replace(scattered(seed, capacity=25.0), single_source=single_source)
    assert checked(problem).cost == pytest.approx(checked(problem, Engine.HIGHS).cost)


@pytest.mark.parametrize("seed", range(3))
def test_the_bound_of_prices_is_below_the_optimum_and_fixes_no_site_wrongly(seed: int) -> None:
    problem = scattered(seed)
    best, lagrangian = least(problem), Lagrangian(problem)
    for _ in range(60):
        lagrangian.round(best * 1.2)
    assert lagrangian.best.value <= best + 1e-6
    for j in range(problem.n_sites):
        assert lagrangian.raised_open[j] <= cost_of(replace(problem, must_open=(j,))) + 1e-6
        assert lagrangian.raised_close[j] <= cost_of(replace(problem, must_not_open=(j,))) + 1e-6


def test_quotas_locks_and_distances_between_sites_are_kept() -> None:
    problem = replace(
        scattered(5), quotas=(Quota((0, 1, 2), 2), Quota((3, 4, 5), 0, 1)), apart=((0, 1),), must_not_open=(3,)
    )
    result = checked(problem)
    assert result.outcome is Outcome.OPTIMAL
    assert {why.rule for why in result.not_open if why.site == 3} == {Rule.MUST_NOT}
    # Of sites 0 and 1 one is open, so that the quota needs site 2, but no site by itself, as it has three.
    assert 2 in {why.site for why in result.is_open}
    locked = checked(replace(problem, quotas=(Quota((0, 2), 2),), must_open=(5,)))
    assert {why.site: why.rule for why in locked.is_open if why.site in (0, 2, 5)} == {
        0: Rule.QUOTA_NEEDED,
        2: Rule.QUOTA_NEEDED,
        5: Rule.MUST,
    }


@pytest.mark.parametrize("engine", [Engine.JINGCHENG, Engine.HIGHS, Engine.ORTOOLS])
def test_an_existing_site_is_kept_where_closing_it_costs_more(engine: Engine) -> None:
    # Site 0 serves customer 0 at 1, site 1 both at 1 and 1. Keeping 0 costs 4, opening 1 costs 2: alone that is 4.
    options = Options(np.arange(2), np.array([4.0, 2.0]), np.full(2, np.inf))
    problem = FacilityLocationProblem(np.ones(2), np.array([[1.0, 1.0], [9.0, 1.0]]), options)
    closed = checked(replace(problem, closing_cost=np.array([3.0, 0.0])), engine)
    assert closed.cost == 7.0
    assert closed.plan is not None
    assert closed.plan.options == (1,)
    # Where closing it costs 5, keeping both costs 4 + 2 + 1 + 1, closing it 9.
    kept = checked(replace(problem, closing_cost=np.array([5.0, 0.0])), engine)
    assert kept.cost == 8.0
    assert kept.outcome is Outcome.OPTIMAL


@pytest.mark.parametrize("engine", [Engine.JINGCHENG, Engine.HIGHS, Engine.ORTOOLS])
def test_a_quota_of_works_is_met_by_the_cheapest_of_them(engine: Engine) -> None:
    # Each of three sites can be kept at 0 or rebuilt at 5, 3 and 4: two rebuilt cost 7, where serving costs 1 each.
    options = Options(np.array([0, 1, 2, 0, 1, 2]), np.array([0.0, 0.0, 0.0, 5.0, 3.0, 4.0]), np.full(6, np.inf))
    cost = np.where(np.eye(3) > 0, 1.0, 20.0)
    problem = FacilityLocationProblem(np.ones(3), cost, options, quotas=(Quota(options=(3, 4, 5), at_least=2),))
    result = checked(problem, engine)
    assert result.plan is not None
    assert (result.cost, result.plan.options, result.outcome) == (10.0, (0, 4, 5), Outcome.OPTIMAL)


@pytest.mark.parametrize("seed", range(2))
def test_quotas_that_overlap_are_kept_as_by_highs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = scattered(seed, capacity=25.0)
    both = Options(np.tile(np.arange(6), 2), np.tile(problem.options.fixed_cost, 2) * 1.3, np.repeat([15.0, 30.0], 6))
    quotas = (Quota((0, 1, 2), 1, 2), Quota((2, 3, 4), 2), Quota((5,), options=(6, 7, 8), at_least=2, at_most=3))
    problem = replace(problem, options=both, quotas=quotas, closing_cost=rng.integers(0, 30, 6).astype(float))
    ours, theirs = checked(problem), checked(problem, Engine.HIGHS)
    assert ours.cost == pytest.approx(theirs.cost)
    assert ours.outcome is Outcome.OPTIMAL


def test_the_bound_with_priced_rules_holds_for_each_site_turned() -> None:
    problem = scattered(2, capacity=25.0)
    quotas = (Quota((0, 1, 2), 2, 2), Quota((2, 3), 1), Quota(options=(4, 5), at_least=1))
    problem = replace(problem, quotas=quotas, closing_cost=np.full(6, 10.0))
    best, lagrangian = cost_of(problem), Lagrangian(problem)
    for _ in range(80):
        lagrangian.round(best * 1.1)
    assert 0.8 * best <= lagrangian.best.value <= best + 1e-6
    for j in (1, 3, 4):
        forced_in = solve(replace(problem, must_open=(j,)), limits=WORK, engine=Engine.HIGHS).cost
        forced_out = solve(replace(problem, must_not_open=(j,)), limits=WORK, engine=Engine.HIGHS).cost
        assert forced_in is None or lagrangian.raised_open[j] <= forced_in + 1e-6
        assert forced_out is None or lagrangian.raised_close[j] <= forced_out + 1e-6


@pytest.mark.parametrize("seed", range(2))
def test_one_site_more_never_costs_more_and_a_closed_one_serves_nobody(seed: int) -> None:
    problem = scattered(seed)
    fewer = checked(replace(problem, must_not_open=(0,)))
    assert fewer.cost is not None
    assert cost_of(problem) <= fewer.cost + 1e-6
    assert fewer.plan is not None
    assert all(supply.site != 0 for supply in fewer.plan.supplies)


def test_forcing_a_site_in_or_out_costs_at_least_what_is_said() -> None:
    problem = scattered(1)
    result = checked(problem)
    assert result.cost is not None
    sites = [one.site for one in result.not_open] + [one.site for one in result.is_open]
    assert sorted(sites) == list(range(problem.n_sites))
    assert any(one.rule is Rule.WORTH for one in result.is_open)
    for one in result.is_open:
        forced = cost_of(replace(problem, must_not_open=(one.site,)))
        assert forced >= result.cost + (one.extra_cost or 0.0) - 1e-6
    for why in result.not_open:
        forced = cost_of(replace(problem, must_open=(why.site,)))
        assert forced >= result.cost + (why.extra_cost or 0.0) - 1e-6


def test_the_same_work_gives_the_same_plan_and_a_start_is_never_made_worse() -> None:
    problem = scattered(2, capacity=25.0)
    first = checked(problem)
    assert checked(problem).plan == first.plan
    assert solve(problem, limits=Limits(work_limit=0), start=first.plan).cost == first.cost


def test_a_stopped_search_hands_back_the_start() -> None:
    class Stopped(Silent):
        stopped = True

    result = solve(PROBLEM, monitor=Stopped())
    assert (result.outcome, result.plan) == (Outcome.STOPPED, None)
    with pytest.raises(ParameterError, match="engine pyvrp"):
        solve(PROBLEM, engine=Engine.PYVRP)
