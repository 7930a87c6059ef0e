"""What the compiled search reads and writes, and the one move of which all others are made."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.coverage.lists import IntArray
from optimizer.engines.kernels.compiled import compiled, inlined

# Places in `State.totals`.
VALUE, COST, N_NEW, N_LOG, N_SHORT = 0, 1, 2, 3, 4
# Stands for no limit.
NO_LIMIT = 2**60


class Ground(NamedTuple):
    """What does not change: rows are customers, for gradual cover one for each step.

    Parameters
    ----------
    row_offsets, row_sites
        Sites that cover each row, compressed.
    site_offsets, site_rows
        Rows that each site covers, compressed.
    first, second
        What the first and the second open site add, shape (n_rows,).
    price, counts
        What opening a site costs and whether it counts as new, shape (n_sites,).
    fixed
        1 for sites that are always open, -1 for those that never are, else 0, shape (n_sites,).
    district, at_least, at_most
        Quotas; the last district is that of sites without one.
    near_offsets, near_sites
        Sites too near to each, compressed.
    limits
        Most new sites, budget, value at which cover is complete, 1 where cost is minimised, shape (4,).
    """

    row_offsets: IntArray
    row_sites: IntArray
    site_offsets: IntArray
    site_rows: IntArray
    first: IntArray
    second: IntArray
    price: IntArray
    counts: IntArray
    fixed: IntArray
    district: IntArray
    at_least: IntArray
    at_most: IntArray
    near_offsets: IntArray
    near_sites: IntArray
    limits: IntArray


class State(NamedTuple):
    """A choice of sites and what follows from it.

    Parameters
    ----------
    is_open
        1 or 0, shape (n_sites,).
    cover
        Open sites of each row, shape (n_rows,).
    gain, loss
        Value that opening a closed site adds, and that closing an open one loses, shape (n_sites,).
    n_in
        Open sites of each district.
    n_near
        Open sites too near to each site, shape (n_sites,).
    totals
        Value, cost, new sites, flips noted, sites that districts are short of, shape (5,).
    log
        Sites flipped, to take them back.
    """

    is_open: IntArray
    cover: IntArray
    gain: IntArray
    loss: IntArray
    n_in: IntArray
    n_near: IntArray
    totals: IntArray
    log: IntArray


def empty_state(ground: Ground) -> State:
    """Return a state in which no site is open."""
    n_sites, n_rows = len(ground.price), len(ground.first)

    def zeros(n: int) -> IntArray:
        return np.zeros(n, dtype=np.int64)

    totals = zeros(5)
    totals[N_SHORT] = ground.at_least.sum()
    gain = np.bincount(ground.row_sites, np.repeat(ground.first, np.diff(ground.row_offsets)), n_sites).astype(np.int64)
    n_districts = len(ground.at_least)
    loss, n_in, n_near = zeros(n_sites), zeros(n_districts), zeros(n_sites)
    return State(zeros(n_sites), zeros(n_rows), gain, loss, n_in, n_near, totals, zeros(1 << 16))


@inlined
def adds(ground: Ground, row: int, n: int) -> int:
    """Return the value of one more open site for a row that has n."""
    if n == 0:
        return int(ground.first[row])
    if n == 1:
        return int(ground.second[row])
    return 0


@compiled
def flip(ground: Ground, state: State, site: int) -> None:
    """Open a closed site or close an open one, and keep all gains and losses right."""
    sign = 1 - 2 * state.is_open[site]
    state.totals[VALUE] += state.gain[site] if sign > 0 else -state.loss[site]
    for k in range(ground.site_offsets[site], ground.site_offsets[site + 1]):
        row = ground.site_rows[k]
        n = state.cover[row]
        state.cover[row] = n + sign
        now, then = adds(ground, row, n), adds(ground, row, n + sign)
        before, after = adds(ground, row, n - 1), adds(ground, row, n - 1 + sign)
        if now != then or before != after:
            for m in range(ground.row_offsets[row], ground.row_offsets[row + 1]):
                other = ground.row_sites[m]
                state.gain[other] += then - now
                state.loss[other] += after - before
    state.is_open[site] += sign
    state.totals[COST] += sign * ground.price[site]
    state.totals[N_NEW] += sign * ground.counts[site]
    district = ground.district[site]
    least, n_open = ground.at_least[district], state.n_in[district]
    state.totals[N_SHORT] += max(0, least - n_open - sign) - max(0, least - n_open)
    state.n_in[district] = n_open + sign
    for k in range(ground.near_offsets[site], ground.near_offsets[site + 1]):
        state.n_near[ground.near_sites[k]] += sign
    if state.totals[N_LOG] < len(state.log):
        state.log[state.totals[N_LOG]] = site
    state.totals[N_LOG] += 1


@inlined
def may_open(ground: Ground, state: State, site: int) -> bool:
    """Whether rules allow a closed site to be opened now."""
    district = ground.district[site]
    return bool(
        state.is_open[site] == 0
        and ground.fixed[site] == 0
        and state.n_near[site] == 0
        and state.n_in[district] < ground.at_most[district]
        and state.totals[N_NEW] < ground.limits[0]
        and state.totals[COST] + ground.price[site] <= ground.limits[1]
    )


@compiled
def undo(ground: Ground, state: State, mark: int) -> None:
    """Take back all flips noted after a mark."""
    while state.totals[N_LOG] > mark:
        site = state.log[state.totals[N_LOG] - 1]
        flip(ground, state, site)
        state.totals[N_LOG] -= 2
