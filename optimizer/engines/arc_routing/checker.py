"""Is this plan right, and what does it cost? No solver, no compiled code, shortest paths of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from optimizer.engines.arc_routing.problem import ArcRoutingProblem
from optimizer.engines.arc_routing.schedule import RouteSchedule, schedules
from optimizer.engines.arc_routing.solution import RoutePlan, StopKind, VehicleRoute
from optimizer.engines.bonds import broken_lock, broken_orders


class FaultKind(Enum):
    """What can be wrong with a plan."""

    UNKNOWN_GROUP = "unknown group"
    UNKNOWN_VEHICLE = "unknown vehicle"
    UNKNOWN_TASK = "unknown task"
    UNKNOWN_FACILITY = "unknown facility"
    UNKNOWN_BREAK = "unknown break"
    WRONG_WAY = "wrong way"
    NOT_ALLOWED = "not allowed"
    LOCK_BROKEN = "lock broken"
    ORDER_BROKEN = "order broken"
    TWICE = "served twice"
    LEFT_OUT = "left out"
    OVERLOADED = "overloaded"
    NOT_EMPTIED = "not emptied"
    NO_WAY = "no way"
    TOO_LONG = "too long"
    OUTSIDE_WINDOW = "outside its windows"
    CLOSED = "facility closed"
    BREAK_MISSED = "break missed"
    BREAK_LATE = "break late"
    TOO_MANY_VEHICLES = "too many vehicles"
    VEHICLE_TWICE = "vehicle used twice"
    WRONG_COST = "wrong cost"


@dataclass(frozen=True)
class PlanFault:
    """One thing that is wrong.

    Parameters
    ----------
    kind
        Which rule is broken.
    text
        Where, by what value, and what was expected.
    """

    kind: FaultKind
    text: str


def faults(problem: ArcRoutingProblem, plan: RoutePlan, *, claimed_cost: int | None = None) -> list[PlanFault]:
    """Return everything that is wrong with `plan`; an empty list means it is right.

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
        return found
    found += _coverage(problem, plan)
    for k, route in enumerate(plan.routes):
        found += _modes(problem, k, route)
        found += _loads(problem, k, route)
    found += _fleet(problem, plan)
    found += _bonds(problem, plan)
    if any(fault.kind is FaultKind.WRONG_WAY for fault in found):
        return found
    found += _times(problem, plan, claimed_cost)
    return found


def _unknown(problem: ArcRoutingProblem, k: int, route: VehicleRoute) -> Iterator[PlanFault]:
    if not 0 <= route.group < len(problem.groups):
        yield PlanFault(FaultKind.UNKNOWN_GROUP, f"route {k}: group {route.group}, there are {len(problem.groups)}")
        return
    group = problem.groups[route.group]
    there_are = {
        StopKind.SERVE: (FaultKind.UNKNOWN_TASK, "task", problem.n_tasks),
        StopKind.FACILITY: (FaultKind.UNKNOWN_FACILITY, "facility", len(problem.facilities)),
        StopKind.BREAK: (FaultKind.UNKNOWN_BREAK, "break", len(group.breaks)),
    }
    for stop in route.stops:
        kind, name, n = there_are[stop.kind]
        index = stop.task if stop.kind is StopKind.SERVE else stop.index
        if not 0 <= index < n:
            yield PlanFault(kind, f"route {k}: {name} {index}, there are {n}")
    if route.vehicle is not None:
        n_vehicles = group.n_vehicles
        if route.vehicle < 0 or (n_vehicles is not None and route.vehicle >= n_vehicles):
            text = f"route {k}: vehicle {route.vehicle} of group {route.group}, there are {n_vehicles}"
            yield PlanFault(FaultKind.UNKNOWN_VEHICLE, text)


def _coverage(problem: ArcRoutingProblem, plan: RoutePlan) -> Iterator[PlanFault]:
    times = Counter(task for route in plan.routes for task in route.tasks)
    for task, n in sorted(times.items()):
        if n > 1:
            yield PlanFault(FaultKind.TWICE, f"task {task} is served {n} times, once is expected")
    if problem.serve_all:
        for task in range(problem.n_tasks):
            if task not in times:
                yield PlanFault(FaultKind.LEFT_OUT, f"task {task} is not served, all are to be")


def _modes(problem: ArcRoutingProblem, k: int, route: VehicleRoute) -> Iterator[PlanFault]:
    may = problem.tasks.allowed
    for stop in route.stops:
        if stop.kind is not StopKind.SERVE:
            continue
        if stop.index & 1 and not problem.tasks.reversible[stop.task]:
            yield PlanFault(FaultKind.WRONG_WAY, f"route {k}: task {stop.task} is served backwards, it has one direction")
        if may is not None and not may[stop.task, route.group]:
            yield PlanFault(FaultKind.NOT_ALLOWED, f"route {k}: group {route.group} may not serve task {stop.task}")


