"""``jingcheng export``: a plan in a format of other programs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from jingcheng.cli import DONE
from jingcheng.console import emit, say
from layers.errors import InputError
from layers.text import Lang, Text
from optimizer.plan import Plan
from optimizer.project import Project, load_plans
from publish.geojson import write_geojson
from publish.site_csv import SITE_TABLES, write_sites
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
        "CSV 的内容：车辆时刻表、公示时刻表、站点负荷；变更、选址结论、服务量、服务关系、相近方案",
        "what a CSV holds: vehicles' times, the public notice, the stations' load; changes, verdicts on sites, what each "
        "facility takes, who is served by whom, alternatives. By default the vehicles' times, of a plan without routes "
        "the changes",
    )
    parser.add_argument("--table", choices=(*TABLES, *SITE_TABLES), help=table.get(lang))


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
    n_features = _write_csv(project, plan, args) if suffix == ".csv" else write_geojson(plan, project.city, args.out)
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


def _write_csv(project: Project, plan: Plan, args: Namespace) -> int:
    table = args.table or ("trucks" if plan.routes or not plan.changes else "changes")
    if table in SITE_TABLES:
        return write_sites(plan, project.city, args.out, table, args.lang)
    scenario = project.scenario_of(plan)
    inventory = scenario.inventory if scenario is not None else default_inventory()
    return write_timetable(plan, project.city, inventory, args.out, table, args.lang)
