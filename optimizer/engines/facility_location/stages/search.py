"""Plans from problems of one stage, a bound by branching on the centres, and a programme of what is likely."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count
from time import perf_counter

import numpy as np

from layers.layer import Bool
from optimizer.engines.budget import Budget
from optimizer.engines.facility_location.solve import solve as solve_one_stage
from optimizer.engines.facility_location.stages.bounding import Bounding, Node
from optimizer.engines.facility_location.stages.checker import staged_faults
from optimizer.engines.facility_location.stages.flat import Flat, Prices, cheapest_ways
from optimizer.engines.facility_location.stages.problem import StagedProblem
from optimizer.engines.facility_location.stages.programme import StagedModel, StagedScope, whole_scope
from optimizer.engines.facility_location.stages.solution import StagedPlan, staged_cost
from optimizer.engines.highs import solve_programme
from optimizer.engines.limits import Limits

# Steps of the prices at the root and at each node below.
ROOT_STEPS, NODE_STEPS = 40, 6
# Rounds of a problem of one stage on the way to a plan.
STAGE_ROUNDS = 250
# Plans tried from one set of prices.
MOST_TRIES = 4
# Shares of the time: until plans and branching end, the rest is for the programme.
BRANCHING_SHARE = 0.7
# Stations that the programme lets each customer choose from, beside the one that it has.
N_NEAR = 8
# A plan this near its bound, as a share, is the best.
SAME = 1e-6


class Stopping:
    """A monitor that hands on the caller's stop alone."""

    def __init__(self, asked: Callable[[], bool]) -> None:
        self._asked = asked

    @property
    def stopped(self) -> bool:
        """Whether the caller asked to stop."""
        return self._asked()

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Do nothing."""


class StagedSearch:
    """The best plan and the bound so far.

    Parameters
    ----------
    problem
        What is asked.
    budget
        Its steps are rounds of the bound.
    told
        Called with the share done when there is something new.
    """

    def __init__(self, problem: StagedProblem, budget: Budget, told: Callable[[float], None]) -> None:
        self._problem, self._budget, self._told = problem, budget, told
        self._flat = Flat(problem)
        self._branching = budget.part(BRANCHING_SHARE)
        self._bounding = Bounding(problem, self._flat, self._ends)
        self._met = np.zeros(problem.stations.n_sites, dtype=np.bool_)
        self.plan: StagedPlan | None = None
        self.cost, self.bound, self.n_steps = np.inf, -np.inf, 0

    def run(self) -> None:
        """Search until it is proven or the budget is spent."""
        root = self._bounding.root()
        self._try(root.prices, root.may)
        root = self._bounding.raised(root, self.cost, ROOT_STEPS)
        self.bound = root.value if root.customer_price is not None or np.isinf(root.value) else -np.inf
        self._told(0.3)
        if np.isinf(self.bound) and self.bound > 0:
            return
        self._try(root.prices, root.may)
        self._branch(root)
        self.n_steps = self._bounding.n_rounds
        if not self.is_proven:
            self._programme()
        self._told(1.0)

    @property
    def is_proven(self) -> bool:
        """Whether no plan is better by more than rounding."""
        return self.cost - self.bound <= SAME * abs(self.cost)

    def _ends(self) -> bool:
        spent = self._branching.n_steps is not None and self._bounding.n_rounds >= self._branching.n_steps
        return spent or self._branching.over

    def _branch(self, root: Node) -> None:
        """Decide centre after centre, the node with the lowest bound first; what is left is proven of all plans."""
        order = count()
        nodes = [(root.value, next(order), root)]
        n_done = 0
        while nodes and not self._ends() and not self.is_proven:
            value, _, node = heapq.heappop(nodes)
            which = self._undecided(node)
            if which is None:
                # Nothing is left to decide: more steps are all that can raise it.
                better = self._bounding.raised(node, self.cost, NODE_STEPS)
                heapq.heappush(nodes, (better.value, next(order), better))
                if better.value <= value * (1 + SAME):
                    break
                continue
            for is_open in (True, False):
                child = self._bounding.raised(_child(node, which, is_open=is_open), self.cost, NODE_STEPS)
                if child.value < self.cost:
                    heapq.heappush(nodes, (child.value, next(order), child))
                    if n_done < MOST_TRIES or n_done % 8 == 0:
                        self._try(child.prices, child.may)
                n_done += 1
            lowest = min(nodes[0][0] if nodes else self.cost, self.cost)
            self.bound = max(self.bound, lowest)
            self._told(0.5)

    def _undecided(self, node: Node) -> int | None:
        """Return the centre that may be open, need not, and that most goes by; None where all are decided."""
        free = np.flatnonzero(node.may & ~node.must)
        if not len(free):
            return None
        return int(free[np.argmax(node.flow[free])])

    def _try(self, prices: Prices, may: Bool) -> None:
        """Find plans: stations at the prices onward, hauls for what they take, stations at what these cost, and so on."""
        for _ in range(MOST_TRIES):
            if self._ends():
                return
            before = self.cost
            asked = self._flat.problem(cheapest_ways(self._problem, prices, may).cost)
            # By rounds where the caller counts them, so that runs can be repeated.
            left = None if self._branching.until_s is None else self._branching.part(0.25).until_s
            limits = Limits(work_limit=STAGE_ROUNDS) if left is None else Limits(_seconds_to(left), STAGE_ROUNDS)
            found = solve_one_stage(asked, limits=limits, monitor=Stopping(self._branching.stopped))
            if found.plan is None:
                return
            sites = np.zeros(self._problem.stations.n_sites, dtype=np.bool_)
            sites[list(found.plan.sites(asked))] = True
            self._met |= sites
            pairs = np.zeros(self._problem.serve_cost.shape, dtype=np.bool_)
            for supply in found.plan.supplies:
                at = self._flat.product[supply.customer], self._flat.customer[supply.customer], supply.site
                pairs[at] = True
            stations = np.isin(np.arange(self._problem.stations.n_options), found.plan.options)
            self._solve(StagedScope(stations, self._problem.centres.allowed, pairs), self._branching)
            if self.cost >= before or self.plan is None:
                return
            chosen = np.unique(self._problem.centres.options.site[list(self.plan.centres)])
            may = np.isin(np.arange(len(may)), chosen)
            prices = Prices(np.zeros(len(may)), prices.plant)

    def _programme(self) -> None:
        """Solve the programme of all stations met, each customer with the nearest of them."""
        if self._budget.over or self._budget.n_steps is not None:
            return
        scope, problem = whole_scope(self._problem), self._problem
        kept = self._met | np.isin(np.arange(problem.stations.n_sites), problem.stations.must_open)
        cost = np.where(scope.pairs & kept, problem.serve_cost, np.inf)
        limit = np.partition(cost, min(N_NEAR, cost.shape[2] - 1), axis=2)[:, :, min(N_NEAR, cost.shape[2] - 1)]
        pairs = np.isfinite(cost) & (cost <= limit[:, :, None])
        if self.plan is not None:
            for s in self.plan.supplies:
                pairs[s.product, s.customer, s.station] = True
        self._solve(StagedScope(kept[problem.stations.options.site], scope.centres, pairs), self._budget)

    def _solve(self, scope: StagedScope, budget: Budget) -> None:
        model = StagedModel(self._problem, scope)
        solved = solve_programme(model.programme, Budget(None, budget.until_s, budget.stopped), gap=1e-4)
        self.n_steps += solved.n_nodes
        if solved.x is not None:
            self.take(model.plan(solved.x))

    def take(self, plan: StagedPlan) -> None:
        """Keep a plan that is right and better."""
        cost = staged_cost(self._problem, plan)
        if cost < self.cost and not staged_faults(self._problem, plan):
            self.plan, self.cost = plan, cost
            self._told(0.5)


def _seconds_to(until_s: float) -> float:
    return max(0.1, until_s - perf_counter())


def _child(node: Node, which: int, *, is_open: bool) -> Node:
    """Return the part of a node in which a centre is open, or closed."""
    must, may = node.must.copy(), node.may.copy()
    (must if is_open else may)[which] = is_open
    centre = node.prices.centre.copy()
    if is_open:
        # Its cost is paid now: what is left to pay for is its room.
        centre[which] = 0.0
    return Node(must, may, node.value, Prices(centre, node.prices.plant), node.customer_price, node.flow)
