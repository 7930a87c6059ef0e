"""A night of collection on the tiny city that a person can follow: two trips of one electric truck, and one of another."""

from __future__ import annotations

import numpy as np

from layers.city import City
from layers.geometry import Geometry
from layers.kinds.facilities import TransferStations, WastePoints
from layers.text import Text
from optimizer.plan import Leg, LegKind, Outcome, Plan, Route, Unserved
from tests.cities import X0_M, Y0_M, tiny_city

H, M = 3600.0, 60.0
VEHICLES = {"r1": Text("电动车 01", "electric 01"), "r2": Text("密闭车 01", "sealed 01")}


def night_city() -> City:
    at = Geometry.points([[X0_M + 50, Y0_M + 5], [X0_M + 250, Y0_M + 5], [X0_M + 450, Y0_M + 205]])
    points = WastePoints(
        ids=np.array(["p1", "p2", "p3"]),
        geometry=at,
        name=np.array(["南门", "东门", "北门"]),
        street=np.array(["s1", "s2", ""]),
    )
    city = tiny_city()
    stations = city[TransferStations]
    bays = TransferStations(
        ids=stations.ids,
        geometry=stations.geometry,
        name=stations.name,
        capacity_t_day=np.array([0.3]),
        n_bays=np.array([1]),
    )
    return city.with_layers(points, bays)


def night_plan() -> Plan:
    one = (
        Leg(LegKind.DRIVE, 19 * H, 19 * H + 5 * M, 1000.0, ("s7",)),
        Leg(LegKind.SERVE, 19 * H + 5 * M, 19 * H + 7 * M + 30, item="p1:OTHER", load_kg=120.0),
        Leg(LegKind.DRIVE, 19 * H + 7 * M + 30, 19 * H + 10 * M, 200.0, ("s1",)),
        Leg(LegKind.SERVE, 19 * H + 10 * M, 19 * H + 12 * M, item="p2:OTHER", load_kg=80.0),
        Leg(LegKind.DRIVE, 19 * H + 12 * M, 19 * H + 20 * M, 400.0, ("s2", "s3")),
        Leg(LegKind.UNLOAD, 19 * H + 20 * M, 19 * H + 30 * M, item="ts1", load_kg=-200.0),
        Leg(LegKind.DRIVE, 19 * H + 30 * M, 19 * H + 40 * M, 400.0, ("-s3",)),
        Leg(LegKind.WAIT, 19 * H + 40 * M, 19 * H + 45 * M),
        Leg(LegKind.SERVE, 19 * H + 45 * M, 19 * H + 50 * M, item="p3:OTHER", load_kg=60.0),
        Leg(LegKind.DRIVE, 19 * H + 50 * M, 20 * H, 300.0, ("s6",)),
        Leg(LegKind.UNLOAD, 20 * H, 20 * H + 10 * M, item="ts1", load_kg=-60.0),
        Leg(LegKind.REFILL, 20 * H + 10 * M, 21 * H, item="depot1"),
    )
    two = (
        Leg(LegKind.DRIVE, 19 * H, 19 * H + 10 * M, 900.0, ("s7",)),
        Leg(LegKind.SERVE, 19 * H + 10 * M, 19 * H + 14 * M, item="p1:FOOD", load_kg=90.0),
        Leg(LegKind.DRIVE, 19 * H + 14 * M, 19 * H + 22 * M, 600.0, ("s1", "s2")),
        Leg(LegKind.UNLOAD, 19 * H + 22 * M, 19 * H + 32 * M, item="ts1", load_kg=-90.0),
    )
    routes = (
        Route("r1", "8 吨电动压缩车 01", "electric_8t", "depot1", "collection", one),
        Route("r2", "5 吨密闭垃圾车 01", "sealed_5t", "depot1", "collection", two),
    )
    left = (Unserved("p3:FOOD", "shift_time", Text("时间不够", "no time"), amount=40.0, unit="kg"),)
    return Plan("collection", "夜", Outcome.FEASIBLE, 1.0, None, routes=routes, unserved=left)
