from __future__ import annotations

from dataclasses import dataclass, field

from optimizer.engines.arc_routing import Engine, Limits, Outcome, RoutePlan, VehicleGroup, faults, solve
from optimizer.engines.limits import ROUTING
from optimizer.monitor import Monitor
from tests.optimizer.engines.cases import random_problem, ring


@dataclass
class Noting:
    """Notes all reports and asks to stop after some of them."""

    stop_after: int
    fractions: list[float] = field(default_factory=list)
    plans: list[RoutePlan] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        return len(self.fractions) >= self.stop_after

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        assert message
        assert objective is not None
        assert bound is not None
        self.fractions.append(fraction)
        if isinstance(incumbent, RoutePlan):
            self.plans.append(incumbent)


def test_reports_carry_growing_shares_and_right_plans() -> None:
    problem = random_problem(11)
    monitor: Monitor = (noting := Noting(10**9))
    solve(problem, limits=Limits(time_limit_s=0.6), monitor=monitor)
    assert noting.fractions == sorted(noting.fractions)
    assert 0 < noting.fractions[-1] <= 1
    assert noting.plans
    assert all(faults(problem, plan) == [] for plan in noting.plans)


def test_stop_keeps_the_best() -> None:
    problem = random_problem(11)
    for engine in ROUTING:
        asked = random_problem(11, dumps=engine is Engine.JINGCHENG)
        result = solve(asked, monitor=Noting(1), limits=Limits(time_limit_s=60), engine=engine)
        assert result.outcome is Outcome.STOPPED
        assert faults(asked, result.plan, claimed_cost=result.cost) == []
        assert result.seconds < 30
    assert problem.n_tasks


def test_stopped_before_it_began_gives_back_the_start() -> None:
    problem = ring(VehicleGroup(0, 0, (4,)))
    start = solve(problem, limits=Limits(work_limit=50)).plan
    for given, n_left in ((None, 4), (start, 0)):
        result = solve(problem, monitor=Noting(0), start=given)
        assert result.outcome is Outcome.STOPPED
        assert len(result.unserved) == n_left
    assert result.cost == 40
