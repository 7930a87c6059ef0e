from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.errors import InputError
from optimizer.engines.arc_routing import ArcRoutingProblem, Facility, VehicleGroup
from tests.optimizer.engines.cases import STAR, network_of, tasks_of


def test_all_faults_are_told_at_once() -> None:
    network = network_of(5, STAR)
    bad_network = replace(network, arc_cost=-network.arc_cost, arc_head=network.arc_head + 9)
    bad_group = VehicleGroup(0, 7, (-1,), n_vehicles=-2, shift_s=-3)
    with pytest.raises(InputError) as error:
        ArcRoutingProblem(bad_network, tasks_of([(0, 8, 1)], demand=[-1]), (bad_group,), (Facility(-1, visit_s=-5),))
    told = str(error.value)
    for part in (
        "arc_head names a node outside 0..4",
        "arc_cost is negative on arc",
        "tasks: exit of task 0 is node 8, which is outside 0..4",
        "tasks: demand of task 0 is -1, which is negative; at least 0 is expected",
        "groups[0]: end_node 7 is outside 0..4",
        "n_vehicles is -2, at least 0 is expected",
        "facilities[0]: node -1 is outside 0..4",
        "visit_s is -5",
    ):
        assert part in told


def test_shapes_are_looked_at_first() -> None:
    tasks = replace(tasks_of(STAR), value=np.ones(3, dtype=np.int64), allowed=np.ones((4, 2), dtype=np.bool_))
    network = replace(network_of(5, STAR), arc_head=np.zeros(2, dtype=np.int64))
    with pytest.raises(InputError, match=r"arc arrays differ in length; tasks: value has the wrong shape.*tasks: allowed"):
        ArcRoutingProblem(network, tasks, (VehicleGroup(0, 0, (1,)),))


def test_a_fleet_is_needed() -> None:
    with pytest.raises(InputError, match="at least one vehicle group is expected"):
        ArcRoutingProblem(network_of(5, STAR), tasks_of(STAR), ())


def test_costs_and_times_beyond_32_bits_are_refused() -> None:
    network = network_of(2, [(0, 1, 1 << 32)])
    with pytest.raises(InputError, match=r"arc_cost reaches 4294967296.*milliseconds"):
        ArcRoutingProblem(network, tasks_of([]), (VehicleGroup(0, 0, (1,)),))


def test_empty_network_may_hold_an_empty_problem() -> None:
    assert ArcRoutingProblem(network_of(1, []), tasks_of([]), (VehicleGroup(0, 0, (1,)),)).n_tasks == 0
