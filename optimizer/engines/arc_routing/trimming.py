"""Leave out of a tour for which there is no time what is worth least by the second that it takes."""

from __future__ import annotations

import numpy as np

from layers.layer import F64
from optimizer.engines.arc_routing.problem import UNREACHABLE, IntArray

# Tasks with no longer way between them, as a share of the mean time of serving one, belong to one run of at most so many.
# Runs are to go straight on: with 0.15, where runs turn corners, first plans left 12 % more value of a city unserved.
SHORT_LINK, LONGEST_RUN = 0.02, 10


def trimmed(link_s: IntArray, serve_s: IntArray, value: IntArray, n_done: int) -> IntArray:
    """Return the places of a tour that stay: what there is time for, without the runs that are worth least by the second.

    A run is a few tasks that follow one another with hardly a way between them, together with those that lead back along
    them: a kerb that is swept without the one opposite has to be driven back from. What its ways take longer than passing it
    by counts with it, so that what lies apart goes before what lies on the way.

    Parameters
    ----------
    link_s
        Seconds from each task to each other, in the tour's order, shape (n, n).
    serve_s, value
        Of each task, shape (n,).
    n_done
        Tasks from the tour's beginning for which there was time.
    """
    way_s = np.append(0, np.diagonal(link_s, 1))
    begins = way_s > SHORT_LINK * serve_s.mean()
    begins[0] = True
    run = np.cumsum(begins) - 1
    place = np.arange(len(serve_s)) - np.flatnonzero(begins)[run]
    run = np.unique(run * (len(serve_s) + 1) + place // LONGEST_RUN, return_inverse=True)[1]
    run = np.unique(np.minimum(run, run[ways_back(link_s)]), return_inverse=True)[1]
    of_run_s = np.bincount(run, weights=serve_s)
    time_s = np.maximum(of_run_s + saved_s(link_s, run), of_run_s / 2)
    worth = np.bincount(run, weights=value) / np.maximum(time_s, 1e-9)
    best = np.argsort(-worth, kind="stable")
    share_done = (serve_s + way_s)[:n_done].sum() / (serve_s + way_s).sum()
    kept = np.zeros(len(best), dtype=bool)
    kept[best] = np.cumsum(time_s[best]) <= share_done * time_s.sum()
    return np.flatnonzero(kept[run])


def saved_s(link_s: IntArray, run: IntArray) -> F64:
    """Return by how much the ways of a tour get shorter without each run, shape (n_runs,), seconds.

    Parameters
    ----------
    link_s
        As in `trimmed`.
    run
        Number of each task's run, shape (n,); its tasks need not follow one another.
    """
    first = np.flatnonzero(np.diff(run, prepend=-1))
    last = np.append(first[1:], len(run)) - 1
    saved = np.zeros(len(first), dtype=np.int64)
    before, behind = first > 0, last < len(run) - 1
    saved[before] += link_s[first[before] - 1, first[before]]
    saved[behind] += link_s[last[behind], last[behind] + 1]
    inside = before & behind
    saved[inside] -= link_s[first[inside] - 1, last[inside] + 1]
    return np.asarray(np.bincount(run[first], weights=saved), dtype=np.float64)


def ways_back(link_s: IntArray) -> IntArray:
    """Return for each task the one that leads back to where it begins, shape (n,); itself where that one leads elsewhere.

    Parameters
    ----------
    link_s
        Seconds from each task to each other, shape (n, n).
    """
    n = len(link_s)
    ring_s = link_s.astype(np.int64) + link_s.T
    np.fill_diagonal(ring_s, 4 * UNREACHABLE)
    back = np.argmin(ring_s, axis=1)
    here = np.arange(n)
    found: IntArray = np.where(back[back] == here, back, here)
    return found
