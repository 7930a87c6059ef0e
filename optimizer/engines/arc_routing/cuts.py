"""Sets of places whose border must be crossed more often than some moves cross it.

Around a set, the services that cross its border and the moves across it are together an even number, and at least twice what
each `Need` asks for (Belenguer & Benavent 2003, doi 10.1016/S0305-0548(02)00046-1). Sets that some moves break are looked
for by growth from each place, by maximum flows and by tabu search. In a large network "places" are clusters of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.graph.python import max_flow

from optimizer.engines.arc_routing.problem import BoolArray, IntArray
from optimizer.engines.arc_routing.relaxation import Floats, Relaxation

# A rule counts as broken from here on.
LEAST_BREACH = 1e-4
# Flows are whole numbers: so many to one crossing.
FLOW_SCALE = 1_000_000
ENDLESS = 1 << 40
# Growth begins at as many places as keep starts * places**2 below this, and at least at so many.
GROWTH_WORK = 4_000_000
LEAST_STARTS = 24
# Steps of the tabu search from each set, and how long a place rests.
TABU_STEPS = 60
TABU_REST = (4, 10)
# How much the search wants a set to approach the next whole stretch.
FILL_WEIGHT = 0.5

Sets = dict[bytes, tuple[float, BoolArray]]


@dataclass(frozen=True)
class Border:
    """Crossings and amounts between places, as matrices of shape (n_places, n_places) with nothing on the diagonal.

    Parameters
    ----------
    weight
        Services and moves between two places.
    amount
        What the services between two places use up.
    own
        Shape (n_places,): what all services at a place use up.
    most
        What one stretch may use up.
    hubs
        Shape (n_places,): places that no set may hold.
    """

    weight: Floats
    amount: Floats
    own: Floats
    most: int
    hubs: BoolArray

    def broken(self, border: Floats, amount: Floats) -> Floats:
        """Return by how much sets with so many crossings and such amounts fall short."""
        return np.asarray(2.0 * np.ceil(amount / self.most - 1e-9) - border)


def services(sides: IntArray, n: int, amount: IntArray) -> tuple[Floats, Floats]:
    """Return a symmetric matrix of amounts between n places or clusters, and the sums at each.

    Parameters
    ----------
    sides
        Shape (n_tasks, 2): the places of each task's ends.
    n
        Number of places.
    amount
        Shape (n_tasks,).
    """
    a, b = sides.T
    between, own = np.zeros((n, n)), np.zeros(n)
    across = a != b
    np.add.at(between, (a[across], b[across]), amount[across])
    np.add.at(between, (b[across], a[across]), amount[across])
    np.add.at(own, a, amount)
    np.add.at(own, b[across], amount[across])
    return between, own


def least_moves(relaxation: Relaxation, sides: BoolArray) -> int:
    """Return how many moves must cross the border of a set, at least."""
    a, b = sides[relaxation.sides[:, 0]], sides[relaxation.sides[:, 1]]
    crossed = int((a != b).sum())
    least = crossed % 2
    for inside, touched in ((sides, a | b), (~sides, ~(a & b))):
        for need in relaxation.needs:
            if not (need.hubs & inside).any():
                least = max(least, 2 * -(-int(need.amount[touched].sum()) // need.most) - crossed)
    return least


def grown(view: Border, greed: float, noise: float, rng: np.random.Generator, stopped: Callable[[], bool]) -> Sets:
    """Return broken sets met while one set grows from each place that is no hub, by the best place each time.

    Among many places only some are begun at.
    """
    weight, own, hubs, most = view.weight, view.own, view.hubs, view.most
    n = len(weight)
    starts = np.flatnonzero(~hubs)
    if len(starts) > (n_starts := max(LEAST_STARTS, GROWTH_WORK // n**2)):
        starts = rng.choice(starts, n_starts, replace=False)
    each = np.arange(len(starts))
    members = np.zeros((len(starts), n), dtype=np.bool_)
    members[each, starts] = True
    at_border = weight.sum(axis=1)
    border, amount = at_border[starts].copy(), own[starts].copy()
    to_set, amount_to_set = weight[starts].copy(), view.amount[starts].copy()
    found: Sets = {}
    for _ in range(n - int(hubs.sum())):
        if stopped():
            break
        new_border, new_amount = border[:, None] + at_border - 2 * to_set, amount[:, None] + own - amount_to_set
        score = greed * 2 * new_amount / most - new_border + noise * rng.random(new_border.shape)
        score[members | hubs | (to_set <= 0)] = -np.inf
        chosen = score.argmax(axis=1)
        alive = each[np.isfinite(score[each, chosen])]
        if not len(alive):
            break
        picked = chosen[alive]
        border[alive], amount[alive] = new_border[alive, picked], new_amount[alive, picked]
        members[alive, picked] = True
        to_set[alive] += weight[picked]
        amount_to_set[alive] += view.amount[picked]
        _keep(found, view.broken(border[alive], amount[alive]), members[alive])
    return found


def improved(view: Border, starts: list[BoolArray], rng: np.random.Generator, stopped: Callable[[], bool]) -> Sets:
    """Return broken sets met by a tabu search from each of some sets, as in Belenguer & Benavent (2003)."""
    found: Sets = {}
    if not starts:
        return found
    weight, own, hubs = view.weight, view.own, view.hubs
    at_border = weight.sum(axis=1)
    members = np.array(starts)
    each = np.arange(len(members))
    inside = members.astype(np.float64)
    to_set, amount_to_set = inside @ weight, inside @ view.amount
    border = (to_set * (1 - inside)).sum(axis=1)
    amount = inside @ own - (amount_to_set * inside).sum(axis=1) / 2
    rests = np.zeros(members.shape, dtype=np.int64)
    _keep(found, view.broken(border, amount), members)
    for step in range(TABU_STEPS):
        if stopped():
            break
        sign = np.where(members, -1.0, 1.0)
        new_border = border[:, None] + sign * (at_border - 2 * to_set)
        new_amount = amount[:, None] + sign * (own - amount_to_set)
        stretches = np.ceil(new_amount / view.most - 1e-9)
        filled = new_amount / view.most - stretches
        score = 2 * stretches - new_border + FILL_WEIGHT * filled + 0.02 * rng.random(members.shape)
        score[(rests > step) | hubs | ((to_set <= 0) & ~members)] = -np.inf
        chosen = score.argmax(axis=1)
        moved = sign[each, chosen]
        border, amount = new_border[each, chosen], new_amount[each, chosen]
        to_set += moved[:, None] * weight[chosen]
        amount_to_set += moved[:, None] * view.amount[chosen]
        members[each, chosen] ^= True
        rests[each, chosen] = step + rng.integers(*TABU_REST, len(each))
        _keep(found, view.broken(border, amount), members)
    return found


def _keep(found: Sets, breach: Floats, members: BoolArray) -> None:
    for k in np.flatnonzero(breach > LEAST_BREACH):
        found[members[k].tobytes()] = (float(breach[k]), members[k].copy())


def by_flow(view: Border, greed: float, seeds: IntArray) -> list[BoolArray]:
    """Return sets that break the rule for amounts not rounded up the most, once freely and once around each seed.

    The rule's breach is a cut function of the set, so one maximum flow finds its worst set: what is paid for a place left
    out are its amounts, and an edge's weight is lessened by its own amount, which counts from either side.
    """
    n, most = len(view.weight), view.most
    tail, head = np.nonzero(np.triu(view.weight, 1))
    capacity = np.maximum(0.0, view.weight[tail, head] - greed * view.amount[tail, head] / most)
    capacity_of = np.rint(capacity * FLOW_SCALE).astype(np.int64)
    source, sink = n, n + 1
    hubs, others = np.flatnonzero(view.hubs), np.flatnonzero(~view.hubs)
    pull = np.rint(greed * view.own / most * FLOW_SCALE).astype(np.int64)
    found = []
    for seed in [None, *seeds.tolist()]:
        drawn = pull.copy()
        if seed is not None:
            drawn[seed] = ENDLESS
        tails = np.concatenate([tail, head, np.full(len(others), source), hubs])
        heads = np.concatenate([head, tail, others, np.full(len(hubs), sink)])
        amounts = np.concatenate([capacity_of, capacity_of, drawn[others], np.full(len(hubs), ENDLESS)])
        side = _source_side(n, tails, heads, amounts)
        if side.any():
            found.append(side)
    return found


def _source_side(n: int, tail: IntArray, head: IntArray, capacity: IntArray) -> BoolArray:
    """Return which of the first n nodes a minimum cut leaves on the side of node n, the source; the sink is n + 1."""
    flow = max_flow.SimpleMaxFlow()
    flow.add_arcs_with_capacity(tail.astype(np.int32), head.astype(np.int32), capacity)
    side = np.zeros(n, dtype=np.bool_)
    if flow.solve(n, n + 1) == flow.OPTIMAL:
        near = np.array(flow.get_source_side_min_cut(), dtype=np.int64)
        side[near[near < n]] = True
    return side
