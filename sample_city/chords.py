"""Cut a block in two by a street that ends on its edges. Nothing can cross, since every cut stays inside one block."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import NamedTuple

from sample_city.terrain import F64

Point = tuple[float, float]


class Edge(NamedTuple):
    """One straight edge of a block, run counter-clockwise: its ends, the street it lies on, and where on that street."""

    x0: float
    y0: float
    x1: float
    y1: float
    line: int
    s0: float
    s1: float


class Cut(NamedTuple):
    """Where a cut meets the edge of a block."""

    edge: int
    s: float
    node: int
    x: float
    y: float


class Manner(NamedTuple):
    """How streets are laid: how far off the middle, how askew, and how near to a crossing they join it, metres."""

    off_share: float
    askew_rad: float
    snap_m: float
    least_m: float
    least_m2: float


Block = list[Edge]


@dataclass
class Plan:
    """Hold the streets laid so far: nodes, and for each line its class, ends and the nodes on it in order.

    Parameters
    ----------
    xy
        Of each node, metres.
    lines
        Class of each line.
    nodes_on
        For each line (place on it, node), sorted.
    paths
        Coordinates of lines that were there from the start; None where the line is straight.
    ends_on
        Lines that each line begins and ends on.
    """

    xy: list[Point] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    nodes_on: list[list[tuple[float, int]]] = field(default_factory=list)
    paths: list[F64 | None] = field(default_factory=list)
    ends_on: list[tuple[int, ...]] = field(default_factory=list)

    def add_node(self, x: float, y: float) -> int:
        """Return the number of a new node."""
        self.xy.append((x, y))
        return len(self.xy) - 1

    def add_line(self, road_class: int, ends: tuple[int, int], length_m: float, ends_on: tuple[int, ...]) -> int:
        """Return the number of a new straight line between two nodes."""
        self.lines.append(road_class)
        self.nodes_on.append([(0.0, ends[0]), (length_m, ends[1])])
        self.paths.append(None)
        self.ends_on.append(ends_on)
        return len(self.lines) - 1

    def nearest(self, line: int, s: float) -> tuple[float, int]:
        """Return the node on a line that is nearest to a place on it."""
        nodes = self.nodes_on[line]
        at = bisect_left(nodes, (s, -1))
        return min(nodes[max(0, at - 1) : at + 1], key=lambda n: abs(n[0] - s))


def frame(block: Block) -> tuple[float, float, float, Point]:
    """Return the area, the direction of the best fitting right-angled frame, its longer side's length, and the centre."""
    area = cx = cy = sine = cosine = 0.0
    for e in block:
        cross = e.x0 * e.y1 - e.x1 * e.y0
        area += cross
        cx += (e.x0 + e.x1) * cross
        cy += (e.y0 + e.y1) * cross
        dx, dy = e.x1 - e.x0, e.y1 - e.y0
        angle = 4 * math.atan2(dy, dx)
        long = math.hypot(dx, dy)
        sine += long * math.sin(angle)
        cosine += long * math.cos(angle)
    centre = (cx / (3 * area), cy / (3 * area)) if area else (block[0].x0, block[0].y0)
    turn = math.atan2(sine, cosine) / 4
    along, across = _span(block, turn), _span(block, turn + math.pi / 2)
    if across > along:
        return area / 2, turn + math.pi / 2, across, centre
    return area / 2, turn, along, centre


def area_m2(block: Block) -> float:
    """Return the area of a block, positive where it runs counter-clockwise."""
    return sum(e.x0 * e.y1 - e.x1 * e.y0 for e in block) / 2


def _span(block: Block, turn: float) -> float:
    c, s = math.cos(turn), math.sin(turn)
    places = [e.x0 * c + e.y0 * s for e in block]
    return max(places) - min(places)


