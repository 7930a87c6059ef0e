"""What a plan weighs beside its cost: balance, compactness, change. No solver in it."""

from __future__ import annotations

from collections import Counter

from optimizer.engines.arc_routing.problem import ArcRoutingProblem
from optimizer.engines.arc_routing.schedule import measures
from optimizer.engines.arc_routing.solution import RoutePlan

Vehicle = tuple[int, int]


def plan_terms(problem: ArcRoutingProblem, plan: RoutePlan) -> float:
    """Return what a plan without faults weighs beside its cost, by the problem's terms."""
    terms = problem.terms
    found = 0.0
    if terms.balance:
        times = [m.time_s for m, route in zip(measures(problem, plan), plan.routes, strict=True) if m and route.stops]
        mean = sum(times) / max(1, len(times))
        found += terms.balance * sum(abs(time_s - mean) for time_s in times)
    if terms.compactness:
        route_of = {task: k for k, route in enumerate(plan.routes) for task in route.tasks}
        found += terms.compactness * sum(
            a in route_of and b in route_of and route_of[a] != route_of[b] for a, b in problem.neighbours.tolist()
        )
    if terms.change and terms.earlier is not None:
        before, now = vehicles_of(terms.earlier), vehicles_of(plan)
        found += terms.change * sum(task in now and now[task] != vehicle for task, vehicle in before.items())
    return found


def vehicles_of(plan: RoutePlan) -> dict[int, Vehicle]:
    """Return the group and number of each task's vehicle; routes without a number are counted from 0 in each group."""
    n_before: Counter[int] = Counter()
    found = {}
    for route in plan.routes:
        number = route.vehicle
        if number is None:
            number = n_before[route.group]
            n_before[route.group] += 1
        found.update(dict.fromkeys(route.tasks, (route.group, number)))
    return found
