"""Read a city from an OpenStreetMap extract: streets, junctions, turn restrictions, districts and facilities."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from layers.city import City, Note
from layers.errors import InputError
from layers.io.names import city_name
from layers.io.osm_classes import NO_STREET
from layers.io.osm_facilities import districts, facility_layers
from layers.io.osm_file import OsmFile, read_file
from layers.io.osm_streets import build
from layers.io.osm_turns import build_turns
from layers.io.tally import Tally
from layers.projection import metric_epsg
from layers.text import Text

ATTRIBUTION = Text("数据来源：© OpenStreetMap 贡献者，ODbL 许可", "data © OpenStreetMap contributors, under ODbL")


def read_osm(path: str | Path, *, name: str | None = None, service: bool = False, walk: bool = False) -> City:
    """Return the city that an OSM file holds.

    Parameters
    ----------
    path
        ``.osm``, ``.osm.gz``, ``.osm.bz2`` or ``.osm.pbf``; the content decides.
    name
        Name of the city; the file's own where none is given.
    service
        Read service roads too: drives, aisles of car parks. Alleys (``service=alley``) are always read.
    walk
        Read footways and pedestrian streets too, closed to vehicles all day.

    Raises
    ------
    InputError
        Where the file is damaged, or holds no street.
    """
    path = Path(path)
    found = read_file(path, service=service, walk=walk)
    if not found.lonlat:
        raise InputError(
            Text(
                f"文件“{path}”中没有可行驶的道路；应含 highway 标签的路段及其节点",
                f"file {str(path)!r} holds no street to drive on; expected ways tagged highway with their nodes",
            )
        )
    return _city(found, name or city_name(path), path.name)


def _city(found: OsmFile, name: str, where: str) -> City:
    tally = Tally()
    lonlat = np.array(list(found.lonlat.values()), dtype=np.float64)
    epsg = metric_epsg(*np.median(lonlat, axis=0).tolist())
    net = build(found, epsg, tally)
    turns = build_turns(found.restrictions, net, tally)
    area = districts(found.places, net.junctions.geometry.coords, name, epsg, tally)
    layers = [area, net.streets, net.junctions, turns, *facility_layers(found.places, epsg, tally)]
    for highway, n_ways in sorted(found.n_by_highway.items(), key=lambda item: -item[1]):
        tally.say("skipped", "streets", NO_STREET, f"{highway} {n_ways}", n_ways)
    for place_id in found.broken:
        tally.say(
            "skipped",
            where,
            Text("轮廓不闭合的设施或边界", "facilities or boundaries whose outline does not close"),
            place_id,
        )
    return City(name, epsg, {layer.KIND: layer for layer in layers if len(layer)}).with_notes(
        *tally.notes(), Note("source", where, ATTRIBUTION)
    )
