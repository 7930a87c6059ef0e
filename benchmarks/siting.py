"""Measure a row of siting: generated towns beside peers."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from benchmarks.kept import Line
from benchmarks.row import Row
from benchmarks.spopt_peer import Sited, covering_with_spopt, median_with_spopt
from benchmarks.synthetic_sites import (
    REACH_M,
    capacitated_problem,
    covering_town,
    distances_m,
    median_problem,
    sites_problem,
)
from optimizer.engines import coverage, facility_location
from optimizer.engines.limits import Engine, Limits
from optimizer.monitor import Silent

SPOPT = "spopt"


class LastBetter(Silent):
    """A monitor that notes when the plan was last bettered."""

    def __init__(self) -> None:
        self._began_s = perf_counter()
        self._best: float | None = None
        self.at_s: float | None = None

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Note the time of an objective that is new."""
        if objective is not None and objective != self._best:
            self._best, self.at_s = objective, perf_counter() - self._began_s


def measure_town(row: Row, n_open: int, seed: int, limits: Limits) -> Line:
    """Return what one run on a generated town comes to; what is covered is to be much, what is paid little."""
    asked, sites, customers = row.words
    n_sites, n_customers = int(sites), int(customers)
    if asked == "covering":
        return _covering(row, (n_sites, n_customers, n_open, seed), limits)
    if asked == "median":
        return _located(row, median_problem(n_sites, n_customers, n_open, seed), seed, limits)
    return _located(row, capacitated_problem(n_sites, n_customers, seed, single=asked == "single"), seed, limits)


def _covering(row: Row, town: tuple[int, int, int, int], limits: Limits) -> Line:
    problem = sites_problem(*town)
    if row.engine == SPOPT:
        n_sites, n_customers, n_open, seed = town
        customer_xy_m, site_xy_m, weight = covering_town(n_sites, n_customers, seed)
        far_m = distances_m(customer_xy_m, site_xy_m)
        found = covering_with_spopt(far_m, weight.astype(float), n_open, REACH_M, _seconds(limits))
        plan = None if found.chosen is None else coverage.CoveragePlan(found.chosen)
        objective = None if plan is None else coverage.objective(problem, plan)
        sound = plan is not None and not coverage.faults(problem, plan)
        return run_line(objective, objective if found.proven else None, found.seconds, is_feasible=sound)
    clock = LastBetter()
    result = coverage.solve(problem, limits=limits, seed=town[-1], engine=Engine(row.engine), monitor=clock)
    sound = not coverage.faults(problem, result.plan, claimed=result.objective)
    line = run_line(result.objective, result.bound, result.seconds, is_feasible=sound)
    return {**line, "best_seconds": clock.at_s}


def _located(row: Row, problem: facility_location.FacilityLocationProblem, seed: int, limits: Limits) -> Line:
    result = facility_location.solve(problem, limits=limits, seed=seed, engine=Engine(row.engine), threads=row.threads)
    sound = result.plan is not None and not facility_location.faults(problem, result.plan, claimed_cost=result.cost)
    return run_line(result.cost, result.bound, result.seconds, is_feasible=sound)


def median_of_file(problem: facility_location.FacilityLocationProblem, limits: Limits) -> Line:
    """Return what spopt makes of a p-median from a file; its cost is counted from the sites that it opens."""
    assert problem.n_open is not None
    found: Sited = median_with_spopt(problem.serve_cost, np.ones(problem.n_customers), problem.n_open, _seconds(limits))
    if found.chosen is None:
        return run_line(None, None, found.seconds, is_feasible=False)
    cost = float(problem.serve_cost[:, list(found.chosen)].min(axis=1).sum())
    is_sound = len(found.chosen) == problem.n_open
    return run_line(cost, cost if found.proven else None, found.seconds, is_feasible=is_sound)


def run_line(objective: float | None, bound: float | None, seconds: float, *, is_feasible: bool) -> Line:
    """Return the figures of a run, with the proven gap in percent; of much and of little alike."""
    gap = (
        None if objective is None or bound is None else 100 * abs(objective - bound) / max(1e-9, abs(objective), abs(bound))
    )
    told = {"objective": objective, "bound": bound, "proven_gap": gap}
    return {**told, "seconds": seconds, "threads": 1, "feasible": is_feasible}


def _seconds(limits: Limits) -> float:
    """Return the seconds that a peer gets that knows no other limit."""
    return limits.time_limit_s if limits.time_limit_s is not None else 1.0
