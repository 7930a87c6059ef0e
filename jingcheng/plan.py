"""``jingcheng plan``: one planner, one city, one plan."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from jingcheng.asked import add_scenario_options, asked_scenario, save_plan, say_unused
from jingcheng.city_common import project_path
from jingcheng.cli import DONE, FAILED_CHECK, MENDABLE, STOPPED
from jingcheng.console import emit, say
from jingcheng.language import teller
from jingcheng.plan_text import plan_lines
from jingcheng.planning import make_plan
from layers.text import Lang, Text
from optimizer.answer import answer, missed_targets, require_targets
from optimizer.plan import Outcome
from optimizer.planner import planner
from optimizer.run import require_layers

EXAMPLE = "jingcheng plan sweeping city.gpkg --time-limit 60 --set depot=121.53,25.04 --out plan.gpkg"


def register(parser: ArgumentParser, lang: Lang) -> None:
    """Add the arguments."""
    told = teller(lang)
    add_scenario_options(parser, lang)
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument(
        "--time-limit", metavar="S", type=float, help=told("搜索时间（秒），不含读取与准备", "search time, s")
    )
    limit.add_argument(
        "--work-limit", metavar="N", type=int, help=told("计算量上限，结果可重现", "work limit: the plan is reproducible")
    )
    parser.add_argument("--seed", metavar="N", type=int, help=told("随机种子", "random seed"))
    parser.add_argument("--threads", metavar="N", type=int, help=told("线程数", "threads"))
    parser.add_argument("--engine", metavar="NAME", help=told("求解引擎", "engine"))
    parser.add_argument(
        "--require", metavar="TARGET", action="append", default=[], help=told("必须达到的指标", "target that must be met")
    )
    parser.add_argument(
        "--input", metavar="PLAN.gpkg", type=Path, action="append", default=[],
        help=told("所依据的方案，如现行时刻表，可多次", "plan to build on, such as today's timetable"),
    )  # fmt: skip
    parser.add_argument("--out", metavar="PLAN.gpkg", type=Path, help=told("保存方案", "save the plan"))


def run(args: Namespace) -> int:
    """Make a plan, say what it reaches, and save it where asked."""
    scenario, load_s = asked_scenario(args)
    require_layers(scenario.city, planner(scenario.planner))
    # what cannot be is told before the work, not after
    require_targets(scenario, args.require)
    say_unused(args, scenario.params)
    if args.out is not None:
        project_path(args.out)
    made = make_plan(scenario, args, load_s=load_s)
    document = answer(scenario, made.plan, args.lang)
    emit(args, document, plan_lines(made.plan, document, args.lang, scenario))
    if args.out is not None:
        save_plan(args, scenario, made.plan)
    missed = missed_targets(document, args.require)
    for target in missed:
        say(args, Text(f"未达到必达指标 {target}", f"the required target {target} is missed"))
    if made.failure is not None:
        return MENDABLE
    if made.interrupted:
        return STOPPED
    return FAILED_CHECK if made.plan.faults or made.plan.outcome is Outcome.INFEASIBLE or missed else DONE
