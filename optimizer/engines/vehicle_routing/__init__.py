"""Vehicle routing: collect what stands at stops with vehicles that make several trips and are emptied at stations.

The engine knows no city, so it can be held against the field's public instances. State a `VehicleRoutingProblem`, call
`solve`, check the plan with `faults`.

- `problem`: what is asked (`stops`, `fleet`, `terms`). `solution`: what comes back. `reasons`: why not all of it.
- `schedule`, `bays`, `driving`: when does a route do what? `checker`, `route_checks`: is the plan right? `aims`: what
  does it weigh beside its cost? (no solver in them)
- `search`: our own search, for all that a problem may ask; `tables`, `nearness`, `scratch` are the arrays that its compiled
  loops in `kernels` work on, `warm` compiles them.
- `pyvrp_engine`, `pyvrp_model`, `pyvrp_views`, `fitting`: PyVRP, told what it has words for; the rest kept by what is left.
  `ortools_engine`, `ortools_model`, `ortools_nodes`: the same for OR-Tools, which also judges.
"""

from __future__ import annotations

from optimizer.engines.bonds import Lock
from optimizer.engines.breaks import Break
from optimizer.engines.limits import Engine, Limits
from optimizer.engines.outcome import Outcome
from optimizer.engines.vehicle_routing.aims import plan_terms
from optimizer.engines.vehicle_routing.checker import faults
from optimizer.engines.vehicle_routing.fleet import Station, VehicleGroup
from optimizer.engines.vehicle_routing.plan_fault import FaultKind, PlanFault
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.schedule import RouteMeasure, measures, plan_cost, timed
from optimizer.engines.vehicle_routing.solution import Reason, Result, RoutePlan, Unserved, VehicleRoute, Visit, VisitKind
from optimizer.engines.vehicle_routing.solve import solve
from optimizer.engines.vehicle_routing.stops import Profile, Stops
from optimizer.engines.vehicle_routing.terms import Terms

__all__ = [
    "Break",
    "Engine",
    "FaultKind",
    "Limits",
    "Lock",
    "Outcome",
    "PlanFault",
    "Profile",
    "Reason",
    "Result",
    "RouteMeasure",
    "RoutePlan",
    "Station",
    "Stops",
    "Terms",
    "Unserved",
    "VehicleGroup",
    "VehicleRoute",
    "VehicleRoutingProblem",
    "Visit",
    "VisitKind",
    "faults",
    "measures",
    "plan_cost",
    "plan_terms",
    "solve",
    "timed",
]
