"""Solve the programme of one file by the HiGHS in scipy and write the answer to another: ``python child.py IN.npz OUT.npz``.

It imports nothing of the project, so that it starts fast.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

# Ends of `milp`: optimal, a limit of time or nodes, no solution exists.
OPTIMAL, LIMIT, INFEASIBLE = 0, 1, 2


def solved(told: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the columns, what is proven, and the nodes of the tree."""
    shape = len(told["least"]), len(told["cost"])
    rows = csr_array((told["value"], (told["row"], told["column"])), shape=shape)
    options: Any = {name: told[name].item() for name in ("time_limit", "node_limit", "mip_rel_gap") if name in told}
    found: OptimizeResult = milp(
        told["cost"],
        integrality=told["is_whole"].astype(np.int64),
        bounds=Bounds(told["low"], told["high"]),
        constraints=[LinearConstraint(rows, told["least"], told["most"])] if shape[0] else (),
        options=options,
    )
    bound = found.get("mip_dual_bound")
    if bound is None or not told["is_whole"].any():
        bound = found.fun if found.status == OPTIMAL else -np.inf
    if found.status == INFEASIBLE:
        bound = np.inf
    elif found.status not in (OPTIMAL, LIMIT):
        bound = -np.inf
    x = np.zeros(0) if found.x is None else found.x
    return {"x": x, "has_x": found.x is not None, "bound": float(bound), "n_nodes": int(found.get("mip_node_count") or 0)}


if __name__ == "__main__":
    with np.load(sys.argv[1]) as told_file:
        answer = solved(dict(told_file))
    np.savez(sys.argv[2], **answer)
