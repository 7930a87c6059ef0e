"""A generated town of customers and sites for maximal covering: ``python -m benchmarks.synthetic_sites [--sites 500] ...``.

Customers stand in clusters, sites anywhere; as many customers are in reach of a site whatever the size. Each engine works
in turn on the same problem; a plan counts when the checker finds no fault in it. Seconds are processor seconds of this
process and its children.
"""

from __future__ import annotations

import argparse
import json
import os
from typing import Any

import numpy as np

from optimizer.engines.coverage import Aim, CoverageProblem, Engine, Limits, Step, faults, lists_within, solve
from optimizer.engines.coverage.warm import warm_up


def sites_problem(n_sites: int, n_customers: int, n_open: int, seed: int = 1) -> CoverageProblem:
    """Return a problem of `n_open` sites for the most weight within reach; about 14 sites are in reach of a customer."""
    rng = np.random.default_rng(seed)
    side_m = 10_000.0 * (n_sites / 500) ** 0.5
    centres_m = rng.uniform(0, side_m, (max(4, n_customers // 250), 2))
    spread_m = rng.normal(0, 600.0, (n_customers, 2))
    customer_xy_m = np.clip(centres_m[rng.integers(0, len(centres_m), n_customers)] + spread_m, 0, side_m)
    site_xy_m = rng.uniform(0, side_m, (n_sites, 2))
    limit_m = 950.0
    return CoverageProblem(
        Aim.MAXIMAL,
        lists_within(customer_xy_m, site_xy_m, limit_m),
        (Step(limit_m),),
        cost=np.ones(n_sites, dtype=np.int64),
        weight=rng.integers(1, 100, n_customers),
        most_open=n_open,
        name=f"{n_sites}x{n_customers}",
    )


def cpu_s() -> float:
    """Return the processor seconds spent by this process and the children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measured(problem: CoverageProblem, engine: Engine, time_limit_s: float, seed: int) -> dict[str, Any]:
    """Return what an engine comes to."""
    began_s = cpu_s()
    result = solve(problem, limits=Limits(time_limit_s=time_limit_s), seed=seed, engine=engine)
    spent_s = cpu_s() - began_s
    return {
        "engine": engine.value,
        "outcome": result.outcome.value,
        "objective": result.objective,
        "bound": result.bound,
        "gap_percent": None if result.gap is None else round(100 * result.gap, 4),
        "faults": len(faults(problem, result.plan, claimed=result.objective)),
        "cpu_s": round(spent_s, 2),
        "seconds": round(result.seconds, 2),
    }


def main() -> None:
    """Print one JSON line for each engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=500)
    parser.add_argument("--customers", type=int, default=5000)
    parser.add_argument("--open", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--engines", nargs="+", default=["jingcheng", "highs", "ortools"])
    args = parser.parse_args()
    problem = sites_problem(args.sites, args.customers, args.open, args.seed)
    warm_up()
    for engine in args.engines:
        line = measured(problem, Engine(engine), args.time_limit, args.seed)
        print(json.dumps({"case": problem.name, "n_entries": len(problem.reach.sites), **line}), flush=True)


if __name__ == "__main__":
    main()
