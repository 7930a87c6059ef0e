"""Read public instances of facility location, written apart from the product's reader: nothing here comes from it."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True)
class Ground:
    """What a file says; `cost` holds, for each customer, what serving all of it from each site costs.

    For p-medians `n_open` sites are open; else 0, and each has a capacity and a cost.
    """

    family: str
    capacity: tuple[Decimal, ...]
    fixed: tuple[Decimal, ...]
    demand: tuple[Decimal, ...]
    cost: tuple[tuple[Decimal, ...], ...]
    n_open: int = 0


def read(path: Path, capacity: int | None = None) -> Ground:
    """Read a file of the families cap, sscflp and pmed."""
    lines = [line.split() for line in path.read_text(encoding="ascii").splitlines() if line.strip()]
    if len(lines[0]) == 3:
        return _median(lines)
    words = [str(capacity) if word == "capacity" and capacity else word for line in lines for word in line]
    figures = [Decimal(word) for word in words]
    m, n = int(figures[0]), int(figures[1])
    if len(lines[1]) == 2:
        limits, fixed = figures[2 : 2 + 2 * m : 2], figures[3 : 2 + 2 * m : 2]
        rows = [figures[2 + 2 * m + i * (m + 1) :][: m + 1] for i in range(n)]
        demand, cost = [row[0] for row in rows], [tuple(row[1:]) for row in rows]
        return Ground("cap", tuple(limits), tuple(fixed), tuple(demand), tuple(cost))
    limits, fixed, demand = figures[2 : 2 + m], figures[2 + m : 2 + 2 * m], figures[2 + 2 * m : 2 + 2 * m + n]
    cost = [tuple(figures[2 + 2 * m + n + i * m :][:m]) for i in range(n)]
    return Ground("sscflp", tuple(limits), tuple(fixed), tuple(demand), tuple(cost))


def _median(lines: list[list[str]]) -> Ground:
    n, _, p = (int(word) for word in lines[0])
    ways: list[dict[int, int]] = [{} for _ in range(n)]
    for line in lines[1:]:
        u, v, length = (int(word) for word in line)
        ways[u - 1][v - 1] = ways[v - 1][u - 1] = length  # of an edge that is repeated the last counts
    zero, one = (Decimal(0),) * n, (Decimal(1),) * n
    return Ground("pmed", zero, zero, one, tuple(_from(u, ways) for u in range(n)), p)


def _from(start: int, ways: list[dict[int, int]]) -> tuple[Decimal, ...]:
    """Return the lengths of the shortest paths from a vertex (Dijkstra 1959)."""
    found = [math.inf] * len(ways)
    found[start] = 0
    heap = [(0, start)]
    while heap:
        far, u = heapq.heappop(heap)
        if far > found[u]:
            continue
        for v, length in ways[u].items():
            if far + length < found[v]:
                found[v] = far + length
                heapq.heappush(heap, (far + length, v))
    return tuple(Decimal(x) if x < math.inf else Decimal("Infinity") for x in found)
