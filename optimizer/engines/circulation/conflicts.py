"""Which closed arcs together leave an arc without a way round: a cut for whoever chooses arcs by a programme."""

from __future__ import annotations

import heapq

from optimizer.engines.circulation.problem import CirculationProblem

_ROUNDING = 1e-6


class Conflicts:
    """Find conflicts among closed arcs of one problem; a graph is laid out once."""

    def __init__(self, problem: CirculationProblem) -> None:
        self._problem = problem
        self._tail, self._head = problem.tail.tolist(), problem.head.tolist()
        self._cost = (problem.length_m.tolist(), problem.time_s.tolist())
        self._limit = (problem.limit_m, problem.limit_s)
        self._out: list[list[int]] = [[] for _ in range(len(problem.xy_m))]
        for arc, tail in enumerate(self._tail):
            self._out[tail].append(arc)
        self._banned = {(int(a), int(b)) for a, b in problem.banned.tolist()}

    def of(self, arc: int, closed: frozenset[int]) -> tuple[int, ...]:
        """Return closed arcs, this one among them, that must not all be closed; empty where it has its ways round.

        None of them can be left out: with any of the others open the arc has both ways within the limits.

        Parameters
        ----------
        arc
            Closed.
        closed
            All closed arcs.
        """
        for which in (0, 1):
            if self._has_way(arc, closed, which):
                continue
            own = self._within(arc, closed, which)
            for other in sorted(own - {arc}):
                if not self._has_way(arc, frozenset(own - {other}), which):
                    own = own - {other}
            return tuple(sorted(own))
        return ()

    def _within(self, arc: int, closed: frozenset[int], which: int) -> frozenset[int]:
        """Return the closed arcs that a search round the arc meets, were all others open."""
        met = {arc}
        while True:
            found = self._search(arc, frozenset(met), which)
            new = (found & closed) - met
            if not new:
                return frozenset(met)
            met |= new

    def _search(self, arc: int, closed: frozenset[int], which: int) -> frozenset[int]:
        """Return all arcs that can be driven from the arc's tail within its limit."""
        most, seen = self._cost[which][arc] + self._limit[which] + _ROUNDING, set[int]()
        heap = [(self._cost[which][a], a) for a in self._out[self._tail[arc]] if a not in closed]
        heapq.heapify(heap)
        while heap:
            spent, a = heapq.heappop(heap)
            if a in seen or spent > most:
                continue
            seen.add(a)
            for after in self._out[self._head[a]]:
                if after not in closed and after not in seen and (a, after) not in self._banned:
                    heapq.heappush(heap, (spent + self._cost[which][after], after))
        return frozenset(seen)

    def _has_way(self, arc: int, closed: frozenset[int], which: int) -> bool:
        goal = self._head[arc]
        return any(self._head[a] == goal for a in self._search(arc, closed | {arc}, which))
