"""Answers of the parts, put together."""

from __future__ import annotations

from optimizer.engines.vehicle_routing import RoutePlan
from optimizer.monitor import Silent
from optimizer.plan import Outcome
from optimizer.planners.collection.night.reading import night_of
from optimizer.planners.collection.problem import CollectionProblem
from optimizer.planners.collection.search.board import CollectionBoard, falls_short
from optimizer.planners.collection.search.dealing import deal
from optimizer.planners.collection.search.parts import parts_of
from optimizer.planners.collection.search.unit import unit_of
from tests.optimizer.planners.collection.by_hand import ONE_POINT, asked, plan_of, route
from tests.optimizer.planners.collection.conftest import inventory, scenario


def one_part(mode: str) -> CollectionProblem:
    night = night_of(scenario(fleet=inventory(sealed_3t=1), streams="other", mode=mode))
    parts = parts_of(night, night.rounds[0].shift)
    unit = unit_of(night, parts[0], deal(night, parts, {})[0], {})
    return CollectionProblem(night, (unit,), (), {}, (), (None,))


def outcomes(mode: str) -> list[Outcome]:
    """Return how a run ends that collects nothing, by itself and where somebody stopped it."""
    board = CollectionBoard(one_part(mode), Silent())
    board.note(0, RoutePlan())
    return [board.draft(outcome).outcome for outcome in (Outcome.FEASIBLE, Outcome.STOPPED)]


def test_who_asks_for_all_and_is_left_with_something_is_told() -> None:
    assert outcomes("all") == [Outcome.INFEASIBLE, Outcome.STOPPED]


def test_what_is_left_within_reach_counts_where_all_is_asked_for() -> None:
    plan = plan_of(asked(), route(*ONE_POINT))
    assert plan.unserved
    assert [falls_short(mode, plan.routes, plan.unserved) for mode in ("night", "all", "fleet")] == [False, True, True]
    assert not falls_short("all", plan.routes, ())
