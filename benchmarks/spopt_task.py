"""Solve one siting problem with spopt and CBC: run by the interpreter of the peers' environment, which has nothing of ours.

``python spopt_task.py ARRAYS.npz LIMIT_S`` prints one JSON line. The arrays are those that `benchmarks.spopt_peer` wrote.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter

import numpy as np
import pulp
from spopt.locate import MCLP, PMedian


def main(path: str, limit_s: float) -> None:
    """Build the model, solve it, print what was found; seconds begin once the arrays are read."""
    given = np.load(path)
    began_s = perf_counter()
    cost, weight, n_open = given["cost"], given["weight"], int(given["n_open"])
    if "radius" in given:
        model = MCLP.from_cost_matrix(cost, weight, float(given["radius"]), n_open)
    else:
        model = PMedian.from_cost_matrix(cost, weight, n_open)
    built_s = perf_counter() - began_s
    solver = pulp.PULP_CBC_CMD(msg=False, threads=1, timeLimit=max(1.0, limit_s - built_s))
    model.problem.solve(solver)
    chosen = [site for site, variable in enumerate(model.fac_vars) if (variable.varValue or 0.0) > 0.5]
    told = {
        "chosen": chosen,
        "proven": model.problem.sol_status == pulp.LpSolutionOptimal,
        "built_s": built_s,
        "seconds": perf_counter() - began_s,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