def chord(plan: Plan, block: Block, at: Point, turn: float, manner: Manner) -> tuple[Cut, Cut] | None:
    """Return where a line through `at` in direction `turn` cuts a block, or None where no street would go."""
    c, s = math.cos(turn), math.sin(turn)
    hits = []
    for k, e in enumerate(block):
        d0 = (e.y0 - at[1]) * c - (e.x0 - at[0]) * s
        d1 = (e.y1 - at[1]) * c - (e.x1 - at[0]) * s
        if (d0 > 0) != (d1 > 0):
            t = d0 / (d0 - d1)
            w = (e.x0 + t * (e.x1 - e.x0) - at[0]) * c + (e.y0 + t * (e.y1 - e.y0) - at[1]) * s
            hits.append((w, k, t))
    hits.sort()
    pairs = [(hits[i], hits[i + 1]) for i in range(0, len(hits) - 1, 2)]
    if not pairs:
        return None
    first, second = max(pairs, key=lambda p: p[1][0] - p[0][0])
    a, b = _settle(plan, block, first[1], first[2], manner), _settle(plan, block, second[1], second[2], manner)
    if a is None or b is None or (a.node >= 0 and a.node == b.node) or math.hypot(a.x - b.x, a.y - b.y) < manner.least_m:
        return None
    return (a, b) if _clear(block, a, b) else None


def _settle(plan: Plan, block: Block, k: int, t: float, manner: Manner) -> Cut | None:
    """Return the cut at a place of an edge, moved to a crossing that is near."""
    e = block[k]
    s = e.s0 + (e.s1 - e.s0) * t
    place, node = plan.nearest(e.line, s)
    if abs(place - s) > manner.snap_m:
        return Cut(k, s, -1, e.x0 + t * (e.x1 - e.x0), e.y0 + t * (e.y1 - e.y0))
    for j, other in enumerate(block):
        low, high = min(other.s0, other.s1), max(other.s0, other.s1)
        if other.line == e.line and low - 1e-6 <= place <= high + 1e-6:
            return Cut(j, place, node, *plan.xy[node])
    return None


def _clear(block: Block, a: Cut, b: Cut) -> bool:
    """Say whether the way from one cut to the other stays inside, and leaves either edge at a fair angle."""
    dx, dy = b.x - a.x, b.y - a.y
    long = math.hypot(dx, dy)
    for k, e in enumerate(block):
        ex, ey = e.x1 - e.x0, e.y1 - e.y0
        size = math.hypot(ex, ey)
        if size < 1e-9:
            continue
        touches = k in (a.edge, b.edge) or any(
            abs(p.x - q[0]) + abs(p.y - q[1]) < 1e-6 for p in (a, b) for q in ((e.x0, e.y0), (e.x1, e.y1))
        )
        if touches:
            if abs(dx * ey - dy * ex) / (long * size) < 0.42:  # flatter than 25 degrees
                return False
            continue
        d0 = (e.x0 - a.x) * dy - (e.y0 - a.y) * dx
        d1 = (e.x1 - a.x) * dy - (e.y1 - a.y) * dx
        f0 = (a.x - e.x0) * ey - (a.y - e.y0) * ex
        f1 = (b.x - e.x0) * ey - (b.y - e.y0) * ex
        if d0 * d1 <= 0 and f0 * f1 <= 0:
            return False
    return True


def halve(block: Block, a: Cut, b: Cut, line: int, long: float) -> tuple[Block, Block]:
    """Return the two parts of a block, the new street from `a` to `b` being edge of both."""
    one = [*_boundary(block, a, b), Edge(b.x, b.y, a.x, a.y, line, long, 0.0)]
    two = [*_boundary(block, b, a), Edge(a.x, a.y, b.x, b.y, line, 0.0, long)]
    return one, two


def _boundary(block: Block, a: Cut, b: Cut) -> Block:
    """Return the edges from one cut on to the other, counter-clockwise."""
    n = len(block)
    start, end = block[a.edge], block[b.edge]
    first = Edge(a.x, a.y, start.x1, start.y1, start.line, a.s, start.s1)
    last = Edge(end.x0, end.y0, b.x, b.y, end.line, end.s0, b.s)
    steps = (b.edge - a.edge) % n
    if steps == 0:
        return [Edge(a.x, a.y, b.x, b.y, start.line, a.s, b.s)]
    between = [block[(a.edge + i) % n] for i in range(1, steps)]
    return [e for e in (first, *between, last) if abs(e.x1 - e.x0) + abs(e.y1 - e.y0) > 1e-6]


def put_node(plan: Plan, block: Block, cut: Cut) -> Cut:
    """Return the cut with a node to it, a new one where there was none."""
    if cut.node >= 0:
        return cut
    node = plan.add_node(cut.x, cut.y)
    insort(plan.nodes_on[block[cut.edge].line], (cut.s, node))
    return cut._replace(node=node)
