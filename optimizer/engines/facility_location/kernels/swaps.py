"""Exchange open and closed sites where capacities do not bind.

All exchanges with one site coming in are priced in one pass over the customers, by what they gain and what the loss of each
open site would cost them (Whitaker 1983, doi 10.1080/03155986.1983.11731889; Resende & Werneck 2007, doi
10.1016/j.ejor.2005.05.022).
"""

from __future__ import annotations

import numpy as np

from layers.layer import Bool
from optimizer.engines.facility_location.problem import Floats, Ints
from optimizer.engines.kernels.compiled import compiled, entrance


@compiled
def nearest_two(cost: Floats, is_open: Bool, first: Ints, nearest: Floats, second: Floats) -> None:
    """Write each customer's nearest open site, its cost, and that of the second."""
    for i in range(len(nearest)):
        first[i] = -1
        nearest[i] = np.inf
        second[i] = np.inf
    for j in range(len(is_open)):
        if is_open[j]:
            for i in range(len(nearest)):
                c = cost[j, i]
                if c < nearest[i]:
                    second[i] = nearest[i]
                    nearest[i] = c
                    first[i] = j
                elif c < second[i]:
                    second[i] = c


@entrance
def best_move(  # noqa: C901
    cost: Floats,
    fixed: Floats,
    is_open: Bool,
    rules: tuple[Bool, Bool, bool, bool],
    scratch: tuple[Ints, Floats, Floats, Floats],
    move: Ints,
) -> float:
    """Find the move that saves most and return the saving; 0 where none saves.

    Parameters
    ----------
    cost
        Shape (n_sites, n_customers).
    fixed, is_open
        Shape (n_sites,).
    rules
        Sites that may come in, sites that may go out, and whether a site may come in, or go out, alone.
    scratch
        Nearest site, its cost, the second's, by customer; loss by site.
    move
        Shape (2,): written to: the site that comes in and the one that goes out, -1 for none.
    """
    may_enter, may_leave, may_add, may_drop = rules
    first, nearest, second, loss = scratch
    nearest_two(cost, is_open, first, nearest, second)
    best = 1e-9
    move[0], move[1] = -1, -1
    for j in range(-1, len(is_open)):
        if j == -1 and not may_drop:
            continue
        if j >= 0 and (is_open[j] or not may_enter[j]):
            continue
        gain = -fixed[j] if j >= 0 else 0.0
        for r in range(len(is_open)):
            loss[r] = -fixed[r]
        for i in range(len(first)):
            c = cost[j, i] if j >= 0 else np.inf
            if first[i] < 0:
                continue
            if c < nearest[i]:
                gain += nearest[i] - c
            else:
                loss[first[i]] += min(c, second[i]) - nearest[i]
        if j >= 0 and may_add and gain > best:
            best = gain
            move[0], move[1] = j, -1
        for r in range(len(is_open)):
            if is_open[r] and may_leave[r] and gain - loss[r] > best:
                best = gain - loss[r]
                move[0], move[1] = j, r
    return best if move[0] >= 0 or move[1] >= 0 else 0.0
