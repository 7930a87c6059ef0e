"""One case for each constraint, small enough to be worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from optimizer.changes import ChangeKind
from optimizer.plan import Outcome
from optimizer.scenario import Lock
from tests.optimizer.planners.toilets.by_hand import Town, after, built, change, figure, solved, verdict

_WET = {"n_women_stalls": 6, "n_men_stalls": 3, "n_accessible_stalls": 1}


def test_near_includes_its_limit_and_counts_twice() -> None:
    plan = solved(Town(sites=[(300, 0, 10)]))
    assert plan.outcome is Outcome.OPTIMAL
    assert plan.objective == -200.0
    assert plan.assignments[0].distance_m == pytest.approx(300.0)
    assert figure(plan, "people_near") == 100.0


def test_a_little_farther_is_within_reach_and_counts_once() -> None:
    plan = solved(Town(sites=[(301, 0, 10)]))
    assert plan.objective == -100.0
    assert figure(plan, "people_near") == 0.0
    assert figure(plan, "people_within_reach") == 100.0


def test_walks_follow_streets_and_not_the_crow() -> None:
    """From the middle of 人民路 between B and C to that of 中山路 it is 200 m by air and 400 m on foot."""
    plan = solved(Town(sites=[(300, 200, 10)], people=[(300, 0, 10)]))
    assert plan.assignments[0].distance_m == pytest.approx(400.0)


def test_of_two_places_the_one_with_more_people_is_built() -> None:
    town = Town(sites=[(0, 0, 10), (100, 200, 10)], people=[(0, 10, 60), (200, 200, 40)])
    plan = solved(town, n_new_most=1, near_m=100.0, far_m=150.0, crowd_m=100.0)
    assert built(plan) == ["k1"]
    told = verdict(plan, "k2", "cost")
    assert (told.kept, told.price) == (False, 120.0 - 80.0)


def test_a_district_gets_as_many_as_its_density_asks_for() -> None:
    """3 a km2 of 0.5 km2 are two, though nobody lives near any of them."""
    town = Town(sites=[(x, 200, 10) for x in (20, 80, 140)], people=[(600, 0, 5)], built_m2=(500_000.0, 1.0))
    plan = solved(town, density_least_ratio=3.0, far_m=310.0)
    assert len(built(plan)) == 2
    assert verdict(plan, "甲区", "density_least").kept
    assert figure(plan, "toilet_density", "district 甲区", "area=built_up") == 4.0


def test_a_district_gets_no_more_than_its_density_allows() -> None:
    town = Town(sites=[(20, 0, 10), (180, 0, 10)], built_m2=(200_000.0, 1.0), people=[(0, 0, 9), (200, 0, 8)])
    plan = solved(town, density_most_ratio=5.0, near_m=50.0, far_m=60.0, crowd_m=60.0)
    assert built(plan) == ["k1"]
    assert verdict(plan, "甲区", "density_most").kept


def test_a_number_of_new_ones_that_cannot_be_reached_is_named_with_what_is_missing() -> None:
    town = Town(sites=[(20, 0, 10), (100, 0, 5), (150, 0, 9)])
    plan = solved(town, n_new_least=3)
    told = verdict(plan, "甲区", "new_least")
    assert not told.kept
    assert "at most 2 are possible" in told.text.en
    assert "1 too small" in told.text.en
    assert "1 sites are missing" in told.text.en
    assert built(plan) == ["k1", "k3"]


def test_a_district_without_candidates_is_named() -> None:
    plan = solved(Town(sites=[(20, 0, 10)]), n_new_least=1)
    told = verdict(plan, "乙区", "new_least")
    assert not told.kept
    assert "of 0 sites there are no more" in told.text.en


def test_new_toilets_keep_their_spacing() -> None:
    """A market makes the land commercial: 300 m, of which the whole is asked for."""
    town = Town(sites=[(100, 0, 20), (300, 0, 20)], crowds=[(200, 0, 500)], people=[(100, 0, 9), (300, 0, 5)])
    reach: dict[str, Any] = {"near_m": 100.0, "crowd_m": 100.0, "far_m": 150.0}
    assert built(solved(town, **reach)) == ["k1", "k2"]
    assert built(solved(town, spacing_share=100.0, **reach)) == ["k1"]


def test_a_new_toilet_keeps_its_spacing_to_one_that_stands() -> None:
    town = Town(toilets=[(0, 0, _WET)], sites=[(200, 0, 20)], homes=[(200, 20)])
    plan = solved(town, spacing_share=50.0)
    assert built(plan) == []
    assert "200 m from the toilet t1, 250 m are to be kept" in verdict(plan, "k1", "spacing").text.en


def test_a_place_that_is_too_small_is_refused_by_its_class() -> None:
    """Where crowds gather a toilet of class 1 takes 120 m2; elsewhere on a main road one of class 2 takes 80 m2."""
    sites = [(100, 0, 10)]
    assert built(solved(Town(sites=sites))) == ["k1"]
    plan = solved(Town(sites=sites, crowds=[(150, 0, 100)]))
    assert built(plan) == []
    assert "100 m2 of land, a toilet of class 1 takes 120 m2" in verdict(plan, "k1", "land").text.en


def test_schools_are_kept_away_from() -> None:
    plan = solved(Town(sites=[(100, 0, 10)], schools=[(110, 20)]))
    told = verdict(plan, "k1", "W6")
    assert not told.kept
    assert "22 m from a school" in told.text.en


def test_a_crowd_within_its_limit_goes_before_more_people() -> None:
    town = Town(sites=[(0, 0, 20), (200, 200, 20)], people=[(0, 0, 900)], crowds=[(200, 180, 50)])
    plan = solved(town, n_new_most=1, crowd_m=40.0, near_m=50.0, far_m=60.0)
    assert built(plan) == ["k2"]
    assert verdict(plan, "x1", "W2").kept
    assert figure(plan, "crowd_places_beyond") == 0


def test_a_crowd_without_a_candidate_is_named() -> None:
    plan = solved(Town(sites=[(0, 0, 20)], crowds=[(600, 200, 50)]))
    told = verdict(plan, "x1", "W2")
    assert (told.kept, told.clause, told.certainty) == (False, "GB 55013-2021 5.0.1", "B")
    assert [u.binding for u in plan.unserved if u.item == "x1"] == ["no_candidate"]
    assert figure(plan, "crowd_places_beyond") == 1


def test_dry_toilets_are_rebuilt() -> None:
    plan = solved(Town(toilets=[(0, 0, _WET | {"dry": True}), (400, 0, _WET)]))
    assert [(c.item, c.kind) for c in plan.changes] == [("t1", ChangeKind.REBUILD)]
    assert figure(plan, "dry_toilets_left") == 0


@pytest.mark.parametrize(("crowds", "n_women"), [([], 6), ([(0, 0, 10)], 8)])
def test_women_get_three_stalls_for_two_of_men_and_two_for_one_where_crowds_gather(
    crowds: list[tuple[float, float, float]], n_women: int
) -> None:
    """Four and four stand; eight and a half more fit, so the men keep theirs."""
    toilet = {"n_women_stalls": 4, "n_men_stalls": 4, "n_accessible_stalls": 1}
    plan = solved(Town(toilets=[(0, 0, toilet)], crowds=crowds), extension_share=70.0)
    row = after(plan, "t1")
    assert (row["women"], row["men"], row["shared"]) == (n_women, 4, 1)
    assert change(plan, "t1").kind is ChangeKind.EXTEND
    assert change(plan, "t1").size == n_women + 4 + 1


def test_a_room_that_is_too_small_leaves_men_fewer() -> None:
    """Ten stalls fit on 100 m2 of a main road (60 m2 of floor, 6 m2 each): nine do: five, three and one."""
    toilet = {"n_women_stalls": 3, "n_men_stalls": 6, "n_accessible_stalls": 1, "land_m2": 100.0}
    plan = solved(Town(toilets=[(0, 0, toilet)]), area_2_m2=6.0)
    row = after(plan, "t1")
    assert (row["women"], row["men"], row["shared"]) == (5, 3, 1)


def test_a_budget_pays_for_no_more() -> None:
    """Six stalls of 4 m2 at 9,000 yuan: 216,000 each."""
    town = Town(sites=[(0, 0, 10), (150, 0, 10)], people=[(0, 0, 9), (150, 0, 5)])
    plan = solved(town, budget_yuan=300_000.0, near_m=50.0, far_m=60.0, crowd_m=60.0)
    assert built(plan) == ["k1"]
    assert change(plan, "k1").cost_yuan == 216_000.0
    assert figure(plan, "cost") == 216_000.0


def test_a_budget_that_pays_for_no_dry_toilet_says_so() -> None:
    plan = solved(Town(toilets=[(0, 0, _WET | {"dry": True})]), budget_yuan=1000.0)
    assert not verdict(plan, "t1", "dry").kept
    assert figure(plan, "dry_toilets_left") == 1


def test_locks_are_kept() -> None:
    town = Town(toilets=[(0, 0, _WET), (200, 0, _WET | {"dry": True})], sites=[(400, 0, 10), (600, 0, 10)])
    locks = (Lock("t1", state="closed"), Lock("t2", state="keep"), Lock("k1", state="open"), Lock("k2", state="closed"))
    plan = solved(town, locks)
    assert {(c.item, c.kind) for c in plan.changes} == {("t1", ChangeKind.CLOSE), ("k1", ChangeKind.BUILD)}
    assert {a.server for a in plan.assignments} == {"t2"}
    assert not verdict(plan, "k2", "must_not").kept


def test_at_night_only_open_toilets_count() -> None:
    plan = solved(Town(toilets=[(0, 0, _WET | {"open_periods": "06:00-22:00"})]))
    assert figure(plan, "people_near") == 100.0
    assert figure(plan, "people_near_at_night") == 0.0


def test_old_quarters_come_first_where_that_is_asked_for() -> None:
    town = Town(sites=[(0, 0, 10), (200, 200, 10)], people=[(0, 0, 60), (200, 200, 40)], old=[(150, 150, 250, 250)])
    reach: dict[str, Any] = {"n_new_most": 1, "near_m": 50.0, "far_m": 60.0, "crowd_m": 60.0}
    assert built(solved(town, **reach)) == ["k1"]
    plan = solved(town, worst_first="old_quarter", **reach)
    assert built(plan) == ["k2"]
    assert figure(plan, "people_within_reach", where="area=old_quarter") == 100.0


def test_the_district_that_is_worst_off_comes_first_where_that_is_asked_for() -> None:
    """甲区 has a toilet for half of its people, 乙区 for none: there three count for one."""
    town = Town(toilets=[(200, 0, _WET)], sites=[(0, 0, 10), (600, 0, 10)], people=[(200, 0, 60), (0, 0, 60), (600, 0, 40)])
    reach: dict[str, Any] = {"budget_yuan": 220_000.0, "near_m": 50.0, "far_m": 60.0, "crowd_m": 60.0}
    assert built(solved(town, **reach)) == ["k1"]
    assert built(solved(town, worst_first="district", **reach)) == ["k2"]


def test_works_are_spread_over_the_years_as_numbers_allow() -> None:
    town = Town(sites=[(x, 0, 10) for x in (0, 60, 120, 180)], people=[(x, 0, 9) for x in (0, 60, 120, 180)])
    plan = solved(town, n_years=2, n_new_most=2, near_m=10.0, far_m=20.0, crowd_m=20.0)
    assert sorted(c.year for c in plan.changes) == [1, 1, 2, 2]
    assert figure(plan, "toilets_new") == 2


def test_all_are_reached_at_least_cost_where_that_is_asked_for() -> None:
    """The place in the middle reaches both; those at the ends only one each."""
    town = Town(sites=[(0, 0, 10), (200, 0, 10), (400, 0, 10)], people=[(0, 0, 9), (400, 0, 9)])
    plan = solved(town, aim="all", near_m=100.0, far_m=200.0, crowd_m=100.0)
    assert built(plan) == ["k2"]
    assert plan.objective == 216_000.0
    assert plan.outcome is Outcome.OPTIMAL


def test_more_come_than_there_is_room_for() -> None:
    """A station of 200,000 a day and a site of class 1 with room for 12 stalls."""
    plan = solved(Town(sites=[(0, 0, 11)], crowds=[(0, 0, 200_000)]), land_1_m2=120.0)
    assert figure(plan, "toilets_overrun") == 1
    assert "more come at the peak" in verdict(plan, "k1", "wait").text.en


def test_each_toilet_says_whom_it_serves_and_what_is_next_to_it() -> None:
    plan = solved(Town(sites=[(0, 0, 10), (400, 0, 10)], people=[(0, 0, 50), (390, 0, 30), (410, 0, 20)]))
    assert (after(plan, "k1")["people_within_reach"], after(plan, "k2")["people_within_reach"]) == (50.0, 50.0)
    assert after(plan, "k1")["nearest_other_m"] == 400.0
    assert {v.rule for v in plan.verdicts if v.item == "k1"} == {"W3.other", "wait", "barrier", "W6", "land"}


def test_another_place_that_is_as_good_is_told() -> None:
    plan = solved(Town(sites=[(50, 0, 10), (150, 0, 10)], people=[(100, 0, 500)]), n_new_most=1)
    assert built(plan) == ["k1"]
    assert [[c.item for c in other.changes] for other in plan.alternatives] == [["k2"]]
    assert (plan.alternatives[0].objective, plan.alternatives[0].n_different) == (plan.objective, 2)


def test_a_place_that_is_much_worse_is_no_alternative() -> None:
    town = Town(sites=[(50, 0, 10), (250, 200, 10)], people=[(50, 0, 500), (250, 200, 100)])
    plan = solved(town, n_new_most=1, near_m=60.0, far_m=100.0, crowd_m=60.0)
    assert built(plan) == ["k1"]
    assert plan.alternatives == ()


def test_land_that_is_kept_as_it_is_gets_no_toilet() -> None:
    plan = solved(Town(sites=[(50, 0, 10)]), (Lock("k1", state="keep"),))
    assert built(plan) == []
    assert not verdict(plan, "k1", "must_not").kept
