from __future__ import annotations

from dataclasses import replace

import numpy as np

from desktop.plan_layers import CHOSEN, DRIVES, ROUTES, UNSERVED, PlanLayers, driven, plan_layers, with_chosen
from layers.geometry import Geometry
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.names import SIDES
from optimizer.plan import Leg, LegKind, Route, Unserved
from optimizer.sketch import sketch
from tests.cities import tiny_city

CITY = tiny_city()


def route(key: str, *streets: str) -> Route:
    legs = [Leg(LegKind.SERVE, 10.0 * i, 10.0 * i + 10, 200.0, (s,), f"{s.lstrip('-')}:R") for i, s in enumerate(streets)]
    return Route(key, key, "toy", "depot1", "night", (Leg(LegKind.DRIVE, 0, 0, 1.0, ("s7",)), *legs))


def drawn(routes: list[Route], left: tuple[Unserved, ...]) -> PlanLayers:
    return plan_layers(CITY, sketch(routes, CITY[Streets]), left)


def test_streets_driven_backwards_are_drawn_backwards() -> None:
    lines = Geometry.lines([[(0, 0), (1, 0), (2, 0)], [(5, 5), (6, 6)]])
    got = driven(lines, np.array([1, 0, 0]), np.array([False, True, False]))
    assert got.row(0).tolist() == [[5, 5], [6, 6]]
    assert got.row(1).tolist() == [[2, 0], [1, 0], [0, 0]]
    assert got.row(2).tolist() == [[0, 0], [1, 0], [2, 0]]


def test_rows_know_what_they_stand_for() -> None:
    left = (Unserved("s12:B", "street_width", Text("窄", "narrow")), Unserved("ts1", "closed", Text("关", "closed")))
    made = drawn([route("a", "s1", "-s2"), route("b", "s5")], left)
    by_key = {o.key: o for o in made.overlays}
    ids = CITY.layers["streets"].ids
    assert ids[made.streets[ROUTES]].tolist() == ["s1", "s2", "s5"]
    assert (made.rows_of("a").tolist(), made.rows_of("b").tolist(), made.rows_of("c").tolist()) == ([0, 1], [2], [])
    assert ids[made.streets[UNSERVED]].tolist() == ["s12"]
    assert len(by_key[DRIVES].geometry) == 2
    first = CITY.layers["streets"].geometry.row(1)
    assert by_key[ROUTES].geometry.row(1).tolist() == first[::-1].tolist()


def test_a_route_lies_where_it_serves_or_where_it_drives_when_that_has_no_length() -> None:
    to_a_point = replace(route("b", "s5"), legs=tuple(leg for leg in route("b", "s5").legs if leg.kind is LegKind.DRIVE))
    made = drawn([route("a", "s1"), to_a_point], ())
    box = made.bounds_of("a")
    assert box is not None
    assert box == tuple(CITY[Streets].geometry.bounds[CITY[Streets].row_of["s1"]].tolist())
    assert made.bounds_of("b") is not None
    assert made.bounds_of("c") is None
    assert len(with_chosen(made, "b")) > len(with_chosen(made, "c"))


def test_every_kerb_and_pavement_left_is_drawn_on_its_street() -> None:
    left = tuple(Unserved(f"s3:{mark}", "shift_time", Text("超时", "too late")) for mark in SIDES)
    ids = CITY.layers["streets"].ids
    assert ids[drawn([], left).streets[UNSERVED]].tolist() == ["s3"] * len(SIDES)


def test_routes_side_by_side_take_different_colours() -> None:
    made = drawn([route("a", "s1"), route("b", "s2"), route("c", "s3")], ())
    assert len(set(made.colours.values())) == 3


def test_a_chosen_route_stands_out_and_all_come_back() -> None:
    made = drawn([route("a", "s1"), route("b", "s2")], ())
    shown = {o.key: o for o in with_chosen(made, "b")}
    classes = shown[ROUTES].classes
    assert classes is not None
    assert classes[0] == 0
    assert classes[1] > 0
    assert len(shown[CHOSEN].geometry) == 1
    assert CHOSEN not in {o.key for o in with_chosen(made, "")}


def test_what_is_not_served_steps_back_behind_a_chosen_route() -> None:
    left = Unserved("s3:R", "shift", Text("超时", "too late"), amount=10.0, unit="m2")
    made = drawn([route("a", "s1")], (left,))
    plain = {o.key: o.styles for o in with_chosen(made, "")}
    chosen = {o.key: o.styles for o in with_chosen(made, "a")}
    assert plain[UNSERVED] != chosen[UNSERVED]
    assert len(plain[UNSERVED]) == len(chosen[UNSERVED])


def test_a_street_that_is_not_in_the_city_is_left_out() -> None:
    made = drawn([route("a", "nowhere")], ())
    assert made.streets[ROUTES].tolist() == []


def test_overlays_count_routes_and_not_their_legs() -> None:
    made = drawn([route("a", "s1", "s2"), route("b", "s2")], ())
    assert (made.n_routes(ROUTES), made.n_routes(DRIVES), made.n_routes(UNSERVED), made.n_routes("streets")) == (2, 2, 0, 0)
