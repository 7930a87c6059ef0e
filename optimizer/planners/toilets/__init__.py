"""Toilets: where public toilets are built, which are rebuilt or extended, with how many stalls, in which year.

The problem is gradual maximal covering (Church & ReVelle 1974, doi 10.1007/BF01942293; Berman, Krass & Drezner 2003, doi
10.1016/S0377-2217(02)00721-X) over walks along streets, with quotas by district, spacing and a budget; stalls follow from
those who come by hour, by a formula for queues.

- `reading`: what is asked and what there is. `sizing`: stalls, queues, classes and cost. `search`: the engine's question,
  the works on toilets that stand, and the years.
- `checking`, `measuring`, `explaining`: what a plan breaks, what it comes to, and why a place was chosen or not.
- `problem`, `model`: the run, from the scenario to the plan.
"""

from __future__ import annotations

from layers.kinds.facilities import CandidateSites, Toilets, WaterPoints
from layers.kinds.junctions import Junctions, Turns
from layers.kinds.parking import Lots
from layers.kinds.places import Communities, CrowdPlaces, Districts, Population, SensitivePlaces
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.planner import Planner
from optimizer.planners.toilets.kinds import KPI_KINDS, KPI_TABLES
from optimizer.planners.toilets.params import ToiletsParams

_HERE = "optimizer.planners.toilets"

PLANNER = Planner(
    key="toilets",
    rank=40,
    label=Text("公厕布局", "Toilets"),
    about=Text(
        "公厕选址与改造：步行距离、各区密度、旱厕改造、厕位配比与排队、分年实施，并给出与最优的差距",
        "Where public toilets are built, rebuilt and extended: walks, density, stalls and queues, years, with a proven gap",
    ),
    params=ToiletsParams,
    needs=(Streets, Districts),
    reads=(
        Streets, Junctions, Turns, Districts, Communities, Population, CrowdPlaces, SensitivePlaces, WaterPoints, Toilets,
        CandidateSites, Lots,
    ),
    kpi_kinds=KPI_KINDS,
    kpi_tables=KPI_TABLES,
    prepare=f"{_HERE}.problem:prepare",
    solve=f"{_HERE}.model:solve",
    faults=f"{_HERE}.checks:faults",
    kpis=f"{_HERE}.kpis:kpis",
    explain=f"{_HERE}.explaining.why:explain",
    sites=(Toilets, CandidateSites, Lots),
)  # fmt: skip
