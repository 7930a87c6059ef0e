"""Whole cities: tours through regions, then windows on stretches of routes; made small here so that the tests are quick."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.synthetic_city import grid_problem
from benchmarks.synthetic_town import town_problem
from optimizer.engines.arc_routing import (
    ArcRoutingProblem,
    Facility,
    Network,
    Profile,
    Reason,
    VehicleGroup,
    districts,
    faults,
    framing,
    schedule,
)
from optimizer.engines.arc_routing.citywide import Citywide, costed_routes, solve_citywide
from optimizer.engines.arc_routing.districts import bases_with_time, prices_of, regions_of
from optimizer.engines.arc_routing.session import LargeSession, session_of
from optimizer.engines.arc_routing.solution import StopKind
from optimizer.engines.arc_routing.touring import joined, rings
from optimizer.engines.arc_routing.views import views_of
from optimizer.engines.arc_routing.windows import may_cut
from optimizer.engines.budget import Budget
from tests.optimizer.engines.cases import network_of, tasks_of
from tests.optimizer.engines.exhaustive import least_cost
from tests.optimizer.engines.tiny import tiny


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(districts, "MOST_TASKS_IN_REGION", 40)
    monkeypatch.setattr(framing, "NEAREST_IN_WINDOW", 30)
    monkeypatch.setattr(framing, "MOST_TASKS_IN_WINDOW", 45)
    monkeypatch.setattr(framing, "MOST_TASKS_OF_WHOLE_ROUTES", 70)


def two_kinds(problem: ArcRoutingProblem) -> ArcRoutingProblem:
    """Return a problem whose last two groups have a network of their own, where all takes twice as long."""
    n, whole = problem.network.n_nodes, problem.network
    slow = Network(2 * n, whole.arc_tail + n, whole.arc_head + n, whole.arc_cost, 2 * whole.arc_time_s)
    fast = Network(2 * n, whole.arc_tail, whole.arc_head, whole.arc_cost, whole.arc_time_s)
    tasks = problem.tasks
    other = Profile(slow, tasks.entry + n, tasks.exit + n, tasks.cost, 2 * tasks.time_s)
    groups = tuple(
        g if k < 2 else replace(g, start_node=g.start_node + n, end_node=g.end_node + n, profile=1)
        for k, g in enumerate(problem.groups)
    )
    facilities = problem.facilities + tuple(replace(f, node=f.node + n) for f in problem.facilities)
    return replace(problem, network=fast, groups=groups, facilities=facilities, profiles=(other,))


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("n_vehicles", [None, 1])
def test_plans_are_without_faults_and_windows_never_make_them_worse(n_vehicles: int | None) -> None:
    problem = grid_problem(10, 10, 2, n_vehicles=n_vehicles, serve_all=n_vehicles is None)
    if n_vehicles:
        problem = replace(problem, groups=tuple(replace(g, shift_s=9000) for g in problem.groups))
    work = Citywide(problem, None, 1)
    work.lay_out(Budget(None, None, bool), bool)
    first = (work.lost_value, work.cost)
    assert faults(problem, work.plan, claimed_cost=work.cost) == []
    work.improve(Budget(6000, None, bool), bool)
    assert faults(problem, work.plan, claimed_cost=work.cost) == []
    assert (work.lost_value, work.cost) < first
    assert (work.n_lost == 0) == (n_vehicles is None)


@pytest.mark.usefixtures("small_parts")
def test_same_seed_and_work_make_the_same_plan_on_one_thread_and_on_two() -> None:
    problem = grid_problem(9, 9, 3, n_vehicles=None, serve_all=True)
    plans = []
    for n_threads in (1, 2):
        work = Citywide(problem, None, 1, n_threads)
        assert solve_citywide(work, Budget(4000, None, bool), bool)
        plans.append(work.plan)
    assert plans[0] == plans[1]


@pytest.mark.usefixtures("small_parts")
def test_vehicles_with_networks_of_their_own_share_the_work() -> None:
    problem = two_kinds(grid_problem(10, 10, 2, n_vehicles=1, serve_all=False))
    problem = replace(problem, groups=tuple(replace(g, shift_s=9000) for g in problem.groups))
    work = Citywide(problem, None, 1)
    assert solve_citywide(work, Budget(3000, None, bool), bool)
    assert faults(problem, work.plan, claimed_cost=work.cost) == []
    assert {route.group for route in work.plan.routes} == {0, 1, 2, 3}
    assert {r.reason for r in work.why(range(0, problem.n_tasks, 50))} == {Reason.NO_ROOM}


@pytest.mark.usefixtures("small_parts")
def test_a_session_builds_first_and_goes_on_where_it_was() -> None:
    problem = grid_problem(18, 18, 4, n_vehicles=1, serve_all=False)
    session = session_of(problem, 1, 1)
    assert isinstance(session, LargeSession)
    missed = session.build(bool)
    built = session.plan
    assert len(missed) == problem.n_tasks - len(built.served)
    shares: list[float] = []

    def told(share: float, _: object) -> bool:
        shares.append(share)
        return False

    session.improve(Budget(3000, None, bool), told)
    value = problem.tasks.value
    assert value[sorted(session.plan.served)].sum() >= value[sorted(built.served)].sum()
    assert shares
    assert faults(problem, session.plan) == []


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("n_looks", [0, 20])
def test_what_was_not_tried_before_the_stop_is_told_so(n_looks: int) -> None:
    looks = iter(range(n_looks))
    session = LargeSession(grid_problem(18, 18, 4, n_vehicles=1, serve_all=False), 1, 1)
    missed = session.build(lambda: next(looks, None) is None)
    assert {m.task for m in missed} == set(range(session.problem.n_tasks)) - session.plan.served
    assert {m.reason for m in missed} == {Reason.NOT_TRIED}
    assert faults(session.problem, session.plan) == []


def test_a_plan_to_begin_at_is_taken_over_with_its_cost() -> None:
    problem = grid_problem(8, 8, 4, n_vehicles=None, serve_all=True)
    first = Citywide(problem, None, 1)
    first.lay_out(Budget(None, None, bool), bool)
    second = Citywide(problem, None, 2)
    second.start_from(costed_routes(problem, first.plan))
    assert (second.cost, second.n_lost) == (first.cost, 0)


def test_a_session_begins_at_routes_without_searching_their_ways_again(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = grid_problem(18, 18, 4, n_vehicles=1, serve_all=False)
    first, second = LargeSession(problem, 1, 1), LargeSession(problem, 2, 1)
    first.build(bool)
    first.improve(Budget(1000, None, bool), lambda _share, _plan: False)
    assert first.costed == costed_routes(problem, first.plan)

    def again(*_: object) -> None:
        raise AssertionError("ways of routes whose costs are known are searched again")

    monkeypatch.setattr(schedule, "shortest", again)
    second.start_from(first.costed)
    second.build(bool)
    assert first.plan.served <= second.plan.served


def test_rings_are_joined_where_that_costs_least() -> None:
    # two rings, 0 1 and 2 3 4; from 1 to 3 and from 2 to 0 it is near
    after = np.array([1, 0, 3, 4, 2])
    assert rings(after).tolist() == [0, 0, 1, 1, 1]
    cost = np.full((5, 5), 10.0)
    cost[[0, 1, 2, 3, 4], after] = 1.0
    cost[1, 3] = cost[2, 0] = 2.0
    whole = joined(cost, after.copy())
    assert len(set(rings(whole).tolist())) == 1
    assert (whole[1], whole[2]) == (3, 0)


def test_regions_hold_each_task_once_and_vehicles_go_where_the_work_is() -> None:
    problem = grid_problem(12, 12, 6, n_vehicles=2, serve_all=True)
    (view,) = views_of(problem, 1, None, bool)
    cut = regions_of(view, np.arange(problem.n_tasks), dict.fromkeys(view.groups, 2), bool)
    assert sorted(np.concatenate([part.tasks for part in cut])) == list(range(problem.n_tasks))
    assert all(n <= 2 for part in cut for _, n in part.vehicles)
    assert may_cut(problem)


@pytest.mark.parametrize("first_share", [0.2, 0.5, 1.0])
def test_what_is_too_much_for_one_base_goes_to_another(first_share: float) -> None:
    problem = grid_problem(12, 12, 6, n_vehicles=2, serve_all=False)
    (view,) = views_of(problem, 1, None, bool)
    starts = sorted({problem.groups[g].start_node for g in view.groups})
    bases = {start: [g for g in view.groups if problem.groups[g].start_node == start] for start in starts}
    tasks, serve_s = np.arange(problem.n_tasks), view.time_s[:, 0].astype(np.float64)
    share = np.append(first_share, np.full(len(starts) - 1, 1.2))
    nearest = np.array([view.hubs.out.cost[view.hub(start)][view.entry[:, 0]] for start in starts]).argmin(axis=0)
    rooms_s = np.asarray(share * np.bincount(nearest, weights=serve_s, minlength=len(starts)), dtype=np.float64)
    rooms_s[1:] += serve_s.sum()
    of_base = bases_with_time(view, tasks, bases, rooms_s)
    asked_s = np.bincount(of_base, weights=serve_s, minlength=len(starts))
    assert asked_s[0] == pytest.approx(rooms_s[0], rel=0.25)
    assert np.array_equal(of_base, nearest) == (first_share == 1.0)
    # those that stay are nearer to it than those that were passed on
    out = view.hubs.out.cost[[view.hub(start) for start in starts]][:, view.entry[:, 0]].astype(np.int64)
    detour = np.delete(out, 0, axis=0).min(axis=0) - out[0]
    assert detour[of_base == 0].min() >= detour[(nearest == 0) & (of_base != 0)].max(initial=0)


def test_time_has_a_price_only_where_it_is_short() -> None:
    # ten tasks 0 to 9 s off the first base, the second lies 20 s from all
    far = np.array([np.arange(10.0), np.full(10, 20.0)], dtype=np.float32)
    serve_s = np.full(10, 60.0)
    assert prices_of(far, serve_s, np.array([600.0, 600.0])).tolist() == [0.0, 0.0]
    prices = prices_of(far, serve_s, np.array([300.0, 600.0]))
    assert (far + prices[:, None]).argmin(axis=0).tolist() == [0] * 5 + [1] * 5


def test_what_takes_longer_than_a_shift_even_alone_is_told_with_the_time_that_is_missing() -> None:
    problem = grid_problem(6, 6, 2, n_vehicles=1, serve_all=False)
    # preparing takes 1,800 s, an emptying 600 s
    short = replace(problem, groups=tuple(replace(g, shift_s=2300) for g in problem.groups))
    work = Citywide(short, None, 1)
    work.lay_out(Budget(None, None, bool), bool)
    told = work.why(range(problem.n_tasks))
    assert {r.reason for r in told} == {Reason.NO_SHIFT}
    assert min(r.missing for r in told) > 100
    assert not work.views[0].placeable.any()
    assert Citywide(problem, None, 1).views[0].placeable.all()


def test_where_no_shift_is_limited_tours_are_cheap_even_if_nothing_takes_time() -> None:
    town = town_problem(150, 1)
    lengths = town.network.arc_cost
    timed = replace(
        town,
        network=replace(town.network, arc_time_s=lengths),
        tasks=replace(town.tasks, time_s=town.tasks.cost),
        groups=tuple(replace(g, shift_s=1 << 28) for g in town.groups),
    )
    laid = []
    for problem in (town, timed):
        work = Citywide(problem, None, 1)
        work.lay_out(Budget(None, None, bool), bool)
        laid.append(work)
    assert laid[0].n_lost == 0
    assert laid[0].plan == laid[1].plan


def watered(problem: ArcRoutingProblem, tank: int, n_points: int = 6) -> ArcRoutingProblem:
    """Return a problem whose tasks use up water too, as much as of the load; its first dump fills tanks as well."""
    nodes = np.random.default_rng(1).choice(problem.network.n_nodes, n_points, replace=False)
    dumps = tuple(replace(f, resets=(True, k == 0 and n_points > 0)) for k, f in enumerate(problem.facilities))
    return replace(
        problem,
        tasks=replace(problem.tasks, demand=np.repeat(problem.tasks.demand, 2, axis=1)),
        groups=tuple(replace(g, capacity=(g.capacity[0], tank)) for g in problem.groups),
        facilities=(*dumps, *(Facility(int(n), visit_s=900, resets=(False, True)) for n in nodes)),
    )


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("tank", [1500, 5000])
def test_tanks_never_run_dry_and_windows_never_make_plans_worse(tank: int) -> None:
    problem = watered(grid_problem(9, 9, 5, n_vehicles=1, serve_all=False), tank)
    work = Citywide(problem, None, 1)
    work.lay_out(Budget(None, None, bool), bool)
    first = (work.lost_value, work.cost)
    assert faults(problem, work.plan, claimed_cost=work.cost) == []
    work.improve(Budget(3000, None, bool), bool)
    assert faults(problem, work.plan, claimed_cost=work.cost) == []
    assert (work.lost_value, work.cost) < first
    visited = {s.index for r in work.plan.routes for s in r.stops if s.kind is StopKind.FACILITY}
    assert any(not problem.facilities[k].reset_of(0) for k in visited)


@pytest.mark.usefixtures("small_parts")
def test_a_resource_that_never_runs_out_changes_nothing() -> None:
    alone = grid_problem(9, 9, 5, n_vehicles=1, serve_all=False)
    plans = []
    for problem in (alone, watered(alone, 10**9, 0)):
        work = Citywide(problem, None, 1)
        assert solve_citywide(work, Budget(3000, None, bool), bool)
        plans.append((work.plan, work.cost))
    assert plans[0] == plans[1]


def test_the_way_home_leads_through_a_dump_though_water_lies_nearer() -> None:
    # A line 0 -10- 1 -10- 2 -10- 3 -10- 4 from the depot at 0; each street takes 1 of dirt, of 4, and 1 of water, of 2.
    # Filled at 2 on the way out or back, emptied at 1, not only filled at 0: down the line and back are 80.
    line = tuple((k, k + 1, 10) for k in range(4))
    facilities = (
        Facility(1, 3, 3, resets=(True, False)),
        Facility(2, 1, 1, resets=(False, True)),
        Facility(0, resets=(False, True)),
    )
    tasks = tasks_of(line, demand=[(1, 1)] * 4)
    problem = ArcRoutingProblem(network_of(5, line), tasks, (VehicleGroup(0, 0, (4, 2), 1),), facilities)
    work = Citywide(problem, None, 1)
    assert solve_citywide(work, Budget(400, None, bool), bool)
    assert work.cost == 84
    assert faults(problem, work.plan, claimed_cost=84) == []


def test_ways_of_hubs_are_the_same_by_one_finder_and_by_three() -> None:
    problem = grid_problem(6, 6, 2, n_vehicles=1, serve_all=False)
    (one,), (three,) = (views_of(problem, n, None, bool) for n in (1, 3))
    assert one.hubs.nodes.tolist() == three.hubs.nodes.tolist()
    for ways, again in ((one.hubs.out, three.hubs.out), (one.hubs.into, three.hubs.into)):
        assert np.array_equal(ways.cost, again.cost)
        assert np.array_equal(ways.time_s, again.time_s)
    assert three.finders.qsize() == 3


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_tiny_plan_with_water_is_without_faults_and_no_cheaper_than_the_cheapest(seed: int) -> None:
    problem = tiny(seed, "water")
    work = Citywide(problem, None, 1)
    assert solve_citywide(work, Budget(150, None, bool), bool)
    assert work.n_lost == 0
    assert faults(problem, work.plan, claimed_cost=work.cost) == []
    least = least_cost(problem)
    assert least is not None
    assert work.cost >= least
