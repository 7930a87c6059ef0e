"""Which streets may be made one-way, and the network in which ways round are sought."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from layers.city import City
from layers.kinds.junctions import Turns
from layers.kinds.parking import KerbFacts, KerbKind
from layers.kinds.streets import Oneway, RoadClass, Streets
from layers.layer import Bool, Rows
from layers.network import Mover, Network, build
from layers.units import mps
from optimizer.engines.circulation import CirculationProblem
from optimizer.planners.parking.params import ParkingParams


def movers_of(params: ParkingParams) -> tuple[Mover, ...]:
    """Return who must reach every home: a car, a fire engine, a garbage truck."""
    heavy = Mover("fire engine", mps(50.0), width_m=2.5, height_m=3.5, weight_kg=16_000)
    return (
        Mover("car", mps(50.0), width_m=1.9, height_m=1.8, weight_kg=2000),
        replace(heavy, least_street_width_m=params.fire_width_m),
        replace(heavy, key="garbage truck", speed_mps=mps(40.0), least_street_width_m=params.truck_width_m),
    )


@dataclass(frozen=True, eq=False)
class Driving:
    """Hold the streets that all movers drive.

    Parameters
    ----------
    networks
        Of each mover, as today.
    problem
        Ways round over arcs that every mover may drive; a pair for each street that may be made one-way: its arc along the
        line, then the one against it.
    streets
        Row of the street of each pair.
    """

    networks: tuple[Network, ...]
    problem: CirculationProblem
    streets: Rows


def driving_of(city: City, params: ParkingParams, candidates: Bool) -> Driving:
    """Return the network in which streets may be made one-way.

    Parameters
    ----------
    candidates
        Streets that may be, as far as class, buses and decisions go, shape (n_streets,); those that some mover may not drive
        both ways, or that end where turns are restricted, stay as they are.
    """
    streets = city[Streets]
    networks = tuple(build(city, mover) for mover in movers_of(params))
    first = networks[0]
    common = np.ones(first.n_arcs, dtype=bool)
    key = 2 * first.arc_street + first.arc_forward
    for other in networks[1:]:
        common &= np.isin(key, 2 * other.arc_street + other.arc_forward)
    arcs = np.flatnonzero(common)
    row = np.full(2 * len(streets), -1, dtype=np.int64)
    row[key[arcs]] = np.arange(len(arcs))
    both = np.column_stack([row[1::2], row[0::2]])
    rows = np.flatnonzero(candidates & (both >= 0).all(axis=1) & ~_restricted(city, streets))
    rows = rows[streets.from_junction[rows] != streets.to_junction[rows]]
    problem = CirculationProblem(
        first.node_xy_m, first.arc_tail[arcs], first.arc_head[arcs], first.arc_length_m[arcs], first.arc_time_s[arcs],
        both[rows], _banned(first, arcs), params.detour_m, params.detour_s, name="parking",
    )  # fmt: skip
    return Driving(networks, problem, rows)


def may_turn_one_way(city: City, params: ParkingParams) -> Bool:
    """Return which streets may be made one-way by class, buses and barriers, shape (n_streets,)."""
    streets, facts = city[Streets], city[KerbFacts]
    if not params.one_ways:
        return np.zeros(len(streets), dtype=bool)
    buses = (
        np.isin(streets.ids, facts.street[facts.kerb == KerbKind.BUS_STOP]) if len(facts) else np.zeros(len(streets), bool)
    )
    side = np.isin(streets.road_class, [RoadClass.BRANCH, RoadClass.BACK_STREET])
    open_both = ~np.isin(streets.oneway, [Oneway.FORWARD, Oneway.BACKWARD])
    return np.asarray(side & open_both & ~buses & ~streets.centre_barrier & ~streets.closed)


def _restricted(city: City, streets: Streets) -> Bool:
    """Return the streets that end at a junction where turns are restricted."""
    via = city[Turns].via_junction
    return np.isin(streets.from_junction, via) | np.isin(streets.to_junction, via)


def _banned(network: Network, arcs: Rows) -> np.ndarray:
    """Return the pairs of arcs, by their rows among `arcs`, that may not follow one another though they meet."""
    row = np.full(network.n_arcs, -1, dtype=np.int64)
    row[arcs] = np.arange(len(arcs))
    allowed = set(zip(row[network.turn_from].tolist(), row[network.turn_to].tolist(), strict=True))
    by_tail: dict[int, list[int]] = {}
    for k, tail in enumerate(network.arc_tail[arcs].tolist()):
        by_tail.setdefault(tail, []).append(k)
    found = [
        (k, after)
        for k, head in enumerate(network.arc_head[arcs].tolist())
        for after in by_tail.get(head, [])
        if (k, after) not in allowed
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 2)
