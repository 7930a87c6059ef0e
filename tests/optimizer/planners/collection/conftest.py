"""Scenarios of the tiny city with hand-made vehicles."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from layers.city import City
from optimizer.imported import ImportedRow, import_plan
from optimizer.monitor import Silent
from optimizer.params import with_values
from optimizer.plan import Leg, LegKind, Plan, Route
from optimizer.planners.collection.params import CollectionParams
from optimizer.run import run
from optimizer.scenario import Lock, Scenario
from resources.inventory import Inventory
from resources.io import default_inventory
from tests.cities import tiny_city


def inventory(**n_owned: int) -> Inventory:
    """Return the default inventory without spare vehicles, with so many of each type named and none of the others."""
    types = tuple(replace(v, n_owned=n_owned.get(v.key, 0)) for v in default_inventory().vehicle_types)
    return replace(default_inventory(), vehicle_types=types, spare_ratio=0.0)


def scenario(
    city: City | None = None, fleet: Inventory | None = None, locks: tuple[Lock, ...] = (), **values: Any
) -> Scenario:
    """Return a question about the tiny city, small enough for a search of some steps."""
    params = with_values(CollectionParams(), {"work_limit": 200, "n_threads": 1, "time_limit_s": 600.0} | values)
    return Scenario("试", city or tiny_city(), fleet or inventory(sealed_3t=1, bin_lifter=1), "collection", params, locks)


@cache
def tiny_plan() -> Plan:
    """Return a plan of the tiny city, made once."""
    return run(scenario(), Silent())


def row(number: int, point: str, arrive_s: float, leave_s: float, **others: Any) -> ImportedRow:
    """Return one row of a timetable."""
    base: ImportedRow = {
        "row": number, "vehicle": "821", "trip": "1", "order": number, "arrive_s": arrive_s, "leave_s": leave_s,
        "point": point, "name": "", "stream": "OTHER", "kg": None,
    }  # fmt: skip
    return base | others  # type: ignore[return-value]


def imported(*rows: ImportedRow, **values: Any) -> Plan:
    """Return a timetable as a plan of the tiny city."""
    return import_plan(scenario(**values), rows)


def with_legs(plan: Plan, index: int, *legs: Leg, route: int = 0) -> Plan:
    """Return a plan with one leg of a route replaced by others."""
    own = plan.routes[route]
    changed = replace(own, legs=(*own.legs[:index], *legs, *own.legs[index + 1 :]))
    return with_route(plan, changed, route)


def with_route(plan: Plan, changed: Route, route: int = 0) -> Plan:
    """Return a plan with one route replaced."""
    return replace(plan, routes=(*plan.routes[:route], changed, *plan.routes[route + 1 :]))


def find(plan: Plan, kind: LegKind, nth: int = 0) -> tuple[int, int]:
    """Return route and number of the nth leg of a kind."""
    hits = [(r, k) for r, route in enumerate(plan.routes) for k, leg in enumerate(route.legs) if leg.kind is kind]
    return hits[nth]
