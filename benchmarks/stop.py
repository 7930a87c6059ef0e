"""From stop to a checked plan: seconds on the wall, a planner stopped at several moments.

Run with ``python -m benchmarks.stop [--planner sweeping] [--size city] [--seed 1] [--after 0.3 2 10 30 60] [--mode rate]
[--threads 2] [--json]``. The worker is one that the window keeps: started beforehand; the run at 0.3 s is stopped while its
problem is prepared. With each moment come the seconds to the first plan shown and what the stopped plan does, so that being
quick to stop is not bought by searching less.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace
from typing import Any

from optimizer.job import Finished, Progress
from optimizer.params import with_values
from optimizer.planner import planner
from optimizer.scenario import Scenario
from optimizer.worker import WarmWorker
from resources.io import default_inventory
from sample_city.cache import load_or_make

TICK_S = 0.005
SHOWN = ("swept_km", "deadhead_km", "mechanised_sweeping_rate", "collected_share", "n_unserved")


def stopped_after(worker: WarmWorker, scenario: Scenario, after_s: float) -> dict[str, Any]:
    """Run a scenario, stop it, and return what came of it."""
    began_s = time.perf_counter()
    job = worker.run(scenario)
    first_s: float | None = None
    stop_s: float | None = None
    while True:
        now_s = time.perf_counter()
        if stop_s is None and now_s - began_s >= after_s:
            job.stop()
            stop_s = now_s
        for event in job.poll():
            if not isinstance(event, Progress):
                took_s = None if stop_s is None else time.perf_counter() - stop_s
                return {"after_s": after_s, "stop_to_plan_s": took_s, "first_plan_s": first_s, **shown(event)}
            if event.sketch is not None and first_s is None:
                first_s = time.perf_counter() - began_s
        time.sleep(TICK_S)


def shown(event: object) -> dict[str, Any]:
    """Return a finished plan in short, or what came in its place."""
    if not isinstance(event, Finished):
        return {"outcome": str(event)}
    plan = event.plan
    kpis = {k.id: round(k.value, 2) for k in plan.kpis if k.id in SHOWN and k.scope == "city" and not k.where}
    stamp = plan.provenance
    return {
        "outcome": str(plan.outcome),
        "killed": event.killed,
        "faults": len(plan.faults),
        "routes": len(plan.routes),
        "unserved": len(plan.unserved),
        "prepare_s": round(stamp.prepare_s, 2),
        "n_iterations": stamp.n_iterations,
        **kpis,
    }


def main() -> None:
    """Measure and print, one moment a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--planner", default="sweeping")
    parser.add_argument("--size", default="city")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--after", type=float, nargs="+", default=[0.3, 2.0, 10.0, 30.0, 60.0], metavar="S")
    parser.add_argument("--mode", help="the planner's first one where not given")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    asked: dict[str, Any] = {"n_threads": args.threads, "time_limit_s": 2 * max(args.after) + 60}
    asked |= {"mode": args.mode} if args.mode else {}
    params = with_values(planner(args.planner).params(), asked)
    scenario = Scenario("stop", load_or_make(args.size, args.seed), default_inventory(), args.planner, params)
    worker = WarmWorker()
    # another question first: the process runs and has its code loaded, but its problem is not this one
    worker.prepare(replace(scenario, params=with_values(params, {"snap_m": 299.0}))).wait()
    found = []
    for after_s in args.after:
        found.append(stopped_after(worker, scenario, after_s))
        if not args.json:
            sys.stdout.write(
                "  ".join(f"{k} {v:.2f}" if isinstance(v, float) else f"{k} {v}" for k, v in found[-1].items()) + "\n"
            )
            sys.stdout.flush()
    worker.close()
    if args.json:
        json.dump(found, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
