"""Collection: which truck takes which stream from which point, when, in how many trips, and where it unloads.

The problem is multi-trip vehicle routing with time windows and intermediate facilities (after Kim, Kim & Sahoo 2006, doi
10.1016/j.cor.2005.02.045): points of lit streets are served within the evening's window, those of unlit ones by morning
light, streams never share a compartment, trucks unload at stations with hours, bays and a capacity, and end empty.

- `night`: what is asked and what there is. `search`: the engine's question, and its answer as routes.
- `checking`, `measuring`, `explaining`: what a plan breaks, what it comes to, and why something is left out.
- `problem`, `model`: the run, from the scenario to the plan. `driven`: a timetable of today as a plan.
"""

from __future__ import annotations

from layers.kinds.facilities import Depots, Plants, TransferStations, WastePoints
from layers.kinds.junctions import Junctions, Turns
from layers.kinds.places import Communities, Districts, Population, SensitivePlaces
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.planner import Planner
from optimizer.planners.collection.kinds import KPI_KINDS, KPI_TABLES
from optimizer.planners.collection.params import CollectionParams

_HERE = "optimizer.planners.collection"

PLANNER = Planner(
    key="collection",
    rank=20,
    label=Text("夜间收运", "Collection"),
    about=Text(
        "为收运车排定每夜路线：分类收集，有路灯路段在规定时段内，多趟卸料，定时定点",
        "Routes for collection trucks by night: streams apart, lit streets in their window, several trips, fixed times",
    ),
    params=CollectionParams,
    needs=(Streets, WastePoints),
    reads=(
        Streets, Junctions, Turns, Districts, Communities, Population, SensitivePlaces, Depots, TransferStations, Plants,
        WastePoints,
    ),
    kpi_kinds=KPI_KINDS,
    kpi_tables=KPI_TABLES,
    prepare=f"{_HERE}.problem:prepare",
    solve=f"{_HERE}.model:solve",
    faults=f"{_HERE}.checks:faults",
    kpis=f"{_HERE}.kpis:kpis",
    explain=f"{_HERE}.explaining.why:explain",
    import_plan=f"{_HERE}.driven.plan:import_plan",
)  # fmt: skip
