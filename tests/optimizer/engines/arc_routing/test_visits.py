"""Several resources, and facilities that reset some of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from optimizer.engines.arc_routing import (
    ArcRoutingProblem,
    Facility,
    Limits,
    Result,
    StopKind,
    VehicleGroup,
    solve,
)
from optimizer.engines.arc_routing.deadhead import hubs_of, path_finder
from optimizer.engines.arc_routing.kernels.anneal import measure_all, split_anew
from optimizer.engines.arc_routing.search import Search
from optimizer.engines.arc_routing.sector import sector_of
from tests.optimizer.engines.cases import network_of, solved, tasks_of

# A line of five nodes: 0 -10- 1 -10- 2 -10- 3 -10- 4.
LINE = ((0, 1, 10), (1, 2, 10), (2, 3, 10), (3, 4, 10))


def visited(result: Result) -> list[int]:
    return [s.index for route in result.plan.routes for s in route.stops if s.kind is StopKind.FACILITY]


@pytest.mark.uncompiled
def test_each_resource_is_reset_where_that_is_possible() -> None:
    # Each street takes 1 of dirt and 1 of water; the hopper holds 4, the tank 2. The vehicle goes down the line and back,
    # 80 in all. Water after two streets at node 2, on the way; the dump at node 0 empties it at the end.
    tasks = tasks_of(LINE, demand=[(1, 1)] * 4)
    facilities = (Facility(0, resets=(True, False)), Facility(2, resets=(False, True)))
    problem = ArcRoutingProblem(network_of(5, LINE), tasks, (VehicleGroup(0, 0, (4, 2), 1),), facilities)
    result = solved(problem)
    assert result.cost == 80
    assert sorted(visited(result)) == [0, 1]


@pytest.mark.uncompiled
def test_what_a_facility_does_not_reset_stays_used_up() -> None:
    # As above, but with dumps only: the tank of 2 is never filled again, so one vehicle can serve two streets only.
    tasks = tasks_of(LINE, demand=[(1, 1)] * 4)
    dumps = tuple(Facility(k, resets=(True, False)) for k in range(5))
    group = VehicleGroup(0, 0, (4, 2), 1)
    problem = ArcRoutingProblem(network_of(5, LINE), tasks, (group,), dumps, serve_all=False)
    assert len(solved(problem).plan.served) == 2


@pytest.mark.uncompiled
def test_two_facilities_are_visited_one_after_the_other_where_both_resources_run_out() -> None:
    # A ring of four streets of 10; each uses up all of both. Dump at 0, water at 0 too: both between any two streets.
    ring = ((0, 1, 10), (1, 2, 10), (2, 3, 10), (3, 0, 10))
    facilities = (Facility(0, 1, 1, resets=(True, False)), Facility(0, 2, 2, resets=(False, True)))
    tasks = tasks_of(ring, demand=[(1, 1)] * 4)
    problem = ArcRoutingProblem(network_of(4, ring), tasks, (VehicleGroup(0, 0, (1, 1), 1, shift_s=200),), facilities)
    result = solved(problem)
    # Streets 0 and 3 touch the depot: out and back 20 each. Streets 1 and 2: out 10 or 20, serve 10, back 20 or 10, 40 each.
    # Four dumps at 1 and three fillings at 2.
    assert result.cost == 20 + 20 + 40 + 40 + 4 * 1 + 3 * 2


def test_a_place_that_does_both_is_used_where_it_is_nearer() -> None:
    # As above with a third place at node 2 that does both at a price of 1: two trips of two streets... of 1 each there.
    ring = ((0, 1, 10), (1, 2, 10), (2, 3, 10), (3, 0, 10))
    both = (Facility(0, 1, 1, resets=(True, False)), Facility(0, 2, 2, resets=(False, True)), Facility(2, 1, 1))
    tasks = tasks_of(ring, demand=[(1, 1)] * 4)
    problem = ArcRoutingProblem(network_of(4, ring), tasks, (VehicleGroup(0, 0, (2, 2), 1),), both)
    # Round the ring once: 40, both reset at node 2 for 1, emptied at the end for 1.
    assert solved(problem).cost == 42


def test_more_of_one_resource_than_any_vehicle_holds_is_told() -> None:
    tasks = tasks_of(LINE, demand=[(1, 1), (1, 7), (1, 1), (1, 1)])
    group = VehicleGroup(0, 0, (4, 4), 1)
    result = solve(ArcRoutingProblem(network_of(5, LINE), tasks, (group,)), limits=Limits(work_limit=50))
    told = {one.task: (one.reason.name, one.missing, one.resource) for one in result.unserved}
    assert told[1] == ("NO_CAPACITY", 3, 1)


def random_tables(seed: int) -> tuple[ArcRoutingProblem, np.ndarray[tuple[int, ...], np.dtype[np.int32]]]:
    """Return a random problem with four facilities of three sorts, and its ways by each kind of visit."""
    rng = np.random.default_rng(seed)
    streets = [(int(rng.integers(0, v)), v, int(rng.integers(1, 20))) for v in range(1, 8)]
    sorts = ((True, False), (False, True), (True, True), (False, True))
    facilities = tuple(Facility(int(rng.integers(8)), 0, int(rng.integers(9)), resets) for resets in sorts)
    tasks = tasks_of(streets, demand=[(1, 1)] * len(streets))
    problem = ArcRoutingProblem(network_of(8, streets), tasks, (VehicleGroup(0, 0, (3, 2)),), facilities)
    finder = path_finder(problem.network)
    sector = sector_of(problem, np.arange(problem.n_tasks), [2], (hubs_of(problem, finder, bool), finder), bool)
    return replace(problem, name=str(seed)), sector.model.cost[0]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ways_by_visits_are_the_best_of_all_facilities(seed: int) -> None:
    problem, cost = random_tables(seed)
    finder = path_finder(problem.network)
    hubs = hubs_of(problem, finder, bool)
    sector = sector_of(problem, np.arange(problem.n_tasks), [2], (hubs, finder), bool)
    at, direct = sector.model.clock.place, cost[0]
    price = [f.visit_cost for f in problem.facilities]
    assert sector.kinds.resets.tolist() == [[0, 0], [1, 0], [0, 1], [1, 1]]
    for a in range(len(direct)):
        for b in range(len(direct)):
            one = [direct[a, at[k]] + price[k] + direct[at[k], b] for k in range(4)]
            assert cost[1, a, b] == one[0]
            assert cost[2, a, b] == min(one[1], one[3])
            two = [
                direct[a, at[k]] + price[k] + direct[at[k], at[j]] + price[j] + direct[at[j], b]
                for k, j in ((0, 1), (0, 3), (1, 0), (3, 0))
            ]
            assert cost[3, a, b] == min(one[2], *two)


def all_prices(search: Search, order: list[int]) -> list[int]:
    """Return the costs of all ways to serve an order of tasks that the loads allow, by plain enumeration."""
    model, routes = search.sector.model, search.routes
    choices = [[2 * t, 2 * t + 1] if model.reversible[t] else [2 * t] for t in order]
    kinds = range(len(model.resets))
    found = []
    for modes in product(*choices):
        for via in product(kinds, repeat=len(order)):
            if not model.resets[via[-1], 0]:
                continue
            routes.mode[0, : len(order)] = modes
            routes.via[0, : len(order) + 1] = (0, *via)
            routes.length[0] = len(order)
            measure_all(model, routes)
            if all((routes.trip[k, 0, : len(order)] <= model.capacity[0, k]).all() for k in range(2)):
                found.append(int(routes.cost[0]))
    return found


@pytest.mark.uncompiled
@pytest.mark.parametrize("seed", [4])
def test_search_finds_the_best_directions_and_visits_of_one_order(seed: int) -> None:
    problem, _ = random_tables(seed)
    finder = path_finder(problem.network)
    places = (hubs_of(problem, finder, bool), finder)
    search = Search(sector_of(problem, np.arange(problem.n_tasks), [2], places, bool), seed)
    order = [0, 3, 1]
    best = min(all_prices(search, order))
    # Begin with a visit that resets both after each task.
    search.routes.mode[0, :3] = [2 * t for t in order]
    search.routes.via[0, :4] = (0, 3, 3, 3)
    search.routes.length[0] = 3
    split_anew(search.sector.model, search.routes, search.bench, 0)
    assert int(search.routes.cost[0]) == best
