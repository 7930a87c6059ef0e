"""Timed legs: breaks, turns, and the parts of streets at depots and dumps."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from layers.geometry import Geometry
from layers.kinds.facilities import Depots, TransferStations
from optimizer.plan import LegKind, Plan
from optimizer.planners.sweeping.search.legs import Point, departure
from optimizer.scenario import Scenario
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.planners.sweeping.conftest import inventory, plan_of, scenario


def test_legs_follow_one_another_from_the_shifts_start(solved: tuple[Scenario, Plan]) -> None:
    asked, plan = solved
    for route in plan.routes:
        shift = asked.inventory.shift(route.shift)
        assert route.legs[0].start_s == shift.start_s + shift.before_s
        assert all(a.end_s == b.start_s for a, b in pairwise(route.legs))


def test_a_kerb_is_swept_at_the_slower_of_vehicle_and_street(solved: tuple[Scenario, Plan]) -> None:
    _, plan = solved
    legs = {leg.item: leg for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE}
    # the vehicle sweeps at 8 km/h, branch roads allow 6; a turn before it is counted to a sweep
    assert 0 <= (legs["s1:R"].end_s - legs["s1:R"].start_s) - 200 / (8 / 3.6) <= 30.001
    assert 0 <= (legs["s7:R"].end_s - legs["s7:R"].start_s) - 200 / (6 / 3.6) <= 30.001


def test_a_long_route_has_its_break_in_the_middle() -> None:
    base = inventory(n_large=1)
    shift = replace(base.shift("night"), start_s=79_200.0, end_s=79_200.0 + 6600, before_s=0, after_s=0, break_s=900)
    fleet = replace(base, shifts=(shift,))
    plan = plan_of(scenario(fleet=fleet, shifts="night", n_passes_grade_1=1))
    assert plan.faults == ()
    breaks = [leg for r in plan.routes if r.vehicle_type == "sweeper" for leg in r.legs if leg.kind is LegKind.BREAK]
    assert [leg.end_s - leg.start_s for leg in breaks] == [900.0]
    middle = (shift.start_s + shift.end_s) / 2
    assert breaks[0].start_s == pytest.approx(middle, abs=900)


def test_the_same_vehicle_may_work_in_both_shifts(solved: tuple[Scenario, Plan]) -> None:
    _, plan = solved
    by_vehicle: dict[str, set[str]] = {}
    for route in plan.routes:
        by_vehicle.setdefault(route.vehicle, set()).add(route.shift)
    assert {"night", "day"} in by_vehicle.values()


def test_who_leaves_a_dump_drives_on_before_sweeping_its_street() -> None:
    city = tiny_city()
    depot, station = (Geometry.points([[X0_M + x_m, Y0_M - 15]]) for x_m in (150, 550))
    city = city.with_layers(replace(city[Depots], geometry=depot), replace(city[TransferStations], geometry=station))
    plan = plan_of(scenario(city, inventory(n_large=1, hopper_kg=100.0)))
    assert plan.faults == ()
    legs = next(r.legs for r in plan.routes if r.vehicle_type == "sweeper")
    # the depot lies at 150 m of s1, which is 200 m long, the station at 150 m of s3
    assert (legs[0].kind, legs[0].path[0], legs[-1].path[-1]) == (LegKind.DRIVE, "s1", "s1")
    dumped = [k for k, leg in enumerate(legs) if leg.kind is LegKind.UNLOAD]
    assert len(dumped) >= 2
    for k in dumped:
        assert legs[k - 1].path[-1] == "s3"
        assert legs[k - 1].length_m % 200 == pytest.approx(150)
        assert (legs[k + 1].kind, legs[k + 1].path[0]) == (LegKind.DRIVE, "s3")


def test_from_a_depot_to_a_dump_on_the_same_spot_nothing_is_driven() -> None:
    depot, dump, kerb = Point(3, 0.4), Point(3, 0.4, "ts1"), Point(3, -1.0, "s4:R", 6)
    assert departure(depot, dump) == 2 * 3
    # but its street is swept from its start, which is reached by way of its end
    assert departure(depot, kerb) == departure(kerb, dump) == 2 * 3 + 1
    assert departure(Point(3, 0.0), kerb) == 2 * 3
