"""Whole plans on cities that a person can check: what is built, decided, removed, and what is said of the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
import shapely

from layers.errors import InputError, ParameterError
from layers.geometry import Geometry, Shape
from layers.kinds.parking import Decision, KerbKind, LotKind
from layers.kinds.places import Communities
from optimizer.changes import ChangeKind
from optimizer.plan import Outcome, Plan
from optimizer.planners.parking.measuring.detours import detours_of
from optimizer.planners.parking.measuring.rows import ONE_WAYS, SIGNS, rows_of
from optimizer.planners.parking.reading.ground import ground_of
from tests.optimizer.planners.parking.by_hand import X0_M, Y0_M, block, city_of, faults_of, plan_of

LINE = [(0.0, 0.0), (100.0, 0.0)]


def marked(plan: Plan) -> Counter[str]:
    return Counter({c.item: round(c.size) for c in plan.changes if c.kind in (ChangeKind.MARK_BERTHS, ChangeKind.BUILD)})


def figure(plan: Plan, key: str, scope: str = "city") -> float:
    return next(k.value for k in plan.kpis if k.id == key and k.scope == scope and not k.where)


def test_ten_cars_get_ten_berths_and_no_more() -> None:
    """A street of 100 m takes 16; ten cars live beside it, and a berth costs 80 yuan a year."""
    scenario, plan = plan_of(city_of([{"line": LINE}], demand=[(50, 10, 10)]))
    assert marked(plan) == {"s1:R": 10}
    assert plan.outcome is Outcome.OPTIMAL
    assert plan.objective == pytest.approx(10 * 80 - (10 + 8 + 3) * 3000)  # at night, 80 % in the evening, 30 % by day
    assert figure(plan, "cars_without_berth_at_night") == 0
    assert faults_of(scenario, plan) == set()


def test_twenty_cars_fill_the_street_and_four_are_told() -> None:
    _, plan = plan_of(city_of([{"line": LINE}], demand=[(50, 10, 20)]))
    assert marked(plan) == {"s1:R": 16}
    (left,) = plan.unserved
    assert (left.item, left.amount, left.binding) == ("g1", 4.0, "berths_full")
    assert left.smallest_change is not None


def test_who_walks_too_far_is_told_how_far_it_is() -> None:
    _, plan = plan_of(city_of([{"line": LINE}, {"line": [(100, 0), (600, 0)], "width_m": 5}], demand=[(600, 10, 5)]))
    (left,) = plan.unserved
    assert left.binding == "no_berth_in_reach"
    assert left.smallest_change is not None
    assert "560" in left.smallest_change.en


def test_streets_of_a_block_are_made_one_way_and_everybody_still_gets_round() -> None:
    """7 m allow berths on one-way streets alone; on a grid of 120 m every way round is within 800 m."""
    city = city_of(block(width_m=7.0), demand=[(120, 120, 60)])
    scenario, plan = plan_of(city)
    assert figure(plan, "streets_made_one_way") >= 4
    assert figure(plan, "cars_without_berth_at_night") == 0
    assert faults_of(scenario, plan) == set()
    ways = detours_of(ground_of(scenario), {c.item: "forward" for c in plan.changes if c.kind is ChangeKind.ONE_WAY})
    assert ways.longest_m >= 0


def test_no_detour_allowed_no_one_way() -> None:
    """Round a block of 120 m are 360 m for 120: 240 m longer."""
    city = city_of(block(width_m=7.0, n=2), demand=[(60, 60, 10)])
    assert figure(plan_of(city, detour_m=239)[1], "streets_made_one_way") == 0
    assert figure(plan_of(city, detour_m=240)[1], "streets_made_one_way") >= 1


def test_a_dead_end_is_never_one_way() -> None:
    streets = [*block(width_m=7.0, n=2), {"line": [(120, 120), (240, 120)], "width_m": 7.0}]
    scenario, plan = plan_of(city_of(streets, demand=[(200, 120, 30)]))
    assert "s5" not in {c.item for c in plan.changes if c.kind is ChangeKind.ONE_WAY}
    assert faults_of(scenario, plan) == set()


def test_streets_with_a_bus_stop_stay_as_they_are() -> None:
    city = city_of(block(width_m=7.0, n=2), facts=[(KerbKind.BUS_STOP, 60, -3.5)], demand=[(60, 0, 30)])
    _, plan = plan_of(city)  # the fact names s1
    assert "s1" not in {c.item for c in plan.changes if c.kind is ChangeKind.ONE_WAY}


def test_without_money_nothing_is_built_but_breaches_go_and_decisions_stay() -> None:
    rows = [
        {"line": [(0, -4), (30, -4)], "n_berths": 5, "on_footway": True},
        {"line": [(40, -4), (70, -4)], "n_berths": 5, "on_footway": True, "decision": Decision.KEEP},
        {"line": [(76, -4), (94, -4)], "n_berths": 3},
    ]
    scenario, plan = plan_of(city_of([{"line": LINE}], demand=[(50, 10, 20)], rows=rows), budget_yuan=0)
    assert [(c.kind, c.item, c.size) for c in plan.changes] == [(ChangeKind.REMOVE, "r1", 5.0)]
    assert figure(plan, "berths_breaking_rules") == 5  # those that the council keeps
    assert figure(plan, "berths_at_kerb") == 8
    assert {v.item for v in plan.verdicts if not v.kept} == {"r1", "r2"}
    assert figure(plan, "cars_without_berth_at_night") == 20 - 8
    assert faults_of(scenario, plan) == set()


def test_the_council_decides() -> None:
    """Open: as many as fit; closed and keep: none; a row that it adds against the rules is there and told."""
    city = city_of([{"line": LINE}, {"line": [(0, 50), (100, 50)]}], demand=[(50, 25, 40)])
    assert marked(plan_of(city, {"s1": "closed"})[1]) == {"s2:R": 16}
    assert marked(plan_of(city, {"s1": "keep", "s2": "keep"})[1]) == {}
    scenario, plan = plan_of(city, {"s1": "open"}, budget_yuan=0)
    assert marked(plan) == {"s1:R": 16}
    assert faults_of(scenario, plan) == set()
    added = [{"line": [(0, -4), (12, -4)], "n_berths": 2, "decision": Decision.ADD}]
    hydrant = [(KerbKind.HYDRANT, 6.0, -4.0)]
    scenario, plan = plan_of(city_of([{"line": LINE}], facts=hydrant, demand=[(50, 10, 2)], rows=added), budget_yuan=0)
    assert [(c.kind, c.size) for c in plan.changes] == [(ChangeKind.EXTEND, 2.0)]
    assert figure(plan, "berths_breaking_rules") == 2
    assert faults_of(scenario, plan) == set()


def test_a_lock_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InputError, match="no such street"):
        plan_of(city_of([{"line": LINE}]), {"nowhere": "open"})


def test_widths_out_of_order_are_refused() -> None:
    with pytest.raises(ParameterError, match="two_one_m"):
        plan_of(city_of([{"line": LINE}]), two_one_m=13)


def test_idle_land_is_laid_out_and_built_where_cars_need_it() -> None:
    """30 x 20 m less margins: an aisle and two rows of 29 m / 2.5 m = 11, of which the drive takes one or two."""
    lot = shapely.box(30, 8, 60, 28)
    scenario, plan = plan_of(
        city_of([{"line": LINE, "width_m": 5.0}], demand=[(50, 30, 30)], lots=[(LotKind.IDLE_LAND, lot)])
    )
    n = marked(plan)["h1"]
    assert 20 <= n <= 22
    assert figure(plan, "berths_on_idle_land") == n
    assert faults_of(scenario, plan) == set()


def test_land_that_no_street_reaches_is_told() -> None:
    lot = shapely.box(30, 80, 60, 100)
    _, plan = plan_of(city_of([{"line": LINE}], demand=[(50, 10, 5)], lots=[(LotKind.IDLE_LAND, lot)]))
    assert any("no street within 30 m" in a.rule.en for a in plan.assumed)


def test_an_outline_that_crosses_itself_is_mended_and_told() -> None:
    lot = shapely.Polygon([(30, 8), (60, 28), (60, 8), (30, 28)])
    _, plan = plan_of(city_of([{"line": LINE, "width_m": 5}], demand=[(50, 10, 5)], lots=[(LotKind.IDLE_LAND, lot)]))
    assert any("crosses itself" in a.what.en for a in plan.assumed)


def test_numbers_that_are_asked_for_are_reached_without_demand_too() -> None:
    _, plan = plan_of(city_of(block(width_m=8.0), demand=[(0, 0, 1)]), n_roads_least=3)
    roads = {c.item.partition(":")[0] for c in plan.changes if c.kind is ChangeKind.MARK_BERTHS}
    assert len(roads) == 3


def test_years_fill_one_after_another_within_their_budgets() -> None:
    """40 cars, 400 yuan a berth, 4,000 a year: ten each year."""
    city = city_of(block(width_m=8.0), demand=[(120, 120, 40)])
    scenario, plan = plan_of(city, n_years=4, budget_yuan=8_000.0, one_ways=False)
    by_year = Counter[int]()
    for c in plan.changes:
        by_year[c.year] += round(c.cost_yuan)
    assert max(by_year.values()) <= 8_000
    assert plan.bound is None
    assert faults_of(scenario, plan) == set()


def test_every_berth_has_an_attendant() -> None:
    scenario, plan = plan_of(city_of(block(width_m=8.0), demand=[(120, 120, 80)]), n_attended_least=20, n_attended_most=30)
    n = sum(c.size for c in plan.changes if c.kind is ChangeKind.MARK_BERTHS)
    assert figure(plan, "beats") == len(plan.beats)
    assert figure(plan, "attendants") == 2 * len(plan.beats)  # twelve hours by shifts of eight
    assert figure(plan, "berths_per_attendant") == pytest.approx(n / len(plan.beats))
    assert faults_of(scenario, plan) == set()


def test_a_beat_that_lacks_berths_says_how_many() -> None:
    """Ten berths are thirty short of forty."""
    scenario, plan = plan_of(city_of([{"line": LINE}], demand=[(50, 10, 10)]), n_attended_least=40)
    assert [beat.n_missing for beat in plan.beats] == [30]
    assert figure(plan, "beats_below") == 1
    assert faults_of(scenario, plan) == set()
    silent = replace(plan, beats=tuple(replace(beat, n_missing=0) for beat in plan.beats))
    assert "beat" in faults_of(scenario, silent)


def test_a_new_one_way_has_two_signs_on_the_right_of_those_who_read_them() -> None:
    """A street of 7 m drawn northwards: its kerb is 3.5 m away, a sign stands half a metre behind it."""
    _, plan = plan_of(city_of(block(width_m=7.0), demand=[(120, 120, 60)]))
    ways = {row["id"]: row["direction"] for row in rows_of(plan, ONE_WAYS)}
    signs = plan.extra_layers[SIGNS]
    assert sorted(signs.values["id"]) == sorted([*ways, *ways])
    places = dict(zip(zip(signs.values["id"], signs.values["sign"], strict=True), signs.geometry.coords, strict=True))
    faces = dict(zip(zip(signs.values["id"], signs.values["sign"], strict=True), signs.values["faces_deg"], strict=True))
    item = "s2"  # from the corner to 120 m north of it
    assert item in ways
    south, north = ((4, 5), 180), ((-4, 115), 0)  # read by who drives north from the corner, and by who drives back
    first, last = (south, north) if ways[item] == "forward" else (north, south)
    for sign, (place, face) in (("one_way", first), ("no_entry", last)):
        assert tuple(places[item, sign] - (X0_M, Y0_M)) == pytest.approx(place)
        assert faces[item, sign] == face


def test_the_worst_off_get_what_all_can_have() -> None:
    """16 berths: 16 cars live nearer to their middle and 16 farther: by walking alone the nearer ones take them all."""
    city = city_of([{"line": LINE}, {"line": [(100, 0), (200, 0)], "width_m": 5}], demand=[(50, 10, 16), (150, 10, 16)])
    near = Counter({a.item: round(a.amount) for a in plan_of(city)[1].assignments if a.hour == 2})
    assert near == {"g1": 16}
    scenario, plan = plan_of(city, worst_off_first=True)
    fair = Counter({a.item: round(a.amount) for a in plan.assignments if a.hour == 2})
    assert fair == {"g1": 8, "g2": 8}
    assert figure(plan, "worst_off_tenth_with_berth") > 0
    assert faults_of(scenario, plan) == set()


def test_cars_of_old_quarters_come_first() -> None:
    """16 berths for 16 cars of an old quarter, which live farther, and 16 others."""
    city = city_of([{"line": LINE}, {"line": [(100, 0), (200, 0)], "width_m": 5}], demand=[(50, 10, 16), (150, 10, 16)])
    quarter = Communities(
        ids=np.array(["c1"]),
        geometry=Geometry.from_shapely(Shape.AREA, [shapely.box(X0_M + 120, Y0_M - 50, X0_M + 180, Y0_M + 50)]),
        old_quarter=np.array([True]),
    )
    _, plan = plan_of(city.with_layers(quarter))
    assert {a.item: a.amount for a in plan.assignments if a.hour == 2} == {"g2": 16}
    _, plan = plan_of(city.with_layers(quarter), old_factor=1)
    assert {a.item: a.amount for a in plan.assignments if a.hour == 2} == {"g1": 16}
