"""Facility location in two stages with several products: customers -> stations -> centres -> plants, with a proven bound.

State a `StagedProblem`, call `solve_staged`, check the plan with `staged_faults`.

- `problem`, `solution`: what is asked, and what comes back. `shortfalls`: what a count alone shows to be impossible.
- `checker`: is the plan right? (no solver in it)
- `flat`: the second stage as a price of the first. `bounding`: the bound that such prices prove.
- `search`: plans and branching on the centres. `programme`: all of it, or a part, as a mixed-integer programme.
- `optimizer.engines.scip`: SCIP of OR-Tools on that programme.
"""

from __future__ import annotations

from optimizer.engines.facility_location.stages.checker import StagedFault, staged_faults
from optimizer.engines.facility_location.stages.problem import Onward, Stage, StagedProblem
from optimizer.engines.facility_location.stages.solution import (
    Haul,
    Leg,
    ProductSupply,
    StagedPlan,
    StagedResult,
    staged_cost,
)
from optimizer.engines.facility_location.stages.solve import solve_staged

__all__ = [
    "Haul",
    "Leg",
    "Onward",
    "ProductSupply",
    "Stage",
    "StagedFault",
    "StagedPlan",
    "StagedProblem",
    "StagedResult",
    "solve_staged",
    "staged_cost",
    "staged_faults",
]
