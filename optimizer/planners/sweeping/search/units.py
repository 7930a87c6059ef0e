"""One unit of work: some vehicles of one type at one depot in shifts with the same bans, as an abstract arc-routing problem.

Engines count in whole numbers: here times are tenths of a second, loads tenths of a kilogram, and water tenths of a metre
that is sprayed, since vehicles differ in what they spray on it; all rounded up, so that a plan that fits in whole numbers
fits in real ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from layers.layer import F64, Rows
from layers.network import Network, Router
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, Facility, VehicleGroup
from optimizer.engines.arc_routing.problem import Network as Arcs
from optimizer.ground.places import Place
from optimizer.planners.sweeping.day.fleet import sprays, tank_m
from optimizer.planners.sweeping.day.water import refill_s
from optimizer.planners.sweeping.search.weights import Weights
from resources.inventory import Shift, VehicleType

TENTHS = 10


@dataclass(frozen=True, eq=False)
class Stand:
    """Hold where some places meet a network: the arc that each lies on, and how far along it.

    Parameters
    ----------
    places
        Depots, dumps or water points.
    arc
        Shape (n,).
    share
        Position along the arc, 0 at its start, shape (n,). Places on one arc share one position, so that a vehicle can go
        from one to the other without driving round the block.
    node
        The engine's node for it, shape (n,).
    """

    places: tuple[Place, ...]
    arc: Rows
    share: F64
    node: Rows

    def take(self, rows: Rows) -> Stand:
        """Return some of them."""
        return Stand(tuple(self.places[k] for k in rows.tolist()), self.arc[rows], self.share[rows], self.node[rows])

    def with_those(self, other: Stand) -> Stand:
        """Return its places and behind them those of another stand on the same network."""
        arc, share, node = (
            np.concatenate([getattr(both, key) for both in (self, other)]) for key in ("arc", "share", "node")
        )
        return Stand((*self.places, *other.places), arc, share, node)


class Work(Protocol):
    """What a run solves, one engine's problem each."""

    @property
    def tasks(self) -> Rows:
        """Rows of the tasks, shape (n_tasks,)."""
        ...

    @property
    def problem(self) -> ArcRoutingProblem:
        """For the engine."""
        ...


@dataclass(frozen=True, eq=False)
class Unit:
    """Hold one unit.

    Parameters
    ----------
    vehicle
        Type of all its vehicles.
    n_vehicles
        How many of them stand at the depot.
    n_before
        Vehicles of the type in units before this one: numbers begin behind them.
    n_at_depot
        Vehicles of the type at its depot.
    depot, dumps
        Where they are; the depot has one place, behind the dumps stand the water points.
    shifts
        One vehicle group of the problem each.
    network, router
        What the type can drive in these shifts, and its cheapest ways there.
    names
        Of the network's arcs, as `Leg.path` writes them.
    tasks
        Shape (n,): rows of the passes that it is to sweep, ascending.
    arcs
        Shape (n, 2): arc swept in the first and in the second mode; -1 where there is no second.
    speeds_mps
        Speed of sweeping each of them, shape (n,).
    problem
        For the engine.
    windows_s
        When each pass may be swept, as `hours.windows_of` returns it; None where the shifts alone decide.
    """

    vehicle: VehicleType
    n_vehicles: int
    n_before: int
    n_at_depot: int
    depot: Stand
    dumps: Stand
    shifts: tuple[Shift, ...]
    network: Network
    router: Router
    names: tuple[str, ...]
    tasks: Rows
    arcs: Rows
    speeds_mps: F64
    problem: ArcRoutingProblem
    windows_s: F64 | None = None

    @property
    def key(self) -> str:
        """Name in messages and route ids."""
        return f"{self.vehicle.key}/{self.depot.places[0].id}"


def tenths(time_s: F64) -> Rows:
    """Return whole tenths of a second, of a kilogram or of a metre, rounded up."""
    return np.ceil(np.asarray(time_s) * TENTHS - 1e-6).astype(np.int64)


def place_nodes(network: Network, arc: Rows, share: F64) -> Rows:
    """Return the engine's node of each place, shape (n,): its arc's start where it lies there, else one of its own.

    Parameters
    ----------
    arc, share
        As in `Stand`.
    """
    inside = np.unique(arc[share > 0])
    return np.where(share > 0, 2 * network.n_arcs + np.searchsorted(inside, arc), 2 * arc)


