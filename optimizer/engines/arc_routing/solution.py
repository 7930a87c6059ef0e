"""Plans of an arc-routing problem, and what a search hands back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from layers.text import Text
from optimizer.engines.outcome import Outcome


class StopKind(Enum):
    """What a vehicle does at a stop."""

    SERVE = "serve"
    FACILITY = "facility"
    BREAK = "break"


@dataclass(frozen=True)
class Stop:
    """One thing a vehicle does.

    Parameters
    ----------
    kind
        Serve, visit a facility, or rest.
    index
        Serve: the mode, 2 task + (1 if in the second direction). Facility: its index. Break: which of the group's breaks,
        taken where the vehicle stands after the stop before.
    """

    kind: StopKind
    index: int

    @property
    def task(self) -> int:
        """The task of a serving stop."""
        return self.index >> 1


@dataclass(frozen=True)
class VehicleRoute:
    """What one vehicle of a group does in one shift, between its start and its end.

    Parameters
    ----------
    group
        Index of the vehicle group.
    stops
        In their order.
    vehicle
        The number of the vehicle within its group; None where it does not matter which one it is.
    """

    group: int
    stops: tuple[Stop, ...]
    vehicle: int | None = None

    @property
    def tasks(self) -> tuple[int, ...]:
        """The tasks served, in their order."""
        return tuple(stop.task for stop in self.stops if stop.kind is StopKind.SERVE)


@dataclass(frozen=True)
class RoutePlan:
    """Routes of all vehicles that leave their depot."""

    routes: tuple[VehicleRoute, ...] = ()

    @property
    def served(self) -> frozenset[int]:
        """The tasks that some route serves."""
        return frozenset(task for route in self.routes for task in route.tasks)


class Reason(Enum):
    """Why a task is not served, in words."""

    NO_GROUP = Text("没有可用的车辆", "no vehicle may serve it")
    NO_LOCKED = Text("锁定的车辆无法服务", "the vehicle that it is locked to cannot serve it")
    NO_CAPACITY = Text("需求超过车辆容量", "its demand is more than a vehicle holds")
    NO_WAY = Text("没有可往返的路径", "no vehicle can drive there and come back")
    NO_WINDOW = Text("没有合适的时间窗", "no vehicle can serve it within its windows")
    NO_SHIFT = Text("单独服务即超过时限", "serving it alone takes longer than the limit")
    NO_ROOM = Text("车辆的时限已用尽", "no time is left for it within the limit")
    NOT_TRIED = Text("计算在排到它之前停止", "the search was stopped before its turn came")


@dataclass(frozen=True)
class Unserved:
    """A task left out, and why.

    Parameters
    ----------
    task
        Its index.
    reason
        What forbids it.
    missing
        By how much: amount of the resource for NO_CAPACITY, seconds for NO_SHIFT and NO_WINDOW; 0 otherwise.
    resource
        Which resource, for NO_CAPACITY; 0 otherwise.
    """

    task: int
    reason: Reason
    missing: int = 0
    resource: int = 0


@dataclass(frozen=True)
class Result:
    """What a search found.

    Parameters
    ----------
    outcome
        How it ended; infeasible when all were to be served and could not.
    plan
        The best plan.
    cost
        Its cost, in the problem's unit.
    value_served
        Sum of the values of the tasks served.
    unserved
        The tasks left out, with reasons.
    bound
        A proven lower bound on the cost of serving all; None where none is proven.
    n_iterations
        Steps of the search.
    seconds
        Wall-clock time, preparation included.
    terms
        What the plan weighs beside its cost, by the problem's terms.
    threads
        How many searched side by side.
    """

    outcome: Outcome
    plan: RoutePlan
    cost: int
    value_served: int
    unserved: tuple[Unserved, ...]
    bound: int | None
    n_iterations: int
    seconds: float
    terms: float = 0.0
    threads: int = 1
