"""Staging: in which year each of a list of works is done, under a budget and numbers for each year.

The engine knows no city. State a `StagingProblem`, call `solve`, check the plan with `faults`; `why_not_earlier` says what
keeps a work from an earlier year.

- `problem`: what is asked, and what comes back. `checker`: is it right? (no solver in it)
- `greedy`: a first plan. `solve`: OR-Tools' CP-SAT, to proof where time allows. `reasons`: why a work waits.
"""

from __future__ import annotations

from optimizer.engines.staging.checker import FaultKind, PlanFault, faults
from optimizer.engines.staging.problem import (
    UNDONE,
    Result,
    Shortage,
    StagingPlan,
    StagingProblem,
    YearQuota,
    gain_of,
    shortages,
)  # fmt: skip
from optimizer.engines.staging.reasons import Waits, why_not_earlier
from optimizer.engines.staging.solve import solve

__all__ = [
    "UNDONE",
    "FaultKind",
    "PlanFault",
    "Result",
    "Shortage",
    "StagingPlan",
    "StagingProblem",
    "Waits",
    "YearQuota",
    "faults",
    "gain_of",
    "shortages",
    "solve",
    "why_not_earlier",
]
