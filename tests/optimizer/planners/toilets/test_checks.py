"""The checker finds what is broken in a plan on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from optimizer.changes import Change, ChangeKind
from optimizer.plan import ExtraLayer, Plan
from optimizer.planners.toilets.checks import faults
from optimizer.scenario import Lock, Scenario
from tests.optimizer.planners.toilets.by_hand import Town, scenario, solved

_TOWN = Town(
    toilets=[
        (0, 0, {"n_women_stalls": 2, "n_men_stalls": 4}),
        (600, 0, {"n_women_stalls": 6, "n_men_stalls": 3, "dry": True}),
    ],
    sites=[(200, 0, 12), (400, 0, 12), (230, 0, 12), (100, 200, 5), (300, -350, 12), (420, 200, 12)],
    people=[(0, 0, 50), (200, 20, 40), (420, 0, 30)],
    crowds=[(230, 10, 100)],
    schools=[(420, 220)],
    homes=[(400, 10)],
)  # fmt: skip
_LOCKS = (Lock("k1", state="open"), Lock("k3", state="closed"))
_ASKED: dict[str, Any] = {"spacing_share": 30.0, "crowd_m": 60.0, "density_least_ratio": 2.0, "built": 0, "n_new_most": 1}
Break = Callable[[Plan], Plan]


@cache
def asked() -> Scenario:
    values = {k: v for k, v in _ASKED.items() if k != "built"}
    return scenario(replace(_TOWN, built_m2=(1_000_000.0, 500_000.0)), _LOCKS, **values)


@cache
def good() -> Plan:
    values = {k: v for k, v in _ASKED.items() if k != "built"}
    return solved(replace(_TOWN, built_m2=(1_000_000.0, 500_000.0)), _LOCKS, **values)


def codes(plan: Plan) -> set[str]:
    return {fault.code for fault in faults(asked(), plan)}


def with_change(item: str, **fields: Any) -> Break:
    def broken(plan: Plan) -> Plan:
        return replace(plan, changes=tuple(replace(c, **fields) if c.item == item else c for c in plan.changes))

    return broken


def without(item: str) -> Break:
    return lambda plan: replace(plan, changes=tuple(c for c in plan.changes if c.item != item))


def adding(item: str, x_m: float, y_m: float) -> Break:
    def broken(plan: Plan) -> Plan:
        like = next(c for c in plan.changes if c.item == "k1")
        more = Change(ChangeKind.BUILD, item, "toilets", like.x_m - 200 + x_m, like.y_m + y_m, year=1)
        return replace(plan, changes=(*plan.changes, more))

    return broken


def with_row(item: str, **values: float) -> Break:
    def broken(plan: Plan) -> Plan:
        layer = plan.extra_layers[0]
        k = layer.values["id"].index(item)
        columns = {
            name: (*column[:k], values.get(name, column[k]), *column[k + 1 :]) for name, column in layer.values.items()
        }
        return replace(plan, extra_layers=(ExtraLayer(layer.name, layer.geometry, columns),))

    return broken


def with_way(who: str, **fields: Any) -> Break:
    def broken(plan: Plan) -> Plan:
        ways = tuple(replace(a, **fields) if a.item == who else a for a in plan.assignments)
        return replace(plan, assignments=ways)

    return broken


def test_the_plan_itself_is_right() -> None:
    assert codes(good()) == set()
    assert {c.item for c in good().changes} >= {"k1", "t1", "t2"}


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("unknown", adding("k99", 0, 0)),
        ("twice", lambda plan: replace(plan, changes=(*plan.changes, plan.changes[0]))),
        ("wrong_place", with_change("k1", x_m=0.0)),
        ("wrong_year", with_change("k1", year=2)),
        ("spacing", adding("k3", 230, 0)),
        ("off_network", adding("k5", 300, -350)),
        ("too_close", adding("k6", 420, 200)),
        ("lock_broken", adding("k3", 230, 0)),
        ("lock_broken", without("k1")),
        ("land", adding("k4", 100, 200)),
        ("wrong_class", with_row("k1", **{"class": 3.0})),
        ("closed_unasked", with_change("t2", kind=ChangeKind.CLOSE)),
        ("dry_left", without("t2")),
        ("not_listed", without("k1")),
        ("ratio", with_row("k1", women=2.0)),
        ("not_whole", with_row("k1", women=4.5)),
        ("wrong_size", with_change("k1", size=99.0)),
        ("no_room", with_row("k1", women=80.0)),
        ("wrong_cost", with_change("k1", cost_yuan=1.0)),
        ("wrong_wait", with_row("k1", wait_women_s=1000.0)),
        ("closed_serves", with_way("p1", server="k2")),
        ("not_nearest", with_way("p1", server="t2")),
        ("wrong_distance", with_way("p1", distance_m=77.0)),
        ("wrong_amount", with_way("p1", amount=1.0)),
        ("not_assigned", lambda plan: replace(plan, assignments=plan.assignments[1:])),
        ("unknown", with_way("p1", item="p99")),
        ("quota_not_told", lambda plan: replace(plan, verdicts=())),
        ("wrong_objective", lambda plan: replace(plan, objective=plan.objective - 5)),
    ],
)  # fmt: skip
def test_a_broken_plan_is_told(code: str, broken: Break) -> None:
    assert code in codes(broken(good()))


def test_more_than_the_density_allows_is_told() -> None:
    town = Town(sites=[(20, 0, 10), (180, 0, 10)], built_m2=(200_000.0, 1.0), people=[(0, 0, 9), (200, 0, 8)])
    question = scenario(town, density_most_ratio=5.0, near_m=50.0, far_m=60.0, crowd_m=60.0)
    plan = solved(town, density_most_ratio=5.0, near_m=50.0, far_m=60.0, crowd_m=60.0)
    first = plan.changes[0]
    more = replace(plan, changes=(first, replace(first, item="k2", x_m=first.x_m + 160)))
    assert "density_most" in {f.code for f in faults(question, more)}


def test_more_than_the_budget_is_told() -> None:
    town = Town(sites=[(0, 0, 10)])
    plan = solved(town)
    assert "over_budget" in {f.code for f in faults(scenario(town, budget_yuan=1000.0), plan)}
