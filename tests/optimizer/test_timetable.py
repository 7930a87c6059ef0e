"""Timetables, on a route that is checked by hand."""

from __future__ import annotations

import pytest

from optimizer.plan import Leg, LegKind, Outcome, Plan, Route
from optimizer.timetable import most_at_once, of_points, of_truck, station_load


def leg(kind: LegKind, start_s: float, end_s: float, item: str = "", kg: float = 0.0, length_m: float = 0.0) -> Leg:
    return Leg(kind, start_s, end_s, length_m, item=item, load_kg=kg)


# leaves at 10 s, waits at p1, serves p1 and p2, unloads at ts, serves p3, unloads at ts
LEGS = (
    leg(LegKind.DRIVE, 10, 100, length_m=900),
    leg(LegKind.WAIT, 100, 130),
    leg(LegKind.SERVE, 130, 190, "p1:OTHER", 80),
    leg(LegKind.SERVE, 190, 250, "p1:FOOD", 20),
    leg(LegKind.DRIVE, 250, 800, length_m=50),
    leg(LegKind.UNLOAD, 800, 1000, "ts", -100),
    leg(LegKind.SERVE, 1000, 1060, "p3:OTHER", 30),
    leg(LegKind.UNLOAD, 1100, 1300, "ts", -30),
)


def plan_of(*routes: Route) -> Plan:
    return Plan("collection", "x", Outcome.FEASIBLE, 0.0, None, routes=routes)


def route(key: str, legs: tuple[Leg, ...] = LEGS) -> Route:
    return Route(key, f"truck {key}", "t", "d", "s", legs)


def test_a_truck_has_trips_that_end_with_an_unloading() -> None:
    stops = of_truck(route("a"))
    assert [(s.trip, s.order, s.item) for s in stops] == [
        (1, 1, "p1:OTHER"), (1, 2, "p1:FOOD"), (1, 3, "ts"), (2, 1, "p3:OTHER"), (2, 2, "ts"),
    ]  # fmt: skip
    assert [(s.arrive_s, s.start_s, s.leave_s) for s in stops[:3]] == [(100, 130, 190), (190, 190, 250), (800, 800, 1000)]
    assert [s.way_m for s in stops] == [900, 0, 50, 0, 0]
    assert [s.aboard_kg for s in stops] == [80, 100, 0, 30, 0]


def test_the_notice_names_the_minute_in_which_service_begins() -> None:
    lines = of_points(plan_of(route("a")))
    found = [(p.point, p.mark, p.minute_s) for p in lines]
    assert found == [("p1", "FOOD", 180), ("p1", "OTHER", 120), ("p3", "OTHER", 960)]


def test_a_stations_load_is_shared_by_the_quarters_that_it_takes() -> None:
    other = route("b", (leg(LegKind.UNLOAD, 900, 1100, "ts", -50),))
    (load,) = station_load(plan_of(route("a"), other))
    assert load.start_s.tolist() == [0, 900]
    assert load.load_kg.tolist() == pytest.approx([50, 50 + 50 + 30])  # 100 kg over 800-1000: half before 900
    assert load.n_visits.tolist() == [1, 2]
    assert load.n_at_once.tolist() == [1, 2]
    assert most_at_once(plan_of(route("a"), other)) == {"ts": 2}
