"""Ruin and recreate: close some sites that are near one another, open the best again, keep what is not much worse."""

from __future__ import annotations

import numpy as np

from optimizer.engines.coverage.kernels.state import COST, N_LOG, N_SHORT, VALUE, Ground, State, flip, may_open, undo
from optimizer.engines.coverage.lists import IntArray
from optimizer.engines.kernels.compiled import compiled, entrance
from optimizer.engines.kernels.dice import Dice, draw, draw_below

# Most sites that a step closes.
MOST_CLOSED = 6
# A candidate is passed over once in so many times.
PASSED_ONE_IN = 3


@compiled
def is_short(ground: Ground, state: State, site: int) -> bool:
    """Whether the district of a site has fewer open sites than its quota."""
    district = ground.district[site]
    return bool(state.n_in[district] < ground.at_least[district])


@compiled
def best_to_open(ground: Ground, state: State, by_price: bool, shut: int, dice: Dice) -> int:
    """Return the site whose opening is worth most, for its price or in itself; -1 for none. Equal ones: the first.

    Where districts are short of sites only theirs count, whatever they are worth.
    """
    best, most = -1, 0.0
    for site in range(len(ground.price)):
        if state.gain[site] <= 0 and state.totals[N_SHORT] == 0:
            continue
        if site == shut or not may_open(ground, state, site):
            continue
        if state.totals[N_SHORT] > 0 and not is_short(ground, state, site):
            continue
        worth = 1.0 + state.gain[site]
        if by_price:
            worth /= max(1.0, float(ground.price[site]))
        if worth > most and draw(dice) * PASSED_ONE_IN >= 1.0:
            best, most = site, worth
    return best


@compiled
def recreate(ground: Ground, state: State, by_price: bool, shut: int, dice: Dice) -> None:
    """Open sites, the best first, until rules forbid more or cover is complete."""
    misses = 0
    while misses < 2:
        if ground.limits[3] == 1 and state.totals[VALUE] >= ground.limits[2] and state.totals[N_SHORT] == 0:
            break
        site = best_to_open(ground, state, by_price, shut, dice)
        if site < 0:
            misses += 1
            continue
        flip(ground, state, site)


@compiled
def close_idle(ground: Ground, state: State) -> None:
    """Close sites that add nothing and that no rule asks for, the dearest first, of equal ones the last."""
    while True:
        worst, most = -1, -1
        for site in range(len(ground.price)):
            if state.is_open[site] == 0 or ground.fixed[site] != 0 or state.loss[site] != 0:
                continue
            district = ground.district[site]
            if state.n_in[district] > ground.at_least[district] and ground.price[site] >= most:
                worst, most = site, ground.price[site]
        if worst < 0:
            return
        flip(ground, state, worst)


@compiled
def open_near(ground: Ground, state: State, site: int, dice: Dice) -> int:
    """Return an open site that shares a neighbour's row with a site, by lot; -1 where the lot finds none."""
    at = site
    for _ in range(2):
        n_rows = ground.site_offsets[at + 1] - ground.site_offsets[at]
        if n_rows == 0:
            return -1
        row = ground.site_rows[ground.site_offsets[at] + draw_below(dice, n_rows)]
        begin, end = ground.row_offsets[row], ground.row_offsets[row + 1]
        for _ in range(6):
            other = ground.row_sites[begin + draw_below(dice, end - begin)]
            if state.is_open[other] == 1 and other != site and ground.fixed[other] == 0:
                return int(other)
        at = ground.row_sites[begin + draw_below(dice, end - begin)]
    return -1


@compiled
def ruin(ground: Ground, state: State, dice: Dice) -> int:
    """Close one to some sites and return the first of them; -1 where none may be closed."""
    n_sites, seed = len(ground.price), -1
    begin = draw_below(dice, n_sites)
    for k in range(n_sites):
        site = (begin + draw_below(dice, n_sites)) % n_sites if k < n_sites // 2 else (begin + k) % n_sites
        if state.is_open[site] == 1 and ground.fixed[site] == 0:
            seed = site
            break
    if seed < 0:
        return -1
    flip(ground, state, seed)
    for _ in range(draw_below(dice, MOST_CLOSED)):
        other = open_near(ground, state, seed, dice)
        if other >= 0:
            flip(ground, state, other)
    return int(seed)


@compiled
def worth(ground: Ground, state: State, weight_of_value: float) -> float:
    """Return what is maximised, as one number: value, or cost with the value that is missed."""
    short = 1e15 * state.totals[N_SHORT]
    if ground.limits[3] == 1:
        return float(weight_of_value * (state.totals[VALUE] - ground.limits[2]) - state.totals[COST] - short)
    return float(state.totals[VALUE] - short)


@entrance
def improve(
    ground: Ground, state: State, best_open: IntArray, best: IntArray, told: tuple[int, float, float], dice: Dice
) -> float:
    """Search some steps on and keep the best plan; `told` is steps, heat, what a unit of missed value weighs.

    `best` holds value, cost and shortage of the best plan so far, whose sites are in `best_open`.
    """
    n_steps, heat, weight_of_value = told
    now = worth(ground, state, weight_of_value)
    best_worth = float(best[0]) if ground.limits[3] == 0 else weight_of_value * (best[0] - ground.limits[2]) - best[1]
    best_worth -= 1e15 * best[2]
    for _ in range(n_steps):
        state.totals[N_LOG] = 0
        first = ruin(ground, state, dice)
        shut = first if draw(dice) < 0.5 else -1
        by_price = ground.limits[3] == 1 or draw(dice) < 0.5
        recreate(ground, state, by_price, shut, dice)
        if ground.limits[3] == 1:
            close_idle(ground, state)
        then = worth(ground, state, weight_of_value)
        if state.totals[N_LOG] < len(state.log) and then < now + heat * np.log(draw(dice)):
            undo(ground, state, 0)
            continue
        now = then
        if now > best_worth or (now == best_worth and state.totals[COST] < best[1]):
            best_worth = now
            best[0], best[1], best[2] = state.totals[VALUE], state.totals[COST], state.totals[N_SHORT]
            for site in range(len(best_open)):
                best_open[site] = state.is_open[site]
    return now


@entrance
def open_sites(ground: Ground, state: State, sites: IntArray) -> None:
    """Open sites that are closed, whatever the rules say."""
    for site in sites:
        if state.is_open[site] == 0:
            flip(ground, state, site)
    state.totals[N_LOG] = 0


@entrance
def construct(ground: Ground, state: State, dice: Dice) -> None:
    """Open the best sites, one after another."""
    recreate(ground, state, ground.limits[3] == 1, -1, dice)
    state.totals[N_LOG] = 0
