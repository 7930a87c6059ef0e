"""A week with one stable timetable."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from layers.kinds.facilities import WastePoints
from optimizer.monitor import Silent
from optimizer.plan import LegKind
from optimizer.planners.collection.checks import faults
from optimizer.run import run
from tests.optimizer.planners.collection.conftest import inventory, scenario
from tests.optimizer.planners.collection.test_checks import codes, shifted

SHARES = "1.0,1.0,0.5,1.0,1.0,1.2,1.0"


def test_points_have_one_minute_all_week_and_light_days_need_fewer_trips() -> None:
    asked = scenario(fleet=inventory(sealed_3t=1), days="week", day_shares=SHARES, streams="other")
    city = asked.city
    points = city[WastePoints]
    heavy = replace(points, other_kg_day=np.full(len(points), 600.0))  # five points: two trips of 3 t, one on the third day
    asked = replace(asked, city=city.with_layers(heavy))
    plan = run(asked, Silent())
    assert plan.faults == ()
    assert plan.unserved == ()
    assert [r.day for r in plan.routes] == list(range(7))
    times = [{leg.item: leg.start_s for leg in r.legs if leg.kind is LegKind.SERVE} for r in plan.routes]
    assert all(t == times[0] for t in times)
    n_trips = [sum(leg.kind is LegKind.UNLOAD for leg in r.legs) for r in plan.routes]
    assert n_trips[2] < n_trips[5] == max(n_trips)
    kg = [sum(leg.load_kg for leg in r.legs if leg.kind is LegKind.SERVE) for r in plan.routes]
    assert kg[5] == 5 * 600 * 1.2
    late = shifted(plan, 15 * 60, 0)
    assert "time_moved" in codes(late, asked)
    assert "vehicle_moved" in codes(replace(plan, routes=(replace(plan.routes[0], vehicle="x"), *plan.routes[1:])), asked)
    assert "not_every_day" in codes(replace(plan, routes=plan.routes[1:]), asked)
    assert faults(asked, plan) == ()
