"""Rests of shifts, and what fits into them, water told in: on the tiny city, with routes made up by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.monitor import Silent
from optimizer.plan import Leg, LegKind, Route
from optimizer.planners.sweeping.explaining.rests import rests_of
from optimizer.planners.sweeping.explaining.spare_time import Question, fitting
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.problem import prepare
from resources.inventory import Inventory
from tests.optimizer.planners.sweeping.conftest import inventory, scenario

# A wash-sweeper sprays 0.7 L by the metre: a tank of 700 L lasts 1,000 m. A kerb of 200 m takes 0.7 L/m x 200 m = 140 L.
TANK_M = 1000.0


def fleet(n_large: int = 1) -> Inventory:
    return inventory(n_large=n_large, n_small=0, tank_l=700.0)


@pytest.fixture(scope="module")
def question() -> Question:
    found = prepare(scenario(fleet=fleet(), shifts="night"), Silent()).question
    assert found is not None
    return found


def route(idle_min: float, *legs: tuple[LegKind, float], number: int = 1) -> Route:
    """Return a route of one sweeper that comes back so long before the end of its night, legs with their metres."""
    night = fleet().shift("night")
    end_s = night.end_s - night.after_s - night.break_s - idle_min * 60
    begin_s = night.start_s + night.before_s
    laid = tuple(Leg(kind, begin_s, end_s if k == len(legs) - 1 else begin_s, m) for k, (kind, m) in enumerate(legs))
    return Route(f"r{number}", f"18 吨洗扫车 {number:02d}", "sweeper", "depot1", "night", laid)


def fits(question: Question, *routes: Route) -> bool:
    at, _ = fitting(question, routes, np.array([question.passes.row_of["s1:R"]]))
    return bool(at[0] >= 0)


def test_a_vehicle_with_an_empty_tank_must_fill_up_first(question: Question) -> None:
    # s1:R alone takes 16 to 17 min and 3 min of margin; 15 min more for a refill, and the way by wp1, a minute or two
    swept, half = (LegKind.SERVE, TANK_M), (LegKind.SERVE, TANK_M / 2)
    assert fits(question, route(25, half))
    assert not fits(question, route(25, swept))
    assert fits(question, route(40, swept))
    # filled up after 500 m, and 100 m are left
    assert not fits(question, route(25, half, (LegKind.REFILL, 0.0), (LegKind.SERVE, 900.0)))
    assert fits(question, route(25, half, (LegKind.REFILL, 0.0), half))


def test_without_a_way_to_water_nothing_fits_an_empty_tank(question: Question) -> None:
    view = question.outings[0][0]
    assert view is not None
    none = np.zeros(0, dtype=np.int64)
    dry = replace(view, water=(), water_arc=none, water_s=none.astype(float), fill_s=none.astype(float))
    asked = replace(question, outings=((dry,),))
    assert not fits(asked, route(400, (LegKind.SERVE, TANK_M)))
    assert fits(asked, route(400, (LegKind.SERVE, TANK_M / 2)))


def test_an_outing_by_the_water_point_by_hand(question: Question) -> None:
    view = question.outings[0][0]
    assert view is not None
    row = np.array([question.passes.row_of["s1:R"]])
    # wp1 lies 310 m along row 1: there in 31 s, 15 min, 490 m on to D1 and round by row 2 to A1 again, where s1 begins
    longer_s = view.alone_s("depot1", row, refilled=True)[0] - view.alone_s("depot1", row)[0]
    assert view.fill_s.tolist() == [900.0]
    assert 900 + 62 <= longer_s <= 900 + 62 + 150
    assert view.alone_s("nowhere", row, refilled=True)[0] == np.inf


def test_a_shorter_rest_counts_where_more_water_is_left(question: Question) -> None:
    late, early = route(30, (LegKind.SERVE, 200.0)), route(60, (LegKind.SERVE, 900.0), number=2)
    later = route(20, (LegKind.SERVE, 500.0), number=3)
    params = question.params
    assert isinstance(params, SweepingParams)
    rests = rests_of((late, early, later), fleet(3), params)
    assert [(r.name, round(r.left_m, 6)) for r in rests if r.name] == [(early.vehicle, 100.0), (late.vehicle, 800.0)]
    # the longer rest has no water for s1:R, and in the shorter one it fits without a refill
    empty = route(30, (LegKind.SERVE, TANK_M), number=2)
    assert fits(question, empty, route(25, (LegKind.SERVE, 0.0)))
