"""What a plan says of tasks that it leaves is measured anew from the city: who is left, how much, and what binds."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from layers.geometry import Geometry
from layers.kinds.facilities import WastePoints
from layers.text import Text
from optimizer.plan import Plan, Unserved
from optimizer.planners.collection.checks import faults
from optimizer.scenario import Lock, Scenario
from tests.cities import Y0_M, tiny_city
from tests.optimizer.planners.collection.by_hand import ONE_POINT, asked, plan_of, route
from tests.optimizer.planners.collection.conftest import inventory, scenario


@cache
def mended(locks: tuple[Lock, ...] = (), hopper_kg: float = 3_000.0) -> Scenario:
    """Return the question about a city whose points are spoilt, but w1 and w4: far off, negative, repeated.

    w2 is 300 m south of 人民路, w3 has less than nothing, w5 says what w4 says, where w4 is.
    """
    city = tiny_city()
    points = city[WastePoints]
    xy = points.geometry.coords.copy()
    xy[1, 1] = Y0_M - 300.0
    xy[4] = xy[3]
    base = inventory(sealed_3t=1)
    types = tuple(replace(v, hopper_kg=hopper_kg) if v.n_owned else v for v in base.vehicle_types)
    spoilt = replace(
        points,
        geometry=Geometry.points(xy),
        name=np.array(["一", "二", "三", "四", "四"]),
        other_kg_day=np.array([150.0, 120.0, -5.0, 90.0, 90.0]),
        food_kg_day=np.array([40.0, 30.0, 60.0, 20.0, 20.0]),
    )
    return scenario(city.with_layers(spoilt), replace(base, vehicle_types=types), locks, streams="other")


def told(of: Scenario, **bindings: str) -> list[str]:
    """Return the codes of the faults when a plan says other bindings of some points' other waste."""
    plan = plan_of(of, route(*ONE_POINT))
    return [fault.code for fault in faults(of, with_bindings(plan, bindings)) if fault.code != "wrong_objective"]


def with_bindings(plan: Plan, bindings: dict[str, str]) -> Plan:
    named = {f"{point}:OTHER": binding for point, binding in bindings.items()}
    unserved = tuple(replace(u, binding=named.get(u.item, u.binding)) for u in plan.unserved)
    return replace(plan, unserved=unserved)


def test_reasons_that_the_city_gives_are_borne_out() -> None:
    plan = plan_of(mended(), route(*ONE_POINT))
    assert {u.item.split(":")[0]: u.binding for u in plan.unserved} == {
        "w2": "no_street", "w3": "amount", "w5": "duplicate", "w4": "stopped",
    }  # fmt: skip
    assert faults(mended(), plan) == ()


@pytest.mark.parametrize(
    ("point", "binding"),
    [
        ("w2", "amount"),
        ("w2", "fleet_time"),
        ("w3", "duplicate"),
        ("w5", "no_street"),
        ("w4", "no_street"),  # it stands at its street
        ("w4", "street_width"),
        ("w4", "coordinates"),
        ("w4", "amount"),
        ("w4", "duplicate"),  # it is the first of the two
        ("w4", "capacity"),  # 90 kg in a body for 3 t
        ("w4", "lock"),  # nobody locked it
        ("w4", "moonlight"),
    ],
)
def test_a_reason_that_the_city_does_not_bear_out(point: str, binding: str) -> None:
    assert told(mended(), **{point: binding}) == ["wrong_reason"]


def test_a_point_is_too_heavy_where_no_body_holds_it() -> None:
    assert told(mended(hopper_kg=89.0), w4="capacity") == ["overloaded"]  # w1 is too heavy as well, and is served
    assert told(mended(hopper_kg=150.0), w4="capacity") == ["wrong_reason"]


def test_a_lock_is_a_reason_for_what_is_locked() -> None:
    locks = (Lock("w4:OTHER", vehicle="3 吨小型密闭垃圾车 01"),)
    assert told(mended(locks), w4="lock") == []
    assert told(mended((Lock("w4", vehicle="3 吨小型密闭垃圾车 01"),)), w4="lock") == []


@pytest.mark.parametrize(("amount", "unit"), [(91.0, "kg"), (0.0, "kg"), (90.0, "t")])
def test_kilograms_that_are_left(amount: float, unit: str) -> None:
    plan = plan_of(mended(), route(*ONE_POINT))
    changed = tuple(replace(u, amount=amount, unit=unit) if u.item == "w4:OTHER" else u for u in plan.unserved)
    assert [f.code for f in faults(mended(), replace(plan, unserved=changed))] == ["wrong_reason"]


def test_each_task_is_done_or_listed() -> None:
    plan = plan_of(asked(), route(*ONE_POINT))
    assert sorted(u.item for u in plan.unserved) == ["w2:OTHER", "w3:OTHER", "w4:OTHER", "w5:OTHER"]
    short = replace(plan, unserved=plan.unserved[1:])
    found = [f.text.en for f in faults(asked(), short) if f.code == "not_explained"]
    assert found == [f"{plan.unserved[0].item} is neither collected nor explained"]
    ghost = Unserved("w1:FOOD", "stopped", Text("因", "why"), None, 40.0, "kg")
    more = replace(plan, unserved=(*plan.unserved, ghost))
    assert [f.text.en for f in faults(asked(), more)] == ["there is nothing to collect at 'w1:FOOD'"]


def test_what_is_within_reach_counts_in_the_objective() -> None:
    plan = plan_of(mended(), route(*ONE_POINT))
    # w4's 90 kg are left, and what is spent weighs less than one of them; what stands on no street costs nothing
    assert 90 < plan.objective < 91
    easy: Any = with_bindings(plan, {"w4": "window"})
    assert [f.code for f in faults(mended(), easy)] == ["wrong_objective"]
