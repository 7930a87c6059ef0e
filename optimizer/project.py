"""The project file: city, scenarios and plans in one GeoPackage.

``jingcheng_scenarios`` and ``jingcheng_plans`` hold them as JSON, ``jingcheng_entered`` figures that were entered by hand.
For programs that know nothing of us the plans stand there a second time as spatial tables (``plan_routes``,
``plan_unserved``, ``plan_changes``, ``plan_verdicts``, ``plan_assignments``), which are never read back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from layers.city import City
from layers.errors import InputError
from layers.io.geopackage import add_city, city_from
from layers.io.gpkg.columns import extra_field, extra_to_sql
from layers.io.gpkg.package import Field, Package, damaged, reading, writing
from layers.text import Text
from optimizer.codec import decode, encode
from optimizer.collector import no_collection
from optimizer.feature_table import FeatureTable
from optimizer.features import feature_tables
from optimizer.params import with_values
from optimizer.plan import Plan
from optimizer.planner import planner
from optimizer.repeats import distinct
from optimizer.scenario import Lock, Scenario
from resources.entered import Entered
from resources.inventory import Inventory

_SCENARIOS, _PLANS, _ENTERED = "jingcheng_scenarios", "jingcheng_plans", "jingcheng_entered"
# In the document of a route: which route before it has the same legs, from 0.
_AS = "legs_as"
_PLAN_FIELDS = (
    Field("name", "TEXT"),
    Field("planner", "TEXT"),
    Field("outcome", "TEXT"),
    Field("objective", "REAL"),
    Field("bound", "REAL"),
    Field("made_at", "TEXT"),
    Field("document", "TEXT"),
)


@dataclass(frozen=True)
class Project:
    """Hold all that is saved together.

    Parameters
    ----------
    city
        The one city that all scenarios are about.
    scenarios
        Unique by name.
    plans
        Each belongs to the scenario of its name.
    entered
        Figures that no plan computes, entered by hand.
    """

    city: City
    scenarios: tuple[Scenario, ...] = ()
    plans: tuple[Plan, ...] = ()
    entered: tuple[Entered, ...] = ()

    def scenario_of(self, plan: Plan) -> Scenario | None:
        """Return the scenario that a plan was made from, None where it is not there."""
        return next((s for s in self.scenarios if s.name == plan.name and s.planner == plan.planner), None)


def add_plan(project: Project, scenario: Scenario, plan: Plan) -> Project:
    """Return the project with a plan and its scenario, in place of an earlier one of that name."""

    def other(value: Scenario | Plan) -> bool:
        return (value.name, value.planner) != (scenario.name, scenario.planner)

    return replace(
        project,
        scenarios=(*filter(other, project.scenarios), scenario),
        plans=(*filter(other, project.plans), plan),
    )


def save_project(path: Path, project: Project) -> None:
    """Save a project; the old file is replaced at once and whole, or not at all.

    Raises
    ------
    StorageError
        Where the disk is full or the place cannot be written.
    """
    tables = [_numbered(t, i) for i, plan in enumerate(project.plans) for t in feature_tables(plan, project.city)]
    with writing(Path(path), project.city.epsg) as package:
        add_city(package, project.city, [(t.name, t.geometry.shape, t.style) for t in tables])
        for table in tables:
            _add_features(package, table)
        scenarios = [(s.name, s.planner, _text(encode_scenario(s))) for s in project.scenarios]
        package.add_table(_SCENARIOS, [Field(n, "TEXT") for n in ("name", "planner", "document")], scenarios)
        package.add_table(_PLANS, _PLAN_FIELDS, [_plan_row(p) for p in project.plans])
        if project.entered:
            rows = [(f.target, _text(encode(f))) for f in project.entered]
            package.add_table(_ENTERED, [Field("target", "TEXT"), Field("document", "TEXT")], rows)


def _numbered(table: FeatureTable, i: int) -> FeatureTable:
    return table if i == 0 else replace(table, name=f"{table.name}_{i + 1}")


def _add_features(package: Package, table: FeatureTable) -> None:
    fields = [extra_field(name, values) for name, values in table.columns.items()]
    values = [extra_to_sql(v) for v in table.columns.values()]
    package.add_spatial(table.name, table.geometry, fields, values, table.label.zh)


def _plan_row(plan: Plan) -> tuple[Any, ...]:
    made_at = plan.provenance.made_at
    return (plan.name, plan.planner, str(plan.outcome), plan.objective, plan.bound, made_at, _text(encode_plan(plan)))


def _text(document: Any, n_levels: int = 3) -> str:
    """Return a document as JSON, written piece by piece down to the routes of a plan.

    The encoder holds the interpreter lock: one call for a whole plan froze a window for a third of a second.
    """
    if n_levels and isinstance(document, dict):
        return "{" + ",".join(f"{_text(str(k), 0)}:{_text(v, n_levels - 1)}" for k, v in document.items()) + "}"
    if n_levels and isinstance(document, list):
        return "[" + ",".join(_text(v, n_levels - 1) for v in document) + "]"
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def encode_plan(plan: Plan) -> dict[str, Any]:
    """Return a plan as a document; a route that is driven again on other days tells which one it is instead of its legs.

    A calendar of four weeks repeats each turnout up to 28 times.
    """
    row = {id(route): k for k, route in enumerate(plan.routes)}
    first = {id(route): row[id(same.route)] for same in distinct(plan.routes) for route in same.routes}
    routes = [
        encode(route) if first[id(route)] == k else {**encode(replace(route, legs=())), _AS: first[id(route)]}
        for k, route in enumerate(plan.routes)
    ]
    return {**encode(replace(plan, routes=())), "routes": routes}


def decode_plan(document: Any, what: str) -> Plan:
    """Return the plan of a document.

    Raises
    ------
    InputError
        Where the document is damaged; names the place.
    """
    routes = document.get("routes") if isinstance(document, dict) else None
    if not isinstance(routes, list):
        return decode(Plan, document, what)
    of = {k: route[_AS] for k, route in enumerate(routes) if isinstance(route, dict) and _AS in route}
    bare = [{key: v for key, v in r.items() if key != _AS} if k in of else r for k, r in enumerate(routes)]
    plan = decode(Plan, {**document, "routes": bare}, what)
    for k, other in of.items():
        if not isinstance(other, int) or not 0 <= other < k or other in of:
            place = f"{what}.routes[{k}].{_AS}"
            zh = f"{place} 已损坏：{other!r}，前面没有这条路线；请换用备份"
            raise InputError(Text(zh, f"{place} is damaged: {other!r} is no route before it; use a backup of the file"))
    legs = [route.legs for route in plan.routes]
    return replace(plan, routes=tuple(replace(r, legs=legs[of.get(k, k)]) for k, r in enumerate(plan.routes)))


def encode_scenario(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario without its city; every parameter is written, so that a later default does not change it."""
    return {
        "name": scenario.name,
        "planner": scenario.planner,
        "params": {k: encode(v) for k, v in vars(scenario.params).items()},
        "inventory": encode(scenario.inventory),
        "locks": encode(scenario.locks),
        "documents": encode(scenario.documents),
        "inputs": encode(scenario.inputs),
    }


