"""Arc routing: serve streets with vehicles that hold so much, work so long and are emptied and filled at certain places.

The engine knows no city, so it can be held against the field's public instances. State an `ArcRoutingProblem`, call `solve`,
check the plan with `faults`.

- `problem`: what is asked (`network`, `tasks`, `fleet`, `terms`). `solution`: what comes back. `reasons`: why not all of it.
- `schedule`, `checker`, `aims`: when a route does what, is the plan right, what does it weigh? (no solver in them)
- `deadhead`: ways between tasks. `visits`: ways through facilities. `sector`, `fill`: a part of a problem as matrices.
- `kernels`: the compiled search. `search`, `scratch`: drive it over one sector. `chains`: few tasks, searched several times
  over. `parts`: up to some thousand, cut anew each round and annealed side by side. `regions`, `decompose`, `citywide`,
  `ties`: whole cities by parts. `bounds`: what no plan goes below. `ortools_engine`, `pyvrp_engine`: other solvers on the
  same problem, to be compared with.

The search takes strings of neighbouring tasks out of their routes and puts them back greedily in either direction (SISR,
Christiaens & Vanden Berghe 2020, doi 10.1287/trsc.2019.0914), gives every changed route its best directions, and now and
then its best visits to facilities, by an exact split of its order (Ulusoy 1985, doi 10.1016/0377-2217(85)90252-8), and
accepts by simulated annealing. One search serves all problems: candidates are ranked by cost, and where the time of day
matters the cheapest are walked by the clock, which alone knows windows, opening hours and breaks.
"""

from __future__ import annotations

from optimizer.engines.arc_routing.checker import FaultKind, PlanFault, faults
from optimizer.engines.arc_routing.problem import (
    ArcRoutingProblem,
    Break,
    Facility,
    Lock,
    Network,
    Profile,
    Tasks,
    Terms,
    VehicleGroup,
)
from optimizer.engines.arc_routing.schedule import (
    RouteMeasure,
    RouteSchedule,
    StopTimes,
    measures,
    plan_cost,
    schedules,
)
from optimizer.engines.arc_routing.solution import Reason, Result, RoutePlan, Stop, StopKind, Unserved, VehicleRoute
from optimizer.engines.arc_routing.solve import solve
from optimizer.engines.limits import Engine, Limits
from optimizer.engines.outcome import Outcome

__all__ = [
    "ArcRoutingProblem",
    "Break",
    "Engine",
    "Facility",
    "FaultKind",
    "Limits",
    "Lock",
    "Network",
    "Outcome",
    "PlanFault",
    "Profile",
    "Reason",
    "Result",
    "RouteMeasure",
    "RoutePlan",
    "RouteSchedule",
    "Stop",
    "StopKind",
    "StopTimes",
    "Tasks",
    "Terms",
    "Unserved",
    "VehicleGroup",
    "VehicleRoute",
    "faults",
    "measures",
    "plan_cost",
    "schedules",
    "solve",
]
