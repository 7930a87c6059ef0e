from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from desktop.digest import digest, passes, verdict_rows
from layers.geometry import Geometry
from layers.kinds.facilities import WastePoints
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.imported_points import STREAMS as IMPORTED
from optimizer.kpi import Kpi
from optimizer.names import SIDES, STREAMS, find, item_name, side_of
from optimizer.plan import Leg, LegKind, Outcome, Plan, Route, Unserved
from optimizer.planner import planner
from optimizer.planners.sweeping.day.kerbs import BOTH, LEFT, RIGHT
from optimizer.planners.sweeping.day.kerbs import SIDES as SIDE_MARKS
from optimizer.planners.sweeping.washing.work import MARK
from optimizer.scenario import Lock, Scenario
from resources.io import default_inventory
from tests.cities import tiny_city

CITY = tiny_city()
SWEEPING = planner("sweeping")
POINTS = WastePoints(ids=np.array(["p1"]), geometry=Geometry.points([[0.0, 0.0]]), name=np.array(["南门"]))
LEGS = (
    Leg(LegKind.DRIVE, 3600.0, 3700.0, 500.0, ("s1",)),
    Leg(LegKind.SERVE, 3700.0, 3900.0, 200.0, ("s2",), "s2:R", load_kg=30.0),
    Leg(LegKind.SERVE, 3900.0, 4100.0, 200.0, ("-s2",), "s2:L#2", load_kg=20.0),
    Leg(LegKind.UNLOAD, 4100.0, 4700.0, item="ts1"),
)
ROUTE = Route("r1", "扫路车 01", "sweeper", "depot1", "night", LEGS)
SCENARIO = Scenario("甲", CITY, default_inventory(), "sweeping", SWEEPING.params(), locks=(Lock("s2:R"),))


def plan(*kpis: Kpi) -> Plan:
    left = Unserved("s12:B", "street_width", Text("太窄", "too narrow"), None, 300.0, "m²")
    return Plan("sweeping", "甲", Outcome.FEASIBLE, 1.0, None, routes=(ROUTE,), unserved=(left,), kpis=kpis)


def test_a_route_is_summed_up() -> None:
    row = digest(plan(), SCENARIO, SWEEPING).routes[0]
    assert (row.start_s, row.end_s, row.worked_s) == (3600.0, 4700.0, 1100.0)
    assert (row.n_served, row.served_m, row.driven_m, row.load_kg) == (2, 400.0, 500.0, 50.0)
    assert (row.n_unloads, row.n_refills) == (1, 0)
    assert row.n_locked == 1


def test_every_pass_over_a_street_is_known_in_order_of_time() -> None:
    served = passes((ROUTE,))["s2"]
    assert [(p.start_s, p.item) for p in served] == [(3700.0, "s2:R"), (3900.0, "s2:L#2")]


def test_every_stream_has_a_name() -> None:
    assert STREAMS.keys() == IMPORTED.keys()
    assert item_name(CITY.with_layers(POINTS), "p1:FOOD").en == "南门 (food waste)"
    assert find(CITY.with_layers(POINTS), "p1:FOOD") == ("waste_points", 0)


def test_ways_between_points_are_the_round_and_those_to_the_station_are_not() -> None:
    legs = (
        Leg(LegKind.DRIVE, 0.0, 60.0, 500.0, ("s7",)),
        Leg(LegKind.SERVE, 60.0, 120.0, item="p1:OTHER", load_kg=90.0),
        Leg(LegKind.DRIVE, 120.0, 180.0, 300.0, ("s1",)),
        Leg(LegKind.SERVE, 180.0, 240.0, item="p1:FOOD", load_kg=10.0),
        Leg(LegKind.DRIVE, 240.0, 300.0, 700.0, ("s2",)),
        Leg(LegKind.UNLOAD, 300.0, 900.0, item="ts1", load_kg=-100.0),
    )
    made = replace(plan(), routes=(replace(ROUTE, legs=legs),), unserved=())
    row = digest(made, replace(SCENARIO, city=CITY.with_layers(POINTS)), SWEEPING).routes[0]
    assert (row.n_served, row.served_m, row.driven_m, row.load_kg) == (2, 300.0, 1200.0, 100.0)


def test_what_is_not_served_of_a_street_is_found_by_its_id() -> None:
    made = digest(plan(), SCENARIO, SWEEPING)
    assert [row.item for row in made.left_of["s12"]] == ["s12:B"]
    assert "s2" not in made.left_of


