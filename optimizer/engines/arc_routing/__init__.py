"""Arc routing: serve streets with vehicles that hold so much, work so long and are emptied at certain places.

The engine knows no city, so it can be held against the field's public instances. State an `ArcRoutingProblem`, call `solve`,
check the plan with `faults`.

- `problem`: what is asked. `solution`: what comes back. `checker`: is it right? (no solver in it)
- `deadhead`: ways between tasks. `sector`: a part of a problem as matrices. `kernels`: the compiled search.
- `search`: drives it over one sector. `regions`, `decompose`: whole cities by parts. `bounds`: what no plan goes below.

The search takes strings of neighbouring tasks out of their routes and puts them back greedily in either direction (SISR,
Christiaens & Vanden Berghe 2020, doi 10.1287/trsc.2019.0914), gives every changed route its best directions, and now and
then its best emptyings, by an exact split of its order (Ulusoy 1985, doi 10.1016/0377-2217(85)90252-8), and accepts by
simulated annealing.
"""

from __future__ import annotations

from optimizer.engines.arc_routing.checker import FaultKind, PlanFault, RouteMeasure, faults, measures, plan_cost
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, Facility, Network, Tasks, VehicleGroup
from optimizer.engines.arc_routing.solution import (
    Outcome,
    Reason,
    Result,
    RoutePlan,
    Stop,
    StopKind,
    Unserved,
    VehicleRoute,
)
from optimizer.engines.arc_routing.solve import Engine, Limits, solve

__all__ = [
    "ArcRoutingProblem",
    "Engine",
    "Facility",
    "FaultKind",
    "Limits",
    "Network",
    "Outcome",
    "PlanFault",
    "Reason",
    "Result",
    "RouteMeasure",
    "RoutePlan",
    "Stop",
    "StopKind",
    "Tasks",
    "Unserved",
    "VehicleGroup",
    "VehicleRoute",
    "faults",
    "measures",
    "plan_cost",
    "solve",
]
