"""Each way of spoiling a calendar is rejected with a code of its own, by code without a solver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.kinds.facilities import WaterPoints
from layers.kinds.streets import RoadClass, Streets
from layers.text import Text
from optimizer.plan import Leg, LegKind, Plan, Route, Unserved
from optimizer.planners.sweeping.washing.checks import faults
from optimizer.scenario import Lock, Scenario
from tests.optimizer.planners.sweeping.conftest import changed
from tests.optimizer.planners.sweeping.washing.conftest import calendar, plan_of

Solved = tuple[Scenario, Plan]


@pytest.fixture(scope="module")
def solved() -> Solved:
    """Return a calendar with refills on the way."""
    asked = calendar(turnout_water_t=2.0)
    return asked, plan_of(asked)


def codes(asked: Scenario, plan: Plan) -> set[str]:
    return {f.code for f in faults(asked, plan)}


def routes_with(plan: Plan, wanted: Callable[[Route], bool], **values: Any) -> Plan:
    """Return the plan with all routes that are wanted changed."""
    return replace(plan, routes=tuple(replace(r, **values) if wanted(r) else r for r in plan.routes))


def legs_with(plan: Plan, wanted: Callable[[Leg], bool], **values: Any) -> Plan:
    """Return the plan with all legs that are wanted changed, on every night."""

    def changed(route: Route) -> Route:
        return replace(route, legs=tuple(replace(leg, **values) if wanted(leg) else leg for leg in route.legs))

    return replace(plan, routes=tuple(changed(r) for r in plan.routes))


def is_item(item: str) -> Callable[[Leg], bool]:
    return lambda leg: leg.kind is LegKind.SERVE and leg.item == item


def cart(route: Route) -> bool:
    return route.vehicle_type == "water_cart"


def refill(leg: Leg) -> bool:
    return leg.kind is LegKind.REFILL and leg.item == "wp1"


def test_the_plan_itself_has_no_faults(solved: Solved) -> None:
    asked, plan = solved
    assert faults(asked, plan) == ()
    assert any(refill(leg) for r in plan.routes for leg in r.legs)


def test_a_night_that_is_left_out(solved: Solved) -> None:
    asked, plan = solved
    night = next(r.day for r in plan.routes if any(is_item("s1:R")(leg) for leg in r.legs))
    less = replace(plan, routes=tuple(r for r in plan.routes if r.day != night))
    told = {f.where for f in faults(asked, less) if f.code == "interval_overrun"}
    assert "s1:R" in told


def test_a_night_moved_so_that_the_gap_over_the_end_is_too_long(solved: Solved) -> None:
    asked, plan = solved
    flushed = [r for r in plan.routes if any(is_item("s1:R")(leg) for leg in r.legs)]
    last = max(flushed, key=lambda r: r.day)
    moved = routes_with(plan, lambda r: r.id == last.id, day=last.day - 1)
    assert "interval_overrun" in codes(asked, moved)


@pytest.mark.parametrize(("day", "code"), [(14, "outside_calendar"), (-1, "outside_calendar")])
def test_a_night_outside_the_calendar(solved: Solved, day: int, code: str) -> None:
    asked, plan = solved
    assert code in codes(asked, routes_with(plan, lambda r: r is plan.routes[0], day=day))


def test_a_frozen_night(solved: Solved) -> None:
    asked, plan = solved
    cold = changed(asked, nights_celsius="3")
    assert "too_cold" in codes(cold, plan)


def test_another_shift(solved: Solved) -> None:
    asked, plan = solved
    assert "outside_shift" in codes(asked, routes_with(plan, cart, shift="day"))


def test_hours_outside_the_shift(solved: Solved) -> None:
    asked, plan = solved
    legs = tuple(replace(leg, start_s=leg.start_s - 3600, end_s=leg.end_s - 3600) for leg in plan.routes[0].legs)
    assert "outside_shift" in codes(asked, routes_with(plan, lambda r: r is plan.routes[0], legs=legs))


def test_a_vehicle_that_goes_out_twice_in_a_night(solved: Solved) -> None:
    asked, plan = solved
    twice = replace(plan.routes[0], id="again")
    found = codes(asked, replace(plan, routes=(*plan.routes, twice)))
    assert "vehicle_twice_a_night" in found


def test_a_vehicle_at_two_depots(solved: Solved) -> None:
    asked, plan = solved
    assert "vehicle_twice_a_night" in codes(asked, routes_with(plan, lambda r: cart(r) and r.day > 6, depot="depot2"))


def test_more_vehicles_than_there_are(solved: Solved) -> None:
    asked, plan = solved
    assert "fleet_exceeded" in codes(asked, routes_with(plan, lambda r: cart(r) and r.day > 6, vehicle="洒水车 02"))


def test_crews(solved: Solved) -> None:
    asked, plan = solved
    assert "no_crew" in codes(asked, routes_with(plan, cart, crew=""))
    first = next(r for r in plan.routes if cart(r))
    second = replace(first, id="second", vehicle="洒水车 02")
    double = replace(plan, routes=(*plan.routes, second))
    assert "crew_twice_a_night" in codes(asked, double)
    few = changed(asked, n_turnouts_night=1)
    assert codes(few, plan) == set()
    assert "too_many_crews" in codes(few, double)


def test_no_refill_where_the_tank_is_empty(solved: Solved) -> None:
    asked, plan = solved

    def dry(route: Route) -> Route:
        return replace(route, legs=tuple(leg for leg in route.legs if leg.kind is not LegKind.REFILL))

    spoilt = replace(plan, routes=tuple(dry(r) for r in plan.routes))
    assert "tank_empty" in codes(asked, spoilt)


def test_a_tank_that_is_smaller_than_the_plan_thinks(solved: Solved) -> None:
    asked, plan = solved
    small = changed(asked, turnout_water_t=1.0)
    assert "tank_empty" in codes(small, plan)


def test_a_refill_of_the_wrong_amount(solved: Solved) -> None:
    asked, plan = solved
    assert codes(asked, legs_with(plan, refill, water_l=100.0)) == {"wrong_refill"}


def test_a_refill_that_is_too_quick(solved: Solved) -> None:
    asked, plan = solved
    leg = next(leg for r in plan.routes for leg in r.legs if refill(leg))
    assert "too_fast" in codes(asked, legs_with(plan, lambda at: at is leg, end_s=leg.start_s + 60))


def test_a_refill_somewhere_else(solved: Solved) -> None:
    asked, plan = solved
    assert codes(asked, legs_with(plan, refill, item="wp9")) == {"not_at_water_point"}
    points = asked.city[WaterPoints]
    far = replace(points, geometry=points.geometry.points(points.geometry.coords + 5_000))
    assert "not_at_water_point" in codes(replace(asked, city=asked.city.with_layers(far)), plan)
    shut = replace(points, open_periods=np.array(["05:00-22:00"]))
    assert "not_at_water_point" in codes(replace(asked, city=asked.city.with_layers(shut)), plan)


def test_water_that_is_not_what_washing_takes(solved: Solved) -> None:
    asked, plan = solved
    assert "wrong_water" in codes(asked, legs_with(plan, is_item("s1:PR"), water_l=-10.0))


def test_dirt_taken_up(solved: Solved) -> None:
    asked, plan = solved
    assert codes(asked, legs_with(plan, is_item("s1:PR"), load_kg=5.0)) == {"unknown"}


def test_something_that_is_not_to_be_washed(solved: Solved) -> None:
    asked, plan = solved
    assert "unknown" in codes(asked, legs_with(plan, is_item("s1:R"), item="s1:X"))


def test_washing_somewhere_else(solved: Solved) -> None:
    asked, plan = solved
    assert "path_broken" in codes(asked, legs_with(plan, is_item("s1:R"), path=("s7",)))


def test_washing_against_the_traffic(solved: Solved) -> None:
    asked, plan = solved
    assert "wrong_direction" in codes(asked, legs_with(plan, is_item("s1:R"), path=("-s1",)))


def test_a_pavement_washed_faster_than_people_walk(solved: Solved) -> None:
    asked, plan = solved
    slow = changed(asked, pavement_speed_km_h=1.0)
    assert codes(slow, plan) == {"too_fast"}


def test_a_pavement_that_is_not_there(solved: Solved) -> None:
    asked, plan = solved
    # back streets have none
    columns = {"footway": np.zeros(12, dtype=bool), "wash": np.ones(12, dtype=bool)}
    classes = np.full(12, RoadClass.BACK_STREET, dtype=np.int8)
    bare = replace(asked.city[Streets], road_class=classes, **columns)  # type: ignore[arg-type]
    assert "no_pavement" in codes(replace(asked, city=asked.city.with_layers(bare)), plan)


def test_a_vehicle_for_other_work(solved: Solved) -> None:
    asked, plan = solved
    assert "unsuitable_vehicle" in codes(asked, routes_with(plan, cart, vehicle_type="washer"))


def test_reasons_that_are_not_true(solved: Solved) -> None:
    asked, plan = solved

    def with_reason(item: str, binding: str, amount: float = 600.0) -> set[str]:
        reason = Unserved(item, binding, Text("x", "x"), None, amount, "m²")
        return codes(asked, replace(plan, unserved=(*plan.unserved, reason)))

    assert with_reason("s1:R#8", "too_few_turnouts") == {"wrong_reason"}  # its interval is kept
    assert with_reason("s99:R", "closed") == {"unknown"}
    (unserved,) = (u for u in plan.unserved if u.item == "s12:B")
    for wrong in ({"binding": "magic"}, {"binding": "closed"}, {"binding": "no_footway"}, {"amount": 1.0}):
        others = tuple(replace(u, **wrong) if u is unserved else u for u in plan.unserved)
        # what is within reach counts in the objective too
        found = {"wrong_reason", "wrong_objective"} if wrong.get("binding") == "magic" else {"wrong_reason"}
        assert codes(asked, replace(plan, unserved=others)) == found


def test_an_objective_that_is_not_its_own(solved: Solved) -> None:
    asked, plan = solved
    assert codes(asked, replace(plan, objective=plan.objective + 1)) == {"wrong_objective"}


def test_a_closed_place_that_is_used(solved: Solved) -> None:
    asked, plan = solved
    found = codes(replace(asked, locks=(Lock("wp1", state="closed"),)), plan)
    assert "lock_broken" in found


def test_a_street_that_is_not_there(solved: Solved) -> None:
    asked, plan = solved
    assert "unknown" in codes(asked, legs_with(plan, is_item("s1:R"), path=("s99",)))
