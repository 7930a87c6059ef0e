"""Everything that can be clicked on has an answer with figures."""

from __future__ import annotations

from functools import cache

import pytest

from optimizer.monitor import Silent
from optimizer.names import place_item
from optimizer.plan import Plan
from optimizer.planners.toilets.explaining.why import explain
from optimizer.planners.toilets.problem import ToiletsProblem, prepare
from tests.cities import X0_M, Y0_M
from tests.optimizer.planners.toilets.by_hand import Town, scenario, solved

_TOWN = Town(
    toilets=[(0, 0, {"n_women_stalls": 2, "n_men_stalls": 4})],
    sites=[(400, 0, 10), (600, 0, 10), (100, 0, 5)],
    people=[(0, 0, 50), (400, 20, 40), (600, 200, 10)],
)  # fmt: skip


@cache
def case() -> tuple[ToiletsProblem, Plan]:
    return prepare(scenario(_TOWN, n_new_most=1), Silent()), solved(_TOWN, n_new_most=1)


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("t1", "5 stalls for women, 3 for men"),
        ("k2", "50 people go there"),
        ("k1", "it would lose"),
        ("k3", "25 m2 of land, a toilet of class 2 takes 80 m2"),
        ("p1", "50 people, 0 m to the nearest toilet, t1"),
        ("p3", "200 m to the nearest toilet, k2"),
        ("甲区", "toilets 1, wanted 0"),
        (place_item(X0_M + 300, Y0_M), "300 m to the nearest toilet, "),
        (place_item(X0_M, Y0_M - 900), "900 m from a street that is walked"),
        ("zz", "the plan has nothing to say of 'zz'"),
    ],
)
def test_it_is_said_why(item: str, told: str) -> None:
    problem, plan = case()
    assert told in explain(problem, plan, item).en
