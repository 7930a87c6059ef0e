"""The compiled parts, one by one, against plain enumeration."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.engines.arc_routing import (
    ArcRoutingProblem,
    Break,
    Facility,
    Limits,
    Lock,
    Profile,
    RoutePlan,
    Terms,
    schedules,
    solve,
)
from optimizer.engines.arc_routing.deadhead import hubs_of, path_finder
from optimizer.engines.arc_routing.kernels import paths
from optimizer.engines.arc_routing.kernels.anneal import anneal, build, keep_best, measure, measure_all, split_anew
from optimizer.engines.arc_routing.kernels.clock import stop
from optimizer.engines.arc_routing.search import Search
from optimizer.engines.arc_routing.sector import sector_of
from optimizer.engines.arc_routing.warm import toy
from optimizer.engines.budget import Budget
from optimizer.engines.kernels.compiled import sources_stamp
from tests.optimizer.engines.cases import network_of, random_problem


def rich_problem() -> ArcRoutingProblem:
    """Return a problem with all that is not in a plain one."""
    problem = random_problem(3, limited=True)
    tasks, n = problem.tasks, problem.n_tasks
    windows = np.tile(np.array([0, 500], dtype=np.int64), (n, 1, 1))
    tasks = replace(tasks, demand=np.ones((n, 2), dtype=np.int64), windows_s=windows)
    facilities = (Facility(0, resets=(True, False), open_s=((0, 900),)), Facility(1, resets=(False, True)))
    group = replace(problem.groups[0], capacity=(5, 5), breaks=(Break(5, 10, 90),))
    profile = Profile(problem.network, tasks.entry, tasks.exit, tasks.cost, tasks.time_s)
    return replace(
        problem,
        tasks=tasks,
        groups=(group, replace(group, profile=1)),
        facilities=facilities,
        profiles=(profile,),
        locks=(Lock(0, 0, 0),),
        orders=((1, 2),),
        terms=Terms(balance=1, compactness=1),
    )


def search_on(seed: int) -> Search:
    problem = random_problem(seed)
    finder = path_finder(problem.network)
    hubs = hubs_of(problem, finder, bool)
    return Search(sector_of(problem, np.arange(problem.n_tasks), [3], (hubs, finder), bool), seed)


def price(search: Search, modes: tuple[int, ...], via: tuple[int, ...]) -> tuple[int, int] | None:
    """Return cost and time of a route as written, or None where it is overloaded."""
    n = len(modes)
    search.routes.mode[0, :n] = modes
    search.routes.via[0, : n + 1] = via
    search.routes.length[0] = n
    measure_all(search.sector.model, search.routes)
    if (search.routes.trip[0, 0, :n] > search.sector.model.capacity[0, 0]).any():
        return None
    return int(search.routes.cost[0]), int(search.routes.time[0])


@pytest.mark.uncompiled
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_search_finds_the_best_directions_and_emptyings_of_one_order(seed: int) -> None:
    search = search_on(seed)
    model = search.sector.model
    order = list(range(4))
    choices = [[2 * t, 2 * t + 1] if model.reversible[t] else [2 * t] for t in order]
    priced = [
        price(search, modes, (0, *via, 1)) for modes in product(*choices) for via in product((0, 1), repeat=len(order) - 1)
    ]
    shift = int(model.shift[0])
    best = min(p[0] for p in priced if p is not None and p[1] <= shift)
    # Begin with an emptying after each task, which the load always allows.
    price(search, tuple(2 * t for t in order), (0, 1, 1, 1, 1))
    split_anew(model, search.routes, search.bench, 0)
    assert int(search.routes.cost[0]) == best


@pytest.mark.uncompiled
def test_build_leaves_out_only_what_does_not_fit() -> None:
    search = search_on(4)
    build(search.sector.model, search.routes, search.bench, np.arange(len(search.sector.tasks)))
    placed = search.routes.route_of >= 0
    assert placed.any()
    assert (search.routes.time <= search.sector.model.shift[0]).all()


@pytest.mark.uncompiled
def test_ways_of_both_directions_agree_with_each_other() -> None:
    network = network_of(5, [(0, 1, 3), (1, 2, 4)], [(2, 3, 1), (3, 0, 1)])
    finder = path_finder(network)
    nodes = np.arange(5)
    out, into = finder.table(nodes, nodes, bool), finder.table_into(nodes, nodes, bool)
    np.testing.assert_array_equal(out.cost, into.cost.T)
    np.testing.assert_array_equal(out.time_s, into.time_s.T)
    assert out.cost[0].tolist() == [0, 3, 7, 8, 1 << 29]
    assert out.cost[2].tolist() == [2, 4, 0, 1, 1 << 29]


@pytest.mark.uncompiled
def test_repeated_targets_are_all_answered() -> None:
    finder = path_finder(network_of(3, [(0, 1, 3), (1, 2, 4)]))
    out = np.empty((1, 3), dtype=np.int64)
    paths.rows(finder.onward, finder.work, np.array([0]), np.array([2, 2, 1]), out)
    assert (out[0] // finder.time_base).tolist() == [7, 7, 3]


@pytest.mark.uncompiled
def test_a_search_over_nothing_ends() -> None:
    problem = random_problem(1)
    finder = path_finder(problem.network)
    hubs = hubs_of(problem, finder, bool)
    search = Search(sector_of(problem, np.arange(0), [1], (hubs, finder), bool), 0)
    search.run(Budget(10, None, bool), lambda _: False)
    assert search.n_steps == 0


@pytest.mark.uncompiled
@pytest.mark.parametrize("seed", [1])
def test_the_clock_of_the_search_is_that_of_the_checker(seed: int) -> None:
    problem = replace(rich_problem(), terms=Terms())
    finder = path_finder(problem.network)
    places = (hubs_of(problem, finder, bool), finder)
    search = Search(sector_of(problem, np.arange(problem.n_tasks), [2, 2], places, bool), seed)
    search.build(Budget(None, None, bool))
    search.run(Budget(20, None, bool), lambda _: False)
    rows = search.best_rows()
    search.costed_rows()
    found = schedules(problem, RoutePlan(tuple(route for _, route in rows)))
    assert rows
    for (slot, _), schedule in zip(rows, found, strict=True):
        assert schedule is not None
        assert int(search.routes.time[slot]) == schedule.measure.time_s


def test_no_problem_asks_for_machine_code_of_its_own() -> None:
    # Set-up compiles for one form of arrays; another form would make a user wait for the compiler.
    if not hasattr(anneal, "signatures"):
        pytest.skip("nothing is compiled")
    kernels: list[Any] = [anneal, build, keep_best, measure, measure_all, stop]
    solve(toy(), limits=Limits(work_limit=50))
    before = [set(kernel.signatures) for kernel in kernels]
    for problem in (random_problem(1), random_problem(2, dumps=False), rich_problem()):
        solve(problem, limits=Limits(work_limit=2))
    assert [set(kernel.signatures) for kernel in kernels] == before


def test_kept_machine_code_knows_every_file_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("a = 1")
    (tmp_path / "other.py").write_text("b = 1")
    before = sources_stamp(tmp_path)
    sources_stamp.cache_clear()
    (tmp_path / "other.py").write_text("b = 2")
    assert sources_stamp(tmp_path) != before
