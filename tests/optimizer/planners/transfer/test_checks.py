"""Plans broken on purpose: the checker names what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.city import City
from layers.geometry import Geometry
from layers.kinds.streets import Oneway, RoadClass, Streets
from layers.network import Mover, Network, TurnCosts, build
from optimizer.changes import ChangeKind
from optimizer.plan import Plan
from optimizer.planners.transfer.checking.ways import lengths_to_m
from optimizer.planners.transfer.checks import faults, recheck
from tests.optimizer.planners.transfer.conftest import asked, plain_plan, planned, standing, town, with_change

Spoil = Callable[[Plan], Plan]


def _first(plan: Plan, **fields: object) -> Plan:
    return replace(plan, assignments=(replace(plan.assignments[0], **fields), *plan.assignments[1:]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("unknown_site", lambda p: with_change(p, item="k9")),
        ("changed_twice", lambda p: replace(p, changes=(*p.changes, p.changes[0]))),
        ("wrong_kind", lambda p: with_change(p, kind=ChangeKind.REBUILD)),
        ("too_small", lambda p: with_change(p, size=25.0)),
        ("code_broken", lambda p: with_change(p, size=200.0)),  # class III takes 4,000 m2, the lot has 1,600
        ("wrong_cost", lambda p: with_change(p, cost_yuan=1.0)),
        ("overloaded", lambda p: _first(p, server="k1")),
        ("not_open", lambda p: replace(p, changes=p.changes[1:])),
        ("not_once", lambda p: replace(p, assignments=p.assignments[1:])),
        ("not_once", lambda p: replace(p, assignments=(p.assignments[0], *p.assignments))),
        ("wrong_amount", lambda p: _first(p, amount=19.0)),
        ("no_waste", lambda p: _first(p, item="w0:FOOD")),
        ("not_sent_on", lambda p: replace(p, assignments=p.assignments[:-1])),
        ("too_short", lambda p: _first(p, server="k1", distance_m=10.0)),
        ("wrong_objective", lambda p: replace(p, objective=p.objective + 100.0)),
    ],
)
def test_a_broken_plan_is_named(code: str, spoil: Spoil) -> None:
    scenario, plan = plain_plan()
    assert code in {f.code for f in faults(scenario, spoil(plan))}


def test_a_sound_plan_has_no_faults_and_its_ways_are_found_again() -> None:
    scenario, plan = plain_plan()
    assert faults(scenario, plan) == ()
    assert recheck(scenario, plan) == ()


def test_a_way_of_another_length_is_named() -> None:
    scenario, plan = plain_plan()
    assert [f.code for f in recheck(scenario, _first(plan, distance_m=2000.0))] == ["wrong_distance"]


def test_a_number_that_could_be_reached_is_missed() -> None:
    wanted: dict[str, Any] = {"targets": "must", "n_central": 2, "n_compacting": 0, "centre_t_day": 0.0}
    one = planned(haul_yuan_t_km=0.01)
    assert "quota_missed" in {f.code for f in faults(asked(**wanted, haul_yuan_t_km=0.01), one)}


def test_a_worn_station_may_not_stay_as_it_is() -> None:
    from layers.kinds.facilities import StationState

    sound = planned(town(stations=standing()), haul_yuan_t_km=0.01)
    worn = asked(town(stations=standing(StationState.TO_REBUILD)), haul_yuan_t_km=0.01)
    assert "left_as_it_is" in {f.code for f in faults(worn, sound)}


def two_ways_round() -> tuple[Network, Streets]:
    """Return a street of 100 m, two ways on from its end, of 1,000 m and of 1,100 m at a tenth more speed, and 100 m."""
    lines = [[(0, 0), (100, 0)], [(100, 0), (1100, 0)], [(100, 0), (600, -225), (1100, 0)], [(1100, 0), (1200, 0)]]
    n = len(lines)
    streets = Streets(
        ids=np.array([f"s{k}" for k in range(n)]), geometry=Geometry.lines(lines),
        from_junction=np.array(["a", "b", "b", "c"]), to_junction=np.array(["b", "c", "c", "d"]),
        length_m=np.array([100.0, 1000.0, 1100.0, 100.0]), width_m=np.full(n, 10.0),
        speed_mps=np.array([8.0, 8.0, 8.7, 8.0]), oneway=np.full(n, Oneway.BOTH, dtype=np.int8),
        road_class=np.full(n, RoadClass.SECONDARY, dtype=np.int8), n_lanes=np.full(n, 2),
    )  # fmt: skip
    city = City("环", 4549, layers={streets.KIND: streets})
    return build(city, Mover("车", 20.0, 2.0, 3.0, 5000.0, 3.0), turn_costs=TurnCosts(0, 0, 0, 0)), streets


def test_of_ways_that_are_equally_fast_either_length_is_right() -> None:
    """One way round is a little slower and a tenth longer: within two seconds a kilometre it counts as just as fast."""
    network, streets = two_ways_round()
    origin, target = np.array([[0.0, 0.0]]), np.array([1200.0, 0.0])
    lengths_m = [float(lengths_to_m(network, streets, origin, target, per_m_s=tilt)[0]) for tilt in (0.02, 0.0, -0.02)]
    np.testing.assert_allclose(lengths_m, [1200.0, 1200.0, 1300.0])
