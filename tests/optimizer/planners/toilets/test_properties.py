"""What holds in every town: more places and longer reach never reach fewer, a closed toilet serves nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.plan import Outcome, Plan
from optimizer.scenario import Lock
from tests.optimizer.planners.toilets.by_hand import Town, solved

_X = st.sampled_from(list(range(0, 601, 50)))
_PLACE = st.tuples(_X, st.sampled_from([0, 200]))
_PEOPLE = st.lists(st.tuples(_X, st.sampled_from([0, 10, 190, 200]), st.integers(1, 500)), min_size=1, max_size=8)
_SITES = st.lists(_PLACE, min_size=2, max_size=6, unique=True)
_FEW = settings(max_examples=8, deadline=None, derandomize=True)
_REACH: dict[str, Any] = {"near_m": 100.0, "far_m": 200.0, "crowd_m": 100.0, "n_new_most": 2}


def town(people: list[tuple[int, int, int]], sites: list[tuple[int, int]]) -> Town:
    return Town(people=[(float(x), float(y), float(n)) for x, y, n in people], sites=[(x, y, 10.0) for x, y in sites])


def points(plan: Plan) -> float:
    assert plan.outcome is Outcome.OPTIMAL
    return -plan.objective


@_FEW
@given(_PEOPLE, _SITES)
def test_one_more_place_never_reaches_fewer(people: list[tuple[int, int, int]], sites: list[tuple[int, int]]) -> None:
    assert points(solved(town(people, sites), **_REACH)) >= points(solved(town(people, sites[:-1]), **_REACH))


@_FEW
@given(_PEOPLE, _SITES)
def test_a_longer_reach_never_reaches_fewer(people: list[tuple[int, int, int]], sites: list[tuple[int, int]]) -> None:
    longer = {**_REACH, "near_m": 150.0, "far_m": 300.0}
    assert points(solved(town(people, sites), **longer)) >= points(solved(town(people, sites), **_REACH))


@_FEW
@given(_PEOPLE, _SITES)
def test_a_closed_toilet_serves_nobody(people: list[tuple[int, int, int]], sites: list[tuple[int, int]]) -> None:
    stands = {"n_women_stalls": 6, "n_men_stalls": 3}
    there = replace(town(people, sites[1:]), toilets=[(*sites[0], stands)])
    plan = solved(there, (Lock("t1", state="closed"),), **_REACH)
    assert "t1" not in {a.server for a in plan.assignments}
