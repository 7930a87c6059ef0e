"""Routes that are driven again on other days: the calendar of a month has many, and each is looked at and written once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.plan import Leg, Route


@dataclass(frozen=True)
class Repeated:
    """Hold routes that differ in their day, vehicle and crew alone.

    Parameters
    ----------
    routes
        In the order of the plan.
    """

    routes: tuple[Route, ...]

    @property
    def route(self) -> Route:
        """The first of them."""
        return self.routes[0]

    @property
    def days(self) -> tuple[int, ...]:
        """Days on which they are driven, one a route, in the order of the plan."""
        return tuple(route.day for route in self.routes)


def distinct(routes: Sequence[Route]) -> tuple[Repeated, ...]:
    """Return the routes, those with the same type, depot, shift and legs together, in the order of the first of each."""
    found: dict[tuple[str, str, str, tuple[Leg, ...]], list[Route]] = {}
    by_identity: dict[tuple[str, str, str, int], list[Route]] = {}
    for route in routes:
        # legs of one turnout are mostly one object: thousands of legs need not be compared each time
        same = (route.vehicle_type, route.depot, route.shift, id(route.legs))
        if same not in by_identity:
            by_identity[same] = found.setdefault((route.vehicle_type, route.depot, route.shift, route.legs), [])
        by_identity[same].append(route)
    return tuple(Repeated(tuple(group)) for group in found.values())
