"""Which nights keep an interval: plain arithmetic on days of a calendar that begins anew behind its last day."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

Nights = tuple[int, ...]


def gaps(nights: Sequence[int], horizon_days: int) -> tuple[int, ...]:
    """Return the days from each washing to the next, the first of the next turn behind the last; none where never."""
    if not nights:
        return ()
    return tuple(b - a for a, b in pairwise((*nights, nights[0] + horizon_days)))


def least_washings(interval_days: int, horizon_days: int) -> int:
    """Return the fewest washings in a horizon that keep an interval."""
    return -(-horizon_days // interval_days)


def missing(nights: Sequence[int], interval_days: int, horizon_days: int) -> int:
    """Return how many more washings it takes to keep an interval, others staying where they are."""
    if not nights:
        return least_washings(interval_days, horizon_days)
    return sum(-(-gap // interval_days) - 1 for gap in gaps(nights, horizon_days))


def overrun_days(nights: Sequence[int], interval_days: int, horizon_days: int) -> int:
    """Return by how many days the longest gap is longer than an interval; 0 where it is not, or there is none."""
    return max(0, max(gaps(nights, horizon_days), default=0) - interval_days)


@cache
def patterns(interval_days: int, horizon_days: int, open_nights: Nights) -> tuple[Nights, ...]:
    """Return sets of nights that keep an interval with few washings, or come as near to it as closed nights allow.

    Parameters
    ----------
    open_nights
        Nights on which it is not too cold, ascending.

    Returns
    -------
    tuple
        Each of them begun on every night, those with fewest missing washings alone; empty where all nights are closed.
    """
    is_open = frozenset(open_nights)
    found: set[Nights] = set()
    n = least_washings(interval_days, horizon_days)
    for begin in range(horizon_days):
        spread = tuple(sorted({(begin + k * horizon_days // n) % horizon_days for k in range(n)}))
        if is_open.issuperset(spread):
            found.add(spread)
    if len(is_open) < horizon_days:
        found |= {_latest(begin, interval_days, horizon_days, open_nights) for begin in open_nights}
    least = min((missing(p, interval_days, horizon_days) for p in found), default=0)
    return tuple(sorted(p for p in found if missing(p, interval_days, horizon_days) == least))


def _latest(begin: int, interval_days: int, horizon_days: int, open_nights: Nights) -> Nights:
    """Return the nights of who washes as late as the interval allows, or on the next open night where none is in time."""
    turns = [n + begun for begun in (0, horizon_days) for n in open_nights]
    chosen = [begin]
    while chosen[-1] + interval_days < begin + horizon_days:
        ahead = [n for n in turns if chosen[-1] < n < begin + horizon_days]
        if not ahead:
            break
        in_time = [n for n in ahead if n <= chosen[-1] + interval_days]
        chosen.append(in_time[-1] if in_time else ahead[0])
    return tuple(sorted(n % horizon_days for n in chosen))
