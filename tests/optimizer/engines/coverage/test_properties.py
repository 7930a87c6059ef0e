"""What must hold of every problem, on small ones that are solved to proof."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.engines.coverage import Aim, CoverageProblem, Limits, Outcome, Result, Step, n_covering, serving, solve
from tests.optimizer.engines.coverage_cases import random_problem

SEEDS = st.integers(0, 10**6)
FEW = settings(max_examples=15, deadline=None)


def proven(problem: CoverageProblem) -> Result | None:
    """Return the result where it is proven best; None where there is no plan."""
    result = solve(problem, limits=Limits(work_limit=600))
    return result if result.outcome is Outcome.OPTIMAL else None


def objective(result: Result | None) -> float:
    assert result is not None
    assert result.objective is not None
    return result.objective


@FEW
@given(SEEDS)
def test_one_site_more_never_covers_less(seed: int) -> None:
    problem = random_problem(Aim.MAXIMAL, seed)
    assert problem.most_open is not None
    if (before := proven(problem)) is not None:
        assert objective(proven(replace(problem, most_open=problem.most_open + 1))) >= objective(before)


@FEW
@given(SEEDS)
def test_a_larger_radius_never_covers_less(seed: int) -> None:
    problem = random_problem(Aim.MAXIMAL, seed)
    wider = replace(problem, steps=tuple(Step(step.limit_m + 60, step.points) for step in problem.steps))
    if (before := proven(problem)) is not None:
        assert objective(proven(wider)) >= objective(before)


@FEW
@given(SEEDS)
def test_a_larger_radius_never_costs_more(seed: int) -> None:
    problem = random_problem(Aim.SET_COVER, seed)
    if (before := proven(problem)) is not None:
        assert objective(proven(replace(problem, steps=(Step(problem.steps[0].limit_m + 60),)))) <= objective(before)


@FEW
@given(SEEDS)
def test_one_site_more_never_makes_the_longest_way_longer(seed: int) -> None:
    problem = random_problem(Aim.P_CENTRE, seed)
    assert problem.most_open is not None
    if (before := proven(problem)) is not None:
        assert objective(proven(replace(problem, most_open=problem.most_open + 1))) <= objective(before)


@FEW
@given(SEEDS)
def test_a_closed_site_covers_nobody(seed: int) -> None:
    problem = random_problem(Aim.MAXIMAL, seed)
    if (found := proven(problem)) is None:
        return
    served = serving(problem, found.plan)
    assert set(served.tolist()) <= {-1, *found.plan.sites}
    # Without the closed sites' entries nothing changes.
    kept = np.isin(problem.reach.sites, found.plan.sites)
    counts = np.bincount(problem.reach.customers[kept], minlength=problem.n_customers)
    reach = replace(
        problem.reach,
        offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        sites=problem.reach.sites[kept],
        distance_m=problem.reach.distance_m[kept],
    )
    limit_m = problem.steps[0].limit_m
    assert (n_covering(replace(problem, reach=reach), found.plan, limit_m) == n_covering(problem, found.plan, limit_m)).all()
