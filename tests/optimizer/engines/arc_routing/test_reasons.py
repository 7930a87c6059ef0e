"""Bad input is named before solving, with index and figure, and the rest is planned all the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.errors import InputError
from optimizer.engines.arc_routing import (
    ArcRoutingProblem,
    Break,
    Facility,
    FaultKind,
    Limits,
    Lock,
    Profile,
    Reason,
    Terms,
    Unserved,
    VehicleGroup,
    faults,
    solve,
)
from optimizer.engines.arc_routing.reasons import hopeless, told
from tests.optimizer.engines.cases import network_of, tasks_of

# A star whose streets are 10, 20, 30, 40, 50, 60 long, with a seventh that no street joins to it.
STREETS = (*((0, v, 10 * v) for v in range(1, 7)), (7, 8, 10))
ALWAYS = (0, 1 << 40)


def bad() -> ArcRoutingProblem:
    """Return a problem in which only the first street can be served."""
    windows = np.array([[ALWAYS]] * 7, dtype=np.int64)
    windows[3] = (0, 35)  # 40 long, so 5 late
    demand = [1, 1, 9, 1, 1, 1, 1]  # the third uses 4 more than a vehicle holds
    allowed = [[True, True]] * 7
    allowed[1] = [False, False]
    tasks = replace(tasks_of(STREETS, demand=demand, allowed=allowed), windows_s=windows)
    groups = (VehicleGroup(0, 0, (5,), shift_s=105), VehicleGroup(0, 0, (0,), 1))
    return ArcRoutingProblem(network_of(9, STREETS), tasks, groups, locks=(Lock(4, 1),))


@pytest.mark.uncompiled
def test_every_task_that_no_plan_can_serve_is_named_before_solving() -> None:
    problem = bad()
    found = hopeless(problem)
    assert found == (
        Unserved(1, Reason.NO_GROUP),
        Unserved(2, Reason.NO_CAPACITY, 4),
        Unserved(3, Reason.NO_WINDOW, 5),
        Unserved(4, Reason.NO_LOCKED),  # 50 long: 100 would do in the other group
        Unserved(5, Reason.NO_SHIFT, 15),  # 60 out and back, a shift has 105
        Unserved(6, Reason.NO_WAY),
    )
    result = solve(problem, limits=Limits(work_limit=20))
    assert result.unserved == found
    assert result.plan.served == {0}
    assert {fault.kind for fault in faults(problem, result.plan)} == {FaultKind.LEFT_OUT}


def test_reasons_are_told_with_their_figures_in_both_languages() -> None:
    lines = [told(one) for one in (*hopeless(bad()), Unserved(0, Reason.NO_ROOM))]
    assert all(line.zh.startswith("任务") for line in lines)
    assert "4 more of resource 0" in lines[1].en
    assert "missed by 5 s" in lines[2].en
    assert "15 s longer than a shift" in lines[4].en


def test_what_cannot_be_meant_is_refused_with_index_and_figure() -> None:
    problem = bad()
    tasks = replace(problem.tasks, cost=problem.tasks.cost - 15, time_s=-problem.tasks.time_s)
    group = replace(problem.groups[0], capacity=(5, 5), profile=2, breaks=(Break(-1, 50, 60), Break(5, 40, 30)))
    facilities = (Facility(0, resets=(False,)), Facility(0, resets=(True, True)), Facility(0, open_s=((9, 8),)))
    seen = Profile(network_of(3, ()), tasks.entry, tasks.exit, tasks.cost, tasks.time_s)
    terms = Terms(balance=-1, change=2)
    with pytest.raises(InputError) as error:
        ArcRoutingProblem(problem.network, tasks, (group, group), facilities, profiles=(seen,), terms=terms)
    for part in (
        "tasks: cost of task 0 is -5, which is negative",
        "tasks: time_s of task 0 is -10, which is negative",
        "groups[0]: capacity has 2 entries, one for each of 1 resources",
        "groups[0]: profile is 2, 0..1 is expected",
        "groups[0]: breaks[0]: duration_s is -1",
        "groups[0]: breaks[1]: latest_s is 30, at least 40 is expected",
        "groups[0]: breaks[1]: is to be taken before breaks[0]",
        "facilities[0]: resets no resource",
        "facilities[1]: resets has 2 entries",
        "facilities[2]: open_s[0] ends at 8, before it begins at 9",
        "profiles[0]: has 3 nodes, the problem has 9",
        "terms: balance is -1",
        "terms: change is 2, but no earlier plan is given",
    ):
        assert part in str(error.value)


def test_shapes_of_demand_and_windows_are_looked_at() -> None:
    problem = bad()
    with pytest.raises(InputError, match=r"demand has shape \(7,\), \(n_tasks, n_resources\) is expected"):
        replace(problem, tasks=replace(problem.tasks, demand=np.ones(7, dtype=np.int64)))
    with pytest.raises(InputError, match="windows_s has the wrong shape"):
        replace(problem, tasks=replace(problem.tasks, windows_s=np.zeros((7, 2), dtype=np.int64)))
