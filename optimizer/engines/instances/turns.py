"""Turn penalties: classes of turns by angle, and a network on which driving a way costs its turns too.

The files give penalties for going straight, right, left and back, and leave open which turn is which. Here the angle is
between the last piece of the street that is left and the first piece of the one that is entered, counted from going on
straight: up to 45 degrees either way is straight, up to 135 is right or left, more is back (U), and so is the same street in
the other direction. These are also the bounds by which the published solutions of the family class their turns. A street
whose shape has no length has no direction; turns into it and out of it are straight.

Every two streets driven one after the other have their turn counted, served or not. Leaving the depot and leaving a dump
site is free: the vehicle comes out of a yard, not off a street.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.engines.arc_routing import Network
from optimizer.engines.arc_routing.problem import IntArray
from optimizer.engines.instances.streets import Shape, Street

FloatArray = npt.NDArray[np.float64]

STRAIGHT, RIGHT, LEFT, BACK = range(4)
STRAIGHT_UP_TO_DEG = 45.0
SIDEWAYS_UP_TO_DEG = 135.0


def heading_deg(shape: Shape) -> float:
    """Return the direction in which a shape begins, degrees counter-clockwise from east; NaN where it has no length."""
    x, y = shape[0]
    for further_x, further_y in shape[1:]:
        if (further_x, further_y) != (x, y):
            return float(np.degrees(np.arctan2(further_y - y, further_x - x)))
    return float("nan")


def turn_class(before_deg: FloatArray, after_deg: FloatArray) -> IntArray:
    """Return the class of turns from one heading to another, in the order of the files' penalties."""
    turned = (after_deg - before_deg + 180.0) % 360.0 - 180.0
    side = np.where(turned < 0, RIGHT, LEFT)
    found = np.where(np.abs(turned) > SIDEWAYS_UP_TO_DEG, BACK, side)
    return np.where(np.isnan(turned) | (np.abs(turned) <= STRAIGHT_UP_TO_DEG), STRAIGHT, found).astype(np.int64)


@dataclass(frozen=True)
class Ways:
    """Each street in each direction in which it may be driven.

    Parameters
    ----------
    tail, head
        Shape (n_ways,): nodes as written.
    street
        Shape (n_ways,): index of the street.
    forward_of, backward_of
        Shape (n_streets,): the way from tail to head, and the other; -1 where there is none.
    begin_deg, end_deg
        Shape (n_ways,): heading at the beginning and at the end.
    """

    tail: IntArray
    head: IntArray
    street: IntArray
    forward_of: IntArray
    backward_of: IntArray
    begin_deg: FloatArray
    end_deg: FloatArray


def ways_of(streets: tuple[Street, ...]) -> Ways:
    """Return every street forwards, then the edges backwards."""
    both = [k for k, street in enumerate(streets) if not street.one_way]
    order = [*range(len(streets)), *both]
    backward_of = np.full(len(streets), -1, dtype=np.int64)
    backward_of[both] = len(streets) + np.arange(len(both))
    ends = np.array([(s.tail, s.head) for s in streets] + [(streets[k].head, streets[k].tail) for k in both], dtype=np.int64)
    there = np.array([heading_deg(s.shape) for s in streets])
    back = np.array([heading_deg(s.shape[::-1]) for s in streets])
    return Ways(
        tail=ends[:, 0],
        head=ends[:, 1],
        street=np.array(order, dtype=np.int64),
        forward_of=np.arange(len(streets), dtype=np.int64),
        backward_of=backward_of,
        begin_deg=np.concatenate([there, back[both]]),
        end_deg=(np.concatenate([back, there[both]]) + 180.0) % 360.0,
    )


@dataclass(frozen=True)
class TurnNetwork:
    """A network whose nodes are the two ends of each way, and places.

    Way w begins at node 2 w and ends at node 2 w + 1.

    Parameters
    ----------
    network
        Cost and time of every arc are equal.
    leave, reach
        Node from which the depot is left, and the one at which it is reached.
    sites
        Node of each dump site. Driving there from the street costs the dearest penalty, so that no way through a site is
        cheaper than the turn; what that adds to each visit has to be taken off the cost of the visit.
    """

    network: Network
    leave: int
    reach: int
    sites: tuple[int, ...]


def turn_network(ways: Ways, drive: IntArray, penalties: IntArray, depot: int, sites: tuple[int, ...]) -> TurnNetwork:
    """Return the network of the ways, of the turns between them, and of the drives to and from depot and dump sites."""
    n_ways = len(ways.tail)
    leave, reach = 2 * n_ways, 2 * n_ways + 1
    at_site = tuple(range(2 * n_ways + 2, 2 * n_ways + 2 + len(sites)))
    dearest = int(penalties.max())
    every = np.arange(n_ways, dtype=np.int64)
    before, after = _pairs(ways)
    kind = turn_class(ways.end_deg[before], ways.begin_deg[after])
    kind[(ways.street[before] == ways.street[after]) & (before != after)] = BACK
    arcs = [
        (2 * every, 2 * every + 1, drive[ways.street]),
        (2 * before + 1, 2 * after, penalties[kind]),
        _joined([leave], 2 * every[ways.tail == depot], 0),
        _joined(2 * every[ways.head == depot] + 1, [reach], 0),
    ]
    for site, place in zip(sites, at_site, strict=True):
        arcs += [
            _joined(2 * every[ways.head == site] + 1, [place], dearest),
            _joined([place], 2 * every[ways.tail == site], 0),
        ]
        if site == depot:
            arcs += [_joined([leave], [place], dearest), _joined([place], [reach], 0)]
    tail, head, cost = (np.concatenate(column) for column in zip(*arcs, strict=True))
    return TurnNetwork(Network(2 * n_ways + 2 + len(sites), tail, head, cost, cost), leave, reach, at_site)


def _joined(tails: IntArray | list[int], heads: IntArray | list[int], cost: int) -> tuple[IntArray, IntArray, IntArray]:
    """Return an arc of that cost from each tail to each head; one of the two sides is a single node."""
    tail, head = np.broadcast_arrays(np.asarray(tails, dtype=np.int64), np.asarray(heads, dtype=np.int64))
    return tail, head, np.full(len(tail), cost, dtype=np.int64)


def _pairs(ways: Ways) -> tuple[IntArray, IntArray]:
    """Return every pair of a way and one that begins where it ends."""
    order = np.argsort(ways.tail, kind="stable")
    tails = ways.tail[order]
    first, last = np.searchsorted(tails, ways.head, "left"), np.searchsorted(tails, ways.head, "right")
    n_after = last - first
    before = np.repeat(np.arange(len(ways.tail)), n_after)
    at = np.arange(len(before)) - np.repeat(np.cumsum(n_after) - n_after, n_after) + np.repeat(first, n_after)
    return before, order[at]
