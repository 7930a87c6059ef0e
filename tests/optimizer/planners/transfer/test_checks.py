"""Plans broken on purpose: the checker names what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from optimizer.changes import ChangeKind
from optimizer.plan import Plan
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
