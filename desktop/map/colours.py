"""Colours of routes: those that lie side by side take different ones."""

from __future__ import annotations

import numpy as np

# np.unique would load it at its first call: 50 ms that the window would feel while a plan is shown
import numpy.ma

from layers.geometry import F64, I64

SWEEPS = 3
# So many points of a route, as a rule, lie in one cell of the grid on which neighbours are found.
POINTS_A_CELL = 6


def neighbour_colours(xy: F64, route: I64, n_routes: int, n_colours: int) -> I64:
    """Return the number of a colour for each route, shape (n_routes,).

    Greedy on the graph of routes that share cells of a grid, the most entangled first, then improved in a few sweeps;
    where a route has no neighbour of any colour, the colour that is used least.

    Parameters
    ----------
    xy
        Places along the routes, shape (n, 2), metres.
    route
        Which route each place is on, shape (n,), from 0 to `n_routes` - 1.
    """
    near = _nearness(xy, route, n_routes)
    colours = np.full(n_routes, -1, dtype=np.int64)
    used = np.zeros(n_colours)
    for sweep in range(SWEEPS):
        for number in np.argsort(-near.sum(axis=1), kind="stable").tolist():
            if sweep:
                used[colours[number]] -= 1
                colours[number] = -1
            done = colours >= 0
            clash = np.bincount(colours[done], weights=near[number, done], minlength=n_colours)
            # the clash decides; between equals, how often a colour is used already
            colours[number] = int(np.lexsort((used, clash))[0])
            used[colours[number]] += 1
    return colours


def _nearness(xy: F64, route: I64, n_routes: int) -> F64:
    """Return how many cells each two routes share, over four grids set off against one another by half a cell."""
    near = np.zeros((n_routes, n_routes))
    if not len(xy):
        return near
    low = xy.min(axis=0)
    extent_m2 = max(float(np.prod(np.ptp(xy, axis=0))), 1.0)
    side_m = float(np.sqrt(extent_m2 * POINTS_A_CELL / len(xy)))
    for shift in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
        cell = np.floor((xy - low) / side_m + shift).astype(np.int64)
        # one number for cell and route, which sorts far quicker than rows do
        place = cell[:, 0] * (int(cell[:, 1].max()) + 1) + cell[:, 1]
        place, there = np.divmod(np.unique(place * n_routes + route), n_routes)
        for ahead in range(1, len(place)):
            same = np.flatnonzero(place[ahead:] == place[:-ahead])
            if not len(same):
                break
            np.add.at(near, (there[same], there[same + ahead]), 1.0)
    return near + near.T
