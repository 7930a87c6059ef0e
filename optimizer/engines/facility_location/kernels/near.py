"""Passes over the lists of near sites: what prices are worth, who is served, and what exchanges of sites save."""

from __future__ import annotations

from layers.layer import Bool
from optimizer.engines.facility_location.problem import Floats, Ints
from optimizer.engines.kernels.compiled import compiled, entrance


@entrance
def worth_of_lists(site: Ints, cost: Floats, price: Floats, worth: Floats) -> None:
    """Take off the worth of each site what its customers' prices are above the cost of serving them.

    Parameters
    ----------
    site, cost
        Shape (n_customers, length): sites by rising cost.
    price
        Shape (n_customers,).
    worth
        Shape (n_sites,): written to.
    """
    for i in range(site.shape[0]):
        top = price[i]
        for k in range(site.shape[1]):
            c = cost[i, k]
            if c >= top:
                break
            worth[site[i, k]] -= top - c


@entrance
def served_times(site: Ints, cost: Floats, price: Floats, share: Floats, times: Floats) -> None:
    """Add up the shares of the open sites that are worth their while for each customer; shapes as in `worth_of_lists`."""
    for i in range(site.shape[0]):
        top = price[i]
        for k in range(site.shape[1]):
            if cost[i, k] >= top:
                break
            times[i] += share[site[i, k]]


@entrance
def nearest_two(
    lists: tuple[Ints, Floats, Floats], opened: tuple[Bool, Ints], reach: float, two: tuple[Ints, Floats, Ints, Floats]
) -> None:
    """Write each customer's nearest open site with its cost, and the second; where the list ends, by all open sites.

    Parameters
    ----------
    lists
        Sites and costs by customer, nearest first, and all costs, shape (n_customers, n_sites).
    opened
        Whether each site is open, shape (n_sites,), and the same sites one by one.
    reach
        Stands for the cost where there is no site, with -1 for the site.
    two
        Shape (n_customers,) each: written to.
    """
    site, cost, every = lists
    is_open, sites = opened
    first, nearest, other, second = two
    for i in range(site.shape[0]):
        n_found = 0
        first[i], other[i] = -1, -1
        nearest[i] = reach
        second[i] = reach
        for k in range(site.shape[1]):
            j = site[i, k]
            if cost[i, k] >= reach:
                break
            if is_open[j]:
                if n_found == 0:
                    first[i], nearest[i] = j, cost[i, k]
                    n_found = 1
                else:
                    other[i], second[i] = j, cost[i, k]
                    n_found = 2
                    break
        if n_found < 2 and site.shape[1] < every.shape[1]:
            first[i], other[i] = -1, -1
            nearest[i] = reach
            second[i] = reach
            for j in sites:
                c = every[i, j]
                if c < nearest[i]:
                    other[i], second[i] = first[i], nearest[i]
                    first[i], nearest[i] = j, c
                elif c < second[i]:
                    other[i], second[i] = j, c


@entrance
def price_exchanges(
    lists: tuple[Ints, Floats],
    two: tuple[Ints, Floats, Ints, Floats],
    opened: tuple[Bool, Ints, Floats],
    place: Ints,
    saved: tuple[Floats, Floats, Floats],
) -> None:
    """Write what each site gains where it is opened, loses where it is closed, and what two of them touch both.

    What two sites save together is what the one gains less what the other loses, and what both touch (Resende & Werneck
    2007, doi 10.1016/j.ejor.2005.05.022). Sites beyond the end of a list are told too little gain, never too much.

    Parameters
    ----------
    lists
        Sites and costs by customer, nearest first.
    two
        As `nearest_two` wrote them.
    opened
        As in `nearest_two`; and what each site costs to open, shape (n_sites,).
    place
        Shape (n_sites,): the place of each open site among those open.
    saved
        Written to: shapes (n_sites,), (n_open,) and (n_sites, n_open), the last of zeros.
    """
    site, cost = lists
    first, nearest, _, second = two
    is_open, sites, fixed = opened
    gain, loss, both = saved
    for j in range(len(fixed)):
        gain[j] = -fixed[j]
    for r in range(len(sites)):
        loss[r] = -fixed[sites[r]]
    for i in range(site.shape[0]):
        near, far = nearest[i], second[i]
        own = -1
        if first[i] >= 0:
            own = place[first[i]]
            loss[own] += far - near
        for k in range(site.shape[1]):
            c = cost[i, k]
            if c >= far:
                break
            j = site[i, k]
            if not is_open[j]:
                if c < near:
                    gain[j] += near - c
                    if own >= 0:
                        both[j, own] += far - near
                else:
                    both[j, own] += far - c


@compiled
def _first_of(least: int, at: int, kept: Bool) -> int:
    """Return the lower of two exchanges that touch the same customer, and let the other fall; `len(kept)` is none."""
    if at == least or at >= len(kept):
        return least
    if least >= len(kept):
        return at
    kept[max(least, at)] = False
    return min(least, at)


@entrance
def drop_those_that_touch(
    lists: tuple[Ints, Floats], two: tuple[Ints, Floats, Ints, Floats], rank: Ints, kept: Bool
) -> None:
    """Of exchanges that touch the same customer let only the first stand, so that all that stand save what each does.

    Parameters
    ----------
    lists, two
        As in `price_exchanges`.
    rank
        Shape (n_sites,): the exchange that opens or closes the site, better ones first; the number of them where none does.
    kept
        Shape (n_exchanges,): written to.
    """
    site, cost = lists
    first, _, other, second = two
    for i in range(site.shape[0]):
        least = len(kept)
        if first[i] >= 0:
            least = _first_of(least, rank[first[i]], kept)
        if other[i] >= 0:
            least = _first_of(least, rank[other[i]], kept)
        for k in range(site.shape[1]):
            if cost[i, k] >= second[i]:
                break
            least = _first_of(least, rank[site[i, k]], kept)
