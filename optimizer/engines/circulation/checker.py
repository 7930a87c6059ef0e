"""Is this circulation right? Nothing of the search, no compiled code: each way round again, over open arcs alone."""

from __future__ import annotations

import heapq
from enum import Enum

from optimizer.engines.circulation.problem import BOTH, CirculationProblem, Floats, Ints

_ROUNDING = 1e-3


class CirculationFault(Enum):
    """What can be wrong."""

    SHAPE = "not a choice for each pair"
    CUT_OFF = "no way round"
    TOO_LONG = "the way round is too long"
    TOO_SLOW = "the way round takes too long"


def circulation_faults(problem: CirculationProblem, choice: Ints) -> tuple[tuple[CirculationFault, int, float], ...]:
    """Return what is wrong: the fault, the row of the pair, and by how much the way round is longer, metres or seconds.

    Of all ways round the shortest is measured for its length, and the fastest for its time, each kept to turn bans.
    """
    if choice.shape != (problem.n_pairs,) or ((choice != BOTH) & (choice != 0) & (choice != 1)).any():
        return ((CirculationFault.SHAPE, -1, float("nan")),)
    closed = set(problem.closed_arcs(choice).tolist())
    out: dict[int, list[int]] = {}
    for arc, tail in enumerate(problem.tail.tolist()):
        if arc not in closed:
            out.setdefault(tail, []).append(arc)
    banned = {(int(a), int(b)) for a, b in problem.banned.tolist()}
    found = []
    for row in (choice != BOTH).nonzero()[0].tolist():
        arc = int(problem.pairs[row, choice[row]])
        for cost, limit, wrong in (
            (problem.length_m, problem.limit_m, CirculationFault.TOO_LONG),
            (problem.time_s, problem.limit_s, CirculationFault.TOO_SLOW),
        ):
            own = float(cost[arc])
            least = _least(problem, out, banned, (int(problem.tail[arc]), int(problem.head[arc])), cost, own + limit)
            if least is None:
                found.append((wrong if _reaches(problem, out, arc) else CirculationFault.CUT_OFF, row, float("inf")))
            elif least > own + limit + _ROUNDING:
                found.append((wrong, row, least - own))
    return tuple(found)


def _least(
    problem: CirculationProblem,
    out: dict[int, list[int]],
    banned: set[tuple[int, int]],
    ends: tuple[int, int],
    cost: Floats,
    most: float,
) -> float | None:
    """Return the least cost of a way over open arcs, by arcs so that bans are kept; None beyond `most`."""
    start, goal = ends
    heap = [(float(cost[a]), a) for a in out.get(start, [])]
    heapq.heapify(heap)
    done = set[int]()
    while heap:
        spent, arc = heapq.heappop(heap)
        if spent > most + _ROUNDING:
            return None
        if arc in done:
            continue
        done.add(arc)
        node = int(problem.head[arc])
        if node == goal:
            return spent
        for after in out.get(node, []):
            if after not in done and (arc, after) not in banned:
                heapq.heappush(heap, (spent + float(cost[after]), after))
    return None


def _reaches(problem: CirculationProblem, out: dict[int, list[int]], arc: int) -> bool:
    """Return whether any way leads round, however long."""
    seen, queue = {int(problem.tail[arc])}, [int(problem.tail[arc])]
    while queue:
        for a in out.get(queue.pop(), []):
            node = int(problem.head[a])
            if node not in seen:
                seen.add(node)
                queue.append(node)
    return int(problem.head[arc]) in seen
