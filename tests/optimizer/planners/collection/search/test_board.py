"""Answers of the parts, put together."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from optimizer.engines.vehicle_routing import RoutePlan
from optimizer.monitor import Silent
from optimizer.plan import Outcome
from optimizer.planners.collection.night.reading import night_of
from optimizer.planners.collection.problem import CollectionProblem
from optimizer.planners.collection.search.board import Board, falls_short
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
    board = Board(one_part(mode), Silent())
    board.note(0, RoutePlan())
    return [board.draft(outcome).outcome for outcome in (Outcome.FEASIBLE, Outcome.STOPPED)]


def test_who_asks_for_all_and_is_left_with_something_is_told() -> None:
    assert outcomes("all") == [Outcome.INFEASIBLE, Outcome.STOPPED]


def test_what_is_left_within_reach_counts_where_all_is_asked_for() -> None:
    plan = plan_of(asked(), route(*ONE_POINT))
    assert plan.unserved
    assert [falls_short(mode, plan.routes, plan.unserved) for mode in ("night", "all", "fleet")] == [False, True, True]
    assert not falls_short("all", plan.routes, ())


class Busy(Silent):
    """Count how often a report begins while another one is being written."""

    def __init__(self) -> None:
        self.n_at_once = 0
        self.most_at_once = 0

    def report(self, *_said: object, **_more: object) -> None:
        self.n_at_once += 1
        self.most_at_once = max(self.most_at_once, self.n_at_once)
        time.sleep(0.01)
        self.n_at_once -= 1


def test_parts_that_are_searched_side_by_side_tell_one_after_the_other() -> None:
    # Messages that two threads write into one pipe at once cannot be read at its end.
    problem, monitor = one_part("night"), Busy()
    board = Board(problem, monitor)
    with ThreadPoolExecutor(max_workers=4) as pool:
        for job in [pool.submit(board.progress, 0, share / 20) for share in range(20)]:
            job.result()
    assert monitor.most_at_once == 1