def engine_network(network: Network, arc: Rows, share: F64, weights: Weights) -> Arcs:
    """Return the network in the engine's whole numbers.

    Node ``2 * a`` is the start of arc a, where sweeping it begins, and ``2 * a + 1`` its end, where sweeping it ends. From
    both, arcs lead to the starts of the arcs that may follow: driving a and turning, or turning alone. No arc leads to an
    end, so that searches settle half as many nodes as they would if driving went from start to end.

    A place within an arc has a node of its own: who leaves it drives the rest of the arc, so that an arc with a dump on it
    is not swept from its start by a vehicle that stands in its middle.

    Parameters
    ----------
    arc, share
        Of all places, as in `Stand`.
    weights
        What seconds and metres cost.
    """
    turn_s, before, after = network.turn_time_s, network.turn_from, network.turn_to
    drive_s = network.arc_time_s[before] + turn_s
    inside, first = np.unique(arc[share > 0], return_index=True)
    own = 2 * network.n_arcs + np.arange(len(inside))
    share_of, node_of = np.zeros(network.n_arcs), np.full(network.n_arcs, -1, dtype=np.int64)
    share_of[inside], node_of[inside] = share[share > 0][first], own
    into, out = node_of[after] >= 0, node_of[before] >= 0
    part_s = share_of * network.arc_time_s
    rest_s = network.arc_time_s - part_s
    part_m, all_m = share_of * network.arc_length_m, network.arc_length_m
    seconds = [drive_s, turn_s, (drive_s + part_s[after])[into], (turn_s + part_s[after])[into]]
    none_m = np.zeros(len(before))
    metres = [all_m[before], none_m, (all_m[before] + part_m[after])[into], part_m[after][into]]
    tail = [2 * before, 2 * before + 1, 2 * before[into], 2 * before[into] + 1, node_of[before][out]]
    head = [2 * after, 2 * after, node_of[after][into], node_of[after][into], 2 * after[out]]
    time_s = np.concatenate([*seconds, (rest_s[before] + turn_s)[out]])
    length_m = np.concatenate([*metres, (all_m - part_m)[before][out]])
    n_nodes, cost = 2 * network.n_arcs + len(inside), weights.cost(time_s, length_m)
    return Arcs(n_nodes, np.concatenate(tail), np.concatenate(head), cost, tenths(time_s))


def groups_of(
    crew: tuple[tuple[int, ...], int, tuple[Shift, ...]],
    home: int,
    profile: int,
    weights: Weights,
    kept_s: Mapping[str, float],
) -> list[VehicleGroup]:
    """Return vehicles of one type at one depot as the engine's groups, one a shift.

    Parameters
    ----------
    crew
        Capacity as `capacity_of` returns it, number of vehicles, shifts.
    home
        The depot's node.
    profile
        How they see the network.
    weights
        What vehicles cost.
    kept_s
        Seconds of each shift that are lost to waiting for hours at which may be swept, by its key.
    """
    capacity, n_vehicles, shifts = crew
    return [
        VehicleGroup(
            start_node=home,
            end_node=home,
            capacity=capacity,
            n_vehicles=n_vehicles,
            shift_s=int((shift.end_s - shift.start_s) * TENTHS),
            setup_s=int(np.ceil((idle_s(shift) + weights.margin_s + kept_s.get(shift.key, 0.0)) * TENTHS)),
            fixed_cost=weights.fixed(shift),
            profile=profile,
        )
        for shift in shifts
    ]


def idle_s(shift: Shift) -> float:
    """Return the seconds of a shift that go to work at the depot and to the break."""
    return shift.before_s + shift.after_s + shift.break_s


def capacity_of(vehicle: VehicleType, used: Rows) -> tuple[int, ...]:
    """Return what a type's vehicles hold of each resource: dirt, and where water counts, metres that a tank lasts.

    Parameters
    ----------
    used
        What all tasks use up of each resource, shape (n_resources,): a tank that is never empty lasts that far.
    """
    whole = (int(vehicle.hopper_kg * TENTHS),)
    return whole if len(used) == 1 else (*whole, int(min(tank_m(vehicle) * TENTHS + 1e-6, float(used[1]))))


def facilities_of(vehicle: VehicleType, dumps: Stand, water: Stand, weights: Weights, n_resources: int) -> list[Facility]:
    """Return dumps, and water points where the type sprays, as the engine's facilities."""
    stays_s = [vehicle.unload_s] * len(dumps.places)
    if sprays(vehicle):
        stays_s += [refill_s(place, vehicle, vehicle.tank_l) for place in water.places]
    found = []
    for k, (node, stay_s) in enumerate(zip(dumps.with_those(water).node.tolist(), stays_s, strict=False)):
        resets = () if n_resources == 1 else (k < len(dumps.places), k >= len(dumps.places))
        found.append(Facility(node, int(np.ceil(stay_s * TENTHS)), int(np.ceil(stay_s * weights.by_s)), resets))
    return found
