"""Sweeping: which vehicle sweeps which kerbs in which order, and where it is emptied.

The problem is arc routing on a mixed network with turn costs, intermediate facilities, shift limits, several depots and a
limited fleet (after Ghiani, Improta & Laporte 2001, doi 10.1002/net.3):
each kerb that the day asks for is swept once per pass in the direction of traffic, hoppers are emptied before they are
full and before the shift ends, and where the fleet cannot sweep all, the most valuable kerbs are swept.

The same planner makes the washing calendar, see `washing`; `question` tells the two apart.

- `day`: what is asked and what there is. `search`: the engine's question, and its answer as routes.
- `checking`, `measuring`, `explaining`: what a plan breaks, what it comes to, and why something is left out.
- `problem`, `model`, `modes`: the run, from the scenario to the plan.
"""

from __future__ import annotations

from layers.kinds.facilities import Depots, Plants, TransferStations, WaterPoints
from layers.kinds.junctions import Junctions, Turns
from layers.kinds.places import Districts
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.planner import Planner
from optimizer.planners.sweeping.kinds import KPI_KINDS, KPI_TABLES
from optimizer.planners.sweeping.params import SweepingParams

_HERE = "optimizer.planners.sweeping"

PLANNER = Planner(
    key="sweeping",
    rank=10,
    label=Text("机械化清扫", "Sweeping"),
    about=Text(
        "为扫路车排定每班路线：每条路缘按遍数清扫，料斗装满前卸料，班次内返回",
        "Routes for sweepers by shift: each kerb as often as asked, hoppers emptied in time, back before the shift ends",
    ),
    params=SweepingParams,
    needs=(Streets,),
    reads=(Streets, Junctions, Turns, Districts, Depots, TransferStations, Plants, WaterPoints),
    kpi_kinds=KPI_KINDS,
    kpi_tables=KPI_TABLES,
    prepare=f"{_HERE}.question:prepare",
    solve=f"{_HERE}.question:solve",
    faults=f"{_HERE}.question:faults",
    kpis=f"{_HERE}.question:measure",
    recheck=f"{_HERE}.question:recheck",
    explain=f"{_HERE}.question:explain",
)
