"""Large problems, planned by parts; the parts are made small here so that the tests are quick."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest

from benchmarks.synthetic_city import grid_problem
from optimizer.engines.arc_routing import ArcRoutingProblem, Limits, Lock, Outcome, Reason, decompose, faults, methods, solve
from optimizer.engines.arc_routing.deadhead import hubs_of, path_finder
from optimizer.engines.arc_routing.decompose import Patchwork, solve_by_parts
from optimizer.engines.arc_routing.regions import deal, regions
from optimizer.engines.budget import Budget


@pytest.fixture(autouse=True)
def windows_from_700_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(methods, "MOST_TASKS_IN_ONE_TABLE", 700)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decompose, "MOST_TASKS_IN_REGION", 40)
    monkeypatch.setattr(decompose, "MOST_TASKS_IN_WINDOW", 60)


def patchwork(problem: ArcRoutingProblem) -> Patchwork:
    finder = path_finder(problem.network)
    return Patchwork(problem, (hubs_of(problem, finder, bool), finder), 1)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("n_vehicles", [None, 1])
def test_parts_make_a_plan_without_faults_and_windows_make_it_no_worse(n_vehicles: int | None) -> None:
    problem = grid_problem(10, 10, 2, n_vehicles=n_vehicles, serve_all=n_vehicles is None)
    work = patchwork(problem)
    assert solve_by_parts(work, Budget(200, None, bool), bool)
    first_value, first_cost = len(work.plan.served), work.cost
    assert faults(problem, work.plan, claimed_cost=work.cost) == []
    assert solve_by_parts(work, Budget(6000, None, bool), bool)
    assert faults(problem, work.plan, claimed_cost=work.cost) == []
    if n_vehicles is None:
        assert work.n_lost == 0
        assert work.cost <= first_cost
    else:
        assert work.n_lost > 0
        assert len(work.plan.served) >= first_value * 0.8


@pytest.mark.usefixtures("small_parts")
def test_same_seed_and_work_make_the_same_large_plan() -> None:
    problem = grid_problem(8, 8, 3, n_vehicles=None, serve_all=True)
    plans = []
    for _ in range(2):
        work = patchwork(problem)
        solve_by_parts(work, Budget(1500, None, bool), bool)
        plans.append(work.plan)
    assert plans[0] == plans[1]


def test_large_problem_goes_by_parts_and_starts_where_it_is_told() -> None:
    problem = grid_problem(18, 18, 4, n_vehicles=1, serve_all=False)
    first = solve(problem, limits=Limits(work_limit=1200))
    assert first.outcome is Outcome.FEASIBLE
    assert first.bound is None
    assert faults(problem, first.plan, claimed_cost=first.cost) == []
    assert {u.reason for u in first.unserved} == {Reason.NO_ROOM}
    again = solve(problem, limits=Limits(work_limit=1200), start=first.plan, seed=2)
    assert again.value_served >= first.value_served


def test_stop_comes_at_once_while_a_large_plan_is_laid_out() -> None:
    problem = grid_problem(40, 40, 5, n_vehicles=None, serve_all=True)

    class StopSoon:
        def __init__(self) -> None:
            self.asked_s = 0.0
            self.n_asked = 0

        @property
        def stopped(self) -> bool:
            self.n_asked += 1
            if self.n_asked < 60:
                return False
            self.asked_s = self.asked_s or perf_counter()
            return True

        def report(self, *_: object, **__: object) -> None:
            pass

    monitor = StopSoon()
    result = solve(problem, monitor=monitor)
    assert perf_counter() - monitor.asked_s < 1.5  # 0.3 s on a machine of its own
    assert result.outcome is Outcome.STOPPED
    left_out = {"LEFT_OUT"}
    assert {f.kind.name for f in faults(problem, result.plan, claimed_cost=result.cost)} <= left_out
    assert len(result.unserved) == problem.n_tasks - len(result.plan.served)


def test_regions_hold_each_task_once_and_are_compact() -> None:
    problem = grid_problem(12, 12, 6, n_vehicles=None, serve_all=True)
    cut = regions(problem, np.arange(problem.n_tasks), 50, path_finder(problem.network))
    assert max(len(part) for part in cut) <= 50
    assert sorted(np.concatenate(cut)) == list(range(problem.n_tasks))
    column = problem.tasks.entry[:, 0] % 12
    spreads = [column[part].std() for part in cut]
    assert np.mean(spreads) < column.std()


def test_vehicles_are_dealt_out_by_work() -> None:
    assert deal(5, [3.0, 1.0, 1.0], [9, 9, 9]) == [3, 1, 1]
    assert deal(1, [1.0, 1.0], [9, 9]) == [1, 0]
    assert deal(2, [0.0, 0.0], [9, 9]) == [1, 1]
    assert deal(None, [1.0, 2.0], [4, 5]) == [4, 5]


def test_no_vehicle_at_all_serves_nothing() -> None:
    problem = grid_problem(18, 18, 4, n_vehicles=0, serve_all=False)
    result = solve(problem, limits=Limits(work_limit=10))
    assert result.plan.routes == ()
    assert {u.reason for u in result.unserved} == {Reason.NO_GROUP}


def test_group_rules_hold_over_all_parts() -> None:
    problem = grid_problem(18, 18, 7, n_vehicles=2, serve_all=False)
    allowed = np.ones((problem.n_tasks, 4), dtype=np.bool_)
    allowed[::2, :2] = False
    problem = replace(problem, tasks=replace(problem.tasks, allowed=allowed))
    result = solve(problem, limits=Limits(work_limit=1200))
    assert faults(problem, result.plan, claimed_cost=result.cost) == []
    assert result.plan.routes


@pytest.mark.usefixtures("small_parts")
def test_parts_keep_locks_and_orders() -> None:
    problem = grid_problem(8, 8, 3, n_vehicles=6, serve_all=False)
    n = problem.n_tasks
    locks = (Lock(0, 0, 5), Lock(n - 1, 0, 5), Lock(n // 2, 1, 0), Lock(3, 2))
    bound = replace(problem, locks=locks, orders=((5, n - 5), (n // 3, 0)))
    work = patchwork(bound)
    for n_steps in (150, 2500):
        assert solve_by_parts(work, Budget(n_steps, None, bool), bool)
        assert faults(bound, work.plan, claimed_cost=work.cost) == []
        assert {0, n - 1, n // 2, 3, 5, n - 5, n // 3} <= work.plan.served
