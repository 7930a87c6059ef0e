from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from benchmarks.synthetic_sites import sites_problem
from layers.errors import ParameterError
from optimizer.engines.coverage import Aim, CoveragePlan, CoverageProblem, Engine, Limits, Outcome, faults, objective, solve
from optimizer.engines.limits import LOCATION
from tests.optimizer.engines.coverage_cases import random_problem, street


@dataclass
class Noting:
    """Notes all reports and asks to stop after some of them, or after being asked so often whether to."""

    stop_after: int = 10**9
    most_asked: int = 10**9
    fractions: list[float] = field(default_factory=list)
    plans: list[CoveragePlan] = field(default_factory=list)
    n_asked: int = 0

    @property
    def stopped(self) -> bool:
        self.n_asked += 1
        return len(self.fractions) >= self.stop_after or self.n_asked > self.most_asked

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        assert message == "coverage"
        assert objective is not None
        assert bound is None or bound >= objective
        self.fractions.append(fraction)
        if isinstance(incumbent, CoveragePlan):
            self.plans.append(incumbent)


def town() -> CoverageProblem:
    return sites_problem(120, 900, 12)


def test_same_seed_and_work_same_plan() -> None:
    first, second = (solve(town(), limits=Limits(work_limit=150), seed=3) for _ in range(2))
    assert (first.plan, first.objective, first.bound) == (second.plan, second.objective, second.bound)


def test_reports_carry_growing_shares_and_better_and_better_plans() -> None:
    problem, noting = sites_problem(400, 4000, 30), Noting()
    solve(problem, limits=Limits(time_limit_s=1.0), monitor=noting)
    assert noting.fractions == sorted(noting.fractions)
    assert noting.plans
    assert all(faults(problem, plan) == [] for plan in noting.plans)
    values = [objective(problem, plan) or 0.0 for plan in noting.plans]
    assert values == sorted(values)


def test_a_start_is_never_lost() -> None:
    problem = town()
    good = solve(problem, limits=Limits(work_limit=1500))
    again = solve(problem, limits=Limits(work_limit=0), start=good.plan)
    assert again.objective == good.objective
    bad = CoveragePlan(tuple(range(problem.n_sites)))
    assert faults(problem, bad)
    assert faults(problem, solve(problem, limits=Limits(work_limit=10), start=bad).plan) == []


@pytest.mark.parametrize("engine", LOCATION)
def test_a_stop_is_obeyed_and_leaves_a_plan_that_keeps_the_rules(engine: Engine) -> None:
    problem = sites_problem(300, 3000, 20)
    result = solve(problem, monitor=Noting(most_asked=5), limits=Limits(time_limit_s=60), engine=engine)
    assert result.outcome is Outcome.STOPPED
    assert faults(problem, result.plan, claimed=result.objective) == []
    assert result.seconds < 10


@pytest.mark.parametrize("engine", LOCATION)
def test_a_limit_of_time_is_kept(engine: Engine) -> None:
    problem = sites_problem(300, 3000, 20)
    result = solve(problem, limits=Limits(time_limit_s=0.3), engine=engine)
    assert faults(problem, result.plan, claimed=result.objective) == []
    assert result.seconds < 10
    assert result.bound is None or result.objective is None or result.bound >= result.objective


def test_an_engine_that_solves_no_such_problems_is_refused() -> None:
    with pytest.raises(ParameterError, match="engine pyvrp: it solves no problems of this kind"):
        solve(street([0], [0]), engine=Engine.PYVRP)


@pytest.mark.parametrize("aim", Aim)
def test_problems_without_sites_or_customers_are_answered(aim: Aim) -> None:
    nobody = solve(street([0, 100], [], aim, most_open=1))
    assert nobody.outcome is Outcome.OPTIMAL
    nowhere = solve(street([], [0, 100], aim, most_open=1))
    assert nowhere.outcome is (Outcome.OPTIMAL if aim is Aim.MAXIMAL else Outcome.INFEASIBLE)
    assert nowhere.plan.sites == ()


@pytest.mark.parametrize("seed", range(3))
def test_a_generated_town_is_solved_to_proof_like_by_highs(seed: int) -> None:
    problem = sites_problem(60, 400, 6, seed)
    own, peer = (
        solve(problem, limits=Limits(work_limit=2000), engine=engine) for engine in (Engine.JINGCHENG, Engine.HIGHS)
    )
    assert (own.outcome, own.objective) == (peer.outcome, peer.objective) == (Outcome.OPTIMAL, peer.bound)


def test_one_seed_finds_no_plan_that_another_proves_impossible() -> None:
    problem = random_problem(Aim.MAXIMAL, 5)
    results = [solve(problem, limits=Limits(work_limit=400), seed=seed) for seed in range(3)]
    assert len({(result.outcome, result.objective) for result in results}) == 1
