"""Water of a day's sweeping: tanks that are never empty, refills where there is water, on streets that can be followed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.errors import InputError, ParameterError
from layers.geometry import Geometry
from layers.kinds.facilities import WaterPoints
from layers.projection import unproject
from layers.text import Text
from optimizer.monitor import Silent
from optimizer.plan import Leg, LegKind, Plan, Route, Unserved
from optimizer.planners.sweeping.checks import faults
from optimizer.planners.sweeping.explaining.gaps import gaps_of
from optimizer.planners.sweeping.explaining.insertion import Insertion
from optimizer.planners.sweeping.explaining.why import Explaining
from optimizer.planners.sweeping.problem import prepare
from optimizer.run import faults_of
from optimizer.scenario import Lock, Scenario
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.planners.sweeping.conftest import changed, inventory, plan_of, scenario

Solved = tuple[Scenario, Plan]
# A wash-sweeper sprays 0.7 L by the metre: 140 L a kerb of 200 m, and a tank of 700 L lasts five kerbs.
TANK_L, KERB_L = 700.0, 140.0


def thirsty(**params: Any) -> Scenario:
    return scenario(fleet=inventory(n_large=1, tank_l=TANK_L), **params)


@pytest.fixture(scope="module")
def wet() -> Solved:
    asked = thirsty()
    return asked, plan_of(asked)


def refills(plan: Plan) -> list[Leg]:
    return [leg for r in plan.routes for leg in r.legs if leg.kind is LegKind.REFILL]


def spoilt(plan: Plan, change: Callable[[Leg], Leg | None]) -> Plan:
    """Return a plan whose refills are changed, or left out."""

    def of(route: Route) -> Route:
        legs = [change(leg) if leg.kind is LegKind.REFILL else leg for leg in route.legs]
        return replace(route, legs=tuple(leg for leg in legs if leg is not None))

    return replace(plan, routes=tuple(of(route) for route in plan.routes))


def codes(asked: Scenario, plan: Plan) -> set[str]:
    return {f.code for f in faults(asked, plan)}


def test_a_tank_is_filled_at_the_water_point_before_it_is_empty(wet: Solved) -> None:
    asked, plan = wet
    assert plan.faults == ()
    assert {u.binding for u in plan.unserved} == {"street_width"}
    assert {leg.item for leg in refills(plan)} == {"wp1"}
    for route in (r for r in plan.routes if r.vehicle_type == "sweeper"):
        left_l = TANK_L
        for leg in route.legs:
            left_l += leg.water_l
            assert -0.01 <= left_l <= TANK_L + 0.01
            # a turn into it told in
            assert leg.kind is not LegKind.REFILL or 900 <= leg.end_s - leg.start_s <= 930
    # grade 1 twice a day, six kerbs; the others once
    n_kerbs = sum(leg.kind is LegKind.SERVE for r in plan.routes if r.vehicle_type == "sweeper" for leg in r.legs)
    n_routes = sum(r.vehicle_type == "sweeper" for r in plan.routes)
    assert len(refills(plan)) >= np.ceil(n_kerbs / 5) - n_routes
    figures = {(k.id, k.scope): k.value for k in plan.kpis}
    assert figures["n_tank_trips", "city"] == len(refills(plan))
    assert "water refills" not in {a.what.en for a in plan.assumed}
    assert asked.inventory.vehicle_types[0].tank_l == TANK_L


def test_a_plan_without_its_refills_runs_dry(wet: Solved) -> None:
    asked, plan = wet
    assert "tank_empty" in codes(asked, spoilt(plan, lambda _: None))


def test_a_refill_of_another_amount_elsewhere_or_too_quick(wet: Solved) -> None:
    asked, plan = wet
    assert codes(asked, spoilt(plan, lambda leg: replace(leg, water_l=leg.water_l - 10))) == {"wrong_refill"}
    assert "not_at_water_point" in codes(asked, spoilt(plan, lambda leg: replace(leg, item="ts1")))
    assert codes(asked, spoilt(plan, lambda leg: replace(leg, start_s=leg.end_s - 800))) == {"too_fast"}


@pytest.fixture(scope="module")
def refill(wet: Solved) -> tuple[Route, Leg]:
    """Return a route with a refill that follows upon some sweeping."""
    _, plan = wet
    return next((r, leg) for r in plan.routes for leg in r.legs if leg.kind is LegKind.REFILL)


@pytest.mark.parametrize("street", ["s10", "s6", "s5"])
def test_the_way_to_the_water_may_not_be_left_out(wet: Solved, refill: tuple[Route, Leg], street: str) -> None:
    # wp1 lies 15 m from s2, 290 m from s10 and 185 m from s5 and s6: at none of them it can be filled up
    asked, plan = wet
    route, fill = refill
    legs = [leg for leg in route.legs if leg is not fill]
    at = next(k for k, leg in enumerate(legs) if leg.kind is LegKind.SERVE and leg.item.startswith(f"{street}:"))
    took_s = fill.end_s - fill.start_s
    legs[at + 1 :] = [
        replace(fill, start_s=legs[at].end_s, end_s=legs[at].end_s + took_s),
        *(replace(leg, start_s=leg.start_s + took_s, end_s=leg.end_s + took_s) for leg in legs[at + 1 :]),
    ]
    routes = tuple(replace(r, legs=tuple(legs)) if r is route else r for r in plan.routes)
    assert "not_at_water_point" in codes(asked, replace(plan, routes=routes))


def test_without_a_water_point_tanks_are_filled_at_the_depot() -> None:
    city = tiny_city()
    dry = city.with_layers(city[WaterPoints].take(np.zeros(0, dtype=np.int64)))
    for asked in (replace(thirsty(), city=dry), replace(thirsty(), locks=(Lock("wp1", state="closed"),))):
        plan = plan_of(asked)
        assert plan.faults == ()
        assert {leg.item for leg in refills(plan)} == {"water-depot1"}
        told = {a.what.en: (a.n_items, a.rule.en) for a in plan.assumed}
        assert told["water points"] == (1, "one at each depot")


def test_a_water_point_that_is_shut_in_a_shift_is_not_used() -> None:
    city = tiny_city()
    shut = city.with_layers(replace(city[WaterPoints], open_periods=np.array(["05:00-22:00"])))
    plan = plan_of(replace(thirsty(), city=shut))
    assert plan.faults == ()
    assert {leg.item for leg in refills(plan)} == {"water-depot1"}
    assert "water points closed in a shift" in {a.what.en for a in plan.assumed}


def test_water_points_far_from_every_street_are_refused() -> None:
    city = tiny_city()
    # 5 km south of 人民路
    far = city.with_layers(replace(city[WaterPoints], geometry=Geometry.points([[X0_M + 310, Y0_M - 5000]])))
    with pytest.raises(InputError, match="'wp1' lies 5000 m from the nearest street"):
        prepare(replace(thirsty(), city=far), Silent())
    assert prepare(replace(thirsty(temperature_celsius=2.0), city=far), Silent()).units


def test_a_type_that_no_water_point_lies_near_says_so() -> None:
    city = tiny_city()
    # 350 m above C3, the end of 窄弄 of 1.5 m, and 403 m from the end of 青石巷 of 4 m, the next street
    there = city.with_layers(replace(city[WaterPoints], geometry=Geometry.points([[X0_M + 400, Y0_M + 750]])))
    thin = inventory(n_large=1, tank_l=TANK_L)
    types = [v if v.key == "sweeper" else replace(v, width_m=1.2, least_street_width_m=1.2) for v in thin.vehicle_types]
    asked = scenario(there, replace(thin, vehicle_types=tuple(types)), snap_m=380.0)
    plan = plan_of(asked)
    assert plan.faults == ()
    told = {a.what.en: a.rule.en for a in plan.assumed}
    assert told["types that cannot take water"] == "no water point near the streets of 18 t wash-sweeper: one tank a shift"
    assert not [leg for r in plan.routes if r.vehicle_type == "sweeper" for leg in r.legs if leg.kind is LegKind.REFILL]
    assert "types that cannot take water" not in {a.what.en for a in plan_of(thirsty()).assumed}


def test_a_typed_water_point_is_used() -> None:
    lon, lat = unproject(np.array([[X0_M + 310, Y0_M + 215]]), tiny_city().epsg)[0]
    plan = plan_of(thirsty(water_point=f"{lon:.6f},{lat:.6f}"))
    assert plan.faults == ()
    assert {leg.item for leg in refills(plan)} == {"water_point1"}


def test_below_four_degrees_nothing_is_filled() -> None:
    plan = plan_of(changed(thirsty(), temperature_celsius=2.0))
    assert plan.faults == ()
    assert refills(plan) == []
    assert not {"water points", "water at the start"} & {a.what.en for a in plan.assumed}


def test_a_pass_that_takes_more_than_a_tank_says_so() -> None:
    asked = scenario(fleet=inventory(n_large=1, n_small=0, tank_l=100.0), sweep_back_street=False)
    plan = plan_of(asked)
    assert plan.faults == ()
    assert plan.routes == ()
    told = {u.item: u for u in plan.unserved}["s1:R"]
    assert told.binding == "tank"
    assert told.reason.en == "one pass takes 40 L more than the tank of 18 t wash-sweeper holds (100 L)"
    assert told.smallest_change is not None
    assert told.smallest_change.en == "+40 L of tank"


def test_a_pass_too_long_for_one_tank_is_left_to_the_type_that_holds_it() -> None:
    # time enough for all: full-size sweepers would have s1:R, but for a tank of 100 L that lasts 143 m
    asked = scenario(fleet=inventory(n_large=2, n_small=3, tank_l=100.0))
    plan = plan_of(asked)
    assert plan.faults == ()
    assert faults_of(asked, plan, again=True) == ()
    assert {u.binding for u in plan.unserved} == {"street_width"}


def test_a_tank_that_another_type_has_is_no_reason() -> None:
    asked = scenario(fleet=inventory(n_large=2, n_small=3, tank_l=100.0))
    plan = plan_of(asked)
    route = next(r for r in plan.routes for leg in r.legs if leg.item == "s1:R")
    passes = prepare(asked, Silent()).passes
    lost = [leg.item for leg in route.legs if leg.kind is LegKind.SERVE]
    told = tuple(Unserved(i, "tank", Text("测", "t"), None, passes.told_m2[passes.row_of[i]], "m²") for i in lost)
    dropped = replace(plan, routes=tuple(r for r in plan.routes if r is not route), unserved=(*plan.unserved, *told))
    # the full-size sweepers' tank is too small for it, which is all that city and fleet tell
    assert "wrong_reason" not in {f.code for f in faults(asked, dropped) if f.where == "s1:R"}
    again = {f.where: f.text.en for f in faults_of(asked, dropped, again=True) if f.code == "wrong_reason"}
    assert again["s1:R"].endswith("hopper and tank of a small_sweeper are large enough for it")


@pytest.mark.parametrize("binding", ["tank", "hopper", "water"])
def test_what_does_not_bind_is_no_reason(binding: str) -> None:
    # at 2 °C nobody sprays; s12:B is too narrow, a hopper holds it
    asked = thirsty(temperature_celsius=2.0)
    plan = plan_of(asked)
    told = tuple(replace(u, binding=binding) if u.item == "s12:B" else u for u in plan.unserved)
    found = [f.where for f in faults(asked, replace(plan, unserved=told)) if f.code == "wrong_reason"]
    assert found == ["s12:B"]


@pytest.mark.parametrize("temperature_celsius", [2.0, 20.0])
def test_a_water_point_that_cannot_be_read_is_refused_at_any_temperature(temperature_celsius: float) -> None:
    with pytest.raises(ParameterError, match="parameter 'water_point': 'nonsense' is no place"):
        prepare(thirsty(water_point="nonsense", temperature_celsius=temperature_celsius), Silent())


def test_gaps_know_what_the_tank_lacks(wet: Solved) -> None:
    asked, plan = wet
    question = prepare(asked, Silent()).question
    assert question is not None
    view = question.outings[0][0]
    assert view is not None
    assert view.water == ("wp1",)
    for key in ("night", "day"):
        gaps = gaps_of(view, plan.routes, asked.inventory.shift(key))
        assert (gaps.ahead_m + gaps.rest_m <= TANK_L / 0.7 + 1e-6).all()
        assert (gaps.ahead_m >= 0).all()
        assert (gaps.rest_m >= 0).all()


def tight(cut_s: float) -> Scenario:
    """Return one sweeper and ten kerbs, in a night that is so much shorter than all of them with two refills take."""
    asked = thirsty(shifts="night", n_passes_grade_1=1, sweep_back_street=False)
    types = tuple(v for v in asked.inventory.vehicle_types if v.key == "sweeper")
    whole = plan_of(replace(asked, inventory=replace(asked.inventory, vehicle_types=types)))
    night = asked.inventory.shift("night")
    end_s = max(leg.end_s for r in whole.routes for leg in r.legs)
    shift = replace(night, end_s=end_s + night.after_s - cut_s)
    return replace(asked, inventory=replace(asked.inventory, vehicle_types=types, shifts=(shift,)))


def test_what_would_fit_but_for_the_way_to_water_says_so() -> None:
    asked = tight(600)
    plan = plan_of(asked)
    assert plan.faults == ()
    bound = {u.binding: u for u in plan.unserved}
    assert "water" in bound
    assert bound["water"].reason.en.startswith("water too far: the tank of 18 t wash-sweeper 01 is used up there")
    assert bound["water"].smallest_change is not None
    problem = prepare(asked, Silent())
    again = Explaining(problem, plan.routes)
    left = tuple(replace(u, binding="shift_time", smallest_change=None) for u in plan.unserved if u.binding == "water")
    assert {u.binding for u in again.with_changes(left, lambda: False)} == {"water"}


@pytest.mark.parametrize("cut_s", [200.0, 600.0, 1200.0])
def test_a_refill_on_the_way_takes_no_less_than_a_refill(cut_s: float) -> None:
    asked = tight(cut_s)
    plan = plan_of(asked)
    question = prepare(asked, Silent()).question
    assert question is not None
    insertion = Insertion(question, plan.routes)
    left = [u for u in plan.unserved if u.binding in ("shift_time", "water")]
    assert left
    for unserved in left:
        found = insertion.extension(question.passes.row_of[unserved.item])
        # the same place of the same route: with a refill of 15 min, or none
        refill_s = found.extra_s - found.dry_s
        assert refill_s == 0 or refill_s >= 900
        assert (unserved.binding == "water") == (found.dry_s <= 0 < found.extra_s)
        told = re.search(r"a refill on the way takes (\d+) min", unserved.reason.en)
        assert (unserved.binding == "water") == (told is not None)
        assert told is None or int(told[1]) >= 15
