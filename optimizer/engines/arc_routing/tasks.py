"""The work along the network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.engines.arc_routing.network import BoolArray, IntArray


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
        Shape (n_tasks, n_resources): how much of each resource it uses up, in the units of the vehicles' capacities.
    value
        Shape (n_tasks,): worth of serving it where the fleet cannot serve all.
    allowed
        Shape (n_tasks, n_groups): vehicle groups that may serve it; None when all may.
    windows_s
        Shape (n_tasks, n_windows, 2): times on the clock; service begins and ends within one of them. Unused rows are
        (0, -1), and a task whose rows are all unused can never be served. None when all can be served at any time.
    """

    entry: IntArray
    exit: IntArray
    cost: IntArray
    time_s: IntArray
    reversible: BoolArray
    demand: IntArray
    value: IntArray
    allowed: BoolArray | None = None
    windows_s: IntArray | None = None

    @property
    def n_tasks(self) -> int:
        """Number of tasks."""
        return len(self.demand)

    @property
    def n_resources(self) -> int:
        """Number of resources that serving uses up."""
        return int(self.demand.shape[1])

    @property
    def used(self) -> BoolArray:
        """Which of each task's two modes may be used, shape (n_tasks, 2)."""
        return np.column_stack([np.ones(self.n_tasks, dtype=np.bool_), self.reversible])

    def faults(self, n_nodes: int, n_groups: int) -> list[str]:
        """Return what is wrong with the tasks, one line each."""
        found = self._shape_faults(n_groups)
        if found:
            return found
        used = self.used
        for name, ends in (("entry", self.entry), ("exit", self.exit)):
            outside = used & ((ends < 0) | (ends >= n_nodes))
            found += [
                f"tasks: {name} of task {task} is node {ends[task, k]}, which is outside 0..{n_nodes - 1}"
                for task, k in _first(outside)
            ]
        for name, amount in (("cost", self.cost), ("time_s", self.time_s)):
            found += [_negative(name, int(task), int(amount[task, k])) for task, k in _first(used & (amount < 0))]
        found += [_negative("demand", int(t), int(self.demand[t, k])) for t, k in _first(self.demand < 0)]
        found += [_negative("value", int(t), int(self.value[t])) for (t,) in _first(self.value < 0)]
        return found

    def _shape_faults(self, n_groups: int) -> list[str]:
        if self.demand.ndim != 2 or self.demand.shape[1] < 1:
            return [f"tasks: demand has shape {self.demand.shape}, (n_tasks, n_resources) is expected"]
        n = self.n_tasks
        pairs = {"entry": self.entry, "exit": self.exit, "cost": self.cost, "time_s": self.time_s}
        wrong = [name for name, a in pairs.items() if a.shape != (n, 2)]
        wrong += [name for name, a in (("reversible", self.reversible), ("value", self.value)) if a.shape != (n,)]
        if self.allowed is not None and self.allowed.shape != (n, n_groups):
            wrong.append("allowed")
        windows = self.windows_s
        if windows is not None and (windows.ndim != 3 or (windows.shape[0], windows.shape[2]) != (n, 2)):
            wrong.append("windows_s")
        return [f"tasks: {name} has the wrong shape for {n} tasks" for name in wrong]


def _first(wrong: BoolArray) -> IntArray:
    """Return the places of the first few wrong entries, one row each: a fault that all tasks share is told three times."""
    return np.argwhere(wrong)[:3]


def _negative(name: str, task: int, amount: int) -> str:
    return f"tasks: {name} of task {task} is {amount}, which is negative; at least 0 is expected"
