"""A public instance as a problem of the engine, with what is needed to answer in the file's own ids and units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from layers.text import Text
from optimizer.engines.arc_routing import ArcRoutingProblem, RoutePlan, Stop, StopKind
from optimizer.monitor import Monitor

Solution = dict[str, list[list[Any]]]


@dataclass(frozen=True)
class Instance:
    """An instance as a problem.

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


@dataclass(frozen=True)
class InFile:
    """Monitor that tells another one what is found in the file's units.

    Parameters
    ----------
    listener
        Who is told.
    instance
        What is solved.
    """

    listener: Monitor
    instance: Instance

    @property
    def stopped(self) -> bool:
        """Whether the listener wants the best so far."""
        return self.listener.stopped

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Tell how far the work is."""
        told, proven = (None if x is None else self.instance.in_file(round(x)) for x in (objective, bound))
        self.listener.report(fraction, message, incumbent, objective=told, bound=proven)
