"""Estimate how long people wait for a stall at the peak."""

from __future__ import annotations

import math

from layers.units import HOUR_S


def wait_s(users_hour: float, service_s: float, n_stalls: int, spread_factor: float) -> float:
    """Return the mean wait of those who come, by the formula of Allen and Cunneen, seconds; infinite where stalls do not do.

    The wait of M/M/c (Erlang 1917) times half the sum of the squared variations of arrivals (1: by chance) and of the time
    of use: Allen, A. O. (1990), Probability, Statistics, and Queueing Theory, 2nd ed., section 5.3.

    Parameters
    ----------
    users_hour
        People who come in the hour.
    service_s
        Mean time that a stall is in use.
    n_stalls
        Stalls that they share.
    spread_factor
        Squared coefficient of variation of the time of use.
    """
    load = users_hour / HOUR_S * service_s
    if load <= 0:
        return 0.0
    if n_stalls <= load:
        return math.inf
    waits = waiting_share(load, n_stalls)
    return waits * service_s / (n_stalls - load) * (1.0 + spread_factor) / 2.0


def waiting_share(load: float, n_stalls: int) -> float:
    """Return the share of those who come that find all stalls in use (Erlang's C), by the recursion of his B.

    Parameters
    ----------
    load
        Stalls that would be in use on average, fewer than `n_stalls`.
    """
    blocked = 1.0
    for n in range(1, n_stalls + 1):
        blocked = load * blocked / (n + load * blocked)
    busy = load / n_stalls
    return blocked / (1.0 - busy * (1.0 - blocked))
