"""Build the routable view of a city's streets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from layers.city import City
from layers.errors import NetworkError
from layers.junction_xy import junction_xy_m
from layers.kinds.junctions import Turns
from layers.kinds.streets import Oneway, Streets
from layers.network.graph import LeftOut, Network
from layers.network.mover import Mover, TurnCosts
from layers.network.turning import Arcs, banned_turns, turn_pairs, turn_times_s
from layers.network.usable import refusals, speeds_mps
from layers.text import Text

I64 = NDArray[np.int64]
Bool = NDArray[np.bool_]


def build(city: City, mover: Mover, *, at_s: float | None = None, turn_costs: TurnCosts | None = None) -> Network:
    """Return what a mover can drive, as one strongly connected network with turn costs and bans.

    Parameters
    ----------
    at_s
        Time of day, seconds after midnight, for bans and speeds by hour; None ignores both.
    turn_costs
        Defaults to those of a truck in right-hand traffic; walkers turn for nothing.

    Raises
    ------
    NetworkError
        Where no street is left for the mover.
    """
    streets = city[Streets]
    costs = turn_costs or (TurnCosts(0, 0, 0, 0) if mover.walker else TurnCosts())
    usable, left_out = refusals(streets, mover, at_s)
    usable, blank = _without_ends(streets, usable)
    node_ids, ends = np.unique(np.concatenate([streets.from_junction, streets.to_junction]), return_inverse=True)
    arcs = _arcs(streets, usable, mover, ends)
    if len(arcs.street) == 0:
        raise _no_street(mover, len(streets), left_out)
    before, after = turn_pairs(arcs, len(node_ids))
    time_s = turn_times_s(arcs, (before, after), streets.geometry, costs)
    allowed = np.isfinite(time_s)
    if not mover.walker:
        node_row = {str(k): i for i, k in enumerate(node_ids.tolist())}
        allowed &= ~banned_turns(arcs, (before, after), streets, city[Turns], node_row)
    before, after, time_s = before[allowed], after[allowed], time_s[allowed]
    length_m = np.where(np.isnan(streets.length_m), streets.geometry.lengths_m(), streets.length_m)
    keep = _connected(arcs, before, after, length_m[arcs.street])
    new_row = np.cumsum(keep) - 1
    turn_kept = keep[before] & keep[after]
    islands = usable.copy()
    islands[arcs.street[keep]] = False
    cut_off = tuple(LeftOut(str(i), "not_connected", np.nan, np.nan) for i in streets.ids[islands])
    arcs = arcs.take(keep)
    drive_s = length_m / speeds_mps(streets, mover, at_s)
    return Network(
        mover=mover,
        node_ids=node_ids,
        node_xy_m=junction_xy_m(streets, ends, len(node_ids)),
        arc_street=arcs.street,
        arc_forward=arcs.forward,
        arc_tail=arcs.tail,
        arc_head=arcs.head,
        arc_length_m=length_m[arcs.street],
        arc_time_s=drive_s[arcs.street],
        turn_from=new_row[before[turn_kept]],
        turn_to=new_row[after[turn_kept]],
        turn_time_s=time_s[turn_kept],
        left_out=left_out + blank + cut_off,
    )


def _without_ends(streets: Streets, usable: Bool) -> tuple[Bool, tuple[LeftOut, ...]]:
    """Return the usable streets that have both ends and a line, and the others."""
    n_points = np.diff(streets.geometry.offsets[0])
    blank = usable & ((streets.from_junction == "") | (streets.to_junction == "") | (n_points < 2))
    return usable & ~blank, tuple(LeftOut(str(i), "no_junction", np.nan, np.nan) for i in streets.ids[blank])


def _arcs(streets: Streets, usable: Bool, mover: Mover, ends: I64) -> Arcs:
    n = len(streets)
    rows = np.arange(n)
    along = usable & (mover.walker | (streets.oneway != Oneway.BACKWARD))
    against = usable & (mover.walker | (streets.oneway != Oneway.FORWARD))
    return Arcs(
        street=np.concatenate([rows[along], rows[against]]),
        forward=np.concatenate([np.ones(along.sum(), dtype=bool), np.zeros(against.sum(), dtype=bool)]),
        tail=np.concatenate([ends[:n][along], ends[n:][against]]),
        head=np.concatenate([ends[n:][along], ends[:n][against]]),
    )


def _connected(arcs: Arcs, before: I64, after: I64, length_m: NDArray[np.float64]) -> Bool:
    """Return which arcs lie in the longest strongly connected part, by length."""
    n = len(arcs.street)
    graph = csr_matrix((np.ones(len(before), dtype=np.int8), (before, after)), shape=(n, n))
    _, part = connected_components(graph, directed=True, connection="strong")
    return np.asarray(part == np.argmax(np.bincount(part, weights=length_m)))


def _no_street(mover: Mover, n_streets: int, left_out: tuple[LeftOut, ...]) -> NetworkError:
    reasons = {reason: sum(x.reason == reason for x in left_out) for reason in sorted({x.reason for x in left_out})}
    listed = ", ".join(f"{k}: {v}" for k, v in reasons.items()) or "0"
    zh = f"“{mover.key}”没有可通行的道路：共 {n_streets} 段，排除 {listed}；请检查路宽、限高和车辆尺寸"
    return NetworkError(
        Text(zh, f"no street for {mover.key!r}: of {n_streets} streets, left out {listed}; check widths and the vehicle")
    )
