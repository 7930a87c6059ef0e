"""Transfer stations: which to build, rebuild, extend, keep or close, in which size, and who brings waste where.

The problem is capacitated facility location with sizes, quotas and existing facilities (Daskin 2013, doi
10.1002/9781118537015; for waste: Eiselt & Marianov 2015, doi 10.1016/j.ejor.2014.10.055): points bring each stream by
truck to one station, stations send them on to plants; cost, nuisance and the documents' numbers decide.

- `reading`: what is asked and what there is: waste, sites, rules, people, hauls, money.
- `search`: the engine's question and its answer.
- `checking`, `measuring`, `explaining`: what a plan breaks, what it comes to, and why a site is chosen or not.
- `problem`, `model`: the run, from the scenario to the plan.
"""

from __future__ import annotations

from layers.kinds.facilities import CandidateSites, Plants, TransferStations, WastePoints
from layers.kinds.junctions import Junctions, Turns
from layers.kinds.parking import Lots
from layers.kinds.places import Communities, Districts, Population, SensitivePlaces
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.planner import Planner
from optimizer.planners.transfer.kinds import KPI_KINDS, KPI_TABLES
from optimizer.planners.transfer.params import TransferParams

_HERE = "optimizer.planners.transfer"

PLANNER = Planner(
    key="transfer",
    rank=30,
    label=Text("垃圾中转站", "Transfer stations"),
    about=Text(
        "中转站选址：新建、改建、扩建、保留或关闭，规模等级，服务范围，费用与各区指标，并证明优劣",
        "Sites and sizes of transfer stations: what to build, rebuild, extend, keep or close, who is served, with proof",
    ),
    params=TransferParams,
    needs=(Streets, WastePoints),
    reads=(
        Streets, Junctions, Turns, Districts, Communities, Population, SensitivePlaces, Plants, TransferStations,
        CandidateSites, Lots, WastePoints,
    ),
    kpi_kinds=KPI_KINDS,
    kpi_tables=KPI_TABLES,
    prepare=f"{_HERE}.problem:prepare",
    solve=f"{_HERE}.model:solve",
    faults=f"{_HERE}.checks:faults",
    kpis=f"{_HERE}.kpis:kpis",
    recheck=f"{_HERE}.checks:recheck",
    explain=f"{_HERE}.explaining.why:explain",
    sites=(TransferStations, CandidateSites, Lots),
)  # fmt: skip
