"""A town of one straight street with stations and sites that a person can reckon with."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import shapely

from layers.city import City
from layers.geometry import Geometry, Shape
from layers.kinds.facilities import CandidateSites, PlantKind, Plants, StationState, TransferStations, WastePoints
from layers.kinds.junctions import Junctions
from layers.kinds.places import DistrictRing, Districts, SensitiveKind, SensitivePlaces
from layers.kinds.streets import Oneway, RoadClass, Streets
from optimizer.monitor import Silent
from optimizer.params import with_values
from optimizer.plan import Plan
from optimizer.planners.transfer.params import TransferParams
from optimizer.run import run
from optimizer.scenario import Lock, Scenario
from resources.io import default_inventory

# No numbers wanted, no nuisance, no closing costs, and round prices, unless a test asks for them.
PLAIN: dict[str, Any] = {
    "targets": "off", "peak_factor": 1.0, "haul_yuan_t_km": 10.0, "onward_yuan_t_km": 1.0, "nuisance_yuan": 0.0,
    "close_yuan": 0.0, "work_limit": 400, "time_limit_s": 600.0, "n_threads": 1, "sizes": "30,45,100", "n_alternatives": 0,
}  # fmt: skip
END_M = 10_000.0


def square(x_m: float, y_m: float, side_m: float) -> shapely.Polygon:
    """Return a square around a place."""
    half_m = side_m / 2
    return shapely.box(x_m - half_m, y_m - half_m, x_m + half_m, y_m + half_m)


def town(**layers: Any) -> City:
    """Return a street of 10 km from west to east in one district, in pieces of a kilometre.

    Waste points w0 at 1 km and w1 at 9 km with 20 t a day each, an incinerator at 10 km, sites k0 at 1 km and k1 at 9 km of
    40 m square, 40 m north of the street, which is 10 m wide. Nobody lives there.
    """
    n = 10
    ids = [f"j{k}" for k in range(n + 1)]
    x_m = np.linspace(0.0, END_M, n + 1)
    streets = Streets(
        ids=np.array([f"s{k}" for k in range(n)]),
        geometry=Geometry.lines([[(x_m[k], 0.0), (x_m[k + 1], 0.0)] for k in range(n)]),
        from_junction=np.array(ids[:-1]), to_junction=np.array(ids[1:]), length_m=np.full(n, 1000.0),
        width_m=np.full(n, 10.0), speed_mps=np.full(n, 10.0), oneway=np.full(n, Oneway.BOTH, dtype=np.int8),
        road_class=np.full(n, RoadClass.SECONDARY, dtype=np.int8), n_lanes=np.full(n, 2),
    )  # fmt: skip
    made = {
        "streets": streets,
        "junctions": Junctions(ids=np.array(ids), geometry=Geometry.points(np.column_stack([x_m, 0 * x_m]))),
        "districts": district("甲区", DistrictRing.CENTRAL),
        "waste": waste((1000.0, 20_000.0), (9000.0, 20_000.0)),
        "plants": Plants(
            ids=np.array(["p"]), geometry=Geometry.points([(END_M, 10.0)]),
            plant=np.array([PlantKind.INCINERATOR], dtype=np.int8), capacity_t_day=np.array([500.0]),
        ),
        "sites": candidates((1000.0, 40.0), (9000.0, 40.0)),
    }  # fmt: skip
    return City("小镇", 4549, layers={layer.KIND: layer for layer in (made | layers).values()})


def district(name: str, ring: DistrictRing, low_m: float = -500.0, high_m: float = END_M + 500.0) -> Districts:
    """Return one district around a part of the street."""
    shape = [shapely.box(low_m, -500.0, high_m, 500.0)]
    return Districts(
        ids=np.array(["d"]), geometry=Geometry.from_shapely(Shape.AREA, shape), name=np.array([name]),
        ring=np.array([ring], dtype=np.int8),
    )  # fmt: skip


def waste(*points: tuple[float, float]) -> WastePoints:
    """Return waste points on the street: metres from its west end, kilograms a day."""
    return WastePoints(
        ids=np.array([f"w{k}" for k in range(len(points))]), geometry=Geometry.points([(x, 5.0) for x, _ in points]),
        other_kg_day=np.array([kg for _, kg in points]), food_kg_day=np.zeros(len(points)),
        recyclable_kg_day=np.zeros(len(points)), hazardous_kg_day=np.zeros(len(points)),
    )  # fmt: skip


def candidates(*sites: tuple[float, float], **columns: Any) -> CandidateSites:
    """Return sites north of the street: metres from its west end, and side of the square; its middle is 60 m off."""
    n = len(sites)
    base: dict[str, Any] = {"land_yuan_m2": np.full(n, 1000.0)}
    return CandidateSites(
        ids=np.array([f"k{k}" for k in range(n)]),
        geometry=Geometry.from_shapely(Shape.AREA, [square(x, 60.0, side) for x, side in sites]), **(base | columns),
    )  # fmt: skip


def standing(state: StationState = StationState.SOUND, **columns: Any) -> TransferStations:
    """Return one station at 5 km, 60 m off the street, of 45 t/d on 900 m2, that compacts."""
    base: dict[str, Any] = {
        "capacity_t_day": np.array([45.0]), "land_m2": np.array([900.0]), "compacting": np.array([True]),
        "n_bays": np.array([2]),
    }  # fmt: skip
    return TransferStations(
        ids=np.array(["z"]),
        geometry=Geometry.points([(5000.0, 60.0)]),
        state=np.array([state], dtype=np.int8),
        **(base | columns),
    )


def homes(*places: tuple[float, float, float], kind: SensitiveKind = SensitiveKind.HOME) -> SensitivePlaces:
    """Return places with people: x, y, how many."""
    return SensitivePlaces(
        ids=np.array([f"v{k}" for k in range(len(places))]), geometry=Geometry.points([p[:2] for p in places]),
        sensitive=np.full(len(places), kind, dtype=np.int8), n_people=np.array([p[2] for p in places]),
    )  # fmt: skip


def asked(city: City | None = None, locks: tuple[Lock, ...] = (), **values: Any) -> Scenario:
    """Return a question about the town."""
    params = with_values(TransferParams(), PLAIN | values)
    return Scenario("试", city or town(), default_inventory(), "transfer", params, locks)


def planned(city: City | None = None, locks: tuple[Lock, ...] = (), **values: Any) -> Plan:
    """Return a plan of the town, which has no faults."""
    scenario = asked(city, locks, **values)
    plan = run(scenario, Silent())
    assert plan.faults == ()
    return plan


@cache
def plain_plan() -> tuple[Scenario, Plan]:
    """Return the plain question and its plan, made once."""
    return asked(), planned()


def done(plan: Plan) -> dict[str, tuple[str, float]]:
    """Return what is done at each site, and the size."""
    return {c.item: (str(c.kind), c.size) for c in plan.changes}


def rules(plan: Plan, item: str) -> list[str]:
    """Return the rules that the verdicts name for a site."""
    return [v.rule for v in plan.verdicts if v.item == item]


def with_change(plan: Plan, **fields: Any) -> Plan:
    """Return a plan whose first change is spoilt."""
    return replace(plan, changes=(replace(plan.changes[0], **fields), *plan.changes[1:]))
