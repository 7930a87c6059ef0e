"""Small vehicle-routing problems that a person can check by hand: places on a straight street, a metre a second."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from optimizer.engines.vehicle_routing import (
    Engine,
    FaultKind,
    Limits,
    Profile,
    Result,
    RoutePlan,
    Station,
    Stops,
    VehicleGroup,
    VehicleRoute,
    VehicleRoutingProblem,
    Visit,
    VisitKind,
    faults,
    solve,
)

DAY_S = 10_000
STOP, STATION, BREAK = VisitKind.STOP, VisitKind.STATION, VisitKind.BREAK


def profile_of(
    at_m: Sequence[int],
    n_stops: int,
    *,
    service_s: int = 0,
    windows_s: Sequence[tuple[int, int]] | None = None,
    pace: int = 1,
) -> Profile:
    """Return places on a line, each way as long as they are apart, a metre in `pace` seconds."""
    x = np.array(at_m)
    length_m = np.abs(x[:, None] - x[None, :]).astype(np.int32)
    spans = np.array(windows_s or [(0, DAY_S)] * n_stops, dtype=np.int64).reshape(n_stops, 2)
    service = np.full(n_stops, service_s, dtype=np.int64)
    return Profile((length_m * pace).astype(np.int32), length_m, service, spans[:, 0].copy(), spans[:, 1].copy())


def stops_of(
    places: Sequence[int],
    demand: Sequence[int | Sequence[int]],
    *,
    value: Sequence[int] | None = None,
    allowed: Sequence[Sequence[bool]] | None = None,
    release_s: Sequence[int] | None = None,
) -> Stops:
    """Return stops at these places; a demand is one load's or all loads'."""
    amounts = np.array([[d] if isinstance(d, int) else list(d) for d in demand], dtype=np.int64)
    return Stops(
        np.array(places, dtype=np.int64),
        amounts.reshape(len(places), -1),
        np.ones(len(places), dtype=np.int64) if value is None else np.array(value, dtype=np.int64),
        None if allowed is None else np.array(allowed, dtype=np.bool_),
        None if release_s is None else np.array(release_s, dtype=np.int64),
    )


def truck(capacity: int | tuple[int, ...] = 10, n_vehicles: int = 1, **more: Any) -> VehicleGroup:
    """Return vehicles that stand at place 0 all day."""
    held = (capacity,) if isinstance(capacity, int) else capacity
    return VehicleGroup(0, 0, held, n_vehicles, more.pop("earliest_s", 0), more.pop("latest_s", DAY_S), **more)


def street(group: VehicleGroup | None = None, **changes: Any) -> VehicleRoutingProblem:
    """Return a depot at 0 m, stops of 4 at 100, 200, 300 m (10 s each), and a station at 400 m (20 s a visit)."""
    stated: dict[str, Any] = {
        "stops": stops_of([1, 2, 3], [4, 4, 4]),
        "profiles": (profile_of([0, 100, 200, 300, 400], 3, service_s=10),),
        "groups": (group or truck(12),),
        "stations": (Station(4, visit_s=20, visit_cost=5),),
    }
    return VehicleRoutingProblem(**{**stated, **changes})


def route(*visits: tuple[VisitKind, int, int], leave_s: int = 0, group: int = 0, vehicle: int | None = None) -> VehicleRoute:
    """Return a route of visits, each kind, index, and begin."""
    return VehicleRoute(group, leave_s, tuple(Visit(*visit) for visit in visits), vehicle)


def there_and_back() -> VehicleRoute:
    """Return the route that serves the whole `street`: out by the stops, emptied, home at 850 s, 800 m."""
    return route((STOP, 0, 100), (STOP, 1, 210), (STOP, 2, 320), (STATION, 0, 430))


def kinds(problem: VehicleRoutingProblem, *routes: VehicleRoute, claimed_cost: int | None = None) -> set[FaultKind]:
    """Return which rules a plan breaks."""
    return {fault.kind for fault in faults(problem, RoutePlan(routes), claimed_cost=claimed_cost)}


def solved(
    problem: VehicleRoutingProblem, n_steps: int = 60, *, engine: Engine = Engine.JINGCHENG, may_leave: bool = False
) -> Result:
    """Solve with so many steps, and check all that can be checked."""
    result = solve(problem, limits=Limits(work_limit=n_steps), engine=engine)
    found = faults(problem, result.plan, claimed_cost=result.cost)
    assert not [fault for fault in found if not (may_leave and fault.kind is FaultKind.LEFT_OUT)]
    assert {one.stop for one in result.unserved} == set(range(problem.n_stops)) - result.plan.served
    return result
