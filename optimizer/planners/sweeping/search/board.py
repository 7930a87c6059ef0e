"""Keep the best of every unit while several threads search, and turn it into drafts for whoever watches."""

from __future__ import annotations

from typing import Generic, TypeVar

from optimizer.engines.arc_routing.solution import Reason, RoutePlan
from optimizer.engines.arc_routing.solution import Unserved as Missed
from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome, Route, Unserved
from optimizer.planners.sweeping.explaining import unserved
from optimizer.planners.sweeping.problem import SweepingProblem
from optimizer.planners.sweeping.search.joint import Joint
from optimizer.planners.sweeping.search.legs import Scribe
from optimizer.planners.sweeping.search.units import Work
from optimizer.side_by_side.board import Answer, Board

Known = Answer[RoutePlan, Missed]
W = TypeVar("W", bound=Work)


class UnitBoard(Board[RoutePlan, Missed], Generic[W]):
    """Collect answers of the arc-routing engine.

    Parameters
    ----------
    units
        What is being solved.
    monitor
        Told of progress and of new bests.
    """

    def __init__(self, units: tuple[W, ...], monitor: Monitor) -> None:
        super().__init__([len(unit.tasks) for unit in units], monitor)
        self.units = units

    def _without_room(self, k: int, plan: RoutePlan) -> tuple[Missed, ...]:
        n_tasks = len(self.units[k].tasks)
        return tuple(Missed(t, Reason.NO_ROOM) for t in sorted(set(range(n_tasks)) - plan.served))


class SweepingBoard(UnitBoard[Joint]):
    """Collect the routes of a day.

    Parameters
    ----------
    problem
        All units.
    monitor
        Told of progress and of new bests.
    """

    def __init__(self, problem: SweepingProblem, monitor: Monitor) -> None:
        super().__init__(problem.units, monitor)
        self.problem = problem
        self._unbegun = [unserved.not_begun(problem.passes, unit.tasks) for unit in problem.units]
        self._scribes = {id(unit): Scribe(unit, problem.passes) for unit in problem.units}

    def _answer(self, k: int, plan: RoutePlan, missed: tuple[Missed, ...], old: Known | None) -> Known:
        passes, unit = self.problem.passes, self.units[k]
        routes = old.routes if old is not None and old.plan == plan else self._scribes[id(unit)].routes(plan)
        return Answer(plan, missed, routes, unserved.missed(passes, unit, missed))

    def _draft(self, outcome: Outcome) -> Draft:
        problem = self.problem
        routes: list[Route] = []
        left: list[Unserved] = list(problem.unserved)
        for answer, unbegun in zip(self.answers, self._unbegun, strict=True):
            routes += answer.routes if answer is not None else ()
            left += answer.left if answer is not None else unbegun
        if not routes and left:
            outcome = Outcome.INFEASIBLE
        return Draft(
            outcome=outcome,
            objective=problem.goal.objective(routes, left),
            routes=tuple(routes),
            unserved=tuple(left),
            assumed=self.problem.assumed,
        )
