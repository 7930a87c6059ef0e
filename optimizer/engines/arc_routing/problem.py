"""The abstract arc-routing problem: a network, tasks along it, vehicles, places to empty them.

One vehicle class, so one network. Turn costs need no field of their own: give a network whose nodes are the two ends of each
street in each direction and whose arcs are the streets and the turns between them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from layers.errors import InputError

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

# Path costs and times are held in 32 bits, with this as "no way"; sums of two must still fit.
UNREACHABLE = 1 << 29


@dataclass(frozen=True)
class Network:
    """A directed network with a cost and a time on each arc.

    Parameters
    ----------
    n_nodes
        Nodes are 0 .. n_nodes - 1.
    arc_tail, arc_head
        Shape (n_arcs,): where each arc begins and ends. Parallel arcs are allowed.
    arc_cost
        Shape (n_arcs,): cost of driving it without serving, in whole units of cost.
    arc_time_s
        Shape (n_arcs,): seconds for it.
    """

    n_nodes: int
    arc_tail: IntArray
    arc_head: IntArray
    arc_cost: IntArray
    arc_time_s: IntArray

    @cached_property
    def _quickest(self) -> tuple[IntArray, IntArray]:
        """Pairs of nodes that an arc joins, as sorted keys, and the quickest arc's seconds."""
        key = self.arc_tail * self.n_nodes + self.arc_head
        order = np.lexsort((self.arc_time_s, key))
        keys, first = np.unique(key[order], return_index=True)
        return keys, self.arc_time_s[order][first]

    def arc_between_s(self, tail: IntArray, head: IntArray, otherwise_s: IntArray) -> IntArray:
        """Return the seconds of the quickest arc from each tail to each head, and those given where no arc joins them."""
        keys, time_s = self._quickest
        if len(keys) == 0:
            return otherwise_s
        wanted = tail * self.n_nodes + head
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[at] == wanted, time_s[at], otherwise_s)

    def faults(self) -> list[str]:
        """Return what is wrong with the network, one line each."""
        n_arcs = len(self.arc_tail)
        if any(len(a) != n_arcs for a in (self.arc_head, self.arc_cost, self.arc_time_s)):
            return ["network: arc arrays differ in length"]
        if n_arcs == 0:
            return []
        found = []
        for name, ends in (("arc_tail", self.arc_tail), ("arc_head", self.arc_head)):
            if ends.min() < 0 or ends.max() >= self.n_nodes:
                found.append(f"network: {name} names a node outside 0..{self.n_nodes - 1}")
        for name, weight in (("arc_cost", self.arc_cost), ("arc_time_s", self.arc_time_s)):
            if weight.min() < 0:
                found.append(f"network: {name} is negative on arc {int(weight.argmin())}")
            if weight.max() >= UNREACHABLE:
                found.append(f"network: {name} reaches {int(weight.max())}, at most {UNREACHABLE - 1} is allowed")
        if self.arc_time_s.sum() >= 1 << 32:
            found.append("network: the times of all arcs together exceed 2**32 s; are they in milliseconds?")
        return found


@dataclass(frozen=True)
class Tasks:
    """Work along the network; task t can be done in mode 2 t, and in mode 2 t + 1 where `reversible`.

    Parameters
    ----------
    entry, exit
        Shape (n_tasks, 2): node where the service begins and ends in each of the two modes.
    cost
        Shape (n_tasks, 2): cost of serving.
    time_s
        Shape (n_tasks, 2): seconds for serving.
    reversible
        Shape (n_tasks,): whether the second mode may be used; else its column is ignored.
    demand
        Shape (n_tasks,): load taken up by it, in the unit of the vehicles' capacity.
    value
        Shape (n_tasks,): worth of serving it where the fleet cannot serve all.
    allowed
        Shape (n_tasks, n_groups): vehicle groups that may serve it; None when all may.
    """

    entry: IntArray
    exit: IntArray
    cost: IntArray
    time_s: IntArray
    reversible: BoolArray
    demand: IntArray
    value: IntArray
    allowed: BoolArray | None = None

    @property
    def n_tasks(self) -> int:
        """Number of tasks."""
        return len(self.demand)

    def faults(self, n_nodes: int, n_groups: int) -> list[str]:
        """Return what is wrong with the tasks, one line each."""
        pairs = {"entry": self.entry, "exit": self.exit, "cost": self.cost, "time_s": self.time_s}
        singles = {"reversible": self.reversible, "value": self.value}
        wrong = [name for name, a in pairs.items() if a.shape != (self.n_tasks, 2)]
        wrong += [name for name, a in singles.items() if a.shape != (self.n_tasks,)]
        if self.allowed is not None and self.allowed.shape != (self.n_tasks, n_groups):
            wrong.append("allowed")
        if wrong:
            return [f"tasks: {name} has the wrong shape for {self.n_tasks} tasks" for name in wrong]
        used = np.column_stack([np.ones(self.n_tasks, dtype=np.bool_), self.reversible])
        found = []
        for name in ("entry", "exit"):
            nodes = pairs[name][used]
            if nodes.size and (nodes.min() < 0 or nodes.max() >= n_nodes):
                found.append(f"tasks: {name} names a node outside 0..{n_nodes - 1}")
        amounts = {"cost": self.cost[used], "time_s": self.time_s[used], "demand": self.demand, "value": self.value}
        found += [f"tasks: {name} is negative somewhere" for name, a in amounts.items() if a.size and a.min() < 0]
        return found


