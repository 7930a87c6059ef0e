"""Measure one instance with one seed: what a row's kind comes to."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.cities import planned_city, planned_sites
from benchmarks.kept import ROOT, Line
from benchmarks.row import Kind, Row
from benchmarks.siting import SPOPT, measure_town, median_of_file
from benchmarks.synthetic_city import grid_problem
from benchmarks.synthetic_night import night_problem, relaxed
from benchmarks.synthetic_town import town_problem
from optimizer.engines import vehicle_routing
from optimizer.engines.arc_routing import ArcRoutingProblem, Engine, Limits, RoutePlan, faults, solve
from optimizer.engines.arc_routing.bounds import lower_bound
from optimizer.engines.instances import solve_file
from optimizer.engines.instances.reading import read_instance
from optimizer.engines.instances.site_instance import SiteInstance
from optimizer.engines.instances.solving import Solved
from optimizer.engines.instances.stop_instance import StopInstance
from optimizer.engines.instances.street_instance import StreetInstance

DATA = Path(os.environ.get("JINGCHENG_SHARED", ROOT.parent / "shared"))
# A plan is good where it is within this factor of its bound.
GOOD = 1.05
# Seconds that the bound of a generated network may take, beside those of the search.
BOUND_S = 600.0


@dataclass(frozen=True, slots=True)
class Case:
    """One instance and seed of a row.

    Parameters
    ----------
    name
        Of the instance.
    seed
        For the dice.
    path
        Its file; None where it is generated.
    size
        About how many tasks a generated one has.
    """

    name: str
    seed: int
    path: Path | None = None
    size: int = 0


def cases(row: Row) -> list[Case]:
    """Return the instances of a row with each seed, seeds of one instance side by side."""
    if row.kind in (Kind.CITY, Kind.SITING):
        return [Case("city", seed) for seed in row.seeds]
    if row.sizes:
        return [Case(str(size), seed, size=size) for size in row.sizes for seed in row.seeds]
    folders = [DATA / "benchmarks" / folder for folder in row.files]
    paths = [p for folder in folders for p in sorted(folder.glob(row.pattern)) if p.suffix in (".dat", ".txt", ".vrp", "")]
    return [Case(path.stem, seed, path) for path in paths[:: row.every] for seed in row.seeds]


def missing(row: Row) -> Path | None:
    """Return the folder of shared data that a row needs and that is not there."""
    folders = [DATA / "benchmarks" / folder for folder in row.files]
    return next((folder for folder in folders if not folder.is_dir()), None)


def best_known(path: Path) -> float | None:
    """Return the best known value of an instance file, from the table beside it; of two objectives, the distance alone."""
    for folder in path.parents[:3]:
        table = folder / "best_known.csv"
        if table.exists():
            with table.open(encoding="utf-8") as lines:
                for entry in csv.DictReader(lines):
                    is_it = entry["instance"].split("/")[-1].lower() == path.stem.lower()
                    if is_it and entry["best_known"] and not entry.get("objective", "").startswith("vehicles"):
                        return float(entry["best_known"])
    return None


def measure(row: Row, case: Case, limits: Limits) -> Line:
    """Return what one run comes to, ready to be kept."""
    by_kind = {
        Kind.FILES: _solved,
        Kind.BOUND: _bounded,
        Kind.MIXED: _mixed,
        Kind.GROWTH: _grown,
        Kind.WASTE: _collected,
        Kind.NIGHT: _night,
    }
    by_seed = {Kind.CITY: planned_city, Kind.SITING: planned_sites}
    if row.kind in by_seed:
        found = by_seed[row.kind](row, case.seed, limits)
    elif row.kind is Kind.SITES:
        found = measure_town(row, case.size, case.seed, limits)
    else:
        found = by_kind[row.kind](row, case, limits)
    return {"case": case.name, "seed": case.seed, **found}


def _solve(row: Row, case: Case, limits: Limits) -> Solved:
    assert case.path is not None
    return solve_file(
        case.path,
        time_limit_s=limits.time_limit_s,
        work_limit=limits.work_limit,
        seed=case.seed,
        threads=row.threads,
        engine=row.engine,
        capacity=row.capacity,
    )


def _solved(row: Row, case: Case, limits: Limits) -> Line:
    assert case.path is not None
    if row.engine == SPOPT:
        _, instance = read_instance(case.path, row.capacity)
        assert isinstance(instance, SiteInstance)
        return {**median_of_file(instance.problem, limits), "best_known": best_known(case.path)}
    solved = _solve(row, case, limits)
    return {
        "objective": solved["objective"],
        "bound": solved["bound"],
        "seconds": solved["seconds"],
        "threads": solved["threads"],
        "feasible": solved["feasible"],
        "best_known": best_known(case.path),
    }


def _collected(row: Row, case: Case, limits: Limits) -> Line:
    """Solve a file of waste collection, where fewer vehicles come before fewer miles."""
    assert case.path is not None
    solved = _solve(row, case, limits)
    return {
        "objective": solved["objective"],
        "vehicles": len(solved["solution"]["routes"]),
        "seconds": solved["seconds"],
        "threads": solved["threads"],
        "feasible": solved["feasible"],
        "unserved": len(solved["unserved"]),
        "known": heuristic_of_2006(case.path),
    }


def heuristic_of_2006(path: Path) -> tuple[int, float] | None:
    """Return vehicles and miles of the better heuristic, of those whose vehicles can carry all within the file's day."""
    _, instance = read_instance(path, None)
    assert isinstance(instance, StopInstance)
    problem = instance.problem
    most = problem.groups[0].most_on_route(0)
    least = 1 if most is None else -(-int(problem.stops.demand[:, 0].sum()) // most)
    with (path.parent / "reference_results.csv").open(encoding="utf-8") as lines:
        found = [
            (int(entry["vehicles"]), float(entry["total_distance_mile"]))
            for entry in csv.DictReader(lines)
            if entry["instance"] == path.stem
        ]
    return min((pair for pair in found if pair[0] >= least), default=None)


def _night(row: Row, case: Case, limits: Limits) -> Line:
    """Plan a generated night; a peer gets it relaxed to what it can be told. Costs count the same either way."""
    whole = night_problem(case.size, case.seed)
    problem = relaxed(whole) if row.peer else whole
    result = vehicle_routing.solve(problem, limits=limits, seed=case.seed, engine=Engine(row.engine), threads=row.threads)
    return {
        "objective": vehicle_routing.plan_cost(whole, result.plan),
        "bound": result.bound,
        "seconds": result.seconds,
        "threads": result.threads,
        "feasible": not vehicle_routing.faults(problem, result.plan, claimed_cost=result.cost),
        "faults": len(vehicle_routing.faults(whole, result.plan)),
        "served": len(result.plan.served),
        "tasks": whole.n_stops,
        "vehicles": len(result.plan.routes),
        "trips": sum(route.n_trips for route in vehicle_routing.measures(whole, result.plan)),
    }


def _bounded(row: Row, case: Case, limits: Limits) -> Line:
    assert case.path is not None
    began_s = perf_counter()
    limit_s = limits.time_limit_s if limits.time_limit_s is not None else 0.0
    _, instance = read_instance(case.path, None)
    assert isinstance(instance, StreetInstance)
    bound = lower_bound(instance.problem, lambda: perf_counter() - began_s > limit_s)
    return {"bound": bound, "seconds": perf_counter() - began_s, "best_known": best_known(case.path)}


def _mixed(row: Row, case: Case, limits: Limits) -> Line:
    """Solve a mixed network; kerbs that nothing can reach are no fault, the same for every engine."""
    problem = mixed_problem(case.size, case.seed)
    result = solve(problem, limits=limits, seed=case.seed, engine=Engine(row.engine), threads=row.threads)
    wrong = faults(problem, result.plan, claimed_cost=result.cost)
    n_served, n_all = len(result.plan.served), problem.n_tasks
    return {
        "objective": result.cost,
        "bound": result.bound,
        "seconds": result.seconds,
        "threads": row.threads,
        "feasible": not wrong,
        "served": n_served,
        "tasks": n_all,
    }


def mixed_problem(n_tasks: int, seed: int) -> ArcRoutingProblem:
    """Return about so many mixed tasks with dumps and shifts, all of which some vehicle can serve."""
    side = max(3, round((n_tasks / 2.98) ** 0.5))
    problem = grid_problem(side, side, seed, n_vehicles=None, serve_all=True)
    lost = [u.task for u in solve(problem, limits=Limits(work_limit=0)).unserved]
    return without(problem, lost)


def without(problem: ArcRoutingProblem, tasks: list[int]) -> ArcRoutingProblem:
    """Return a problem with some of its tasks left away."""
    keep = np.setdiff1d(np.arange(problem.n_tasks), tasks)
    rows = problem.tasks
    names = ("entry", "exit", "cost", "time_s", "reversible", "demand", "value")
    return replace(problem, tasks=replace(rows, **{name: getattr(rows, name)[keep] for name in names}))


class FirstGood:
    """A monitor that notes when the cost first fell to a wanted value, and ends the search there."""

    def __init__(self, wanted: float, n_tasks: int) -> None:
        self.wanted = wanted
        self.n_tasks = n_tasks
        self.began_s = perf_counter()
        self.at_s: float | None = None

    @property
    def stopped(self) -> bool:
        """Whether it was reached."""
        return self.at_s is not None

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Look at a better plan."""
        is_good = objective is not None and objective <= self.wanted
        if self.at_s is None and is_good and isinstance(incumbent, RoutePlan) and len(incumbent.served) == self.n_tasks:
            self.at_s = perf_counter() - self.began_s


def _grown(row: Row, case: Case, limits: Limits) -> Line:
    """Take the bound first, then the seconds until a plan is near it.

    The time limit is that of the largest; smaller ones get their share of it by size, since a search that may take long
    takes its time.
    """
    problem = town_problem(case.size, case.seed)
    began_s = perf_counter()
    bound_s = BOUND_S if limits.work_limit is None else 0.0
    bound = lower_bound(problem, lambda: perf_counter() - began_s > bound_s)
    took_s = perf_counter() - began_s
    if limits.time_limit_s is not None:
        limits = replace(limits, time_limit_s=limits.time_limit_s * case.size / max(row.sizes))
    monitor = FirstGood(GOOD * (bound or 0), problem.n_tasks)
    result = solve(problem, limits=limits, seed=case.seed, monitor=monitor, threads=row.threads)
    return {
        "tasks": problem.n_tasks,
        "bound": bound,
        "bound_seconds": took_s,
        "good_seconds": monitor.at_s,
        "objective": result.cost,
        "seconds": result.seconds,
        "threads": row.threads,
        "feasible": not faults(problem, result.plan, claimed_cost=result.cost),
    }


def lines_of(row: Row, done: set[tuple[str, int]], limits: Limits, first: int | None) -> Iterator[Line]:
    """Yield what each case comes to that is not done yet, of the first so many instances."""
    names = list(dict.fromkeys(case.name for case in cases(row)))[:first]
    for case in cases(row):
        if case.name in names and (case.name, case.seed) not in done:
            yield measure(row, case, limits)
