from __future__ import annotations

import numpy as np

from desktop.map.colours import neighbour_colours


def patches(n_side: int, n_each: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """Return places on a square of n x n routes, each in its own patch of 100 m."""
    rng = np.random.default_rng(1)
    route = np.repeat(np.arange(n_side**2), n_each)
    corner = np.column_stack([route // n_side, route % n_side]) * 100.0
    return corner + rng.random((len(route), 2)) * 100, route


def test_patches_that_share_a_side_differ() -> None:
    colours = neighbour_colours(*patches(6), 36, 8).reshape(6, 6)
    assert (colours[1:] != colours[:-1]).all()
    assert (colours[:, 1:] != colours[:, :-1]).all()


def test_routes_that_lie_on_one_another_differ_while_colours_last() -> None:
    xy = np.tile(np.arange(50.0)[:, None] * [1, 0], (8, 1))
    assert sorted(neighbour_colours(xy, np.repeat(np.arange(8), 50), 8, 8).tolist()) == list(range(8))


def test_colours_are_used_evenly_where_nothing_is_near() -> None:
    xy = np.arange(16.0)[:, None] * [1e6, 1e6]
    counts = np.bincount(neighbour_colours(xy, np.arange(16), 16, 8), minlength=8)
    assert counts.tolist() == [2] * 8


def test_a_route_without_places_still_gets_a_colour() -> None:
    assert neighbour_colours(np.empty((0, 2)), np.empty(0, dtype=np.int64), 2, 8).tolist() == [0, 1]
    assert len(neighbour_colours(np.empty((0, 2)), np.empty(0, dtype=np.int64), 0, 8)) == 0
