"""What cannot be meant is named with its figures; what cannot be reached is told, with the nearest that can be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.errors import InputError, ParameterError
from layers.geometry import Geometry
from layers.kinds.facilities import CandidateSites
from layers.kinds.places import Districts
from optimizer.monitor import Silent
from optimizer.run import run
from optimizer.scenario import Lock
from tests.optimizer.planners.toilets.by_hand import Town, built, figure, scenario, solved, verdict

_SITE = [(0.0, 0.0, 10.0)]


def test_a_district_without_built_up_land_is_named() -> None:
    plan = solved(Town(sites=_SITE, built_m2=(1_000_000.0, 0.0)), density_least_ratio=1.0)
    assert "built-up land of 0 m2" in verdict(plan, "乙区", "zero_area").text.en
    assert not [k for k in plan.kpis if k.id == "toilet_density" and k.scope == "district 乙区"]


def test_a_price_below_nothing_is_refused() -> None:
    asked = scenario(Town(sites=_SITE))
    sites = replace(asked.city[CandidateSites], land_yuan_m2=np.array([-5.0]))
    with pytest.raises(InputError, match=r"candidate 'k1': land price -5 yuan/m2, expected 0 or more"):
        run(replace(asked, city=asked.city.with_layers(sites)), Silent())


def test_a_site_that_is_listed_twice_is_named() -> None:
    plan = solved(Town(sites=[*_SITE, (1.0, 0.0, 10.0)]))
    assert "the same place as candidate k1" in verdict(plan, "k2", "duplicate").text.en


def test_a_site_where_a_toilet_stands_is_named() -> None:
    plan = solved(Town(sites=_SITE, toilets=[(0, 0, {})]))
    assert "a toilet stands there already" in verdict(plan, "k1", "duplicate").text.en


def test_a_site_in_the_river_is_named_with_its_distance() -> None:
    plan = solved(Town(sites=[(0.0, -380.0, 10.0)]))
    told = verdict(plan, "k1", "off_network")
    assert "380 m from the nearest street that is walked, above 300 m" in told.text.en


def test_people_off_the_network_are_named() -> None:
    plan = solved(Town(sites=_SITE, people=[(0, 0, 60), (0, -400, 40)]))
    left = [u for u in plan.unserved if u.item == "p2"]
    assert [(u.binding, u.amount) for u in left] == [("off_network", 40.0)]
    assert figure(plan, "people_off_network") == 40.0
    assert figure(plan, "people_near") == 100.0


def test_quotas_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"'density_least_ratio' is above 'density_most_ratio': 9 > 3"):
        solved(Town(sites=_SITE), density_least_ratio=9.0, density_most_ratio=3.0)
    with pytest.raises(ParameterError, match=r"'n_new_least' is above 'n_new_most': 30 > 20"):
        solved(Town(sites=_SITE), n_new_least=30)


def test_hours_that_cannot_be_read_are_named_with_their_toilet() -> None:
    with pytest.raises(InputError, match=r"toilet 't1': period 'daily'"):
        solved(Town(toilets=[(0, 0, {"open_periods": "daily"})]))


def test_users_by_hour_are_24_numbers() -> None:
    with pytest.raises(ParameterError, match="expected 24 numbers of 0 or more, one an hour, got 3"):
        solved(Town(sites=_SITE), hour_shares="1,2,3")


def test_a_lock_on_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="lock on 'zz': there is no such toilet or candidate"):
        solved(Town(sites=_SITE), (Lock("zz", state="open"),))


def test_a_lock_that_a_rule_forbids_is_refused() -> None:
    with pytest.raises(InputError, match=r"'k1' is locked to be built, but 25 m2 of land"):
        solved(Town(sites=[(0, 0, 5)]), (Lock("k1", state="open"),))


def test_a_city_with_nobody_is_refused() -> None:
    asked = scenario(Town(people=()))
    nowhere = Districts(ids=np.array(["d9"]), geometry=Geometry.from_shapely(Districts.SHAPE, [_far_box()]))
    with pytest.raises(InputError, match="the city has nobody"):
        run(replace(asked, city=asked.city.with_layers(nowhere)), Silent())


def _far_box() -> object:
    import shapely

    return shapely.box(0, 0, 10, 10)


def test_both_districts_cannot_have_theirs_together() -> None:
    """Two places 60 m apart on either side of the border: each district could have one, not both."""
    town = Town(sites=[(270, 0, 10), (330, 0, 10)], homes=[(300, 20)])
    plan = solved(town, n_new_least=1, spacing_share=100.0)
    assert len(built(plan)) == 1
    assert sorted(verdict(plan, name, "new_least").kept for name in ("甲区", "乙区")) == [False, True]


def test_a_budget_below_all_quotas_pays_the_same_share_of_each() -> None:
    town = Town(sites=[(0, 0, 10), (150, 0, 10), (400, 0, 10), (550, 0, 10)])
    plan = solved(town, n_new_least=2, budget_yuan=450_000.0)
    assert len([item for item in built(plan) if item in ("k1", "k2")]) == 1
    assert len(built(plan)) == 2
    assert not verdict(plan, "甲区", "new_least").kept


def test_people_without_a_layer_are_spread_by_area_and_told_as_assumed() -> None:
    asked = scenario(Town(sites=_SITE, people=()))
    plan = run(asked, Silent())
    assert plan.faults == ()
    assert any(a.item.startswith("at:") for a in plan.assignments)
    assert [a.n_items for a in plan.assumed if a.what.en.startswith("people")] == [20]


def test_a_city_without_candidates_gets_places_along_its_streets_told_as_assumed() -> None:
    plan = solved(Town(), n_new_least=1)
    assert all(item.startswith("at:") for item in built(plan))
    assert built(plan)
    assert any(a.what.en == "candidate places" for a in plan.assumed)
