"""The front door: outcomes, bounds, limits, and what the monitor hears."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import pytest

from layers.errors import ParameterError
from optimizer.engines.limits import ROUTING
from optimizer.engines.vehicle_routing import (
    Engine,
    Limits,
    Outcome,
    RoutePlan,
    Station,
    faults,
    plan_cost,
    solve,
    timed,
)
from tests.optimizer.engines.vehicle_cases import STATION, STOP, solved, street, there_and_back, truck


class Listener:
    """Keep what is told; stop after so many incumbents."""

    def __init__(self, most: int | None = None, stopped: bool = False) -> None:
        self.most, self._stopped = most, stopped
        self.plans: list[RoutePlan] = []
        self.fractions: list[float] = []

    @property
    def stopped(self) -> bool:
        return self._stopped or (self.most is not None and len(self.plans) >= self.most)

    def report(self, fraction: float, message: str, incumbent: object | None = None, **_told: Any) -> None:
        assert message == "vehicle routing"
        self.fractions.append(fraction)
        if isinstance(incumbent, RoutePlan):
            self.plans.append(incumbent)


def test_what_meets_its_bound_is_proven() -> None:
    result = solved(street())
    assert (result.outcome, result.cost, result.bound) == (Outcome.OPTIMAL, 805, 805)


@pytest.mark.parametrize("engine", ROUTING)
def test_a_bound_is_never_above_the_cost(engine: Engine) -> None:
    result = solved(street(truck(8)), engine=engine)
    assert result.bound is not None
    assert result.bound <= result.cost


@pytest.mark.parametrize("engine", ROUTING)
def test_limits_of_no_work_and_of_no_time_are_kept(engine: Engine) -> None:
    none = solve(street(), limits=Limits(work_limit=0), engine=engine)
    assert {one.stop for one in none.unserved} == set(range(3)) - none.plan.served
    began = perf_counter()
    solve(street(truck(8)), limits=Limits(time_limit_s=0.3), engine=engine)
    assert perf_counter() - began < 5.0
    with pytest.raises(ParameterError, match="time limit"):
        Limits(time_limit_s=-1)


def test_a_start_is_never_made_worse() -> None:
    problem = street(truck(8))
    parts = [((STOP, 2), (STATION, 0), (STOP, 0), (STOP, 1), (STATION, 0)), ((STOP, 0), (STATION, 0))]
    first = timed(problem, 0, parts[0])
    assert first is not None
    start = RoutePlan((first,))
    kept = solve(problem, limits=Limits(work_limit=0), start=start)
    assert kept.cost <= plan_cost(problem, start)
    stopped = solve(problem, start=start, monitor=Listener(stopped=True))
    assert (stopped.plan, stopped.outcome) == (start, Outcome.STOPPED)


def test_the_monitor_hears_plans_without_faults_and_stops_the_search() -> None:
    listener = Listener(most=1)
    problem = street(truck(8))
    result = solve(problem, limits=Limits(time_limit_s=60), monitor=listener)
    assert result.outcome in (Outcome.STOPPED, Outcome.OPTIMAL)
    assert listener.plans
    assert not [fault for plan in listener.plans for fault in faults(problem, plan)]
    assert all(0 <= fraction <= 1 for fraction in listener.fractions)


def test_what_pyvrp_is_not_told_is_kept_too() -> None:
    problem = street(truck(8, 2), stations=(Station(4, visit_s=20, bays=1, throughput=12),))
    assert solved(problem).plan.served == {0, 1, 2}
    short = street(truck(8, 2), stations=(Station(4, visit_s=20, bays=1, throughput=11),))
    result = solved(short, may_leave=True)
    assert result.outcome is Outcome.INFEASIBLE
    assert len(result.plan.served) == 2


def test_where_not_all_need_be_served_a_full_start_is_kept() -> None:
    result = solve(street(serve_all=False), limits=Limits(work_limit=5), start=RoutePlan((there_and_back(),)))
    assert result.plan.served == {0, 1, 2}
    assert (result.value_served, len(result.unserved)) == (3, 0)
