"""Networks as osmnx writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from layers.errors import InputError
from layers.io.graphml import read_graphml
from layers.kinds.junctions import Junctions
from layers.kinds.streets import Oneway, RoadClass, Streets
from layers.layer import REFUSED
from layers.validate import validate

NODES = {"1": (114.0, 22.5), "2": (114.001, 22.5), "3": (114.002, 22.5)}
NODE_KEYS = ("x", "y", "highway")
EDGE_KEYS = ("osmid", "highway", "oneway", "reversed", "name", "lanes", "length", "geometry", "maxspeed")
Edge = tuple[str, str, Mapping[str, str]]


def graphml(path: Path, edges: Sequence[Edge], *, crs: str = "epsg:4326", lights: str = "", nodes: object = None) -> Path:
    keys = {name: f"d{i}" for i, name in enumerate(dict.fromkeys((*NODE_KEYS, *EDGE_KEYS, "crs")))}
    lines = ["<?xml version='1.0' encoding='utf-8'?>", '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [f'<key id="{key}" for="all" attr.name="{name}" attr.type="string"/>' for name, key in keys.items()]
    lines += ['<graph edgedefault="directed">', f'<data key="{keys["crs"]}">{crs}</data>']
    for node, (x, y) in (nodes or NODES).items():  # type: ignore[attr-defined]
        light = f'<data key="{keys["highway"]}">traffic_signals</data>' if node == lights else ""
        lines.append(f'<node id="{node}"><data key="{keys["x"]}">{x}</data><data key="{keys["y"]}">{y}</data>{light}</node>')
    for start, end, tags in edges:
        data = "".join(f'<data key="{keys[k]}">{escape(v)}</data>' for k, v in tags.items())
        lines.append(f'<edge source="{start}" target="{end}">{data}</edge>')
    path.write_text("\n".join([*lines, "</graph></graphml>"]), encoding="utf-8")
    return path


def both(start: str, end: str, **tags: str) -> list[Edge]:
    said = {"osmid": "7", "highway": "primary", "oneway": "False", "length": "102.8", **tags}
    return [(start, end, {**said, "reversed": "False"}), (end, start, {**said, "reversed": "True"})]


def test_two_directions_are_one_street(tmp_path: Path) -> None:
    city = read_graphml(graphml(tmp_path / "g.graphml", both("1", "2"), lights="2"), name="深圳")
    streets = city[Streets]
    assert streets.ids.tolist() == ["w7-1"]
    assert streets.oneway.tolist() == [Oneway.BOTH]
    assert streets.road_class.tolist() == [RoadClass.MAIN]
    # no geometry: a straight line of 0.001° at 22.5° N
    assert streets.geometry.lengths_m() == pytest.approx([102.9], abs=0.2)
    assert (city.name, city.epsg) == ("深圳", 4547)
    assert {str(i) for i in city[Junctions].ids[city[Junctions].signals]} == {"n2"}
    assert not validate(city)


def test_a_one_way_edge_runs_as_it_is_drawn(tmp_path: Path) -> None:
    edges: list[Edge] = [("2", "1", {"osmid": "7", "highway": "trunk", "oneway": "True"}), *both("2", "3", osmid="8")]
    streets = read_graphml(graphml(tmp_path / "g.graphml", edges))[Streets]
    assert streets.oneway.tolist() == [Oneway.FORWARD, Oneway.BOTH]
    assert streets.from_junction.tolist() == ["n2", "n2"]


def test_an_edge_without_its_opposite_runs_one_way_unless_it_says_otherwise(tmp_path: Path) -> None:
    edges: list[Edge] = [("1", "2", {"osmid": "7", "highway": "primary"}), both("2", "3")[0]]
    assert read_graphml(graphml(tmp_path / "g.graphml", edges))[Streets].oneway.tolist() == [Oneway.FORWARD, Oneway.BOTH]


def test_parallel_streets_stay_apart(tmp_path: Path) -> None:
    bent = "LINESTRING (114 22.5, 114.0005 22.501, 114.001 22.5)"
    back = "LINESTRING (114.001 22.5, 114.0005 22.501, 114 22.5)"
    a, b = both("1", "2", length="245.9")
    edges = [*both("1", "2"), (a[0], a[1], {**a[2], "geometry": bent}), (b[0], b[1], {**b[2], "geometry": back})]
    streets = read_graphml(graphml(tmp_path / "g.graphml", edges))[Streets]
    assert streets.ids.tolist() == ["w7-1", "w7-2"]
    assert streets.geometry.lengths_m() == pytest.approx([102.9, 244.3], abs=1.0)


def test_lists_of_values_are_told(tmp_path: Path) -> None:
    edges = both("1", "2", osmid="[7, 9]", highway="['secondary', 'trunk']", lanes="['4', '3']", name="['甲路', '乙路']")
    city = read_graphml(graphml(tmp_path / "g.graphml", edges))
    streets = city[Streets]
    assert streets.road_class.tolist() == [RoadClass.EXPRESSWAY]
    assert streets.name.tolist() == ["甲路;乙路"]
    assert streets.origins("n_lanes").tolist() == [REFUSED]
    assert streets.extra["osm_way"].tolist() == ["7;9"]
    told = " ".join(note.text.en for note in city.notes)
    assert "take the highest: 2, such as secondary;trunk" in told
    assert "lanes=4;3 (way 7)" in told


def test_footways_and_edges_adrift_are_left_out_and_told(tmp_path: Path) -> None:
    edges: list[Edge] = [*both("1", "2"), *both("2", "3", highway="footway", osmid="8"), ("3", "99", {"highway": "primary"})]
    path = graphml(tmp_path / "g.graphml", edges)
    city = read_graphml(path)
    assert len(city[Streets]) == 1
    told = " ".join(note.text.en for note in city.notes)
    assert "not streets to drive on: 2, such as footway" in told
    assert "ends are not in the file: 1, such as 3-99" in told
    assert read_graphml(path, walk=True)[Streets].ban_periods.tolist() == ["", "00:00-24:00"]


def test_a_projected_network_keeps_its_projection(tmp_path: Path) -> None:
    nodes = {"1": (500_000.0, 2_490_000.0), "2": (500_100.0, 2_490_000.0)}
    city = read_graphml(graphml(tmp_path / "g.graphml", both("1", "2"), crs="epsg:4547", nodes=nodes))
    assert city.epsg == 4547
    assert city[Streets].geometry.coords.tolist() == [[500_000, 2_490_000], [500_100, 2_490_000]]


def test_a_network_without_tags_has_streets_of_unknown_class(tmp_path: Path) -> None:
    streets = read_graphml(graphml(tmp_path / "g.graphml", [("1", "2", {})]))[Streets]
    assert streets.ids.tolist() == ["w1-2-1"]
    assert streets.road_class.tolist() == [RoadClass.UNKNOWN]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<graphml><graph>", "is damaged or incomplete .*; expected a whole GraphML file"),
        ("<graphml><graph/></graphml>", "holds no street; expected a network saved by osmnx"),
        ('<graphml><graph><node id="n0"/></graph></graphml>', "node 'n0' has no usable x and y"),
    ],
)
def test_a_bad_file_is_told(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "g.graphml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_graphml(path)


def test_shenzhen(shared: Path) -> None:
    city = read_graphml(shared / "cities" / "shenzhen_futian_graphml" / "G.graphml")
    streets = city[Streets]
    # 4,009 directed edges, of which 1,060 are footways and the like; the two directions of a street are one row
    n_both = int((streets.oneway == Oneway.BOTH).sum())
    assert len(streets) + n_both == 2_949
    assert not validate(city)
