"""``jingcheng export``: a plan in a format of other programs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from jingcheng.cli import DONE
from jingcheng.console import emit, say
from layers.errors import InputError
from layers.text import Lang, Text
from optimizer.project import load_plans
from publish.geojson import write_geojson
from publish.timetable_csv import TABLES, write_timetable
from resources.io import default_inventory

EXAMPLE = "jingcheng export plan.gpkg --out plan.geojson"

_SUFFIXES = (".geojson", ".csv")


def register(parser: ArgumentParser, lang: Lang) -> None:
    """Add the arguments."""
    parser.add_argument("plan", metavar="PLAN.gpkg", type=Path, help=Text("方案文件", "plan file").get(lang))
    told = Text("输出文件；格式由后缀决定", "file to write; its suffix says the format").get(lang)
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help=told)
    table = Text(
        "CSV 的内容：车辆时刻表、公示时刻表或站点负荷",
        "what a CSV holds: vehicles' times, the public notice or the stations' load",
    )
    parser.add_argument("--table", choices=tuple(TABLES), default="trucks", help=table.get(lang))


def run(args: Namespace) -> int:
    """Export the last plan of the file."""
    suffix = args.out.suffix.lower()
    if suffix not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        zh, en = (
            f"不能导出为“{args.out.suffix}”；本版本支持：{known}",
            f"cannot export to {args.out.suffix!r}; this version writes: {known}",
        )
        raise InputError(Text(zh, en))
    project = load_plans(args.plan)
    plan = project.plans[-1]
    if suffix == ".csv":
        scenario = project.scenario_of(plan)
        inventory = scenario.inventory if scenario is not None else default_inventory()
        n_features = write_timetable(plan, project.city, inventory, args.out, args.table, args.lang)
    else:
        n_features = write_geojson(plan, project.city, args.out)
    if plan.faults:
        say(
            args,
            Text(
                f"注意：此方案有 {len(plan.faults)} 处错误，不能作为定稿",
                f"mind: this plan has {len(plan.faults)} faults and is not final",
            ),
        )
    document = {"file": str(args.out), "plan": plan.name, "features": n_features, "faults": len(plan.faults)}
    emit(
        args,
        document,
        [Text(f"已导出 {n_features} 项：{args.out}", f"{n_features} features or rows written: {args.out}").get(args.lang)],
    )
    return DONE
