"""The calendar of the tiny city: right, repeatable, stoppable, and honest about what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.errors import InputError, ParameterError
from layers.kinds.facilities import WaterPoints
from layers.kinds.streets import Oneway
from optimizer.monitor import Silent
from optimizer.plan import LegKind, Outcome, Plan
from optimizer.planners.sweeping.washing.nights import gaps
from optimizer.planners.sweeping.washing.problem import prepare
from optimizer.planners.sweeping.washing.why import explain
from optimizer.planners.sweeping.washing.work import washings_of
from optimizer.run import run
from optimizer.scenario import Lock, Scenario
from tests.optimizer.planners.sweeping.washing.conftest import (
    calendar,
    nights_by_item,
    plan_of,
    washers,
    washing_city,
)

Washed = tuple[Scenario, Plan]


def bindings(plan: Plan) -> dict[str, str]:
    return {u.item: u.binding for u in plan.unserved}


def test_every_interval_is_kept_over_the_end_too(washed: Washed) -> None:
    asked, plan = washed
    assert plan.faults == ()
    nights = nights_by_item(plan)
    found = washings_of(asked.city, asked.params)  # type: ignore[arg-type]
    for item, days in zip(found.items, found.interval_days.tolist(), strict=True):
        if item != "s12:B":
            assert max(gaps(nights[item], 14)) <= days, item
    assert bindings(plan) == {"s12:B": "street_width"}  # 1.5 m wide


def test_one_washer_does_what_would_else_take_two(washed: Washed) -> None:
    _, plan = washed
    assert {r.vehicle for r in plan.routes if r.vehicle_type == "washer"} == {"18 吨高压清洗车 01"}
    both = next(r for r in plan.routes if any(leg.kind is LegKind.REFILL for leg in r.legs))
    assert [leg.item for leg in both.legs if leg.kind is LegKind.REFILL] == ["depot1"]


def test_pavement_turnouts_have_a_crew_and_others_none(washed: Washed) -> None:
    _, plan = washed
    assert {r.crew for r in plan.routes if r.vehicle_type == "water_cart"} == {"洗城班组 01"}
    assert {r.crew for r in plan.routes if r.vehicle_type != "water_cart"} == {""}


def test_the_bound_is_not_above_the_objective(washed: Washed) -> None:
    _, plan = washed
    assert plan.bound is not None
    # all but s12 is washed, which is out of reach and counts nowhere; the rest is the share of the fleet's time
    assert 0 < plan.bound < plan.objective < 1


def test_what_nights_are_too_short_for_is_proven_to_be_lost() -> None:
    # twelve kerbs of 200 m at 0.1 m/s, 140 L each: 2,000 s and 12.6 s of refilling 10,000 L, which takes 900 s
    asked: dict[str, Any] = {f"pavement_grade_{k}_days": 0 for k in (1, 2, 3)}
    asked |= {"flush_grade_1_days": 1, "flush_grade_2_days": 1, "flush_grade_3_days": 0, "fixed_wash_days": 0}
    plan = plan_of(calendar(fleet=washers(n_small=0, working_speed_mps=0.1), **asked))
    # a night has 6 h, and begins with a full tank; the rest of one kerb worth 3,600 is missing on each of 14
    least = np.ceil(14 * 3600 * (12 - (21_600 + 900) / 2012.6))
    assert plan.bound == least
    assert plan.objective >= least


def test_the_same_work_gives_the_same_calendar_on_one_thread_or_two() -> None:
    plans = [plan_of(calendar(n_threads=n)) for n in (1, 2)]
    assert plans[0].routes == plans[1].routes


def test_water_is_fetched_on_the_way() -> None:
    # 1.2 km of pavement at 6 L/m take 7.2 t: with 2 t aboard the cart fills up three times or more
    plan = plan_of(calendar(turnout_water_t=2.0, pavement_grade_2_days=7))
    assert plan.faults == ()
    carts = [r for r in plan.routes if r.vehicle_type == "water_cart"]
    refills = [leg for r in carts for leg in r.legs if leg.kind is LegKind.REFILL]
    assert {leg.item for leg in refills} <= {"wp1", "depot1"}
    assert "wp1" in {leg.item for leg in refills}
    assert all(leg.water_l <= 2000 + 1e-6 for leg in refills)


def test_a_one_way_street_is_washed_in_its_direction() -> None:
    plan = plan_of(calendar(washing_city(oneway=np.full(12, Oneway.BOTH, dtype=np.int8))))
    assert plan.faults == ()
    one_way = plan_of(calendar())
    paths = {leg.path for r in one_way.routes for leg in r.legs if leg.item.startswith("s8:")}
    assert paths == {("s8",)}


def test_too_few_vehicles_are_told_with_the_number_that_would_do() -> None:
    # six kerbs of 200 m each at 0.1 m/s take 3.3 h: only one of the two fits into a night of 6 h
    asked: dict[str, Any] = {f"pavement_grade_{k}_days": 0 for k in (1, 2, 3)}
    asked |= {"flush_grade_1_days": 1, "flush_grade_2_days": 1, "flush_grade_3_days": 0, "fixed_wash_days": 0}
    few = plan_of(calendar(fleet=washers(working_speed_mps=0.1), **asked))
    assert few.faults == ()
    short = [u for u in few.unserved if u.binding == "too_few_turnouts"]
    assert short
    change = {u.smallest_change.en for u in short if u.smallest_change}
    assert change == {"1 more 18 t high-pressure washer"}
    more = plan_of(calendar(fleet=washers(n_washers=2, working_speed_mps=0.1), **asked))
    assert more.faults == ()
    assert "too_few_turnouts" not in bindings(more).values()


def test_too_few_crews_are_told() -> None:
    asked: dict[str, Any] = {"pavement_grade_1_days": 1, "pavement_grade_2_days": 1, "pavement_speed_km_h": 0.3}
    few = plan_of(calendar(fleet=washers(n_carts=9), n_turnouts_night=1, **asked))
    assert few.faults == ()
    change = {u.smallest_change.en for u in few.unserved if u.binding == "too_few_turnouts" and u.smallest_change}
    assert len(change) == 1
    (text,) = change
    more = calendar(fleet=washers(n_carts=9), n_turnouts_night=1 + int(text.split()[0]), **asked)
    assert text.endswith("more crews a night")
    assert "too_few_turnouts" not in bindings(plan_of(more)).values()


def test_nothing_is_washed_below_four_degrees() -> None:
    plan = plan_of(calendar(nights_celsius="10,10,3,3,3,10"))
    assert plan.faults == ()
    assert not {2, 3, 4} & {r.day for r in plan.routes}
    late = {item: binding for item, binding in bindings(plan).items() if binding == "temperature"}
    # every second night, over three frozen ones: one washing is missing
    assert late["s1:R#7"] == "temperature"
    assert not any(item.startswith("s7") for item in late)


def test_a_winter_without_a_warm_night_is_infeasible() -> None:
    plan = plan_of(calendar(temperature_celsius=-5.0))
    assert plan.faults == ()
    assert plan.outcome is Outcome.INFEASIBLE
    assert set(bindings(plan).values()) == {"temperature", "street_width"}


def test_a_street_longer_than_a_tank_is_told() -> None:
    plan = plan_of(calendar(turnout_water_t=1.0))
    assert plan.faults == ()
    tank = next(u for u in plan.unserved if u.item == "s1:PR")
    assert tank.binding == "tank"
    assert tank.smallest_change is not None
    assert tank.smallest_change.en == "+200 L aboard"  # 200 m at 6 L/m


def test_a_ban_at_night_is_told() -> None:
    plan = plan_of(calendar(washing_city(ban_periods=np.array(["23:00-24:00", *[""] * 11]))))
    assert plan.faults == ()
    assert bindings(plan)["s1:R"] == "banned"


def test_no_cart_no_pavement() -> None:
    plan = plan_of(calendar(fleet=washers(n_carts=0)))
    assert plan.faults == ()
    assert bindings(plan)["s1:PR"] == "no_vehicle"
    with pytest.raises(InputError, match="no washer and no water cart"):
        plan_of(calendar(fleet=washers(0, 0, 0)))


def test_an_unknown_shift_is_refused() -> None:
    with pytest.raises(ParameterError, match="washing_shift"):
        plan_of(calendar(washing_shift="noon"))


def test_without_water_points_and_depots_both_are_assumed() -> None:
    city = washing_city()
    bare = replace(city, layers={k: v for k, v in city.layers.items() if k not in ("water_points", "depots")})
    plan = plan_of(calendar(bare))
    assert plan.faults == ()
    assert {"depot", "water points"} <= {a.what.en for a in plan.assumed}


def test_points_closed_at_night_or_by_a_lock_are_not_used() -> None:
    city = washing_city()
    shut = city.with_layers(replace(city[WaterPoints], open_periods=np.array(["05:00-22:00"])))
    plan = plan_of(calendar(shut, turnout_water_t=2.0))
    assert plan.faults == ()
    assert "water points closed in a shift" in {a.what.en for a in plan.assumed}
    locked = plan_of(calendar(city, locks=(Lock("wp1", state="closed"),), turnout_water_t=2.0))
    assert locked.faults == ()
    for found in (plan, locked):
        assert "wp1" not in {leg.item for r in found.routes for leg in r.legs}


def test_locks_on_vehicles_are_said_to_be_left_out() -> None:
    plan = plan_of(calendar(locks=(Lock("s1:R", vehicle="18 吨高压清洗车 01"),)))
    assert "locks on vehicles and order" in {a.what.en for a in plan.assumed}


class Stopper(Silent):
    """Stops from the n-th look on."""

    def __init__(self, n_looks: int) -> None:
        self.n_left = n_looks

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        self.n_left -= 1
        return self.n_left < 0


@pytest.mark.parametrize("n_looks", [0, 1, 3, 12, 40])
def test_stopped_at_any_moment_there_is_a_checked_calendar(n_looks: int) -> None:
    plan = run(calendar(work_limit=0, time_limit_s=30.0), Stopper(n_looks))
    assert plan.faults == ()
    assert plan.routes or plan.unserved


def test_why_a_street_is_not_washed_is_told_with_the_smallest_change(washed: Washed) -> None:
    asked, plan = washed
    problem = prepare(asked, Silent())
    told = explain(problem, plan, "s12")
    needs = "small high-pressure washer needs 2.5 m: the street is 1.5 m wide"
    assert told.en.startswith(f"s12:B: not served, {needs}; smallest change: ")
    assert explain(problem, plan, "s12:B") == told
    assert explain(problem, plan, "s1").en == "the calendar leaves nothing undone of 's1'"


def test_what_would_join_a_street_that_is_cut_off_is_found() -> None:
    # the dead end s11 may be left and never entered
    oneway = np.where(np.arange(12) == 10, Oneway.BACKWARD, Oneway.BOTH).astype(np.int8)
    plan = plan_of(calendar(washing_city(oneway=oneway)))
    assert plan.faults == ()
    changes = {u.item: u.smallest_change.en for u in plan.unserved if u.binding == "not_connected" and u.smallest_change}
    assert changes == {"s11:B": "let sanitation vehicles drive one-way streets both ways"}
    later = plan_of(calendar(washing_city(oneway=oneway), explain_limit_s=0.0))
    assert [u.smallest_change for u in later.unserved if u.binding == "not_connected"] == [None]


def test_a_calendar_of_nothing_is_refused() -> None:
    days: dict[str, Any] = {f"{what}_grade_{k}_days": 0 for what in ("flush", "pavement") for k in (1, 2, 3)}
    with pytest.raises(InputError, match="no carriageway and no pavement is to be washed: every interval is 0"):
        plan_of(calendar(fixed_wash_days=0, **days))
