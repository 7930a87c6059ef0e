"""What opening an option is worth at given prices of the customers: a knapsack of customers for each option."""

from __future__ import annotations

import numpy as np

from optimizer.engines.facility_location.problem import Floats, Ints
from optimizer.engines.kernels.compiled import compiled, entrance


@compiled
def _sift(key: Floats, rows: Ints, root: int, n: int) -> None:
    """Sink a row to its place in a heap with the largest key on top."""
    while 2 * root + 1 < n:
        child = 2 * root + 1
        if child + 1 < n and key[rows[child + 1]] > key[rows[child]]:
            child += 1
        if key[rows[root]] >= key[rows[child]]:
            return
        rows[root], rows[child] = rows[child], rows[root]
        root = child


@compiled
def _sort(key: Floats, rows: Ints, n: int) -> None:
    """Sort the first `n` rows by rising key, in place."""
    for start in range(n // 2 - 1, -1, -1):
        _sift(key, rows, start, n)
    for last in range(n - 1, 0, -1):
        rows[0], rows[last] = rows[last], rows[0]
        _sift(key, rows, 0, last)


@entrance
def fill(  # noqa: PLR0913, PLR0917 - scratch is handed in, kernels allocate nothing
    cost: Floats, price: Floats, demand: Floats, capacity: float, key: Floats, rows: Ints, share: Floats
) -> float:
    """Fill one option with the shares of customers that are worth most, and return their reduced cost (at most 0).

    Parameters
    ----------
    cost, price, demand
        Shape (n_customers,): of serving from the site, of being served, and what is to be served.
    capacity
        Of the option.
    key, rows
        Shape (n_customers,): scratch.
    share
        Shape (n_customers,): written to.
    """
    n, load, worth = 0, 0.0, 0.0
    for i in range(len(demand)):
        share[i] = 0.0
        reduced = cost[i] - price[i]
        if reduced < 0.0:
            rows[n] = i
            n += 1
            load += demand[i]
            worth += reduced
            key[i] = reduced / demand[i] if demand[i] > 0.0 else -np.inf
    if load > capacity:
        _sort(key, rows, n)
    worth, left = 0.0, capacity
    for k in range(n):
        i = rows[k]
        part = 1.0 if demand[i] <= left else left / demand[i]
        share[i] = part
        worth += part * (cost[i] - price[i])
        left -= part * demand[i]
        if left <= 0.0 and load > capacity and part < 1.0:
            break
    return worth


@entrance
def fill_whole(  # noqa: PLR0913, PLR0917 - scratch is handed in, kernels allocate nothing
    cost: Floats, price: Floats, demand: Ints, capacity: int, best: Floats, taken: np.ndarray, share: Floats
) -> float:
    """As `fill`, with each customer in whole or not at all: dynamic programming over the load.

    Parameters
    ----------
    cost, price, demand
        Shape (n_customers,); demands are whole.
    capacity
        Whole.
    best
        Shape (at least capacity + 1,): scratch.
    taken
        Shape (n_customers, at least capacity + 1), of int8: scratch.
    share
        Shape (n_customers,): written to.
    """
    for w in range(capacity + 1):
        best[w] = 0.0
    for i in range(len(demand)):
        share[i] = 0.0
        reduced = cost[i] - price[i]
        if reduced >= 0.0 or demand[i] > capacity:
            continue
        for w in range(capacity, demand[i] - 1, -1):
            with_it = best[w - demand[i]] + reduced
            taken[i, w] = with_it < best[w]
            if taken[i, w]:
                best[w] = with_it
    w = capacity
    for i in range(len(demand) - 1, -1, -1):
        if cost[i] - price[i] < 0.0 and demand[i] <= w and taken[i, w]:
            share[i] = 1.0
            w -= demand[i]
    return float(best[capacity])


@entrance
def worth_of_all(
    cost: Floats,
    price: Floats,
    demand: Floats,
    options: tuple[Ints, Ints, Floats],
    scratch: tuple[Floats, Ints, Floats],
    worth: Floats,
) -> None:
    """Write what each option's best filling is worth; sizes of one site share the sorting of its customers.

    Parameters
    ----------
    cost
        Shape (n_sites, n_customers).
    price, demand
        Shape (n_customers,).
    options
        Options by site, shape (n_options,); where those of each site begin and end, shape (n_sites + 1,); and the
        capacity of each option.
    scratch
        As `fill` uses it.
    worth
        Shape (n_options,): written to.
    """
    order, begin, capacity = options
    key, rows, _ = scratch
    for j in range(len(begin) - 1):
        if begin[j] == begin[j + 1]:
            continue
        n, load, total = 0, 0.0, 0.0
        for i in range(len(demand)):
            reduced = cost[j, i] - price[i]
            if reduced < 0.0:
                rows[n] = i
                n += 1
                load += demand[i]
                total += reduced
        is_sorted = False
        for k in order[begin[j] : begin[j + 1]]:
            worth[k] = total
            if load > capacity[k]:
                if not is_sorted:
                    for at in range(n):
                        i = rows[at]
                        key[i] = (cost[j, i] - price[i]) / demand[i] if demand[i] > 0.0 else -np.inf
                    _sort(key, rows, n)
                    is_sorted = True
                worth[k] = _first_worth(cost[j], price, demand, rows[:n], capacity[k])


@compiled
def _first_worth(cost: Floats, price: Floats, demand: Floats, rows: Ints, capacity: float) -> float:
    """Return the reduced cost of the customers taken in this order until there is no room, the last one in part."""
    worth, left = 0.0, capacity
    for i in rows:
        part = 1.0 if demand[i] <= left else left / demand[i]
        worth += part * (cost[i] - price[i])
        left -= part * demand[i]
        if part < 1.0:
            break
    return worth


@entrance
def whole_worth_of_all(
    cost: Floats,
    price: Floats,
    demand: Ints,
    options: tuple[Ints, Ints],
    scratch: tuple[Floats, np.ndarray, Floats],
    worth: Floats,
) -> None:
    """As `worth_of_all` with each customer in whole or not at all."""
    site, capacity = options
    for k in range(len(site)):
        worth[k] = fill_whole(cost[site[k]], price, demand, capacity[k], scratch[0], scratch[1], scratch[2])
