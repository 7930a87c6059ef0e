"""Judge a solution of an arc-routing instance from the instance file and the solution alone.

Nothing here comes from the product: files are read by `files`, ways are found here, street by street, so that turns are
counted as they are driven.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.independent.files import Line, Sheet, read, turn

# Where a vehicle is: at a place (no street behind it that a turn would be counted from), or at the end of a way.
Place = tuple[str, int]


@dataclass
class Judge:
    """Recomputes what a solution costs and what is wrong with it."""

    sheet: Sheet
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Ways: each street in each direction. `mate` is the same street in the other direction.
        self.ways: list[tuple[int, int, Line, bool]] = []
        self.mate: dict[int, int] = {}
        self.way_of: dict[tuple[int, bool], int] = {}
        for line in self.sheet.lines:
            self.ways.append((line.tail, line.head, line, True))
            self.way_of[id(line), True] = len(self.ways) - 1
            if line.two_way:
                self.ways.append((line.head, line.tail, line, False))
                self.way_of[id(line), False] = len(self.ways) - 1
                self.mate[len(self.ways) - 1] = len(self.ways) - 2
                self.mate[len(self.ways) - 2] = len(self.ways) - 1
        self.leaving: dict[int, list[int]] = {}
        for k, (tail, _, _, _) in enumerate(self.ways):
            self.leaving.setdefault(tail, []).append(k)
        self.found: dict[Place, dict[Place, int]] = {}
        self.penalties: dict[tuple[int, int], int] = {}

    def penalty(self, before: int, after: int) -> int:
        """Return what turning from one way into another costs."""
        if not self.sheet.penalties:
            return 0
        if (before, after) not in self.penalties:
            self.penalties[before, after] = self._penalty(before, after)
        return self.penalties[before, after]

    def _penalty(self, before: int, after: int) -> int:
        if self.mate.get(before) == after:
            return self.sheet.penalties[3]
        (_, _, a, a_there), (_, _, b, b_there) = self.ways[before], self.ways[after]
        kind = turn(a.shape if a_there else a.shape[::-1], b.shape if b_there else b.shape[::-1])
        return self.sheet.penalties[kind]

    def onward(self, place: Place) -> Iterator[tuple[Place, int]]:
        """Return what can be reached by one more way, and its cost."""
        kind, k = place
        node = k if kind == "place" else self.ways[k][1]
        for way in self.leaving.get(node, []):
            before = 0 if kind == "place" else self.penalty(k, way)
            yield ("way", way), before + self.ways[way][2].drive

    def reached(self, start: Place) -> dict[Place, int]:
        """Return the least cost of having driven each way, from a start."""
        if start not in self.found:
            best = {start: 0}
            heap = [(0, start)]
            while heap:
                cost, here = heapq.heappop(heap)
                if cost > best[here]:
                    continue
                for there, more in self.onward(here):
                    if cost + more < best.get(there, 1 << 62):
                        best[there] = cost + more
                        heapq.heappush(heap, (cost + more, there))
            self.found[start] = best
        return self.found[start]

    def to_place(self, start: Place, node: int) -> int | None:
        """Return the least cost of getting to a node."""
        costs = [cost for place, cost in self.reached(start).items() if self.node_of(place) == node]
        return min(costs, default=None)

    def to_service(self, start: Place, way: int) -> int | None:
        """Return the least cost of getting to the beginning of a way, with the turn into it."""
        costs = [
            cost + (0 if place[0] == "place" else self.penalty(place[1], way))
            for place, cost in self.reached(start).items()
            if self.node_of(place) == self.ways[way][0]
        ]
        return min(costs, default=None)

    def node_of(self, place: Place) -> int:
        """Return the node at which a vehicle is."""
        return place[1] if place[0] == "place" else self.ways[place[1]][1]

    def served_way(self, step: Any, unserved: list[int]) -> tuple[int, int] | None:
        """Return index of the required street that a step serves, and the way; None, said, where there is none."""
        required = self.sheet.required
        if self.sheet.family == "carp":
            u, v = step
            fits = [k for k in unserved if {required[k].tail, required[k].head} == {u, v}]
            if not fits:
                known = any({x.tail, x.head} == {u, v} for x in required)
                self.wrong.append(f"{[u, v]} is served twice" if known else f"{[u, v]} is no required edge")
                return None
            k = fits[0]
        else:
            (u, v), k = step["serve"], step["line"]
            if not 0 <= k < len(required) or {required[k].tail, required[k].head} != {u, v}:
                self.wrong.append(f"{[u, v]} is not required line {k}")
                return None
            if k not in unserved:
                self.wrong.append(f"line {k} is served twice")
                return None
        there = (required[k].tail, required[k].head) == (u, v)
        way = self.way_of.get((id(required[k]), there))
        if way is None:
            self.wrong.append(f"line {k} is served against its direction")
            return None
        unserved.remove(k)
        return k, way

    def route(self, number: int, steps: list[Any], unserved: list[int]) -> int:
        """Return what a route takes; what is wrong with it is noted."""
        here: Place = ("place", self.sheet.depot)
        total = self.sheet.dump_at_depot if steps else 0
        load = [0] * len(self.sheet.capacity)
        for step in steps:
            if isinstance(step, dict) and "dump" in step:
                if step["dump"] not in self.sheet.dumps:
                    self.wrong.append(f"route {number}: {step['dump']} is no dump site")
                    continue
                way_cost = self.to_place(here, step["dump"])
                total += self.sheet.dumps[step["dump"]]
                here, load = ("place", step["dump"]), [0] * len(load)
            else:
                served = self.served_way(step, unserved)
                if served is None:
                    continue
                street = self.sheet.required[served[0]]
                way_cost = self.to_service(here, served[1])
                total += street.serve
                here = ("way", served[1]) if self.sheet.penalties else ("place", self.ways[served[1]][1])
                load = [a + b for a, b in zip(load, street.demand, strict=True)]
                if any(a > b for a, b in zip(load, self.sheet.capacity, strict=True)):
                    self.wrong.append(f"route {number}: load {load} exceeds the capacity")
            total += self.driven(number, way_cost)
        if self.sheet.dumps and any(load):
            self.wrong.append(f"route {number}: ends loaded")
        total += self.driven(number, self.to_place(here, self.sheet.depot))
        if self.sheet.longest is not None and total > self.sheet.longest:
            self.wrong.append(f"route {number}: takes {total}, at most {self.sheet.longest}")
        return total

    def driven(self, number: int, cost: int | None) -> int:
        """Return the cost of a drive, or note that there is none."""
        if cost is None:
            self.wrong.append(f"route {number}: there is no way")
            return 0
        return cost


def faults(path: Path, document: dict[str, Any]) -> list[str]:
    """Return what is wrong with a document of ``solve --json``; nothing, when it may be believed."""
    sheet = read(path)
    judge = Judge(sheet)
    routes = document["solution"]["routes"]
    unserved = list(range(len(sheet.required)))
    total = sum(judge.route(number, steps, unserved) for number, steps in enumerate(routes))
    judge.wrong += [f"line {k} is not served" for k in unserved]
    one_is_enough = sheet.longest is None or sum(x.serve for x in sheet.required) <= sheet.longest
    if sheet.penalties and one_is_enough and len(routes) > 1:
        judge.wrong.append(f"{len(routes)} routes, there is one vehicle")
    if document["family"] != sheet.family:
        judge.wrong.append(f"family {document['family']}, it is {sheet.family}")
    for key, fits in (("objective", int.__eq__), ("bound", int.__le__)):
        claimed = document[key]
        if claimed is not None and not judge.wrong and not fits(int(Decimal(str(claimed)) * 1000), total):
            judge.wrong.append(f"{key} is said to be {claimed}, the solution costs {total / 1000}")
    return judge.wrong
