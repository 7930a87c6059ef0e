"""What a plan is judged by: one number, smaller is better."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from layers.layer import F64
from optimizer.planners.toilets.reading.ground import Ground
from optimizer.planners.toilets.search.sites import FAR_POINTS, NEAR_POINTS, weights
from optimizer.planners.toilets.search.sizes import largest_sizes


def objective(ground: Ground, built: Iterable[int], length_m: F64) -> float:
    """Return the objective of building at some candidates.

    Where most people are to be within reach: less their points, two for each who has a toilet near, one for each other
    within reach, crowd places counting within their limit alone. Where all are to be within reach: what the new toilets
    cost at their largest.

    Parameters
    ----------
    built
        Rows of the candidates.
    length_m
        Everyone's way to the nearest toilet, shape (n_people,).
    """
    params = ground.params
    if params.aim == "all":
        sizes = largest_sizes(ground)
        return float(sum(round(sizes[row].cost_yuan) for row in built))
    weight, _ = weights(ground)
    limit_m = np.where(ground.people.is_crowd, params.crowd_m, np.inf)
    points = (
        np.where(length_m <= params.near_m + 1e-6, NEAR_POINTS, FAR_POINTS) if params.near_m < params.far_m else FAR_POINTS
    )
    points = np.where((length_m <= params.far_m + 1e-6) & (length_m <= limit_m + 1e-6), points, 0)
    return 0.0 - float((weight * points).sum())
