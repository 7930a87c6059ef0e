"""``jingcheng targets``: what the documents ask for, and how plans and the city as it stands answer."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from jingcheng.cli import DONE
from jingcheng.console import emit, figure, table
from jingcheng.plan_text import VERDICTS
from layers.text import Lang, Text
from resources.judge import Measured, State, Verdict, judge_all
from resources.targets import load_documents, load_targets

EXAMPLE = "jingcheng targets sweeping.gpkg --city city.gpkg --document nanjing wuhan"
_REFERENCE = Text("参考", "reference")
_HEAD = (
    ("要求", "target"), ("内容", "about"), ("范围", "scope"), ("结论", "verdict"), ("值", "value"), ("应为", "wanted"),
    ("差", "missing"),
)  # fmt: skip


def register(parser: ArgumentParser, lang: Lang) -> None:
    """Add the arguments."""
    plans = Text("方案文件；不给则只列出要求", "plan files; without any the targets are listed")
    city = Text("城市文件：按现状能算的指标一并评判", "city file: what it tells by itself is judged as well")
    keys = " ".join(d.key for d in load_documents())
    document = Text(f"对本局有约束力的文件：{keys}；不给则全部", f"documents that bind: {keys}; all where none is named")
    parser.add_argument("plans", metavar="PLAN.gpkg", type=Path, nargs="*", help=plans.get(lang))
    parser.add_argument("--city", metavar="CITY.gpkg", type=Path, help=city.get(lang))
    parser.add_argument("--document", metavar="ID", nargs="+", help=document.get(lang))


def run(args: Namespace) -> int:
    """Judge the figures of plans and city against the targets of the documents."""
    targets = load_targets(args.document)
    verdicts = judge_all(targets, figures_of(args.plans, args.city))
    documents = [d for d in load_documents() if not args.document or d.key in args.document]
    told = {
        "documents": [{"id": d.key, "title": d.label.get(args.lang), "city": d.city.get(args.lang)} for d in documents],
        "targets": [_document(v, args.lang) for v in verdicts],
    }
    emit(args, told, _lines(verdicts, args.lang))
    return DONE


def figures_of(plans: Sequence[Path], city: Path | None) -> list[Measured]:
    """Return the figures of plan files, and those that a city tells by itself."""
    found: list[Measured] = []
    if plans:
        from optimizer.project import load_project

        found += [kpi for path in plans for plan in load_project(path).plans for kpi in plan.kpis]
    if city is not None:
        from layers.io.geopackage import read_city
        from resources.city_figures import city_figures

        found += city_figures(read_city(city))
    return found


def _lines(verdicts: Sequence[Verdict], lang: Lang) -> Iterator[str]:
    yield from table([Text(*t).get(lang) for t in _HEAD], [_row(v, lang) for v in verdicts])
    counts = {s: sum(v.state == s for v in verdicts) for s in State}
    yield "  ".join(f"{_word(s, lang)} {n}" for s, n in counts.items())


def _row(verdict: Verdict, lang: Lang) -> tuple[str, ...]:
    value = "–" if verdict.value is None else figure(verdict.value, 2)
    missing = "–" if not verdict.missing else f"{verdict.missing:+,.2f}"
    about = verdict.target.label.get(lang)
    state = _word(verdict.state, lang)
    return (verdict.target.id, about, verdict.scope, state, value, verdict.target.wanted_text.get(lang), missing)


def _word(state: State, lang: Lang) -> str:
    return (_REFERENCE if state is State.REFERENCE else VERDICTS[str(state)]).get(lang)


def _document(verdict: Verdict, lang: Lang) -> dict[str, Any]:
    nearly = verdict.state is State.NEARLY
    return {
        "id": verdict.target.id,
        "document": verdict.target.document,
        "planner": verdict.target.planner,
        "kind": str(verdict.target.kind),
        "label": verdict.target.label.get(lang),
        "scope": verdict.scope,
        "verdict": str(State.MISSED if nearly else verdict.state),
        "nearly": nearly,
        "value": verdict.value,
        "wanted": verdict.wanted,
        "unit": verdict.unit,
        "missing": verdict.missing,
        "counts": verdict.counts,
    }
