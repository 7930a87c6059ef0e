"""Add up by group."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sample_city.terrain import F64


def sums(group: NDArray[np.int64], weights: F64, n: int) -> F64:
    """Return the sum of the weights of each of `n` groups, shape (n,)."""
    return np.bincount(group, weights=weights, minlength=n).astype(np.float64)