def test_kerbs_and_facilities_are_named_as_people_call_them() -> None:
    assert item_name(CITY, "s11:B").zh == "青石巷（两侧）"
    assert item_name(CITY, "s1:L#2").en == "人民路 (left kerb)"
    assert item_name(CITY, "ts1").zh == "东站"
    assert item_name(CITY, "nowhere").zh == "nowhere"


@pytest.mark.parametrize("mark", sorted(SIDES))
def test_every_mark_leads_to_its_street_and_names_its_side(mark: str) -> None:
    for item in (f"s2:{mark}", f"s2:{mark}#2"):
        assert find(CITY, item) == ("streets", 1)
        assert side_of(item) == SIDES[mark]
        assert item_name(CITY, item) == Text(f"人民路（{SIDES[mark].zh}）", f"人民路 ({SIDES[mark].en})")
    served = (Leg(LegKind.SERVE, 0.0, 1.0, 200.0, ("s2",), f"s2:{mark}#2"),)
    assert list(passes((Route("r1", "扫路车 01", "sweeper", "depot1", "night", served),))) == ["s2"]


def test_every_mark_of_the_sweeping_planner_has_a_name() -> None:
    washed = {mark + SIDE_MARKS[side] for mark in MARK for side in (RIGHT, LEFT, BOTH)}
    assert SIDES.keys() == {*SIDE_MARKS} | washed
    assert len(set(SIDES.values())) == len(SIDES)


def test_a_street_that_ends_like_a_mark_is_still_found() -> None:
    streets = CITY[Streets]
    renamed = replace(streets, ids=np.array([f"{k}:R" for k in streets.ids.tolist()]))
    city = CITY.with_layers(renamed)
    assert find(city, "s3:R") == find(city, "s3:R:L#2") == ("streets", 2)
    assert item_name(city, "s3:R") == Text("人民路", "人民路")


def test_ids_lead_to_their_layer() -> None:
    assert find(CITY, "s3:R#2") == ("streets", 2)
    assert find(CITY, "depot1") == ("depots", 0)
    assert find(CITY, "nowhere") is None
    assert find(CITY, "s3:RI#2") == find(CITY, "s3:PL") == find(CITY, "s3") == ("streets", 2)


def test_targets_are_judged_by_the_plans_figures() -> None:
    kpi = Kpi("mechanised_sweeping_rate", 86.0, "%", where="area=built_up")
    rows = verdict_rows(plan(kpi), SCENARIO)
    assert any(r.verdict == "met" and r.value == 86.0 and r.wanted == Text("≥ 85 %", "≥ 85 %") for r in rows)
    assert any(r.verdict == "not_measured" for r in rows)


def test_scopes_begin_with_the_whole_city() -> None:
    kpis = (Kpi("swept_km", 1.0, "km", "district 乙区"), Kpi("swept_km", 3.0, "km"))
    assert digest(plan(*kpis), SCENARIO, SWEEPING).scopes()[:2] == ["city", "district 乙区"]


def test_figures_of_road_classes_stand_behind_those_of_all_roads() -> None:
    main = "area=city;road_class=main"
    kpis = [Kpi("rate_by_area", rate, "%", where=where) for rate, where in ((82.0, ""), (99.0, main), (1.0, "x=y"))]
    rows = [(r.label.en, r.value) for r in digest(plan(*kpis), SCENARIO, SWEEPING).kpis]
    assert rows == [("mechanised rate by area", 82.0), ("mechanised rate by area · main", 99.0)]


def test_scopes_are_called_by_their_names() -> None:
    scopes = ("city", "district 乙区", "type sweeper", "shift night", "vehicle 18 吨洗扫车 03", "vehicle 自命名")
    made = digest(plan(*(Kpi("swept_km", 1.0, "km", s) for s in scopes)), SCENARIO, SWEEPING)
    names = [made.scope_names[s].en for s in scopes]
    assert names == ["whole city", "乙区", "18 t wash-sweeper", "night", "18 t wash-sweeper 03", "自命名"]


def test_vehicles_are_named_in_both_languages() -> None:
    assert digest(plan(), SCENARIO, SWEEPING).routes[0].vehicle == Text("扫路车 01", "扫路车 01")
    named = replace(ROUTE, vehicle="18 吨洗扫车 01")
    row = digest(replace(plan(), routes=(named,)), SCENARIO, SWEEPING).routes[0]
    assert row.vehicle == Text("18 吨洗扫车 01", "18 t wash-sweeper 01")
