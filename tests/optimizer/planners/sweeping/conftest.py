"""A plan of the tiny city, made once, for tests that spoil or measure it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from layers.city import City
from layers.kinds.streets import Streets
from optimizer.monitor import Silent
from optimizer.params import with_values
from optimizer.plan import Plan
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.run import run
from optimizer.scenario import Lock, Scenario
from resources.inventory import Inventory, VehicleKind
from resources.io import default_inventory
from tests.cities import tiny_city


def inventory(n_large: int = 2, n_small: int = 1, **changes: Any) -> Inventory:
    """Return the default inventory with a few sweepers, none of them spare; `changes` go to the full-size ones."""
    number = {VehicleKind.SWEEPER: n_large, VehicleKind.SMALL_SWEEPER: n_small}
    base = default_inventory()
    types = [replace(v, n_owned=number[v.kind]) for v in base.vehicle_types if v.kind in number]
    types = [replace(v, **changes) if v.kind is VehicleKind.SWEEPER else v for v in types]
    return replace(base, vehicle_types=tuple(types), spare_ratio=0.0)


def scenario(
    city: City | None = None, fleet: Inventory | None = None, locks: tuple[Lock, ...] = (), **params: Any
) -> Scenario:
    """Return a scenario on the tiny city with a small fleet."""
    chosen = SweepingParams(**{"work_limit": 300, **params})
    return Scenario("小城清扫", city or tiny_city(), fleet or inventory(), "sweeping", chosen, locks)


def changed(asked: Scenario, **params: Any) -> Scenario:
    """Return the scenario with some parameters changed."""
    return replace(asked, params=with_values(asked.params, params))


def plan_of(asked: Scenario) -> Plan:
    """Return its plan, checked and measured."""
    return run(asked, Silent())


def with_streets(**columns: Any) -> City:
    """Return the tiny city with some of its streets' columns replaced."""
    city = tiny_city()
    return city.with_layers(replace(city[Streets], **columns))


@pytest.fixture(scope="session")
def solved() -> tuple[Scenario, Plan]:
    """Return a scenario and its plan."""
    asked = scenario()
    return asked, plan_of(asked)
