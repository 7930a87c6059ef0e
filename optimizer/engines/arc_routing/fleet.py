"""Vehicles, and the places where they are emptied or filled."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.engines.arc_routing.network import IntArray, Network
from optimizer.engines.breaks import Break


@dataclass(frozen=True)
class VehicleGroup:
    """Vehicles that are alike and start and end at the same places.

    Parameters
    ----------
    start_node, end_node
        Where each starts, fresh, and where it must end.
    capacity
        For each resource, how much may be used up between two resets.
    n_vehicles
        How many there are; None means as many as wanted.
    shift_s
        Seconds from the begin of the shift to being back, everything included; None means no limit.
    setup_s
        Seconds of each shift that go to preparing and closing down; on the clock all of it comes before leaving.
    fixed_cost
        Cost of using one at all.
    start_s
        Time on the clock at which the shift begins.
    breaks
        Rests of the crew, in their order.
    profile
        How its vehicles see network and tasks: 0 as the problem states them, k as its profile k - 1 does.
    """

    start_node: int
    end_node: int
    capacity: tuple[int, ...]
    n_vehicles: int | None = None
    shift_s: int | None = None
    setup_s: int = 0
    fixed_cost: int = 0
    start_s: int = 0
    breaks: tuple[Break, ...] = ()
    profile: int = 0

    def n_idle(self, n_used: int, most: int) -> int:
        """Return how many are idle where so many are used, at most `most`."""
        return most if self.n_vehicles is None else min(most, self.n_vehicles - n_used)

    def faults(self, name: str, n_nodes: int, n_resources: int, n_profiles: int) -> list[str]:
        """Return what is wrong with the group, one line each."""
        found = [
            f"{name}: {field_name} {node} is outside 0..{n_nodes - 1}"
            for field_name, node in (("start_node", self.start_node), ("end_node", self.end_node))
            if not 0 <= node < n_nodes
        ]
        if len(self.capacity) != n_resources:
            found.append(
                f"{name}: capacity has {len(self.capacity)} entries, one for each of {n_resources} resources is expected"
            )
        amounts = {
            **{f"capacity[{k}]": amount for k, amount in enumerate(self.capacity)},
            "n_vehicles": self.n_vehicles,
            "shift_s": self.shift_s,
            "setup_s": self.setup_s,
            "fixed_cost": self.fixed_cost,
            "start_s": self.start_s,
        }
        found += [f"{name}: {key} is {v}, at least 0 is expected" for key, v in amounts.items() if v is not None and v < 0]
        if not 0 <= self.profile <= n_profiles:
            found.append(f"{name}: profile is {self.profile}, 0..{n_profiles} is expected")
        return found + self._break_faults(name)

    def _break_faults(self, name: str) -> list[str]:
        found = []
        leaves_s = self.start_s + self.setup_s
        for k, rest in enumerate(self.breaks):
            if rest.duration_s < 0:
                found.append(f"{name}: breaks[{k}]: duration_s is {rest.duration_s}, at least 0 is expected")
            least_s = max(rest.earliest_s, leaves_s)
            if rest.latest_s < least_s:
                why = f"the later of earliest_s {rest.earliest_s} and of leaving at {leaves_s}"
                found.append(f"{name}: breaks[{k}]: latest_s is {rest.latest_s}, at least {least_s} is expected, {why}")
        for k, (first, second) in enumerate(zip(self.breaks[:-1], self.breaks[1:], strict=True)):
            if second.earliest_s < first.earliest_s or second.latest_s < first.latest_s:
                found.append(f"{name}: breaks[{k + 1}]: is to be taken before breaks[{k}]; give them in their order")
        return found


@dataclass(frozen=True)
class Facility:
    """A place where a vehicle is emptied, filled, or both.

    Parameters
    ----------
    node
        Where it is.
    visit_s
        Seconds for one visit.
    visit_cost
        Cost of one visit.
    resets
        For each resource, whether a visit resets what is used up of it: a dump resets the load, a water point the water
        taken out of the tank. Empty stands for all resources.
    open_s
        Times on the clock (from, to) between which it is open; a visit begins and ends within one of them. Empty: always.
    """

    node: int
    visit_s: int = 0
    visit_cost: int = 0
    resets: tuple[bool, ...] = ()
    open_s: tuple[tuple[int, int], ...] = ()

    def reset_of(self, resource: int) -> bool:
        """Tell whether a visit resets a resource."""
        return not self.resets or self.resets[resource]

    def faults(self, name: str, n_nodes: int, n_resources: int) -> list[str]:
        """Return what is wrong with the facility, one line each."""
        found = [] if 0 <= self.node < n_nodes else [f"{name}: node {self.node} is outside 0..{n_nodes - 1}"]
        for key, amount in (("visit_s", self.visit_s), ("visit_cost", self.visit_cost)):
            if amount < 0:
                found.append(f"{name}: {key} is {amount}, at least 0 is expected")
        if self.resets and len(self.resets) != n_resources:
            found.append(
                f"{name}: resets has {len(self.resets)} entries, one for each of {n_resources} resources is expected"
            )
        elif self.resets and not any(self.resets):
            found.append(f"{name}: resets no resource, at least one is expected")
        for k, (from_s, to_s) in enumerate(self.open_s):
            if to_s < from_s:
                found.append(f"{name}: open_s[{k}] ends at {to_s}, before it begins at {from_s}")
        return found


@dataclass(frozen=True)
class Profile:
    """How another type of vehicle sees network and tasks: other speeds, other costs, other ways in and out.

    Parameters
    ----------
    network
        Over the same nodes as the problem's.
    entry, exit, cost, time_s
        Shape (n_tasks, 2), as in the problem's tasks.
    """

    network: Network
    entry: IntArray
    exit: IntArray
    cost: IntArray
    time_s: IntArray
