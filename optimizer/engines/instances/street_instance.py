"""An instance of arc routing: streets to be served, answered in the file's own ids and units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from layers.text import Text
from optimizer.engines.arc_routing import ArcRoutingProblem, RoutePlan, Stop, StopKind, Unserved, faults, solve
from optimizer.engines.instances.instance import Answer, Asked, InFile, LeftOut, Solution


@dataclass(frozen=True)
class StreetInstance:
    """An instance as a problem of arc routing.

    Parameters
    ----------
    name
        The file's name without its ending.
    problem
        Task t is the t-th of `streets`, facility f the f-th of `sites`.
    streets
        The streets that need service as written, (u, v).
    sites
        The dump sites as written.
    numbered
        Whether solutions name the line of each street beside its ends.
    n_places
        Decimals of the file's figures: the problem's cost is in units of 10 ** -n_places of the file's.
    extra_costs
        What a visit to each facility costs in the problem beyond what it costs in the file, in the problem's units. Where it
        is anything, bounds of the problem do not hold for the file.
    notes
        What was found odd in the file, and how it was read.
    """

    name: str
    problem: ArcRoutingProblem
    streets: tuple[tuple[int, int], ...]
    sites: tuple[int, ...] = ()
    numbered: bool = True
    n_places: int = 0
    extra_costs: tuple[int, ...] = ()
    notes: tuple[Text, ...] = ()

    def objective(self, plan: RoutePlan, cost: int) -> int | float:
        """Return what a plan of that cost in the problem costs in the file's units."""
        visits = (stop.index for route in plan.routes for stop in route.stops if stop.kind is StopKind.FACILITY)
        return self.in_file(cost - sum(self.extra_costs[f] for f in visits) if self.extra_costs else cost)

    def in_file(self, cost: int) -> int | float:
        """Return an amount of cost in the file's units."""
        unit: int = 10**self.n_places
        return cost // unit if cost % unit == 0 else round(cost / unit, self.n_places)

    def proven(self, bound: int | None) -> int | float | None:
        """Return a bound in the file's units; None where it does not hold there."""
        return None if bound is None or any(self.extra_costs) else self.in_file(bound)

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
            objective=None if found else self.objective(result.plan, result.cost),
            bound=self.proven(result.bound),
            solution=self.solution(result.plan),
            unserved=tuple(self._left_out(left) for left in result.unserved),
            seconds=result.seconds,
            threads=result.threads,
        )

    def _left_out(self, left: Unserved) -> LeftOut:
        street = list(self.streets[left.task])
        return LeftOut(step={"serve": street, "line": left.task}, reason=left.reason.value)

    def solution(self, plan: RoutePlan) -> Solution:
        """Return the plan in the file's ids: what is served in which direction, and where it is unloaded."""
        routes = [[step for stop in route.stops for step in self._steps(stop)] for route in plan.routes]
        return {"routes": routes}

    def _steps(self, stop: Stop) -> list[dict[str, Any] | list[int]]:
        if stop.kind is StopKind.FACILITY:
            return [{"dump": self.sites[stop.index]}]
        if stop.kind is not StopKind.SERVE:
            return []
        ends = list(self.streets[stop.task][:: -1 if stop.index & 1 else 1])
        return [{"serve": ends, "line": stop.task}] if self.numbered else [ends]
