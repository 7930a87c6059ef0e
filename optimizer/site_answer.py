"""A plan's changes, verdicts and alternatives in the JSON document of ``plan --json``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from layers.city import City
from layers.text import Lang
from optimizer.changes import Change
from optimizer.plan import Plan
from optimizer.site_rows import Places, change_rows, verdict_rows


def site_answer(plan: Plan, city: City, lang: Lang) -> dict[str, list[dict[str, Any]]]:
    """Return the keys ``change_list``, ``verdicts`` and ``alternatives``; coordinates are the city's, metres."""
    places = Places(city, plan.changes)
    return {
        "change_list": _changes(plan.changes, places, lang),
        "verdicts": _verdicts(plan, places, lang),
        "alternatives": [
            {
                "label": other.label.get(lang),
                "objective": other.objective,
                "n_different": other.n_different,
                "changes": _changes(other.changes, Places(city, other.changes), lang),
            }
            for other in plan.alternatives
        ],
    }


def _changes(changes: Sequence[Change], places: Places, lang: Lang) -> list[dict[str, Any]]:
    return [
        {
            "kind": str(row.change.kind),
            "item": row.change.item,
            "layer": row.change.layer,
            "name": row.name.get(lang),
            "label": row.change.label.get(lang),
            "district": row.district,
            "year": row.change.year,
            "cost_yuan": row.change.cost_yuan,
            "size": row.change.size,
            "size_unit": row.change.size_unit,
            "x_m": row.change.x_m,
            "y_m": row.change.y_m,
        }
        for row in change_rows(changes, places)
    ]


def _verdicts(plan: Plan, places: Places, lang: Lang) -> list[dict[str, Any]]:
    return [
        {
            "item": row.verdict.item,
            "name": row.name.get(lang),
            "district": row.district,
            "rule": row.verdict.rule,
            "kept": row.verdict.kept,
            "text": row.verdict.text.get(lang),
            "clause": row.verdict.clause,
            "certainty": row.verdict.certainty,
            "price": row.verdict.price,
            "price_unit": row.verdict.price_unit,
            "x_m": row.x_m if math.isfinite(row.x_m) else None,
            "y_m": row.y_m if math.isfinite(row.y_m) else None,
        }
        for row in verdict_rows(plan.verdicts, places)
    ]
