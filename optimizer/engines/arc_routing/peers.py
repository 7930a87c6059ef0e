"""How many vehicles other solvers are offered."""

from __future__ import annotations

from optimizer.engines.arc_routing.problem import ArcRoutingProblem


def vehicles_for(problem: ArcRoutingProblem, group: int) -> int:
    """Return how many vehicles of a group to offer: half as many again as the load needs where there is no limit."""
    vehicle = problem.groups[group]
    if vehicle.n_vehicles is not None:
        return min(vehicle.n_vehicles, problem.n_tasks)
    if vehicle.shift_s is not None or problem.facilities:
        return problem.n_tasks
    needed = [-(-int(used) // max(1, c)) for used, c in zip(problem.tasks.demand.sum(axis=0), vehicle.capacity, strict=True)]
    return min(problem.n_tasks, max(needed) + max(needed) // 2 + 2)
