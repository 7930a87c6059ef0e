"""Facility location: which sites to open, in which size, and who is served from where, with a proven bound.

The engine knows no city, so it can be held against the field's public instances. State a `FacilityLocationProblem`, call
`solve`, check the plan with `faults`.

- `problem`: what is asked. `solution`: what comes back. `reasons`: why a site is open or not. `shortfalls`: what
  keeps a problem from having a plan.
- `checker`: is the plan right? (no solver in it)
- `lagrangian`, `master`: prices of the customers and the bound they prove. `primal`, `assigning`: plans from sets of sites.
- `bounding`: a bound by prices alone.
- `rules`, `repairing`, `sizing`: quotas in the bound, sets of sites that keep the rules, and size classes.
- `near`, `exchanging`, `branching`: where capacities do not bind, lists of the nearest sites, exchanges of sites on them,
  and branch and bound by prices.
- `programme`: what is left as a mixed-integer programme. `search`: all of these one after the other.
- `highs_engine`, `ortools_engine`: other solvers on the same problem, to be compared with.
- `kernels`: the compiled parts.
"""

from __future__ import annotations

from optimizer.engines.facility_location.bounding import Bounded, prove
from optimizer.engines.facility_location.checker import FaultKind, PlanFault, faults
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Options, Quota
from optimizer.engines.facility_location.solution import (
    IsOpen,
    LocationPlan,
    NotOpen,
    Result,
    Rule,
    Short,
    Shortfall,
    Supply,
    plan_cost,
)
from optimizer.engines.facility_location.solve import solve
from optimizer.engines.limits import Engine, Limits
from optimizer.engines.outcome import Outcome

__all__ = [
    "Bounded",
    "Engine",
    "FacilityLocationProblem",
    "FaultKind",
    "IsOpen",
    "Limits",
    "LocationPlan",
    "NotOpen",
    "Options",
    "Outcome",
    "PlanFault",
    "Quota",
    "Result",
    "Rule",
    "Short",
    "Shortfall",
    "Supply",
    "faults",
    "plan_cost",
    "prove",
    "solve",
]
