"""Cities small enough to be checked by hand."""

from __future__ import annotations

import numpy as np

from layers.city import City
from layers.geometry import Geometry
from layers.kinds.facilities import Depots, TransferStations, WastePoints, WaterPoints
from layers.kinds.junctions import Junctions, Turns
from layers.kinds.places import DistrictRing, Districts
from layers.kinds.streets import Oneway, RoadClass, Streets

X0_M, Y0_M, STEP_M = 500_000.0, 3_550_000.0, 200.0

# from, to, name, class, width_m, lanes, oneway, cleaning grade
_STREETS = (
    ("A1", "B1", "人民路", RoadClass.MAIN, 14.0, 4, Oneway.BOTH, 1),
    ("B1", "C1", "人民路", RoadClass.MAIN, 14.0, 4, Oneway.BOTH, 1),
    ("C1", "D1", "人民路", RoadClass.MAIN, 14.0, 4, Oneway.BOTH, 1),
    ("A2", "B2", "中山路", RoadClass.SECONDARY, 9.0, 2, Oneway.BOTH, 2),
    ("B2", "C2", "中山路", RoadClass.SECONDARY, 9.0, 2, Oneway.BOTH, 2),
    ("C2", "D2", "中山路", RoadClass.SECONDARY, 9.0, 2, Oneway.BOTH, 2),
    ("A1", "A2", "梧桐街", RoadClass.BRANCH, 7.0, 2, Oneway.BOTH, 3),
    ("B1", "B2", "东一街", RoadClass.BRANCH, 7.0, 2, Oneway.FORWARD, 3),
    ("C1", "C2", "东二街", RoadClass.BRANCH, 7.0, 2, Oneway.BACKWARD, 3),
    ("D1", "D2", "东三街", RoadClass.BRANCH, 7.0, 2, Oneway.BOTH, 3),
    ("B2", "B3", "青石巷", RoadClass.BACK_STREET, 4.0, 1, Oneway.BOTH, 3),
    ("C2", "C3", "窄弄", RoadClass.BACK_STREET, 1.5, 1, Oneway.BOTH, 3),
)


def tiny_city() -> City:
    """Return a dozen streets with a depot, a station to dump at, a water point and five waste points.

    ::

        B3          C3              columns A to D 200 m apart, rows 1 to 3 too
        |4.0 m      |1.5 m          row 1 人民路 (main), row 2 中山路 (secondary)
        A2 -- B2 -- C2 -- D2        B1 > B2 one-way up, C2 > C1 one-way down
        |     ^     v     |         depot at A1 (20 m south), station at D2 (20 m east)
        A1 -- B1 -- C1 -- D1

    Two districts: 甲区 (central) west of the middle of B and C, 乙区 (outer) east of it. All lengths 200 m.
    """
    ids = ("A1", "B1", "C1", "D1", "A2", "B2", "C2", "D2", "B3", "C3")
    at = {k: (X0_M + STEP_M * "ABCD".index(k[0]), Y0_M + STEP_M * (int(k[1]) - 1)) for k in ids}
    junctions = Junctions(ids=np.array(ids), geometry=Geometry.points([at[k] for k in ids]))
    return City(
        name="小城",
        epsg=4549,
        layers={
            layer.KIND: layer
            for layer in (_streets(at), junctions, _districts(), *_facilities(), _waste_points(), _turns(at))
        },
    )


def _streets(at: dict[str, tuple[float, float]]) -> Streets:
    start, end, name, road_class, width_m, lanes, oneway, grade = zip(*_STREETS, strict=True)
    n = len(_STREETS)
    middle = X0_M + 1.5 * STEP_M
    return Streets(
        ids=np.array([f"s{i + 1}" for i in range(n)]),
        geometry=Geometry.lines([[at[a], at[b]] for a, b in zip(start, end, strict=True)]),
        from_junction=np.array(start),
        to_junction=np.array(end),
        name=np.array(name),
        road_class=np.array(road_class, dtype=np.int8),
        length_m=np.full(n, STEP_M),
        width_m=np.array(width_m),
        n_lanes=np.array(lanes),
        oneway=np.array(oneway, dtype=np.int8),
        speed_mps=np.full(n, 10.0),
        lit=np.ones(n, dtype=bool),
        cleaning_grade=np.array(grade),
        swept_area_m2=STEP_M * np.array(width_m),
        district=np.array(
            ["甲区" if (at[a][0] + at[b][0]) / 2 <= middle else "乙区" for a, b in zip(start, end, strict=True)]
        ),
    )


def _districts() -> Districts:
    import shapely

    middle, low, high = X0_M + 1.5 * STEP_M, Y0_M - 100, Y0_M + 500
    boxes = [shapely.box(X0_M - 100, low, middle, high), shapely.box(middle, low, X0_M + 700, high)]
    return Districts(
        ids=np.array(["d1", "d2"]),
        geometry=Geometry.from_shapely(Districts.SHAPE, boxes),
        name=np.array(["甲区", "乙区"]),
        ring=np.array([DistrictRing.CENTRAL, DistrictRing.OUTER], dtype=np.int8),
        built_up_m2=np.array([240_000.0, 240_000.0]),
    )


def _facilities() -> tuple[Depots, TransferStations, WaterPoints]:
    def point(dx_m: float, dy_m: float) -> Geometry:
        return Geometry.points([[X0_M + dx_m, Y0_M + dy_m]])

    one = np.array([1])
    depots = Depots(ids=np.array(["depot1"]), geometry=point(0, -20), name=np.array(["西场"]), n_bays=20 * one)
    stations = TransferStations(
        ids=np.array(["ts1"]),
        geometry=point(620, 200),
        name=np.array(["东站"]),
        district=np.array(["乙区"]),
        capacity_t_day=50.0 * one,
    )
    water = WaterPoints(ids=np.array(["wp1"]), geometry=point(310, 15), name=np.array(["河口"]), flow_lps=10.0 * one)
    return depots, stations, water


# metres from A1, kilograms of other waste and of food waste, bins
_WASTE = (
    (100, 8, 150.0, 40.0, 3),
    (300, 8, 120.0, 30.0, 3),
    (500, 8, 200.0, 60.0, 4),
    (100, 208, 90.0, 20.0, 2),
    (500, 208, 110.0, 0.0, 2),
)


def _waste_points() -> WastePoints:
    """Return points along both roads, 8 m north of them."""
    dx_m, dy_m, other_kg, food_kg, n_bins = zip(*_WASTE, strict=True)
    return WastePoints(
        ids=np.array([f"w{k + 1}" for k in range(len(_WASTE))]),
        geometry=Geometry.points([(X0_M + dx, Y0_M + dy) for dx, dy in zip(dx_m, dy_m, strict=True)]),
        name=np.array([f"{k + 1}号点" for k in range(len(_WASTE))]),
        other_kg_day=np.array(other_kg),
        food_kg_day=np.array(food_kg),
        n_bins=np.array(n_bins),
    )


def _turns(at: dict[str, tuple[float, float]]) -> Turns:
    """Ban the left turn from 人民路 (eastward) into 东一街."""
    return Turns(
        ids=np.array(["t1"]),
        geometry=Geometry.points([at["B1"]]),
        from_street=np.array(["s1"]),
        via_junction=np.array(["B1"]),
        to_street=np.array(["s8"]),
        rule=np.array([1], dtype=np.int8),
    )
