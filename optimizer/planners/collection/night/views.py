"""How types of vehicle see the city in a round: the streets that they drive, and where places meet those."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.kinds.streets import Streets
from layers.layer import F64, Bool, Rows
from layers.network import Network, Router, Snaps, kept_to_side, snap
from optimizer.ground.networks import Networks, reach_of
from optimizer.ground.places import Place, xy_of
from optimizer.planners.collection.night.points import Points


@dataclass(frozen=True, eq=False)
class View:
    """Hold what vehicles that drive alike find in a round.

    Places are numbered: the waste points, then depots, then stations.

    Parameters
    ----------
    network, router
        What they drive, and their fastest ways there.
    places
        Where each place meets the network; meaningless where it does not.
    there
        Which places do, shape (n_places,).
    names
        Of the network's arcs, as `Leg.path` writes them.
    reach
        Arc of each street against and along its line, shape (n_streets, 2); -1 where there is none.
    """

    network: Network
    router: Router
    places: Snaps
    there: Bool
    names: tuple[str, ...]
    reach: Rows


def take(places: Snaps, rows: Rows) -> Snaps:
    """Return some snaps."""
    one_side = None if places.one_side is None else places.one_side[rows]
    return Snaps(
        places.street[rows], places.along[rows], places.xy_m[rows], places.distance_m[rows], places.arc[rows], one_side
    )


def view_of(
    network: Network, streets: Streets, points: Points, xy_m: F64, facilities: tuple[Place, ...], snap_m: float
) -> View:
    """Return how vehicles of a network see all places.

    Parameters
    ----------
    xy_m
        Of the waste points, shape (n_points, 2).
    facilities
        Depots, then stations.
    snap_m
        Farthest that a facility may lie from a street.
    """
    near = snap(network, streets, xy_of(facilities))
    arc = np.array([_arc(network, int(s)) for s in points.street], dtype=np.int64)
    own = Snaps(points.street, points.along, points.on_xy_m, points.distance_m, np.maximum(arc, 0))
    own = kept_to_side(network, streets, own, xy_m, points.one_side & (arc >= 0))
    n = len(facilities)
    assert own.one_side is not None
    joined = Snaps(
        np.concatenate([own.street, near.street]),
        np.concatenate([own.along, near.along]),
        np.concatenate([own.xy_m, near.xy_m]),
        np.concatenate([own.distance_m, near.distance_m]),
        np.concatenate([own.arc, near.arc]),
        np.concatenate([own.one_side, np.zeros(n, dtype=bool)]),
    )
    there = np.concatenate([arc >= 0, near.distance_m <= snap_m])
    ids = streets.ids[network.arc_street].tolist()
    names = tuple(i if f else f"-{i}" for i, f in zip(ids, network.arc_forward.tolist(), strict=True))
    return View(network, Router(network), joined, there, names, reach_of(network, streets))


def _arc(network: Network, street: int) -> int:
    if street < 0:
        return -1
    forward = network.arc_of(street, True)
    return forward if forward >= 0 else network.arc_of(street, False)


def drivable(networks: Networks, n_streets: int) -> Bool:
    """Return the streets that some vehicle may enter in some round, shape (n_streets,)."""
    mask = np.zeros(n_streets, dtype=bool)
    for network in (n for row in networks for n in row if n is not None):
        mask[network.arc_street] = True
    return mask


def alike(a: Network, b: Network) -> bool:
    """Return whether two networks have the same streets at the same speeds."""
    same = a.n_arcs == b.n_arcs and np.array_equal(a.arc_street, b.arc_street)
    return bool(same and np.array_equal(a.arc_forward, b.arc_forward) and np.array_equal(a.arc_time_s, b.arc_time_s))
