"""A proven lower bound on the cost of serving all tasks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b

import numpy as np

from optimizer.engines.arc_routing.clusters import clusters_of
from optimizer.engines.arc_routing.columns import programme_of
from optimizer.engines.arc_routing.cut_programme import crossing
from optimizer.engines.arc_routing.cuts import LEAST_BREACH, Border, Sets, by_flow, grown, improved, least_moves, services
from optimizer.engines.arc_routing.first_sets import around_hubs, rules_of_parts
from optimizer.engines.arc_routing.odd_cuts import THRESHOLDS, components, odd_sets
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, BoolArray, IntArray
from optimizer.engines.arc_routing.relaxation import Floats, relaxation_of
from optimizer.engines.arc_routing.route_bound import RouteBounder, can_price

# Of the broken rules of a round and a need, the most broken are taken.
MOST_CUTS_A_ROUND = 60
# Fewer broken rules than this from growth, and flows and tabu search are tried too.
FEW_CUTS = 20
# Rounds in a row that raise the programme's value by no more than this, after which the search for more rules ends.
MOST_IDLE_ROUNDS = 20
LEAST_GAIN = 1e-3
# A round without any new rule counts for so many more.
IDLE_WITHOUT_RULES = 3
# How much growth and flows favour amounts over crossings.
GREEDS = (0.7, 0.85, 1.0, 1.15)
# Seeds of flows, and sets of tight rules that the tabu search starts at, in one round.
N_SEEDS = 6
N_TIGHT = 60
# In larger networks sets are made of so many clusters of places.
MOST_CLUSTERS = 400


def lower_bound(problem: ArcRoutingProblem, stopped: Callable[[], bool] = bool) -> int | None:
    """Return what no plan that serves all tasks can go below; None where nothing is proven.

    Every plan pays for serving each task in its cheapest way, for vehicles, visits and moves. These are a solution of the
    programme of `programme_of` with a row for each set of places whose border must be crossed, so that the programme's dual
    solution proves the bound. `stopped` ends the search for rows early.
    """
    if not problem.serve_all or not problem.n_tasks:
        return None
    return Bounder(problem).run(stopped)


class Bounder:
    """Rounds of solving the programme and of adding rules that its solution breaks.

    Parameters
    ----------
    problem
        All of its tasks are to be served.
    seed
        For the dice of the search for sets.
    """

    def __init__(self, problem: ArcRoutingProblem, seed: int = 0) -> None:
        self._problem = problem
        self._relaxation = relaxation_of(problem)
        self._programme, self._columns = programme_of(problem, self._relaxation)
        self._tail, self._head = self._relaxation.ends()
        self._cluster = clusters_of(self._relaxation, MOST_CLUSTERS)
        self._views = self._empty_views()
        self._known: set[bytes] = set()
        # Sets of clusters, each with the row of its rule.
        self._sets: list[tuple[BoolArray, int]] = []
        self._rng = np.random.default_rng(seed)
        self._n_rounds = 0

    def run(self, stopped: Callable[[], bool]) -> int:
        """Return the bound proven when no more rules are found, or when stopped."""
        self._add_first(stopped)
        idle, reached = 0, -1.0
        while idle < MOST_IDLE_ROUNDS and not stopped():
            if not self._programme.solve(stopped):
                break
            value = float(self._programme.cost @ self._programme.x)
            idle = 0 if value > reached + LEAST_GAIN else idle + 1
            reached = max(reached, value)
            if not self._round(stopped):
                idle += IDLE_WITHOUT_RULES
            self._n_rounds += 1
        proven = max(0, self._programme.proven())
        if idle >= MOST_IDLE_ROUNDS and can_price(self._problem, self._relaxation):
            routes = RouteBounder(self._problem, self._relaxation, self._programme.tight(len(self._tail)))
            proven = max(proven, routes.run(stopped))
        return self._columns.served + proven

    def _empty_views(self) -> list[Border]:
        """Return the services between clusters as each need sees them."""
        n = int(self._cluster.max()) + 1
        sides = self._cluster[self._relaxation.sides]
        crossed = services(sides, n, np.ones(len(sides), dtype=np.int64))[0]
        views = []
        for need in self._relaxation.needs:
            hubs = np.zeros(n, dtype=np.bool_)
            hubs[self._cluster[need.hubs]] = True
            views.append(Border(crossed, *services(sides, n, need.amount), need.most, hubs))
        return views

    def _add_first(self, stopped: Callable[[], bool]) -> None:
        """Add the rules of single places, and of sets around the hubs."""
        self._add_parts(np.arange(self._relaxation.n_places), np.zeros(len(self._tail)))
        for need in self._relaxation.needs:
            self._add(~need.hubs)
            for sides in around_hubs(self._relaxation, need):
                if stopped():
                    return
                self._add(sides)

    def _add_parts(self, part: IntArray, moves: Floats) -> None:
        """Add the rules of the parts of a partition that `moves` break."""
        least, across = rules_of_parts(self._relaxation, part)
        for k in np.flatnonzero(least > 0).tolist():
            if len(across[k]) and moves[across[k]].sum() < least[k] - LEAST_BREACH:
                self._programme.add(across[k], np.ones(len(across[k]), dtype=np.int64), int(least[k]))

    def _round(self, stopped: Callable[[], bool]) -> bool:
        """Add rules that the programme's solution breaks; tell whether there were any."""
        n_before = self._programme.n_rows
        moves = self._programme.x[: len(self._tail)]
        for least in THRESHOLDS:
            self._add_parts(components(self._relaxation, moves, least), moves)
        for sides in odd_sets(self._relaxation, moves, stopped):
            self._add(sides)
        weight = self._weight(moves)
        for view in self._views:
            n_taken = 0
            found = self._broken(replace(view, weight=weight), stopped)
            for _, sides in sorted(found.values(), key=lambda pair: -pair[0]):
                if n_taken < MOST_CUTS_A_ROUND and self._add(sides[self._cluster]):
                    self._sets.append((sides, self._programme.n_rows - 1))
                    n_taken += 1
        return self._programme.n_rows > n_before

    def _weight(self, moves: Floats) -> Floats:
        """Return services and moves between clusters."""
        weight = self._views[0].weight.copy()
        tail, head = self._cluster[self._tail], self._cluster[self._head]
        across = tail != head
        np.add.at(weight, (tail[across], head[across]), moves[across])
        np.add.at(weight, (head[across], tail[across]), moves[across])
        return weight

    def _broken(self, view: Border, stopped: Callable[[], bool]) -> Sets:
        greed = float(self._rng.choice(GREEDS))
        found = grown(view, greed, 0.3 * (self._n_rounds % 2), self._rng, stopped)
        others = np.flatnonzero(~view.hubs)
        if len(found) >= FEW_CUTS or not len(others) or stopped():
            return found
        seeds = self._rng.choice(others, min(N_SEEDS, len(others)), replace=False)
        starts = by_flow(view, float(self._rng.uniform(0.6, 1.6)), seeds)
        starts += [sides for _, sides in sorted(found.values(), key=lambda pair: -pair[0])]
        slack = self._programme.slack
        tight = [s for s, k in self._sets if k < len(slack) and slack[k] < LEAST_BREACH and not (s & view.hubs).any()]
        starts += [tight[k] for k in self._rng.permutation(len(tight))[:N_TIGHT].tolist()]
        return found | improved(view, starts, self._rng, stopped)

    def _add(self, sides: BoolArray) -> bool:
        """Add the rule of a set, if it is new and asks for anything."""
        # A set and its complement have one border.
        key = blake2b(np.packbits(sides ^ sides[0]).tobytes(), digest_size=16).digest()
        if key in self._known:
            return False
        self._known.add(key)
        least = least_moves(self._relaxation, sides)
        across = crossing(sides, self._tail, self._head)
        # A border that no move crosses makes the problem unsolvable: any bound holds.
        if least <= 0 or not len(across):
            return False
        self._programme.add(across, np.ones(len(across), dtype=np.int64), least)
        return True
