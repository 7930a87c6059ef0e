"""Searches that are left and taken up again."""

from __future__ import annotations

import numpy as np

from optimizer.engines.arc_routing.checker import faults
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, Facility, Network, Tasks, VehicleGroup
from optimizer.engines.arc_routing.session import Session
from optimizer.engines.arc_routing.solution import Reason
from optimizer.engines.budget import Budget


def ring(n_streets: int = 6, shift_s: int = 100, n_vehicles: int = 1) -> ArcRoutingProblem:
    """Return a one-way ring whose streets are all to be served, 10 s each; the depot and the dump are at node 0."""
    nodes = np.arange(n_streets, dtype=np.int64)
    onward = np.roll(nodes, -1)
    ten = np.full((n_streets, 2), 10, dtype=np.int64)
    one = np.ones(n_streets, dtype=np.int64)
    both = np.column_stack([nodes, nodes]), np.column_stack([onward, onward])
    tasks = Tasks(both[0], both[1], ten, ten, np.zeros(n_streets, dtype=bool), one[:, None], one + nodes)
    network = Network(n_streets, nodes, onward, 5 * one, 5 * one)
    groups = (VehicleGroup(0, 0, (10,), n_vehicles, shift_s),)
    return ArcRoutingProblem(network, tasks, groups, (Facility(0),), serve_all=False)


def test_a_plan_is_built_and_then_improved_without_getting_worse() -> None:
    session = Session(ring(), 1)
    assert session.build(bool) == ()
    built = session.plan
    assert faults(session.problem, built) == []
    assert session.improve(Budget(20, None, bool), lambda _share, _plan: False) == ()
    assert session.n_steps == 20
    assert session.plan.served == built.served
    # the ring is served in one round: 6 x 10 s
    assert [len(r.stops) for r in session.plan.routes] == [7]


def test_what_there_is_no_time_for_is_told() -> None:
    # with all six streets served the round takes 60 s
    session = Session(ring(shift_s=52), 1)
    session.build(bool)
    missed = session.improve(Budget(200, None, bool), lambda _share, _plan: False)
    assert 0 < len(session.plan.served) < 6
    assert {m.task for m in missed} | session.plan.served == set(range(6))
    assert faults(session.problem, session.plan) == []
    assert {m.reason for m in missed} == {Reason.NO_ROOM}


def test_stopped_at_once_it_has_no_plan_and_says_so() -> None:
    session = Session(ring(), 1)
    missed = session.build(lambda: True)
    assert session.plan.routes == ()
    assert [m.reason for m in missed] == [Reason.NOT_TRIED] * 6


def test_the_caller_can_end_a_search_and_gets_the_plan_so_far() -> None:
    session = Session(ring(), 1)
    session.build(bool)
    shares = []

    def told(share: float, plan: object) -> bool:
        shares.append(share)
        return True

    session.improve(Budget(100_000, None, bool), told)
    assert len(shares) == 1
    assert len(session.plan.served) == 6
