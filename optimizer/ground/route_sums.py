"""What a route of a plan comes to, from its legs alone."""

from __future__ import annotations

from optimizer.plan import Route


def span_s(route: Route) -> float:
    """Return the time of a route from leaving to the end."""
    return route.legs[-1].end_s - route.legs[0].start_s if route.legs else 0.0


def route_m(route: Route) -> float:
    """Return the metres of a route."""
    return sum(leg.length_m for leg in route.legs)
