"""``jingcheng city make``: write a sample city to a file."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from jingcheng.city_common import project_path
from jingcheng.console import emit, figure, table
from layers.text import Lang, Text

EXAMPLE = "jingcheng city make sample.gpkg --size small --seed 7"


def register(parser: ArgumentParser, lang: Lang) -> None:
    """Add the command's arguments."""
    out = Text("写入的 GeoPackage 文件", "GeoPackage to write")
    size = Text("规模：small 一个区，city 十一个区，metropolis 约 20 万路段", "one district, eleven, or 200,000 segments")
    seed = Text("随机种子；相同种子得到相同的城市", "random seed; the same seed gives the same city")
    parser.add_argument("out", type=Path, metavar="OUT.gpkg", help=out.get(lang))
    parser.add_argument("--size", default="city", metavar="small|city|metropolis", help=size.get(lang))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=seed.get(lang))


def run(args: Namespace) -> int:
    """Make the city and write it."""
    from layers.errors import InputError
    from layers.io.geopackage import write_city
    from sample_city.generate import make_city

    if args.seed < 0:
        raise InputError(Text(f"随机种子为 {args.seed}；应不小于 0", f"seed is {args.seed}; expected 0 or more"))
    out = project_path(args.out)
    started_s = time.perf_counter()
    city = make_city(args.size, args.seed)
    made_s = time.perf_counter() - started_s
    write_city(city, out)
    counts = {kind: len(layer) for kind, layer in city.layers.items()}
    document = {
        "city": city.name, "file": str(args.out), "size": args.size, "seed": args.seed, "epsg": city.epsg,
        "layers": counts, "seconds": {"make": round(made_s, 3), "write": round(time.perf_counter() - started_s - made_s, 3)},
    }  # fmt: skip
    head = Text("图层,数量", "layer,objects").get(args.lang).split(",")
    lines = table(head, [(layer.LABEL.get(args.lang), figure(len(layer))) for layer in city.layers.values()])
    emit(args, document, [f"{city.name} → {args.out}", *lines])
    return 0
