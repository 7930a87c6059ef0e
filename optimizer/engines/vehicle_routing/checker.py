"""Is this plan right, and what does it cost? No solver, no compiled code; the times are those of the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from optimizer.engines.bonds import broken_orders
from optimizer.engines.vehicle_routing.bays import full_spans
from optimizer.engines.vehicle_routing.driving import brought, passages
from optimizer.engines.vehicle_routing.plan_fault import FaultKind, PlanFault
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.route_checks import route_faults
from optimizer.engines.vehicle_routing.schedule import plan_cost
from optimizer.engines.vehicle_routing.solution import RoutePlan, VehicleRoute, VisitKind


def faults(problem: VehicleRoutingProblem, plan: RoutePlan, *, claimed_cost: int | None = None) -> tuple[PlanFault, ...]:
    """Return everything that is wrong with `plan`; nothing means it is right.

    Parameters
    ----------
    problem
        What was asked.
    plan
        The answer.
    claimed_cost
        What it is said to cost, checked when given.
    """
    found = [fault for k, route in enumerate(plan.routes) for fault in _unknown(problem, k, route)]
    if found:
        return tuple(found)
    found += _coverage(problem, plan)
    for k, route in enumerate(plan.routes):
        found += [PlanFault(fault.kind, f"route {k}: {fault.text}") for fault in route_faults(problem, route)]
    found += _fleet(problem, plan)
    served = [route.stops for route in plan.routes]
    found += [PlanFault(FaultKind.ORDER_BROKEN, text) for text in broken_orders(problem.orders, served, "stop")]
    for station in range(len(problem.stations)):
        found += _bays(problem, plan, station)
        found += _throughput(problem, plan, station)
    if claimed_cost is not None and all(leg.has_way for route in plan.routes for leg in passages(problem, route)):
        total = plan_cost(problem, plan)
        if claimed_cost != total:
            found.append(PlanFault(FaultKind.WRONG_COST, f"the plan is said to cost {claimed_cost}, it costs {total}"))
    return tuple(found)


def _unknown(problem: VehicleRoutingProblem, k: int, route: VehicleRoute) -> Iterator[PlanFault]:
    if not 0 <= route.group < len(problem.groups):
        yield PlanFault(FaultKind.UNKNOWN_GROUP, f"route {k}: group {route.group}, there are {len(problem.groups)}")
        return
    group = problem.groups[route.group]
    there_are = {
        VisitKind.STOP: (FaultKind.UNKNOWN_STOP, problem.n_stops),
        VisitKind.STATION: (FaultKind.UNKNOWN_STATION, len(problem.stations)),
        VisitKind.BREAK: (FaultKind.UNKNOWN_BREAK, len(group.breaks)),
    }
    for visit in route.visits:
        kind, n = there_are[visit.kind]
        if not 0 <= visit.index < n:
            yield PlanFault(kind, f"route {k}: {visit.kind.value} {visit.index}, there are {n}")
    if route.vehicle is not None and not 0 <= route.vehicle < group.n_vehicles:
        text = f"route {k}: vehicle {route.vehicle} of group {route.group}, there are {group.n_vehicles}"
        yield PlanFault(FaultKind.UNKNOWN_VEHICLE, text)


def _coverage(problem: VehicleRoutingProblem, plan: RoutePlan) -> Iterator[PlanFault]:
    times = Counter(stop for route in plan.routes for stop in route.stops)
    for stop, n in sorted(times.items()):
        if n > 1:
            yield PlanFault(FaultKind.TWICE, f"stop {stop} is served {n} times, once is expected")
    if problem.serve_all:
        for stop in range(problem.n_stops):
            if stop not in times:
                yield PlanFault(FaultKind.LEFT_OUT, f"stop {stop} is not served, all are to be")


def _fleet(problem: VehicleRoutingProblem, plan: RoutePlan) -> Iterator[PlanFault]:
    for group, n in sorted(Counter(route.group for route in plan.routes).items()):
        there_are = problem.groups[group].n_vehicles
        if n > there_are:
            yield PlanFault(FaultKind.TOO_MANY_VEHICLES, f"group {group}: {n} vehicles are used, there are {there_are}")
    numbered = Counter((route.group, route.vehicle) for route in plan.routes if route.vehicle is not None)
    for (group, vehicle), n in sorted(numbered.items()):
        if n > 1:
            text = f"group {group}: vehicle {vehicle} drives {n} routes, one is expected"
            yield PlanFault(FaultKind.VEHICLE_TWICE, text)


def _bays(problem: VehicleRoutingProblem, plan: RoutePlan, station: int) -> Iterator[PlanFault]:
    it = problem.stations[station]
    if it.bays is None:
        return
    taken = [
        (visit.start_s, visit.start_s + it.visit_s)
        for route in plan.routes
        for visit in route.visits
        if visit.kind is VisitKind.STATION and visit.index == station
    ]
    for from_s, to_s in full_spans(taken, it.bays + 1):
        text = f"station {station}: more than {it.bays} vehicles are there from {from_s} to {to_s} s, it has {it.bays} bays"
        yield PlanFault(FaultKind.BAYS_FULL, text)


def _throughput(problem: VehicleRoutingProblem, plan: RoutePlan, station: int) -> Iterator[PlanFault]:
    it = problem.stations[station]
    total = sum(brought(problem, route).get(station, 0) for route in plan.routes)
    if it.throughput is not None and total > it.throughput:
        text = f"station {station}: {total} are brought, at most {it.throughput} are expected"
        yield PlanFault(FaultKind.OVER_THROUGHPUT, text)
