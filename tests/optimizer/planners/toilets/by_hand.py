"""A town on the tiny city's streets, with toilets, candidates and people where a test wants them, metres from A1.

人民路 runs along y = 0 and 中山路 along y = 200, both from x = 0 to 600; A, B, C and D join them at x = 0, 200, 400, 600.
甲区 lies west of x = 300, 乙区 east of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from layers.city import City
from layers.geometry import Geometry, Shape
from layers.kinds.facilities import CandidateSites, Toilets, WaterPoints
from layers.kinds.places import (
    Communities,
    CrowdKind,
    CrowdPlaces,
    Districts,
    Population,
    SensitiveKind,
    SensitivePlaces,
)
from optimizer.changes import Change, ChangeKind, Verdict
from optimizer.monitor import Silent
from optimizer.params import with_values
from optimizer.plan import Plan
from optimizer.planners.toilets.params import ToiletsParams
from optimizer.run import run
from optimizer.scenario import Lock, Scenario
from resources.io import default_inventory
from tests.cities import X0_M, Y0_M, tiny_city

# Nothing is asked for that a test does not name.
_QUIET: dict[str, Any] = {
    "work_limit": 200, "n_threads": 1, "time_limit_s": 600.0, "density_least_ratio": 0.0, "density_most_ratio": 100.0,
    "n_new_least": 0, "n_upgraded_least": 0, "n_works_least": 0, "spacing_share": 0.0,
}  # fmt: skip
At = tuple[float, float]


@dataclass(frozen=True)
class Town:
    """What stands in the town; toilets are (x, y, columns), sites (x, y, side of the square), people (x, y, residents)."""

    toilets: Sequence[tuple[float, float, dict[str, Any]]] = ()
    sites: Sequence[tuple[float, float, float]] = ()
    people: Sequence[tuple[float, float, float]] = ((0.0, 0.0, 100.0),)
    crowds: Sequence[tuple[float, float, float]] = ()
    schools: Sequence[At] = ()
    homes: Sequence[At] = ()
    old: Sequence[tuple[float, float, float, float]] = ()
    built_m2: tuple[float, float] = (1_000_000.0, 1_000_000.0)


def at(*places: Sequence[Any]) -> Geometry:
    """Return points, metres from A1."""
    return Geometry.points([(X0_M + p[0], Y0_M + p[1]) for p in places])


def city_of(town: Town) -> City:
    """Return the tiny city with a town's objects; sites are squares about their points."""
    base = tiny_city()
    districts = replace(base[Districts], built_up_m2=np.array(town.built_m2))
    sensitive = [*((*p, SensitiveKind.SCHOOL) for p in town.schools), *((*p, SensitiveKind.HOME) for p in town.homes)]
    boxes = [shapely.box(X0_M + x - w / 2, Y0_M + y - w / 2, X0_M + x + w / 2, Y0_M + y + w / 2) for x, y, w in town.sites]
    olds = [shapely.box(X0_M + x0, Y0_M + y0, X0_M + x1, Y0_M + y1) for x0, y0, x1, y1 in town.old]
    layers = [
        districts,
        WaterPoints.empty(),
        _toilets(town),
        CandidateSites(
            ids=_ids("k", len(boxes)), geometry=Geometry.from_shapely(Shape.AREA, boxes),
            land_m2=np.array([w * w for *_, w in town.sites], dtype=np.float64),
        ),
        Population(ids=_ids("p", len(town.people)), geometry=at(*town.people), n_residents=_third(town.people),
                   n_jobs=np.zeros(len(town.people))),
        CrowdPlaces(ids=_ids("x", len(town.crowds)), geometry=at(*town.crowds), n_visitors_day=_third(town.crowds),
                    crowd=np.full(len(town.crowds), CrowdKind.MARKET, dtype=np.int8)),
        SensitivePlaces(ids=_ids("v", len(sensitive)), geometry=at(*sensitive),
                        sensitive=np.array([s[2] for s in sensitive], dtype=np.int8)),
        Communities(ids=_ids("c", len(olds)), geometry=Geometry.from_shapely(Shape.AREA, olds),
                    old_quarter=np.ones(len(olds), dtype=bool)),
    ]  # fmt: skip
    return base.with_layers(*layers)


def _ids(letter: str, n: int) -> Any:
    return np.array([f"{letter}{k + 1}" for k in range(n)], dtype=None if n else "U1")


def _third(rows: Sequence[tuple[float, float, float]]) -> Any:
    return np.array([row[2] for row in rows], dtype=np.float64)


def _toilets(town: Town) -> Toilets:
    columns: dict[str, Any] = {}
    for name in sorted({key for *_, own in town.toilets for key in own}):
        columns[name] = np.array([own.get(name, 0) for *_, own in town.toilets])
    return Toilets(ids=_ids("t", len(town.toilets)), geometry=at(*town.toilets), **columns)


def scenario(town: Town, locks: tuple[Lock, ...] = (), **values: Any) -> Scenario:
    """Return a question about a town in which nothing is asked for but what is named."""
    params = with_values(ToiletsParams(), _QUIET | values)
    return Scenario("试", city_of(town), default_inventory(), "toilets", params, locks)


def solved(town: Town, locks: tuple[Lock, ...] = (), **values: Any) -> Plan:
    """Return the plan of a town, which has no faults."""
    plan = run(scenario(town, locks, **values), Silent())
    assert plan.faults == ()
    return plan


def built(plan: Plan) -> list[str]:
    """Return the candidates that are built, sorted."""
    return sorted(c.item for c in plan.changes if c.kind is ChangeKind.BUILD)


def change(plan: Plan, item: str) -> Change:
    """Return what is done to a toilet or candidate."""
    return next(c for c in plan.changes if c.item == item)


def verdict(plan: Plan, item: str, rule: str) -> Verdict:
    """Return a verdict."""
    return next(v for v in plan.verdicts if (v.item, v.rule) == (item, rule))


def after(plan: Plan, item: str) -> dict[str, Any]:
    """Return a toilet as planned."""
    values = plan.extra_layers[0].values
    k = values["id"].index(item)
    return {name: column[k] for name, column in values.items()}


def figure(plan: Plan, key: str, scope: str = "city", where: str = "") -> float:
    """Return a figure."""
    return next(k.value for k in plan.kpis if (k.id, k.scope, k.where) == (key, scope, where))
