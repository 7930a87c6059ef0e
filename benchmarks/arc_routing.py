"""Hold the arc-routing engine against public CARP files and made-up grids.

``python -m benchmarks.arc_routing egl --time-limit 60`` prints a line a file and the mean gap to the best known;
``python -m benchmarks.arc_routing --grid 100 --time-limit 60`` plans a mixed grid of some 3 x 100 x 100 tasks.
"""

from __future__ import annotations

import argparse
import csv
import os
from pathlib import Path
from time import perf_counter

from benchmarks.synthetic_city import grid_problem
from optimizer.engines.arc_routing import Limits, RoutePlan, faults, measures, solve
from optimizer.engines.arc_routing.warm import warm_up
from optimizer.engines.instances import solve_file


class FirstWhole:
    """A monitor that notes when the first plan that serves `n_wanted` tasks came."""

    stopped = False

    def __init__(self, n_wanted: int) -> None:
        self.began_s = perf_counter()
        self.n_wanted = n_wanted
        self.first_s: float | None = None
        self.first_cost: float | None = None

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Note the first whole plan."""
        if self.first_s is None and isinstance(incumbent, RoutePlan) and len(incumbent.served) >= self.n_wanted:
            self.first_s = perf_counter() - self.began_s
            self.first_cost = objective


def run_files(family: str, time_limit_s: float, seeds: int, engine: str) -> None:
    """Solve each file of a family with each seed, and print gaps to the best known and to the bound."""
    folder = Path(os.environ.get("JINGCHENG_SHARED", "../shared")) / "benchmarks" / "carp"
    with (folder / "best_known.csv").open() as lines:
        best_known = {row["instance"]: int(row["best_known"]) for row in csv.DictReader(lines)}
    gaps = []
    for path in sorted((folder / family).glob("*.dat")):
        for seed in range(seeds):
            solved = solve_file(path, time_limit_s=time_limit_s, seed=seed, engine=engine)
            best, cost = best_known[path.stem], solved["objective"]
            if cost is None:
                print(f"{path.stem} seed {seed}: infeasible", flush=True)
                continue
            gaps.append(100 * (cost / best - 1))
            print(
                f"{path.stem} seed {seed}: {cost}, best known {best} ({gaps[-1]:+.2f} %), bound {solved['bound']}, "
                f"{solved['seconds']:.1f} s",
                flush=True,
            )
    print(
        f"{family}: mean gap {sum(gaps) / len(gaps):.3f} %, worst {max(gaps):.2f} %, "
        f"at best known {gaps.count(0)} of {len(gaps)}"
    )


def run_grid(side: int, n_vehicles: int | None, time_limit_s: float) -> None:
    """Plan a grid and print when its first whole plan came and what the rest of the time brought."""
    problem = grid_problem(side, side, 1, n_vehicles=n_vehicles, serve_all=n_vehicles is None)
    unreachable = len(solve(problem, limits=Limits(work_limit=1)).unserved) if n_vehicles is None else problem.n_tasks
    monitor = FirstWhole(problem.n_tasks - unreachable)
    result = solve(problem, limits=Limits(time_limit_s=time_limit_s), monitor=monitor)
    dead = sum(m.deadhead_cost for m in measures(problem, result.plan) if m is not None)
    found = [f for f in faults(problem, result.plan, claimed_cost=result.cost) if f.kind.name != "LEFT_OUT"]
    print(
        f"{problem.name}: first whole plan {monitor.first_s} s at {monitor.first_cost}; in the end cost {result.cost}, "
        f"{len(result.plan.routes)} routes, value {result.value_served} of {int(problem.tasks.value.sum())}, "
        f"{len(result.unserved)} unserved, deadhead share {dead / max(1, result.cost):.3f}, {len(found)} faults"
    )


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("family", nargs="?", choices=["gdb", "egl", "egl-large", "bmcv"])
    parser.add_argument("--time-limit", type=float, default=10.0)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--engine", default="jingcheng")
    parser.add_argument("--grid", type=int, help="blocks on a side")
    parser.add_argument("--vehicles", type=int, help="vehicles of each of four depots; without it as many as wanted")
    options = parser.parse_args()
    warm_up()
    if options.grid:
        run_grid(options.grid, options.vehicles, options.time_limit)
    elif options.family:
        run_files(options.family, options.time_limit, options.seeds, options.engine)
    else:
        parser.error("name a family or --grid")


if __name__ == "__main__":
    main()
