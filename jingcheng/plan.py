"""``jingcheng plan``: one planner, one city, one plan."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jingcheng.city_common import project_path
from jingcheng.cli import DONE, FAILED_CHECK, MENDABLE, STOPPED
from jingcheng.console import emit, say
from jingcheng.plan_text import plan_lines
from jingcheng.planning import make_plan
from layers.errors import ParameterError
from layers.io.geopackage import read_city
from layers.text import Lang, Text
from optimizer.answer import answer, missed_targets, require_targets
from optimizer.params import Params, Value, specs, with_values
from optimizer.plan import Outcome
from optimizer.planner import planner
from optimizer.project import Project, add_plan, load_plans, load_project, save_project
from optimizer.run import require_layers
from optimizer.scenario import Scenario
from optimizer.scenario_file import ScenarioFile, read_scenario

EXAMPLE = "jingcheng plan sweeping city.gpkg --time-limit 60 --set depot=121.53,25.04 --out plan.gpkg"

# Options of the command line that are parameters of every planner.
_OPTIONS = {
    "time_limit": "time_limit_s",
    "work_limit": "work_limit",
    "seed": "seed",
    "threads": "n_threads",
    "engine": "engine",
}


def register(parser: ArgumentParser, lang: Lang) -> None:
    """Add the arguments."""

    def told(zh: str, en: str) -> str:
        return Text(zh, en).get(lang)

    parser.add_argument("planner", metavar="PLANNER", help=told("规划器，见 jingcheng planners", "see jingcheng planners"))
    parser.add_argument("city", metavar="CITY.gpkg", type=Path, help=told("城市文件", "city file"))
    parser.add_argument("--scenario", metavar="S.toml", type=Path, help=told("方案文件", "scenario file"))
    parser.add_argument(
        "--set", metavar="KEY=VALUE", action="append", default=[], help=told("设定参数，可多次", "set a parameter")
    )
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
    scenario, load_s = _scenario(args)
    # what cannot be is told before the work, not after
    require_targets(scenario, args.require)
    for name in unused(scenario.params, _settings(args.set)):
        say(args, Text(f"参数 {name} 与所问无关，未使用", f"parameter {name!r} is not used: it has no say in what is asked"))
    if args.out is not None:
        project_path(args.out)
    made = make_plan(scenario, args, load_s=load_s)
    document = answer(scenario, made.plan, args.lang)
    emit(args, document, plan_lines(made.plan, document, args.lang, scenario.inventory))
    if args.out is not None:
        save_project(args.out, add_plan(_project(args, scenario), scenario, made.plan))
        say(args, Text(f"方案已保存：{args.out}", f"plan saved: {args.out}"))
    missed = missed_targets(document, args.require)
    for target in missed:
        say(args, Text(f"未达到必达指标 {target}", f"the required target {target} is missed"))
    if made.failure is not None:
        return MENDABLE
    if made.interrupted:
        return STOPPED
    return FAILED_CHECK if made.plan.faults or made.plan.outcome is Outcome.INFEASIBLE or missed else DONE


def unused(params: Params, names: Iterable[str]) -> list[str]:
    """Return those of some parameters that the others leave no say, such as a target where no fleet is looked for."""
    return [spec.name for spec in specs(type(params)) if spec.name in names and not spec.is_used(vars(params))]


def _scenario(args: Namespace) -> tuple[Scenario, float]:
    """Return the scenario that the arguments ask for, and the time that reading the city took."""
    chosen = planner(args.planner)
    file = read_scenario(args.scenario) if args.scenario else ScenarioFile()
    if file.planner not in {"", chosen.key}:
        zh = f"方案文件 {args.scenario} 属于规划器“{file.planner}”，不是“{chosen.key}”；请改用相应的规划器"
        raise ParameterError(
            Text(zh, f"scenario file {args.scenario} is for the planner {file.planner!r}, not {chosen.key!r}")
        )
    given: dict[str, Any] = {
        name: getattr(args, option) for option, name in _OPTIONS.items() if getattr(args, option) is not None
    }
    params = with_values(chosen.params(), {**file.params, **_settings(args.set), **given})
    started_s = time.monotonic()
    city = read_city(args.city)
    load_s = time.monotonic() - started_s
    require_layers(city, chosen)
    name = file.name or chosen.label.get(args.lang)
    inputs = tuple(plan for path in args.input for plan in load_plans(path).plans)
    return Scenario(name, city, file.inventory, chosen.key, params, file.locks, file.documents, inputs), load_s


def _project(args: Namespace, scenario: Scenario) -> Project:
    """Return what the plan is added to: the project itself where it is saved into it, so that nothing in it is lost."""
    if args.out.exists() and args.out.samefile(args.city):
        return load_project(args.out)
    return Project(scenario.city)


def _settings(pairs: list[str]) -> dict[str, str | Value]:
    settings: dict[str, str | Value] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            zh, en = f"--set {pair} 无法识别；应为 --set 参数=值", f"--set {pair} cannot be read; expected --set KEY=VALUE"
            raise ParameterError(Text(zh, en))
        settings[key.strip()] = value.strip()
    return settings
