"""Read an OSM file with osmium: the ways, turn restrictions, signals and facilities that a city is made of."""

from __future__ import annotations

import bz2
import gzip
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from layers.errors import InputError
from layers.io.osm_classes import wanted
from layers.io.osm_places import POINT_KEYS, is_place
from layers.text import Text

Tags = Mapping[str, str]
LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Way:
    """Hold one way: its id, the ids of its nodes in order, and its tags."""

    way_id: int
    nodes: tuple[int, ...]
    tags: Tags


@dataclass(frozen=True, slots=True)
class Restriction:
    """Hold one turn restriction: its members' ids by role, and its tags."""

    relation_id: int
    from_ways: tuple[int, ...]
    via_nodes: tuple[int, ...]
    via_ways: tuple[int, ...]
    to_ways: tuple[int, ...]
    tags: Tags


@dataclass(frozen=True, slots=True)
class Place:
    """Hold a facility or a boundary: an id such as ``n12`` or ``w34``, its place, its outline if any, its tags."""

    place_id: str
    lonlat: LonLat
    tags: Tags
    outline_wkb: str = ""


@dataclass
class OsmFile:
    """Gather what one file holds; filled by `read_file` and not changed after.

    Parameters
    ----------
    lonlat
        Degrees of each node of a street; nodes that the extract lacks are not there.
    signals
        Nodes with traffic signals.
    n_by_highway
        Ways that were left out, by highway value.
    broken
        Ids of facilities and boundaries whose outline does not close.
    """

    ways: list[Way] = field(default_factory=list)
    lonlat: dict[int, LonLat] = field(default_factory=dict)
    signals: set[int] = field(default_factory=set)
    restrictions: list[Restriction] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    n_by_highway: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def read_file(path: Path, *, service: bool = False, walk: bool = False) -> OsmFile:
    """Return what an OSM file holds of a city.

    Parameters
    ----------
    path
        ``.osm``, ``.osm.gz``, ``.osm.bz2`` or ``.osm.pbf``; the content decides.
    service
        Read service roads (drives, car park aisles) too.
    walk
        Read footways too.

    Raises
    ------
    InputError
        Where the file is damaged, or breaks off.
    """
    import osmium

    kind = _format_of(path)
    try:
        return _read(osmium.io.File(str(path), kind), service, walk)
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        if "order" not in str(error):
            raise damaged(path, "OSM", str(error)) from error
    # editors save what was drawn last where it comes to lie; areas can only be put together from a file in order
    with tempfile.TemporaryDirectory() as folder:
        ordered = Path(folder) / "ordered.osm.pbf"
        try:
            _sort(path, kind, ordered)
            return _read(osmium.io.File(str(ordered), "pbf"), service, walk)
        except (RuntimeError, ValueError) as error:
            raise damaged(path, "OSM", str(error)) from error


def _sort(path: Path, kind: str, ordered: Path) -> None:
    import osmium

    reader = osmium.MergeInputReader()
    reader.add_buffer(_content(path), kind.removesuffix(".gz").removesuffix(".bz2"))
    with osmium.SimpleWriter(str(ordered)) as writer:
        reader.apply(writer)


def _content(path: Path) -> bytes:
    raw = path.read_bytes()
    if raw.startswith(b"\x1f\x8b"):
        return gzip.decompress(raw)
    return bz2.decompress(raw) if raw.startswith(b"BZh") else raw


def _read(source: Any, service: bool, walk: bool) -> OsmFile:
    import osmium

    found = OsmFile()
    keys = osmium.filter.KeyFilter("highway", "boundary", "type", *POINT_KEYS)
    areas = osmium.filter.KeyFilter("boundary", *POINT_KEYS)
    thing: Any
    for thing in osmium.FileProcessor(source).with_areas(areas).with_filter(keys):
        if thing.is_way():
            _take_way(found, thing, service, walk)
        elif thing.is_node():
            _take_node(found, thing)
        elif thing.is_area():
            _take_area(found, thing)
        elif (thing.tags.get("type") or "").startswith("restriction"):
            found.restrictions.append(_restriction(thing))
    return found


def damaged(path: Path, expected: str, detail: str) -> InputError:
    """Return the error for a file that cannot be read to its end."""
    return InputError(
        Text(
            f"文件“{path}”已损坏或不完整（{detail}）；应为完整的 {expected} 文件，请重新下载或导出",
            f"file {str(path)!r} is damaged or incomplete ({detail}); expected a whole {expected} file: "
            "download or export it again",
        )
    )


def _format_of(path: Path) -> str:
    # the name may lie, or be missing; osmium takes a suffix
    with path.open("rb") as file:
        head = file.read(64)
    if head.startswith(b"\x1f\x8b"):
        return "osm.gz"
    if head.startswith(b"BZh"):
        return "osm.bz2"
    return "pbf" if b"OSMHeader" in head else "osm"


def _take_way(found: OsmFile, way: Any, service: bool, walk: bool) -> None:
    if "highway" not in way.tags:
        return
    tags = {tag.k: tag.v for tag in way.tags}
    if not wanted(tags, service, walk):
        found.n_by_highway[tags["highway"]] = found.n_by_highway.get(tags["highway"], 0) + 1
        return
    nodes = []
    for node in way.nodes:
        nodes.append(node.ref)
        location = node.location
        if location.valid():
            found.lonlat[node.ref] = (location.lon, location.lat)
    found.ways.append(Way(way.id, tuple(nodes), tags))


def _take_node(found: OsmFile, node: Any) -> None:
    tags = {tag.k: tag.v for tag in node.tags}
    if tags.get("highway") == "traffic_signals" or tags.get("crossing") == "traffic_signals":
        found.signals.add(node.id)
    if is_place(tags):
        found.places.append(Place(f"n{node.id}", (node.location.lon, node.location.lat), tags))


def _take_area(found: OsmFile, area: Any) -> None:
    import osmium

    tags = {tag.k: tag.v for tag in area.tags}
    is_boundary = tags.get("boundary") == "administrative"
    if not is_boundary and not is_place(tags):
        return
    place_id = f"{'w' if area.from_way() else 'r'}{area.orig_id()}"
    try:
        outline = osmium.geom.WKBFactory().create_multipolygon(area)
    except (RuntimeError, osmium.InvalidLocationError):
        found.broken.append(place_id)
        return
    found.places.append(Place(place_id, (float("nan"), float("nan")), tags, outline))


def _restriction(relation: Any) -> Restriction:
    by_role: dict[tuple[str, str], list[int]] = {}
    for member in relation.members:
        by_role.setdefault((member.role, member.type), []).append(member.ref)
    return Restriction(
        relation.id,
        tuple(by_role.get(("from", "w"), ())),
        tuple(by_role.get(("via", "n"), ())),
        tuple(by_role.get(("via", "w"), ())),
        tuple(by_role.get(("to", "w"), ())),
        {tag.k: tag.v for tag in relation.tags},
    )
