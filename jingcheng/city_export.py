"""``jingcheng city export``: one layer as GeoJSON, CSV or GeoPackage."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from jingcheng.city_common import open_city, other_than
from jingcheng.console import emit
from jingcheng.parser import Parser
from layers.text import Lang, Text

EXAMPLE = "jingcheng city export city.gpkg --layer streets --out streets.geojson"


def register(parser: Parser, lang: Lang) -> None:
    """Add the arguments."""
    parser.add_argument("city", metavar="CITY.gpkg", help=Text("城市", "the city").get(lang))
    layer = Text("图层类别或参考图层的名称", "kind of layer, or the name of a reference layer")
    parser.add_argument("--layer", required=True, metavar="KIND", help=layer.get(lang))
    out = Text("文件：.geojson、.csv 或 .gpkg", "file: .geojson, .csv or .gpkg")
    parser.add_argument("--out", required=True, metavar="FILE", help=out.get(lang))


def run(args: Namespace) -> int:
    """Write the layer."""
    from layers.io.write import write_layer

    path = other_than(Path(args.out), [args.city])
    n = write_layer(open_city(args.city), args.layer, path)
    saved = Text(f"{n} 个对象已写入 {path}", f"{n} objects written to {path}")
    emit(args, {"layer": args.layer, "out": str(path), "objects": n}, [saved.get(args.lang)])
    return 0
