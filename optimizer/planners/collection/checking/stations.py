"""Check the stations: unloading there, while open, on a free bay, no more than they take; and charging where it can be."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.layer import F64
from layers.text import Text
from layers.units import TONNE_KG, clock
from optimizer.ground.street_rules import TOLERANCE
from optimizer.ground.street_walk import Found
from optimizer.plan import Leg, LegKind, PlanFault
from optimizer.planners.collection.checking.rules import Rules
from optimizer.planners.collection.checking.walk import Walk
from optimizer.planners.collection.night.stations import Station

_SUM_KG = 1.0


def visit_faults(walk: Walk) -> Found:
    """Yield what is wrong with single visits to stations and chargers."""
    table, rules = walk.legs, walk.rules
    for k in np.flatnonzero(table.doing(LegKind.UNLOAD)).tolist():
        leg, route = table.legs[k], int(table.route[k])
        station = rules.stations.get(leg.item)
        if station is None:
            yield walk.fault(route, "unknown", f"没有卸料站“{leg.item}”", f"there is no station {leg.item!r}")
            continue
        due_s = walk.vehicles[route].unload_s
        if leg.end_s - leg.start_s < due_s - TOLERANCE:
            zh, en = f"{leg.item} 卸料短于 {due_s:.0f} s", f"unloading at {leg.item} takes less than {due_s:.0f} s"
            yield walk.fault(route, "too_short", zh, en)
        if not is_open(station, leg):
            runs = f"{clock(leg.start_s)}-{clock(leg.end_s)}"
            zh, en = f"{leg.item} 在 {runs} 不全程开放", f"{leg.item} is not open all through {runs}"
            yield walk.fault(route, "station_closed", zh, en)
    for k in np.flatnonzero(table.doing(LegKind.REFILL)).tolist():
        leg, route = table.legs[k], int(table.route[k])
        vehicle = walk.vehicles[route]
        charges = leg.item in rules.night.places.charging and vehicle.electric and vehicle.charge_s > 0
        if not charges or leg.end_s - leg.start_s < vehicle.charge_s - TOLERANCE:
            zh, en = f"“{leg.item}”处不能充电或时间不足", f"{leg.item!r} cannot charge it, or not in that time"
            yield walk.fault(route, "wrong_charging", zh, en)


def is_open(station: Station, leg: Leg) -> bool:
    """Return whether a station is open all through a visit."""
    return any(
        a - TOLERANCE <= leg.start_s and leg.end_s <= b + TOLERANCE
        for a, b in station.open_in(leg.start_s - 1, leg.end_s + 1)
    )


def station_faults(rules: Rules, walk: Walk) -> Iterator[PlanFault]:
    """Yield stations that more vehicles are at than there are bays, or that get more than they take, day by day."""
    visits: dict[tuple[str, int], list[Leg]] = {}
    for route in walk.legs.routes:
        for leg in route.legs:
            if leg.kind is LegKind.UNLOAD and leg.item in rules.stations:
                visits.setdefault((leg.item, route.day), []).append(leg)
    for (key, _), legs in sorted(visits.items()):
        station = rules.stations[key]
        most, at_s = most_at_once(np.array([leg.start_s for leg in legs]), np.array([leg.end_s for leg in legs]))
        if most > station.n_bays:
            when = clock(at_s)
            zh, en = (
                f"{key} 在 {when} 有 {most} 辆车，泊位 {station.n_bays} 个",
                f"{most} vehicles at {key} at {when}, it has {station.n_bays} bays",
            )
            yield PlanFault("bays_exceeded", key, Text(zh, en))
        kg = -sum(leg.load_kg for leg in legs)
        if kg > station.capacity_kg + _SUM_KG:
            told, takes = f"{kg / TONNE_KG:.1f} t", f"{station.capacity_kg / TONNE_KG:.1f} t"
            yield PlanFault(
                "throughput_exceeded", key, Text(f"{key} 收 {told}，能力 {takes}", f"{key} gets {told}, it takes {takes}")
            )


def most_at_once(start_s: F64, end_s: F64) -> tuple[int, float]:
    """Return the most visits at one moment, and that moment; one that begins as another ends does not meet it."""
    there = (start_s <= start_s[:, None] + TOLERANCE) & (start_s[:, None] + TOLERANCE < end_s)
    number = there.sum(axis=1)
    k = int(np.argmax(number))
    return int(number[k]), float(start_s[k])
