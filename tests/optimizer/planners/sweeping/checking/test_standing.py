"""Where vehicles stand, on the tiny city: the street that is nearest to a place, of those that the vehicle can drive."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.city import City
from layers.geometry import Geometry
from layers.kinds.facilities import TransferStations
from layers.kinds.streets import Oneway, Streets
from optimizer.plan import Leg, LegKind, Route
from optimizer.planners.sweeping.checking.standing import Standing, nearer_than
from optimizer.planners.sweeping.checking.walk import Walk
from optimizer.planners.sweeping.checks import rules_of
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.planners.sweeping.conftest import inventory, scenario

# 1 m east of the middle of 窄弄 (s12), 1.5 m wide, which only a vehicle of 1.2 m can drive; 99 m above C2 of 中山路
BY_THE_NARROW_LANE = (X0_M + 401, Y0_M + 299)


def with_dump(xy: tuple[float, float], city: City | None = None) -> City:
    city = city or tiny_city()
    return city.with_layers(replace(city[TransferStations], geometry=Geometry.points([list(xy)])))


def stands(city: City, *path: str, vehicle_type: str = "sweeper") -> bool:
    """Return whether a vehicle that drives some streets is at the dump behind the last."""
    fleet = inventory()
    thin = [v if v.key == "sweeper" else replace(v, width_m=1.2, least_street_width_m=1.2) for v in fleet.vehicle_types]
    rules = rules_of(scenario(city, replace(fleet, vehicle_types=tuple(thin))))
    route = Route("r1", "车", vehicle_type, "depot1", "night", (Leg(LegKind.DRIVE, 0.0, 1.0, 200.0, path),))
    return Standing(Walk.of(rules, (route,))).at(rules.dumps["ts1"], len(path) - 1)


@pytest.mark.parametrize(("last", "there"), [("s10", True), ("-s10", True), ("s6", True), ("s9", False), ("s5", False)])
def test_the_last_street_is_the_one_that_is_nearest(last: str, there: bool) -> None:
    # ts1 lies 20 m east of D2, where s10 and s6 end, both 20 m away
    assert stands(tiny_city(), last) is there


def test_what_is_too_narrow_for_a_vehicle_is_not_nearest_to_it() -> None:
    city = with_dump(BY_THE_NARROW_LANE)
    assert stands(city, "s12", vehicle_type="small_sweeper")
    assert not stands(city, "s5", vehicle_type="small_sweeper")
    assert stands(city, "s5")
    assert not stands(city, "s2")


def test_what_is_cut_off_is_not_nearest() -> None:
    # 青石巷 may only be driven away from the rest: nothing that enters it comes back
    city = tiny_city()
    oneway = city[Streets].oneway.copy()
    oneway[10] = Oneway.FORWARD
    trap = city.with_layers(replace(city[Streets], oneway=oneway))
    by_the_lane = (X0_M + 201, Y0_M + 299)
    assert not stands(with_dump(by_the_lane), "s4", vehicle_type="small_sweeper")
    assert stands(with_dump(by_the_lane, trap), "s4", vehicle_type="small_sweeper")


def test_a_place_where_a_street_begins_is_reached_at_its_junction() -> None:
    # 30 m west of A1, where s1 and s7 begin; s4 begins at A2
    city = with_dump((X0_M - 30, Y0_M - 5))
    assert stands(city, "s7")
    assert stands(city, "s1")
    assert not stands(city, "s4")


def test_streets_nearer_than_some_metres_by_hand() -> None:
    rules = rules_of(scenario(with_dump((X0_M + 100, Y0_M + 80))))
    found = nearer_than(rules, rules.dumps["ts1"], 125.0)
    # 80 m above s1, 120 m below s4, 100 m from s7 and s8
    assert {rules.streets.ids[row]: metres for row, metres in found.items()} == {
        "s1": 80.0,
        "s4": 120.0,
        "s7": 100.0,
        "s8": 100.0,
    }
    assert np.isclose(rules.away_m(rules.dumps["ts1"], 1), np.hypot(100, 80))
