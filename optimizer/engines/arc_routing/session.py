"""A search in two steps that can be left and taken up again: build a first plan, then improve it as long as one likes.

For callers with many problems and one budget: all are built first, so that there is a whole plan early, then improved
in turn. Between the steps a session holds the ways between its tasks, but no full matrices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from optimizer.engines.arc_routing.citywide import Citywide, costed_routes
from optimizer.engines.arc_routing.deadhead import Stopped, Terminals, Ways, hubs_of, path_finder
from optimizer.engines.arc_routing.problem import (
    UNREACHABLE,
    ArcRoutingProblem,
    IntArray,
)
from optimizer.engines.arc_routing.reasons import why_unserved
from optimizer.engines.arc_routing.search import Search
from optimizer.engines.arc_routing.sector import all_vehicles, ends_by_profile, sector_from
from optimizer.engines.arc_routing.solution import Reason, RoutePlan, Unserved
from optimizer.engines.arc_routing.windows import Costed, may_cut
from optimizer.engines.budget import Budget

# Called with the share of the work that is done and the best plan's maker; True ends the search.
Told = Callable[[float, Callable[[], RoutePlan]], bool]
# Tasks that are searched as one; more are searched by parts.
MOST_TASKS_AT_ONCE = 700


def _go_on(_share: float, _plan: Callable[[], RoutePlan]) -> bool:
    return False


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
        self._known: Known | None = None

    @property
    def costed(self) -> tuple[Costed, ...]:
        """The routes of the present plan, with what each costs and takes."""
        return costed_routes(self.problem, self.plan)

    def start_from(self, routes: tuple[Costed, ...]) -> None:
        """Begin at the routes of a plan without faults; building adds to them what they leave out."""
        self.plan = plan_of(routes)

    def build(self, stopped: Callable[[], bool], told: Told = _go_on) -> tuple[Unserved, ...]:
        """Make a first plan without any search and return what it leaves out; stopped in the midst, it leaves out more."""
        return self._run(Budget(0, None, stopped), lambda _share, _plan: False)

    def improve(self, budget: Budget, told: Told) -> tuple[Unserved, ...]:
        """Search on from the present plan, which never gets worse, and return what it leaves out.

        Parameters
        ----------
        budget
            Steps or time.
        told
            Called every 50 ms or so with the share of the budget spent and the best plan's maker; True ends the search.
        """
        return self._run(budget, told)

    def _run(self, budget: Budget, told: Told) -> tuple[Unserved, ...]:
        try:
            self._known = self._known or known_of(self.problem, budget.stopped)
        except Stopped:
            lost = set(range(self.problem.n_tasks)) - self.plan.served
            return tuple(Unserved(task, Reason.NOT_TRIED) for task in sorted(lost))
        if not budget.stopped():
            self._improve(self._known, budget, told)
        served = self.plan.served
        return tuple(reason for reason in self._known.reasons if reason.task not in served)

    def search(self, stopped: Callable[[], bool]) -> Search:
        """Return a search that begins at the present plan, once it was built."""
        assert self._known is not None
        return self._search(self._known, stopped)

    def _improve(self, known: Known, budget: Budget, told: Told) -> None:
        search = self._search(known, budget.stopped)

        def plan() -> RoutePlan:
            return RoutePlan(tuple(route for _, route in search.best_rows()))

        search.run(budget, lambda share: told(share, plan))
        self.plan = plan()
        self.n_steps += search.n_steps

    def _search(self, known: Known, stopped: Callable[[], bool]) -> Search:
        tables = [known.terminals(profile) for profile in range(len(known.ways))]
        tasks = np.arange(self.problem.n_tasks, dtype=np.int64)
        search = Search(sector_from(self.problem, tasks, all_vehicles(self.problem), tables), self._seed + self.n_steps)
        if self.plan.routes:
            search.start_from(self.plan.routes)
        search.build(Budget(None, None, stopped))
        return search


class LargeSession:
    """Hold the search of a problem that is planned by parts; its vehicles may have several profiles.

    Parameters
    ----------
    problem
        What is asked.
    seed
        Same problem, seed and steps: same plan, on any number of threads.
    n_threads
        Parts searched at a time.
    """

    def __init__(self, problem: ArcRoutingProblem, seed: int, n_threads: int) -> None:
        self.problem = problem
        self._seed, self._n_threads = seed, n_threads
        self._first: tuple[Costed, ...] = ()
        self._work: Citywide | None = None
        self._is_laid_out = False

    @property
    def plan(self) -> RoutePlan:
        """The best plan so far."""
        return plan_of(self._first) if self._work is None else self._work.plan

    @property
    def costed(self) -> tuple[Costed, ...]:
        """Its routes, with what each costs and takes."""
        return self._first if self._work is None else self._work.costed

    @property
    def n_steps(self) -> int:
        """Steps of search so far."""
        return 0 if self._work is None else self._work.n_steps

    def start_from(self, routes: tuple[Costed, ...]) -> None:
        """Begin at the routes of a plan without faults; building adds to them what they leave out."""
        self._first = routes

    def build(self, stopped: Callable[[], bool], told: Told = _go_on) -> tuple[Unserved, ...]:
        """Make a first plan and return what it leaves out; stopped in the midst, it leaves out more."""
        try:
            work = Citywide(self.problem, None, self._seed, self._n_threads, stopped)
            work.start_from(self._first)
            self._work = work
            work.lay_out(Budget(None, None, stopped), lambda share: told(share, lambda: work.plan))
            self._is_laid_out = True
        except Stopped:
            pass
        return self._missed()

    def improve(self, budget: Budget, told: Told) -> tuple[Unserved, ...]:
        """Search on from the present plan, which never gets worse, and return what it leaves out."""
        work = self._work
        if work is not None:
            if budget.n_steps is not None:
                budget = replace(budget, n_steps=work.n_steps + budget.n_steps)
            work.improve(budget, lambda share: told(share, lambda: work.plan))
        return self._missed()

    def _missed(self) -> tuple[Unserved, ...]:
        served = self.plan.served
        lost = [task for task in range(self.problem.n_tasks) if task not in served]
        if self._work is None or not self._is_laid_out:
            return tuple(Unserved(task, Reason.NOT_TRIED) for task in lost)
        return self._work.why(lost)


def plan_of(routes: tuple[Costed, ...]) -> RoutePlan:
    """Return the plan of some routes, without what they cost."""
    return RoutePlan(tuple(costed.route for costed in routes))


def session_of(problem: ArcRoutingProblem, seed: int, n_threads: int) -> Session | LargeSession:
    """Return a session that suits a problem."""
    if may_cut(problem) and problem.n_tasks * (1 + len(problem.profiles)) > MOST_TASKS_AT_ONCE:
        return LargeSession(problem, seed, n_threads)
    return Session(problem, seed)


@dataclass(frozen=True)
class Known:
    """Hold what a session works out once: finding ways is most of the work of a first plan.

    Ways from task to task are kept only from their ends to their beginnings. Where a street's two ends are nodes of their
    own for each direction, that is a quarter of the full matrix.

    Parameters
    ----------
    nodes
        Hubs first, then the other nodes where a task begins or ends, shape (n,).
    rows, columns
        Where in `nodes`, behind the hubs, tasks end and begin.
    ways
        For each profile: ways from each hub to each node, shape (n_hubs, n), to each hub from the others, shape (n_hubs,
        n - n_hubs), and from rows to columns.
    reasons
        For each task, what forbids it where it is left out.
    """

    nodes: IntArray
    rows: IntArray
    columns: IntArray
    ways: tuple[tuple[Ways, Ways, Ways], ...]
    reasons: tuple[Unserved, ...]

    def terminals(self, profile: int) -> Terminals:
        """Return the ways in full matrices, as a profile sees them."""
        n_hubs, n = len(self.ways[profile][0].cost), len(self.nodes)
        both = []
        for out, into, inner in zip(*self.ways[profile], strict=True):
            full = np.full((n, n), UNREACHABLE, dtype=np.int32)
            full[:n_hubs] = out
            full[n_hubs:, :n_hubs] = into.T
            full[np.ix_(n_hubs + self.rows, n_hubs + self.columns)] = inner
            both.append(full)
        return Terminals(self.nodes, Ways(both[0], both[1]))


def known_of(problem: ArcRoutingProblem, stopped: Callable[[], bool]) -> Known:
    """Find the ways between hubs and tasks, and from task to task.

    Raises
    ------
    Stopped
        When asked to.
    """
    finder = path_finder(problem.network)
    hubs = hubs_of(problem, finder, stopped)
    ends = ends_by_profile(problem, np.arange(problem.n_tasks, dtype=np.int64))
    entry, leave = (np.concatenate([both[k].ravel() for both in ends]) for k in range(2))
    others = np.setdiff1d(np.union1d(entry, leave), hubs.nodes)
    rows, columns = (np.flatnonzero(np.isin(others, wanted)) for wanted in (leave, entry))
    nodes = np.concatenate([hubs.nodes, others])
    return Known(
        nodes=nodes,
        rows=rows,
        columns=columns,
        ways=tuple(
            (
                Ways(its.out.cost[:, nodes], its.out.time_s[:, nodes]),
                Ways(its.into.cost[:, others], its.into.time_s[:, others]),
                finds.table(others[rows], others[columns], stopped),
            )
            for its, finds in ((hubs, finder), *hubs.others)
        ),
        reasons=why_unserved(problem, range(problem.n_tasks), hubs),
    )
