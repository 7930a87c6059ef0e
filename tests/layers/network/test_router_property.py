"""The hierarchy against plain Dijkstra on random networks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from layers.city import City
from layers.geometry import Geometry
from layers.kinds.streets import Streets
from layers.network import Mover, Router, build


def random_city(seed: int, n: int) -> City:
    """Return a connected city of crooked streets, some of them one-way."""
    rng = np.random.default_rng(seed)
    xy = rng.uniform(0, 1000, (n, 2))
    around = [(i, (i + 1) % n) for i in range(n)]
    across = [tuple(rng.choice(n, 2, replace=False)) for _ in range(n)]
    ends = np.array(around + across)
    streets = Streets(
        ids=np.array([f"s{i}" for i in range(2 * n)]),
        geometry=Geometry.lines([xy[[a, b]] for a, b in ends]),
        from_junction=np.array([f"n{a}" for a in ends[:, 0]]),
        to_junction=np.array([f"n{b}" for b in ends[:, 1]]),
        oneway=rng.choice([1, 2, 3], 2 * n).astype(np.int8),
        speed_mps=rng.uniform(3, 15, 2 * n),
    )
    return City("r", 4549, {"streets": streets})


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(4, 20), walker=st.booleans())
def test_times_and_lengths_are_those_of_dijkstra(seed: int, n: int, walker: bool) -> None:
    network = build(random_city(seed, n), Mover("car", 12.0, walker=walker))
    router, states = Router(network), network.states()
    graph = csr_matrix((states.time_s + 1e-9, (states.tail, states.head)), shape=(states.n_states,) * 2)
    arcs = np.arange(network.n_arcs)
    want = dijkstra(graph, indices=2 * arcs + 1)[:, 2 * arcs]
    got, length_m = router.packing.unpack(router.rows([[(int(a), 0)] for a in arcs], arcs))
    assert got == pytest.approx(want, abs=0.05 * network.n_arcs + 0.1)
    assert np.all(length_m <= got * 12.0 + 2 * network.n_arcs)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_paths_join_their_ends_and_take_the_time_that_rows_say(seed: int) -> None:
    network = build(random_city(seed, 12), Mover("car", 12.0))
    router = Router(network)
    target = network.n_arcs - 1
    path = router.path(0, 2 * target + 1)
    assert path[0] == 0
    assert path[-1] == target
    turns = network.turn_times
    time_s = network.arc_time_s[path].sum() + sum(turns[int(a), int(b)] for a, b in pairwise(path))
    got, length_m = router.packing.unpack(router.rows([[(0, 0)]], np.array([target])))
    ends = [0, target]
    assert got[0, 0] == pytest.approx(time_s - network.arc_time_s[ends].sum(), abs=0.1 * len(path) + 0.1)
    between_m = network.arc_length_m[path].sum() - network.arc_length_m[ends].sum()
    assert length_m[0, 0] == pytest.approx(between_m, abs=len(path) * router.packing.length_unit_m)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6), walker=st.booleans())
def test_nothing_is_driven_between_two_arcs_only_where_no_other_way_is_quicker(seed: int, walker: bool) -> None:
    network = build(random_city(seed, 12), Mover("car", 12.0, walker=walker))
    router, turns = Router(network), network.turn_times
    pairs = list(turns)
    paths = router.paths([(2 * a + 1, 2 * b) for a, b in pairs])
    assert any(len(path) == 0 for path in paths)
    rows, _ = router.packing.unpack(router.rows([[(a, 0)] for a, _ in pairs], np.array([b for _, b in pairs])))
    for k, ((a, b), path) in enumerate(zip(pairs, paths, strict=True)):
        chain = [a, *path.tolist(), b]
        time_s = network.arc_time_s[path].sum() + sum(turns[pair] for pair in pairwise(chain))
        assert time_s == pytest.approx(rows[k, k], abs=0.1 * len(chain) + 0.1)
