"""A plan's changes, verdicts and assignments as tables with geometry."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from layers.geometry import Geometry
from layers.style import (
    GROUND,
    MET,
    MISSED,
    NONE,
    NOT_MEASURED,
    SECONDARY_TEXT,
    Category,
    Colour,
    Marker,
    Style,
    Symbol,
)
from layers.text import Text
from optimizer.changes import Change, ChangeKind, Verdict
from optimizer.feature_table import FeatureTable, text_columns
from optimizer.plan import Assignment
from optimizer.site_rows import KINDS, Places, change_rows, verdict_rows

# Okabe & Ito (2008) again, lifted for the dark ground; form and colour both tell the kinds apart.
_LOOKS = {
    ChangeKind.BUILD: (Colour("#009E73", "#5cc48d"), Marker.STAR),
    ChangeKind.REBUILD: (Colour("#0072B2", "#56B4E9"), Marker.SQUARE),
    ChangeKind.EXTEND: (Colour("#b7791f", "#e0aa4e"), Marker.TRIANGLE),
    ChangeKind.CLOSE: (MISSED, Marker.CROSS),
    ChangeKind.REMOVE: (NOT_MEASURED, Marker.CROSS),
    ChangeKind.ONE_WAY: (Colour("#7A5195", "#b79ad0"), Marker.TRIANGLE),
    ChangeKind.MARK_BERTHS: (Colour("#7A5195", "#b79ad0"), Marker.SQUARE),
}
_KEPT, _BROKEN = Text("符合或采用", "kept or chosen"), Text("不符或未采用", "broken or not chosen")


def colour_of(kind: ChangeKind) -> Colour:
    """Return the colour that a kind of change is drawn in."""
    return _LOOKS[kind][0]


def change_table(places: Places) -> FeatureTable:
    """Return one point for each change to an object."""
    rows = change_rows(places.changes, places)
    changes = places.changes
    columns = text_columns(
        {
            "item": [c.item for c in changes],
            "kind": [str(c.kind) for c in changes],
            "layer": [c.layer for c in changes],
            "name_zh": [r.name.zh for r in rows],
            "name_en": [r.name.en for r in rows],
            "district": [r.district for r in rows],
            "label_zh": [c.label.zh for c in changes],
            "label_en": [c.label.en for c in changes],
            "size_unit": [c.size_unit for c in changes],
        }
    )
    columns["year"] = np.array([c.year for c in changes], dtype=np.int32)
    columns["cost_yuan"] = np.array([c.cost_yuan for c in changes], dtype=np.float64)
    columns["size"] = np.array([c.size for c in changes], dtype=np.float64)
    points = Geometry.points([[c.x_m, c.y_m] for c in changes])
    cases = tuple(Category(str(kind), KINDS[kind], _symbol(*look)) for kind, look in _LOOKS.items())
    style = Style(_symbol(SECONDARY_TEXT, Marker.CIRCLE), "kind", cases, order=34)
    return FeatureTable("plan_changes", Text("变更", "Changes"), points, columns, style)


def _symbol(fill: Colour, marker: Marker) -> Symbol:
    return Symbol(line=GROUND, fill=fill, size_px=11, marker=marker)


def verdict_table(verdicts: Sequence[Verdict], places: Places) -> FeatureTable:
    """Return one point for each verdict; what is said of the whole city has no geometry."""
    rows = verdict_rows(verdicts, places)
    columns = text_columns(
        {
            "item": [v.item for v in verdicts],
            "name_zh": [r.name.zh for r in rows],
            "name_en": [r.name.en for r in rows],
            "district": [r.district for r in rows],
            "rule": [v.rule for v in verdicts],
            "verdict": ["kept" if v.kept else "broken" for v in verdicts],
            "clause": [v.clause for v in verdicts],
            "certainty": [v.certainty for v in verdicts],
            "reason_zh": [v.text.zh for v in verdicts],
            "reason_en": [v.text.en for v in verdicts],
            "price_unit": [v.price_unit for v in verdicts],
        }
    )
    columns["price"] = np.array([math.nan if v.price is None else v.price for v in verdicts], dtype=np.float64)
    cases = (
        Category("kept", _KEPT, Symbol(line=MET, fill=NONE, width_px=1.5, size_px=8, marker=Marker.CIRCLE)),
        Category("broken", _BROKEN, Symbol(line=NOT_MEASURED, fill=NONE, width_px=1.5, size_px=8, marker=Marker.DIAMOND)),
    )
    style = Style(Symbol(line=NOT_MEASURED, size_px=8), "verdict", cases, order=33, visible=False)
    points = Geometry.points([[r.x_m, r.y_m] for r in rows])
    return FeatureTable("plan_verdicts", Text("选址结论", "Verdicts on sites"), points, columns, style)


def assignment_table(assignments: Sequence[Assignment], places: Places) -> FeatureTable:
    """Return one straight line for each assignment, from who is served to the server; none where one has no place."""
    columns = text_columns(
        {
            "item": [a.item for a in assignments],
            "server": [a.server for a in assignments],
            "unit": [a.unit for a in assignments],
        }
    )
    columns["amount"] = np.array([a.amount for a in assignments], dtype=np.float64)
    columns["distance_m"] = np.array([a.distance_m for a in assignments], dtype=np.float64)
    columns["hour"] = np.array([a.hour for a in assignments], dtype=np.int32)
    style = Style(Symbol(line=SECONDARY_TEXT, width_px=0.8), order=29, visible=False)
    lines = straight([(a.item, a.server) for a in assignments], places)
    return FeatureTable("plan_assignments", Text("服务关系", "Who is served by whom"), lines, columns, style)


def straight(pairs: Sequence[tuple[str, str]], places: Places) -> Geometry:
    """Return one straight line for each pair of items; an empty one where either has no place."""
    ends = np.hstack([places.all_at(a for a, _ in pairs), places.all_at(b for _, b in pairs)]).reshape(-1, 2, 2)
    known = np.isfinite(ends).all(axis=(1, 2))
    return Geometry.lines([line if there else line[:0] for line, there in zip(ends, np.atleast_1d(known), strict=True)])


def sizes_of(changes: Sequence[Change]) -> list[float]:
    """Return how large each change is beside the largest of its unit, 0 to 1; 0.5 where it has no size."""
    most: dict[str, float] = {}
    for change in changes:
        most[change.size_unit] = max(most.get(change.size_unit, 0.0), change.size)
    return [c.size / most[c.size_unit] if c.size > 0 and most[c.size_unit] > 0 else 0.5 for c in changes]
