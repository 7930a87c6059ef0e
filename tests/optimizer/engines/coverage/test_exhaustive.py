from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optimizer.engines.coverage import Aim, Engine, Limits, Outcome, faults, solve
from tests.optimizer.engines.coverage_cases import random_problem
from tests.optimizer.engines.coverage_exhaustive import best_of_all

LIMITS = Limits(work_limit=400)


@pytest.mark.parametrize("aim", Aim)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
@example(seed=0)
def test_the_search_finds_the_best_of_all_plans_and_its_bound_never_lies(aim: Aim, seed: int) -> None:
    problem = random_problem(aim, seed)
    best = best_of_all(problem)
    result = solve(problem, limits=LIMITS)
    if best is None:
        assert result.outcome is Outcome.INFEASIBLE
        assert faults(problem, result.plan)
        return
    assert result.objective == best
    assert faults(problem, result.plan, claimed=best) == []
    assert result.bound is not None
    assert result.bound >= best if aim is Aim.MAXIMAL else result.bound <= best


@pytest.mark.parametrize("engine", [Engine.HIGHS, Engine.ORTOOLS])
@pytest.mark.parametrize("aim", Aim)
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_other_engines_prove_the_same(aim: Aim, engine: Engine, seed: int) -> None:
    problem = random_problem(aim, seed)
    best = best_of_all(problem)
    result = solve(problem, limits=Limits(work_limit=10_000), engine=engine)
    if best is None:
        assert result.outcome is Outcome.INFEASIBLE
        return
    assert (result.outcome, result.objective, result.bound) == (Outcome.OPTIMAL, best, best)
