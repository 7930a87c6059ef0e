"""``jingcheng demo``: the main job, from the sample city through every planner to the verdicts of the documents' targets."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from jingcheng.cli import DONE, FAILED_CHECK, STOPPED
from jingcheng.console import emit, figure, say, table
from jingcheng.demo_report import report_html
from jingcheng.language import teller
from jingcheng.plan_text import TARGET_HEADS, VERDICTS, fault_lines, kpi_lines
from jingcheng.planning import make_plan, outcome
from layers.errors import StorageError
from layers.io.write import replacing
from layers.text import Lang, Text
from layers.units import MINUTE_S
from optimizer.answer import answer
from optimizer.params import Params, specs
from optimizer.plan import Outcome, Plan
from optimizer.planner import planners
from optimizer.project import Project, add_plan, save_project
from optimizer.scenario import Scenario
from resources.judge import State, Verdict, judge_all
from resources.targets import load_targets

EXAMPLE = "jingcheng demo --out out --time-limit 60"

# Search time of all planners together. With making the city, preparing, checking and saving the whole stays under three
# minutes on two cores.
SEARCH_S = 1.25 * MINUTE_S
_LEAST_S = next(spec.low or 0.0 for spec in specs(Params) if spec.name == "time_limit_s")


def register(parser: ArgumentParser, lang: Lang) -> None:
    """Add the arguments."""
    told = teller(lang)
    parser.add_argument(
        "--out", metavar="DIR", type=Path, default=Path("out"), help=told("结果文件夹，默认 out", "folder, by default out")
    )
    parser.add_argument(
        "--time-limit", metavar="S", type=float, help=told("全部搜索时间（秒）", "search time of all planners together, s")
    )
    parser.add_argument("--size", default="city", metavar="small|city|metropolis", help=told("示例城市规模", "sample city"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=told("示例城市种子", "seed of the sample city"))


def run(args: Namespace) -> int:
    """Make the city and a plan with each planner, judge them, and leave plans and report in the folder."""
    from resources.io import default_inventory
    from sample_city.cache import load_or_make

    started_s = time.monotonic()
    _folder(args.out)
    say(args, Text("示例城市……", "sample city ..."))
    city = load_or_make(args.size, args.seed)
    load_s = time.monotonic() - started_s
    inventory, made = default_inventory(), []
    chosen = planners()
    limit_s = max(_LEAST_S, (args.time_limit or SEARCH_S) / max(1, len(chosen)))
    stopped = False
    for planner in chosen.values():
        if stopped:
            break
        say(args, planner.label)
        params = replace(planner.params(), time_limit_s=limit_s)
        scenario = Scenario(planner.label.get(args.lang), city, inventory, planner.key, params)
        done = make_plan(scenario, args, load_s=load_s)
        stopped = done.interrupted
        path = args.out / f"{planner.key}.gpkg"
        save_project(path, add_plan(Project(city), scenario, done.plan))
        say(args, Text(f"方案已保存：{path}", f"plan saved: {path}"))
        made.append((scenario, done.plan))
    verdicts = judge_all(load_targets(), [kpi for _, plan in made for kpi in plan.kpis])
    report = args.out / f"report-{args.lang}.html"
    with replacing(report) as part:
        part.write_text(report_html(city, made, verdicts, args.lang), encoding="utf-8")
    seconds = time.monotonic() - started_s
    document = {
        "city": city.name,
        "seconds": round(seconds, 1),
        "plans": [answer(scenario, plan, args.lang) for scenario, plan in made],
        "targets": [_verdict(v) for v in verdicts],
        "report": str(report),
    }
    closing = Text(f"用时 {seconds:.0f} s；报告：{report}", f"{seconds:.0f} s in all; report: {report}").get(args.lang)
    emit(args, document, [*lines(made, verdicts, args.lang), closing])
    if stopped:
        return STOPPED
    return FAILED_CHECK if any(plan.faults or plan.outcome is Outcome.INFEASIBLE for _, plan in made) else DONE


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        zh = f"无法建立文件夹 {path}：{error.strerror}；请用 --out 指定可写的位置"
        en = f"cannot make the folder {path}: {error.strerror}; name a place that can be written with --out"
        raise StorageError(Text(zh, en)) from error


def lines(made: list[tuple[Scenario, Plan]], verdicts: list[Verdict], lang: Lang) -> Iterator[str]:
    """Return what the terminal shows: each plan in short, then every target with its verdict."""
    for scenario, plan in made:
        yield ""
        yield f"{scenario.name}: {outcome(plan, lang)}"
        yield from kpi_lines(plan, lang)
        yield from fault_lines(plan, lang)
    yield ""
    yield from table([head.get(lang) for head in TARGET_HEADS], [row(v, lang) for v in verdicts])
    judged = [v for v in verdicts if v.state is not State.REFERENCE]
    counts = ", ".join(f"{VERDICTS[s].get(lang)} {sum(v.state == s for v in judged)}" for s in VERDICTS)
    yield counts


def row(verdict: Verdict, lang: Lang) -> tuple[str, ...]:
    """Return one verdict as cells of a table."""
    reference = Text("参考", "reference").get(lang)
    told = reference if verdict.state is State.REFERENCE else VERDICTS[str(verdict.state)].get(lang)
    value = "–" if verdict.value is None else figure(verdict.value, 2)
    missing = "–" if not verdict.missing else f"{verdict.missing:+,.2f}"
    return (verdict.target.id, verdict.scope, told, value, verdict.target.wanted_text.get(lang), missing)


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.target.id,
        "scope": verdict.scope,
        "verdict": str(verdict.state),
        "value": verdict.value,
        "wanted": verdict.wanted,
        "missing": verdict.missing,
        "unit": verdict.unit,
    }
