from __future__ import annotations

from dataclasses import replace

import numpy as np

from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.features import feature_tables, path_lines, route_table, unserved_table
from optimizer.plan import Draft, Leg, LegKind, Outcome, Plan, Route, Unserved
from tests.cities import tiny_city

X0, Y0 = 500_000.0, 3_550_000.0


def line(geometry: object, i: int) -> list[tuple[float, float]]:
    return [(x - X0, y - Y0) for x, y in geometry.row(i).tolist()]  # type: ignore[attr-defined]


def test_streets_are_joined_end_to_end() -> None:
    lines = path_lines([("s1", "s2"), (), ("-s2", "-s1")], tiny_city()[Streets])
    assert line(lines, 0) == [(0, 0), (200, 0), (400, 0)]
    assert line(lines, 1) == []
    assert line(lines, 2) == [(400, 0), (200, 0), (0, 0)]


def test_a_turn_around_keeps_its_end() -> None:
    assert line(path_lines([("s1", "-s1")], tiny_city()[Streets]), 0) == [(0, 0), (200, 0), (0, 0)]


def test_a_line_that_begins_where_the_last_one_ended_keeps_its_start() -> None:
    lines = path_lines([("s1",), ("s2",), ("-s2",)], tiny_city()[Streets])
    assert [line(lines, i) for i in range(3)] == [[(0, 0), (200, 0)], [(200, 0), (400, 0)], [(400, 0), (200, 0)]]


def test_a_street_without_length_is_still_a_line() -> None:
    city = tiny_city()
    coords = city[Streets].geometry.coords.copy()
    coords[:2] = coords[0]  # s1
    flat = replace(city[Streets], geometry=replace(city[Streets].geometry, coords=coords))
    lines = path_lines([("s1",), ("s1", "s2"), (), ("s2",)], flat)
    assert line(lines, 0) == [(0, 0), (0, 0)]
    assert line(lines, 1) == [(0, 0), (200, 0), (400, 0)]
    assert line(lines, 2) == []
    assert len(lines.shapely) == 4


def test_a_street_that_is_not_there_is_left_out() -> None:
    assert line(path_lines([("s1", "ghost", "s2")], tiny_city()[Streets]), 0) == [(0, 0), (200, 0), (400, 0)]
    assert len(path_lines([("s1",)], Streets.empty())) == 1


def test_routes_show_the_legs_that_move() -> None:
    legs = (
        Leg(LegKind.DRIVE, 3600.0, 3700.0, 200.0, ("s1",)),
        Leg(LegKind.UNLOAD, 3700.0, 4000.0, item="ts1", load_kg=-50.0),
        Leg(LegKind.SERVE, 4000.0, 90_000.0, 200.0, ("-s2",), "s2:L", 20.0, -5.0),
    )
    table = route_table([Route("r1", "车 1", "sweeper", "depot1", "night", legs, day=2)], tiny_city())
    assert len(table) == 2
    assert table.columns["kind"].tolist() == ["drive", "serve"]
    assert table.columns["leg"].tolist() == [1, 3]
    assert table.columns["start"].tolist() == ["01:00", "01:07"]
    assert table.columns["end"].tolist()[1] == "25:00"
    assert table.columns["load_kg"].tolist() == [0.0, 20.0]
    assert table.columns["day"].tolist() == [2, 2]


def test_a_route_that_is_driven_again_is_there_once_with_all_its_days() -> None:
    def turnout(day: int, *streets: str) -> Route:
        legs = tuple(Leg(LegKind.DRIVE, 3600.0, 3700.0, 200.0, (s,)) for s in streets)
        return Route(f"r{day}", "车 1", "sweeper", "depot1", "night", legs, day=day)

    table = route_table([turnout(0, "s1"), turnout(1, "s2"), turnout(7, "s1")], tiny_city())
    assert table.columns["route"].tolist() == ["r0", "r1"]
    assert table.columns["days"].tolist() == ["0 7", "1"]


def test_what_is_not_served_lies_on_its_street() -> None:
    listed = [
        Unserved("s12:B#2", "street_width", Text("窄", "narrow"), None, 200.0, "m"),
        Unserved("bin 7", "far", Text("远", "far")),
    ]
    table = unserved_table(listed, tiny_city())
    assert table.columns["item"].tolist() == ["s12:B#2"]
    assert np.allclose(table.geometry.lengths_m(), [200.0])


def test_empty_tables_are_not_listed() -> None:
    draft = Draft(Outcome.FEASIBLE, 0.0)
    assert feature_tables(Plan("toy", "x", draft.outcome, 0.0, None), tiny_city()) == ()
