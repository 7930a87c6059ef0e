"""A timetable that is driven becomes a plan: its times to the second, what is not in it assumed, what cannot be listed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.errors import ParameterError
from layers.geometry import Geometry
from layers.kinds.facilities import Depots, TransferStations, WastePoints
from optimizer.imported import ImportedRow, import_plan
from optimizer.plan import Leg, LegKind, Plan
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.planners.collection.conftest import imported, inventory, row, scenario

SEVEN = 19 * 3600.0


def at(minute: float) -> float:
    """Return a time behind seven in the evening."""
    return SEVEN + 60 * minute


def stays(plan: Plan, *kinds: LegKind) -> list[tuple[str, str, float, float]]:
    """Return what is done where from when to when, minutes behind seven."""
    wanted = kinds or (LegKind.SERVE,)
    return [
        (leg.kind.value, leg.item, (leg.start_s - SEVEN) / 60, (leg.end_s - SEVEN) / 60)
        for r in plan.routes
        for leg in r.legs
        if leg.kind in wanted and (leg.item or leg.kind is not LegKind.WAIT)
    ]


def listed(plan: Plan, what: str) -> list[tuple[int, str]]:
    return [(a.n_items, a.rule.en) for a in plan.assumed if a.what.en == what]


def two_trips() -> Plan:
    """Return w1 and w2, then w3 on a second trip; diesel trucks, so that a stay may be of any length."""
    return imported(
        row(2, "w1", at(0), at(2)), row(3, "w2", at(4), at(4.5)), row(4, "w3", at(40), at(41), trip="2"),
        driven_type="sealed_3t",
    )  # fmt: skip


def test_times_and_stays_are_kept() -> None:
    assert stays(two_trips()) == [
        ("serve", "w1:OTHER", 0, 2), ("serve", "w2:OTHER", 4, 4.5), ("serve", "w3:OTHER", 40, 41),
    ]  # fmt: skip
    assert two_trips().faults == ()


def test_the_truck_leaves_in_time_and_waits_where_there_is_time_left() -> None:
    legs = two_trips().routes[0].legs
    # 100 m at 35 km/h
    assert (legs[0].kind, legs[0].end_s) == (LegKind.DRIVE, SEVEN)
    assert legs[0].end_s - legs[0].start_s == pytest.approx(100 / (35 / 3.6), abs=0.2)
    # 200 m to w2, there 99 s early
    waits = [leg for leg in legs if leg.kind is LegKind.WAIT]
    assert waits[0].end_s == at(4)
    assert waits[0].end_s - waits[0].start_s == pytest.approx(120 - 200 / (35 / 3.6), abs=0.2)


def test_each_trip_ends_with_an_unloading() -> None:
    plan = two_trips()
    unloads = [leg for leg in plan.routes[0].legs if leg.kind is LegKind.UNLOAD]
    assert [(leg.item, leg.load_kg, leg.end_s - leg.start_s) for leg in unloads] == [
        ("ts1", -270.0, 600.0), ("ts1", -200.0, pytest.approx(600.0)),
    ]  # fmt: skip
    # 500 m to the station right behind w2, with a left turn of 8 s
    assert unloads[0].start_s == pytest.approx(at(4.5) + 500 / (35 / 3.6) + 8, abs=0.5)
    assert listed(plan, "unloading") == [(2, "an unloading at the nearest station behind each trip")]
    assert [r.depot for r in plan.routes] == ["depot1"]
    assert listed(plan, "depot") == [(1, "the nearest to each route's first stop")]


def test_what_the_timetable_does_not_have_is_listed() -> None:
    left = {u.item: (u.binding, u.amount, u.unit) for u in two_trips().unserved}
    assert left["w5:OTHER"] == ("not_driven", 110.0, "kg")
    assert sorted(left) == ["w1:FOOD", "w2:FOOD", "w3:FOOD", "w4:FOOD", "w4:OTHER", "w5:OTHER"]


def test_too_little_time_between_stops_is_kept_and_told() -> None:
    # 200 m in 5 s: the times stand, and the checks name the drive
    plan = imported(row(2, "w1", at(0), at(2)), row(3, "w2", at(2) + 5, at(4)), driven_type="sealed_3t")
    assert stays(plan)[1][2:] == pytest.approx((2 + 5 / 60, 4))
    assert [f.text.en.split(": ")[1] for f in plan.faults] == ["the drive from 19:02 takes 5 s, at least 21 s"]


def test_too_little_time_to_unload_hurries_way_and_unloading_alike() -> None:
    # w2 to the station and on to w3: 500 m and a left turn, 600 s, 300 m and a right turn; half the time is left for it
    gap_s = (500 / (35 / 3.6) + 8 + 600 + 300 / (35 / 3.6) + 3) / 2
    plan = imported(
        row(2, "w2", at(0), at(2)), row(3, "w3", at(2) + gap_s, at(9), trip="2"), driven_type="sealed_3t"
    )  # fmt: skip
    first = next(leg for leg in plan.routes[0].legs if leg.kind is LegKind.UNLOAD)
    assert first.end_s - first.start_s == pytest.approx(300, abs=1)
    assert stays(plan)[1][2:] == pytest.approx((2 + gap_s / 60, 9))
    assert {f.code for f in plan.faults} == {"too_fast", "too_short"}


def test_overlapping_rows_begin_behind_the_one_before_and_are_listed() -> None:
    plan = imported(
        row(2, "w1", at(0), at(4)), row(7, "w2", at(3), at(6)), row(8, "w3", at(10), at(12)), driven_type="sealed_3t"
    )  # fmt: skip
    assert stays(plan)[:2] == [("serve", "w1:OTHER", 0, 4), ("serve", "w2:OTHER", 4, 6)]
    found = listed(plan, "rows that overlap")
    assert found == [(1, "before the stop before it ends, so begun behind it: rows 7")]
    assert [f.code for f in plan.faults] == ["too_fast"]


def test_a_row_that_ends_before_the_one_before_it_is_left_out_and_listed() -> None:
    plan = imported(row(2, "w1", at(0), at(9)), row(3, "w2", at(3), at(6)), driven_type="sealed_3t")
    assert [item for _, item, *_ in stays(plan)] == ["w1:OTHER"]
    why = {u.item: u.reason.en for u in plan.unserved}
    assert why["w2:OTHER"] == "row 3 of the timetable is not taken, over before the stop before it ends"
    assert why["w3:OTHER"] == "the timetable does not have it"
    assert listed(plan, "rows that end too early") == [(1, "not taken, over before the stop before it ends: rows 3")]
    assert listed(plan, "rows that overlap") == []


def test_kilograms_and_streams_of_rows_that_are_not_used_are_listed() -> None:
    plan = imported(
        row(2, "w1", at(0), at(2), kg=5.0), row(3, "w2", at(4), at(6), kg=120.0), row(4, "w3", at(10), at(12), stream=""),
        driven_type="sealed_3t",
    )  # fmt: skip
    assert listed(plan, "rows with other kilograms") == [(1, "their kilograms are not taken, the layer's count: rows 2")]
    found = listed(plan, "rows without a stream")
    assert found == [(1, "serve the first stream of their point alone, the others are left: rows 4")]


def test_a_timetable_is_driven_on_each_day_of_a_week_with_that_day_s_kilograms() -> None:
    shares = "1.0,1.0,0.5,1.0,1.0,1.2,1.0"
    plan = imported(
        row(2, "w1", at(0), at(2)), row(3, "w2", at(4), at(5)), row(4, "w3", at(10), at(12)),
        driven_type="sealed_3t", days="week", day_shares=shares,
    )  # fmt: skip
    assert plan.faults == ()
    assert [r.day for r in plan.routes] == list(range(7))
    # w1, w2 and w3 have 150, 120 and 200 kg
    kg = [sum(leg.load_kg for leg in r.legs if leg.kind is LegKind.SERVE) for r in plan.routes]
    assert kg == pytest.approx([470 * float(x) for x in shares.split(",")])


def with_far_point() -> list[ImportedRow]:
    return [row(2, "w1", at(0), at(2)), row(3, "w2", at(4), at(5)), row(9, "w3", at(10), at(12))]


def test_rows_on_no_street_are_listed_and_the_others_driven() -> None:
    city = tiny_city()
    xy = city[WastePoints].geometry.coords.copy()
    xy[1, 1] = Y0_M - 300.0
    off = city.with_layers(replace(city[WastePoints], geometry=Geometry.points(xy)))
    plan = import_plan(scenario(off, driven_type="sealed_3t"), with_far_point())
    assert [item for _, item, *_ in stays(plan)] == ["w1:OTHER", "w3:OTHER"]
    assert listed(plan, "rows on no street") == [(1, "not taken, on no street that the vehicle may drive: rows 3")]
    assert {u.binding for u in plan.unserved if u.item == "w2:OTHER"} == {"no_street"}
    assert plan.faults == ()


def test_a_stream_that_a_point_does_not_have_is_listed() -> None:
    plan = imported(
        row(2, "w1", at(0), at(2)), row(3, "w5", at(10), at(12), stream="FOOD"), driven_type="sealed_3t"
    )  # fmt: skip
    assert [item for _, item, *_ in stays(plan)] == ["w1:OTHER"]
    assert listed(plan, "rows with nothing to collect") == [
        (1, "not taken, its point has nothing of that stream: rows 3")
    ]  # fmt: skip


def test_a_row_says_its_stream() -> None:
    plan = imported(
        row(2, "w1", at(0), at(2), stream="food"), row(3, "w1", at(2), at(4), stream="other"), driven_type="sealed_3t"
    )  # fmt: skip
    assert [(item, load) for item, load in loads(plan)] == [("w1:FOOD", 40.0), ("w1:OTHER", 150.0)]
    # what mixes streams today is told
    assert [f.code for f in plan.faults] == ["streams_mixed"]


def loads(plan: Plan) -> list[tuple[str, float]]:
    return [(leg.item, leg.load_kg) for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE]


def test_a_second_stop_at_a_point_is_a_stay_without_kilograms() -> None:
    plan = imported(
        row(2, "w1", at(0), at(2)), row(3, "w2", at(4), at(5)), row(4, "w1", at(8), at(9)), driven_type="sealed_3t"
    )  # fmt: skip
    assert stays(plan, LegKind.SERVE, LegKind.WAIT)[-1] == ("wait", "w1:OTHER", 8, 9)
    assert loads(plan) == [("w1:OTHER", 150.0), ("w2:OTHER", 120.0)]
    assert listed(plan, "rows that stop again")[0][1].endswith("rows 4")
    assert plan.faults == ()


def test_vehicles_are_routes_of_their_own_and_the_clock_of_each_is_its_own() -> None:
    plan = imported(
        row(2, "w1", at(30), at(31)), row(3, "w2", at(0), at(1), vehicle="822"), driven_type="sealed_3t"
    )  # fmt: skip
    assert [(r.vehicle, r.vehicle_type) for r in plan.routes] == [("821", "sealed_3t"), ("822", "sealed_3t")]
    assert [start for _, _, start, _ in stays(plan)] == [30, 0]


def test_the_type_is_the_one_that_is_named_or_reaches_most() -> None:
    rows = [row(2, "w1", at(0), at(2))]
    assert import_plan(scenario(fleet=inventory(bin_lifter=1)), rows).routes[0].vehicle_type == "bin_lifter"
    with pytest.raises(ParameterError, match="parameter 'driven_type' is 'tank'; types in service: sealed_3t, bin_lifter"):
        imported(*rows, driven_type="tank")


def test_the_nearest_depot_and_the_station_with_the_shortest_way_round() -> None:
    city = tiny_city()
    depots = Depots(ids=np.array(["far", "near"]), geometry=Geometry.points([[X0_M, Y0_M], [X0_M + 600, Y0_M]]))
    stations = TransferStations(
        ids=np.array(["east", "west"]), geometry=Geometry.points([[X0_M + 600, Y0_M + 200], [X0_M, Y0_M + 200]])
    )
    of = scenario(city.with_layers(depots, stations), driven_type="sealed_3t")
    # on from w3 in the east to w2 in the middle, and from there to w4 in the west
    rows = [row(2, "w3", at(0), at(2)), row(3, "w2", at(40), at(41), trip="2"), row(4, "w4", at(80), at(81), trip="3")]
    plan = import_plan(of, rows)
    assert [r.depot for r in plan.routes] == ["near"]
    assert [item for _, item, *_ in stays(plan, LegKind.UNLOAD)] == ["east", "west", "west"]


def test_trips_end_without_unloading_where_no_station_can_be_reached() -> None:
    city = tiny_city()
    # the station lies on the bank behind the narrow lane, which the truck cannot enter
    lane = Geometry.points([[X0_M + 400, Y0_M + 390]])
    of = scenario(city.with_layers(replace(city[TransferStations], geometry=lane)), driven_type="sealed_3t", snap_m=100.0)
    plan = import_plan(of, [row(2, "w1", at(0), at(2)), row(3, "w3", at(15), at(16), trip="2")])
    assert stays(plan, LegKind.UNLOAD) == []
    assert listed(plan, "trips without unloading") == [(2, "the vehicle reaches no station, so no unloading is written")]
    assert {f.code for f in plan.faults} == {"not_emptied"}


def test_rows_that_nothing_can_be_made_of_give_a_plan_without_routes() -> None:
    plan = imported(row(2, "w9", at(0), at(2)))
    assert plan.routes == ()
    assert listed(plan, "rows with nothing to collect")[0][0] == 1
    assert len(plan.unserved) == 9


def test_a_stay_without_length_and_a_first_leg_of_no_metres() -> None:
    city = tiny_city()
    xy = city[WastePoints].geometry.coords.copy()
    xy[0] = [X0_M, Y0_M + 8]
    here = city.with_layers(replace(city[WastePoints], geometry=Geometry.points(xy)))
    plan = import_plan(scenario(here, driven_type="sealed_3t"), [row(2, "w1", at(0), at(0))])
    assert stays(plan) == [("serve", "w1:OTHER", 0, 0)]
    legs: tuple[Leg, ...] = plan.routes[0].legs
    assert all(leg.end_s >= leg.start_s for leg in legs)
    assert plan.faults == ()
