"""A sharper bound for undirected problems: routes as columns beside the cuts.

The programme over moves is joined by columns that are whole routes, each with the tasks it serves and the moves it makes;
each task is served by one (cut first, price second: Bode & Irnich 2012, doi 10.1287/opre.1120.1079). Routes may repeat
tasks, so that the cheapest ones are found by dynamic programming.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from optimizer.engines.arc_routing.cut_programme import TightRows, is_solved
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.relaxation import Floats, Relaxation
from optimizer.engines.arc_routing.route_pricing import Labels, Service, modes_of_route, priced

# Prices are whole numbers, so many to one unit of cost.
SCALE = 1 << 20
# Capacity times squared number of modes above which pricing takes too long.
MOST_WORK = 60_000_000
# Columns taken from one pricing at most.
MOST_COLUMNS = 60
# Weight of the best prices so far against the programme's in the next pricing, as in Wentges (1997, doi
# 10.1016/S0969-6016(97)00001-4).
SMOOTHING = 0.7
# Rules that a solution over routes breaks, added at once when the programme is solved, and from which breach on.
MOST_NEW_CUTS = 40
LEAST_BREACH = 1e-4
# The search ends when programme and bound differ by less, in units of cost.
CLOSE = 0.05


@dataclass(frozen=True)
class Prices:
    """Dual values: of serving each task, and of each cut."""

    task: Floats
    cut: Floats

    def toward(self, other: Prices, weight: float) -> Prices:
        """Return a mixture, with `weight` on the other."""
        return Prices(
            (1 - weight) * self.task + weight * other.task,
            (1 - weight) * self.cut + weight * other.cut,
        )


def can_price(problem: ArcRoutingProblem, relaxation: Relaxation) -> bool:
    """Tell whether routes can be priced: undirected, one depot, one resource never reset, and not too large."""
    n_modes = 2 * problem.n_tasks
    most = max(group.capacity[0] for group in problem.groups)
    return (
        not relaxation.directed
        and not problem.facilities
        and problem.n_resources == 1
        and int(relaxation.starts.sum()) == 1
        and bool(problem.tasks.demand.all())
        and most * n_modes * n_modes <= MOST_WORK
        and _holds_together(relaxation)
    )


def _holds_together(relaxation: Relaxation) -> bool:
    """Tell whether moves join all tasks with the depot."""
    n = relaxation.n_places
    graph = csr_array((np.ones(len(relaxation.move_cost)), relaxation.ends()), shape=(n, n))
    part = connected_components(graph, directed=False)[1]
    return bool((part[relaxation.sides] == part[np.flatnonzero(relaxation.starts)[0]]).all())


class RouteBounder:
    """Column generation over routes.

    Parameters
    ----------
    problem
        Routes of which can be priced.
    relaxation
        Its places and moves.
    cuts
        Rules over moves, with dual values that prove the bound to begin with.
    """

    def __init__(self, problem: ArcRoutingProblem, relaxation: Relaxation, cuts: TightRows) -> None:
        self._tail, self._head = relaxation.ends()
        self._cost, self._cuts = relaxation.move_cost, cuts
        self._n_places = relaxation.n_places
        a, b = relaxation.sides.T
        n_tasks = problem.n_tasks
        demand = problem.tasks.demand[:, 0]
        each = np.arange(n_tasks)
        self._service = Service(
            entry=np.concatenate([a, b]),
            exit=np.concatenate([b, a]),
            task=np.concatenate([each, each]),
            load=np.concatenate([demand, demand]),
            depot=int(np.flatnonzero(relaxation.starts)[0]),
            capacity=max(group.capacity[0] for group in problem.groups),
        )
        self._demand = demand
        self._fixed = min(group.fixed_cost for group in problem.groups)
        self._move = {}
        for k, (u, v) in enumerate(zip(self._tail.tolist(), self._head.tolist(), strict=True)):
            self._move[u, v] = self._move[v, u] = k
        self._known: set[tuple[bytes, bytes]] = set()
        self._begin()

    def _begin(self) -> None:
        """Make the programme: moves of their own, cuts, one row a task, and a route for each task alone."""
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        endless = self._solver.infinity()
        self._rows: dict[int, pywraplp.Constraint] = {}
        self._columns: list[pywraplp.Variable] = []
        self._moves: list[IntArray] = []
        for cut in np.flatnonzero(self._cuts.duals > 0).tolist():
            self._rows[cut] = self._solver.RowConstraint(float(self._cuts.least[cut]), endless, "")
        self._task_rows = [self._solver.RowConstraint(1.0, 1.0, "") for _ in range(len(self._demand))]
        self._solver.Objective().SetMinimization()
        for k in range(len(self._cost)):
            moves = np.zeros(len(self._cost), dtype=np.int64)
            moves[k] = 1
            self._add(np.zeros(len(self._demand), dtype=np.int64), moves, 0)
        ways = self._ways(self._cost)
        n_tasks = len(self._demand)
        for task in range(n_tasks):
            self._add_route([task], ways[1])

    def run(self, stopped: Callable[[], bool]) -> int:
        """Return what is proven of vehicles and moves together, rounded up."""
        best = Prices(np.zeros(len(self._demand)), self._cuts.duals)
        proven, labels, _ = self._prove(best, stopped)
        while labels is not None and not stopped() and is_solved(self._solver, stopped):
            own = self._prices()
            n_before = len(self._known)
            if self._solver.Objective().Value() - proven / SCALE < CLOSE:
                if not self._add_cuts():
                    break
                continue
            for weight in (SMOOTHING, 0.0):
                tried = own.toward(best, weight)
                bound, labels, ways = self._prove(tried, stopped)
                if bound > proven:
                    proven, best = bound, tried
                if labels is None or self._add_best(labels, ways):
                    break
            if len(self._known) == n_before and not self._add_cuts():
                break
        return -(-proven // SCALE)

    def _prices(self) -> Prices:
        task = np.array([row.dual_value() for row in self._task_rows])
        cut = np.zeros(len(self._cuts.least))
        for k, row in self._rows.items():
            cut[k] = max(0.0, row.dual_value())
        return Prices(task, cut)

    def _add_cuts(self) -> int:
        """Add the rules that the routes chosen break, the most broken first; return how many."""
        chosen = [k for k, column in enumerate(self._columns) if column.solution_value() > 0]
        moves = sum(self._columns[k].solution_value() * self._moves[k] for k in chosen)
        breach = self._cuts.least - self._cuts.matrix @ moves
        worst = [k for k in np.argsort(-breach)[:MOST_NEW_CUTS].tolist() if breach[k] > LEAST_BREACH and k not in self._rows]
        crossed = self._cuts.matrix[worst] @ np.array(self._moves).T
        for row, k in enumerate(worst):
            added = self._solver.RowConstraint(float(self._cuts.least[k]), self._solver.infinity(), "")
            for column in np.flatnonzero(crossed[row]).tolist():
                added.SetCoefficient(self._columns[column], float(crossed[row, column]))
            self._rows[k] = added
        return len(worst)

    def _prove(self, prices: Prices, stopped: Callable[[], bool]) -> tuple[int, Labels | None, IntArray]:
        """Return the bound that prices prove, times SCALE, with the routes priced and the ways they take.

        With prices p of tasks and m >= 0 of cuts that leave each move a price of at least nothing, any plan costs at least
        sum(p) + m @ least + the sum of its routes' reduced costs. Where a route of load q has one below zero, all p are
        lowered in proportion to demand until none has, which costs max(-reduced / q) * total demand. All in whole numbers.
        """
        cut = np.floor(prices.cut * SCALE).astype(np.int64)
        reduced = self._cost * SCALE - self._cuts.matrix.T @ cut
        if (reduced < 0).any():
            # The solver's tolerance: shrink all by as much as the worst move asks for.
            paid = self._cost * SCALE - reduced
            share = float((self._cost * SCALE / np.maximum(paid, 1))[reduced < 0].min()) * (1 - 1e-9)
            cut = np.floor(cut * share).astype(np.int64)
            reduced = self._cost * SCALE - self._cuts.matrix.T @ cut
        apart, before = self._ways(np.maximum(reduced, 0))
        price = np.floor(prices.task * SCALE).astype(np.int64)
        labels = priced(self._service, apart, price, stopped)
        if labels is None or (reduced < 0).any():
            return 0, labels, before
        least = labels.closed.min(axis=1) + self._fixed * SCALE
        total = int(self._demand.sum())
        lost = max([0] + [-(int(least[q]) * total // q) for q in np.flatnonzero(least < 0).tolist()])
        return int(price.sum()) + int(cut @ self._cuts.least) - lost, labels, before

    def _ways(self, cost: IntArray) -> tuple[IntArray, IntArray]:
        """Return the costs of cheapest ways between places, and the place before each on them; sums of floats are exact."""
        tail, head = np.concatenate([self._tail, self._head]), np.concatenate([self._head, self._tail])
        weight = np.concatenate([cost, cost]).astype(np.float64)
        graph = csr_array((weight, (tail, head)), shape=(self._n_places, self._n_places))
        apart, before = dijkstra(graph, return_predecessors=True)
        return np.where(np.isfinite(apart), apart, 1 << 50).astype(np.int64), before.astype(np.int64)

    def _add_best(self, labels: Labels, before: IntArray) -> int:
        """Add the best route that ends with each mode, if its reduced cost is below zero; return how many are new."""
        loads = labels.closed.argmin(axis=0)
        least = labels.closed[loads, np.arange(len(loads))] + self._fixed * SCALE
        n_new = 0
        for mode in np.argsort(least)[:MOST_COLUMNS].tolist():
            if least[mode] < 0:
                n_new += self._add_route(modes_of_route(self._service, labels, int(loads[mode]), mode), before)
        return n_new

    def _add_route(self, modes: list[int], before: IntArray) -> bool:
        """Add the column of a route, given from its last mode to its first, with ways from `before`."""
        service = self._service
        served = np.bincount(service.task[modes], minlength=len(self._demand))
        moves = np.zeros(len(self._cost), dtype=np.int64)
        starts = [service.depot, *service.exit[modes[::-1]].tolist()]
        ends = [*service.entry[modes[::-1]].tolist(), service.depot]
        for start, end in zip(starts, ends, strict=True):
            at = end
            while at != start:
                last = int(before[start, at])
                moves[self._move[last, at]] += 1
                at = last
        key = (served.tobytes(), moves.tobytes())
        if key in self._known:
            return False
        self._known.add(key)
        self._add(served.astype(np.int64), moves, self._fixed)
        return True

    def _add(self, served: IntArray, moves: IntArray, fixed: int) -> None:
        column = self._solver.NumVar(0.0, self._solver.infinity(), "")
        self._solver.Objective().SetCoefficient(column, float(self._cost @ moves + fixed))
        crossed = self._cuts.matrix @ moves
        for k, row in self._rows.items():
            if crossed[k]:
                row.SetCoefficient(column, float(crossed[k]))
        for k in np.flatnonzero(served).tolist():
            self._task_rows[k].SetCoefficient(column, float(served[k]))
        self._columns.append(column)
        self._moves.append(moves)
