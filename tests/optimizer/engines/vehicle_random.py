"""Small vehicle-routing problems drawn by lot, each with some of all that a problem may ask."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from optimizer.engines.vehicle_routing import (
    Break,
    Lock,
    Profile,
    Station,
    Stops,
    Terms,
    VehicleGroup,
    VehicleRoutingProblem,
)

IntArray = npt.NDArray[np.int64]
SOMETIMES = 0.4


class Draw:
    """Draws parts of a problem; same seed, same parts."""

    def __init__(self, seed: int) -> None:
        self.dice = np.random.default_rng(seed)
        self.n_stops = self.between(3, 14)
        self.n_stations = self.between(1, 4)
        self.n_loads = self.between(1, 3)
        self.n_groups = self.between(1, 3)
        self.n_profiles = self.between(1, 3)
        self.n_places = self.n_stops + self.n_stations + 1
        at_m = self.dice.integers(0, 600, (self.n_places, 2))
        self.length_m = np.abs(at_m[:, None] - at_m[None]).sum(axis=-1).astype(np.int32)

    def between(self, low: int, high: int) -> int:
        return int(self.dice.integers(low, high))

    def sometimes(self) -> bool:
        return bool(self.dice.random() < SOMETIMES)

    def maybe(self, low: int, high: int) -> int | None:
        return self.between(low, high) if self.sometimes() else None

    def profile(self) -> Profile:
        n = self.n_stops
        time_s = (self.length_m * self.dice.uniform(0.4, 1.2, self.length_m.shape)).astype(np.int32)
        np.fill_diagonal(time_s, 0)
        earliest = self.dice.integers(0, 3000, n)
        latest = earliest + self.dice.integers(0, 4000, n)
        if self.sometimes():
            earliest[:], latest[:] = 0, 9000
        return Profile(time_s, self.length_m, self.dice.integers(0, 120, n), earliest, latest)

    def stops(self) -> Stops:
        n = self.n_stops
        place = self.dice.integers(1, n + 1, n) if self.sometimes() else np.arange(1, n + 1)
        demand = self.dice.integers(0, 30, (n, self.n_loads))
        if self.sometimes():
            demand *= np.arange(self.n_loads)[None] == self.dice.integers(0, self.n_loads, n)[:, None]
        allowed = self.dice.random((n, self.n_groups)) < 2 * SOMETIMES if self.sometimes() else None
        release = self.dice.integers(0, 2500, n) if self.sometimes() else None
        return Stops(place, demand, self.dice.integers(0, 20, n), allowed, release)

    def station(self, index: int) -> Station:
        takes = tuple(bool(self.dice.random() < 0.7) for _ in range(self.n_loads)) if self.sometimes() else ()
        begins = np.cumsum(self.dice.integers(0, 4000, self.between(0, 3)))
        return Station(
            place=self.n_stops + 1 + index,
            visit_s=self.between(0, 400),
            visit_cost=self.between(0, 50),
            takes=takes,
            charges=self.sometimes() or (bool(takes) and not any(takes)),
            open_s=tuple((int(begin), int(begin) + self.between(500, 5000)) for begin in begins),
            bays=self.maybe(1, 3),
            throughput=self.maybe(50, 300),
        )

    def breaks(self) -> tuple[Break, ...]:
        begin = self.between(500, 4000)
        second = begin + 2500
        found = (
            Break(self.between(60, 900), begin, begin + self.between(0, 2000)),
            Break(self.between(60, 900), second, second + self.between(0, 2000)),
        )
        return found[: self.between(0, 3)] if self.sometimes() else ()

    def group(self) -> VehicleGroup:
        low = 0 if self.sometimes() else 30
        limited = self.sometimes()
        return VehicleGroup(
            start_place=0,
            end_place=0 if self.sometimes() else self.between(0, self.n_places),
            capacity=tuple(self.between(low, 80) for _ in range(self.n_loads)),
            n_vehicles=self.between(1, 4),
            earliest_s=self.between(0, 1000),
            latest_s=self.between(5000, 12000),
            route_capacity=tuple(self.maybe(60, 200) for _ in range(self.n_loads)) if limited else (),
            shift_s=self.maybe(2000, 8000),
            driving_s=self.maybe(1500, 6000),
            range_m=self.maybe(1500, 5000),
            n_trips=self.maybe(1, 4),
            fixed_cost=self.between(0, 2000),
            cost_m=self.between(0, 3),
            cost_s=self.between(0, 3),
            breaks=self.breaks(),
            profile=self.between(0, self.n_profiles),
        )

    def locks(self, groups: tuple[VehicleGroup, ...]) -> tuple[Lock, ...]:
        if not self.sometimes():
            return ()
        g = self.between(0, self.n_groups)
        return (Lock(self.between(0, self.n_stops), g, self.maybe(0, groups[g].n_vehicles)),)


def drawn_problem(seed: int, **changes: Any) -> VehicleRoutingProblem:
    """Return a problem drawn by lot, with what is stated instead of what would be drawn."""
    draw = Draw(seed)
    groups = tuple(draw.group() for _ in range(draw.n_groups))
    order = tuple(int(stop) for stop in draw.dice.permutation(draw.n_stops)[:3])
    stated: dict[str, Any] = {
        "stops": draw.stops(),
        "profiles": tuple(draw.profile() for _ in range(draw.n_profiles)),
        "groups": groups,
        "stations": tuple(draw.station(k) for k in range(draw.n_stations)),
        "must_end_empty": not draw.sometimes(),
        "serve_all": draw.sometimes(),
        "locks": draw.locks(groups),
        "orders": (order,) if draw.sometimes() else (),
        "terms": Terms(balance=draw.between(0, 2), balance_above_s=2000),
    }
    return VehicleRoutingProblem(**{**stated, **changes})
