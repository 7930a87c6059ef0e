"""``jingcheng planners``: what there is, with every parameter."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any

from jingcheng.cli import DONE
from jingcheng.console import emit
from layers.text import Lang, Text
from optimizer.params import ParamSpec, specs
from optimizer.planner import Planner, planners

EXAMPLE = "jingcheng planners --json"


def register(parser: ArgumentParser, lang: Lang) -> None:
    """Add nothing: the command has no arguments of its own."""


def run(args: Namespace) -> int:
    """List the planners."""
    found = planners()
    emit(args, {"planners": [_document(p, args.lang) for p in found.values()]}, _lines(list(found.values()), args.lang))
    return DONE


def _document(planner: Planner, lang: Lang) -> dict[str, Any]:
    return {
        "key": planner.key,
        "label": planner.label.get(lang),
        "about": planner.about.get(lang),
        "needs": [k.KIND for k in planner.needs],
        "reads": [k.KIND for k in planner.reads],
        "engines": list(planner.engines),
        "kpis": [
            {"id": k.id, "label": k.label.get(lang), "unit": k.unit, "better": str(k.better)} for k in planner.kpi_kinds
        ],
        "params": [_param(s, lang) for s in specs(planner.params)],
    }


def _param(spec: ParamSpec, lang: Lang) -> dict[str, Any]:
    source = spec.source
    return {
        "name": spec.name,
        "type": spec.type.__name__,
        "label": spec.label.get(lang),
        "unit": spec.unit,
        "default": spec.default,
        "low": spec.low,
        "high": spec.high,
        "choices": None if spec.choices is None else {k: t.get(lang) for k, t in spec.choices.items()},
        "form": str(spec.form),
        "help": spec.help.get(lang) if spec.help else None,
        "source": None
        if source is None
        else {"text": source.text, "certainty": str(source.certainty), "local": source.local},
    }


def _lines(found: list[Planner], lang: Lang) -> Iterator[str]:
    if not found:
        yield Text("没有规划器", "there are no planners").get(lang)
    for planner in found:
        yield f"{planner.key}  {planner.label.get(lang)}"
        yield f"  {planner.about.get(lang)}"
        yield f"  {Text('需要图层：', 'needs: ').get(lang)}{', '.join(k.LABEL.get(lang) for k in planner.needs)}"
        for spec in specs(planner.params):
            yield (
                f"    {spec.name} = {spec.default!r}".replace("'", "")
                + f"  {spec.label.get(lang)}  [{spec.expected()}]{_source(spec)}"
            )
        yield ""


def _source(spec: ParamSpec) -> str:
    return f"  ({spec.source.certainty}: {spec.source.text})" if spec.source else ""
