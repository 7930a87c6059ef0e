"""Vehicles, and the stations where they are emptied or charged."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.engines.breaks import Break

__all__ = ["Break", "Station", "VehicleGroup"]


@dataclass(frozen=True)
class VehicleGroup:
    """Vehicles that are alike and start and end at the same places.

    A route costs its vehicle's fixed cost, and so much for each metre driven and each second between leaving the start and
    reaching the end.

    Parameters
    ----------
    start_place, end_place
        Where each starts, empty and charged, and where it must end.
    capacity
        For each load, how much its compartment holds; 0 where it has none for it.
    route_capacity
        For each load, how much may be taken aboard over the whole route, trips together; None: no limit. Empty: no limits.
    n_vehicles
        How many there are.
    earliest_s, latest_s
        Times on the clock: leaves no earlier, is at its end no later.
    shift_s
        Longest time from leaving to the end, waiting and breaks included; None: no limit.
    driving_s
        Longest time at the wheel in all; None: no limit.
    range_m
        Longest way from the start, or from a charging, to the next charging or the end; None: no limit.
    n_trips
        Most trips that serve anything; each ends with a visit to a station, or at the end. None: no limit.
    fixed_cost, cost_m, cost_s
        Cost of using one, of a metre, of a second.
    breaks
        Rests of the crew, in their order; each is taken once, where the vehicle stands. A vehicle that is back by a break's
        latest begin need not take it.
    profile
        Which of the problem's profiles it sees.
    """

    start_place: int
    end_place: int
    capacity: tuple[int, ...]
    n_vehicles: int
    earliest_s: int
    latest_s: int
    route_capacity: tuple[int | None, ...] = ()
    shift_s: int | None = None
    driving_s: int | None = None
    range_m: int | None = None
    n_trips: int | None = None
    fixed_cost: int = 0
    cost_m: int = 1
    cost_s: int = 0
    breaks: tuple[Break, ...] = ()
    profile: int = 0

    def faults(self, name: str, n_places: int, n_loads: int, n_profiles: int) -> list[str]:
        """Return what is wrong with the group, one line each."""
        found = [
            f"{name}: {key} {place} is outside 0..{n_places - 1}"
            for key, place in (("start_place", self.start_place), ("end_place", self.end_place))
            if not 0 <= place < n_places
        ]
        if len(self.capacity) != n_loads:
            found.append(f"{name}: capacity has {len(self.capacity)} entries, one for each of {n_loads} loads is expected")
        if self.route_capacity and len(self.route_capacity) != n_loads:
            found.append(f"{name}: route_capacity has {len(self.route_capacity)} entries, {n_loads} are expected")
        if not 0 <= self.profile < n_profiles:
            found.append(f"{name}: profile is {self.profile}, 0..{n_profiles - 1} is expected")
        if self.latest_s < self.earliest_s:
            found.append(f"{name}: latest_s is {self.latest_s}, at least earliest_s {self.earliest_s} is expected")
        keys = ("n_vehicles", "shift_s", "driving_s", "range_m", "n_trips", "fixed_cost", "cost_m", "cost_s")
        amounts = [(key, getattr(self, key)) for key in keys]
        amounts += [(f"capacity[{k}]", amount) for k, amount in enumerate(self.capacity)]
        found += [f"{name}: {key} is {v}, at least 0 is expected" for key, v in amounts if v is not None and v < 0]
        return found + [
            f"{name}: breaks[{k}] may begin from {rest.earliest_s} to {rest.latest_s} and lasts {rest.duration_s}"
            for k, rest in enumerate(self.breaks)
            if rest.duration_s < 0 or rest.latest_s < rest.earliest_s
        ]

    def most_on_route(self, load: int) -> int | None:
        """Return how much of a load a whole route may take aboard; None: no limit."""
        return self.route_capacity[load] if self.route_capacity else None


@dataclass(frozen=True)
class Station:
    """A place on the way where a vehicle is emptied, charged, or both: an intermediate facility.

    Parameters
    ----------
    place
        Row of the matrices.
    visit_s
        Time of a visit; it begins when a bay is free.
    visit_cost
        Cost of a visit.
    takes
        For each load, whether a visit empties its compartment. Empty stands for all loads.
    charges
        Whether a visit charges the vehicle fully.
    open_s
        Times on the clock (from, to) between which it is open; a visit begins and ends within one of them. Empty: always.
    bays
        Vehicles that can be there at one time; None: no limit.
    throughput
        Most that it takes in all, loads added up; None: no limit.
    """

    place: int
    visit_s: int = 0
    visit_cost: int = 0
    takes: tuple[bool, ...] = ()
    charges: bool = False
    open_s: tuple[tuple[int, int], ...] = ()
    bays: int | None = None
    throughput: int | None = None

    def takes_load(self, load: int) -> bool:
        """Tell whether a visit empties the compartment of a load."""
        return not self.takes or self.takes[load]

    def faults(self, name: str, n_places: int, n_loads: int) -> list[str]:
        """Return what is wrong with the station, one line each."""
        found = [] if 0 <= self.place < n_places else [f"{name}: place {self.place} is outside 0..{n_places - 1}"]
        for key, amount, least in (
            ("visit_s", self.visit_s, 0),
            ("visit_cost", self.visit_cost, 0),
            ("bays", self.bays, 1),
            ("throughput", self.throughput, 0),
        ):
            if amount is not None and amount < least:
                found.append(f"{name}: {key} is {amount}, at least {least} is expected")
        if self.takes and len(self.takes) != n_loads:
            found.append(f"{name}: takes has {len(self.takes)} entries, one for each of {n_loads} loads is expected")
        elif self.takes and not any(self.takes) and not self.charges:
            found.append(f"{name}: takes no load and does not charge, one of them is expected")
        return found + [
            f"{name}: open_s[{k}] ends at {to_s}, before it begins at {from_s}"
            for k, (from_s, to_s) in enumerate(self.open_s)
            if to_s < from_s
        ]
