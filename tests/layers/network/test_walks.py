"""Walks along the tiny city's streets, whose lengths can be added up by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from layers.city import City
from layers.kinds.streets import Streets
from layers.network import Mover, Network, Snaps, build, nearest_walks, snap, walks_within
from tests.cities import X0_M, Y0_M, tiny_city

_WALKER = Mover("walker", 1.2, walker=True)


@pytest.fixture(scope="module")
def city() -> City:
    return tiny_city()


@pytest.fixture(scope="module")
def network(city: City) -> Network:
    return build(city, _WALKER)


def at(city: City, network: Network, *places: tuple[float, float]) -> Snaps:
    """Return places by metres from A1."""
    return snap(network, city[Streets], np.array([(X0_M + x, Y0_M + y) for x, y in places]))


def test_a_walk_is_straight_to_the_street_along_it_and_straight_from_it(city: City, network: Network) -> None:
    # 8 m to 人民路, 50 m to B1, 200 m up 东一街, against its one-way too, 50 m along 中山路, 10 m to the place
    found = walks_within(network, at(city, network, (150, 8)), at(city, network, (250, 210)), 400.0)
    assert found.length_m.tolist() == pytest.approx([8 + 50 + 200 + 50 + 10])


def test_a_limit_is_included(city: City, network: Network) -> None:
    ends = at(city, network, (400, 0))
    assert len(walks_within(network, at(city, network, (100, 0)), ends, 300.0).start) == 1
    assert len(walks_within(network, at(city, network, (99.9, 0)), ends, 300.0).start) == 0


def test_places_on_one_street_do_not_leave_it(city: City, network: Network) -> None:
    found = walks_within(network, at(city, network, (20, 0)), at(city, network, (180, 0)), 1000.0)
    assert found.length_m.tolist() == pytest.approx([160.0])


def test_the_nearest_is_the_shortest_of_all_walks(city: City, network: Network) -> None:
    rng = np.random.default_rng(4)
    starts = at(city, network, *[tuple(p) for p in rng.uniform((0, 0), (600, 400), (30, 2))])
    ends = at(city, network, *[tuple(p) for p in rng.uniform((0, 0), (600, 400), (7, 2))])
    every, nearest = walks_within(network, starts, ends, 1e6), nearest_walks(network, starts, ends)
    assert len(every.start) == 30 * 7
    least = every.length_m.reshape(30, 7)
    assert nearest.length_m == pytest.approx(least.min(axis=1))
    assert least[np.arange(30), nearest.end] == pytest.approx(nearest.length_m)


def test_lengths_are_those_of_networkx(city: City, network: Network) -> None:
    graph = nx.Graph()
    for tail, head, length_m in zip(network.arc_tail, network.arc_head, network.arc_length_m, strict=True):
        graph.add_edge(int(tail), int(head), weight=float(length_m))
    starts = snap(network, city[Streets], network.node_xy_m)
    found = walks_within(network, starts, starts, 1e6)
    told = {(int(a), int(b)): length for a, b, length in zip(found.start, found.end, found.length_m, strict=True)}
    for a, lengths in nx.all_pairs_dijkstra_path_length(graph):
        for b, length in lengths.items():
            assert told[a, b] == pytest.approx(length, abs=1e-6)


def test_without_places_to_go_to_there_is_no_walk(city: City, network: Network) -> None:
    none = at(city, network)
    assert len(nearest_walks(network, at(city, network, (0, 0)), none).start) == 0
    assert len(walks_within(network, at(city, network, (0, 0)), none, 500.0).start) == 0
