"""Why stops are left out, with amounts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layers.text import Text
from optimizer.engines.vehicle_routing.alone import Alone, has_way, ways_alone
from optimizer.engines.vehicle_routing.driving import brought
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.solution import Reason, RoutePlan, Unserved


def told(one: Unserved) -> Text:
    """Return a reason as a line for people; amounts are in the problem's own units."""
    zh, en = {
        Reason.NO_GROUP: ("没有车组可以作业", "no vehicle group may serve it; allow one"),
        Reason.NO_LOCKED: ("锁定的车辆无法作业", "the vehicle that it is locked to cannot serve it; lift the lock"),
        Reason.NO_CAPACITY: (
            f"载荷 {one.load} 比最大容量多 {one.missing}",
            f"it has {one.missing} more of load {one.load} than any vehicle holds; divide it",
        ),
        Reason.NO_STATION: (
            "没有在开放时间内可到达的卸料站点",
            "no station that takes it can be reached while it is open; add one, or open one longer",
        ),
        Reason.NO_WAY: ("车辆无法到达并返回", "no vehicle can drive there and come back; mend the network"),
        Reason.NO_WINDOW: (
            f"时间窗差 {one.missing} s",
            f"its window is missed by {one.missing} s at least; let it end later, or let vehicles leave earlier",
        ),
        Reason.NO_SHIFT: (
            f"单独作业也超过时限 {one.missing} s",
            f"alone it takes {one.missing} s longer than the limit; lengthen the shift or the hours",
        ),
        Reason.NO_RANGE: (
            f"超出续航 {one.missing} m",
            f"it is {one.missing} m beyond a vehicle's range; add a charging place or another vehicle",
        ),
        Reason.NO_THROUGHPUT: (
            f"站点还差 {one.missing} 的处理量",
            f"the stations can take {one.missing} too little; let one take more",
        ),
        Reason.NO_ROOM: ("车辆的时间已用尽", "no vehicle has time left for it; add a vehicle or lengthen the hours"),
        Reason.NOT_TRIED: ("计算在排到它之前停止", "the search was stopped before its turn came; let it run longer"),
    }[one.reason]
    return Text(zh=f"停靠点 {one.stop}：{zh}", en=f"stop {one.stop}: {en}")


def why_unserved(problem: VehicleRoutingProblem, plan: RoutePlan) -> tuple[Unserved, ...]:
    """Return the reason for each stop that `plan` leaves out: the first rule that no group can keep even for it alone.

    Where a vehicle could serve it alone, the stations have nothing left for it, or the vehicles have not.
    """
    lost = sorted(set(range(problem.n_stops)) - plan.served)
    if not lost:
        return ()
    left = _left(problem, plan)
    locked = {lock.item: lock.group for lock in problem.locks}
    return tuple(_why(problem, stop, left, locked.get(stop)) for stop in lost)


def never_served(problem: VehicleRoutingProblem) -> tuple[Unserved, ...]:
    """Return the stops that no vehicle could serve even alone, with reasons."""
    return tuple(one for one in why_unserved(problem, RoutePlan()) if one.reason is not Reason.NO_ROOM)


def _left(problem: VehicleRoutingProblem, plan: RoutePlan) -> list[int | None]:
    """Return what each station can still take; None where there is no limit."""
    left = [station.throughput for station in problem.stations]
    for route in plan.routes:
        for station, amount in brought(problem, route).items():
            before = left[station]
            left[station] = None if before is None else before - amount
    return left


def _why(problem: VehicleRoutingProblem, stop: int, left: Sequence[int | None], locked: int | None) -> Unserved:
    may = problem.stops.allowed
    groups = [g for g, it in enumerate(problem.groups) if it.n_vehicles and (may is None or may[stop, g])]
    if locked is None:
        return _why_by(problem, stop, left, groups)
    found = _why_by(problem, stop, left, [g for g in groups if g == locked])
    if found.reason in (Reason.NO_ROOM, Reason.NO_THROUGHPUT):
        return found
    free = _why_by(problem, stop, left, groups)
    return Unserved(stop, Reason.NO_LOCKED) if free.reason is Reason.NO_ROOM else free


def _why_by(problem: VehicleRoutingProblem, stop: int, left: Sequence[int | None], groups: Sequence[int]) -> Unserved:
    """Return the first rule that none of some groups can keep."""
    if not groups:
        return Unserved(stop, Reason.NO_GROUP)
    demand = problem.stops.demand[stop]
    over = {g: demand - _holds(problem, g) for g in groups}
    groups = [g for g in groups if over[g].max() <= 0]
    if not groups:
        least = min(over.values(), key=lambda amounts: int(amounts.max()))
        return Unserved(stop, Reason.NO_CAPACITY, int(least.max()), int(least.argmax()))
    groups = [g for g in groups if has_way(problem, g, stop)]
    if not groups:
        return Unserved(stop, Reason.NO_WAY)
    found: list[Alone] = []
    for g in groups:
        for way in ways_alone(problem, g, stop):
            if not way.n_missed and _takes(problem, stop, way, left) <= 0:
                return Unserved(stop, Reason.NO_ROOM)
            found.append(way)
    return _missed(problem, stop, left, found)


def _holds(problem: VehicleRoutingProblem, g: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return how much of each load a vehicle of a group can take aboard at once."""
    group = problem.groups[g]
    most = [group.most_on_route(load) for load in range(problem.n_loads)]
    return np.array([c if m is None else min(c, m) for c, m in zip(group.capacity, most, strict=True)], dtype=np.int64)


def _missed(problem: VehicleRoutingProblem, stop: int, left: Sequence[int | None], ways: Sequence[Alone]) -> Unserved:
    """Return what the way that is nearest to being possible misses."""
    if not ways:
        return Unserved(stop, Reason.NO_STATION)
    full = [_takes(problem, stop, way, left) for way in ways if not way.n_missed]
    if full:
        return Unserved(stop, Reason.NO_THROUGHPUT, min(full))
    fewest = min(way.n_missed for way in ways)
    nearest = [way for way in ways if way.n_missed == fewest]
    for reason, amounts in (
        (Reason.NO_WINDOW, [way.late_s for way in nearest]),
        (Reason.NO_SHIFT, [way.over_s for way in nearest]),
    ):
        missed = [amount for amount in amounts if amount]
        if missed:
            return Unserved(stop, reason, min(missed))
    return Unserved(stop, Reason.NO_RANGE, min(way.over_m for way in nearest))


def _takes(problem: VehicleRoutingProblem, stop: int, way: Alone, left: Sequence[int | None]) -> int:
    """Return by how much the stations of a way fall short of the stop's loads."""
    aboard = problem.stops.demand[stop].tolist()
    short = 0
    for k in way.stations:
        its = [load for load in range(problem.n_loads) if problem.stations[k].takes_load(load)]
        most = left[k]
        if most is not None:
            short = max(short, sum(aboard[load] for load in its) - most)
        aboard = [0 if load in its else amount for load, amount in enumerate(aboard)]
    return short
