"""A proven lower bound on the cost of serving all tasks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimizer.engines.arc_routing.columns import programme_of
from optimizer.engines.arc_routing.cut_programme import crossing
from optimizer.engines.arc_routing.cuts import Border, Sets, by_flow, grown, improved, least_moves, services
from optimizer.engines.arc_routing.odd_cuts import odd_sets
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, BoolArray
from optimizer.engines.arc_routing.relaxation import Need, relaxation_of

# Of the broken rules of a round and a need, the most broken are taken.
MOST_CUTS_A_ROUND = 60
# Fewer broken rules than this from growth, and flows and tabu search are tried too.
FEW_CUTS = 20
# Rounds without a new rule after which the search for more ends.
MOST_IDLE_ROUNDS = 15
# How much growth and flows favour amounts over crossings.
GREEDS = (0.7, 0.85, 1.0, 1.15)
# Seeds of flows, and sets of tight rules that the tabu search starts at, in one round.
N_SEEDS = 6
N_TIGHT = 60


def lower_bound(problem: ArcRoutingProblem, stopped: Callable[[], bool] = bool) -> int | None:
    """Return what no plan that serves all tasks can go below; None where nothing is proven.

    Every plan pays for serving each task in its cheapest way, for vehicles, visits and moves. These are a solution of the
    programme of `programme_of` with a row for each set of places whose border must be crossed. The bound is what the
    programme's dual solution proves. `stopped` ends the search for rows early.
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
        self._relaxation = relaxation_of(problem)
        self._programme, self._columns = programme_of(problem, self._relaxation)
        self._tail, self._head = self._relaxation.ends()
        self._known: set[bytes] = set()
        self._sets: list[BoolArray] = []
        self._row_of_set: list[int] = []
        self._crossed = services(self._relaxation, np.ones(problem.n_tasks, dtype=np.int64))[0]
        self._amounts = [services(self._relaxation, need.amount) for need in self._relaxation.needs]
        self._rng = np.random.default_rng(seed)
        self._n_rounds = 0

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return self._programme.n_rows

    def run(self, stopped: Callable[[], bool]) -> int:
        """Return the bound proven when no more rules are found, or when stopped."""
        self._add_first()
        idle = 0
        while idle < MOST_IDLE_ROUNDS and not stopped():
            if not self._programme.solve(stopped):
                break
            idle = 0 if self._round(stopped) else idle + 1
            self._n_rounds += 1
        return self._columns.served + max(0, self._programme.proven())

    def _add_first(self) -> None:
        n = self._relaxation.n_places
        for v in range(n):
            sides = np.zeros(n, dtype=np.bool_)
            sides[v] = True
            self._add(sides)
        for need in self._relaxation.needs:
            self._add(~need.hubs)

    def _round(self, stopped: Callable[[], bool]) -> int:
        """Add rules that the programme's solution breaks; return how many."""
        moves = self._programme.x[: len(self._tail)]
        n_new = sum(self._add(sides) for sides in odd_sets(self._relaxation, moves, stopped))
        weight = self._crossed.copy()
        across = self._tail != self._head
        np.add.at(weight, (self._tail[across], self._head[across]), moves[across])
        np.add.at(weight, (self._head[across], self._tail[across]), moves[across])
        for need, (amount, own) in zip(self._relaxation.needs, self._amounts, strict=True):
            view = Border(weight, amount, own, need)
            n_taken = 0
            for _, sides in sorted(self._broken(view, stopped).values(), key=lambda pair: -pair[0]):
                n_taken += self._add(sides)
                if n_taken >= MOST_CUTS_A_ROUND:
                    break
            n_new += n_taken
        return n_new

    def _broken(self, view: Border, stopped: Callable[[], bool]) -> Sets:
        greed = float(self._rng.choice(GREEDS))
        found = grown(view, greed, 0.3 * (self._n_rounds % 2), self._rng, stopped)
        if len(found) >= FEW_CUTS or stopped():
            return found
        others = np.flatnonzero(~view.need.hubs)
        seeds = self._rng.choice(others, min(N_SEEDS, len(others)), replace=False)
        starts = by_flow(view, float(self._rng.uniform(0.6, 1.6)), seeds)
        starts += [sides for _, sides in sorted(found.values(), key=lambda pair: -pair[0])]
        tight = [s for s, k in zip(self._sets, self._row_of_set, strict=True) if self._is_tight(k, s, view.need)]
        if tight:
            picked = self._rng.choice(len(tight), min(N_TIGHT, len(tight)), replace=False)
            starts += [tight[k] for k in picked.tolist()]
        return found | improved(view, starts, self._rng, stopped)

    def _is_tight(self, row: int, sides: BoolArray, need: Need) -> bool:
        return not (sides & need.hubs).any()

    def _add(self, sides: BoolArray) -> bool:
        """Add the rule of a set, if it is new and asks for anything."""
        key = min(sides.tobytes(), (~sides).tobytes())
        if key in self._known:
            return False
        self._known.add(key)
        least = least_moves(self._relaxation, sides)
        across = crossing(sides, self._tail, self._head)
        # A border that no move crosses makes the problem unsolvable: any bound holds.
        if least <= 0 or not len(across):
            return False
        self._sets.append(sides)
        self._row_of_set.append(self._programme.n_rows)
        self._programme.add(across, np.ones(len(across), dtype=np.int64), least)
        return True
