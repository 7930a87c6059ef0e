"""Write a problem into the arrays that the kernels work on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from optimizer.engines.vehicle_routing.aims import begins_of, vehicles_of
from optimizer.engines.vehicle_routing.fleet import Station
from optimizer.engines.vehicle_routing.kernels.anneal import (
    N_RANKS,
    RANK_CLOSE,
    RANK_FAR,
    RANK_HEAVY,
    RANK_LATE,
    RANK_NARROW,
    RANK_SOON,
    RANK_WORTH,
)
from optimizer.engines.vehicle_routing.kernels.model import (
    ALL_TAKE,
    BOUND,
    BY_VALUE,
    END_EMPTY,
    HELD,
    N_RULES,
    NEVER,
    RANGED,
    RELEASED,
    UNLIMITED,
    Bonds,
    Fleet,
    Model,
    Sites,
)
from optimizer.engines.vehicle_routing.nearness import nearness
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.stops import UNREACHABLE

Int64 = npt.NDArray[np.int64]
Vehicle = tuple[int, int]

# Times that stand for "at any time"; sums of some thousands of them still fit.
FIRST_S = -(1 << 40)
LAST_S = 1 << 40
# What leaving out a stop may weigh at most, so that a sum over all stops fits.
MOST_PENALTY = 1 << 44


@dataclass(frozen=True)
class Tables:
    """A problem as kernels see it, and which vehicle each slot is."""

    problem: VehicleRoutingProblem
    model: Model
    vehicles: tuple[Vehicle, ...]

    @property
    def n_slots(self) -> int:
        """Number of vehicles that may be used."""
        return len(self.vehicles)


def tables_of(problem: VehicleRoutingProblem, stopped: Callable[[], bool] = bool) -> Tables:
    """Write a problem into arrays; one slot a vehicle.

    Raises
    ------
    Stopped
        When asked to before it is ready.
    """
    vehicles = _vehicles(problem)
    near = nearness(problem, stopped)
    stops = problem.stops
    sites, held = _sites(problem)
    fleet = _fleet(problem, vehicles, held)
    model = Model(
        way=np.stack([np.stack([p.time_s, p.length_m], axis=-1) for p in problem.profiles]).astype(np.int32, copy=False),
        place=np.concatenate([stops.place, [s.place for s in problem.stations]]).astype(np.int64),
        hours=_hours(problem),
        demand=np.ascontiguousarray(stops.demand, dtype=np.int64),
        release=np.full(problem.n_stops, FIRST_S) if stops.release_s is None else stops.release_s.astype(np.int64),
        value=problem.worth.astype(np.int64),
        penalty=_penalty(problem),
        near=near.near,
        handy=near.handy,
        before=near.before,
        behind=near.behind,
        allowed=problem.allowed.astype(np.int8),
        ranks=_ranks(problem),
        slot_group=np.array([group for group, _ in vehicles], dtype=np.int64),
        fleet=fleet,
        sites=sites,
        bonds=_bonds(problem, vehicles),
        weights=_weights(problem),
        rules=np.zeros(N_RULES, dtype=np.int64),
    )
    model.rules[END_EMPTY] = problem.must_end_empty
    model.rules[HELD] = held
    model.rules[BOUND] = bool((model.bonds.slot >= 0).any() or problem.orders)
    model.rules[RANGED] = any(group.range_m is not None for group in problem.groups)
    model.rules[ALL_TAKE] = all(s.takes_load(k) for s in problem.stations for k in range(problem.n_loads))
    model.rules[BY_VALUE] = not problem.serve_all
    model.rules[RELEASED] = stops.release_s is not None
    return Tables(problem, _packed(model), vehicles)


def _packed(model: Model) -> Model:
    """Return the same with all arrays row by row and writable: for each other layout all kernels would be compiled anew."""
    parts = (Fleet, Sites, Bonds)
    return Model._make(
        type(part)(*map(_row_by_row, part)) if isinstance(part, parts) else _row_by_row(part) for part in model
    )


def _row_by_row(array: Any) -> npt.NDArray[Any]:
    return np.require(array, requirements=["C", "W"])


def _vehicles(problem: VehicleRoutingProblem) -> tuple[Vehicle, ...]:
    """Return group and number of all vehicles that may be used: as many of each group as there are stops, at most."""
    named: set[Vehicle] = {(lock.group, lock.vehicle) for lock in problem.locks if lock.vehicle is not None}
    if problem.terms.earlier is not None:
        named |= set(vehicles_of(problem.terms.earlier).values())
    found = []
    for g, group in enumerate(problem.groups):
        numbers = {number for of, number in named if of == g and number < group.n_vehicles}
        n = min(group.n_vehicles, max(problem.n_stops, len(numbers)))
        rest = (number for number in range(group.n_vehicles) if number not in numbers)
        numbers |= {next(rest) for _ in range(n - len(numbers))}
        found += [(g, number) for number in sorted(numbers)]
    return tuple(found)


def _none(values: list[int | None]) -> Int64:
    return np.array([UNLIMITED if value is None else value for value in values], dtype=np.int64)


def _fleet(problem: VehicleRoutingProblem, vehicles: tuple[Vehicle, ...], held: bool) -> Fleet:
    groups = problem.groups
    n_rests = max([len(group.breaks) for group in groups])
    rests = np.full((len(groups), n_rests, 3), NEVER, dtype=np.int64)
    for g, group in enumerate(groups):
        for k, rest in enumerate(group.breaks):
            rests[g, k] = rest.earliest_s, rest.latest_s, rest.duration_s
    counts = np.bincount([group for group, _ in vehicles], minlength=len(groups)) if vehicles else np.zeros(len(groups))
    by_clock = held or problem.terms.move_s > 0
    by_clock = by_clock or any(len(station.open_s) > 1 for station in problem.stations)

    def column(name: str) -> Int64:
        return _none([getattr(group, name) for group in groups])

    return Fleet(
        profile=column("profile"),
        start=column("start_place"),
        end=column("end_place"),
        early=column("earliest_s"),
        late=column("latest_s"),
        shift=column("shift_s"),
        driving=column("driving_s"),
        reach=column("range_m"),
        n_trips=column("n_trips"),
        fixed=column("fixed_cost"),
        cost_m=column("cost_m"),
        cost_s=column("cost_s"),
        capacity=np.array([group.capacity for group in groups], dtype=np.int64),
        most=np.stack([_none([group.most_on_route(k) for k in range(problem.n_loads)]) for group in groups]),
        rests=rests,
        by_clock=np.array([by_clock or bool(g.breaks) or g.range_m is not None for g in groups], dtype=np.int64),
        first_slot=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
    )


def _sites(problem: VehicleRoutingProblem) -> tuple[Sites, bool]:
    """Return the stations, and whether vehicles hold anything of them against one another."""
    stations = problem.stations
    n_spans = max([len(station.open_s) for station in stations], default=0)
    spans = np.full((len(stations), n_spans, 2), NEVER, dtype=np.int64)
    for s, station in enumerate(stations):
        spans[s, : len(station.open_s)] = np.array(sorted(station.open_s)).reshape(-1, 2)
    takes = [[station.takes_load(k) for k in range(problem.n_loads)] for station in stations]
    sites = Sites(
        cost=np.array([station.visit_cost for station in stations], dtype=np.int64),
        takes=np.array(takes, dtype=np.int8).reshape(len(stations), problem.n_loads),
        charges=np.array([station.charges for station in stations], dtype=np.int8),
        spans=spans,
        bays=np.array([station.bays or 0 for station in stations], dtype=np.int64),
        throughput=_none([station.throughput for station in stations]),
    )
    return sites, any(s.bays is not None or s.throughput is not None for s in stations)


def _open(station: Station) -> tuple[int, int]:
    """Return when a visit may begin at the earliest and at the latest."""
    if not station.open_s:
        return FIRST_S, LAST_S
    return min(begin for begin, _ in station.open_s), max(end for _, end in station.open_s) - station.visit_s


def _hours(problem: VehicleRoutingProblem) -> Int64:
    n = problem.n_stops
    hours = np.empty((len(problem.profiles), n + len(problem.stations), 3), dtype=np.int64)
    for p, profile in enumerate(problem.profiles):
        is_never = profile.latest_s < profile.earliest_s
        hours[p, :n, 0] = np.maximum(FIRST_S, profile.earliest_s)
        hours[p, :n, 1] = np.where(is_never, 2 * FIRST_S, np.minimum(LAST_S, profile.latest_s))
        hours[p, :n, 2] = profile.service_s
        for s, station in enumerate(problem.stations):
            hours[p, n + s] = *_open(station), station.visit_s
    return hours


def _penalty(problem: VehicleRoutingProblem) -> Int64:
    """Return what leaving each stop out weighs: more than serving it can cost, times its worth."""
    worst = 1
    longest_ways = [
        max(int(m.max(where=m < UNREACHABLE, initial=0)) for m in (profile.length_m, profile.time_s))
        for profile in problem.profiles
    ]
    for group in problem.groups:
        longest = longest_ways[group.profile]
        spans = [span for span in (group.shift_s, group.latest_s - group.earliest_s, 4 * longest) if span is not None]
        worst = max(worst, group.fixed_cost + 2 * group.cost_m * longest + group.cost_s * min(spans))
    worst += 2 * max([station.visit_cost for station in problem.stations], default=0) + problem.terms.change
    worth = problem.worth.astype(np.float64)
    least = worth[worth > 0].min(initial=np.inf)
    return np.minimum(MOST_PENALTY, worst * worth / least if np.isfinite(least) else worth).astype(np.int64)


def _ranks(problem: VehicleRoutingProblem) -> npt.NDArray[np.float64]:
    """Return the keys by which stops that wait for a place are sorted, least first."""
    stops, profile, depot = problem.stops, problem.profiles[0], problem.groups[0].start_place
    most = np.array([group.capacity for group in problem.groups]).max(axis=0)
    ranks = np.zeros((problem.n_stops, N_RANKS))
    ranks[:, RANK_HEAVY] = -(stops.demand / np.maximum(1, most)).max(axis=1, initial=0.0)
    ranks[:, RANK_CLOSE] = profile.time_s[depot, stops.place]
    ranks[:, RANK_FAR] = -ranks[:, RANK_CLOSE]
    ranks[:, RANK_NARROW] = profile.latest_s - profile.earliest_s
    ranks[:, RANK_SOON] = profile.earliest_s
    ranks[:, RANK_LATE] = -profile.latest_s
    ranks[:, RANK_WORTH] = -problem.worth / (profile.service_s + 1.0)
    return ranks


def _bonds(problem: VehicleRoutingProblem, vehicles: tuple[Vehicle, ...]) -> Bonds:
    slot_of = {vehicle: slot for slot, vehicle in enumerate(vehicles)}
    slot, order, rank, home, begun = (np.full(problem.n_stops, -1, dtype=np.int64) for _ in range(5))
    for lock in problem.locks:
        if lock.vehicle is not None:
            slot[lock.item] = slot_of[lock.group, lock.vehicle]
    for k, stops in enumerate(problem.orders):
        order[list(stops)] = k
        rank[list(stops)] = np.arange(len(stops))
    if problem.terms.earlier is not None:
        for stop, vehicle in vehicles_of(problem.terms.earlier).items():
            home[stop] = slot_of.get(vehicle, -1)
        for stop, begin_s in begins_of(problem.terms.earlier).items():
            begun[stop] = begin_s
    row = [stop for stops in problem.orders for stop in stops]
    first = np.cumsum([0] + [len(stops) for stops in problem.orders])
    return Bonds(slot, order, rank, first.astype(np.int64), np.array(row, dtype=np.int64), home, begun)


def _weights(problem: VehicleRoutingProblem) -> Int64:
    terms = problem.terms
    return np.array([terms.balance, terms.balance_above_s, terms.change, terms.move_s, terms.tolerance_s], dtype=np.int64)
