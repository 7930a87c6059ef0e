"""Plans of a vehicle-routing problem, and what a search hands back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from layers.text import Text
from optimizer.engines.outcome import Outcome


class VisitKind(Enum):
    """What a vehicle does on its way."""

    STOP = "stop"
    STATION = "station"
    BREAK = "break"


@dataclass(frozen=True)
class Visit:
    """One thing a vehicle does.

    Parameters
    ----------
    kind
        Serve a stop, visit a station, or rest.
    index
        Of the stop, of the station, or which of the group's breaks, taken where the vehicle stands after the visit before.
    start_s
        Time on the clock at which service, unloading or rest begins; between arriving and that, the vehicle waits.
    """

    kind: VisitKind
    index: int
    start_s: int


@dataclass(frozen=True)
class VehicleRoute:
    """What one vehicle of a group does, between its start and its end; after each visit it leaves at once.

    Parameters
    ----------
    group
        Index of the vehicle group.
    leave_s
        Time on the clock at which it leaves its start.
    visits
        In their order.
    vehicle
        The number of the vehicle within its group; None where it does not matter which one it is.
    """

    group: int
    leave_s: int
    visits: tuple[Visit, ...]
    vehicle: int | None = None

    @property
    def stops(self) -> tuple[int, ...]:
        """The stops served, in their order."""
        return tuple(visit.index for visit in self.visits if visit.kind is VisitKind.STOP)


@dataclass(frozen=True)
class RoutePlan:
    """Routes of all vehicles that leave their start."""

    routes: tuple[VehicleRoute, ...] = ()

    @property
    def served(self) -> frozenset[int]:
        """The stops that some route serves."""
        return frozenset(stop for route in self.routes for stop in route.stops)


class Reason(Enum):
    """Why a stop is not served, in words."""

    NO_GROUP = Text("没有允许的车辆", "no vehicle may serve it")
    NO_LOCKED = Text("锁定的车辆无法服务", "the vehicle that it is locked to cannot serve it")
    NO_CAPACITY = Text("重量超过车辆容量", "it is more than a vehicle holds")
    NO_STATION = Text("没有可卸料的站点", "no station that takes it can be reached while it is open")
    NO_WAY = Text("没有可往返的路径", "no vehicle can drive there and come back")
    NO_WINDOW = Text("赶不上时间窗", "no vehicle can be there within its window")
    NO_SHIFT = Text("单独服务即超过时限", "serving it alone takes longer than the limit")
    NO_RANGE = Text("超出续航里程", "it is farther than a vehicle's range")
    NO_THROUGHPUT = Text("站点处理量已满", "the stations can take no more")
    NO_ROOM = Text("车辆的时间已用尽", "no vehicle has time left for it")
    NOT_TRIED = Text("计算在排到它之前停止", "the search was stopped before its turn came")


@dataclass(frozen=True)
class Unserved:
    """A stop left out, and why.

    Parameters
    ----------
    stop
        Its index.
    reason
        What forbids it.
    missing
        By how much: amount of the load for NO_CAPACITY and NO_THROUGHPUT, seconds for NO_WINDOW and NO_SHIFT, metres for
        NO_RANGE; 0 otherwise.
    load
        Which load, for NO_CAPACITY; 0 otherwise.
    """

    stop: int
    reason: Reason
    missing: int = 0
    load: int = 0


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
        Its cost, in the problem's unit, without terms.
    value_served
        Sum of the values of the stops served.
    unserved
        The stops left out, with reasons.
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
