"""Time windows, opening hours, breaks: one case each that a person can check, and the checker against each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.engines.arc_routing import (
    ArcRoutingProblem,
    Break,
    Facility,
    FaultKind,
    Limits,
    RoutePlan,
    Stop,
    StopKind,
    VehicleGroup,
    VehicleRoute,
    faults,
    schedules,
    solve,
)
from tests.optimizer.engines.cases import STAR, network_of, serve, solved, tasks_of

ALWAYS = (0, 1 << 40)
# A shift that begins at 100 on the clock.
GROUP = VehicleGroup(0, 0, (9,), n_vehicles=1, start_s=100)


def problem_of(
    windows: list[tuple[int, int]] | None = None, group: VehicleGroup = GROUP, facilities: tuple[Facility, ...] = ()
) -> ArcRoutingProblem:
    """Return the star, streets of 10, 20, 30, 40 out of its middle, with one window a street."""
    tasks = tasks_of(STAR)
    if windows is not None:
        tasks = replace(tasks, windows_s=np.array(windows, dtype=np.int64)[:, None])
    return ArcRoutingProblem(network_of(5, STAR), tasks, (group,), facilities)


def kinds(problem: ArcRoutingProblem, *stops: Stop) -> set[FaultKind]:
    return {fault.kind for fault in faults(replace(problem, serve_all=False), RoutePlan((VehicleRoute(0, stops),)))}


REST = (Stop(StopKind.BREAK, 0),)
DUMP = (Stop(StopKind.FACILITY, 0),)


@pytest.mark.uncompiled
def test_windows_set_the_order() -> None:
    # The streets of 40, 30, 20, 10 in this order, each as early as it can be: 100-140, 180-210, 240-260, 280-290.
    problem = problem_of([(280, 290), (240, 260), (180, 210), (100, 140)])
    result = solved(problem)
    assert result.plan.routes[0].tasks == (3, 2, 1, 0)
    assert result.cost == 200


@pytest.mark.uncompiled
def test_a_vehicle_waits_for_a_window() -> None:
    # The last street is open 500-540 and the shift ends at 540: the other three take 120, then the vehicle drives to the
    # street's far end, waits till 500 and serves it on the way back.
    problem = problem_of([ALWAYS, ALWAYS, ALWAYS, (500, 540)], replace(GROUP, shift_s=440))
    (route,) = solved(problem).plan.routes
    (schedule,) = schedules(problem, RoutePlan((route,)))
    assert schedule is not None
    assert (schedule.stops[-1].begin_s, schedule.back_s, schedule.measure.time_s) == (500, 540, 440)


@pytest.mark.uncompiled
def test_what_the_windows_exclude_is_left_out_and_told() -> None:
    # The street of 40 closes at 135: served 100-140 it is 5 late whatever is done.
    result = solve(problem_of([ALWAYS, ALWAYS, ALWAYS, (0, 135)]), limits=Limits(work_limit=50))
    assert [(one.task, one.reason.name, one.missing) for one in result.unserved] == [(3, "NO_WINDOW", 5)]


@pytest.mark.uncompiled
def test_a_street_between_peaks_is_served_in_its_second_window() -> None:
    # Too short a window first, 100-130, then from 300: served 300-340.
    windows = np.array([[ALWAYS, (0, -1)], [ALWAYS, (0, -1)], [ALWAYS, (0, -1)], [(100, 130), (300, 400)]], dtype=np.int64)
    problem = problem_of()
    problem = replace(problem, tasks=replace(problem.tasks, windows_s=windows))
    (route,) = solved(problem).plan.routes
    (schedule,) = schedules(problem, RoutePlan((route,)))
    assert schedule is not None
    times = dict(zip(route.tasks, schedule.stops, strict=True))
    assert times[3].begin_s >= 300
    assert times[3].end_s <= 400


@pytest.mark.uncompiled
def test_a_dump_is_visited_while_it_is_open() -> None:
    # Hopper for 2 streets, dump at the depot, open 200-210 and 400-500. To be back at 405 the first trip must take 100: the
    # streets of 40 and 10, or of 30 and 20. The other ends at 305 and waits.
    group = replace(GROUP, capacity=(2,), shift_s=305)
    dump = Facility(0, visit_s=5, open_s=((200, 210), (400, 500)))
    problem = problem_of(group=group, facilities=(dump,))
    result = solved(problem)
    (schedule,) = schedules(problem, result.plan)
    assert schedule is not None
    stops = result.plan.routes[0].stops
    begun = [t.begin_s for stop, t in zip(stops, schedule.stops, strict=True) if stop.kind is StopKind.FACILITY]
    assert begun == [200, 400]
    assert result.cost == 200


@pytest.mark.uncompiled
def test_a_break_is_taken_within_its_window() -> None:
    # All four streets take 200 from 100 on; a rest of 30 is to begin between 150 and 170, so it is taken after a street, and
    # the vehicle is back at 330.
    group = replace(GROUP, breaks=(Break(30, 150, 170),))
    problem = problem_of(group=group)
    result = solved(problem)
    (schedule,) = schedules(problem, result.plan)
    assert schedule is not None
    assert schedule.back_s >= 330
    assert [s.index for s in result.plan.routes[0].stops if s.kind is StopKind.BREAK] == [0]


@pytest.mark.uncompiled
def test_a_break_costs_room_in_the_shift() -> None:
    # A shift of 200 holds all four streets, with a rest of 30 it holds 170: what is left out takes 30 or less in value.
    group = replace(GROUP, shift_s=200, breaks=(Break(30, 150, 200),))
    problem = replace(problem_of(group=group), serve_all=False)
    problem = replace(problem, tasks=replace(problem.tasks, value=np.array([1, 2, 3, 4])))
    assert solved(problem).value_served == 8  # all but the street of 20: 160 of driving


@pytest.mark.uncompiled
def test_a_vehicle_that_is_back_before_takes_no_break() -> None:
    group = replace(GROUP, breaks=(Break(30, 150, 300),))
    result = solved(problem_of(group=group))
    assert {stop.kind for stop in result.plan.routes[0].stops} == {StopKind.SERVE}


def test_a_break_while_waiting_costs_nothing() -> None:
    # As when waiting for a window till 500; a rest of 200 fits in from 220 on.
    group = replace(GROUP, breaks=(Break(200, 150, 600),), shift_s=480)
    problem = problem_of([ALWAYS, ALWAYS, ALWAYS, (500, 540)], group)
    assert len(solved(problem).plan.served) == 4


@pytest.mark.parametrize(
    ("stops", "kind"),
    [
        (serve(0, 2, 6), FaultKind.OUTSIDE_WINDOW),  # 160 + 40 after 100 is later than 250
        (serve(0) + REST + serve(2), FaultKind.BREAK_LATE),  # back from the street of 10 at 110, to begin by 105
        (serve(6) + REST + REST + serve(0), FaultKind.BREAK_MISSED),
        (serve(6, 4, 2), FaultKind.BREAK_MISSED),
        ((*serve(0), Stop(StopKind.BREAK, 1)), FaultKind.UNKNOWN_BREAK),
        (serve(4, 2) + DUMP, FaultKind.CLOSED),
    ],
)
def test_the_checker_turns_away(stops: tuple[Stop, ...], kind: FaultKind) -> None:
    group = replace(GROUP, breaks=(Break(30, 140, 180),))
    if kind is FaultKind.BREAK_LATE:
        group = replace(GROUP, breaks=(Break(30, 100, 105),))
    problem = problem_of([ALWAYS, ALWAYS, ALWAYS, (0, 190)], group, (Facility(0, open_s=((0, 150),)),))
    assert kind in kinds(problem, *stops)


def test_a_shift_that_is_too_long_by_waiting_is_turned_away() -> None:
    # Served 500-540 and back at 580: 480 after the shift begins.
    problem = problem_of([ALWAYS, ALWAYS, ALWAYS, (500, 540)], replace(GROUP, shift_s=479))
    assert kinds(problem, *serve(6)) == {FaultKind.TOO_LONG}
    assert kinds(replace(problem, groups=(replace(GROUP, shift_s=480),)), *serve(6)) == set()


def test_same_seed_and_work_make_the_same_timed_plan() -> None:
    problem = problem_of([ALWAYS, (200, 400), ALWAYS, (100, 300)], replace(GROUP, breaks=(Break(30, 150, 250),)))
    assert solved(problem).plan == solved(problem).plan
