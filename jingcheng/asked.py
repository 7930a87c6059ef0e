"""The scenario that a command's arguments ask for, and the file that its plan is saved in."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from jingcheng.console import say
from jingcheng.language import teller
from layers.errors import ParameterError
from layers.io.geopackage import read_city
from layers.text import Lang, Text
from optimizer.params import Params, Value, specs, with_values
from optimizer.plan import Plan
from optimizer.planner import planner
from optimizer.project import Project, add_plan, load_plans, load_project, save_project
from optimizer.scenario import Scenario
from optimizer.scenario_file import ScenarioFile, read_scenario

# Options of the command line that are parameters of every planner.
_OPTIONS = {
    "time_limit": "time_limit_s",
    "work_limit": "work_limit",
    "seed": "seed",
    "threads": "n_threads",
    "engine": "engine",
}


def add_scenario_options(parser: ArgumentParser, lang: Lang) -> None:
    """Add planner, city and how parameters are set."""
    told = teller(lang)
    parser.add_argument("planner", metavar="PLANNER", help=told("规划器，见 jingcheng planners", "see jingcheng planners"))
    parser.add_argument("city", metavar="CITY.gpkg", type=Path, help=told("城市文件", "city file"))
    parser.add_argument("--scenario", metavar="S.toml", type=Path, help=told("方案文件", "scenario file"))
    parser.add_argument(
        "--set", metavar="KEY=VALUE", action="append", default=[], help=told("设定参数，可多次", "set a parameter")
    )


def say_unused(args: Namespace, params: Params) -> None:
    """Name the parameters that were set and have no say."""
    for name in unused(params, _settings(args.set)):
        say(args, Text(f"参数 {name} 与所问无关，未使用", f"parameter {name!r} is not used: it has no say in what is asked"))


def save_plan(args: Namespace, scenario: Scenario, plan: Plan) -> None:
    """Save a plan where ``--out`` says, and say so."""
    save_project(args.out, add_plan(_project(args, scenario), scenario, plan))
    say(args, Text(f"方案已保存：{args.out}", f"plan saved: {args.out}"))


def unused(params: Params, names: Iterable[str]) -> list[str]:
    """Return those of some parameters that the others leave no say, such as a target where no fleet is looked for."""
    return [spec.name for spec in specs(type(params)) if spec.name in names and not spec.is_used(vars(params))]


def asked_scenario(args: Namespace, called: str = "") -> tuple[Scenario, float]:
    """Return the scenario that the arguments ask for, and the time that reading the city took.

    Parameters
    ----------
    called
        Its name where no scenario file names it; empty for the planner's label.
    """
    chosen = planner(args.planner)
    file = read_scenario(args.scenario) if args.scenario else ScenarioFile()
    if file.planner not in {"", chosen.key}:
        zh = f"方案文件 {args.scenario} 属于规划器“{file.planner}”，不是“{chosen.key}”；请改用相应的规划器"
        raise ParameterError(
            Text(zh, f"scenario file {args.scenario} is for the planner {file.planner!r}, not {chosen.key!r}")
        )
    given: dict[str, Any] = {
        name: value for option, name in _OPTIONS.items() if (value := getattr(args, option, None)) is not None
    }
    params = with_values(chosen.params(), {**file.params, **_settings(args.set), **given})
    started_s = time.monotonic()
    city = read_city(args.city)
    load_s = time.monotonic() - started_s
    name = file.name or called or chosen.label.get(args.lang)
    inputs = tuple(plan for path in getattr(args, "input", ()) for plan in load_plans(path).plans)
    return Scenario(name, city, file.inventory, chosen.key, params, file.locks, file.documents, inputs), load_s


def _project(args: Namespace, scenario: Scenario) -> Project:
    """Return what the plan is added to: the project itself where it is saved into it, so that nothing in it is lost."""
    if args.out.exists() and args.out.samefile(args.city):
        return replace(load_project(args.out), city=scenario.city)
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