def _loads(problem: ArcRoutingProblem, k: int, route: VehicleRoute) -> Iterator[PlanFault]:
    for resource, capacity in enumerate(problem.groups[route.group].capacity):
        load = 0
        is_fresh = True
        for stop in route.stops:
            if stop.kind is StopKind.FACILITY and problem.facilities[stop.index].reset_of(resource):
                load = 0
                is_fresh = True
            if stop.kind is not StopKind.SERVE:
                continue
            demand = int(problem.tasks.demand[stop.task, resource])
            if load <= capacity < load + demand:
                text = f"route {k}: load {load + demand} of resource {resource} at task {stop.task}, at most {capacity}"
                yield PlanFault(FaultKind.OVERLOADED, text)
            load += demand
            is_fresh = False
        if resource == 0 and problem.ends_reset and not is_fresh:
            yield PlanFault(FaultKind.NOT_EMPTIED, f"route {k}: ends with load {load}, it is to be emptied before")


def _fleet(problem: ArcRoutingProblem, plan: RoutePlan) -> Iterator[PlanFault]:
    used = Counter(route.group for route in plan.routes if route.stops)
    for group, n in sorted(used.items()):
        there_are = problem.groups[group].n_vehicles
        if there_are is not None and n > there_are:
            yield PlanFault(FaultKind.TOO_MANY_VEHICLES, f"group {group}: {n} vehicles are used, there are {there_are}")
    numbered = Counter((route.group, route.vehicle) for route in plan.routes if route.vehicle is not None)
    for (group, vehicle), n in sorted(numbered.items()):
        if n > 1:
            text = f"group {group}: vehicle {vehicle} drives {n} routes, one is expected"
            yield PlanFault(FaultKind.VEHICLE_TWICE, text)


def _bonds(problem: ArcRoutingProblem, plan: RoutePlan) -> Iterator[PlanFault]:
    route_of = {task: k for k, route in enumerate(plan.routes) for task in route.tasks}
    for lock in problem.locks:
        k = route_of.get(lock.item)
        if k is not None:
            text = broken_lock(lock, plan.routes[k].group, plan.routes[k].vehicle, "task")
            if text is not None:
                yield PlanFault(FaultKind.LOCK_BROKEN, f"route {k}: {text}")
    for text in broken_orders(problem.orders, [route.tasks for route in plan.routes], "task"):
        yield PlanFault(FaultKind.ORDER_BROKEN, text)


def _times(problem: ArcRoutingProblem, plan: RoutePlan, claimed_cost: int | None) -> Iterator[PlanFault]:
    total = 0
    for k, (route, schedule) in enumerate(zip(plan.routes, schedules(problem, plan), strict=True)):
        if schedule is None:
            yield PlanFault(FaultKind.NO_WAY, f"route {k}: drives between places that no way joins")
            continue
        total += schedule.measure.cost
        shift_s = problem.groups[route.group].shift_s
        if shift_s is not None and schedule.measure.time_s > shift_s:
            yield PlanFault(FaultKind.TOO_LONG, f"route {k}: takes {schedule.measure.time_s} s, a shift has {shift_s} s")
        yield from _late(k, route, schedule)
        yield from _breaks(problem, k, route, schedule)
    if claimed_cost is not None and claimed_cost != total:
        yield PlanFault(FaultKind.WRONG_COST, f"the plan is said to cost {claimed_cost}, it costs {total}")


def _late(k: int, route: VehicleRoute, schedule: RouteSchedule) -> Iterator[PlanFault]:
    told = {
        StopKind.SERVE: (FaultKind.OUTSIDE_WINDOW, "task", "no window of it is left that is long enough"),
        StopKind.FACILITY: (FaultKind.CLOSED, "facility", "it is not open long enough after that"),
        StopKind.BREAK: (FaultKind.BREAK_LATE, "break", "it must begin earlier"),
    }
    for stop, times in zip(route.stops, schedule.stops, strict=True):
        if times.late_s:
            kind, name, why = told[stop.kind]
            index = stop.task if stop.kind is StopKind.SERVE else stop.index
            yield PlanFault(kind, f"route {k}: {name} {index} is begun at {times.begin_s}, {times.late_s} s late; {why}")


def _breaks(problem: ArcRoutingProblem, k: int, route: VehicleRoute, schedule: RouteSchedule) -> Iterator[PlanFault]:
    taken = Counter(stop.index for stop in route.stops if stop.kind is StopKind.BREAK)
    for index, rest in enumerate(problem.groups[route.group].breaks):
        n = taken[index]
        if n > 1 or (n == 0 and route.stops and schedule.back_s > rest.latest_s):
            text = f"route {k}: break {index} is taken {n} times and the vehicle is back at {schedule.back_s}"
            yield PlanFault(FaultKind.BREAK_MISSED, f"{text}; once is expected of one that is back after {rest.latest_s}")
