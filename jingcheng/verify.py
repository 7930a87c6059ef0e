"""``jingcheng verify``: the solver-free check of a plan, from its file alone."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from jingcheng.cli import DONE, FAILED_CHECK
from jingcheng.console import emit
from jingcheng.plan_text import fault_lines
from layers.text import Lang, Text
from optimizer.plan import Plan
from optimizer.verify import verify

EXAMPLE = "jingcheng verify plan.gpkg"


def register(parser: ArgumentParser, lang: Lang) -> None:
    """Add the arguments."""
    parser.add_argument("plan", metavar="PLAN.gpkg", type=Path, help=Text("方案文件", "plan file").get(lang))


def run(args: Namespace) -> int:
    """Check every plan in the file."""
    checked = verify(args.plan)
    document = {"file": str(args.plan), "plans": [_document(plan, args.lang) for plan in checked]}
    lines = [line for plan in checked for line in (plan.name, *fault_lines(plan, args.lang))]
    emit(args, document, lines)
    return FAILED_CHECK if any(plan.faults for plan in checked) else DONE


def _document(plan: Plan, lang: Lang) -> dict[str, Any]:
    faults = [{"code": f.code, "where": f.where, "text": f.text.get(lang)} for f in plan.faults]
    return {
        "name": plan.name,
        "planner": plan.planner,
        "outcome": str(plan.outcome),
        "routes": len(plan.routes),
        "faults": faults,
    }
