"""A search in two steps that can be left and taken up again: build a first plan, then improve it for as long as one likes.

For callers with many problems and one budget: all are built first, so that there is a whole
plan early, and then improved in turn.
`solve` with a plan to start from measures that plan anew, which on large problems takes longer than building one.
"""

from __future__ import annotations

from collections.abc import Callable

from optimizer.engines.arc_routing.deadhead import Hubs, PathFinder, Stopped, hubs_of, path_finder
from optimizer.engines.arc_routing.decompose import Patchwork
from optimizer.engines.arc_routing.problem import ArcRoutingProblem
from optimizer.engines.arc_routing.reasons import why_unserved
from optimizer.engines.arc_routing.search import Budget
from optimizer.engines.arc_routing.solution import Reason, RoutePlan, Unserved


class Session:
    """Hold one problem's search.

    Parameters
    ----------
    problem
        What is asked; leaving tasks out is allowed.
    seed
        Same problem, seed and steps: same plan.
    """

    def __init__(self, problem: ArcRoutingProblem, seed: int) -> None:
        self.problem = problem
        self._seed = seed
        self._places: tuple[Hubs, PathFinder] | None = None
        self._work: Patchwork | None = None

    @property
    def plan(self) -> RoutePlan:
        """The best plan so far; without routes before `build`."""
        return RoutePlan() if self._work is None else self._work.plan

    @property
    def cost(self) -> int:
        """Its cost."""
        return 0 if self._work is None else self._work.cost

    @property
    def n_steps(self) -> int:
        """Steps of search so far."""
        return 0 if self._work is None else self._work.n_steps

    def build(self, stopped: Callable[[], bool]) -> None:
        """Make a first plan without any search; stopped in the midst, the plan lacks what was not reached."""
        try:
            finder = path_finder(self.problem.network)
            self._places = hubs_of(self.problem, finder, stopped), finder
            self._work = Patchwork(self.problem, self._places, self._seed)
            self._work.lay_out(Budget(0, None, stopped), lambda _: None)
        except Stopped:
            return

    def improve(self, budget: Budget, told: Callable[[float], object]) -> None:
        """Search on from the present plan, which never gets worse.

        Parameters
        ----------
        budget
            Steps or time; its steps are counted from here on.
        told
            Called with the share of the budget spent, after each part of the plan that was searched.
        """
        if self._work is None:
            return
        n_steps = None if budget.n_steps is None else self._work.n_steps + budget.n_steps
        try:
            self._work.improve(Budget(n_steps, budget.until_s, budget.stopped, budget.heat), told)
        except Stopped:
            return

    def unserved(self) -> tuple[Unserved, ...]:
        """Return the tasks that the plan leaves out, with reasons."""
        lost = set(range(self.problem.n_tasks)) - self.plan.served
        if self._places is None:
            return tuple(Unserved(task, Reason.NO_ROOM) for task in sorted(lost))
        return why_unserved(self.problem, lost, self._places[0])
