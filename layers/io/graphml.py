"""Read a network that osmnx wrote as GraphML.

The file is plain XML, so it is read without osmnx, which would take four seconds to import and fails on a damaged number.
"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import shapely

from layers.city import City
from layers.errors import InputError
from layers.geometry import Geometry
from layers.io.names import city_name
from layers.io.osm_classes import HIGHWAYS, NO_STREET, wanted
from layers.io.osm_facilities import one_district
from layers.io.osm_file import damaged
from layers.io.osm_tags import StreetTags, street_tags
from layers.io.rows import street_layer, texts
from layers.io.tally import Tally
from layers.kinds.junctions import Junctions
from layers.kinds.streets import Oneway, Streets
from layers.layer import F64, GIVEN, MISSING
from layers.projection import WGS84, epsg_of, is_geographic, metric_epsg, transform
from layers.text import Text

Attributes = Mapping[str, str]

# Of values that were gathered when edges were joined, a highway takes the first of these.
_BY_RANK = {highway: rank for rank, highway in enumerate(HIGHWAYS)}
# The two directions of one street are drawn alike, but for what rounding leaves.
SAME_LENGTH_M = 0.5


@dataclass(frozen=True, slots=True)
class Edge:
    """Hold one directed edge: its ends, its line in the file's coordinates, shape (n, 2), and its tags."""

    start: str
    end: str
    line: F64
    tags: Attributes

    @property
    def first_way(self) -> str:
        """Id of the first OSM way, or what stands in its place."""
        return self.tags.get("osmid", "").split(";")[0] or f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class GraphFile:
    """Hold a GraphML file: attributes of the graph, of its nodes by id, and its directed edges."""

    graph: Attributes
    nodes: Mapping[str, Attributes]
    edges: Sequence[tuple[str, str, Attributes]]


def read_graphml(path: str | Path, *, name: str | None = None, crs: int | None = None, walk: bool = False) -> City:
    """Return the city whose network a GraphML file holds.

    Parameters
    ----------
    path
        Written by ``osmnx.save_graphml`` (any version): nodes with ``x`` and ``y``, edges with ``osmid`` and tags.
    name
        Name of the city; the file's own where none is given.
    crs
        EPSG code of the coordinates, where the file does not say or says wrong.
    walk
        Read footways too, closed to vehicles all day. Service roads are read as the file has them.

    Raises
    ------
    InputError
        Where the file is damaged, or its nodes have no place.
    """
    path = Path(path)
    file = parse_graphml(path)
    tally = Tally()
    source = crs or epsg_of(file.graph.get("crs", "")) or WGS84
    places = _places(file, path)
    edges = _edges(file, places, walk, tally)
    if not edges:
        raise InputError(
            Text(
                f"文件“{path}”中没有道路；应为 osmnx 保存的路网（edge 元素）",
                f"file {str(path)!r} holds no street; expected a network saved by osmnx, with edge elements",
            )
        )
    epsg = _target(np.array(list(places.values())), source)
    streets, junctions = _layers(edges, file, places, (source, epsg), tally)
    title = name or city_name(path)
    layers = [one_district(junctions.geometry.coords, title, tally), streets, junctions]
    return City(title, epsg, {layer.KIND: layer for layer in layers}).with_notes(*tally.notes())


def parse_graphml(path: Path) -> GraphFile:
    """Return the elements of a GraphML file, as text.

    Raises
    ------
    InputError
        Where the XML is damaged.
    """
    keys: dict[str, str] = {}
    graph: dict[str, str] = {}
    nodes: dict[str, Attributes] = {}
    edges: list[tuple[str, str, Attributes]] = []
    try:
        for _, element in ElementTree.iterparse(path):
            tag = element.tag.rpartition("}")[2]
            if tag == "key":
                keys[element.get("id", "")] = element.get("attr.name", "")
            elif tag == "node":
                nodes[element.get("id", "")] = _data(element, keys)
                element.clear()
            elif tag == "edge":
                edges.append((element.get("source", ""), element.get("target", ""), _data(element, keys)))
                element.clear()
            elif tag == "graph":
                graph = _data(element, keys)
    except ElementTree.ParseError as error:
        raise damaged(path, "GraphML", str(error)) from error
    return GraphFile(graph, nodes, edges)


def _data(element: ElementTree.Element, keys: Mapping[str, str]) -> dict[str, str]:
    found = {keys.get(d.get("key", ""), ""): d.text or "" for d in element if d.tag.rpartition("}")[2] == "data"}
    return {key: _flat(text) for key, text in found.items()}


def _flat(text: str) -> str:
    """Return a list that was written as Python text with its items between semicolons, as OSM writes several values."""
    if not re.match(r"^\[.*\]$", text, re.DOTALL):
        return text
    try:
        items = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text
    return ";".join(dict.fromkeys(str(item) for item in items))


def _places(file: GraphFile, path: Path) -> dict[str, tuple[float, float]]:
    places = {}
    for key, attributes in file.nodes.items():
        try:
            places[key] = (float(attributes["x"]), float(attributes["y"]))
        except (KeyError, ValueError) as error:
            raise InputError(
                Text(
                    f"文件“{path}”的节点“{key}”没有可用的 x、y 坐标；应为 osmnx 保存的 GraphML",
                    f"file {str(path)!r}: node {key!r} has no usable x and y; expected GraphML saved by osmnx",
                )
            ) from error
    return places


