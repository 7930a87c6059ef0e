"""What routes come to, by hand."""

from __future__ import annotations

from optimizer.ground.route_sums import route_m, span_s
from optimizer.plan import Leg, LegKind, Route


def test_a_route_lasts_from_leaving_to_the_end_and_is_as_long_as_its_legs() -> None:
    legs = (Leg(LegKind.DRIVE, 100.0, 160.0, length_m=400.0), Leg(LegKind.WAIT, 200.0, 260.0))
    route = Route("r", "v", "t", "d", "s", legs)
    assert (span_s(route), route_m(route)) == (160.0, 400.0)


def test_a_route_without_legs_comes_to_nothing() -> None:
    route = Route("r", "v", "t", "d", "s", ())
    assert (span_s(route), route_m(route)) == (0.0, 0.0)
