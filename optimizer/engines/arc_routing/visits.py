"""Kinds of visits to facilities, and the ways that lead through them.

A kind of visit is what a vehicle may do on the stretch between two stops: go to one facility of a certain sort, or to
several one after the other, so that a certain set of resources is reset. For each kind the best way between any two
terminals is worked out once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np
import numpy.typing as npt

from optimizer.engines.arc_routing.deadhead import Int32Array, Terminals, Ways
from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, IntArray

Int8Array = npt.NDArray[np.int8]
Resets = tuple[bool, ...]
# Facilities to choose from at each step of a visit, as places in a sector's list of facilities.
Chain = tuple[tuple[int, ...], ...]

# More facilities of one sort than these near a sector are not looked at.
N_FACILITIES_NEAR = 8
# Bits of the seconds, where cost and seconds stand in one number: two unreachable ways and a visit fit in.
HALF = 31
NO_WAY = (UNREACHABLE << HALF) + UNREACHABLE


@dataclass(frozen=True)
class Kinds:
    """Kinds of visits; kind 0 is none.

    Parameters
    ----------
    resets
        Shape (n_kinds, n_resources): 1 where a kind resets a resource.
    joined
        Shape (n_kinds, n_kinds): the kind that resets what either of two kinds does.
    chains
        For each kind from 1 on, the sequences of facilities that do it.
    n_visits
        Most facilities of a chain.
    """

    resets: Int8Array
    joined: Int8Array
    chains: tuple[tuple[Chain, ...], ...]
    n_visits: int


def facilities_near(problem: ArcRoutingProblem, terminals: Terminals) -> tuple[int, ...]:
    """Return the facilities that are nearest on average, so many of each sort."""
    at = terminals.index_of(np.array([f.node for f in problem.facilities], dtype=np.int64))
    sorts: dict[Resets, list[int]] = {}
    for k in range(len(problem.facilities)):
        sorts.setdefault(resets_of(problem, k), []).append(k)
    near: list[int] = []
    for some in sorts.values():
        if len(some) > N_FACILITIES_NEAR:
            far = terminals.ways.cost[:, at[some]].mean(axis=0) + terminals.ways.cost[at[some]].mean(axis=1)
            near += [some[int(k)] for k in np.argsort(far, kind="stable")[:N_FACILITIES_NEAR]]
        else:
            near += some
    return tuple(sorted(near))


def resets_of(problem: ArcRoutingProblem, facility: int) -> Resets:
    """Return for each resource whether a facility resets it."""
    return tuple(problem.facilities[facility].reset_of(k) for k in range(problem.n_resources))


def kinds_of(problem: ArcRoutingProblem, near: Sequence[int]) -> Kinds:
    """Sort facilities into kinds of visits.

    Facilities are of one kind where they reset the same resources and are open at the same times. Visits to several in a row
    are a kind for each set of resources; where the time of day does not matter, also beside facilities that reset the set
    alone.
    """
    sorts: dict[tuple[Resets, object], list[Chain]] = {}
    by_resets: dict[Resets, list[int]] = {}
    for place, k in enumerate(near):
        by_resets.setdefault(resets_of(problem, k), []).append(place)
    hours = {place: problem.facilities[k].open_s for place, k in enumerate(near)}
    for resets, places in by_resets.items():
        for span in sorted({hours[place] for place in places}):
            sorts[resets, span] = [(tuple(place for place in places if hours[place] == span),)]
    several = "several" if any(hours.values()) else ()
    for size in range(2, problem.n_resources + 1):
        for some in combinations(by_resets, size):
            if is_terse(some):
                chains = [tuple(tuple(by_resets[resets]) for resets in order) for order in permutations(some)]
                sorts.setdefault((union(some), several), []).extend(chains)
    none = (False,) * problem.n_resources
    resets_by_kind = [none, *[resets for resets, _ in sorts]]
    n_visits = max((len(chain) for chains in sorts.values() for chain in chains), default=1)
    return Kinds(
        resets=np.array(resets_by_kind, dtype=np.int8),
        joined=joined(resets_by_kind),
        chains=tuple(tuple(chains) for chains in sorts.values()),
        n_visits=n_visits,
    )


def union(some: Sequence[Resets]) -> Resets:
    """Return what some facilities reset together."""
    return tuple(any(column) for column in zip(*some, strict=True))


def is_terse(some: Sequence[Resets]) -> bool:
    """Tell whether each of some facilities resets a resource that no other of them does."""
    return all(union([other for other in some if other is not one]) != union(some) for one in some)


def joined(resets: Sequence[Resets]) -> Int8Array:
    """Return for each two kinds the first one that resets what either does; all that can be reset is resettable together."""
    table = np.zeros((len(resets), len(resets)), dtype=np.int8)
    for a, first in enumerate(resets):
        for b, second in enumerate(resets):
            wanted = union((first, second))
            if wanted in {first, second}:
                table[a, b] = a if wanted == first else b
            else:
                table[a, b] = next(k for k, kind in enumerate(resets) if kind == wanted)
    return table


def ways_by_kind(
    problem: ArcRoutingProblem, terminals: Terminals, near: Sequence[int], kinds: Kinds
) -> tuple[Int32Array, Int32Array, Int8Array]:
    """Return the ways between terminals by each kind of visit: cheapest, then quickest.

    Returns
    -------
    tuple
        Cost and seconds, shape (n_kinds, n, n), and the facilities on the way, shape (n_kinds - 1, n, n, n_visits), as
        places in `near`, -1 where there is none left.
    """
    ways = terminals.ways
    if not kinds.chains:
        return ways.cost[None], ways.time_s[None], np.full((1, 1, 1, 1), -1, dtype=np.int8)
    shape = (len(kinds.chains) + 1, *ways.cost.shape)
    cost, time_s = np.empty(shape, dtype=np.int32), np.empty(shape, dtype=np.int32)
    stop_at = np.full((len(kinds.chains), *ways.cost.shape, kinds.n_visits), -1, dtype=np.int8)
    cost[0], time_s[0] = ways
    packed = packed_ways(problem, terminals, near)
    for kind, chains in enumerate(kinds.chains):
        best = np.full(ways.cost.shape, NO_WAY, dtype=np.int64)
        for chain in chains:
            take_chain(packed, chain, best, stop_at[kind])
        np.right_shift(best, HALF, out=cost[kind + 1], casting="unsafe")
        np.bitwise_and(best, (1 << HALF) - 1, out=best)
        np.minimum(best, UNREACHABLE, out=time_s[kind + 1], casting="unsafe")
    return cost, time_s, stop_at


@dataclass(frozen=True)
class Packed:
    """Ways to and from facilities, cost and seconds in one number: the least is cheapest, then quickest.

    Parameters
    ----------
    into
        Shape (n, n_facilities): from each terminal to each facility, the visit included.
    out
        Shape (n_facilities, n): from each facility to each terminal.
    at
        Shape (n_facilities,): the facilities' terminals.
    """

    into: IntArray
    out: IntArray
    at: IntArray


def packed_ways(problem: ArcRoutingProblem, terminals: Terminals, near: Sequence[int]) -> Packed:
    """Return the ways to and from facilities, in one number each."""
    facilities = [problem.facilities[k] for k in near]
    at = terminals.index_of(np.array([f.node for f in facilities], dtype=np.int64))
    visit = np.array(
        [(min(UNREACHABLE, f.visit_cost) << HALF) + min(UNREACHABLE, f.visit_s) for f in facilities], dtype=np.int64
    )
    cost, time_s = terminals.ways
    into = (cost[:, at].astype(np.int64) << HALF) + time_s[:, at] + visit
    out = (cost[at].astype(np.int64) << HALF) + time_s[at]
    return Packed(np.minimum(into, NO_WAY), out, at)


def take_chain(packed: Packed, chain: Chain, best: IntArray, stop_at: Int8Array) -> None:
    """Write where the ways through a chain of facilities are better than `best`, and through which ones they lead."""
    places = np.array(chain[0], dtype=np.int64)
    reach = packed.into[:, places]
    trail = np.broadcast_to(places[None, :, None], (*reach.shape, 1)).astype(np.int8)
    for step in chain[1:]:
        then = np.array(step, dtype=np.int64)
        onward = reach[:, :, None] + packed.into[packed.at[places]][:, then][None]
        from_which = onward.argmin(axis=1)
        reach = np.minimum(np.take_along_axis(onward, from_which[:, None], axis=1)[:, 0], NO_WAY)
        before = np.take_along_axis(trail, from_which[:, :, None], axis=1)
        here = np.broadcast_to(then[None, :, None], (*reach.shape, 1)).astype(np.int8)
        trail = np.concatenate([before, here], axis=2)
        places = then
    through = np.empty_like(best)
    for k in range(len(places)):
        np.add(reach[:, k, None], packed.out[places[k]][None], out=through)
        better = through < best
        np.copyto(best, through, where=better)
        stop_at[..., : len(chain)][better] = np.broadcast_to(trail[:, k, None, :], (*best.shape, len(chain)))[better]
        stop_at[..., len(chain) :][better] = -1


def facilities_between(stop_at: Int8Array, near: Sequence[int], here: int, there: int) -> list[int]:
    """Return the facilities, counted in the whole, on the way from one terminal to another by one kind of visit."""
    return [near[int(place)] for place in stop_at[here, there] if place >= 0]


def ways_for(
    problem: ArcRoutingProblem, tables: Sequence[Terminals], near: Sequence[int], kinds: Kinds
) -> tuple[Ways, Int8Array]:
    """Return the ways by each kind of visit for every profile, one more dimension in front."""
    found = [ways_by_kind(problem, terminals, near, kinds) for terminals in tables]
    if len(found) == 1:
        cost, time_s, stop_at = found[0]
        return Ways(cost[None], time_s[None]), stop_at[None]
    costs, times, stops = zip(*found, strict=True)
    return Ways(np.stack(costs), np.stack(times)), np.stack(stops)
