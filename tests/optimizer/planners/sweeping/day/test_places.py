"""Depots and dumps: given, from layers, or by rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.errors import InputError, ParameterError
from layers.geometry import Geometry
from layers.kinds.facilities import Depots, StationState, TransferStations
from layers.projection import unproject
from optimizer.ground.places import layered, typed
from optimizer.monitor import Silent
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.problem import prepare
from optimizer.scenario import Lock
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.planners.sweeping.conftest import inventory, plan_of, scenario, with_streets


def lonlat(dx_m: float, dy_m: float) -> str:
    lon, lat = unproject(np.array([[X0_M + dx_m, Y0_M + dy_m]]), tiny_city().epsg)[0]
    return f"{lon:.7f},{lat:.7f}"


def test_places_are_read_from_the_parameter() -> None:
    first, second = typed(f"{lonlat(0, 0)};{lonlat(200, 0)}", "depot", tiny_city().epsg)
    assert (first.id, second.id) == ("depot1", "depot2")
    assert (second.x_m, second.y_m) == pytest.approx((X0_M + 200, Y0_M), abs=0.05)


def test_a_place_that_is_no_place_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"parameter 'depot': '121.5' is no place; expected LON,LAT such as"):
        typed("121.5", "depot", 4549)


def test_a_depot_in_the_river_is_named_with_its_distance() -> None:
    with pytest.raises(InputError, match=r"depot 'depot1' lies 800 m from the nearest street .* farther than 300 m"):
        prepare(scenario(depot=lonlat(200, -800)), Silent())


def test_a_dump_in_the_river_is_refused_too() -> None:
    with pytest.raises(InputError, match=r"dump 'dump1' lies \d+ m"):
        prepare(scenario(dump=lonlat(200, -800)), Silent())


def test_a_station_far_from_every_street_is_listed_and_not_used() -> None:
    city = tiny_city()
    here = city[TransferStations].geometry.coords[0]
    far = TransferStations(
        ids=np.array(["ts1", "ts2"]), geometry=Geometry.points([here, [X0_M, Y0_M - 5000]]), name=np.array(["东站", "远站"])
    )
    problem = prepare(scenario(city.with_layers(far)), Silent())
    assert [a.rule.en for a in problem.assumed if a.what.en == "dumps not used"] == [
        "farther than 300 m from any street, not used: ts2"
    ]


def test_a_city_without_depot_and_dump_gets_them_by_rule_and_they_are_listed() -> None:
    city = tiny_city().with_layers(Depots.empty(), TransferStations.empty())
    plan = plan_of(scenario(city))
    assert plan.faults == ()
    told = {a.what.en: a.rule.en for a in plan.assumed}
    assert told["depot"].startswith("on the street nearest to the network's length-weighted centre (")
    assert told["dump"].startswith("at the first depot (")
    assert {r.depot for r in plan.routes} == {"depot-assumed"}


def test_depots_given_on_the_command_line_replace_the_layer() -> None:
    plan = plan_of(scenario(depot=f"{lonlat(0, 10)};{lonlat(600, 10)}"))
    assert plan.faults == ()
    assert {r.depot for r in plan.routes} <= {"depot1", "depot2"}


def test_a_locked_place_and_a_station_to_be_closed_are_left_out() -> None:
    city = tiny_city()
    assert [p.id for p in layered(city, (TransferStations,), set())] == ["ts1"]
    assert layered(city, (TransferStations,), {"ts1"}) == ()
    closing = replace(city[TransferStations], state=np.array([StationState.TO_CLOSE], dtype=np.int8))
    assert layered(city.with_layers(closing), (TransferStations,), set()) == ()


def test_a_closed_dump_is_not_used() -> None:
    plan = plan_of(scenario(locks=(Lock("ts1", state="closed"),)))
    assert plan.faults == ()
    assert {leg.item for r in plan.routes for leg in r.legs if leg.kind == "unload"} == {"dump-assumed"}


def test_the_default_parameters_name_no_place() -> None:
    assert (SweepingParams().depot, SweepingParams().dump) == ("", "")


def test_what_is_left_out_of_account_is_listed() -> None:
    city = with_streets(
        centre_barrier=np.array([True] * 3 + [False] * 9), speed_by_hour=np.array(["07:00-09:00=0.5"] + [""] * 11)
    )
    asked = scenario(city, inventory(n_small=0), sweep_centre_barriers=False)
    told = {a.what.en: (a.n_items, a.rule.en) for a in prepare(asked, Silent()).assumed}
    assert told["water at the start"] == (1, "tanks are filled at the depot before vehicles leave it")
    assert "water refills" not in told
    unknown = {a.what.en: a.rule.en for a in prepare(scenario(city, inventory(n_small=0, tank_l=0.0)), Silent()).assumed}
    assert unknown["water refills"] == "18 t wash-sweeper: no tank is given, refills are not counted"
    assert "water at the start" not in unknown
    assert told["speeds by hour"][0] == 1
    assert told["centre barriers"] == (3, "only the outer kerbs are swept, not those along the barrier")
