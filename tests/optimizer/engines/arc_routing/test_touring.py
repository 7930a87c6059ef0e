"""First tours: in the cheapest order, within the time of a shift."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.engines.arc_routing import ArcRoutingProblem, Facility, Network, Tasks, VehicleGroup
from optimizer.engines.arc_routing.deadhead import Ways
from optimizer.engines.arc_routing.touring import Tour, first_routes, order_of

# Node 0 is the depot, task k begins at 2 k + 1 and ends at 2 k + 2, and 7 is a dump.
N_NODES = 8


def three_streets(shift_s: int | None) -> ArcRoutingProblem:
    entry = np.array([1, 3, 5])
    ends = np.column_stack([entry, entry])
    lasts, ones = np.full((3, 2), 10), np.ones(3, dtype=np.int64)
    tasks = Tasks(ends, ends + 1, lasts, lasts, ones > 1, ones[:, None], ones)
    network = Network(N_NODES, entry, entry + 1, np.full(3, 10), np.full(3, 10))
    return ArcRoutingProblem(network, tasks, (VehicleGroup(0, 0, (9,), 1, shift_s),), serve_all=False)


def crossed_ways() -> Ways:
    """Return ways by which forwards is cheap (1 in place of 9 each) and backwards quick."""
    cost, time_s = np.full((N_NODES, N_NODES), 9, dtype=np.int32), np.full((N_NODES, N_NODES), 9, dtype=np.int32)
    cost[[0, 2, 4, 6], [1, 3, 5, 0]] = 1
    time_s[[0, 6, 4, 2], [5, 3, 1, 0]] = 1
    return Ways(cost, time_s)


def test_a_tour_takes_the_cheapest_order_and_not_the_quickest() -> None:
    problem = three_streets(1000)
    tour = Tour.of(problem, crossed_ways())
    assert order_of(tour, problem.groups[0], np.arange(3)).tolist() == [0, 1, 2]


def test_a_tour_is_cut_where_the_shift_is_over_though_its_order_is_the_cheapest() -> None:
    # 9 s to the first street, 10 s on it, 9 s to the next, 10 s on it, 9 s home
    assert [r.tasks for r in first_routes(three_streets(47), crossed_ways(), bool)] == [(0, 1)]
    assert [len(r.tasks) for r in first_routes(three_streets(46), crossed_ways(), bool)] == [1]


def test_a_task_that_no_vehicle_holds_does_not_end_the_route_that_passes_it() -> None:
    problem = three_streets(1000)
    tasks = replace(problem.tasks, demand=np.array([[1], [10], [1]]))
    # the vehicle holds 9
    (route,) = first_routes(replace(problem, tasks=tasks), crossed_ways(), bool)
    assert sorted(route.tasks) == [0, 2]


def test_the_way_home_costs_the_cheapest_dump_on_it() -> None:
    problem = three_streets(1000)
    ways = crossed_ways()
    ways.cost[2, 7], ways.cost[7, 0] = 3, 2
    assert Tour.of(problem, ways).home(problem.groups[0]).tolist() == [9, 9, 1]
    dumps = replace(problem, facilities=(Facility(7, 50, 4),))
    # to the dump, its own 4, and home from there
    assert Tour.of(dumps, ways).home(dumps.groups[0]).tolist() == [3 + 4 + 2, 9 + 4 + 2, 9 + 4 + 2]
