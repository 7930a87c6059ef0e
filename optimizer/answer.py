"""A plan as the one JSON document of ``plan --json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from layers.errors import InputError
from layers.meant import meant
from layers.text import Lang, Text
from optimizer.plan import Plan
from optimizer.planner import planner
from optimizer.scenario import Scenario
from optimizer.site_answer import site_answer
from resources.judge import State, judge_all
from resources.standards import judge_standard, load_standards
from resources.targets import Target, TargetKind, load_targets


def answer(scenario: Scenario, plan: Plan, lang: Lang) -> dict[str, Any]:
    """Return what a plan reaches, judged against the documents' targets."""
    stamp = plan.provenance
    return {
        "planner": plan.planner,
        "city": scenario.city.name,
        "name": plan.name,
        "layers": dict(stamp.layer_hashes),
        "outcome": str(plan.outcome),
        "answer": plan.answer.get(lang) if plan.answer else None,
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": plan.gap,
        "seconds": {"load": stamp.load_s, "prepare": stamp.prepare_s, "search": stamp.search_s},
        "seed": stamp.seed,
        "threads": stamp.n_threads,
        "engine": stamp.engine,
        "kpis": [{"id": k.id, "value": k.value, "unit": k.unit, "scope": k.scope, "where": k.where} for k in plan.kpis],
        **_judged(scenario, plan, lang),
        "standards": _standards(plan),
        "unserved": [
            {
                "item": u.item,
                "reason": u.reason.get(lang),
                "binding": u.binding,
                "smallest_change": u.smallest_change.get(lang) if u.smallest_change else None,
            }
            for u in plan.unserved
        ],
        "assumed": [{"what": a.what.get(lang), "count": a.n_items, "rule": a.rule.get(lang)} for a in plan.assumed],
        "faults": [{"code": f.code, "where": f.where, "text": f.text.get(lang)} for f in plan.faults],
        "routes": len(plan.routes),
        "changes": len(plan.changes),
        **site_answer(plan, scenario.city, lang),
        "provenance": asdict(stamp) | {"layer_hashes": dict(stamp.layer_hashes)},
    }


def targets_of(scenario: Scenario) -> tuple[Target, ...]:
    """Return the targets that a scenario's planner can be held against, of the documents that bind the bureau."""
    own = {kind.id for kind in planner(scenario.planner).kpi_kinds}
    every = load_targets(scenario.documents or None)
    return tuple(t for t in every if t.planner == scenario.planner or t.metric in own)


def require_targets(scenario: Scenario, required: Sequence[str]) -> None:
    """See that targets that must be met exist and are this planner's.

    Raises
    ------
    InputError
        Names the nearest known one.
    """
    known = [t.id for t in targets_of(scenario) if t.kind is not TargetKind.REFERENCE]
    for wanted in required:
        if wanted not in known:
            hint, name = meant(wanted, known), scenario.planner
            zh, en = f"规划器“{name}”没有指标“{wanted}”{hint.zh}", f"the planner {name!r} has no target {wanted!r}{hint.en}"
            raise InputError(Text(zh, en))


def missed_targets(document: Mapping[str, Any], required: Sequence[str]) -> list[str]:
    """Return which of the required targets a plan's document does not show as met everywhere."""
    short = {t["id"] for t in document["targets"] if t["verdict"] != "met"}
    return [key for key in required if key in short]


def _judged(scenario: Scenario, plan: Plan, lang: Lang) -> dict[str, list[dict[str, Any]]]:
    targets: list[dict[str, Any]] = []
    references: list[dict[str, Any]] = []
    for verdict in judge_all(targets_of(scenario), plan.kpis):
        entry = {
            "id": verdict.target.id,
            "label": verdict.target.label.get(lang),
            "scope": verdict.scope,
            "value": verdict.value,
            "wanted": verdict.wanted,
            "unit": verdict.unit,
        }
        if verdict.state is State.REFERENCE:
            references.append(entry)
            continue
        nearly = verdict.state is State.NEARLY
        told = State.MISSED if nearly else verdict.state
        targets.append(
            {**entry, "verdict": str(told), "nearly": nearly, "missing": verdict.missing, "counts": verdict.counts}
        )
    return {"targets": targets, "references": references}


def _standards(plan: Plan) -> list[dict[str, Any]]:
    """Return how the codes of the planner's section are kept; a figure is held against the rule that it is named after."""
    figures = {k.id: k.value for k in plan.kpis if k.scope == "city"}
    rules = [rule for rule in load_standards() if rule.section == plan.planner]
    findings = [judge_standard(rule, figures.get(rule.id)) for rule in rules]
    return [
        {
            "id": rule.id,
            "clause": rule.clause,
            "verdict": str(finding.kept),
            "certainty": str(rule.source.certainty),
            "value": finding.value,
            "wanted": rule.values[0] if len(rule.values) == 1 else list(rule.values),
            "unit": rule.unit,
        }
        for rule, finding in zip(rules, findings, strict=True)
    ]
