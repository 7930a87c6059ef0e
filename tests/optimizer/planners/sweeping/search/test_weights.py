"""What is least where all streets are swept: cost, kilometres or the difference between shifts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.network import build
from optimizer.ground.fleet import mover_of
from optimizer.ground.route_sums import span_s
from optimizer.plan import LegKind, Plan
from optimizer.planners.sweeping.day import fleet, kerbs
from optimizer.planners.sweeping.measuring import money
from optimizer.planners.sweeping.measuring.goal import goal_of
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.search.weights import Weights, weights_of
from tests.cities import tiny_city
from tests.optimizer.planners.sweeping.conftest import inventory, plan_of, scenario


def driven_m(plan: Plan) -> float:
    return sum(leg.length_m for r in plan.routes for leg in r.legs if leg.kind is LegKind.DRIVE)


@pytest.mark.parametrize("least", ["cost", "km", "balance"])
def test_all_that_can_be_swept_is_swept_whatever_is_least(least: str) -> None:
    plan = plan_of(scenario(mode="all", least=least))
    assert plan.faults == ()
    assert [u.item for u in plan.unserved] == ["s12:B"]
    # a share of what is to be least, and nothing for the lane, which is out of reach
    assert 0 < plan.objective < 1
    if least == "balance":  # all shifts may be alike: nothing is proven
        assert (plan.bound, plan.gap) == (None, None)
    else:
        assert plan.bound is not None
        assert 0 < plan.bound < plan.objective
    if least == "km":  # 27 kerbs of 0.2 km; see below for what no day exceeds
        assert plan.bound == pytest.approx(27 * 0.2 / (14 * (80 + 25) + 1), rel=1e-6)


def test_least_kilometres_are_no_more_than_those_of_the_quickest_plan() -> None:
    quick, short = plan_of(scenario(work_limit=2000)), plan_of(scenario(mode="all", least="km", work_limit=2000))
    assert driven_m(short) <= driven_m(quick)


def test_the_share_of_each_objective_by_hand() -> None:
    plan = plan_of(scenario())
    base, city = inventory(), tiny_city()
    shares = {}
    for least in ("cost", "km", "balance"):
        params = SweepingParams(mode="all", least=least)
        goal = goal_of(city, kerbs.passes_of(city, params), base, params)
        shares[least] = goal.objective(plan.routes, plan.unserved)
    spans = [span_s(r) for r in plan.routes]
    assert shares["balance"] == pytest.approx((max(spans) - min(spans)) / 25_200)
    # 7 + 7 h of two vehicles at 40 km/h and one at 25 km/h
    km = sum(leg.length_m for r in plan.routes for leg in r.legs) / 1000
    assert shares["km"] == pytest.approx(km / (14 * (80 + 25) + 1), rel=1e-6)
    # fixed costs and wages of both shifts, and all kilometres at the vehicles' top speeds
    wages = 2 * 1.4 * 6500 / (365 / 12)
    small_a_km = 1.0 + 0.9 * 0.75 + 0.025 * 4
    large_a_km = 2.5 + 1.2 * 7.5 + 0.70 * 4
    most = 1 + 2 * (620 + wages + 14 * 40 * large_a_km) + (260 + wages + 14 * 25 * small_a_km)
    assert shares["cost"] == pytest.approx(money.cost_yuan(plan.routes, base) / most, rel=1e-6)


def test_weights_of_a_sweeper_are_its_costs() -> None:
    vehicle = fleet.sweepers(inventory())[0]
    found = weights_of(vehicle, inventory(), SweepingParams(mode="all", least="cost"), 2)
    # 2.5 yuan and 1.2 L at 7.5 yuan a kilometre; half of 620 yuan and the wages of a shift
    assert found.by_m == pytest.approx(2.5 + 1.2 * 7.5)
    wages = 1.4 * 6500 / (365 / 12)
    assert found.out_yuan == pytest.approx(1000 * (310 + wages))
    # a metre counts as half a second, and nothing else
    assert weights_of(vehicle, inventory(), SweepingParams(), 2) == Weights(by_m=5.0)
    assert weights_of(vehicle, inventory(), SweepingParams(mode="all", least="km"), 2).out_yuan == 0


def test_a_network_is_priced_by_the_metre() -> None:
    network = build(tiny_city(), mover_of(fleet.sweepers(inventory())[0]))
    assert Weights().priced(network) is network
    metres = Weights(by_s=0.0, by_m=10.0).priced(network)
    np.testing.assert_allclose(metres.arc_time_s, network.arc_length_m)
    assert not metres.turn_time_s.any()
    np.testing.assert_array_equal(Weights(by_s=10.0, by_m=10.0).cost(np.array([1.0]), np.array([2.0])), [30])


def test_a_shift_that_nobody_gave_costs_nothing_more() -> None:
    night = inventory().shift("night")
    assert Weights().fixed(replace(night, before_s=60.0, after_s=30.0)) == 900
    assert Weights(by_s=1.0, out_yuan=500.0).fixed(replace(night, before_s=60.0, after_s=30.0)) == 590
