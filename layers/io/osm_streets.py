"""Make the layers of streets, junctions and turns from what an OSM file holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from layers.geometry import Geometry
from layers.io.osm_file import OsmFile, Way
from layers.io.osm_graph import Chain, Piece, coordinates, cut, join, retraced
from layers.io.osm_tags import StreetTags, street_tags
from layers.io.rows import street_layer, texts
from layers.io.tally import Tally
from layers.kinds.junctions import Junctions
from layers.kinds.streets import Oneway, Streets
from layers.layer import GIVEN, MISSING, AnyArray
from layers.projection import project
from layers.text import Text

# A traffic light stands at the stop line as often as on the node where ways meet.
SIGNAL_REACH_M = 40.0
# Tags that no column of ours holds, kept as extra columns.
KEPT_TAGS = ("highway", "surface", "access")


@dataclass(frozen=True)
class StreetNet:
    """Hold the streets of a file and how they came from its ways.

    Parameters
    ----------
    chains
        One a street, in the order of `streets`.
    street_at
        The street that begins or ends with a way at a node, by (way id, node); several where a way runs through.
    """

    streets: Streets
    junctions: Junctions
    chains: tuple[Chain, ...]
    street_at: Mapping[tuple[int, int], tuple[int, ...]]


def build(found: OsmFile, epsg: int, tally: Tally) -> StreetNet:
    """Return streets and junctions in a metric projection; what was refused goes to `tally`."""
    ways = found.ways
    said = [street_tags(way.tags) for way in ways]
    _tell_refused(ways, said, tally)
    oneway = [int(s.values.get("oneway", Oneway.UNKNOWN)) for s in said]
    alike = [tuple((k, v) for k, v in s.values.items() if k != "oneway") for s in said]
    forced = {node for r in found.restrictions for node in r.via_nodes}
    pieces, junctions = cut(ways, found.lonlat, forced)
    chains = tuple(join(pieces, ways, junctions, alike, oneway))
    _tell_missing(ways, found, tally)
    streets = _streets(chains, pieces, found, said, epsg, tally)
    return StreetNet(streets, _junctions(chains, found, streets, epsg), chains, _street_at(chains, pieces, ways))


def _tell_refused(ways: Sequence[Way], said: Iterable[StreetTags], tally: Tally) -> None:
    for way, tags in zip(ways, said, strict=True):
        for column, example in tags.refused:
            tally.add("unreadable", f"streets.{column}", f"{example} (way {way.way_id})")


def _tell_missing(ways: Iterable[Way], found: OsmFile, tally: Tally) -> None:
    text = Text("路段伸出文件范围，缺少的节点处已截断", "ways cut where the extract lacks their nodes")
    there_and_back = Text("往返重画的路段只取一遍", "ways drawn there and back, taken once")
    for way in ways:
        n_absent = sum(node not in found.lonlat for node in way.nodes)
        if n_absent:
            tally.say("skipped", "streets", text, f"way {way.way_id}")
        if retraced(way.nodes):
            tally.say("repaired", "streets", there_and_back, f"way {way.way_id}")


def _streets(
    chains: Sequence[Chain], pieces: Sequence[Piece], found: OsmFile, said: Sequence[StreetTags], epsg: int, tally: Tally
) -> Streets:
    lines = [coordinates(chain, found.lonlat) for chain in chains]
    sizes = np.array([len(line) for line in lines], dtype=np.int64)
    lonlat = np.array([point for line in lines for point in line], dtype=np.float64).reshape(-1, 2)
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    leaders = [pieces[chain.leader] for chain in chains]
    return street_layer(
        [f"w{found.ways[p.way].way_id}-{p.number}" for p in leaders],
        Geometry(Streets.SHAPE, project(lonlat, epsg), (offsets,)),
        [(f"n{chain.nodes[0]}", f"n{chain.nodes[-1]}") for chain in chains],
        [said[piece.way] for piece in leaders],
        _extra(chains, pieces, found.ways),
        tally,
    )


def _extra(chains: Sequence[Chain], pieces: Sequence[Piece], ways: Sequence[Way]) -> dict[str, AnyArray]:
    of_chain = [[ways[pieces[row].way] for row in chain.pieces] for chain in chains]
    extra = {"osm_way": np.array([_several(str(way.way_id) for way in run) for run in of_chain], dtype=str)}
    for key in KEPT_TAGS:
        extra[f"osm_{key}"] = np.array([_several(way.tags.get(key, "") for way in run) for run in of_chain], dtype=str)
    return extra


def _several(values: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(value for value in values if value))


def _junctions(chains: Sequence[Chain], found: OsmFile, streets: Streets, epsg: int) -> Junctions:
    nodes = list(dict.fromkeys(node for chain in chains for node in (chain.nodes[0], chain.nodes[-1])))
    xy = project(np.array([found.lonlat[node] for node in nodes], dtype=np.float64).reshape(-1, 2), epsg)
    lit = _signalled(chains, found.signals, streets)
    signals = np.array([node in lit for node in nodes], dtype=bool)
    # OSM says where lights are and never where none are
    origin = {"signals": np.where(signals, GIVEN, MISSING).astype(np.uint8)}
    return Junctions(ids=texts(f"n{node}" for node in nodes), geometry=Geometry.points(xy), signals=signals, origin=origin)


def _signalled(chains: Sequence[Chain], signals: set[int], streets: Streets) -> set[int]:
    """Return the junctions that have traffic lights, on the node itself or at a stop line near it."""
    lit = {node for chain in chains for node in (chain.nodes[0], chain.nodes[-1]) if node in signals}
    for row, chain in enumerate(chains):
        at = [i for i, node in enumerate(chain.nodes) if node in signals]
        if not at:
            continue
        line = streets.geometry.row(row)
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
        for i in at:
            from_start, from_end = along[i], along[-1] - along[i]
            if min(from_start, from_end) <= SIGNAL_REACH_M:
                lit.add(chain.nodes[0] if from_start <= from_end else chain.nodes[-1])
    return lit


def _street_at(
    chains: Sequence[Chain], pieces: Sequence[Piece], ways: Sequence[Way]
) -> Mapping[tuple[int, int], tuple[int, ...]]:
    met: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, chain in enumerate(chains):
        for piece, node in ((chain.pieces[0], chain.nodes[0]), (chain.pieces[-1], chain.nodes[-1])):
            rows = met[ways[pieces[piece].way].way_id, node]
            if row not in rows:
                rows.append(row)
    return {key: tuple(rows) for key, rows in met.items()}
