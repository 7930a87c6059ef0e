"""What a plan weighs beside its cost: balance, change, moved times. No solver in it."""

from __future__ import annotations

from collections import Counter

from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.schedule import measures
from optimizer.engines.vehicle_routing.solution import RoutePlan, VisitKind

Vehicle = tuple[int, int]


def plan_terms(problem: VehicleRoutingProblem, plan: RoutePlan) -> float:
    """Return what a plan weighs beside its cost, by the problem's terms."""
    terms = problem.terms
    found = 0.0
    if terms.balance:
        found += terms.balance * sum(max(0, m.duration_s - terms.balance_above_s) for m in measures(problem, plan))
    if terms.earlier is None:
        return found
    if terms.change:
        before, now = vehicles_of(terms.earlier), vehicles_of(plan)
        found += terms.change * sum(stop in now and now[stop] != vehicle for stop, vehicle in before.items())
    if terms.move_s:
        then, at = begins_of(terms.earlier), begins_of(plan)
        moved = (abs(at[stop] - start_s) for stop, start_s in then.items() if stop in at)
        found += terms.move_s * sum(max(0, by_s - terms.tolerance_s) for by_s in moved)
    return found


def vehicles_of(plan: RoutePlan) -> dict[int, Vehicle]:
    """Return the group and number of each stop's vehicle; routes without a number are counted from 0 in each group."""
    n_before: Counter[int] = Counter()
    found = {}
    for route in plan.routes:
        number = route.vehicle
        if number is None:
            number = n_before[route.group]
            n_before[route.group] += 1
        found.update(dict.fromkeys(route.stops, (route.group, number)))
    return found


def begins_of(plan: RoutePlan) -> dict[int, int]:
    """Return the time on the clock at which each stop is begun."""
    return {v.index: v.start_s for route in plan.routes for v in route.visits if v.kind is VisitKind.STOP}