def _edges(file: GraphFile, places: Mapping[str, tuple[float, float]], walk: bool, tally: Tally) -> list[Edge]:
    found = []
    merged = Text("合并路段有多个等级，取最高的一级", "joined edges of several classes take the highest")
    adrift = Text("端点不在文件中的路段", "edges whose ends are not in the file")
    for start, end, attributes in file.edges:
        tags = dict(attributes)
        if start not in places or end not in places:
            tally.say("skipped", "streets", adrift, f"{start}-{end}")
            continue
        if ";" in tags.get("highway", ""):
            tally.say("assumed", "streets.road_class", merged, tags["highway"])
            tags["highway"] = min(tags["highway"].split(";"), key=lambda h: _BY_RANK.get(h, len(_BY_RANK)))
        if "highway" in tags and not wanted(tags, service=True, walk=walk):
            tally.say("skipped", "streets", NO_STREET, tags["highway"])
            continue
        line = _line(tags.pop("geometry", ""), places[start], places[end])
        found.append(Edge(start, end, line, tags))
    return found


def _line(wkt: str, start: tuple[float, float], end: tuple[float, float]) -> F64:
    drawn = shapely.from_wkt(wkt, on_invalid="ignore") if wkt else None
    if drawn is None or drawn.geom_type != "LineString" or drawn.is_empty:
        return np.array([start, end])
    line: F64 = shapely.get_coordinates(drawn)
    return line


def _target(xy: F64, source: int) -> int:
    if not is_geographic(source):
        return source
    lon, lat = transform(np.median(xy, axis=0).reshape(1, 2), source, WGS84)[0]
    return metric_epsg(float(lon), float(lat))


def _layers(
    edges: Sequence[Edge], file: GraphFile, places: Mapping[str, Any], systems: tuple[int, int], tally: Tally
) -> tuple[Streets, Junctions]:
    kept = pair(edges)
    lines = Geometry.lines([edge.line for edge, _ in kept])
    geometry = Geometry(lines.shape, transform(lines.coords, *systems), lines.offsets)
    said = [_said(edge, oneway) for edge, oneway in kept]
    for (edge, _), tags in zip(kept, said, strict=True):
        for column, example in tags.refused:
            tally.add("unreadable", f"streets.{column}", f"{example} (way {edge.first_way})")
    n_of_way: Counter[str] = Counter()
    ids = []
    for edge, _ in kept:
        n_of_way[edge.first_way] += 1
        ids.append(f"w{edge.first_way}-{n_of_way[edge.first_way]}")
    ends = [(f"n{edge.start}", f"n{edge.end}") for edge, _ in kept]
    extra = {
        f"osm_{column}": np.array([edge.tags.get(key, "") for edge, _ in kept], dtype=str)
        for column, key in (("way", "osmid"), ("highway", "highway"), ("access", "access"))
    }
    streets = street_layer(ids, geometry, ends, said, extra, tally)
    return streets, _junctions(kept, file, places, systems)


def _said(edge: Edge, oneway: Oneway) -> StreetTags:
    said = street_tags({key: text for key, text in edge.tags.items() if key not in {"oneway", "length", "reversed"}})
    return StreetTags({**said.values, "oneway": int(oneway)}, said.refused)


def _junctions(
    kept: Sequence[tuple[Edge, Oneway]], file: GraphFile, places: Mapping[str, Any], systems: tuple[int, int]
) -> Junctions:
    nodes = list(dict.fromkeys(node for edge, _ in kept for node in (edge.start, edge.end)))
    xy = transform(np.array([places[node] for node in nodes]), *systems)
    signals = np.array([file.nodes[node].get("highway") == "traffic_signals" for node in nodes])
    origin = {"signals": np.where(signals, GIVEN, MISSING).astype(np.uint8)}
    return Junctions(ids=texts(f"n{node}" for node in nodes), geometry=Geometry.points(xy), signals=signals, origin=origin)


def pair(edges: Sequence[Edge]) -> list[tuple[Edge, Oneway]]:
    """Return one edge a street with its direction: two that run against each other along one line are one street.

    Edges that osmnx says are one-way stay alone, and so does an edge without its opposite, unless it is said to be two-way.
    """
    by_ends: dict[frozenset[str], list[int]] = defaultdict(list)
    for row, edge in enumerate(edges):
        by_ends[frozenset((edge.start, edge.end))].append(row)
    used: set[int] = set()
    kept = []
    for row, edge in enumerate(edges):
        if row in used:
            continue
        used.add(row)
        if _is_oneway(edge):
            kept.append((edge, Oneway.FORWARD))
            continue
        near = by_ends[frozenset((edge.start, edge.end))]
        other = next((i for i in near if i not in used and _opposite(edge, edges[i])), None)
        if other is not None:
            used.add(other)
        said_both = edge.tags.get("oneway", "").lower() in {"false", "no", "0"}
        kept.append((edge, Oneway.BOTH if other is not None or said_both else Oneway.FORWARD))
    return kept


def _is_oneway(edge: Edge) -> bool:
    return edge.tags.get("oneway", "").lower() in {"true", "yes", "1"}


def _opposite(one: Edge, other: Edge) -> bool:
    if (one.start, one.end) != (other.end, other.start) or _is_oneway(other):
        return False
    if set(one.tags.get("osmid", "").split(";")) != set(other.tags.get("osmid", "").split(";")):
        return False
    if one.line.shape == other.line.shape and np.allclose(one.line, other.line[::-1], rtol=0, atol=1e-7):
        return True
    lengths = [_number(edge.tags.get("length", "")) for edge in (one, other)]
    return bool(abs(lengths[0] - lengths[1]) < SAME_LENGTH_M)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")
