"""The graph, what is closed in it, and room to work in, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optimizer.engines.circulation.problem import CirculationProblem

I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]
# Arcs of a way round; one that has more is not looked at.
MOST_ARCS = 96
# Counters: closed pairs, gain, rows in the journal.
N_CLOSED, N_JOURNAL = 0, 1


class Ground(NamedTuple):
    """Arcs sorted by their tail: those of node v are `first[v]` to `first[v + 1]`; banned followers of arc a likewise."""

    first: I64
    arcs: I64
    tail: I64
    head: I64
    length_m: F64
    time_s: F64
    x_m: F64
    y_m: F64
    ban_first: I64
    ban_after: I64
    pairs: I64
    gain: F64
    # straight share, limit in metres, limit in seconds
    limits: F64


class State(NamedTuple):
    """What is closed, the way round of each closed arc, and the journal of ways that were replaced."""

    is_closed: npt.NDArray[np.int8]
    choice: I64
    members: I64
    place: I64
    way: I64
    n_way: I64
    journal_pair: I64
    journal_way: I64
    journal_n: I64
    counts: I64
    total: F64


class Room(NamedTuple):
    """Scratch of one search, and lists of a step."""

    far_m: F64
    spent_s: F64
    came: I64
    stamp: I64
    now: I64
    heap_key: F64
    heap_node: I64
    found: I64
    removed: I64
    removed_choice: I64
    removed_n: I64
    removed_way: I64


# Pairs that a step opens at the most.
MOST_OPENED = 12


def ground_for(problem: CirculationProblem, gain: F64) -> Ground:
    """Return the graph of a problem."""
    n = len(problem.xy_m)
    arcs = np.argsort(problem.tail, kind="stable").astype(np.int64)
    first = np.searchsorted(problem.tail[arcs], np.arange(n + 1)).astype(np.int64)
    bans = problem.banned[np.argsort(problem.banned[:, 0], kind="stable")] if len(problem.banned) else problem.banned
    bans = bans.reshape(-1, 2)
    ban_first = np.searchsorted(bans[:, 0], np.arange(len(problem.tail) + 1)).astype(np.int64)
    limits = np.array([problem.straight_share, problem.limit_m, problem.limit_s])
    x_m, y_m = (np.ascontiguousarray(problem.xy_m[:, k]) for k in (0, 1))
    after = np.ascontiguousarray(bans[:, 1]).astype(np.int64)
    return Ground(
        first, arcs, problem.tail, problem.head, problem.length_m, problem.time_s, x_m, y_m, ban_first, after,
        np.ascontiguousarray(problem.pairs), gain, limits,
    )  # fmt: skip


def state_for(problem: CirculationProblem) -> State:
    """Return the state in which nothing is closed."""
    n = problem.n_pairs
    journal = 64 + 4 * n

    def ints(*shape: int) -> I64:
        return np.zeros(shape, dtype=np.int64)

    return State(
        np.zeros(len(problem.tail), dtype=np.int8), ints(n) - 1, ints(n), ints(n) - 1, ints(n, MOST_ARCS), ints(n),
        ints(journal), ints(journal, MOST_ARCS), ints(journal), ints(2), np.zeros(1),
    )  # fmt: skip


def room_for(problem: CirculationProblem) -> Room:
    """Return room to work in."""
    n, k = len(problem.xy_m), MOST_OPENED + 1

    def ints(*shape: int) -> I64:
        return np.zeros(shape, dtype=np.int64)

    size = len(problem.tail) + 2
    return Room(
        np.zeros(n), np.zeros(n), ints(n), ints(n), ints(1), np.zeros(size), ints(size), ints(MOST_ARCS),
        ints(k), ints(k), ints(k), ints(k, MOST_ARCS),
    )  # fmt: skip
