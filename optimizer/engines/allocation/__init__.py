"""Allocation: which cars of which zones park in which lots, hour by hour, exactly, and how fair that can be.

State an `AllocationProblem`, call `solve_allocation`, check with `allocation_faults`.

- `problem`, `solution`: what is asked, and what comes back. `reasons`: why a car has no berth, and where one would help.
- `checker`: is it right? (no solver in it)
- `flow`: one hour as a flow of OR-Tools. `highs_engine`: the same as a linear programme, to be compared with.
- `equity`: the largest share that every zone can have, and what shares up to it cost.
"""

from __future__ import annotations

from optimizer.engines.allocation.checker import AllocationFault, allocation_faults
from optimizer.engines.allocation.equity import EquityPoint, equity_sweep, fairest_share
from optimizer.engines.allocation.problem import AllocationProblem
from optimizer.engines.allocation.solution import Allocation, AllocationResult, Unparked, Why
from optimizer.engines.allocation.solve import solve_allocation

__all__ = [
    "Allocation",
    "AllocationFault",
    "AllocationProblem",
    "AllocationResult",
    "EquityPoint",
    "Unparked",
    "Why",
    "allocation_faults",
    "equity_sweep",
    "fairest_share",
    "solve_allocation",
]
