"""What a problem asks beyond the classical ones, so that an engine can say what it does not know."""

from __future__ import annotations

from optimizer.engines.arc_routing.problem import ArcRoutingProblem


def beyond_classical(problem: ArcRoutingProblem) -> list[str]:
    """Return the names of what goes beyond one resource, one kind of facility, shift limits and allowed groups."""
    asked = {
        "several resources": problem.n_resources > 1,
        "several kinds of facility": len({facility.resets for facility in problem.facilities}) > 1,
        "opening hours": any(facility.open_s for facility in problem.facilities),
        "time windows": problem.tasks.windows_s is not None,
        "breaks": any(group.breaks for group in problem.groups),
        "profiles": bool(problem.profiles),
        "locks": bool(problem.locks),
        "orders": bool(problem.orders),
        "terms": problem.terms.are_wanted,
    }
    return [name for name, is_asked in asked.items() if is_asked]
