"""What leaving an item out costs a solver that may leave items out for a prize, where most value is to be served first."""

from __future__ import annotations

import numpy as np

from layers.layer import F64, Rows

# Beyond so many times the median, value counts no more: for a prize that outweighs what solvers charge for broken rules they
# drive late or overloaded.
MOST_SHARE = 16


def prizes_of(value: Rows, alone: int) -> Rows:
    """Return the prize of each item: more than serving it alone may cost, and that again for each median that it is worth.

    The median, since a few items of enormous value (such as locked ones) would make all others worthless beside the mean.

    Parameters
    ----------
    value
        Of the items, shape (n,).
    alone
        The most that serving one alone may cost.
    """
    share: F64 = np.minimum(value / max(1.0, float(np.median(value)) if len(value) else 1.0), MOST_SHARE)
    return np.asarray(((alone + 1) * (1 + share)).astype(np.int64))
