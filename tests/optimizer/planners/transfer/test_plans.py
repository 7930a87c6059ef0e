"""One case for each thing that decides a plan, on a town that can be reckoned by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from layers.errors import InputError
from layers.geometry import Geometry
from layers.kinds.facilities import StationState
from layers.kinds.places import DistrictRing, SensitiveKind
from optimizer.plan import Outcome
from optimizer.scenario import Lock
from tests.optimizer.planners.transfer.conftest import (
    candidates,
    district,
    done,
    homes,
    plain_plan,
    planned,
    rules,
    standing,
    town,
    waste,
)


def test_two_small_stations_beat_one_when_hauls_are_dear() -> None:
    # 40 t/d; 8 km between the points: 20 t * 8 km * 10 yuan * 365 days = 584,000 yuan a year saved by a second station
    _, plan = plain_plan()
    assert done(plan) == {"k0": ("build", 30.0), "k1": ("build", 30.0)}
    assert plan.outcome is Outcome.OPTIMAL
    assert {(a.item, a.server) for a in plan.assignments} == {
        ("w0:OTHER", "k0"), ("w1:OTHER", "k1"), ("k0:OTHER", "p"), ("k1:OTHER", "p"),
    }  # fmt: skip


def test_the_objective_is_what_a_person_reckons() -> None:
    _, plan = plain_plan()
    land, building, equipment = 800 * 1000.0, 30 * 75_000.0, 30 * 50_000.0  # 30 t/d take 800 of 500 to 1000 m2
    rate = [0.04 / (1 - 1.04**-n) for n in (40, 25, 10)]
    station = land * rate[0] + building * rate[1] + equipment * rate[2] + 30 * 9000.0
    onward = 365 * 1.0 * (20 * 9.0 + 20 * 1.0)  # 20 t over 9 km, and over 1 km
    assert plan.objective == pytest.approx(2 * station + onward, rel=1e-4)
    assert plan.changes[0].cost_yuan == pytest.approx(land + building + equipment)


def test_a_change_says_its_class_once_and_its_size_as_a_figure() -> None:
    change = plain_plan()[1].changes[0]
    assert (change.label.zh, change.label.en) == ("V 类站", "class V station")
    assert (change.size, change.size_unit) == (30, "t/day")


def test_one_station_serves_both_when_hauls_are_cheap() -> None:
    plan = planned(haul_yuan_t_km=0.01)
    assert len(plan.changes) == 1
    assert plan.changes[0].size == 45


def test_the_peak_decides_the_size() -> None:
    city = town(waste=waste((1000.0, 10_000.0), (1010.0, 10_000.0), (9000.0, 10_000.0), (9010.0, 10_000.0)))
    assert sorted(size for _, size in done(planned(city, peak_factor=1.2)).values()) == [30, 30]
    assert sorted(size for _, size in done(planned(city, peak_factor=1.9)).values()) == [45, 45]


def test_a_sound_station_is_kept() -> None:
    plan = planned(town(stations=standing()), haul_yuan_t_km=0.01)
    assert plan.changes == ()
    assert {a.server for a in plan.assignments} == {"z", "p"}


def test_a_station_is_extended_where_that_is_cheapest() -> None:
    city = town(stations=standing(land_m2=np.array([4000.0])), sites=candidates(), waste=waste((5000.0, 60_000.0)))
    assert done(planned(city)) == {"z": ("extend", 100.0)}


def test_a_worn_station_is_rebuilt_or_closed() -> None:
    city = town(stations=standing(StationState.TO_REBUILD), sites=candidates())
    assert done(planned(city)) == {"z": ("rebuild", 45.0)}
    far = town(stations=standing(StationState.TO_REBUILD))
    assert done(planned(far))["z"][0] == "close"


def test_a_station_to_be_closed_is_closed() -> None:
    plan = planned(town(stations=standing(StationState.TO_CLOSE)), haul_yuan_t_km=0.01)
    assert done(plan)["z"][0] == "close"
    assert rules(plan, "z") == ["state"]


def test_a_station_without_compacting_equipment_is_not_kept() -> None:
    city = town(stations=standing(compacting=np.array([False])), sites=candidates())
    assert done(planned(city)) == {"z": ("rebuild", 45.0)}
    assert done(planned(city, all_compacting=False)) == {}


@pytest.mark.parametrize(
    ("sites", "people", "rule"),
    [
        (candidates((1000.0, 20.0), (9000.0, 40.0)), (), "T1.land.v"),  # 400 of 500 m2
        (candidates((1000.0, 40.0), (9000.0, 40.0), access_width_m=np.array([7.5, np.nan])), (), "T6"),
        (candidates((1000.0, 40.0), (9000.0, 40.0)), ((1000.0, 87.0, 0.0),), "T2.v"),  # 7 of 8 m
        (candidates((1000.0, 40.0), (1000.0, 40.0), (9000.0, 40.0)), (), "duplicate"),
        (candidates((1000.0, 40.0), (9000.0, 40.0), land_yuan_m2=np.array([-5.0, 1000.0])), (), "amount"),
        (candidates((-5000.0, 40.0), (9000.0, 40.0)), (), "unreachable"),
    ],
)  # fmt: skip
def test_a_site_that_breaks_a_rule_is_named_with_it(sites, people, rule) -> None:  # type: ignore[no-untyped-def]
    layers = {"sites": sites} | ({"people": homes(*people)} if people else {})
    plan = planned(town(**layers))
    item = "k1" if rule == "duplicate" else "k0"
    assert rule in rules(plan, item)
    assert item not in done(plan)
    verdict = next(v for v in plan.verdicts if v.rule == rule)
    assert not verdict.kept
    assert (verdict.clause != "") == (rule[:3] in ("T1.", "T2."))


def test_a_limit_itself_is_kept() -> None:
    assert done(planned(town(people=homes((1000.0, 88.0, 0.0))))).get("k0") == ("build", 30.0)  # 8 m of 8


def test_a_green_belt_needs_room() -> None:
    plan = planned(belt_core_pct=100.0, sizes="100")  # 40 m square: 30 m within a belt of 5 m, 900 of 1,000 m2
    assert "T2.belt.iv" in rules(plan, "k0")


def test_schools_are_kept_away_from() -> None:
    city = town(people=homes((1000.0, 120.0, 500.0), kind=SensitiveKind.SCHOOL))
    assert rules(planned(city), "k0") == ["school"]  # 40 m of 50


def test_people_beside_a_site_count() -> None:
    crowd = town(people=homes((1000.0, 110.0, 50_000.0)))
    assert "k0" in done(planned(crowd))
    plan = planned(crowd, nuisance_yuan=100.0)  # 50,000 people, 0.9 of each: 4.5 million a year
    assert "k0" not in done(plan)
    assert next(v for v in plan.verdicts if v.item == "k0").price is not None


def test_wind_from_the_north_spares_the_north() -> None:
    city = town(people=homes((1000.0, 180.0, 1000.0)))
    still = planned(city, nuisance_yuan=1.0)
    windy = planned(city, nuisance_yuan=1.0, wind_from_deg=0.0, wind_share=1.0)
    near = {k.id: k.value for k in still.kpis if k.scope == "city"}["people_near"]
    assert near == pytest.approx(1000 * (1 - 100 / 300))
    assert {k.id: k.value for k in windy.kpis if k.scope == "city"}["people_near"] == pytest.approx(0.0, abs=1e-6)


def test_a_number_wanted_is_reached() -> None:
    plan = planned(targets="must", n_central=2, n_compacting=0, centre_t_day=0.0, haul_yuan_t_km=0.01)
    assert len(done(plan)) == 2


def test_a_centre_is_one_large_station() -> None:
    city = town(sites=candidates((1000.0, 60.0), (9000.0, 60.0)))
    plan = planned(city, targets="must", n_central=1, n_compacting=0, centre_t_day=100.0)
    assert max(c.size for c in plan.changes) == 100


def test_a_number_beyond_the_sites_is_told_and_the_nearest_is_planned() -> None:
    plan = planned(targets="must", n_central=8, n_compacting=2, centre_t_day=0.0)
    assert len(done(plan)) == 2
    verdict = next(v for v in plan.verdicts if v.rule == "quota" and "built" in v.text.en)
    assert (verdict.item, verdict.kept) == ("甲区", False)
    assert "at most 2 are possible: of 2 sites" in verdict.text.en
    assert "6 sites are missing" in verdict.text.en


def test_outer_districts_want_less() -> None:
    city = town(districts=district("乙区", DistrictRing.OUTER))
    wanted: dict[str, Any] = {
        "targets": "must",
        "n_central": 2,
        "n_outer": 1,
        "n_compacting": 0,
        "centre_t_day": 0.0,
        "haul_yuan_t_km": 0.01,
    }
    assert len(done(planned(city, **wanted))) == 1


def test_a_goal_is_met_where_it_costs_less_than_missing_it() -> None:
    wanted: dict[str, Any] = {
        "targets": "goal",
        "n_central": 2,
        "n_compacting": 0,
        "centre_t_day": 0.0,
        "haul_yuan_t_km": 0.01,
    }
    assert len(done(planned(**wanted, goal_yuan_year=10_000.0))) == 1
    assert len(done(planned(**wanted, goal_yuan_year=10_000_000.0))) == 2


def test_locks_open_close_and_keep() -> None:
    assert "k0" in done(planned(locks=(Lock("k0", state="open"),), haul_yuan_t_km=0.01))
    shut = planned(locks=(Lock("k0", state="closed"),))
    assert "k0" not in done(shut)
    assert rules(shut, "k0") == ["must_not"]
    worn = town(stations=standing(StationState.TO_REBUILD))
    assert "z" not in done(planned(worn, locks=(Lock("z", state="keep"),)))


def test_a_lock_opens_a_site_in_spite_of_a_code_and_says_so() -> None:
    city = town(sites=candidates((1000.0, 20.0), (9000.0, 40.0)))
    plan = planned(city, locks=(Lock("k0", state="open"),))
    assert "k0" in done(plan)
    assert "T1.land.v" in rules(plan, "k0")


def test_waste_beyond_all_capacity_is_left_and_told() -> None:
    city = town(waste=waste(*((1000.0 + 100 * k, 20_000.0) for k in range(12))))
    plan = planned(city, sizes="30,45")
    assert sum(u.amount for u in plan.unserved) == pytest.approx(240 - 80)
    assert {u.binding for u in plan.unserved} == {"capacity"}
    verdict = next(v for v in plan.verdicts if v.rule == "capacity")
    assert "90 < 240 t/d, 150 t/d are missing" in verdict.text.en


@pytest.mark.parametrize(
    ("values", "locks", "said"),
    [
        ({"sizes": "20,45"}, (), "20 t/d is below 30 t/d"),
        ({"haul_type": "elektric"}, (), "no vehicle type 'elektric'"),
        ({}, (Lock("k9", state="open"),), "the lock on 'k9' names no site"),
        ({}, (Lock("k0", state="open"), Lock("k0", state="closed")), "contradict"),
        ({}, (Lock("k0", state="shut"),), "expected open | closed | keep"),
    ],
)
def test_what_cannot_be_meant_is_refused(values, locks, said) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match=said.replace("|", r"\|")):
        planned(locks=locks, **values)


def test_waste_points_that_cannot_be_used_are_listed_with_figures() -> None:
    points = waste((1000.0, 20_000.0), (9000.0, 20_000.0), (2000.0, -5.0), (3000.0, 10.0), (3000.0, 10.0), (50_000.0, 7.0))
    xy_m = points.geometry.coords.copy()
    xy_m[0] = math.nan
    from dataclasses import replace

    plan = planned(town(waste=replace(points, geometry=Geometry.points(xy_m))))
    told = {u.item: u.binding for u in plan.unserved}
    assert told == {"w0:OTHER": "coordinates", "w2:OTHER": "amount", "w4:OTHER": "duplicate", "w5:OTHER": "no_street"}
    assert all(any(c.isdigit() for c in u.reason.en) for u in plan.unserved)


def test_a_city_without_waste_is_refused() -> None:
    with pytest.raises(InputError, match="none of 1 waste points"):
        planned(town(waste=waste((1000.0, 0.0))))


def test_a_district_without_area_is_named() -> None:
    from dataclasses import replace

    import shapely

    from layers.geometry import Shape

    flat = [shapely.Polygon([(0, 0), (1000, 0), (2000, 0)])]
    bad = replace(district("丙区", DistrictRing.OUTER), geometry=Geometry.from_shapely(Shape.AREA, flat))
    verdict = next(v for v in planned(town(districts=bad)).verdicts if v.rule == "area")
    assert "0 m²" in verdict.text.en


def test_clusters_cost_nothing_beyond_the_bound() -> None:
    city = town(waste=waste(*((500.0 + 150 * k, 600.0) for k in range(60))))
    plan = planned(city, n_clusters=10)
    exact = planned(city, n_clusters=1000)
    assert plan.bound is not None
    assert plan.bound <= exact.objective + 1e-6
    assert plan.objective <= exact.objective * 1.01


def test_the_bound_of_all_items_is_nearer_than_that_of_their_groups() -> None:
    """Groups of 60 points lose what their points differ by; prices of the points win it back."""
    city = town(waste=waste(*((500.0 + 150 * k, 600.0) for k in range(60))))
    plan, exact = planned(city, n_clusters=10), planned(city, n_clusters=1000)
    assert plan.bound is not None
    assert 0.98 * exact.objective <= plan.bound <= exact.objective + 1e-6
