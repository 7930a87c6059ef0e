"""Rows of siting: towns are the same for all engines, and what is proven is told of much and of little alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks import kept, report
from benchmarks.row import Kind, Row, beside
from benchmarks.siting import measure_town, run_line
from benchmarks.synthetic_sites import capacitated_problem, covering_town, median_problem, sites_problem
from optimizer.engines.limits import Limits

COVERING = Row("covering", Kind.SITES, "all", words=("covering", "12", "60"), sizes=(3,), most_proven=0.0)
MEDIAN = replace(COVERING, name="median", words=("median", "8", "30"))
BRIEFLY = Limits(work_limit=2000)


def test_a_town_is_the_same_for_every_engine() -> None:
    ours = measure_town(COVERING, 3, 1, BRIEFLY)
    (_, theirs) = beside(COVERING, "highs")
    assert ours["feasible"]
    assert ours["objective"] == measure_town(theirs, 3, 1, Limits(time_limit_s=20.0))["objective"]


def test_of_a_median_little_is_best() -> None:
    line = measure_town(MEDIAN, 3, 1, BRIEFLY)
    assert line["feasible"]
    assert line["bound"] <= line["objective"]


def test_towns_have_the_numbers_asked_for() -> None:
    customer_xy_m, site_xy_m, weight = covering_town(12, 60, 1)
    assert (customer_xy_m.shape, site_xy_m.shape, weight.shape) == ((60, 2), (12, 2), (60,))
    assert sites_problem(12, 60, 3).most_open == 3
    assert median_problem(8, 30, 3).serve_cost.shape == (30, 8)
    problem = capacitated_problem(40, 100, single=True)
    assert problem.single_source
    assert np.sort(problem.options.capacity)[-10:].sum() >= problem.demand.sum()


def test_the_gap_is_told_of_much_and_of_little_alike() -> None:
    assert run_line(98.0, 100.0, 1.0, is_feasible=True)["proven_gap"] == 2.0
    assert run_line(100.0, 98.0, 1.0, is_feasible=True)["proven_gap"] == 2.0
    assert run_line(102.0, None, 1.0, is_feasible=True)["proven_gap"] is None


def verdict(*lines: kept.Line) -> str:
    return report._verdict(COVERING, [(COVERING, "0123456789ab", list(lines))])


def test_a_goal_of_proof_is_missed_without_a_bound_or_a_sound_plan() -> None:
    proven = run_line(100.0, 100.0, 1.0, is_feasible=True)
    assert verdict(proven).startswith("**Met**")
    assert verdict(proven, run_line(100.0, None, 1.0, is_feasible=True)).startswith("**Missed**")
    assert verdict(run_line(99.0, 100.0, 1.0, is_feasible=True)).startswith("**Missed**")
    assert verdict({**proven, "feasible": False}).startswith("**Missed**")


def test_peers_are_told_by_the_version_that_is_installed() -> None:
    assert kept.version_of("highs").startswith("highs-of-scipy-1.")
    assert kept.version_of("spopt") == "spopt-0.7.0"


def test_towns_of_different_seeds_are_different_instances() -> None:
    ours: list[kept.Line] = [{"case": "10", "seed": k, "objective": 100.0 * k, "feasible": True} for k in (1, 2)]
    assert report._beside(ours, ours, by_seed=True) == "1.0000 (2)"
