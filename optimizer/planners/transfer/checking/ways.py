"""Lengths on the streets, by Dijkstra's algorithm over arcs and turns: another way than the hierarchy that plans use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from layers.kinds.facilities import PlantKind, Plants, WastePoints
from layers.kinds.streets import Streets
from layers.layer import F64, Bool
from layers.network import Mover, Network, snap
from layers.text import Text
from optimizer.check import object_of
from optimizer.ground.fleet import in_service
from optimizer.plan import Assignment, Plan, PlanFault
from resources.inventory import VehicleKind, VehicleType

if TYPE_CHECKING:
    from optimizer.planners.transfer.checking.ground import Ground

# Lengths are packed into coarse units on large networks.
_REL, _ABS_M = 0.02, 60.0
# Times are rounded to a tenth of a second for each arc and turn, so that ways count as equally fast that differ by less than
# two seconds a kilometre.
_SAME_S_M = 2e-3


def truck(ground: Ground) -> VehicleType:
    """Return the type of vehicle that brings waste to stations."""
    inventory = ground.scenario.inventory
    if ground.params.haul_type:
        return inventory.type_of[ground.params.haul_type]
    types = in_service(inventory, (VehicleKind.COLLECTION, VehicleKind.BIN_LIFTER))
    collecting = [v for v in types if v.kind is VehicleKind.COLLECTION] or list(types)
    return sorted(collecting, key=lambda v: (v.least_street_width_m, -v.hopper_kg, v.key))[0]


def onward_mover(ground: Ground) -> Mover:
    """Return the truck that hauls on to plants."""
    return Mover("转运车", 16.0, 2.55, 3.6, ground.params.onward_weight_kg, 3.5)


_FOOD = (PlantKind.FOOD_WASTE, PlantKind.INCINERATOR, PlantKind.LANDFILL, PlantKind.UNKNOWN)
_OTHERS = (PlantKind.INCINERATOR, PlantKind.LANDFILL, PlantKind.UNKNOWN)


def taking_plants(ground: Ground, mark: str) -> set[int]:
    """Return the rows of the plants that take a stream: of the first kind that there is."""
    kinds = ground.city[Plants].plant.tolist()
    first = next((kind for kind in (_FOOD if mark == "FOOD" else _OTHERS) if kind in kinds), None)
    return {row for row, kind in enumerate(kinds) if kind == first}


def lengths_to_m(network: Network, streets: Streets, origins: F64, target: F64, *, per_m_s: float = 0.0) -> F64:
    """Return the lengths of the fastest ways to one place, shape (n_origins,): one search backwards from it.

    Parameters
    ----------
    origins, target
        Shapes (n_origins, 2) and (2,), metres.
    per_m_s
        Added to the time of every metre: of ways that are equally fast this finds a short one, below 0 a long one.
    """
    tilted = replace(network, arc_time_s=network.arc_time_s + per_m_s * network.arc_length_m)
    starts, end = snap(network, streets, origins), snap(network, streets, target[None, :])
    there = int(end.street[0]), float(end.along[0])
    behind = _behind(tilted, _graph(tilted), _arcs(network, *there))
    places = zip(starts.street.tolist(), starts.along.tolist(), strict=True)
    return np.array([_from(tilted, behind, place, there) for place in places], dtype=np.float64)


def _graph(network: Network) -> csr_matrix:
    """Return arcs joined backwards: from an arc to those before it, each at the time of driving that one and the turn."""
    n = network.n_arcs
    taken_s = network.arc_time_s[network.turn_from] + network.turn_time_s
    return csr_matrix((np.maximum(taken_s, 1e-9), (network.turn_to, network.turn_from)), shape=(n, n))


def _arcs(network: Network, street: int, along: float) -> list[tuple[int, float]]:
    """Return the arcs of a street, and the share of each that lies before a place on it."""
    pairs = ((network.arc_of(street, True), along), (network.arc_of(street, False), 1 - along))
    return [(arc, share) for arc, share in pairs if arc >= 0]


def _behind(network: Network, graph: csr_matrix, arcs: list[tuple[int, float]]) -> tuple[F64, F64]:
    """Return time and length from the start of each arc to a place, given the arcs that it lies on."""
    best_s, best_m = np.full(network.n_arcs, np.inf), np.full(network.n_arcs, np.inf)
    for arc, share in arcs:
        time_s, before = dijkstra(graph, indices=[arc], return_predecessors=True)
        time_s, before = time_s[0], before[0]
        length_m = np.zeros(network.n_arcs)
        for k in np.argsort(time_s, kind="stable").tolist():
            if before[k] >= 0:
                length_m[k] = length_m[before[k]] + network.arc_length_m[k]
        last_s, last_m = share * network.arc_time_s[arc], share * network.arc_length_m[arc]
        better = time_s + last_s < best_s
        best_s = np.where(better, time_s + last_s, best_s)
        best_m = np.where(better, length_m + last_m, best_m)
    return best_s, best_m


def _from(network: Network, behind: tuple[F64, F64], start: tuple[int, float], end: tuple[int, float]) -> float:
    """Return the length from one place to another, straight along their street where that is quickest; infinite for none.

    Parameters
    ----------
    start, end
        Row of the street, and share along its drawn line.
    """
    best = (np.inf, np.inf)
    for arc, share in _arcs(network, *start):
        time_s = float(behind[0][arc]) - share * float(network.arc_time_s[arc])
        if time_s >= 0:
            best = min(best, (time_s, float(behind[1][arc]) - share * float(network.arc_length_m[arc])))
    ahead = end[1] - start[1]
    arc = network.arc_of(start[0], ahead >= 0)
    if end[0] == start[0] and arc >= 0:
        best = min(best, (abs(ahead) * float(network.arc_time_s[arc]), abs(ahead) * float(network.arc_length_m[arc])))
    return best[1]


def way_faults(ground: Ground, plan: Plan) -> Iterator[PlanFault]:
    """Name assignments whose length on the streets is another."""
    points, plants = ground.city[WastePoints], ground.city[Plants]
    own: dict[str, list[Assignment]] = {}
    for a in plan.assignments:
        own.setdefault(a.server, []).append(a)
    for server, there in own.items():
        if server in ground.sites:
            known = [a for a in there if object_of(a.item) in points.row_of]
            origins = points.geometry.coords[[points.row_of[object_of(a.item)] for a in known]]
            yield from _differing(ground, ground.haul_network, known, (origins, _place(ground, server)))
        elif server in plants.row_of:
            known = [a for a in there if object_of(a.item) in ground.sites]
            origins = np.array([_place(ground, object_of(a.item)) for a in known]).reshape(-1, 2)
            yield from _differing(
                ground, ground.onward_network, known, (origins, plants.geometry.coords[plants.row_of[server]])
            )


def _place(ground: Ground, site: str) -> F64:
    import shapely

    return np.asarray(shapely.get_coordinates(shapely.point_on_surface(ground.sites[site].shape))[0], dtype=np.float64)


def _differing(ground: Ground, network: Network, known: list[Assignment], ends: tuple[F64, F64]) -> Iterator[PlanFault]:
    if not known:
        return
    streets = ground.city[Streets]
    again_m = lengths_to_m(network, streets, *ends)
    given_m = np.array([a.distance_m for a in known])
    off = np.flatnonzero(np.isfinite(again_m) & _apart(given_m, again_m))
    if not len(off):
        return
    ways_m = [lengths_to_m(network, streets, ends[0][off], ends[1], per_m_s=tilt) for tilt in (_SAME_S_M, -_SAME_S_M)]
    shortest_m, longest_m = np.minimum(*ways_m), np.maximum(*ways_m)
    nearest_m = np.clip(given_m[off], np.minimum(shortest_m, again_m[off]), np.maximum(longest_m, again_m[off]))
    for k in off[_apart(given_m[off], nearest_m)].tolist():
        a, length_m = known[k], float(again_m[k])
        zh = f"{a.item} 到 {a.server} 记为 {a.distance_m:.0f} m，路网上为 {length_m:.0f} m"
        en = f"{a.item} to {a.server} is given as {a.distance_m:.0f} m, on the streets it is {length_m:.0f} m"
        yield PlanFault("wrong_distance", a.item, Text(zh, en))


def _apart(given_m: F64, found_m: F64) -> Bool:
    """Tell which lengths differ by more than what packing them makes."""
    apart: Bool = np.abs(given_m - found_m) > _REL * found_m + _ABS_M
    return apart
