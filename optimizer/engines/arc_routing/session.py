"""A search in two steps that can be left and taken up again: build a first plan, then improve it as long as one likes.

For callers with many problems and one budget: all are built first, so that there is a whole plan early, then improved in turn.
Between the steps a session holds no matrices.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimizer.engines.arc_routing.deadhead import Hubs, PathFinder, Stopped, hubs_of, path_finder
from optimizer.engines.arc_routing.problem import ArcRoutingProblem
from optimizer.engines.arc_routing.reasons import why_unserved
from optimizer.engines.arc_routing.search import Budget, Search
from optimizer.engines.arc_routing.sector import sector_of
from optimizer.engines.arc_routing.solution import Reason, RoutePlan, Unserved


class Session:
    """Hold one problem's search; its tasks are searched as one, so there should be some hundreds of them, not thousands.

    Parameters
    ----------
    problem
        What is asked.
    seed
        Same problem, seed and steps: same plan.
    """

    def __init__(self, problem: ArcRoutingProblem, seed: int) -> None:
        self.problem = problem
        self.plan = RoutePlan()
        self.n_steps = 0
        self._seed = seed

    def build(self, stopped: Callable[[], bool]) -> tuple[Unserved, ...]:
        """Make a first plan without any search and return what it leaves out; stopped in the midst, it leaves out more."""
        return self._run(Budget(0, None, stopped), lambda _share, _plan: False)

    def improve(self, budget: Budget, told: Callable[[float, Callable[[], RoutePlan]], bool]) -> tuple[Unserved, ...]:
        """Search on from the present plan, which never gets worse, and return what it leaves out.

        Parameters
        ----------
        budget
            Steps or time.
        told
            Called every 50 ms or so with the share of the budget spent and the best plan's maker; True ends the search.
        """
        return self._run(budget, told)

    def _run(self, budget: Budget, told: Callable[[float, Callable[[], RoutePlan]], bool]) -> tuple[Unserved, ...]:
        finder = path_finder(self.problem.network)
        try:
            hubs = hubs_of(self.problem, finder, budget.stopped)
            search = self._search((hubs, finder), budget)
        except Stopped:
            lost = set(range(self.problem.n_tasks)) - self.plan.served
            return tuple(Unserved(task, Reason.NO_ROOM) for task in sorted(lost))

        def plan() -> RoutePlan:
            return RoutePlan(tuple(route for _, route in search.best_rows()))

        search.run(budget, lambda share: told(share, plan))
        self.plan = plan()
        self.n_steps += search.n_steps
        return why_unserved(self.problem, set(range(self.problem.n_tasks)) - self.plan.served, hubs)

    def _search(self, places: tuple[Hubs, PathFinder], budget: Budget) -> Search:
        n_tasks = self.problem.n_tasks
        n_vehicles = [n_tasks if g.n_vehicles is None else min(g.n_vehicles, n_tasks) for g in self.problem.groups]
        sector = sector_of(self.problem, np.arange(n_tasks), n_vehicles, places, budget.stopped)
        search = Search(sector, self._seed + self.n_steps)
        if self.plan.routes:
            search.start_from(self.plan.routes)
        search.build(Budget(None, None, budget.stopped))
        return search
