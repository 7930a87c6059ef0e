"""What must hold of every problem, on tiny ones that are solved to proof by trying everything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.engines.vehicle_routing import Break, Limits, Station, VehicleRoutingProblem, VisitKind, faults, solve
from optimizer.engines.vehicle_routing.bounds import lower_bound
from optimizer.engines.vehicle_routing.ortools_engine import feasible_by_ortools
from tests.optimizer.engines.vehicle_cases import profile_of, stops_of, street, truck
from tests.optimizer.engines.vehicle_exhaustive import best_plan

SEEDS = st.integers(0, 10**6)
FEW = settings(max_examples=8, deadline=None)


def tiny(seed: int, *, serve_all: bool = False, n_loads: int = 1) -> VehicleRoutingProblem:
    """Return three stops, one or two trucks, one or two stations, with windows and limits that bind now and then."""
    rng = np.random.default_rng(seed)
    at_m = [0, *rng.integers(0, 500, 5).tolist()]
    early_s = rng.integers(0, 400, 3).tolist()
    windows = [(early, early + int(rng.integers(50, 600))) for early in early_s]
    demand = rng.integers(0, 6, (3, n_loads)).tolist()
    capacity = tuple(int(c) for c in rng.integers(4, 9, n_loads))
    group = truck(
        capacity,
        int(rng.integers(1, 3)),
        fixed_cost=int(rng.integers(0, 200)),
        cost_s=int(rng.integers(0, 2)),
        shift_s=int(rng.integers(900, 2000)),
        breaks=(Break(30, 300, 700),) if rng.random() < 0.3 else (),
    )
    stations = [Station(4, visit_s=20, visit_cost=5), Station(5, visit_s=5, open_s=((0, int(rng.integers(300, 3000))),))]
    return street(
        group,
        stops=stops_of([1, 2, 3], demand, value=rng.integers(1, 9, 3).tolist()),
        profiles=(profile_of(at_m, 3, service_s=10, windows_s=windows),),
        stations=tuple(stations[: int(rng.integers(1, 3))]),
        must_end_empty=bool(rng.random() < 0.7),
        serve_all=serve_all,
    )


@FEW
@given(SEEDS)
def test_a_wider_window_never_collects_less(seed: int) -> None:
    problem = tiny(seed)
    (profile,) = problem.profiles
    (lost, cost), plan = best_plan(problem)
    assert not faults(problem, plan, claimed_cost=cost)
    wider = replace(problem, profiles=(replace(profile, latest_s=profile.latest_s + 100),))
    assert best_plan(wider)[0] <= (lost, cost)
    assert solve(wider, limits=Limits(work_limit=5), start=plan).value_served >= problem.stops.value.sum() - lost


@FEW
@given(SEEDS, st.integers(0, 5))
def test_an_extra_station_never_costs_more(seed: int, place: int) -> None:
    problem = tiny(seed)
    key, plan = best_plan(problem)
    more = replace(problem, stations=(*problem.stations, Station(place, visit_s=10)))
    assert best_plan(more)[0] <= key
    found = solve(more, limits=Limits(work_limit=5), start=plan)
    lost = int(problem.stops.value.sum()) - found.value_served
    assert (lost, found.cost) <= key


@FEW
@given(SEEDS)
def test_compartments_never_mix(seed: int) -> None:
    problem = tiny(seed, n_loads=2)
    plan = solve(problem, limits=Limits(work_limit=30)).plan
    assert not faults(problem, plan)
    for route in plan.routes:
        aboard = np.zeros(2, dtype=np.int64)
        for visit in route.visits:
            if visit.kind is VisitKind.STATION:
                aboard[:] = 0
            elif visit.kind is VisitKind.STOP:
                aboard += problem.stops.demand[visit.index]
            assert (aboard <= problem.groups[0].capacity).all()


@FEW
@given(SEEDS)
def test_nothing_beats_trying_everything_nor_goes_below_the_bound(seed: int) -> None:
    problem = tiny(seed, serve_all=True)
    (lost, cost), plan = best_plan(problem)
    found = solve(problem, limits=Limits(work_limit=40))
    n_lost = problem.n_stops - len(found.plan.served)
    assert (n_lost, found.cost) >= (lost, cost)
    assert not [fault for fault in faults(problem, found.plan) if fault.kind.value != "left out"]
    bound = lower_bound(problem, bool)
    assert lost or bound is None or bound <= cost
    assert feasible_by_ortools(problem, plan)
