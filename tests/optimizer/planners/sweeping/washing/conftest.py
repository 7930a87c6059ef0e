"""A calendar of the tiny city, made once, for tests that spoil or measure it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.city import City
from layers.kinds.streets import Streets
from optimizer.monitor import Silent
from optimizer.plan import Plan
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.run import run
from optimizer.scenario import Lock, Scenario
from resources.inventory import Inventory
from resources.io import default_inventory
from tests.cities import tiny_city


def washing_city(**columns: Any) -> City:
    """Return the tiny city with pavements along rows 1 and 2 (s1 to s6), s1 marked for washing."""
    city = tiny_city()
    first = np.arange(12) == 0
    values = {"footway": np.arange(12) < 6, "wash": first, **columns}
    return city.with_layers(replace(city[Streets], **values))


def washers(n_washers: int = 1, n_small: int = 1, n_carts: int = 1, **changes: Any) -> Inventory:
    """Return the default inventory with a few washing vehicles, none of them spare; `changes` go to all of them."""
    number = {"washer": n_washers, "small_washer": n_small, "water_cart": n_carts}
    base = default_inventory()
    types = [replace(v, n_owned=number[v.key], **changes) for v in base.vehicle_types if v.key in number]
    return replace(base, vehicle_types=tuple(types), spare_ratio=0.0)


def calendar(
    city: City | None = None, fleet: Inventory | None = None, locks: tuple[Lock, ...] = (), **params: Any
) -> Scenario:
    """Return a scenario of a fortnight's washing of the tiny city."""
    chosen = SweepingParams(**{"mode": "washing", "work_limit": 100, "horizon_days": 14, **params})
    return Scenario("小城冲洗", city or washing_city(), fleet or washers(), "sweeping", chosen, locks)


def plan_of(asked: Scenario) -> Plan:
    """Return its plan, checked and measured."""
    return run(asked, Silent())


def nights_by_item(plan: Plan) -> dict[str, list[int]]:
    """Return the nights on which each kerb or pavement is washed."""
    nights: dict[str, list[int]] = {}
    for route in plan.routes:
        for leg in route.legs:
            if leg.kind == "serve":
                nights.setdefault(leg.item, []).append(route.day)
    return {item: sorted(found) for item, found in nights.items()}


@pytest.fixture(scope="session")
def washed() -> tuple[Scenario, Plan]:
    """Return a scenario and its plan."""
    asked = calendar()
    return asked, plan_of(asked)
