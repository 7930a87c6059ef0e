"""Joining ways into streets loses nothing and doubles nothing, whatever the ways."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from layers.io.osm_file import Way
from layers.io.osm_graph import Chain, Piece, cut, flipped, join, runs
from layers.kinds.streets import Oneway

NODES = range(1, 13)
WAYS = st.lists(
    st.tuples(st.lists(st.sampled_from(NODES), min_size=2, max_size=6), st.sampled_from("ab"), st.sampled_from(Oneway)),
    min_size=1,
    max_size=8,
)


def joined(drawn: list[tuple[list[int], str, Oneway]]) -> tuple[list[Way], list[Piece], list[Chain], set[int]]:
    ways = [Way(100 + i, tuple(nodes), {}) for i, (nodes, _, _) in enumerate(drawn)]
    pieces, junctions = cut(ways, set(NODES), forced=())
    chains = join(pieces, ways, junctions, [name for _, name, _ in drawn], [int(oneway) for _, _, oneway in drawn])
    return ways, pieces, chains, junctions


@settings(max_examples=150, deadline=None)
@given(WAYS)
def test_every_stretch_is_in_one_street_once(drawn: list[tuple[list[int], str, Oneway]]) -> None:
    ways, pieces, chains, _ = joined(drawn)
    stretches = Counter(frozenset(s) for way in ways for run in runs(way.nodes, set(NODES)) for s in pairwise(run))
    assert Counter(frozenset(s) for chain in chains for s in pairwise(chain.nodes)) == stretches
    assert sorted(row for chain in chains for row in chain.pieces) == list(range(len(pieces)))


@settings(max_examples=150, deadline=None)
@given(WAYS)
def test_streets_run_through_no_junction_and_change_nothing_on_the_way(drawn: list[tuple[list[int], str, Oneway]]) -> None:
    _, pieces, chains, junctions = joined(drawn)
    for chain in chains:
        assert not set(chain.nodes[1:-1]) & junctions
        assert len({drawn[pieces[row].way][1] for row in chain.pieces}) == 1
        leader = pieces[chain.leader]
        steps = list(pairwise(chain.nodes))
        for row in chain.pieces:
            piece = pieces[row]
            along, against = piece.nodes[:2] in steps, piece.nodes[1::-1] in steps
            oneway = int(drawn[piece.way][2])
            # of two pieces that make a ring of two nodes, each is seen along and against
            assert along != against or len(set(chain.nodes)) == 2
            if along != against:
                assert (oneway if along else flipped(oneway)) == int(drawn[leader.way][2])
        assert leader.number == min(p.number for r in chain.pieces if (p := pieces[r]).way == leader.way)


def test_ids_do_not_depend_on_the_order_of_ways() -> None:
    forth = join(*_simple([Way(1, (1, 2), {}), Way(2, (2, 3), {})]))
    back = join(*_simple([Way(2, (2, 3), {}), Way(1, (1, 2), {})]))
    assert [c.nodes for c in forth] == [c.nodes for c in back] == [(1, 2, 3)]


def _simple(ways: list[Way]) -> tuple[list[Piece], list[Way], set[int], list[str], list[int]]:
    pieces, junctions = cut(ways, set(NODES), forced=())
    return pieces, ways, junctions, ["a"] * len(ways), [1] * len(ways)
