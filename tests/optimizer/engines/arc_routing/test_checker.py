"""The checker turns away plans spoiled in each way that it claims to catch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.engines.arc_routing import (
    ArcRoutingProblem,
    Facility,
    FaultKind,
    RoutePlan,
    Stop,
    StopKind,
    VehicleGroup,
    VehicleRoute,
    faults,
    measures,
    plan_cost,
)
from optimizer.engines.arc_routing.schedule import shortest
from tests.optimizer.engines.cases import RING, network_of, ring, serve, tasks_of

DUMP = (Stop(StopKind.FACILITY, 0),)
GROUP = VehicleGroup(0, 0, (2,), n_vehicles=1, shift_s=80)
GOOD = VehicleRoute(0, serve(0, 2) + DUMP + serve(4, 6) + DUMP)


@pytest.fixture
def problem() -> ArcRoutingProblem:
    tasks = tasks_of(RING, reversible=[True, True, True, False], allowed=[[True, True]] * 3 + [[True, False]])
    groups = (GROUP, VehicleGroup(0, 0, (9,), n_vehicles=1))
    return ArcRoutingProblem(network_of(5, RING), tasks, groups, (Facility(2),))


def kinds(problem: ArcRoutingProblem, *routes: VehicleRoute, cost: int | None = None) -> set[FaultKind]:
    return {fault.kind for fault in faults(problem, RoutePlan(routes), claimed_cost=cost)}


def test_right_plan_has_no_fault_and_its_cost(problem: ArcRoutingProblem) -> None:
    assert kinds(problem, GOOD, cost=80) == set()
    (measure,) = measures(problem, RoutePlan((GOOD,)))
    assert measure is not None
    assert (measure.cost, measure.time_s, measure.deadhead_cost) == (80, 80, 40)


@pytest.mark.parametrize(
    ("routes", "kind"),
    [
        ((replace(GOOD, group=2),), FaultKind.UNKNOWN_GROUP),
        ((VehicleRoute(0, serve(0, 8)),), FaultKind.UNKNOWN_TASK),
        ((VehicleRoute(0, (*serve(0), Stop(StopKind.FACILITY, 1))),), FaultKind.UNKNOWN_FACILITY),
        ((VehicleRoute(0, serve(0, 2) + DUMP + serve(4, 7) + DUMP),), FaultKind.WRONG_WAY),
        ((VehicleRoute(1, GOOD.stops),), FaultKind.NOT_ALLOWED),
        ((VehicleRoute(0, serve(0, 2) + DUMP + serve(4, 6) + DUMP + serve(0) + DUMP),), FaultKind.TWICE),
        ((VehicleRoute(0, serve(0, 2) + DUMP + serve(4) + DUMP),), FaultKind.LEFT_OUT),
        ((VehicleRoute(0, serve(0, 2, 4) + DUMP + serve(6) + DUMP),), FaultKind.OVERLOADED),
        ((VehicleRoute(0, serve(0, 2) + DUMP + serve(4, 6)),), FaultKind.NOT_EMPTIED),
        ((VehicleRoute(0, serve(1, 2) + DUMP + serve(5, 6) + DUMP),), FaultKind.TOO_LONG),
        (
            (VehicleRoute(0, serve(0, 2) + DUMP), VehicleRoute(0, serve(4, 6) + DUMP)),
            FaultKind.TOO_MANY_VEHICLES,
        ),
    ],
)
def test_spoiled_plan_is_turned_away(problem: ArcRoutingProblem, routes: tuple[VehicleRoute, ...], kind: FaultKind) -> None:
    assert kind in kinds(problem, *routes)


def test_wrong_cost_is_turned_away(problem: ArcRoutingProblem) -> None:
    assert kinds(problem, GOOD, cost=79) == {FaultKind.WRONG_COST}


def test_depot_that_cannot_be_left_is_turned_away(problem: ArcRoutingProblem) -> None:
    cut_off = replace(problem, groups=(replace(GROUP, start_node=4), problem.groups[1]))
    assert kinds(cut_off, GOOD) == {FaultKind.NO_WAY}


def test_optional_tasks_may_be_left_out() -> None:
    problem = ring(VehicleGroup(0, 0, (2,)), serve_all=False)
    plan = RoutePlan((VehicleRoute(0, serve(0)),))
    assert faults(problem, plan) == []
    assert plan_cost(problem, plan) == 20


def test_ways_of_no_cost_and_parallel_arcs_count() -> None:
    network = network_of(4, [], [(0, 1, 0), (1, 2, 5), (1, 2, 3), (2, 3, 0)])
    assert shortest(network, [(0, 3), (3, 0), (1, 1)]) == {(0, 3): (3, 3), (3, 0): None, (1, 1): (0, 0)}


def test_of_equally_cheap_ways_the_quickest_counts() -> None:
    network = network_of(3, [], [(0, 1, 2), (1, 2, 2), (0, 2, 4)])
    times = network.arc_time_s.copy()
    times[:] = [1, 1, 9]
    assert shortest(replace(network, arc_time_s=times), [(0, 2)]) == {(0, 2): (4, 2)}
