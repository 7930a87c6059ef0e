"""Local search over some rows: construct, ruin and recreate, accept by a falling heat."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np

from optimizer.engines.budget import Budget, share_spent
from optimizer.engines.coverage.ground import Rows
from optimizer.engines.coverage.kernels.answers import settle
from optimizer.engines.coverage.kernels.moves import construct, improve, open_sites
from optimizer.engines.coverage.kernels.state import COST, N_NEW, N_SHORT, VALUE, State, empty_state
from optimizer.engines.coverage.lists import IntArray
from optimizer.engines.kernels.dice import dice_for

# Steps between two looks at the clock, at first; later as many as take about so many seconds.
FIRST_CHUNK, CHUNK_S = 20, 0.03
# Heat at the beginning and the end, as a share of what an open site is worth.
HOT, COLD = 0.05, 0.0005


class Search:
    """Holds a plan of some rows and the best one so far."""

    def __init__(self, rows: Rows, seed: int) -> None:
        self.rows, self.ground = rows, rows.ground
        self.dice = dice_for(seed)
        self.n_steps = 0
        self.state = self._begin(np.zeros(0, dtype=np.int64))
        self.can_be_whole = self._keeps_limits(self.state)
        construct(self.ground, self.state, self.dice)
        self.best_open = self.state.is_open.copy()
        self.best = self._figures(self.state)

    def _begin(self, sites: IntArray) -> State:
        state = empty_state(self.ground)
        open_sites(self.ground, state, np.union1d(np.flatnonzero(self.ground.fixed == 1), sites))
        return state

    @staticmethod
    def _figures(state: State) -> IntArray:
        return state.totals[[VALUE, COST, N_SHORT]].copy()

    def _keeps_limits(self, state: State) -> bool:
        """Whether no rule is broken that asks for no more: what sites that must be open break, every plan breaks."""
        ground, totals = self.ground, state.totals
        within = totals[COST] <= ground.limits[1] and totals[N_NEW] <= ground.limits[0]
        return bool(within and (state.n_in <= ground.at_most).all() and not state.n_near[state.is_open == 1].any())

    @property
    def is_whole(self) -> bool:
        """Whether the best plan keeps all rules and, where cost is minimised, covers all rows."""
        is_least = not self.rows.minimises or self.best[0] == self.ground.limits[2]
        return self.can_be_whole and bool(self.best[2] == 0 and is_least)

    @property
    def known(self) -> int:
        """Value of the best plan, or its cost as a negative one."""
        return -int(self.best[1]) if self.rows.minimises else int(self.best[0])

    def offer(self, chosen: IntArray) -> None:
        """Take a plan, 1 or 0 a site, that keeps the rules where it is better than the best."""
        state = self._begin(np.flatnonzero(chosen))
        if not self._keeps_limits(state):
            return
        construct(self.ground, state, self.dice)
        figures = self._figures(state)
        if self._key(figures) > self._key(self.best):
            self.state, self.best, self.best_open = state, figures, state.is_open.copy()

    def take(self, chosen: IntArray) -> None:
        """Take a plan, 1 or 0 a site, in place of the best."""
        self.state = self._begin(np.flatnonzero(chosen))
        self.best, self.best_open = self._figures(self.state), self.state.is_open.copy()

    def _key(self, figures: IntArray) -> tuple[int, int, int]:
        return (-int(figures[2]), int(figures[0]), -int(figures[1]))

    def run(self, budget: Budget, told: Callable[[float], bool]) -> None:
        """Search until the budget is spent or `told`, called with the share spent, says so."""
        began_s, begun_at, chunk = perf_counter(), self.n_steps, FIRST_CHUNK
        while not budget.over:
            left = chunk if budget.n_steps is None else min(chunk, begun_at + budget.n_steps - self.n_steps)
            if left <= 0:
                return
            share = min(1.0, share_spent(budget, self.n_steps - begun_at, began_s))
            then_s = perf_counter()
            told_kernel = (int(left), self._heat(share) * budget.heat, 1.0 + float(self.ground.price.max(initial=0)))
            improve(self.ground, self.state, self.best_open, self.best, told_kernel, self.dice)
            self.n_steps += left
            if budget.n_steps is None:
                chunk = max(1, min(100_000, int(left * CHUNK_S / max(1e-6, perf_counter() - then_s))))
            if told(share):
                return

    def _heat(self, share: float) -> float:
        n_open = max(1, int(self.best_open.sum()))
        unit = float(self.best[1] if self.rows.minimises else self.best[0]) / n_open
        return float(unit * HOT * (COLD / HOT) ** share)

    def settled(self) -> tuple[int, ...]:
        """Return the sites of the best plan, ties broken."""
        state = self._begin(np.flatnonzero(self.best_open))
        if self.is_whole:
            settle(self.ground, state)
        return tuple(np.flatnonzero(state.is_open).tolist())
