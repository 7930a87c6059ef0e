"""Keep the best of every part while several threads search, and turn it into drafts for whoever watches."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.engines.vehicle_routing import Reason, RoutePlan
from optimizer.engines.vehicle_routing import Unserved as Missed
from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome, Route, Unserved
from optimizer.planners.collection.explaining.unserved import missed as told
from optimizer.planners.collection.explaining.unserved import not_begun
from optimizer.planners.collection.measuring.goal import objective, within_reach
from optimizer.planners.collection.problem import CollectionProblem
from optimizer.planners.collection.search.legs import Scribe
from optimizer.side_by_side.board import Answer, Board

Known = Answer[RoutePlan, Missed]


class CollectionBoard(Board[RoutePlan, Missed]):
    """Collect answers of the vehicle-routing engine.

    Parameters
    ----------
    problem
        What is being solved.
    monitor
        Told of progress and of new bests.
    """

    def __init__(self, problem: CollectionProblem, monitor: Monitor) -> None:
        super().__init__([len(unit.part.tasks) for unit in problem.units], monitor)
        self.problem = problem
        self._scribes = [Scribe(problem.night, unit) for unit in problem.units]

    def _without_room(self, k: int, plan: RoutePlan) -> tuple[Missed, ...]:
        n_stops = self.problem.units[k].problem.n_stops
        return tuple(Missed(stop, Reason.NO_ROOM) for stop in sorted(set(range(n_stops)) - plan.served))

    def _answer(self, k: int, plan: RoutePlan, missed: tuple[Missed, ...], old: Known | None) -> Known:
        night, unit = self.problem.night, self.problem.units[k]
        return Answer(plan, missed, self._scribes[k].routes(plan), told(night, unit, missed, self.problem.owner))

    def _draft(self, outcome: Outcome) -> Draft:
        problem, night = self.problem, self.problem.night
        routes: list[Route] = []
        left: list[Unserved] = list(problem.unserved)
        for unit, answer in zip(problem.units, self.answers, strict=True):
            if answer is None:
                left += not_begun(night, unit.part.tasks.tolist())
            else:
                routes += answer.routes
                left += answer.left
        routes.sort(key=lambda r: (r.shift, r.vehicle_type, r.id))
        if outcome is Outcome.FEASIBLE and falls_short(night.params.mode, routes, left):
            outcome = Outcome.INFEASIBLE
        value = objective(night, routes, left)
        return Draft(outcome, value, routes=tuple(routes), unserved=tuple(left), assumed=problem.assumed)


def falls_short(mode: str, routes: Sequence[Route], left: Sequence[Unserved]) -> bool:
    """Tell whether nothing is collected, or the question asks for all and something within reach is left."""
    return bool(left) and (not routes or (mode in ("all", "fleet") and any(within_reach(u) for u in left)))
