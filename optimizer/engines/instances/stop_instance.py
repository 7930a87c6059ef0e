"""An instance of vehicle routing: stops to be visited, answered in the file's own ids and units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from layers.text import Text
from optimizer.engines.instances.instance import Answer, Asked, InFile, LeftOut, Solution
from optimizer.engines.vehicle_routing import (
    RoutePlan,
    Unserved,
    VehicleRoute,
    VehicleRoutingProblem,
    VisitKind,
    faults,
    measures,
    solve,
)


class Form(Enum):
    """How a family writes a route."""

    STOPS = "stops in their order"
    TRIPS = "trips, each with its stops"
    STEPS = "stops and stations in their order"


@dataclass(frozen=True)
class StopInstance:
    """An instance as a problem of vehicle routing.

    Parameters
    ----------
    name
        The file's name without its ending.
    problem
        Stop i is the i-th of `stops`, station k the k-th of `stations`.
    stops, stations
        As the solution names them.
    form
        How a route is written.
    unit
        Units of the problem's lengths in one of the file's.
    n_places
        Decimals of the objective.
    notes
        What was found odd in the file, and how it was read.
    """

    name: str
    problem: VehicleRoutingProblem
    stops: tuple[int | str, ...]
    stations: tuple[int | str, ...]
    form: Form
    unit: int = 1
    n_places: int = 0
    notes: tuple[Text, ...] = ()

    @property
    def vehicle_cost(self) -> int:
        """What a vehicle costs: more than any distance, where the fewest vehicles are wanted first; else 0."""
        return self.problem.groups[0].fixed_cost

    def in_file(self, cost: int) -> int | float:
        """Return the distance that is in a cost, in the file's units."""
        distance = cost % self.vehicle_cost if self.vehicle_cost else cost
        return distance // self.unit if distance % self.unit == 0 else round(distance / self.unit, self.n_places)

    def proven(self, bound: int | None) -> int | float | None:
        """Return a bound in the file's units; None where the number of vehicles comes before the distance."""
        return None if bound is None or self.vehicle_cost else self.in_file(bound)

    def answer(self, asked: Asked) -> Answer:
        """Solve, and check the plan without the solver."""
        result = solve(
            self.problem,
            limits=asked.limits,
            seed=asked.seed,
            monitor=InFile(asked.monitor, self),
            engine=asked.engine,
            threads=asked.threads,
        )
        found = faults(self.problem, result.plan, claimed_cost=result.cost)
        return Answer(
            objective=None if found else self.objective(result.plan),
            bound=self.proven(result.bound),
            solution=self.solution(result.plan),
            unserved=tuple(self._left_out(left) for left in result.unserved),
            seconds=result.seconds,
            threads=result.threads,
        )

    def objective(self, plan: RoutePlan) -> int | float:
        """Return the distance of a plan in the file's units."""
        length = sum(route.length_m for route in measures(self.problem, plan))
        return length // self.unit if length % self.unit == 0 else round(length / self.unit, self.n_places)

    def solution(self, plan: RoutePlan) -> Solution:
        """Return the plan in the file's ids."""
        return {"routes": [self._written(route) for route in plan.routes]}

    def _written(self, route: VehicleRoute) -> list[int | str] | list[list[int | str]]:
        if self.form is Form.STOPS:
            return [self.stops[stop] for stop in route.stops]
        if self.form is Form.STEPS:
            names = {VisitKind.STOP: self.stops, VisitKind.STATION: self.stations}
            return [names[visit.kind][visit.index] for visit in route.visits if visit.kind in names]
        trips: list[list[int | str]] = [[]]
        for visit in route.visits:
            if visit.kind is VisitKind.STATION:
                trips.append([])
            elif visit.kind is VisitKind.STOP:
                trips[-1].append(self.stops[visit.index])
        return [trip for trip in trips if trip]

    def _left_out(self, left: Unserved) -> LeftOut:
        return LeftOut(step={"stop": self.stops[left.stop]}, reason=left.reason.value)
