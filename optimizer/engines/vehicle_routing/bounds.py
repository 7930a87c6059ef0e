"""What no plan that serves all goes below: an assignment of successors, with the trips that the loads need.

Every stop has one stop before it on its trip or is the first, and one behind it or is the last. Leaving everything else
that ties these choices together out, the cheapest of them is an assignment problem, and a plan is one of them (the
assignment relaxation of vehicle routing; Toth & Vigo 2002, doi 10.1016/S0166-218X(01)00351-1). There are as many first
stops as last ones, so that "last, and another one first" is one more way from a stop to a stop, and no depot need be copied.
That so many trips at least begin is priced in (a Lagrangian multiplier).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from optimizer.engines.vehicle_routing.fleet import VehicleGroup
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.stops import UNREACHABLE, BoolArray, IntArray, Profile

# An assignment of more stops takes minutes.
MOST_STOPS = 2_000
# Multipliers tried; the bound is concave in them.
N_PRICES = 12
# Stands for "cannot be"; sums of some thousand stay exact in floats of 53 bits.
_NEVER = 1 << 40


@dataclass(frozen=True)
class _Ways:
    """The least that can be spent: from stop to stop, before a trip's first stop, behind its last one.

    Parameters
    ----------
    onward
        Shape (n_stops, n_stops): the next stop follows on the same trip.
    first, last
        Shape (n_stops,).
    """

    onward: IntArray
    first: IntArray
    last: IntArray


def lower_bound(problem: VehicleRoutingProblem, stopped: Callable[[], bool]) -> int | None:
    """Return a proven lower bound on the cost of serving all stops, terms left out.

    Parameters
    ----------
    stopped
        Asked between groups and between assignments whether to make do with what is proven.

    Returns
    -------
    The bound; None where not all must be served, where there are too many stops, or where some stop cannot be served.
    """
    if not problem.serve_all or not 0 < problem.n_stops <= MOST_STOPS or stopped():
        return None
    ways = _ways(problem, stopped)
    if ways is None or (ways.first >= _NEVER).any() or (ways.last >= _NEVER).any():
        return None
    fewest = n_trips_needed(problem)
    apart = ways.last[:, None] + ways.first[None, :]
    dearest = int(min(apart.max(), _NEVER))
    proven, low, high = 0, 0, dearest
    for k in range(N_PRICES):
        if stopped() or high - low < 1:
            break
        price = (low + high) // 2 if k else 0
        bound, n_trips = _priced(ways.onward, apart, fewest, price)
        proven = max(proven, bound)
        low, high = (price + 1, high) if n_trips < fewest else (low, price)
    return proven + _unavoidable(problem)


def _priced(onward: IntArray, apart: IntArray, fewest: int, price: int) -> tuple[int, int]:
    """Return what is proven where each trip is given a rebate and `fewest` of them are charged, and the trips chosen."""
    rebated = apart - price
    cost = np.minimum(onward, rebated)
    rows, columns = linear_sum_assignment(cost)
    n_trips = int((rebated[rows, columns] <= onward[rows, columns]).sum())
    return int(cost[rows, columns].sum()) + price * fewest, n_trips


def _ways(problem: VehicleRoutingProblem, stopped: Callable[[], bool]) -> _Ways | None:
    """Return the least costs over all groups of vehicles; None when stopped, since then some groups are not seen."""
    n = problem.n_stops
    onward, first, last = (np.full(shape, _NEVER, dtype=np.int64) for shape in ((n, n), n, n))
    for k, group in enumerate(problem.groups):
        if stopped():
            return None
        may = problem.allowed[:, k] & (problem.stops.demand <= np.array(group.capacity)).all(axis=1)
        if not group.n_vehicles or not may.any():
            continue
        own = _ways_of(problem, group, may)
        np.minimum(onward, own.onward, out=onward)
        np.minimum(first, own.first, out=first)
        np.minimum(last, own.last, out=last)
    np.fill_diagonal(onward, _NEVER)
    return _Ways(onward, first, last)


def _ways_of(problem: VehicleRoutingProblem, group: VehicleGroup, may: BoolArray) -> _Ways:
    """Return what a vehicle of one group spends at least; the time at a stop is spent on the way to it."""
    profile, at = problem.profiles[group.profile], problem.stops.place
    stay = group.cost_s * profile.service_s
    onward = _spent(group, profile, at[:, None], at[None, :]) + stay[None, :]
    onward[~(may[:, None] & may[None, :]) | _cannot_follow(problem, group, profile)] = _NEVER
    begins, ends = list(_begins(problem, group, profile)), list(_ends(problem, group, profile))
    first, last = (np.min(np.array(costs), axis=0) for costs in (begins, ends))
    return _Ways(onward, np.where(may, first + stay, _NEVER), np.where(may, last, _NEVER))


def _begins(problem: VehicleRoutingProblem, group: VehicleGroup, profile: Profile) -> Iterator[IntArray]:
    """Yield what reaching each stop first costs from the start, and from each station."""
    at = problem.stops.place
    own = 0 if problem.stations else group.fixed_cost
    yield own + _spent(group, profile, np.array(group.start_place), at)
    for station in problem.stations:
        yield _spent(group, profile, np.array(station.place), at)


def _ends(problem: VehicleRoutingProblem, group: VehicleGroup, profile: Profile) -> Iterator[IntArray]:
    """Yield what leaving each stop last costs to each station, and to the end where the vehicle may come there from it."""
    at = problem.stops.place
    home = _spent(group, profile, at, np.array(group.end_place))
    yield np.where(_may_be_last(problem), home, _NEVER)
    for station in problem.stations:
        stay = station.visit_cost + group.cost_s * station.visit_s
        yield stay + _spent(group, profile, at, np.array(station.place))


def _may_be_last(problem: VehicleRoutingProblem) -> BoolArray:
    """Return behind which stops a vehicle may come to its end at once: where it need not be empty, or took nothing."""
    nothing = (problem.stops.demand == 0).all(axis=1)
    return np.asarray(nothing | (not (problem.stations and problem.must_end_empty)))


def _spent(group: VehicleGroup, profile: Profile, origin: IntArray, target: IntArray) -> IntArray:
    """Return the cost of driving, `_NEVER` where there is no way."""
    length_m, time_s = (m[origin, target].astype(np.int64) for m in (profile.length_m, profile.time_s))
    cost = np.minimum(group.cost_m * length_m + group.cost_s * time_s, _NEVER)
    return np.asarray(np.where((length_m >= UNREACHABLE) | (time_s >= UNREACHABLE), _NEVER, cost))


def _cannot_follow(problem: VehicleRoutingProblem, group: VehicleGroup, profile: Profile) -> BoolArray:
    """Return which stops cannot follow which on one trip: too late, or too much together."""
    at, demand = problem.stops.place, problem.stops.demand
    begins_s = np.maximum(profile.earliest_s, group.earliest_s + _soonest_s(profile, group.start_place)[at])
    leaves_s = begins_s + profile.service_s
    late = leaves_s[:, None] + profile.time_s[at[:, None], at[None, :]] > profile.latest_s[None, :]
    for k, most in enumerate(group.capacity):
        late |= demand[:, None, k] + demand[None, :, k] > most
    return np.asarray(late)


def _soonest_s(profile: Profile, start: int) -> IntArray:
    """Return the least seconds from a place to every other, by way of any: direct ways need not be the quickest."""
    time_s = profile.time_s.astype(np.int64)
    soonest: IntArray = time_s[start]
    before: IntArray = np.empty(0, dtype=np.int64)
    while not np.array_equal(soonest, before):
        before = soonest
        soonest = np.minimum(soonest, (soonest[:, None] + time_s).min(axis=0))
    return soonest


def n_trips_needed(problem: VehicleRoutingProblem) -> int:
    """Return how many trips the loads need at least; loads that some vehicle carries together share trips."""
    capacity = np.array([group.capacity for group in problem.groups if group.n_vehicles], dtype=np.int64)
    total = problem.stops.demand.sum(axis=0)
    needed = np.array(
        [-(-int(amount) // max(1, int(most))) for amount, most in zip(total, capacity.max(axis=0), strict=True)]
    )
    together = _parts((capacity > 0).astype(np.int64))
    return max(1, sum(int(needed[together == part].max()) for part in np.unique(together)))


def _parts(carries: npt.NDArray[np.int64]) -> IntArray:
    """Return the part that each load belongs to, where loads that one group carries are of one part."""
    part = np.arange(carries.shape[1])
    for row in carries:
        loads = np.flatnonzero(row)
        part[np.isin(part, part[loads])] = part[loads].min() if len(loads) else 0
    return part


def _unavoidable(problem: VehicleRoutingProblem) -> int:
    """Return what the vehicles cost that are needed in any case, where trips may begin at stations without one."""
    if not problem.stations:
        return 0
    used = [group for group in problem.groups if group.n_vehicles]
    service_s = np.min([problem.profiles[group.profile].service_s for group in used], axis=0)
    longest_s = max(min(g.latest_s - g.earliest_s, _NEVER if g.shift_s is None else g.shift_s) for g in used)
    n_vehicles = max(1, -(-int(service_s.sum()) // max(1, longest_s)))
    home = 0
    if not _may_be_last(problem).any():
        ways = [
            _spent(
                g, problem.profiles[g.profile], np.array([s.place for s in problem.stations]), np.array(g.end_place)
            ).min()
            for g in used
        ]
        home = int(min(ways))
    return n_vehicles * (min(group.fixed_cost for group in used) + min(home, _NEVER))
