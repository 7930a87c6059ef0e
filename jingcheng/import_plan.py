"""``jingcheng import-plan``: a timetable that is driven today as a plan, checked and measured like our own."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from jingcheng.asked import add_scenario_options, asked_scenario, save_plan, say_unused
from jingcheng.city_common import add_file_options, mapping, note_lines, notes_json, project_path
from jingcheng.cli import DONE, FAILED_CHECK
from jingcheng.console import emit, say
from jingcheng.plan_text import plan_lines
from layers.errors import InputError
from layers.text import Lang, Text

EXAMPLE = "jingcheng import-plan collection city.gpkg 时刻表.csv --map vehicle=车号 --out today.gpkg"


def register(parser: ArgumentParser, lang: Lang) -> None:
    """Add the arguments."""
    add_scenario_options(parser, lang)
    table = Text(
        "CSV 时刻表：vehicle、trip、order、arrive、leave、point 或 lon+lat 或 x_m+y_m、name、stream、kg",
        "CSV timetable: vehicle, trip, order, arrive, leave, point or lon+lat or x_m+y_m, name, stream, kg",
    )
    parser.add_argument("file", metavar="FILE.csv", type=Path, help=table.get(lang))
    pairs = Text("指定列，可重复", "which column holds a field; may be repeated")
    parser.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN", help=pairs.get(lang))
    add_file_options(parser, lang)
    parser.add_argument("--out", metavar="PLAN.gpkg", type=Path, help=Text("保存方案", "save the plan").get(lang))


def run(args: Namespace) -> int:
    """Read the timetable, make a plan of it, say what it reaches, and save it where asked."""
    from layers.io.read import read_frame
    from layers.io.sniff import Format, sniff
    from optimizer.answer import answer
    from optimizer.imported import import_plan, importer
    from optimizer.imported_rows import read_rows

    importer(args.planner)
    if args.out is not None:
        project_path(args.out)
    if (kind := sniff(args.file)) is not Format.TABLE:
        zh, en = f"文件“{args.file}”是 {kind}；这里应为 CSV 表", f"file {str(args.file)!r} is {kind}; expected a CSV table"
        raise InputError(Text(zh, en))
    frame = read_frame(args.file, kind, args.encoding)
    scenario, load_s = asked_scenario(args, args.file.stem)
    say_unused(args, scenario.params)
    read = read_rows(scenario.city, frame, mapping(args.map), args.crs)
    for line in note_lines(read.notes, args.lang):
        say(args, line)
    scenario = replace(scenario, city=read.city.with_notes(*read.notes))
    plan = import_plan(scenario, read.rows, load_s=load_s)
    taken = Text(
        f"“{frame.name}”的 {len(frame)} 行中采用 {len(read.rows)} 行，新增收集点 {read.n_added} 个",
        f"{len(read.rows)} of {len(frame)} rows of {frame.name!r} taken, {read.n_added} waste points added",
    )
    document = answer(scenario, plan, args.lang) | {
        "rows": len(frame),
        "taken": len(read.rows),
        "points_added": read.n_added,
        "notes": notes_json(read.notes, args.lang),
    }
    emit(args, document, [taken.get(args.lang), *plan_lines(plan, document, args.lang, scenario)])
    if args.out is not None:
        save_plan(args, scenario, plan)
    return FAILED_CHECK if plan.faults else DONE
