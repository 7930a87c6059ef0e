"""The abstract arc-routing problem: a network, tasks along it, vehicles, places to empty and to fill them.

Turn costs need no field of their own: give a network whose nodes are the two ends of each street in each direction and
whose arcs are the streets and the turns between them.

What a vehicle holds is stated as *resources*: each task uses some of each up, a vehicle has so much of each between two
resets. Dirt that fills a hopper and water that leaves a tank are the same arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from layers.errors import InputError
from optimizer.engines.arc_routing.fleet import Facility, Profile, VehicleGroup
from optimizer.engines.arc_routing.neighbours import neighbours_of
from optimizer.engines.arc_routing.network import UNREACHABLE, BoolArray, IntArray, Network
from optimizer.engines.arc_routing.tasks import Tasks
from optimizer.engines.arc_routing.terms import Terms
from optimizer.engines.bonds import Lock, allowed_by, lock_faults, names_vehicles, order_faults
from optimizer.engines.breaks import Break

__all__ = [
    "UNREACHABLE",
    "ArcRoutingProblem",
    "BoolArray",
    "Break",
    "Facility",
    "IntArray",
    "Lock",
    "Network",
    "Profile",
    "Tasks",
    "Terms",
    "VehicleGroup",
]


@dataclass(frozen=True)
class ArcRoutingProblem:
    """Serve tasks along a network: all of them, or the most valuable ones that a limited fleet can serve, at least cost.

    Without facilities a vehicle's capacity holds for its whole route (the classical problem: Golden & Wong 1981,
    doi 10.1002/net.3230110308); with them, for each stretch between two resets (Ghiani, Improta & Laporte 2001,
    doi 10.1002/net.3).

    Parameters
    ----------
    network, tasks, groups, facilities
        As named.
    must_end_empty
        Whether a vehicle that served anything must have its first resource, the load, reset before it ends; matters only
        where some facility resets it. Other resources may end used up.
    serve_all
        Whether leaving a task out makes a plan infeasible; else the value served is maximised first.
    profiles
        How other types of vehicle see network and tasks.
    locks
        Tasks that are bound to a group or a vehicle; at most one a task.
    orders
        Each a sequence of tasks: those of them that are served are served by one route, in this order. A task stands in
        one order at most.
    terms
        What is wanted beside low cost.
    """

    network: Network
    tasks: Tasks
    groups: tuple[VehicleGroup, ...]
    facilities: tuple[Facility, ...] = ()
    must_end_empty: bool = True
    serve_all: bool = True
    profiles: tuple[Profile, ...] = ()
    locks: tuple[Lock, ...] = ()
    orders: tuple[tuple[int, ...], ...] = ()
    terms: Terms = field(default_factory=Terms)
    name: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Refuse a problem that cannot be meant, with all its faults at once."""
        n_nodes = self.network.n_nodes
        found = self.network.faults() + self.tasks.faults(n_nodes, len(self.groups))
        n_resources = self.tasks.n_resources if self.tasks.demand.ndim == 2 else 1
        if not self.groups:
            found.append("groups: at least one vehicle group is expected")
        for k, group in enumerate(self.groups):
            found += group.faults(f"groups[{k}]", n_nodes, n_resources, len(self.profiles))
        for k, facility in enumerate(self.facilities):
            found += facility.faults(f"facilities[{k}]", n_nodes, n_resources)
        for k in range(len(self.profiles)):
            found += self._profile_faults(k)
        found += lock_faults(self.locks, self.n_tasks, [group.n_vehicles for group in self.groups], "task")
        found += order_faults(self.orders, self.n_tasks, "task") + self.terms.faults(self.n_tasks, len(self.groups))
        if found:
            raise InputError("arc-routing problem: " + "; ".join(found))

    def _profile_faults(self, k: int) -> list[str]:
        profile = self.profiles[k]
        if profile.network.n_nodes != self.network.n_nodes:
            return [f"profiles[{k}]: has {profile.network.n_nodes} nodes, the problem has {self.network.n_nodes}"]
        faults = profile.network.faults() + self.tasks_of_profile(k + 1).faults(self.network.n_nodes, len(self.groups))
        return [f"profiles[{k}]: {fault}" for fault in faults]

    @property
    def worth(self) -> IntArray:
        """What leaving each task out costs a plan, shape (n_tasks,): its value; 1 where all are to be served."""
        return np.ones(self.n_tasks, dtype=np.int64) if self.serve_all else self.tasks.value

    @property
    def n_tasks(self) -> int:
        """Number of tasks."""
        return self.tasks.n_tasks

    @property
    def n_resources(self) -> int:
        """Number of resources."""
        return self.tasks.n_resources

    @property
    def ends_reset(self) -> bool:
        """Whether the way to the end leads through a facility that resets the first resource."""
        return self.must_end_empty and any(facility.reset_of(0) for facility in self.facilities)

    @property
    def is_timed(self) -> bool:
        """Whether the time of day matters: windows, opening hours or breaks, not a shift limit alone."""
        return (
            self.tasks.windows_s is not None
            or any(facility.open_s for facility in self.facilities)
            or any(group.breaks for group in self.groups)
        )

    @cached_property
    def neighbours(self) -> IntArray:
        """Pairs of neighbouring tasks, shape (n_pairs, 2)."""
        return neighbours_of(self.network, self.tasks)

    @property
    def numbers_vehicles(self) -> bool:
        """Whether it matters which vehicle of a group drives a route, so that routes carry its number."""
        return self.terms.change > 0 or names_vehicles(self.locks)

    @cached_property
    def allowed(self) -> BoolArray:
        """Which groups may serve which tasks, locks counted, shape (n_tasks, n_groups)."""
        return allowed_by(self.locks, self.tasks.allowed, self.n_tasks, len(self.groups))

    def network_of_profile(self, profile: int) -> Network:
        """Return the network as a profile sees it; 0 is the problem's own."""
        return self.network if profile == 0 else self.profiles[profile - 1].network

    def tasks_of_profile(self, profile: int) -> Tasks:
        """Return the tasks as a profile sees them; 0 are the problem's own."""
        if profile == 0:
            return self.tasks
        seen, own = self.profiles[profile - 1], self.tasks
        return Tasks(
            entry=seen.entry,
            exit=seen.exit,
            cost=seen.cost,
            time_s=seen.time_s,
            reversible=own.reversible,
            demand=own.demand,
            value=own.value,
            allowed=own.allowed,
            windows_s=own.windows_s,
        )
