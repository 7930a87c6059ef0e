"""``jingcheng city add``: a table or GeoJSON laid upon a city."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from jingcheng.city_common import (
    add_file_options,
    counted,
    counts,
    mapping,
    note_lines,
    notes_json,
    open_project,
    project_path,
    save_changed,
)
from jingcheng.console import emit, say
from jingcheng.parser import Parser
from layers.text import Lang, Text

EXAMPLE = "jingcheng city add city.gpkg 公厕.csv --kind toilets --map name=公厕名称"
REFERENCE = "reference"


def register(parser: Parser, lang: Lang) -> None:
    """Add the arguments."""
    parser.add_argument("city", metavar="CITY.gpkg", help=Text("城市", "the city").get(lang))
    parser.add_argument("file", metavar="FILE", help=Text("CSV 表或 GeoJSON", "CSV table or GeoJSON").get(lang))
    kind = Text(
        f"图层类别，如 streets、toilets、公厕；{REFERENCE} 为参考图层",
        f"kind of layer, such as streets, toilets; {REFERENCE} for a free layer that is only drawn",
    )
    parser.add_argument("--kind", required=True, help=kind.get(lang))
    pairs = Text("指定列，可重复", "which column holds a field; may be repeated")
    parser.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN", help=pairs.get(lang))
    add_file_options(parser, lang)
    out = Text("另存为；默认改写原文件", "save elsewhere; the city itself by default")
    parser.add_argument("--out", metavar="OTHER.gpkg", help=out.get(lang))


def run(args: Namespace) -> int:
    """Read the file, lay it upon the city, fill blanks by rule, and save."""
    from layers.assume import assume_city
    from layers.io.fields import kind_named
    from layers.io.read import add_frame, read_frame
    from layers.io.sniff import sniff

    out, path = project_path(args.out or args.city), Path(args.file)
    kind = None if args.kind == REFERENCE else kind_named(args.kind)
    project = open_project(args.city)
    before = project.city
    frame = read_frame(path, sniff(path), args.encoding)
    after = add_frame(before, frame, kind, crs=args.crs, mapping=mapping(args.map))
    after = assume_city(after)
    save_changed(project, after, out)
    new = after.notes[len(before.notes) :]
    for line in note_lines(new, args.lang):
        say(args, line)
    document = {
        "city": after.name,
        "out": str(out),
        "rows": len(frame),
        **counted(after),
        "notes": notes_json(new, args.lang),
    }
    saved = Text(
        f"“{frame.name}”的 {len(frame)} 行已读入，存入 {out}", f"{len(frame)} rows of {frame.name!r} read, saved in {out}"
    )
    emit(args, document, [*counts(after, args.lang), "", saved.get(args.lang)])
    return 0
