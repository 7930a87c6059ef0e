from __future__ import annotations

from layers.kinds.streets import Streets
from optimizer.plan import Leg, LegKind, Route
from optimizer.sketch import sketch
from tests.cities import tiny_city
from tests.optimizer.toy_sites import planned

STREETS = tiny_city()[Streets]


def route(key: str, *legs: Leg) -> Route:
    return Route(key, key, "toy", "depot1", "night", legs)


def test_a_sketch_holds_each_street_driven_in_order() -> None:
    first = route("a", Leg(LegKind.DRIVE, 0, 1, 1.0, ("s7", "-s2")), Leg(LegKind.SERVE, 1, 2, 1.0, ("s1",), "s1:R"))
    second = route("b", Leg(LegKind.SERVE, 0, 1, 1.0, ("-s5",), "s5:L"), Leg(LegKind.UNLOAD, 1, 2))
    drawn = sketch([first, second], STREETS)
    assert drawn.routes == ("a", "b")
    assert STREETS.ids[drawn.street].tolist() == ["s7", "s2", "s1", "s5"]
    assert drawn.route.tolist() == [0, 0, 0, 1]
    assert drawn.reverse.tolist() == [False, True, False, True]
    assert drawn.served.tolist() == [False, False, True, True]


def test_a_street_that_the_city_does_not_have_is_left_out() -> None:
    drawn = sketch([route("a", Leg(LegKind.DRIVE, 0, 1, 1.0, ("nowhere", "-nowhere", "s1")))], STREETS)
    assert STREETS.ids[drawn.street].tolist() == ["s1"]


def test_no_routes_make_an_empty_sketch() -> None:
    assert len(sketch([], STREETS)) == 0


def test_changes_travel_with_the_sketch() -> None:
    changes = planned()[1].changes
    assert sketch((), STREETS, changes).changes == changes
