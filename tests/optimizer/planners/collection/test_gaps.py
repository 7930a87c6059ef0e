"""The smallest change of what is left for want of time: minutes that do."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from layers.kinds.facilities import WastePoints
from optimizer.monitor import Silent
from optimizer.planners.collection.explaining.gaps import Gaps
from optimizer.planners.collection.problem import prepare
from optimizer.run import run
from tests.cities import tiny_city
from tests.optimizer.planners.collection.conftest import imported, inventory, row, scenario

H = 3600


def test_minutes_are_those_by_which_the_best_place_is_late() -> None:
    """A truck serves w1 and w3 until 19:05, its window's end; w2 lies between them, 90 s of service without detour."""
    plan = imported(
        row(2, "w1", 19 * H, 19 * H + 90),
        row(3, "w3", 19 * H + 180, 19 * H + 300),
        streams="other",
        lit_window="19:00-19:05",
    )
    asked = scenario(fleet=inventory(sealed_3t=1), streams="other", lit_window="19:00-19:05")
    problem = prepare(asked, Silent())
    named = replace(plan.routes[0], vehicle="3 吨小型密闭垃圾车 01")
    gap = Gaps(problem.night, problem.units[0], (named,)).best(problem.night.tasks.row_of["w2:OTHER"])
    assert gap is not None
    assert gap.vehicle == named.vehicle
    # w2 on the way from w1 to w3: its service alone, less the time that the truck waits at w3
    waits_s = sum(leg.end_s - leg.start_s for leg in named.legs if leg.kind == "wait")
    assert gap.late_s == gap.detour_s - waits_s
    assert 90 <= gap.detour_s <= 92


def test_a_full_truck_has_no_gap() -> None:
    points = tiny_city()[WastePoints]
    city = tiny_city().with_layers(replace(points, other_kg_day=np.array([1500.0, 1500, 1500, 90, 110])))
    plan = imported(row(2, "w1", 19 * H, 19 * H + 90), row(3, "w3", 19 * H + 180, 19 * H + 300), streams="other")
    asked = scenario(city, inventory(sealed_3t=1), streams="other")
    problem = prepare(asked, Silent())
    heavy = replace(plan.routes[0], vehicle="3 吨小型密闭垃圾车 01")
    heavy = replace(heavy, legs=tuple(replace(leg, load_kg=1500.0) if leg.kind == "serve" else leg for leg in heavy.legs))
    assert Gaps(problem.night, problem.units[0], (heavy,)).best(problem.night.tasks.row_of["w2:OTHER"]) is None


def test_what_is_told_names_vehicle_and_minutes() -> None:
    plan = run(scenario(fleet=inventory(sealed_3t=1), streams="other", lit_window="19:00-19:04"), Silent())
    assert plan.faults == ()
    told = [u for u in plan.unserved if u.binding == "fleet_time"]
    assert told
    for one in told:
        assert one.smallest_change is not None
        assert re.match(r"\+\d+ min for 3 t small sealed truck 01, or one more vehicle", one.smallest_change.en)
