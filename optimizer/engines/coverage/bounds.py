"""What no plan goes beyond: a Lagrangian bound, in whole numbers so that nothing is lost to rounding.

Cover of rows, spacing and budget are priced; numbers and quotas are kept. Galvao & ReVelle 1996,
doi 10.1016/0377-2217(94)00159-6, for maximal covering; Caprara, Fischetti & Toth 1999, doi 10.1287/opre.47.5.730, for set
covering and for leaving out sites by their prices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from optimizer.engines.coverage.ground import Rows
from optimizer.engines.coverage.kernels.pricing import force_each, pick
from optimizer.engines.coverage.kernels.state import NO_LIMIT, Ground
from optimizer.engines.coverage.lists import BoolArray, FloatArray, IntArray

# Sums of scaled values stay below this.
MOST_SCALED = 2**57
# Whole units of price in one of value, at most.
MOST_SCALE = 2**24
# Steps without a better bound after which steps are shortened, by what factor, and the length at which to end.
PATIENCE, SHORTER, LEAST_STEP = 20, 0.7, 2e-3
# Share of the direction before that is kept.
MEMORY = 0.7


@dataclass(frozen=True)
class Bound:
    """A proven bound and the prices it was proven by.

    Parameters
    ----------
    best
        No plan has more value (where cost is minimised: less cost); None where no plan keeps numbers and quotas.
    may_open, may_close
        Sites that a plan better than the one known can have open, and closed, shape (n_sites,).
    chosen
        The sites that the prices choose, 1 or 0, shape (n_sites,).
    n_steps
        Steps taken.
    """

    best: int | None
    may_open: BoolArray
    may_close: BoolArray
    chosen: IntArray
    n_steps: int


class Lagrangian:
    """Lowers the bound of some rows step by step."""

    def __init__(self, rows: Rows) -> None:
        ground = rows.ground
        self.rows, self.ground = rows, ground
        n_rows, n_sites = len(ground.first), len(ground.price)
        ones = np.ones(len(ground.row_sites), dtype=np.int64)
        self.cover = csr_matrix((ones, ground.row_sites, ground.row_offsets), shape=(n_rows, n_sites))
        self.turned = csr_matrix((ones, ground.site_rows, ground.site_offsets), shape=(n_sites, n_rows))
        self.side, self.side_most = _side_rows(ground)
        self.side_turned = self.side.T.tocsr()
        # Prices and scale are held so low that no sum of theirs can overflow; any price proves a bound.
        top = int(ground.price.max(initial=1)) if rows.minimises else int((ground.first + ground.second).max(initial=1))
        total = int((ground.first + ground.second).sum()) + int(ground.price.sum()) + 1
        self.scale = max(1, min(MOST_SCALE, MOST_SCALED // max(total, (len(ones) + n_rows + 1) * max(1, top))))
        heaviest = np.maximum(self.side @ np.ones(n_sites), self.side_most)
        self.most_price = np.concatenate(
            [
                np.full(n_rows, float(self.scale * max(1, top))),
                MOST_SCALED / (np.maximum(1.0, heaviest) * max(1, len(heaviest))),
            ]
        )
        self.n_rows = n_rows
        self.prices = self._first_prices()
        self.best_prices, self.least = self.prices, 2**62
        self.chosen = np.zeros(n_sites, dtype=np.int64)
        self._n_in = np.zeros(len(ground.at_least), dtype=np.int64)
        self.n_steps = 0
        self._theta, self._waited, self._direction = 1.0, 0, np.zeros_like(self.prices)

    def _first_prices(self) -> FloatArray:
        ground, prices = self.ground, np.zeros(self.n_rows + len(self.side_most))
        if self.rows.minimises and self.n_rows:
            rate = ground.price / np.maximum(1, np.diff(ground.site_offsets))
            prices[: self.n_rows] = np.minimum.reduceat(rate[ground.row_sites], ground.row_offsets[:-1])
        else:
            prices[: self.n_rows] = 0.5 * ground.first
        scaled: FloatArray = np.minimum(prices * self.scale, self.most_price)
        return scaled

    def value_at(self, prices: FloatArray) -> tuple[int, FloatArray, IntArray, IntArray]:
        """Return the scaled bound at whole prices, its slope, and score and order of sites; `chosen` holds the choice."""
        ground, whole = self.ground, np.rint(prices).astype(np.int64)
        of_rows, of_sides = whole[: self.n_rows], whole[self.n_rows :]
        score = np.asarray(self.turned @ of_rows - self.side_turned @ of_sides, dtype=np.int64)
        constant = int(of_sides @ self.side_most)
        if self.rows.minimises:
            score -= self.scale * ground.price
            wanted = self.rows.needs
            constant -= int(of_rows @ wanted)
        else:
            once = self.scale * ground.first - of_rows
            twice = once + self.scale * ground.second - of_rows
            wanted = np.where(np.maximum(once, twice) <= 0, 0, np.where(twice > once, 2, 1))
            constant += int(np.maximum(0, np.maximum(once, twice)).sum())
        order = np.argsort(-score, kind="stable").astype(np.int64)
        total = pick(ground, order, score, (-1, 0), self.chosen, self._n_in)
        slope = np.concatenate([self.cover @ self.chosen - wanted, self.side_most - self.side @ self.chosen])
        return (constant + total if total > -NO_LIMIT else -NO_LIMIT), slope.astype(np.float64), score, order

    def lower(self, known: int, n_steps: int, over: Callable[[], bool]) -> None:
        """Take steps from where the last ones ended, until they no longer help or prove a known value (less cost) best."""
        for _ in range(n_steps):
            if over() or self.is_done(known):
                return
            value, slope, _, _ = self.value_at(self.prices)
            self.n_steps += 1
            self._waited += 1
            if value < self.least:
                self._waited = self._waited if value > self.least - 1e-5 * abs(self.least) else 0
                self.least, self.best_prices = value, self.prices
            if self._waited >= PATIENCE:
                self._theta, self._waited = self._theta * SHORTER, 0
            self._direction = MEMORY * self._direction + (1 - MEMORY) * slope
            free = self._direction * ((self.prices > 0) | (self._direction < 0))
            length = float(free @ free)
            if length == 0:
                self._theta = 0.0
                return
            step = self._theta * max(float(self.scale), value - known * self.scale * 1.0) / length
            self.prices = np.clip(self.prices - step * free, 0.0, self.most_price)

    def is_done(self, known: int) -> bool:
        """Whether more steps are of no use."""
        return self.least == -NO_LIMIT or self.least < (known + 1) * self.scale or self._theta < LEAST_STEP

    def bound(self, known: int) -> Bound:
        """Return what is proven so far, beside a known value (cost, as a negative one)."""
        n_sites = len(self.ground.price)
        value, _, score, order = self.value_at(self.best_prices)
        everything = np.ones(n_sites, dtype=np.bool_)
        if value == -NO_LIMIT:
            return Bound(None, ~everything, ~everything, self.chosen, self.n_steps)
        chosen, total = self.chosen.copy(), pick(self.ground, order, score, (-1, 0), self.chosen, self._n_in)
        opened, closed = np.zeros(n_sites, dtype=np.int64), np.zeros(n_sites, dtype=np.int64)
        force_each(self.ground, order, score, (opened, closed), (self.chosen, self._n_in))
        asked = (known + 1) * self.scale - (value - total)
        best = value // self.scale
        return Bound(-best if self.rows.minimises else best, opened >= asked, closed >= asked, chosen, self.n_steps)


def _side_rows(ground: Ground) -> tuple[csr_matrix[np.int64], IntArray]:
    """Return what is priced beside cover: of sites near one another at most one, and the budget."""
    rows: list[int] = []
    columns: list[int] = []
    values: list[int] = []
    most: list[int] = []
    for clique in cliques(ground):
        rows += [len(most)] * len(clique)
        columns += clique
        values += [1] * len(clique)
        most.append(1)
    if ground.limits[1] < ground.price.sum():
        priced = np.flatnonzero(ground.price)
        rows += [len(most)] * len(priced)
        columns += priced.tolist()
        values += ground.price[priced].tolist()
        most.append(int(ground.limits[1]))
    entries = (np.array(values, dtype=np.int64), (np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)))
    return csr_matrix(entries, shape=(len(most), len(ground.price)), dtype=np.int64), np.array(most, dtype=np.int64)


def cliques(ground: Ground) -> list[list[int]]:
    """Return sets of sites of which at most one may be open, so that each pair that is too near lies in one of them."""
    near = [
        set(ground.near_sites[ground.near_offsets[k] : ground.near_offsets[k + 1]].tolist())
        for k in range(len(ground.price))
    ]
    found, done = [], set()
    for site, others in enumerate(near):
        for other in sorted(others):
            if other < site or (site, other) in done:
                continue
            clique = [site, other]
            shared = others & near[other]
            while shared:
                third = min(shared)
                clique.append(third)
                shared &= near[third]
            clique.sort()
            done |= {(a, b) for k, a in enumerate(clique) for b in clique[k + 1 :]}
            found.append(clique)
    return found
