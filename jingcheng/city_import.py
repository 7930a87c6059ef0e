"""``jingcheng city import``: roads and whatever else files hold, made into a project."""

from __future__ import annotations

import time
from argparse import Namespace
from dataclasses import replace

from jingcheng.city_common import add_file_options, counted, counts, note_lines, notes_json, other_than, project_path
from jingcheng.console import emit, figure, say
from jingcheng.parser import Parser
from layers.city import City
from layers.errors import InputError
from layers.text import Lang, Text

EXAMPLE = "jingcheng city import roads.osm.pbf toilets.csv --out city.gpkg"


def register(parser: Parser, lang: Lang) -> None:
    """Add the arguments."""
    files = Text("OSM、GraphML、GeoJSON、CSV 或 GeoPackage", "OSM, GraphML, GeoJSON, CSV or GeoPackage")
    parser.add_argument("files", nargs="*", metavar="FILE", help=files.get(lang))
    place = Text("不读文件，按地名从 OpenStreetMap 下载道路", "no files: download the streets of a place from OpenStreetMap")
    parser.add_argument("--place", metavar="NAME", help=place.get(lang))
    out = Text("保存为", "where to save")
    parser.add_argument("--out", required=True, metavar="CITY.gpkg", help=out.get(lang))
    name = Text("城市名称，默认取文件名", "name of the city; the file's by default")
    parser.add_argument("--name", help=name.get(lang))
    add_file_options(parser, lang)
    service = Text(
        "也读入 OSM 的服务道路（进出道、停车场通道）", "read service roads of OSM files too (drives, car park aisles)"
    )
    parser.add_argument("--service", action="store_true", help=service.get(lang))
    walk = Text("也读入 OSM 的步行道路，全天禁止车辆", "read footways of OSM files too, closed to vehicles all day")
    parser.add_argument("--walk", action="store_true", help=walk.get(lang))


def run(args: Namespace) -> int:
    """Read the files, fill blanks by rule, and save the city."""
    from layers.assume import assume_city
    from layers.io.geopackage import write_city

    out = other_than(project_path(args.out), args.files)
    started = time.perf_counter()
    city = assume_city(_read(args))
    read_s = time.perf_counter() - started
    write_city(city, out)
    write_s = time.perf_counter() - started - read_s
    for line in note_lines(city.notes, args.lang):
        say(args, line)
    document = {
        "city": city.name,
        "epsg": city.epsg,
        "out": str(out),
        **counted(city),
        "notes": notes_json(city.notes, args.lang),
        "seconds": {"read": read_s, "write": write_s},
    }
    saved = Text(
        f"城市“{city.name}”（EPSG:{city.epsg}）已存入 {out}：读取 {figure(read_s)} s，保存 {figure(write_s)} s",
        f"city {city.name!r} (EPSG:{city.epsg}) saved in {out}: read {figure(read_s)} s, saved {figure(write_s)} s",
    )
    emit(args, document, [*counts(city, args.lang), "", saved.get(args.lang)])
    return 0


def _read(args: Namespace) -> City:
    if bool(args.files) == bool(args.place):
        zh, en = (
            "请给出文件，或用 --place 给出地名（二者取一）",
            "give files, or the name of a place with --place (one of the two)",
        )
        raise InputError(Text(zh, en))
    if args.place:
        from layers.io.osmnx_place import read_place

        city = read_place(args.place, service=args.service)
        return replace(city, name=args.name or city.name)
    from layers.io.read import read_city

    return read_city(args.files, crs=args.crs, encoding=args.encoding, name=args.name, service=args.service, walk=args.walk)
