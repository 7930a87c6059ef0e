"""Locks: a pass that is locked to a vehicle is swept by it, or told as left for its lock."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers.errors import InputError
from layers.kinds.streets import Streets
from optimizer.plan import LegKind, Plan
from optimizer.planners.sweeping.day import kerbs
from optimizer.planners.sweeping.day.locks import Locks
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.run import faults_of
from optimizer.scenario import Lock, Scenario
from resources.inventory import Inventory
from tests.cities import tiny_city
from tests.optimizer.planners.sweeping.conftest import inventory, plan_of, scenario, with_streets


def by_vehicle(plan: Plan) -> dict[str, str]:
    """Return who sweeps each pass."""
    return {leg.item: r.vehicle for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE}


def names(of: Inventory, kind: str) -> str:
    """Return the label of a type."""
    return next(v.label.zh for v in of.vehicle_types if v.key == kind)


def test_passes_are_swept_by_the_vehicles_that_they_are_locked_to() -> None:
    asked = scenario(work_limit=100)
    large, small = (names(asked.inventory, kind) for kind in ("sweeper", "small_sweeper"))
    # by itself the plan gives main roads to full-size sweepers
    locks = (Lock("s1:R", f"{large} 02"), Lock("s2:L", f"{large} 01"), Lock("s3:R", f"{small} 01"))
    plan = plan_of(replace(asked, locks=locks))
    swept = by_vehicle(plan)
    assert [swept[lock.item] for lock in locks] == [lock.vehicle for lock in locks]
    assert plan.faults == ()
    assert len(swept) == 27


def test_a_vehicle_with_passes_of_its_own_keeps_its_number_and_its_second_shift() -> None:
    asked = scenario(work_limit=100)
    large = names(asked.inventory, "sweeper")
    locks = tuple(Lock(item, f"{large} 02") for item in ("s1:R", "s1:R#2"))
    plan = plan_of(replace(asked, locks=locks))
    assert {by_vehicle(plan)[lock.item] for lock in locks} == {f"{large} 02"}
    assert {r.vehicle for r in plan.routes} <= {
        f"{large} 01",
        f"{large} 02",
        f"{names(asked.inventory, 'small_sweeper')} 01",
    }
    assert plan.faults == ()


def test_a_lock_to_a_vehicle_that_may_not_sweep_there_is_told_with_the_way_out() -> None:
    asked = scenario(work_limit=50)
    vehicle = f"{names(asked.inventory, 'sweeper')} 01"
    # a back street is for small sweepers alone
    plan = plan_of(replace(asked, locks=(Lock("s11:B", vehicle),)))
    (told,) = [u for u in plan.unserved if u.item == "s11:B"]
    assert told.binding == "lock"
    assert vehicle in told.reason.zh
    assert told.smallest_change is not None
    assert plan.faults == ()


def test_a_closed_street_is_told_as_closed_whoever_it_is_locked_to() -> None:
    closed = tiny_city()[Streets].closed.copy()
    closed[0] = True
    asked = replace(scenario(work_limit=10), city=with_streets(closed=closed))
    plan = plan_of(replace(asked, locks=(Lock("s1:R", f"{names(asked.inventory, 'sweeper')} 01"),)))
    assert {u.binding for u in plan.unserved if u.item == "s1:R"} == {"closed"}


def test_the_checker_sees_a_lock_that_is_not_kept_and_one_that_is_not_there(solved: tuple[Scenario, Plan]) -> None:
    asked, plan = solved
    item, vehicle = next(iter(by_vehicle(plan).items()))
    other = next(r.vehicle for r in plan.routes if r.vehicle != vehicle)
    broken = replace(asked, locks=(Lock(item, other),))
    assert "lock_broken" in {f.code for f in faults_of(broken, plan)}
    (lane,) = plan.unserved
    blamed = replace(plan, unserved=(replace(lane, binding="lock"),))
    assert "wrong_reason" in {f.code for f in faults_of(asked, blamed)}


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        (Lock("s99:R", "扫路车 01"), "'s99:R' is no pass"),
        (Lock("s1:R", "扫路车 77"), "'扫路车 77', which is not in service"),
        (Lock("s1:R", "扫路车 01", position=3), "place 4"),
    ],
)
def test_a_lock_that_nothing_can_keep_is_named(lock: Lock, expected: str) -> None:
    offered = inventory()
    passes = kerbs.passes_of(tiny_city(), SweepingParams())
    with pytest.raises(InputError, match="lock") as caught:
        Locks.of([lock], passes, [(v, 2) for v in offered.vehicle_types])
    assert expected in caught.value.text.en


def test_numbers_are_parted_round_those_with_passes_of_their_own() -> None:
    locks = Locks({4: ("a", 3), 7: ("a", 4), 9: ("b", 1)}, {})
    assert locks.parted("a", 0, 6) == [range(1, 3), range(3, 4), range(4, 5), range(5, 7)]
    assert locks.parted("a", 4, 2) == [range(5, 7)]
    assert locks.parted("c", 0, 2) == [range(1, 3)]
