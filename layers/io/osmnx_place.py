"""Fetch the streets of a named place from OpenStreetMap over the network, by osmnx."""

from __future__ import annotations

import tempfile
from pathlib import Path

from layers.city import City, Note
from layers.errors import InputError
from layers.io.graphml import read_graphml
from layers.io.osm import ATTRIBUTION
from layers.text import Text


def read_place(place: str, *, service: bool = False) -> City:
    """Return the streets of a place, asked of OpenStreetMap's servers.

    Parameters
    ----------
    place
        As Nominatim knows it, such as ``梁溪区, 无锡市``.
    service
        Fetch service roads too.

    Raises
    ------
    InputError
        Where the place is not known, or the servers cannot be reached.
    """
    import osmnx  # four seconds, matplotlib among them
    import requests

    osmnx.settings.use_cache = False  # else a folder `cache` appears wherever the user stands
    try:
        graph = osmnx.graph_from_place(place, network_type="drive_service" if service else "drive")
    except (requests.RequestException, osmnx._errors.ResponseStatusCodeError) as error:
        zh = f"无法从 OpenStreetMap 取得“{place}”（{type(error).__name__}）；请检查网络，或改用下载好的 .osm.pbf 文件"
        en = (
            f"cannot fetch {place!r} from OpenStreetMap ({type(error).__name__}): check the network, or use an .osm.pbf file"
        )
        raise InputError(Text(zh, en)) from error
    except (osmnx._errors.InsufficientResponseError, TypeError, ValueError) as error:
        zh = f"OpenStreetMap 不认识地名“{place}”，或那里没有道路；请写得更完整，如“梁溪区, 无锡市”"
        en = f"OpenStreetMap knows no area {place!r}, or no streets in it; write it more fully, such as '梁溪区, 无锡市'"
        raise InputError(Text(zh, en)) from error
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "place.graphml"
        osmnx.save_graphml(graph, path)
        city = read_graphml(path, name=place)
    return city.with_notes(Note("source", place, ATTRIBUTION))
