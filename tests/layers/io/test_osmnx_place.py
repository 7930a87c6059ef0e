"""A place by name: the network is stood in for, the file that osmnx writes is its own."""

from __future__ import annotations

from typing import Any

import networkx as nx
import osmnx
import pytest
import requests

from layers.errors import InputError
from layers.io.osmnx_place import read_place
from layers.kinds.streets import Oneway, Streets


def graph() -> Any:
    made = nx.MultiDiGraph(crs="epsg:4326", simplified=True)
    for node, lon in ((1, 120.300), (2, 120.301), (3, 120.302)):
        made.add_node(node, x=lon, y=31.5, street_count=2)
    said = {"osmid": 7, "highway": "primary", "name": "人民路", "oneway": False, "length": 95.0}
    made.add_edge(1, 2, **said, reversed=False)
    made.add_edge(2, 1, **said, reversed=True)
    made.add_edge(2, 3, **{**said, "osmid": [8, 9], "oneway": True, "lanes": ["2", "3"]}, reversed=False)
    return made


def test_streets_of_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def stand_in(place: str, network_type: str) -> Any:
        asked.append((place, network_type))
        return graph()

    monkeypatch.setattr(osmnx, "graph_from_place", stand_in)
    city = read_place("梁溪区, 无锡市")
    streets = city[Streets]
    assert asked == [("梁溪区, 无锡市", "drive")]
    assert streets.ids.tolist() == ["w7-1", "w8-1"]
    assert streets.oneway.tolist() == [Oneway.BOTH, Oneway.FORWARD]
    assert streets.name.tolist() == ["人民路"] * 2
    assert city.name == "梁溪区, 无锡市"
    assert [n.text.en for n in city.notes if n.kind == "source"] == ["data © OpenStreetMap contributors, under ODbL"]


@pytest.mark.parametrize(
    ("raised", "message"),
    [
        (requests.ConnectionError, r"cannot fetch '某地' from OpenStreetMap \(ConnectionError\): check the network"),
        (osmnx._errors.InsufficientResponseError, "knows no area '某地', or no streets in it; write it more fully"),
    ],
)
def test_what_cannot_be_fetched_is_told(monkeypatch: pytest.MonkeyPatch, raised: type[Exception], message: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(osmnx, "graph_from_place", fail)
    with pytest.raises(InputError, match=message):
        read_place("某地")
