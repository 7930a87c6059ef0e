"""Why cars have no berth, and where one more would help: the lots that a chain of moves leads to from their zone."""

from __future__ import annotations

from collections import defaultdict

from optimizer.engines.allocation.problem import AllocationProblem
from optimizer.engines.allocation.solution import Allocation, Unparked, Why


def unparked_of(problem: AllocationProblem, allocation: Allocation) -> tuple[Unparked, ...]:
    """Return the cars without a berth, by hour and zone, each with the reason."""
    served = allocation.served(problem)
    lots_of: dict[int, list[int]] = defaultdict(list)
    for zone, lot in zip(problem.zone.tolist(), problem.lot.tolist(), strict=True):
        lots_of[zone].append(lot)
    found = []
    for hour in range(problem.n_hours):
        left = problem.demand[hour] - served[hour]
        if not left.any():
            continue
        zones_in: dict[int, list[int]] = defaultdict(list)
        for pair in allocation.cars[hour].nonzero()[0].tolist():
            zones_in[int(problem.lot[pair])].append(int(problem.zone[pair]))
        chains: dict[int, tuple[int, ...]] = {}
        for zone in left.nonzero()[0].tolist():
            if zone not in lots_of:
                found.append(Unparked(hour, zone, int(left[zone]), Why.NO_LOT))
                continue
            if zone not in chains:
                chains[zone] = _chain(zone, lots_of, zones_in)
            found.append(Unparked(hour, zone, int(left[zone]), Why.FULL, chains[zone]))
    return tuple(found)


def _chain(zone: int, lots_of: dict[int, list[int]], zones_in: dict[int, list[int]]) -> tuple[int, ...]:
    """Return the lots of a zone, those of the zones that park there, and so on: room in any frees a berth for it."""
    lots: set[int] = set()
    zones, queue = {zone}, [zone]
    while queue:
        for lot in lots_of[queue.pop()]:
            if lot not in lots:
                lots.add(lot)
                fresh = set(zones_in[lot]) - zones
                zones |= fresh
                queue += sorted(fresh)
    return tuple(sorted(lots))