def decode_scenario(document: Mapping[str, Any], city: City) -> Scenario:
    """Return a scenario of a city.

    Raises
    ------
    InputError
        Where the document is damaged or names a planner that is not there.
    ParameterError
        Where a parameter is unknown or out of bounds.
    """
    chosen = planner(decode(str, document.get("planner"), "scenario.planner"))
    values = decode(dict[str, Any], document.get("params"), "scenario.params")
    return Scenario(
        name=decode(str, document.get("name"), "scenario.name"),
        city=city,
        inventory=decode(Inventory, document.get("inventory"), "scenario.inventory"),
        planner=chosen.key,
        params=with_values(chosen.params(), values),
        locks=decode(tuple[Lock, ...], document.get("locks", []), "scenario.locks"),
        documents=decode(tuple[str, ...], document.get("documents", []), "scenario.documents"),
        inputs=decode(tuple[Plan, ...], document.get("inputs", []), "scenario.inputs"),
    )


def load_project(path: Path) -> Project:
    """Open a project file; one that holds a city alone is a project without scenarios.

    Raises
    ------
    FormatVersionError
        Where a newer version of the program wrote it.
    InputError
        Where the file is missing or damaged.
    """
    path = Path(path)
    with no_collection(), reading(path) as db:
        city = city_from(db, path)
        documents = (decode(dict[str, Any], d, f"{path.name}: scenario") for d in _documents(db, _SCENARIOS, path))
        scenarios = tuple(decode_scenario(d, city) for d in documents)
        plans = tuple(decode_plan(d, f"{path.name}: plan") for d in _documents(db, _PLANS, path))
        figures = tuple(decode(Entered, d, f"{path.name}: {_ENTERED}") for d in _documents(db, _ENTERED, path))
    return Project(city, scenarios, plans, figures)


def load_plans(path: Path) -> Project:
    """Open a project file that holds plans.

    Raises
    ------
    FormatVersionError
        Where a newer version of the program wrote it.
    InputError
        Where the file is missing or damaged, or holds no plan.
    """
    project = load_project(path)
    if not project.plans:
        zh = f"{path} 中没有方案；请先用 jingcheng plan … --out 生成"
        raise InputError(Text(zh, f"{path} holds no plan; make one with jingcheng plan … --out"))
    return project


def _documents(db: sqlite3.Connection, table: str, path: Path) -> list[Any]:
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is None:
        return []
    try:
        return [json.loads(text) for (text,) in db.execute(f"SELECT document FROM {table} ORDER BY fid")]
    except (ValueError, TypeError) as error:
        raise damaged(path, f"{table}: {error}") from error
