from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.measure import without
from benchmarks.synthetic_city import grid_problem
from benchmarks.synthetic_town import town_problem
from optimizer.engines.arc_routing import ArcRoutingProblem, Limits, Lock, VehicleGroup, faults, solve
from optimizer.engines.arc_routing.parts import may_be_parted
from tests.optimizer.engines.cases import STAR, Hasty, network_of, ring, tasks_of


@pytest.fixture(autouse=True)
def no_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the bound out, which takes seconds and has tests of its own."""
    monkeypatch.setattr(sys.modules[solve.__module__], "_bound", lambda *_: None)


def test_two_threads_find_what_one_finds() -> None:
    problem = town_problem(300, 1)
    one, two = (solve(problem, limits=Limits(work_limit=3_000), seed=1, threads=n) for n in (1, 2))
    assert (one.plan, one.cost, one.n_iterations) == (two.plan, two.cost, two.n_iterations)
    assert (one.threads, two.threads) == (1, 2)
    assert faults(problem, one.plan, claimed_cost=one.cost) == []
    assert one.cost < solve(problem, limits=Limits(work_limit=0), seed=1).cost


def test_shifts_dumps_and_a_short_fleet_are_kept_over_all_parts() -> None:
    problem = grid_problem(11, 11, 1, n_vehicles=1, serve_all=False)
    problem = replace(problem, groups=tuple(replace(g, shift_s=12_000) for g in problem.groups))
    assert problem.n_tasks > 240
    result = solve(problem, limits=Limits(work_limit=1_500), seed=1, threads=2)
    assert faults(problem, result.plan, claimed_cost=result.cost) == []
    assert result.value_served > 0
    assert result.unserved


def test_a_start_is_never_lost() -> None:
    problem = town_problem(300, 2)
    good = solve(problem, limits=Limits(work_limit=3_000), seed=1)
    assert solve(problem, limits=Limits(work_limit=300), seed=2, start=good.plan).cost <= good.cost


def test_it_ends_when_told_and_keeps_the_best() -> None:
    problem, monitor = town_problem(300, 3), Hasty()
    result = solve(problem, limits=Limits(time_limit_s=100), monitor=monitor)
    assert result.seconds < 50
    assert faults(problem, result.plan, claimed_cost=result.cost) == []


def test_locks_keep_a_problem_whole() -> None:
    problem = ring(VehicleGroup(0, 0, (4,)))
    assert may_be_parted(problem)
    assert not may_be_parted(replace(problem, locks=(Lock(0, 0),)))


def test_nothing_that_can_be_reached_is_no_trouble() -> None:
    streets = [(5, 6, 1)] * 300
    problem = ArcRoutingProblem(network_of(7, [*STAR, (5, 6, 1)]), tasks_of(streets), (VehicleGroup(0, 0, (9,)),))
    assert solve(problem, limits=Limits(work_limit=600)).plan.routes == ()


def test_tasks_are_left_away_with_all_their_figures() -> None:
    problem = without(grid_problem(4, 4, 1, n_vehicles=None, serve_all=True), [0, 2])
    assert problem.n_tasks == len(problem.tasks.entry) == len(problem.tasks.value)
    assert np.array_equal(problem.tasks.cost[0], grid_problem(4, 4, 1, n_vehicles=None, serve_all=True).tasks.cost[1])
