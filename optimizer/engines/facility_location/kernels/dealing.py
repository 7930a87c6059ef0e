"""Deal whole customers out to sites with capacities, and shift and exchange them while that saves."""

from __future__ import annotations

import numpy as np

from optimizer.engines.facility_location.problem import Floats, Ints
from optimizer.engines.kernels.compiled import entrance

# What saves less is rounding.
LEAST_SAVING = 1e-9


@entrance
def deal(cost: Floats, demand: Floats, order: Ints, left: Floats, site: Ints) -> bool:
    """Give each customer to the cheapest site that has room for it, and tell whether all found one.

    Parameters
    ----------
    cost
        Shape (n_customers, n_sites), `inf` where it may not be.
    demand
        Shape (n_customers,).
    order
        Customers, first served first.
    left
        Shape (n_sites,): the capacity that is left; written to.
    site
        Shape (n_customers,): written to.
    """
    for i in order:
        best, at = np.inf, -1
        for s in range(len(left)):
            if cost[i, s] < best and left[s] >= demand[i]:
                best, at = cost[i, s], s
        if at < 0:
            return False
        site[i] = at
        left[at] -= demand[i]
    return True


@entrance
def shift_and_exchange(cost: Floats, demand: Floats, rows: tuple[int, int], left: Floats, site: Ints) -> int:
    """For each of some customers move it, or exchange it with another, whichever saves most; return how many changed.

    Parameters
    ----------
    cost, demand
        As in `deal`.
    rows
        The first of the customers, and the one after the last.
    left, site
        As `deal` wrote them; written to.
    """
    n_changed = 0
    for i in range(rows[0], rows[1]):
        own, want = site[i], demand[i]
        now = cost[i, own]
        best, shift, partner = LEAST_SAVING, -1, -1
        for s in range(len(left)):
            if left[s] >= want and now - cost[i, s] > best:
                best, shift = now - cost[i, s], s
        room = left[own] + want
        for k in range(len(site)):
            other = site[k]
            saved = now - cost[i, other] + cost[k, other] - cost[k, own]
            if saved > best and demand[k] <= room and want <= left[other] + demand[k]:
                best, partner = saved, k
        if partner >= 0:
            other, more = site[partner], want - demand[partner]
            left[own] += more
            left[other] -= more
            site[i], site[partner] = other, own
            n_changed += 1
        elif shift >= 0:
            left[own] += want
            left[shift] -= want
            site[i] = shift
            n_changed += 1
    return n_changed
