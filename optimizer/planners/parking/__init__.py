"""Parking: berths at kerbs and on idle land, streets made one-way for them, and the beats of attendants.

Berths stand where the clear distances and widths of the codes allow; which of them are marked, and which streets are made
one-way for more, is a transportation problem with modular room under strong connectivity and a detour limit
(`optimizer.engines.allocation.options`, `optimizer.engines.circulation`).

- `reading`: what is asked and what there is. `search`: the engine's question, its answer drawn to scale, years and beats.
- `checking`, `measuring`, `explaining`: what a plan breaks, what it comes to, and why it is so.
- `problem`, `model`: the run, from the scenario to the plan.
"""

from __future__ import annotations

from layers.kinds.junctions import Junctions, Turns
from layers.kinds.parking import KerbBerths, KerbFacts, Lots, ParkingDemand
from layers.kinds.places import Communities, Districts, Population, SensitivePlaces
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.planner import Planner
from optimizer.planners.parking.kinds import KPI_KINDS, KPI_TABLES
from optimizer.planners.parking.params import ParkingParams

_HERE = "optimizer.planners.parking"

PLANNER = Planner(
    key="parking",
    rank=50,
    label=Text("停车", "Parking"),
    about=Text(
        "路内泊位、闲置地停车场、微循环单行与收费员分管：净距与路宽逐个校核，并给出与最优的差距",
        "Berths at kerbs and on idle land, one-ways that keep streets flowing, attendants' beats, with a proven gap",
    ),
    params=ParkingParams,
    needs=(Streets,),
    reads=(
        Streets, Junctions, Turns, Districts, Communities, Population, SensitivePlaces, Lots, KerbFacts, KerbBerths,
        ParkingDemand,
    ),
    engines=("jingcheng", "ortools"),
    kpi_kinds=KPI_KINDS,
    kpi_tables=KPI_TABLES,
    prepare=f"{_HERE}.problem:prepare",
    solve=f"{_HERE}.model:solve",
    faults=f"{_HERE}.checks:faults",
    kpis=f"{_HERE}.kpis:kpis",
    explain=f"{_HERE}.explaining.why:explain",
    sites=(Streets, Lots, KerbBerths),
)  # fmt: skip
