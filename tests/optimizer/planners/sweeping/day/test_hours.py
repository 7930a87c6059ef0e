"""When passes may be swept, by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.errors import ParameterError
from layers.layer import F64
from optimizer.plan import Leg, LegKind, Plan
from optimizer.planners.sweeping.day import fleet, hours, kerbs
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.run import faults_of
from optimizer.scenario import Scenario
from resources.inventory import Shift
from tests.cities import tiny_city
from tests.optimizer.planners.sweeping.conftest import inventory, plan_of, scenario

H = 3600.0


def windows(*shifts: Shift, **params: Any) -> F64 | None:
    asked = SweepingParams(**params)
    passes = kerbs.passes_of(tiny_city(), asked)
    return hours.windows_of(passes, shifts, fleet.sweepers(inventory()), asked)


def shift(key: str, start_h: float, end_h: float) -> Shift:
    return replace(inventory().shift("day"), key=key, start_s=start_h * H, end_s=end_h * H)


def test_shifts_beside_the_peaks_need_no_windows() -> None:
    base = inventory()
    assert windows(base.shift("night"), base.shift("day")) is None


def test_a_peak_is_taken_out_of_a_shift() -> None:
    found = windows(shift("early", 6, 12))
    assert found is not None
    assert found[0].tolist() == [[6 * H, 7 * H], [9 * H, 12 * H]]
    assert windows(shift("early", 6, 12), avoid_peaks=False) is None


def test_a_shift_within_a_peak_cannot_avoid_it() -> None:
    assert windows(shift("rush", 7, 9)) is None


def test_a_pass_too_long_for_what_is_left_is_swept_all_the_same() -> None:
    # 200 m at 8 km/h take 90 s; of the shift only a minute is left beside the peak, and at 6 km/h on branches two minutes
    found = windows(shift("rush", 7 - 95 / 3600, 9))
    assert found is not None
    row_of = kerbs.passes_of(tiny_city(), SweepingParams()).row_of
    assert found[row_of["s1:R"]].tolist()[0] == pytest.approx([7 * H - 95, 7 * H])
    assert found[row_of["s7:R"]].tolist()[0] == pytest.approx([7 * H - 95, 9 * H])


def test_the_first_sweep_ends_in_time_and_the_second_need_not() -> None:
    base = inventory()
    found = windows(base.shift("night"), base.shift("day"), first_sweep_by="04:00")
    assert found is not None
    row_of = kerbs.passes_of(tiny_city(), SweepingParams()).row_of
    assert [w for w in found[row_of["s1:R"]].tolist() if w[1] > w[0]] == [[22 * H, 28 * H]]
    assert found[row_of["s1:R#2"]].tolist() == [[22 * H, 29 * H], [9 * H, 16 * H]]
    open_in = hours.open_in(found, (base.shift("night"), base.shift("day")))
    assert open_in[row_of["s1:R"]].tolist() == [True, False]
    assert open_in[row_of["s1:R#2"]].tolist() == [True, True]


def test_a_time_before_the_first_shift_excludes_everything() -> None:
    found = windows(shift("day", 9, 16), first_sweep_by="08:00", n_passes_grade_1=1)
    # 08:00 is 23 hours behind 09:00: the next morning
    assert found is not None
    assert found[0].tolist() == [[9 * H, 16 * H]]
    late = windows(inventory().shift("night"), shift("day", 9, 16), first_sweep_by="22:00", n_passes_grade_1=1)
    assert late is not None
    assert not hours.open_in(late, (inventory().shift("night"), shift("day", 9, 16))).any()


@pytest.mark.parametrize("text", ["7", "25:99", "soon"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ParameterError, match="first_sweep_by"):
        hours.first_by_s(SweepingParams(first_sweep_by=text))


def test_without_periods() -> None:
    day = ((100, 200), (150, 300))
    assert hours.without((50.0, 400.0), day) == ((50.0, 100.0), (300.0, 400.0))
    assert hours.without((120.0, 180.0), day) == ()


def test_inside_one_window() -> None:
    spans = np.array([[[0.0, 10.0], [20.0, 30.0]], [[0.0, 10.0], [0.0, -1.0]]])
    start, end = np.array([22.0, 8.0]), np.array([30.0, 12.0])
    assert hours.inside(spans, start, end, 0.1).tolist() == [True, False]


def on(plan: Plan, item: str) -> Leg:
    return next(leg for r in plan.routes for leg in r.legs if leg.item == item and leg.kind is LegKind.SERVE)


def early_shift(**params: Any) -> Scenario:
    """Return a question with one shift from 06:30 to 12:00, which the morning peak of 07:00-09:00 cuts."""
    base = inventory()
    early = replace(base.shift("day"), key="early", start_s=6.5 * H, end_s=12 * H)
    asked = scenario(fleet=replace(base, shifts=(early,)), shifts="early", n_passes_grade_1=1, **params)
    return asked


@pytest.mark.parametrize("minutes", [None, 30])
def test_nothing_is_swept_within_a_peak_and_the_vehicle_waits(minutes: float | None) -> None:
    asked = early_shift()
    if minutes is not None:  # a vehicle with little time before the peak
        early = replace(asked.inventory.shift("early"), start_s=7 * H - 60 * minutes)
        asked = replace(asked, inventory=replace(asked.inventory, shifts=(early,)))
    plan = plan_of(asked)
    assert faults_of(asked, plan, again=True) == ()
    assert [u.item for u in plan.unserved] == ["s12:B"]
    assert next(k.value for k in plan.kpis if k.id == "peak_minutes" and k.scope == "city") == 0
    served = [leg for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE]
    assert all(leg.end_s <= 7 * H or leg.start_s >= 9 * H for leg in served)


def test_the_peak_is_swept_in_where_that_is_allowed() -> None:
    plan = plan_of(early_shift(avoid_peaks=False))
    assert plan.faults == ()
    assert next(k.value for k in plan.kpis if k.id == "peak_minutes" and k.scope == "city") > 0


def test_sweeping_within_an_avoidable_peak_is_a_fault() -> None:
    careless = early_shift(avoid_peaks=False)
    plan = plan_of(careless)
    strict = replace(careless, params=replace(careless.params, avoid_peaks=True))  # type: ignore[call-arg]
    assert "wrong_hours" in {f.code for f in faults_of(strict, plan)}


def test_a_first_sweep_that_no_shift_does_in_time_is_told_and_the_rest_is_swept() -> None:
    asked = scenario(first_sweep_by="22:00")
    plan = plan_of(asked)
    assert faults_of(asked, plan, again=True) == ()
    # the second sweeps of s1 to s3 are free of it
    assert {leg.item for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE} == {
        f"s{k}:{side}#2" for k in (1, 2, 3) for side in "RL"
    }
    told = next(u for u in plan.unserved if u.item == "s4:R")
    assert told.binding == "window"
    assert told.reason.en == "first to be swept by 22:00, all shifts are later"
    assert told.smallest_change is not None
    assert told.smallest_change.en == "a shift before 22:00"
    wrong = replace(told, item="s12:B", amount=300.0)
    other = replace(asked, params=replace(asked.params, first_sweep_by=""))  # type: ignore[call-arg]
    assert "wrong_reason" in {f.code for f in faults_of(other, replace(plan, unserved=(wrong,)))}


def test_the_first_sweep_is_done_by_the_time_asked() -> None:
    asked = scenario(first_sweep_by="02:00")
    plan = plan_of(asked)
    assert faults_of(asked, plan, again=True) == ()
    assert [u.item for u in plan.unserved] == ["s12:B"]
    first = [leg for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE and not leg.item.endswith("#2")]
    assert max(leg.end_s for leg in first) <= 26 * H
    assert on(plan, "s1:R#2").start_s >= 9 * H
