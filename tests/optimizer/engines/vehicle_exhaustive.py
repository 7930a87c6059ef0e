"""The best plan of a tiny vehicle-routing problem, by trying all routes over all sets of stops, and all ways to deal them.

Knows no bays, throughput, numbered vehicles, orders or terms: nothing that ties routes together but the fleet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, permutations, product

from optimizer.engines.vehicle_routing import RoutePlan, VehicleRoute, VehicleRoutingProblem, VisitKind, measures
from optimizer.engines.vehicle_routing.fitting import with_breaks
from optimizer.engines.vehicle_routing.schedule import Step

# Value left out, and cost.
Key = tuple[int, int]


def best_plan(problem: VehicleRoutingProblem) -> tuple[Key, RoutePlan]:
    """Return the plan that leaves the least value out, and of these the cheapest; ties go to the first found."""
    stops = range(problem.n_stops)
    sets = [frozenset(chosen) for n in range(1, len(stops) + 1) for chosen in combinations(stops, n)]
    groups = range(len(problem.groups))
    routes = {(g, chosen): found for g in groups for chosen in sets if (found := _cheapest(problem, g, chosen))}

    @cache
    def deal(left: frozenset[int], idle: tuple[int, ...]) -> tuple[Key, tuple[VehicleRoute, ...]]:
        if not left:
            return (0, 0), ()
        first = min(left)
        (lost, cost), rest = deal(left - {first}, idle)
        best: tuple[Key, tuple[VehicleRoute, ...]] = (lost + int(problem.worth[first]), cost), rest
        for (g, chosen), (own, route) in routes.items():
            if first in chosen and chosen <= left and idle[g]:
                (lost, cost), rest = deal(left - chosen, tuple(n - (k == g) for k, n in enumerate(idle)))
                best = min(best, ((lost, cost + own), (route, *rest)), key=lambda found: found[0])
        return best

    key, chosen = deal(frozenset(stops), tuple(group.n_vehicles for group in problem.groups))
    return key, RoutePlan(chosen)


def _cheapest(problem: VehicleRoutingProblem, g: int, stops: frozenset[int]) -> tuple[int, VehicleRoute] | None:
    """Return the cheapest route of a group over exactly these stops, with its cost; None where there is none."""
    best: tuple[int, VehicleRoute] | None = None
    for steps in _sequences(problem, sorted(stops)):
        route = with_breaks(problem, g, steps)
        if route is not None:
            cost = measures(problem, RoutePlan((route,)))[0].cost
            best = (cost, route) if best is None or cost < best[0] else best
    return best


def _sequences(problem: VehicleRoutingProblem, stops: Sequence[int]) -> Iterator[list[Step]]:
    """Yield the stops in every order, with no station or any one behind each."""
    stations: list[int | None] = [None, *range(len(problem.stations))]
    for order in permutations(stops):
        for behind in product(stations, repeat=len(order)):
            steps: list[Step] = []
            for stop, station in zip(order, behind, strict=True):
                steps.append((VisitKind.STOP, stop))
                if station is not None:
                    steps.append((VisitKind.STATION, station))
            yield steps
