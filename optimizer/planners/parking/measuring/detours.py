"""Are homes still reached once streets are one-way, and how far round is driven? From the streets alone, for every mover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse.csgraph import dijkstra

from layers.city import City
from layers.kinds.streets import Oneway, Streets
from layers.network import Network, build
from layers.network.sparse import cheapest_edges
from optimizer.planners.parking.reading.driving import movers_of
from optimizer.planners.parking.reading.ground import Ground

_ROUNDING_M = 0.01


@dataclass(frozen=True, slots=True)
class Detours:
    """Hold what one-ways do to driving.

    Parameters
    ----------
    cut_off
        Streets that some mover reached and no longer does.
    too_far
        Streets made one-way against whose old direction the way round is beyond the limits, with how much longer it is;
        infinite where there is none.
    longest_m
        The longest way round of all movers, beyond the street's own length.
    """

    cut_off: tuple[str, ...]
    too_far: tuple[tuple[str, float], ...]
    longest_m: float

    @property
    def n_broken(self) -> int:
        """Streets that are cut off or too far round."""
        return len({*self.cut_off, *(item for item, _ in self.too_far)})


def with_one_ways(city: City, directions: Mapping[str, str]) -> City:
    """Return the city with some streets made one-way, ``forward`` or ``backward`` along their lines."""
    streets = city[Streets]
    oneway = np.array(streets.oneway)
    for item, direction in directions.items():
        if item in streets.row_of:
            oneway[streets.row_of[item]] = Oneway.FORWARD if direction == "forward" else Oneway.BACKWARD
    return city.with_layers(replace(streets, oneway=oneway.astype(streets.oneway.dtype)))


def detours_of(ground: Ground, directions: Mapping[str, str]) -> Detours:
    """Return what is cut off, and how far round is driven.

    Parameters
    ----------
    directions
        Of the streets that a plan makes one-way, by id.
    """
    if not directions:
        return Detours((), (), 0.0)
    after_city, cut, far, longest_m = with_one_ways(ground.city, directions), set[str](), dict[str, float](), 0.0
    for mover in movers_of(ground.params):
        before, after = build(ground.city, mover), build(after_city, mover)
        cut |= set(_streets(ground, before)) - set(_streets(ground, after))
        for item, extra_m, extra_s in _rounds(ground, (before, after), directions):
            longest_m = max(longest_m, extra_m if np.isfinite(extra_m) else longest_m)
            if extra_m > ground.params.detour_m + _ROUNDING_M or extra_s > ground.params.detour_s + _ROUNDING_M:
                far[item] = max(far.get(item, 0.0), extra_m)
    return Detours(tuple(sorted(cut)), tuple(sorted(far.items())), longest_m)


def _streets(ground: Ground, network: Network) -> list[str]:
    rows: list[str] = ground.streets.ids[np.unique(network.arc_street)].tolist()
    return rows


def _rounds(
    ground: Ground, networks: tuple[Network, Network], directions: Mapping[str, str]
) -> list[tuple[str, float, float]]:
    """Return each street made one-way that a mover drove both ways: metres and seconds that the way round is longer."""
    before, after = networks
    row_of = ground.streets.row_of
    found = []
    graphs = [
        cheapest_edges(after.arc_tail, after.arc_head, cost, after.n_nodes)
        for cost in (after.arc_length_m, after.arc_time_s)
    ]
    wanted = []
    for item, direction in directions.items():
        arc = before.arc_of(row_of[item], direction != "forward") if item in row_of else -1
        if arc >= 0:
            wanted.append((item, arc))
    tails = np.array([before.arc_tail[arc] for _, arc in wanted], dtype=np.int64)
    if not len(tails):
        return []
    starts, which = np.unique(tails, return_inverse=True)
    limit = (
        float(max(before.arc_length_m[a] for _, a in wanted)) + ground.params.detour_m + 1.0,
        float(max(before.arc_time_s[a] for _, a in wanted)) + ground.params.detour_s + 1.0,
    )
    least = [dijkstra(g, indices=starts, limit=most) for g, most in zip(graphs, limit, strict=True)]
    for k, (item, arc) in enumerate(wanted):
        head = int(before.arc_head[arc])
        extra_m = float(least[0][which[k], head] - before.arc_length_m[arc])
        extra_s = float(least[1][which[k], head] - before.arc_time_s[arc])
        found.append((item, extra_m, extra_s))
    return found
