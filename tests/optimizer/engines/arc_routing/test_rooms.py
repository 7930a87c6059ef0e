"""What routes leave of each resource for a stretch, on routes that a person can follow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.synthetic_city import grid_problem
from optimizer.engines.arc_routing import ArcRoutingProblem, Facility, VehicleGroup
from optimizer.engines.arc_routing.rooms import Around, around, fits, idles, that_bind
from optimizer.engines.arc_routing.solution import Stop, StopKind, VehicleRoute
from tests.optimizer.engines.cases import network_of, tasks_of

# A line of seven nodes; each street takes up 1 of dirt and so much of water as its number, from 1 on.
LINE = tuple((k, k + 1, 10) for k in range(6))
DUMP, WATER, BOTH = (Stop(StopKind.FACILITY, k) for k in range(3))
SERVE = [Stop(StopKind.SERVE, 2 * k) for k in range(6)]


def problem() -> ArcRoutingProblem:
    facilities = tuple(Facility(0, resets=resets) for resets in ((True, False), (False, True), (True, True)))
    tasks = tasks_of(LINE, demand=[(1, k + 1) for k in range(6)])
    return ArcRoutingProblem(network_of(7, LINE), tasks, (VehicleGroup(0, 0, (4, 9)),), facilities)


def told(found: Around) -> list[list[int]]:
    return [found.before.tolist(), found.after.tolist(), found.inside.tolist()]


def test_what_a_stretch_leaves_of_a_hopper_is_what_the_trip_around_it_takes() -> None:
    whole = grid_problem(4, 4, 1, n_vehicles=1, serve_all=False)
    route = VehicleRoute(0, (SERVE[0], DUMP, *SERVE[1:5], DUMP, SERVE[5]))
    load = whole.tasks.demand[:, 0]
    assert told(around(whole, route, (3, 5))) == [[load[1]], [load[4]], [False]]
    assert told(around(whole, route, (3, 7))) == [[load[1]], [load[5]], [True]]
    assert fits(whole, route)
    assert not idles(whole, route)
    assert idles(whole, VehicleRoute(0, (SERVE[0], DUMP, DUMP)))
    small = replace(whole, groups=tuple(replace(g, capacity=(int(load[1:5].sum()) - 1,)) for g in whole.groups))
    assert not fits(small, route)


def test_each_resource_is_counted_from_its_own_reset_to_its_own() -> None:
    # served 0, 1, filled, 2, 3, emptied, 4, 5: around street 2 (stop 3) dirt lies since the start, water since the filling
    route = VehicleRoute(0, (*SERVE[:2], WATER, *SERVE[2:4], DUMP, *SERVE[4:]))
    assert told(around(problem(), route, (3, 4))) == [[2, 0], [1, 4 + 5 + 6], [False, False]]
    assert told(around(problem(), route, (1, 4))) == [[1, 1], [1, 15], [False, True]]
    assert around(problem(), route, (1, 4)).room((4, 20)).tolist() == [2, 5]
    # two trips of water: 1 + 2, and 3 + 4 + 5 + 6
    assert fits(replace(problem(), groups=(VehicleGroup(0, 0, (4, 18)),)), route)
    assert not fits(replace(problem(), groups=(VehicleGroup(0, 0, (4, 17)),)), route)
    assert not fits(replace(problem(), groups=(VehicleGroup(0, 0, (3, 18)),)), route)


def test_a_visit_idles_only_where_all_that_it_resets_is_fresh() -> None:
    def route(*stops: Stop) -> VehicleRoute:
        return VehicleRoute(0, stops)

    assert not idles(problem(), route(SERVE[0], DUMP, WATER, SERVE[1], DUMP))
    assert not idles(problem(), route(SERVE[0], DUMP, BOTH))
    assert idles(problem(), route(SERVE[0], WATER, DUMP, WATER))
    assert idles(problem(), route(SERVE[0], WATER, DUMP, BOTH))
    assert idles(problem(), route(WATER, SERVE[0]))


def test_a_resource_counts_only_where_a_stretch_may_run_out_of_it() -> None:
    whole, nothing = problem(), np.zeros(2, dtype=np.int64)
    free = Around(nothing, nothing, np.zeros(2, dtype=np.bool_))
    near = Around(np.array([0, 6]), nothing, np.zeros(2, dtype=np.bool_))
    two = np.array([0, 1])
    # streets 0 and 1 use up 3 of 9 l of water, and 6 + 3 is no more than 9 either
    assert that_bind(whole, [(free, 0), (near, 0)], two, ()) == (0,)
    assert that_bind(whole, [(near, 0)], np.array([0, 2]), ()) == (0, 1)
    # a dump that fills tanks too may stay where water does not count, a water point may not
    assert that_bind(whole, [(free, 0)], two, (0, 2)) == (0,)
    assert that_bind(whole, [(free, 0)], two, (1,)) == (0, 1)
