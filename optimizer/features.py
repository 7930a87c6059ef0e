"""A plan as tables with geometry: the project file, exports and the map read the same ones."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from layers.city import City
from layers.geometry import Geometry, Shape
from layers.kinds.streets import Streets
from layers.layer import AnyArray
from layers.style import MISSED, ROUTE_COLOURS, SECONDARY_TEXT, Category, Colour, Style, Symbol
from layers.text import Text
from layers.units import clock
from optimizer.feature_table import FeatureTable, text_columns
from optimizer.names import street_of
from optimizer.plan import ExtraLayer, Plan, Route, Unserved
from optimizer.repeats import distinct
from optimizer.site_features import assignment_table, change_table, verdict_table
from optimizer.site_rows import Places


def feature_tables(plan: Plan, city: City) -> tuple[FeatureTable, ...]:
    """Return the tables of a plan that have rows: routes, the unserved, changes, verdicts, assignments, its own layers."""
    places = Places(city, plan.changes)
    tables = (
        route_table(plan.routes, city),
        unserved_table(plan.unserved, city),
        change_table(places),
        verdict_table(plan.verdicts, places),
        assignment_table(plan.assignments, places),
        *(extra_table(n, layer) for n, layer in enumerate(plan.extra_layers, start=1)),
    )
    return tuple(t for t in tables if len(t) and t.geometry.shape is not Shape.NONE)


def extra_table(n: int, layer: ExtraLayer) -> FeatureTable:
    """Return the `n`-th layer that only its planner has, as it is."""
    columns: dict[str, AnyArray] = {name: np.array(values) for name, values in layer.values.items()}
    style = Style(Symbol(line=SECONDARY_TEXT, fill=SECONDARY_TEXT, width_px=1.2, size_px=6), order=28, visible=False)
    return FeatureTable(f"plan_layer_{n}", layer.name, layer.geometry, columns, layer.style or style)


def path_lines(paths: Sequence[Sequence[str]], streets: Streets) -> Geometry:
    """Return one line a path: its streets end to end, each reversed where it is driven against its drawn direction.

    Parameters
    ----------
    paths
        Street ids, with a ``-`` in front where reversed. An empty path becomes an empty line; a street that is not there
        (the plan's faults name it) is left out.
    """
    paths = [[step for step in path if step.removeprefix("-") in streets.row_of] for path in paths]
    n_steps = np.array([len(p) for p in paths], dtype=np.int64)
    steps = [step for path in paths for step in path]
    rows = np.array([streets.row_of[s.removeprefix("-")] for s in steps], dtype=np.int64)
    backward = np.array([s.startswith("-") for s in steps], dtype=bool)
    offsets = streets.geometry.offsets[0] if len(streets) else np.zeros(1, dtype=np.int64)
    starts, sizes = offsets[rows], offsets[rows + 1] - offsets[rows]
    cut = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    along = np.arange(cut[-1]) - np.repeat(cut[:-1], sizes)
    back = np.repeat(backward, sizes)
    coords = streets.geometry.coords[np.repeat(starts, sizes) + np.where(back, np.repeat(sizes, sizes) - 1 - along, along)]
    ends = cut[np.concatenate([[0], np.cumsum(n_steps)]).astype(np.int64)]
    # where one street ends the next begins: that point is kept once
    keep = np.ones(len(coords), dtype=bool)
    keep[1:] = (coords[1:] != coords[:-1]).any(axis=1)
    keep[ends[:-1][ends[:-1] < len(coords)]] = True
    # a street without length is a point drawn twice: a line must have two
    alone = np.flatnonzero(np.diff(np.concatenate([[0], np.cumsum(keep)])[ends]) == 1)
    keep[ends[alone + 1] - 1] = True
    kept = np.concatenate([[0], np.cumsum(keep)]).astype(np.int64)
    return Geometry(Shape.LINE, coords[keep], (kept[ends],))


def route_table(routes: Sequence[Route], city: City) -> FeatureTable:
    """Return one line a leg that drives or serves along streets.

    Routes that are driven again on other days are there once, under the first one's id and day: ``days`` has all of them.
    """
    repeats = distinct(routes)
    days = {id(same.route): " ".join(map(str, same.days)) for same in repeats}
    legs = [(same.route, i, leg) for same in repeats for i, leg in enumerate(same.route.legs) if leg.path]
    text = {
        "route": [r.id for r, _, _ in legs],
        "days": [days[id(r)] for r, _, _ in legs],
        "vehicle": [r.vehicle for r, _, _ in legs],
        "vehicle_type": [r.vehicle_type for r, _, _ in legs],
        "depot": [r.depot for r, _, _ in legs],
        "shift": [r.shift for r, _, _ in legs],
        "kind": [str(leg.kind) for _, _, leg in legs],
        "item": [leg.item for _, _, leg in legs],
        "start": [_clock(leg.start_s) for _, _, leg in legs],
        "end": [_clock(leg.end_s) for _, _, leg in legs],
    }
    columns = text_columns(text)
    columns["day"] = np.array([r.day for r, _, _ in legs], dtype=np.int32)
    columns["leg"] = np.array([i + 1 for _, i, _ in legs], dtype=np.int32)
    for name in ("start_s", "end_s", "length_m", "load_kg", "water_l"):
        columns[name] = np.array([getattr(leg, name) for _, _, leg in legs], dtype=np.float64)
    lines = path_lines([leg.path for _, _, leg in legs], city[Streets])
    style = _route_style([same.route.id for same in repeats])
    return FeatureTable("plan_routes", Text("作业线路", "Routes"), lines, columns, style)


def _clock(time_s: float) -> str:
    """Return a time of day; empty where a faulty plan has none."""
    return clock(time_s) if math.isfinite(time_s) else ""


def _route_style(ids: Sequence[str]) -> Style:
    colours = (Colour(c, c) for c in ROUTE_COLOURS * (len(ids) // len(ROUTE_COLOURS) + 1))
    cases = tuple(Category(i, Text(i, i), Symbol(line=c, width_px=2.5)) for i, c in zip(ids, colours, strict=False))
    return Style(Symbol(line=Colour(ROUTE_COLOURS[0], ROUTE_COLOURS[0]), width_px=2.5), "route", cases, order=30)


def unserved_table(unserved: Sequence[Unserved], city: City) -> FeatureTable:
    """Return one line for each item along a street that is not served, with its reason in both languages."""
    streets = city[Streets]
    listed = [(u, key) for u in unserved if (key := street_of(u.item, streets))]
    text = {
        "item": [u.item for u, _ in listed],
        "binding": [u.binding for u, _ in listed],
        "reason_zh": [u.reason.zh for u, _ in listed],
        "reason_en": [u.reason.en for u, _ in listed],
        "unit": [u.unit for u, _ in listed],
    }
    columns = text_columns(text)
    columns["amount"] = np.array([u.amount for u, _ in listed], dtype=np.float64)
    lines = path_lines([(key,) for _, key in listed], streets)
    style = Style(Symbol(line=MISSED, width_px=2.0, dashed=True), order=31)
    return FeatureTable("plan_unserved", Text("未作业", "Not served"), lines, columns, style)
