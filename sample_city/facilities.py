"""What the bureau runs: depots, water points, plants, transfer stations and toilets; and the places that draw crowds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from layers.geometry import Geometry
from layers.kinds.facilities import Depots, PlantKind, Plants, StationState, Toilets, TransferStations, WaterPoints
from layers.kinds.places import CrowdKind, CrowdPlaces
from layers.kinds.streets import RoadClass
from sample_city.names import bases
from sample_city.roadside import Roadside, far_apart, spread
from sample_city.spec import Spec
from sample_city.streets import numbered
from sample_city.terrain import F64, Rng

I64 = NDArray[np.int64]
_ALWAYS = "00:00-24:00"
_BAY_T_DAY = 20.0  # an unloading bay takes ten trucks of 2 t in an evening, a quarter of an hour each
_CROWDS = {  # kind: places for a million people, visitors a day from and to, endings of names, how far from the centre
    CrowdKind.STATION: (5.0, 9_000, 120_000, ("火车站", "客运站", "地铁站"), 0.9),
    CrowdKind.MARKET: (28.0, 2_000, 14_000, ("农贸市场", "菜市场"), 1.0),
    CrowdKind.SQUARE: (9.0, 4_000, 40_000, ("广场",), 0.7),
    CrowdKind.MALL: (12.0, 8_000, 60_000, ("购物中心", "商场", "百货大楼"), 0.7),
    CrowdKind.PARK: (10.0, 1_500, 18_000, ("公园",), 0.95),
    CrowdKind.SIGHT: (5.0, 1_500, 25_000, ("寺", "塔", "故居", "博物馆"), 0.6),
    CrowdKind.STADIUM: (2.0, 1_000, 15_000, ("体育馆", "体育场"), 0.8),
}


def crowd_layer(spec: Spec, road: Roadside, rng: Rng) -> CrowdPlaces:
    """Return stations, markets, squares and the like, along streets that carry their visitors."""
    wide = np.flatnonzero(
        road.ground & (road.grade >= RoadClass.MAIN) & (road.grade <= RoadClass.BRANCH) & (road.length_m > 60)
    )
    pool, millions = bases(rng), spec.n_residents * 1e-6
    kinds, rows, visitors, names = [], [], [], []
    for kind, (rate, low, high, ends, reach) in _CROWDS.items():
        near = wide[road.far[wide] < reach]
        n = max(1, round(rate * millions))
        rows.append(far_apart(road.middle, near, n, rng) if n < 60 else spread_n(road, near, n, rng))
        n = len(rows[-1])
        kinds += [int(kind)] * n
        visitors.append(np.round(np.exp(rng.uniform(np.log(low), np.log(high), n)), -2))
        names += [next(pool) + ends[i % len(ends)] for i in range(n)]
    every = np.concatenate(rows)
    return CrowdPlaces(
        ids=numbered("X", len(every)),
        geometry=Geometry.points(road.put(every, 12.0, rng)),
        name=np.array(names),
        crowd=np.array(kinds, dtype=np.int8),
        n_visitors_day=np.concatenate(visitors),
    )


def spread_n(road: Roadside, rows: I64, n: int, rng: Rng) -> I64:
    """Return about `n` of `rows`, evenly over the land that they cover."""
    cells = len(np.unique(np.floor(road.middle[rows] / 500.0).astype(np.int64), axis=0))
    found = spread(road.middle, rows, 500.0 * max(1.0, (cells / n) ** 0.5), rng)
    return np.sort(rng.permutation(found)[:n])


def depot_layer(spec: Spec, road: Roadside, names: tuple[str, ...], rng: Rng) -> Depots:
    """Return the depots: one near the middle of each district, more where the streets are many."""
    usable = road.ground & ((road.grade == RoadClass.SECONDARY) | (road.grade == RoadClass.BRANCH))
    rows, of = [], []
    size_m = np.bincount(road.district, weights=road.length_m, minlength=len(names))
    for district in range(len(names)):
        here = np.flatnonzero(usable & (road.district == district) & (road.length_m > 80))
        n = 1 + int(size_m[district] > 1.25 * size_m.mean() and len(names) > 1) + int(spec.radius_m > 20_000) * 3
        centre = road.middle[here].mean(axis=0)
        if n == 1:
            near = here[np.argsort(np.hypot(*(road.middle[here] - centre).T), kind="stable")][:25]
            rows.append(int(rng.choice(near)))
        else:
            rows += far_apart(road.middle, here, n, rng).tolist()
        of += [district] * n
    every = np.array(rows)
    title = [names[d].rstrip("区") + "环卫停车场" for d in of]
    return Depots(
        ids=numbered("B", len(every)),
        geometry=Geometry.points(road.put(every, 14.0, rng)),
        name=np.array(
            [t if of.count(d) == 1 else f"{t}{of[:i].count(d) + 1}" for i, (t, d) in enumerate(zip(title, of, strict=True))]
        ),
        n_bays=rng.integers(60, 160, len(every)).astype(np.int32),
        charging=rng.random(len(every)) < 0.75,
    )


def water_layer(road: Roadside, rng: Rng) -> WaterPoints:
    """Return the points where tanks are filled, about one for each square of 1.5 km."""
    wide = np.flatnonzero(
        road.ground & (road.grade >= RoadClass.MAIN) & (road.grade <= RoadClass.BRANCH) & (road.length_m > 60)
    )
    rows = spread(road.middle, wide, 1500.0, rng)
    return WaterPoints(
        ids=numbered("W", len(rows)),
        geometry=Geometry.points(road.put(rows, 3.0, rng)),
        name=np.array([f"{i + 1}号取水栓" for i in range(len(rows))]),
        flow_lps=np.round(rng.uniform(8, 16, len(rows)), 1),
        open_periods=np.where(rng.random(len(rows)) < 0.85, _ALWAYS, "05:00-22:00"),
    )


def plant_layer(spec: Spec, road: Roadside, rng: Rng) -> Plants:
    """Return incinerator, food-waste plant and landfill, far out where no one lives."""
    waste_t = spec.n_residents * 1e-3
    edge = np.flatnonzero(
        road.ground & (road.far > np.quantile(road.far, 0.93)) & (road.grade <= RoadClass.BRANCH) & (road.length_m > 90)
    )
    rows = far_apart(road.middle, edge, 3, rng)[rng.permutation(3)]
    capacity = np.ceil(waste_t * np.array([1.0, 0.16, 0.25]) / 50.0) * 50.0
    return Plants(
        ids=numbered("L", 3),
        geometry=Geometry.points(road.put(rows, 25.0, rng)),
        name=np.array(["生活垃圾焚烧发电厂", "餐厨垃圾处理厂", "应急填埋场"]),
        plant=np.array([PlantKind.INCINERATOR, PlantKind.FOOD_WASTE, PlantKind.LANDFILL], dtype=np.int8),
        capacity_t_day=capacity,
    )


def station_layer(spec: Spec, road: Roadside, names: tuple[str, ...], waste_t: F64, rng: Rng) -> TransferStations:
    """Return the transfer stations that there are: some sound, more to be rebuilt, a few to be closed.

    Parameters
    ----------
    waste_t
        Waste of each district, tonnes a day.
    """
    pool = bases(rng)
    rows, of = [], []
    for district in range(len(names)):
        here = np.flatnonzero(
            road.ground & (road.district == district) & (road.grade == RoadClass.BRANCH) & (road.length_m > 80)
        )
        n = max(6 if district < spec.n_central else 3, round(waste_t[district] / 70.0)) + int(rng.integers(0, 2))
        rows.append(far_apart(road.middle, here, n, rng))
        of += [district] * len(rows[-1])
    every, owner = np.concatenate(rows), np.array(of)
    n = len(every)
    share_t = waste_t[owner] / np.bincount(owner)[owner]
    capacity = np.maximum(20.0, np.round(share_t * rng.uniform(0.75, 1.35, n) / 5.0) * 5.0)
    state = rng.choice([StationState.SOUND, StationState.TO_REBUILD, StationState.TO_CLOSE], n, p=[0.38, 0.52, 0.10])
    land = np.where(
        capacity < 50,
        rng.uniform(400, 900, n),
        np.where(capacity < 150, rng.uniform(900, 3600, n), rng.uniform(4000, 9000, n)),
    )
    return TransferStations(
        ids=numbered("Z", n),
        geometry=Geometry.points(road.put(every, 10.0, rng)),
        name=np.array([next(pool) + "垃圾中转站" for _ in range(n)]),
        district=np.array(names)[owner],
        capacity_t_day=capacity,
        land_m2=(land / 10).round() * 10.0,
        state=state.astype(np.int8),
        compacting=(state == StationState.SOUND) | (rng.random(n) < 0.3),
        open_periods=np.where(rng.random(n) < 0.7, _ALWAYS, "04:00-23:00"),
        n_bays=np.maximum(2, np.ceil(capacity / _BAY_T_DAY)).astype(np.int32),
    )


def toilet_layer(road: Roadside, names: tuple[str, ...], built_m2: F64, rng: Rng) -> Toilets:
    """Return public toilets: 2.3 to 3.4 a km2 by district, short of what the documents want in most."""
    usable = road.ground & (road.grade >= RoadClass.MAIN) & (road.length_m > 50)
    rows, of = [], []
    for district in range(len(names)):
        here = np.flatnonzero(usable & (road.district == district))
        rows.append(spread_n(road, here, max(2, round(built_m2[district] * 1e-6 * rng.uniform(2.3, 3.4))), rng))
        of += [district] * len(rows[-1])
    every, owner = np.concatenate(rows), np.array(of)
    n = len(every)
    men = rng.integers(3, 9, n)
    dry = (rng.random(n) < 0.08) & (road.far[every] > 0.2)
    return Toilets(
        ids=numbered("U", n),
        geometry=Geometry.points(road.put(every, 6.0, rng)),
        name=np.array([t for t, _ in zip(_toilet_names(rng), range(n), strict=False)]),
        district=np.array(names)[owner],
        dry=dry,
        n_women_stalls=np.maximum(2, np.round(men * rng.uniform(0.8, 1.9, n))).astype(np.int32),
        n_men_stalls=men.astype(np.int32),
        open_periods=np.where(rng.random(n) < 0.55, _ALWAYS, "06:00-22:00"),
    )


def _toilet_names(rng: Rng) -> Iterator[str]:
    return (base + "公厕" for base in bases(rng))
