"""Snap places to the nearest point on a street of the network."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from layers.kinds.streets import Streets
from layers.network.graph import Network

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]
Bool = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Snaps:
    """Hold where places meet the network.

    Parameters
    ----------
    street
        Row of the street, shape (n,).
    along
        Position on the street's drawn line, 0 to 1.
    xy_m
        The point on the street, shape (n, 2).
    distance_m
        From the place to it.
    arc
        An arc of that street: the forward one where it may be driven, or the one of the place's own side.
    one_side
        Whether the place is left and reached along `arc` alone, shape (n,); None where none is.
    """

    street: I64
    along: F64
    xy_m: F64
    distance_m: F64
    arc: I64
    one_side: Bool | None = None

    def share(self, network: Network) -> F64:
        """Return the position along each snap's arc, 0 at its start."""
        return np.where(network.arc_forward[self.arc], self.along, 1 - self.along)


def snap(network: Network, streets: Streets, xy_m: F64) -> Snaps:
    """Return the nearest point on the network's streets for each place.

    Parameters
    ----------
    streets
        The layer that the network was built from.
    xy_m
        Shape (n, 2), metres in the city's projection.
    """
    street, along, on, distance_m = nearest_on(streets, np.unique(network.arc_street), xy_m)
    arc = np.array([_any_arc(network, int(r)) for r in street], dtype=np.int64)
    return Snaps(street, along, on, distance_m, arc)


def nearest_on(streets: Streets, rows: I64, xy_m: F64) -> tuple[I64, F64, F64, F64]:
    """Return the nearest point on some streets for each place: row of the street, share along it, point, distance.

    Parameters
    ----------
    rows
        Streets that count, shape (n_rows,).
    xy_m
        Shape (n, 2), metres in the city's projection.
    """
    import shapely

    lines = streets.geometry.shapely[rows]
    points = shapely.points(np.asarray(xy_m, dtype=np.float64).reshape(-1, 2))
    nearest = np.asarray(shapely.STRtree(lines).nearest(points), dtype=np.int64)
    return (rows[nearest], *on_line(lines[nearest], points))


def on_line(lines: NDArray[np.object_], points: NDArray[np.object_]) -> tuple[F64, F64, F64]:
    """Return where points meet their lines: share along each, the point on it, and how far away that is."""
    import shapely

    along = np.nan_to_num(shapely.line_locate_point(lines, points, normalized=True))
    on = shapely.line_interpolate_point(lines, along, normalized=True)
    return along, shapely.get_coordinates(on), shapely.distance(points, on)


def kept_to_side(network: Network, streets: Streets, snaps: Snaps, xy_m: F64, wanted: Bool) -> Snaps:
    """Return snaps of which some are left and reached on the place's own side of the street, in its direction of traffic.

    Traffic keeps right: a place on the right of the drawn line is passed by those who drive along it. Where that direction
    may not be driven, as on a one-way street, the other serves.

    Parameters
    ----------
    snaps, xy_m
        Places on the network, and where they lie themselves, shape (n, 2).
    wanted
        Which of them lie on one side, shape (n,).
    """
    import shapely

    arc = snaps.arc.copy()
    rows = np.flatnonzero(wanted)
    lines = streets.geometry.shapely[snaps.street[rows]]
    size_m = shapely.length(lines)
    at_m = snaps.along[rows] * size_m
    behind, ahead = (
        shapely.get_coordinates(shapely.line_interpolate_point(lines, np.clip(at_m + d, 0.0, size_m))) for d in (-0.5, 0.5)
    )
    heading, aside = ahead - behind, np.asarray(xy_m)[rows] - snaps.xy_m[rows]
    right = heading[:, 0] * aside[:, 1] - heading[:, 1] * aside[:, 0] <= 0
    own = np.array(
        [network.arc_of(int(street), bool(r)) for street, r in zip(snaps.street[rows], right, strict=True)], dtype=np.int64
    )
    arc[rows] = np.where(own >= 0, own, arc[rows])
    one_side = np.zeros(len(arc), dtype=bool)
    one_side[rows] = True
    return replace(snaps, arc=arc, one_side=one_side)


def _any_arc(network: Network, street: int) -> int:
    forward = network.arc_of(street, True)
    return forward if forward >= 0 else network.arc_of(street, False)
