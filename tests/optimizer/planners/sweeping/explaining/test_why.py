"""Why streets are left, and the smallest change: on the tiny city, where both can be worked out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.kinds.streets import Oneway
from layers.text import Text
from optimizer.monitor import Silent
from optimizer.plan import Outcome, Plan, Unserved
from optimizer.planner import planner
from optimizer.planners.sweeping.explaining.insertion import Insertion
from optimizer.planners.sweeping.explaining.rests import idle_s, rests_of
from optimizer.planners.sweeping.explaining.spare_time import fitting
from optimizer.planners.sweeping.explaining.why import explain, open_hours
from optimizer.planners.sweeping.problem import SweepingProblem, prepare
from optimizer.run import faults_of
from optimizer.scenario import Scenario
from tests.optimizer.planners.sweeping.conftest import changed, plan_of, scenario, with_streets
from tests.optimizer.planners.sweeping.test_model import short_shift

Solved = tuple[Scenario, Plan]


@pytest.fixture(scope="module")
def problem(solved: Solved) -> SweepingProblem:
    return prepared(solved[0])


def prepared(asked: Scenario) -> SweepingProblem:
    found = prepare(asked, Silent())
    assert found.question is not None
    return found


def only_large(minutes: float) -> Scenario:
    """Return one full-size sweeper in a short night; back streets are left to hand sweepers."""
    asked = short_shift(minutes)
    types = tuple(v for v in asked.inventory.vehicle_types if v.key == "sweeper")
    return changed(replace(asked, inventory=replace(asked.inventory, vehicle_types=types)), sweep_back_street=False)


def test_an_outing_for_one_pass_by_hand(problem: SweepingProblem) -> None:
    assert problem.question is not None
    view = problem.question.outings[0][0]
    assert view is not None
    row = problem.passes.row_of["s1:R"]
    # the depot lies at the start of s1, swept at 8 km/h; then 600 m over s2, s3 and s10 to the station at its end, 12 min
    # of unloading, and 800 m home; at 10 m/s, turns of 3 to 30 s told in
    straight_s = 200 / (8 / 3.6) + 60 + 720 + 80
    alone_s = view.alone_s("depot1", np.array([row]))[0]
    assert straight_s <= alone_s <= straight_s + 60
    assert view.alone_s("nowhere", np.array([row]))[0] == np.inf


def test_what_lacks_time_tells_the_minutes_or_the_vehicle_that_would_do() -> None:
    plan = plan_of(only_large(35))
    assert plan.faults == ()
    told = {u.item: u for u in plan.unserved if u.binding == "shift_time"}
    assert told
    changes = [u.smallest_change.en for u in told.values() if u.smallest_change]
    assert len(changes) == len(told)
    assert all("min of the night shift of 18 t wash-sweeper 01, or one more 18 t wash-sweeper" in c for c in changes)


def test_the_minutes_told_are_enough() -> None:
    asked = only_large(35)
    plan = plan_of(asked)
    found = prepared(asked)
    assert found.question is not None
    insertion = Insertion(found.question, plan.routes)
    left = {u.item: insertion.extension(found.passes.row_of[u.item]).extra_s for u in plan.unserved}
    item, extra_s = min(left.items(), key=lambda pair: pair[1])
    night = asked.inventory.shift("night")
    # the margins of planning on top
    longer = replace(night, end_s=night.end_s + extra_s + 60)
    again = plan_of(replace(asked, inventory=replace(asked.inventory, shifts=(longer,))))
    assert extra_s > 0
    assert len(again.unserved) < len(plan.unserved)
    assert item in left


def test_a_vehicle_with_time_left_is_named() -> None:
    # the small sweeper has but one back street to do
    plan = plan_of(short_shift(35))
    assert plan.faults == ()
    assert not [u for u in plan.unserved if u.binding == "shift_time"]
    changes = {u.smallest_change.en for u in plan.unserved if u.binding == "unplaced" and u.smallest_change}
    assert changes == {"a longer search, or give it to small electric sweeper 01"}


def test_looked_for_only_when_asked_where_the_time_for_it_is_none() -> None:
    asked = changed(only_large(35), explain_limit_s=0.0)
    plan = plan_of(asked)
    short = [u for u in plan.unserved if u.binding == "shift_time"]
    assert {u.smallest_change for u in short} == {None}
    told = explain(prepared(asked), plan, short[0].item)
    assert told.en.startswith(f"{short[0].item}: not served, the 1 18 t wash-sweeper")
    assert "min of the night shift of" in told.en


def test_explaining_a_street_tells_of_all_its_passes(solved: Solved, problem: SweepingProblem) -> None:
    told = explain(problem, solved[1], "s1").en.split("\n")
    assert len(told) == 4
    assert all("swept by 18 吨洗扫车" in line for line in told)
    assert "smallest change: a vehicle that works in streets 1.5 m wide" in explain(problem, solved[1], "s12").en
    assert explain(problem, solved[1], "s99") == Text("方案中没有“s99”的清扫任务", "the plan asks for no sweeping of 's99'")


def test_the_planner_names_both_functions() -> None:
    declared = planner("sweeping")
    assert callable(declared.function("explain"))
    assert callable(declared.function("recheck"))


def test_rests_are_what_shifts_leave(solved: Solved) -> None:
    asked, plan = solved
    rests = rests_of(plan.routes, asked.inventory, scenario().params)  # type: ignore[arg-type]
    night = asked.inventory.shift("night")
    out = {r.vehicle for r in plan.routes if r.vehicle_type == "sweeper" and r.shift == "night"}
    idle = [r for r in rests if r.vehicle.key == "sweeper" and r.shift.key == "night" and not r.name]
    # two full-size sweepers; where one stays in it has the whole shift
    assert len(idle) == (len(out) < 2)
    assert all(r.idle_s == 7 * 3600 - night.before_s - night.after_s - night.break_s for r in idle)
    route = next(r for r in plan.routes if r.shift == "night")
    assert idle_s(route, night) == pytest.approx(night.end_s - night.after_s - night.break_s - route.legs[-1].end_s)


def without(plan: Plan, item: str, binding: str) -> Plan:
    """Return a plan in which a pass is not swept and is said to be left for a reason."""
    route = next(r for r in plan.routes if any(leg.item == item for leg in r.legs))
    rest = tuple(r for r in plan.routes if r is not route)
    lost = [leg for leg in route.legs if leg.item and leg.load_kg > 0]
    reason = Text("测", "as the test says")
    area = {"s11:B": 800.0}
    left = tuple(Unserved(leg.item, binding, reason, amount=area[leg.item], unit="m²") for leg in lost)
    return replace(plan, routes=rest, unserved=(*plan.unserved, *left))


@pytest.mark.parametrize(
    ("binding", "why"),
    [("shift_time", "enough for it alone"), ("not_connected", "a small_sweeper can drive there and back")],
)
def test_a_reason_that_the_network_refutes(solved: Solved, binding: str, why: str) -> None:
    asked, plan = solved
    spoilt = without(plan, "s11:B", binding)
    found = [f for f in faults_of(asked, spoilt, again=True) if f.code == "wrong_reason"]
    assert [f.where for f in found] == ["s11:B"]
    assert why in found[0].text.en


def test_what_a_stopped_run_says_of_time_is_not_held_against_it(solved: Solved) -> None:
    asked, plan = solved
    spoilt = replace(without(plan, "s11:B", "shift_time"), outcome=Outcome.STOPPED)
    assert not [f for f in faults_of(asked, spoilt, again=True) if f.code == "wrong_reason"]


def test_a_pass_that_fits_into_an_idle_shift_is_told_as_not_placed(solved: Solved, problem: SweepingProblem) -> None:
    assert problem.question is not None
    rows = np.array([problem.passes.row_of["s11:B"]])
    # nothing is out: every vehicle has its whole shift
    at, rests = fitting(problem.question, (), rows)
    assert rests[at[0]].vehicle.key == "small_sweeper"
    told = explain(problem, without(solved[1], "s11:B", "shift_time"), "s11:B").en
    assert "the search has not placed it: an idle small electric sweeper has" in told


def test_a_one_way_trap_tells_what_would_join_it() -> None:
    # s11 may only be driven away from the rest: nothing that enters it comes back
    oneway = with_streets().layers["streets"].oneway.copy()  # type: ignore[attr-defined]
    oneway[10] = Oneway.FORWARD
    asked = scenario(with_streets(oneway=oneway))
    plan = plan_of(asked)
    assert plan.faults == ()
    assert faults_of(asked, plan, again=True) == ()
    told = next(u for u in plan.unserved if u.item == "s11:B")
    assert told.binding == "not_connected"
    assert told.smallest_change is not None
    assert told.smallest_change.en == "let sanitation vehicles drive one-way streets both ways"


def test_a_banned_street_tells_the_hours_in_which_it_is_open() -> None:
    bans = np.array(["20:00-06:00,08:00-17:00"] + [""] * 11)
    plan = plan_of(scenario(with_streets(ban_periods=bans)))
    told = next(u for u in plan.unserved if u.item == "s1:R")
    assert told.binding == "banned"
    assert told.smallest_change is not None
    assert told.smallest_change.en == "a shift within 06:00-08:00,17:00-20:00"


@pytest.mark.parametrize(
    ("periods", "open_then"),
    [
        ("00:00-24:00", ""),
        ("22:00-05:00", "05:00-22:00"),
        ("", "00:00-24:00"),
        ("06:00-07:00,06:30-08:00", "00:00-06:00,08:00-24:00"),
    ],
)
def test_hours_without_a_ban(periods: str, open_then: str) -> None:
    assert open_hours(periods) == open_then
