"""Shares of people, and how unevenly something is shared."""

from __future__ import annotations

import numpy as np

from layers.layer import F64, Bool

_PERCENT = 100.0


def share_pct(n_people: F64, has: Bool) -> float | None:
    """Return the share of people that have something, percent; None where there is nobody.

    Parameters
    ----------
    n_people, has
        By place, shape (n,).
    """
    total = float(n_people.sum())
    return _PERCENT * float(n_people[has].sum()) / total if total > 0 else None


def gini(values: F64, n_people: F64) -> float | None:
    """Return the Gini coefficient of a figure that people have, 0 where all have the same; None without people.

    Half the mean difference of two people's figures over their mean (Gini 1912), with people for weights.

    Parameters
    ----------
    values
        Of each place, 0 or more, shape (n,).
    n_people
        Who have it, shape (n,).
    """
    order = np.argsort(values, kind="stable")
    x, w = values[order], n_people[order]
    total, whole = float(w.sum()), float((x * w).sum())
    if total <= 0:
        return None
    if whole <= 0:
        return 0.0
    before = np.cumsum(w) - w / 2
    return float(2 * (x * w * before).sum() / (total * whole) - 1)
