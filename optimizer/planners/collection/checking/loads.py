"""Check what is aboard: no two streams in one compartment, none over its capacity, all unloaded at the end, range kept."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.layer import F64
from layers.units import KM_M, clock
from optimizer.ground.streams import STREAMS
from optimizer.ground.street_rules import TOLERANCE
from optimizer.ground.street_walk import Found
from optimizer.plan import LegKind
from optimizer.planners.collection.checking.walk import Walk
from optimizer.planners.collection.night.fleet import Layout, layout_of

# Capacities are planned in tenths of a kilogram to the safe side; sums of kilograms that were each rounded may differ by it.
_SUM_KG = 0.5


def load_faults(walk: Walk) -> Found:
    """Yield what is wrong with loads, route by route."""
    table = walk.legs
    idle = ~table.doing(LegKind.SERVE, LegKind.UNLOAD) & (np.abs(table.load_kg) > TOLERANCE)
    for k in np.flatnonzero(idle).tolist():
        when, kg = clock(table.legs[k].start_s), f"{table.load_kg[k]:.1f} kg"
        zh, en = (
            f"{when} 未收集或卸料而载重变化 {kg}",
            f"the load changes by {kg} at {when}, by neither service nor unloading",
        )
        yield walk.fault(int(table.route[k]), "wrong_load", zh, en)
    streams = np.where(walk.task >= 0, walk.rules.night.tasks.stream[np.maximum(walk.task, 0)], -1)
    for route, vehicle in enumerate(walk.vehicles):
        span = slice(int(table.first[route]), int(table.first[route + 1]))
        served = frozenset(s for s in streams[span].tolist() if s >= 0)
        layout = layout_of(vehicle, served, walk.rules.night.streams)
        if layout is None:
            names = [STREAMS[s].label for s in sorted(served)]
            zh, en = "、".join(n.zh for n in names), " and ".join(n.en for n in names)
            yield walk.fault(route, "streams_mixed", f"{zh}混装", f"{en} in one compartment")
            continue
        yield from _aboard(walk, route, (span, layout), streams[span])


def _aboard(walk: Walk, route: int, of: tuple[slice, Layout], streams: F64) -> Found:
    """Check one route's compartments."""
    (span, layout), table = of, walk.legs
    aboard = dict.fromkeys(layout.streams, 0.0)
    for leg, stream in zip(table.legs[span], streams.tolist(), strict=True):
        if leg.kind is LegKind.SERVE and stream >= 0:
            aboard[stream] += leg.load_kg
            if aboard[stream] > layout.holds(stream) + _SUM_KG:
                kg, holds, when = f"{aboard[stream]:.0f} kg", f"{layout.holds(stream):.0f} kg", clock(leg.end_s)
                yield walk.fault(
                    route, "overloaded", f"{when} 载 {kg}，容量 {holds}", f"{kg} aboard at {when}, it holds {holds}"
                )
                return
        elif leg.kind is LegKind.UNLOAD:
            total = sum(aboard.values())
            if abs(total + leg.load_kg) > _SUM_KG:
                told, when = f"{-leg.load_kg:.0f} kg", clock(leg.start_s)
                zh, en = f"{when} 卸 {told}，车上 {total:.0f} kg", f"{told} unloaded at {when}, {total:.0f} kg aboard"
                yield walk.fault(route, "wrong_load", zh, en)
                return
            aboard = dict.fromkeys(aboard, 0.0)
    if sum(aboard.values()) > _SUM_KG:
        kg = f"{sum(aboard.values()):.0f} kg"
        yield walk.fault(route, "not_emptied", f"收车时仍载 {kg}", f"it ends with {kg} aboard")


def range_faults(walk: Walk) -> Found:
    """Check that no vehicle drives farther on one charge or tank than it can; charging fills it up again."""
    for route, (metres, vehicle) in enumerate(zip(_longest_m(walk), walk.vehicles, strict=True)):
        if vehicle.range_m > 0 and metres > vehicle.range_m + 1:
            km, most = f"{metres / KM_M:.1f} km", f"{vehicle.range_m / KM_M:.1f} km"
            yield walk.fault(route, "range_exceeded", f"续驶 {km}，续航 {most}", f"{km} on one charge, its range is {most}")


def _longest_m(walk: Walk) -> Iterator[float]:
    """Yield the longest distance of each route between two charges."""
    table = walk.legs
    for route in range(len(table.routes)):
        span = slice(int(table.first[route]), int(table.first[route + 1]))
        part = np.cumsum(table.doing(LegKind.REFILL)[span])
        yield float(np.bincount(part, weights=table.length_m[span]).max()) if len(part) else 0.0