@dataclass(frozen=True)
class VehicleGroup:
    """Vehicles that are alike and start and end at the same places.

    Parameters
    ----------
    start_node, end_node
        Where each starts, empty, and where it must end.
    capacity
        Load that it carries before it must be emptied.
    n_vehicles
        How many there are; None means as many as wanted.
    shift_s
        Seconds from leaving to being back, everything included; None means no limit.
    setup_s
        Seconds of each shift that go to preparing and closing down.
    fixed_cost
        Cost of using one at all.
    """

    start_node: int
    end_node: int
    capacity: int
    n_vehicles: int | None = None
    shift_s: int | None = None
    setup_s: int = 0
    fixed_cost: int = 0

    def faults(self, name: str, n_nodes: int) -> list[str]:
        """Return what is wrong with the group, one line each."""
        found = [
            f"{name}: {field_name} {node} is outside 0..{n_nodes - 1}"
            for field_name, node in (("start_node", self.start_node), ("end_node", self.end_node))
            if not 0 <= node < n_nodes
        ]
        amounts = {
            "capacity": self.capacity,
            "n_vehicles": self.n_vehicles,
            "shift_s": self.shift_s,
            "setup_s": self.setup_s,
            "fixed_cost": self.fixed_cost,
        }
        found += [f"{name}: {key} is {v}, at least 0 is expected" for key, v in amounts.items() if v is not None and v < 0]
        return found


@dataclass(frozen=True)
class Facility:
    """A place where a vehicle is emptied.

    Parameters
    ----------
    node
        Where it is.
    dump_s
        Seconds for one emptying.
    dump_cost
        Cost of one emptying.
    """

    node: int
    dump_s: int = 0
    dump_cost: int = 0

    def faults(self, name: str, n_nodes: int) -> list[str]:
        """Return what is wrong with the facility, one line each."""
        found = [] if 0 <= self.node < n_nodes else [f"{name}: node {self.node} is outside 0..{n_nodes - 1}"]
        for key, amount in (("dump_s", self.dump_s), ("dump_cost", self.dump_cost)):
            if amount < 0:
                found.append(f"{name}: {key} is {amount}, at least 0 is expected")
        return found


@dataclass(frozen=True)
class ArcRoutingProblem:
    """Serve tasks along a network: all of them, or the most valuable ones that a limited fleet can serve, at least cost.

    Without facilities a vehicle's capacity holds for its whole route (the classical problem: Golden & Wong 1981,
    doi 10.1002/net.3230110308); with them, for each stretch between two emptyings (Ghiani, Improta & Laporte 2001,
    doi 10.1002/net.3).

    Parameters
    ----------
    network, tasks, groups, facilities
        As named.
    must_end_empty
        With facilities: whether a vehicle that served anything must be emptied before it ends.
    serve_all
        Whether leaving a task out makes a plan infeasible; else the value served is maximised first.
    """

    network: Network
    tasks: Tasks
    groups: tuple[VehicleGroup, ...]
    facilities: tuple[Facility, ...] = ()
    must_end_empty: bool = True
    serve_all: bool = True
    name: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Refuse a problem that cannot be meant, with all its faults at once."""
        n_nodes = self.network.n_nodes
        found = self.network.faults() + self.tasks.faults(n_nodes, len(self.groups))
        if not self.groups:
            found.append("groups: at least one vehicle group is expected")
        for k, group in enumerate(self.groups):
            found += group.faults(f"groups[{k}]", n_nodes)
        for k, facility in enumerate(self.facilities):
            found += facility.faults(f"facilities[{k}]", n_nodes)
        if found:
            raise InputError("arc-routing problem: " + "; ".join(found))

    @property
    def n_tasks(self) -> int:
        """Number of tasks."""
        return self.tasks.n_tasks

    @property
    def ends_by_dump(self) -> bool:
        """Whether the way to the end leads through a facility."""
        return bool(self.facilities) and self.must_end_empty

    def may_serve(self, task: int, group: int) -> bool:
        """Tell whether vehicles of `group` are allowed on `task`."""
        return self.tasks.allowed is None or bool(self.tasks.allowed[task, group])
