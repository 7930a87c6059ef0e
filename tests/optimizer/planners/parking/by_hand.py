"""Streets and lots small enough to count berths by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from layers.city import City
from layers.geometry import Geometry, Shape
from layers.kinds.parking import Decision, KerbBerths, KerbFacts, KerbKind, LotKind, Lots, ParkingDemand
from layers.kinds.streets import Oneway, RoadClass, Streets
from layers.network.mover import Mover
from optimizer.monitor import Silent
from optimizer.params import with_values
from optimizer.plan import Plan
from optimizer.planner import planner
from optimizer.planners.parking.params import ParkingParams
from optimizer.run import run
from optimizer.scenario import Lock, Scenario
from resources.io import default_inventory

X0_M, Y0_M = 500_000.0, 3_550_000.0
WALKER = Mover("walker", 1.2, walker=True)
# No angled berths and no numbers asked for: what is counted is what the kerbs take.
PLAIN: dict[str, Any] = {"angled": False, "n_roads_least": 0, "n_idle_least": 0, "n_new_least": 0, "n_attended_least": 1}


def streets_of(rows: Sequence[Mapping[str, Any]]) -> Streets:
    """Return streets from rows of ``line`` (metres from the corner) and any columns; ends that meet are one junction."""
    lines = [np.array(row["line"], dtype=float) + np.array([X0_M, Y0_M]) for row in rows]
    n = len(rows)

    def end(xy: Any) -> str:
        return f"J{xy[0] - X0_M:.0f}_{xy[1] - Y0_M:.0f}"

    def column(name: str, default: Any) -> Any:
        return np.array([row.get(name, default) for row in rows])

    return Streets(
        ids=np.array([row.get("id", f"s{k + 1}") for k, row in enumerate(rows)]),
        geometry=Geometry.lines(lines),
        from_junction=np.array([end(line[0]) for line in lines]),
        to_junction=np.array([end(line[-1]) for line in lines]),
        name=np.array([row.get("name", f"路{k + 1}") for k, row in enumerate(rows)]),
        road_class=column("road_class", RoadClass.BRANCH).astype(np.int8),
        length_m=np.array([float(np.hypot(*np.diff(line, axis=0).T).sum()) for line in lines]),
        width_m=column("width_m", 8.0).astype(float),
        oneway=column("oneway", Oneway.BOTH).astype(np.int8),
        speed_mps=np.full(n, 10.0),
        level=column("level", 0).astype(np.int32),
        cycle_lane=column("cycle_lane", False).astype(bool),
    )


def city_of(
    streets: Sequence[Mapping[str, Any]],
    facts: Sequence[tuple[KerbKind, float, float]] = (),
    demand: Sequence[tuple[float, float, float]] = (),
    lots: Sequence[tuple[LotKind, Any]] = (),
    rows: Sequence[dict[str, Any]] = (),
) -> City:
    """Return a city; places are metres from the corner, demand is x, y and residents' cars at night."""
    layer = streets_of(streets)
    corner = np.array([X0_M, Y0_M])
    kerbs = KerbFacts(
        ids=np.array([f"f{k}" for k in range(len(facts))]),
        geometry=Geometry.points(np.array([f[1:] for f in facts], dtype=float).reshape(-1, 2) + corner),
        kerb=np.array([f[0] for f in facts], dtype=np.int8),
        street=np.array(["s1"] * len(facts)),
    )
    zones = ParkingDemand(
        ids=np.array([f"g{k + 1}" for k in range(len(demand))]),
        geometry=Geometry.points(np.array([d[:2] for d in demand], dtype=float).reshape(-1, 2) + corner),
        n_night=np.array([d[2] for d in demand], dtype=float),
        n_day=np.zeros(len(demand)),
        n_visitors=np.zeros(len(demand)),
        n_existing_berths=np.zeros(len(demand)),
    )
    shapes = [shapely.transform(shape, lambda xy: xy + corner) for _, shape in lots]
    land = Lots(
        ids=np.array([f"h{k + 1}" for k in range(len(lots))]),
        geometry=Geometry.from_shapely(Shape.AREA, shapes),
        lot=np.array([kind for kind, _ in lots], dtype=np.int8),
        n_berths=np.zeros(len(lots), dtype=np.int32),
        public=np.ones(len(lots), dtype=bool),
    )
    standing = KerbBerths(
        ids=np.array([f"r{k + 1}" for k in range(len(rows))]),
        geometry=Geometry.lines([np.array(row["line"], dtype=float) + corner for row in rows]),
        street=np.array([row.get("street", "s1") for row in rows]),
        left=np.array([row.get("left", False) for row in rows], dtype=bool),
        n_berths=np.array([row["n_berths"] for row in rows], dtype=np.int32),
        angle_deg=np.zeros(len(rows)),
        on_footway=np.array([row.get("on_footway", False) for row in rows], dtype=bool),
        decision=np.array([row.get("decision", Decision.UNKNOWN) for row in rows], dtype=np.int8),
    )
    return City("手算城", 4549, {one.KIND: one for one in (layer, kerbs, zones, land, standing)})


def scenario_of(city: City, locks: dict[str, str] | None = None, **values: Any) -> Scenario:
    """Return a scenario that asks for no numbers, but what is passed."""
    asked = PLAIN | {"work_limit": 200, "n_threads": 1, "time_limit_s": 86_400.0} | values
    params = with_values(ParkingParams(), asked)
    fixed = tuple(Lock(item, state=state) for item, state in (locks or {}).items())
    return Scenario("试", city, default_inventory(), "parking", params, fixed)


def plan_of(city: City, locks: dict[str, str] | None = None, **values: Any) -> tuple[Scenario, Plan]:
    """Return a scenario and its plan, as a run makes it."""
    scenario = scenario_of(city, locks, **values)
    return scenario, run(scenario, Silent())


def faults_of(scenario: Scenario, plan: Plan) -> set[str]:
    """Return the codes of what the planner's own checks find."""
    return {fault.code for fault in planner("parking").function("faults")(scenario, plan)}


def with_layer(plan: Plan, which: int, **values: Any) -> Plan:
    """Return a plan of which one drawn layer has other columns."""
    layers = list(plan.extra_layers)
    layers[which] = replace(layers[which], values={**layers[which].values, **values})
    return replace(plan, extra_layers=tuple(layers))


def block(side_m: float = 120.0, n: int = 3, **columns: Any) -> list[dict[str, Any]]:
    """Return the streets of a grid of so many by so many junctions."""
    found = []
    for i in range(n):
        for j in range(n):
            x, y = i * side_m, j * side_m
            if i + 1 < n:
                found.append({"line": [(x, y), (x + side_m, y)], **columns})
            if j + 1 < n:
                found.append({"line": [(x, y), (x, y + side_m)], **columns})
    return found
