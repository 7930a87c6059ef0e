"""``jingcheng compare``: plans side by side, such as today's practice and tomorrow's plan."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from jingcheng.cli import DONE
from jingcheng.console import emit, figure, table
from jingcheng.planning import outcome
from layers.errors import InputError
from layers.text import Lang, Text
from optimizer.compare import Line, Turn, compare
from optimizer.plan import Plan
from optimizer.project import load_plans
from resources.unit_names import unit_text

EXAMPLE = "jingcheng compare today.gpkg tomorrow.gpkg"

_LEAST = 2
_TURNS = {Turn.BETTER: "✓", Turn.WORSE: "✕", Turn.SAME: "=", Turn.NEITHER: "·"}


def register(parser: ArgumentParser, lang: Lang) -> None:
    """Add the arguments."""
    told = Text(
        "方案文件，第一个为基准；一个文件可含多个方案", "plan files, the first is compared with; a file may hold several"
    )
    parser.add_argument("plans", metavar="PLAN.gpkg", type=Path, nargs="+", help=told.get(lang))


def run(args: Namespace) -> int:
    """Put the figures of plans side by side."""
    named = [(path, plan) for path in args.plans for plan in load_plans(path).plans]
    if len(named) < _LEAST:
        zh = f"{args.plans[0]} 中只有一个方案；比较至少需要两个，请再给一个文件"
        raise InputError(Text(zh, f"{args.plans[0]} holds one plan alone; two are needed to compare, give another file"))
    plans = [plan for _, plan in named]
    lines = compare(plans)
    document = {
        "plans": [_plan_document(path, plan) for path, plan in named],
        "kpis": [_document(line, args.lang) for line in lines],
    }
    emit(args, document, _told(named, lines, args.lang))
    return DONE


def _plan_document(path: Path, plan: Plan) -> dict[str, Any]:
    return {
        "file": str(path),
        "name": plan.name,
        "planner": plan.planner,
        "outcome": str(plan.outcome),
        "routes": len(plan.routes),
        "unserved": len(plan.unserved),
        "faults": len(plan.faults),
    }


def _document(line: Line, lang: Lang) -> dict[str, Any]:
    return {
        "id": line.id,
        "label": line.label.get(lang),
        "unit": line.unit,
        "scope": line.scope,
        "where": line.where,
        "values": list(line.values),
        "changes": list(line.changes),
        "turns": [None if turn is None else str(turn) for turn in line.turns],
    }


def _told(named: Sequence[tuple[Path, Plan]], lines: Sequence[Line], lang: Lang) -> Iterator[str]:
    """Yield who is compared, then the figures of the whole city with their changes."""
    for k, (path, plan) in enumerate(named, 1):
        faults = Text(f"{len(plan.faults)} 处错误", f"{len(plan.faults)} faults").get(lang)
        yield f"{k}  {plan.name}  {path}  {outcome(plan, lang)}  {faults}"
    yield ""
    heads = [Text("指标", "figure").get(lang), Text("单位", "unit").get(lang), "1"]
    for k in range(2, len(named) + 1):
        heads += [str(k), Text("差", "change").get(lang), ""]
    yield from table(heads, [_row(line, lang) for line in lines if line.scope == "city" and not line.where])


def _row(line: Line, lang: Lang) -> tuple[str, ...]:
    cells = [line.label.get(lang), unit_text(line.unit).get(lang), figure(line.values[0], 2)]
    for value, change, turn in list(zip(line.values, line.changes, line.turns, strict=True))[1:]:
        by = "–" if change is None else figure(change, 2) if change <= 0 else "+" + figure(change, 2)
        cells += [figure(value, 2), by, "" if turn is None else _TURNS[turn]]
    return tuple(cells)
