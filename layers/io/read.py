"""Read a city from files of any format that we know; the content of a file decides, not its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from layers.at_streets import with_known_streets
from layers.city import City, Note
from layers.districts import names_of, with_districts, with_known_districts
from layers.errors import InputError
from layers.io.fields import guess_kind, match
from layers.io.frame import Frame
from layers.io.layered import layer_of, references_of
from layers.io.located import checked_crs
from layers.io.names import city_name
from layers.io.osm_facilities import HULL_RULE, one_district
from layers.io.placed import has_place, middle, place
from layers.io.sniff import Format, sniff
from layers.io.street_lines import streets_of
from layers.io.tally import Tally
from layers.kinds.places import Districts
from layers.kinds.streets import Streets
from layers.layer import Layer
from layers.merge import add_layer, add_reference, merge
from layers.projection import OFFSETS, metric_epsg
from layers.text import Text


def read_city(
    paths: Sequence[str | Path],
    *,
    crs: str | None = None,
    encoding: str | None = None,
    name: str | None = None,
    service: bool = False,
    walk: bool = False,
) -> City:
    """Return the city that some files hold together.

    Networks (OSM, GraphML) and projects (GeoPackage) come first, whatever their order; tables and GeoJSON are laid upon
    them: as a layer where the file's name is that of a kind, else as a free layer.

    Parameters
    ----------
    paths
        At least one file.
    crs
        What the user says of the coordinates of tables, GeoJSON and GraphML: EPSG code, ``gcj02`` or ``bd09``.
    encoding
        Of tables; found out where it is not given.
    name
        Name of the city; that of the first file where it is not given.
    service, walk
        Whether service roads, and footways, of OSM files are read too.

    Raises
    ------
    InputError
        Where a file is missing, damaged or nothing that we read.
    """
    if not paths:
        raise InputError(Text("没有给出文件", "no file given"))
    crs = checked_crs(crs) if crs else None
    files = [(Path(path), sniff(Path(path))) for path in paths]
    whole = [
        _read_whole(path, kind, crs, service, walk) for path, kind in files if kind not in {Format.TABLE, Format.GEOJSON}
    ]
    city = _merged(whole, name) if whole else None
    for path, kind in files:
        if kind in {Format.TABLE, Format.GEOJSON}:
            frame = read_frame(path, kind, encoding)
            city = add_frame(city, frame, guess_kind(path.name.split(".")[0]), crs=crs)
    if city is None:
        raise InputError(Text("没有给出文件", "no file given"))
    return replace(city, name=name or city_name(files[0][0])) if name or not whole else city


def _read_whole(path: Path, kind: Format, crs: str | None, service: bool, walk: bool) -> City:
    if kind is Format.OSM:
        from layers.io.osm import read_osm

        city = read_osm(path, service=service, walk=walk)
        return city.with_notes(_always_wgs84(path, crs)) if crs else city
    if kind is Format.GRAPHML:
        from layers.io.graphml import read_graphml

        return read_graphml(path, crs=_epsg(crs), walk=walk)
    from layers.io.geopackage import read_city as read_project

    return read_project(path)


def _always_wgs84(path: Path, crs: str) -> Note:
    text = Text(f"OSM 总是 WGS 84，未按 {crs} 转换", f"OSM is always in WGS 84, not converted from {crs}")
    return Note("skipped", path.name, text)


def _epsg(crs: str | None) -> int | None:
    plain = checked_crs(crs) if crs else None
    if plain in OFFSETS:
        zh, en = (
            f"GraphML 路网不能按 {crs} 读取；请给出 EPSG 编号",
            f"a GraphML network cannot be in {crs}; give an EPSG number",
        )
        raise InputError(Text(zh, en))
    return int(plain) if plain else None


def _merged(cities: Sequence[City], name: str | None) -> City:
    """Return one city; a district that only stands for "everything" gives way to real ones, or is drawn anew."""
    if len(cities) == 1:
        return replace(cities[0], name=name or cities[0].name)
    real = [city for city in cities if HULL_RULE not in city[Districts].rules]
    bare = [replace(city, layers={k: v for k, v in city.layers.items() if k != Districts.KIND}) for city in cities]
    whole = merge([city if city in real else without for city, without in zip(cities, bare, strict=True)], name)
    if Districts in whole:
        return whole
    tally = Tally()
    districts = one_district(whole[Streets].geometry.coords, whole.name, tally)
    return whole.with_layers(districts).with_notes(*tally.notes())


def read_frame(path: Path, kind: Format, encoding: str | None = None) -> Frame:
    """Return the rows of a table or a GeoJSON file.

    Raises
    ------
    InputError
        Where the file is damaged, or of another format.
    """
    if kind is Format.TABLE:
        from layers.io.table import read_table

        return read_table(path, encoding)
    if kind is Format.GEOJSON:
        from layers.io.geojson import read_geojson

        return read_geojson(path, encoding)
    raise InputError(
        Text(
            f"文件“{path}”是 {kind}；这里应为 CSV 表或 GeoJSON，整座城市请用 city import",
            f"file {str(path)!r} is {kind}; expected a CSV table or GeoJSON here: read whole cities with city import",
        )
    )


def add_frame(
    city: City | None,
    frame: Frame,
    kind: type[Layer] | None,
    *,
    crs: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> City:
    """Return a city with the rows of a file laid upon it.

    Parameters
    ----------
    city
        None to begin one with this file.
    kind
        What the rows are; None for a free layer under the file's name.
    mapping
        The user's own choice of columns, heading by field.

    Raises
    ------
    InputError
        Where the rows have no place, or are not what the kind wants.
    """
    found = match(list(frame.columns), kind, mapping or {})
    if kind is Streets and city is not None and Streets in city and not has_place(frame, found):
        from layers.io.ledger import add_ledger

        return add_ledger(city, frame, found)
    placed = place(frame, found, crs)
    if city is None:
        city = City(city_name(Path(frame.name)), metric_epsg(*middle(placed.shapes)))
    if kind is None:
        references, notes = references_of(placed, city_name(Path(frame.name)), city.epsg)
        for reference in references:
            city = add_reference(city, reference)
        return city.with_notes(*notes)
    if kind is Streets:
        streets, junctions, notes = streets_of(placed, found, city.epsg)
        return _settled(add_layer(city, junctions), streets, notes)
    layer, notes = layer_of(placed, kind, found, city.epsg)
    return _settled(city, layer, notes)


def _settled(city: City, layer: Layer, notes: tuple[Note, ...]) -> City:
    if isinstance(layer, Districts) and HULL_RULE in city[Districts].rules:
        # real districts take the place of the one that stood for everything
        city = _without_hull(city)
    layer, told = with_known_districts(layer, city[Districts])
    layer = with_districts(layer, city[Districts])
    layer, unknown = with_known_streets(layer, city[Streets])
    return add_layer(city, layer).with_notes(*notes, *told, *unknown)


def _without_hull(city: City) -> City:
    hull = set(names_of(city[Districts]).tolist())
    layers = {k: v for k, v in city.layers.items() if k != Districts.KIND}
    for key, layer in layers.items():
        if any(c.name == "district" for c in layer.columns()):
            layers[key] = _blank_districts(layer, hull)
    return replace(city, layers=layers)


def _blank_districts(layer: Layer, names: set[str]) -> Layer:
    import numpy as np

    from layers.layer import MISSING

    values = layer.arrays()["district"]
    hit = np.isin(values, list(names))
    origin = np.where(hit, MISSING, layer.origins("district")).astype(np.uint8)
    blanked = {"district": np.where(hit, "", values)}
    return replace(layer, origin={**layer.origin, "district": origin}, **blanked)  # type: ignore[arg-type]
