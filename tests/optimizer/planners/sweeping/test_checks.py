"""Each way of spoiling a plan is rejected with a code of its own, by code without a solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.kinds.streets import Streets
from optimizer.plan import Leg, LegKind, Plan, Route
from optimizer.planners.sweeping.checks import faults
from optimizer.scenario import Lock, Scenario
from resources.inventory import VehicleKind
from tests.cities import tiny_city
from tests.optimizer.planners.sweeping.conftest import changed, inventory, plan_of
from tests.optimizer.planners.sweeping.conftest import scenario as asked

Solved = tuple[Scenario, Plan]


def codes(scenario: Scenario, plan: Plan) -> set[str]:
    return {f.code for f in faults(scenario, plan)}


def with_route(plan: Plan, k: int, change: Callable[[Route], Route]) -> Plan:
    return replace(plan, routes=tuple(change(r) if i == k else r for i, r in enumerate(plan.routes)))


def with_leg(plan: Plan, wanted: Callable[[Leg], bool], **values: object) -> Plan:
    """Return the plan with the first leg that is wanted changed."""
    k, j = next((k, j) for k, r in enumerate(plan.routes) for j, leg in enumerate(r.legs) if wanted(leg))

    def change(route: Route) -> Route:
        legs = list(route.legs)
        legs[j] = replace(legs[j], **values)  # type: ignore[arg-type]
        return replace(route, legs=tuple(legs))

    return with_route(plan, k, change)


def serves(item: str = "") -> Callable[[Leg], bool]:
    return lambda leg: leg.kind is LegKind.SERVE and (not item or leg.item == item)


def drives(leg: Leg) -> bool:
    return leg.kind is LegKind.DRIVE and len(leg.path) >= 3


def test_the_plan_itself_has_no_faults(solved: Solved) -> None:
    scenario, plan = solved
    assert faults(scenario, plan) == ()
    assert plan.faults == ()
    assert plan.routes


def test_a_street_that_does_not_exist(solved: Solved) -> None:
    scenario, plan = solved
    assert "unknown" in codes(scenario, with_leg(plan, drives, path=("s99",)))


def test_a_gap_in_the_path(solved: Solved) -> None:
    scenario, plan = solved
    leg = next(leg for r in plan.routes for leg in r.legs if drives(leg))
    assert "path_broken" in codes(scenario, with_leg(plan, drives, path=(*leg.path[:1], *leg.path[2:])))


def test_a_one_way_street_the_other_way(solved: Solved) -> None:
    scenario, plan = solved
    assert "wrong_way" in codes(scenario, with_leg(plan, serves("s8:R"), path=("-s8",)))


def test_a_banned_turn(solved: Solved) -> None:
    scenario, plan = solved
    legs = (
        Leg(LegKind.DRIVE, 80_100, 80_200, 200, ("s1",)),
        Leg(LegKind.DRIVE, 80_200, 80_300, 200, ("s8",)),
        Leg(LegKind.DRIVE, 80_300, 80_500, 400, ("-s4", "-s7")),
    )
    found = faults(scenario, with_route(plan, 0, lambda r: replace(r, legs=legs)))
    assert [f.text.en.split(": ")[1] for f in found if f.code == "banned_turn"] == ["the turn s1 > s8 is forbidden"]


def test_sweeping_a_street_from_a_dump_in_its_middle(solved: Solved) -> None:
    scenario, plan = solved
    legs = (
        Leg(LegKind.DRIVE, 80_100, 80_300, 500, ("s1", "s2", "s3")),
        Leg(LegKind.UNLOAD, 80_300, 81_020, item="ts1"),
        Leg(LegKind.SERVE, 81_020, 81_200, 200, ("s3",), "s3:R", 30.0),
    )
    found = faults(scenario, with_route(plan, 0, lambda r: replace(r, legs=legs)))
    assert [f.text.en.split(": ")[1] for f in found if f.code == "path_broken"] == ["s3 > s3 do not meet"]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("closed", True, "street_closed"),
        ("width_m", 4.6, "street_too_narrow"),
        ("max_height_m", 2.0, "street_too_low"),
        ("max_weight_kg", 3000.0, "street_too_weak"),
        ("ban_periods", "22:00-05:00,09:00-16:00", "banned_hours"),
    ],
)
def test_a_street_that_may_not_be_used(solved: Solved, column: str, value: object, code: str) -> None:
    scenario, plan = solved
    streets = scenario.city[Streets]
    old = getattr(streets, column).tolist()
    values: dict[str, Any] = {column: np.array([value, *old[1:]])}
    values["origin"] = {k: v for k, v in streets.origin.items() if k != column}
    spoilt = replace(scenario, city=scenario.city.with_layers(replace(streets, **values)))
    assert code in codes(spoilt, plan)


def test_sweeping_faster_than_allowed(solved: Solved) -> None:
    scenario, plan = solved
    leg = next(leg for r in plan.routes for leg in r.legs if serves("s1:R")(leg))
    assert "too_fast" in codes(scenario, with_leg(plan, serves("s1:R"), end_s=leg.start_s + 60))


def test_driving_faster_than_allowed(solved: Solved) -> None:
    scenario, plan = solved
    leg = next(leg for r in plan.routes for leg in r.legs if drives(leg))
    assert "too_fast" in codes(scenario, with_leg(plan, drives, end_s=leg.start_s + 5))


def test_driving_where_nobody_can_drive(solved: Solved) -> None:
    scenario, plan = solved
    types = tuple(replace(v, driving_speed_mps=0.0) for v in scenario.inventory.vehicle_types)
    still = replace(scenario, inventory=replace(scenario.inventory, vehicle_types=types))
    assert "too_fast" in codes(still, plan)


def test_unloading_in_no_time(solved: Solved) -> None:
    scenario, plan = solved
    leg = next(leg for r in plan.routes for leg in r.legs if leg.kind is LegKind.UNLOAD)
    assert "too_fast" in codes(scenario, with_leg(plan, lambda x: x is leg, end_s=leg.start_s + 1))


def test_a_length_that_is_not_the_streets(solved: Solved) -> None:
    scenario, plan = solved
    assert "wrong_length" in codes(scenario, with_leg(plan, serves(), length_m=150.0))


def moved(route: Route, by_s: float) -> Route:
    return replace(route, legs=tuple(replace(x, start_s=x.start_s + by_s, end_s=x.end_s + by_s) for x in route.legs))


@pytest.mark.parametrize("by_s", [-600.0, 7 * 3600.0])
def test_work_outside_the_shift(solved: Solved, by_s: float) -> None:
    scenario, plan = solved
    assert "outside_shift" in codes(scenario, with_route(plan, 0, lambda r: moved(r, by_s)))


def test_a_hopper_that_is_too_small(solved: Solved) -> None:
    scenario, plan = solved
    small = replace(scenario, inventory=inventory(hopper_kg=50.0))
    assert "hopper_over" in codes(small, plan)


def test_dirt_that_is_not_taken_up(solved: Solved) -> None:
    scenario, plan = solved
    assert "hopper_over" in codes(scenario, with_leg(plan, serves(), load_kg=1.0))


def test_dirt_that_stays_aboard(solved: Solved) -> None:
    scenario, plan = solved
    assert "not_emptied" in codes(scenario, with_leg(plan, lambda x: x.kind is LegKind.UNLOAD, load_kg=-1.0))


def test_a_route_that_does_not_begin_at_its_depot(solved: Solved) -> None:
    scenario, plan = solved

    def late(route: Route) -> Route:
        kept = [i for i, leg in enumerate(route.legs) if leg.path and leg.path[0].strip("-") in {"s3", "s6", "s10"}]
        return replace(route, legs=route.legs[kept[0] :])

    assert "not_at_depot" in codes(scenario, with_route(plan, 0, late))


def test_unloading_where_there_is_no_dump(solved: Solved) -> None:
    scenario, plan = solved

    def early(route: Route) -> Route:
        j = next(i for i, leg in enumerate(route.legs) if leg.kind is LegKind.UNLOAD)
        legs = list(route.legs)
        return replace(route, legs=(legs[j], *legs[:j], *legs[j + 1 :]))

    assert "not_at_dump" not in codes(scenario, plan)
    near = changed(scenario, snap_m=100.0)
    dumped = with_leg(plan, lambda x: x.kind is LegKind.DRIVE and x.path[-1].strip("-") == "s10", path=("s1",))
    assert "not_at_dump" in codes(near, dumped)
    assert "hopper_over" in codes(scenario, with_route(plan, 0, early))


def test_a_dump_and_a_depot_that_do_not_exist(solved: Solved) -> None:
    scenario, plan = solved
    assert "unknown" in codes(scenario, with_leg(plan, lambda x: x.kind is LegKind.UNLOAD, item="ts9"))
    assert "unknown" in codes(scenario, with_route(plan, 0, lambda r: replace(r, depot="depot9")))


def test_more_vehicles_than_there_are(solved: Solved) -> None:
    scenario, plan = solved
    assert "fleet_exceeded" in codes(replace(scenario, inventory=inventory(n_small=0)), plan)


def test_a_kerb_swept_against_its_direction(solved: Solved) -> None:
    scenario, plan = solved
    assert "wrong_direction" in codes(scenario, with_leg(plan, serves("s1:R"), path=("-s1",)))


def test_a_kerb_swept_on_another_street(solved: Solved) -> None:
    scenario, plan = solved
    assert "path_broken" in codes(scenario, with_leg(plan, serves("s1:R"), item="s2:R"))


def test_a_full_size_vehicle_in_a_back_street(solved: Solved) -> None:
    scenario, plan = solved
    k = next(i for i, r in enumerate(plan.routes) if r.vehicle_type == "small_sweeper")
    spoilt = with_route(plan, k, lambda r: replace(r, vehicle_type="sweeper"))
    assert {"unsuitable_vehicle", "street_too_narrow"} <= codes(scenario, spoilt)


def test_a_pass_that_is_left_out_without_a_word(solved: Solved) -> None:
    scenario, plan = solved
    assert "not_explained" in codes(scenario, replace(plan, unserved=()))


def test_a_pass_that_nobody_asked_for(solved: Solved) -> None:
    scenario, plan = solved
    assert "unknown" in codes(scenario, with_leg(plan, serves("s1:R"), item="s1:R#7"))
    ghost = replace(plan.unserved[0], item="s1:R#9")
    assert "unknown" in codes(scenario, replace(plan, unserved=(*plan.unserved, ghost)))


@pytest.mark.parametrize("lock", [Lock("s1:R", vehicle="别的车"), Lock("s1:R", position=27), Lock("depot1", state="closed")])
def test_a_lock_that_is_not_kept(solved: Solved, lock: Lock) -> None:
    scenario, plan = solved
    assert "lock_broken" in codes(replace(scenario, locks=(lock,)), plan)


def broken_breaks(plan: Plan) -> Iterator[Route]:
    for route in plan.routes:
        end_s = route.legs[0].start_s + 6.5 * 3600
        yield replace(route, legs=(*route.legs[:-1], replace(route.legs[-1], end_s=end_s)))


def test_a_full_shift_without_its_break(solved: Solved) -> None:
    scenario, plan = solved
    assert "outside_shift" in codes(scenario, replace(plan, routes=tuple(broken_breaks(plan))))


def test_dirt_lost_while_driving(solved: Solved) -> None:
    scenario, plan = solved
    found = faults(scenario, with_leg(plan, drives, load_kg=-50.0))
    assert any("by neither sweeping nor unloading" in f.text.en for f in found if f.code == "hopper_over")


@pytest.mark.parametrize(("which", "litres"), [(serves("s1:R"), 0.0), (drives, -100.0)])
def test_water_that_is_not_sprayed_or_sprayed_on_the_way(
    solved: Solved, which: Callable[[Leg], bool], litres: float
) -> None:
    scenario, plan = solved
    assert "wrong_water" in codes(scenario, with_leg(plan, which, water_l=litres))


def test_an_objective_that_is_too_good(solved: Solved) -> None:
    scenario, plan = solved
    assert codes(scenario, replace(plan, objective=0.0)) == {"wrong_objective"}


def test_a_route_on_another_day_or_in_a_shift_that_was_not_asked_for(solved: Solved) -> None:
    scenario, plan = solved
    assert codes(scenario, with_route(plan, 0, lambda r: replace(r, day=1))) == {"outside_shift"}
    assert "outside_shift" in codes(changed(scenario, shifts="day"), plan)


def test_no_routes_and_a_route_without_legs(solved: Solved) -> None:
    scenario, plan = solved
    assert codes(scenario, replace(plan, routes=())) == {"not_explained", "wrong_objective"}
    bare = replace(plan.routes[0], legs=())
    assert "not_explained" in codes(scenario, replace(plan, routes=(bare, *plan.routes[1:])))


def test_faults_come_route_by_route_and_a_lost_street_hides_none_of_the_others(solved: Solved) -> None:
    scenario, plan = solved
    lost = with_route(plan, 0, lambda r: replace(r, legs=(replace(r.legs[0], path=("s99",)), *r.legs[1:])))
    both = with_route(lost, 1, lambda r: replace(r, depot="depot9"))
    found = [f for f in faults(scenario, both) if f.code == "unknown"]
    assert [f.where for f in found] == [plan.routes[0].id, plan.routes[1].id]
    assert [f.text.en.split(": ")[1] for f in found] == ["there is no street 's99'", "there is no depot 'depot9'"]


@pytest.mark.parametrize("binding", ["zzz", "closed", "height", "weight"])
def test_a_reason_that_the_city_does_not_bear_out(solved: Solved, binding: str) -> None:
    scenario, plan = solved
    narrow = next(u for u in plan.unserved if u.binding == "street_width")
    others = tuple(u for u in plan.unserved if u is not narrow)
    wrong = replace(plan, unserved=(*others, replace(narrow, binding=binding)))
    # what is within reach counts in the objective too
    assert codes(scenario, wrong) == {"wrong_reason"} | ({"wrong_objective"} if binding == "zzz" else set())


def test_a_wide_street_called_too_narrow(solved: Solved) -> None:
    scenario, plan = solved
    item = next(leg.item for route in plan.routes for leg in route.legs if leg.kind is LegKind.SERVE)
    narrow = next(u for u in plan.unserved if u.binding == "street_width")
    found = faults(scenario, replace(plan, unserved=(*plan.unserved, replace(narrow, item=item))))
    assert {f.code for f in found if f.where == item} >= {"wrong_reason"}


def test_a_closed_street_called_too_narrow_and_an_amount_that_is_not_its_area(solved: Solved) -> None:
    scenario, plan = solved
    narrow = next(u for u in plan.unserved if u.binding == "street_width")
    streets = replace(scenario.city[Streets], closed=np.arange(12) == 11)
    shut = replace(scenario, city=scenario.city.with_layers(streets))
    assert "wrong_reason" in codes(shut, plan)
    other = tuple(replace(u, amount=u.amount + 1) if u is narrow else u for u in plan.unserved)
    assert "wrong_reason" in codes(scenario, replace(plan, unserved=other))


def test_only_sweepers_count_where_a_limit_is_said_to_bind() -> None:
    city = tiny_city()
    limit = np.where(np.arange(12) == 6, 1000.0, np.nan)
    types = inventory().vehicle_types
    light = replace(types[0], key="tricycle", kind=VehicleKind.COLLECTION, weight_kg=500.0, width_m=1.0, n_owned=9)
    fleet = replace(inventory(), vehicle_types=(*types, light))
    plan = plan_of(asked(city.with_layers(replace(city[Streets], max_weight_kg=limit)), fleet))
    assert {u.binding for u in plan.unserved if u.item.startswith("s7:")} == {"weight"}
    assert plan.faults == ()
