"""Small arc-routing problems that a person can check by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from optimizer.engines.arc_routing import (
    ArcRoutingProblem,
    Engine,
    Facility,
    FaultKind,
    Limits,
    Network,
    Result,
    RoutePlan,
    Stop,
    StopKind,
    Tasks,
    VehicleGroup,
    faults,
    solve,
)
from optimizer.monitor import Silent

Street = tuple[int, int, int]


def network_of(n_nodes: int, two_way: Sequence[Street], one_way: Sequence[Street] = ()) -> Network:
    """Return streets (from, to, length) as a network that costs its length and takes as many seconds."""
    rows = [*two_way, *[(v, u, c) for u, v, c in two_way], *one_way]
    arcs = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Network(n_nodes, arcs[:, 0].copy(), arcs[:, 1].copy(), arcs[:, 2].copy(), arcs[:, 2].copy())


def tasks_of(
    streets: Sequence[Street],
    *,
    demand: Sequence[int] | Sequence[Sequence[int]] | None = None,
    value: Sequence[int] | None = None,
    reversible: Sequence[bool] | None = None,
    allowed: Sequence[Sequence[bool]] | None = None,
) -> Tasks:
    """Return one task a street, each serving at the price of driving."""
    rows = np.array(streets, dtype=np.int64).reshape(-1, 3)
    n = len(rows)
    return Tasks(
        entry=rows[:, :2].copy(),
        exit=rows[:, 1::-1].copy(),
        cost=np.repeat(rows[:, 2:], 2, axis=1),
        time_s=np.repeat(rows[:, 2:], 2, axis=1),
        reversible=np.array([True] * n if reversible is None else reversible, dtype=np.bool_),
        demand=np.array([1] * n if demand is None else demand, dtype=np.int64).reshape(n, -1 if n else 1),
        value=np.array([1] * n if value is None else value, dtype=np.int64),
        allowed=None if allowed is None else np.array(allowed, dtype=np.bool_),
    )


# A star: node 0 in the middle, four dead ends of length 10, 20, 30, 40.
STAR: tuple[Street, ...] = ((0, 1, 10), (0, 2, 20), (0, 3, 30), (0, 4, 40))
# A ring of four streets of length 10, 0 - 1 - 2 - 3 - 0.
RING: tuple[Street, ...] = ((0, 1, 10), (1, 2, 10), (2, 3, 10), (3, 0, 10))


def star(group: VehicleGroup, *, serve_all: bool = True, facilities: tuple[Facility, ...] = ()) -> ArcRoutingProblem:
    """Return the star with one task a street."""
    return ArcRoutingProblem(network_of(5, STAR), tasks_of(STAR), (group,), facilities, serve_all=serve_all)


def ring(group: VehicleGroup, *, serve_all: bool = True, facilities: tuple[Facility, ...] = ()) -> ArcRoutingProblem:
    """Return the ring with one task a street."""
    return ArcRoutingProblem(network_of(4, RING), tasks_of(RING), (group,), facilities, serve_all=serve_all)


def random_problem(seed: int, *, limited: bool = False, dumps: bool = True) -> ArcRoutingProblem:
    """Return a small strongly connected mixed problem, feasible by construction where it is not limited."""
    rng = np.random.default_rng(seed)
    n_nodes = int(rng.integers(5, 9))
    two_way = [(int(rng.integers(0, v)), v, int(rng.integers(1, 20))) for v in range(1, n_nodes)]
    one_way = []
    for _ in range(4):
        a, b = (int(x) for x in rng.choice(n_nodes, 2, replace=False))
        one_way.append((a, b, int(rng.integers(1, 20))))
    streets = [*two_way, *one_way]
    tasks = tasks_of(
        streets,
        demand=[int(d) for d in rng.integers(1, 6, len(streets))],
        value=[int(v) for v in rng.integers(1, 9, len(streets))],
        reversible=[True] * len(two_way) + [False] * len(one_way),
    )
    depot, dump = (int(x) for x in rng.choice(n_nodes, 2, replace=False))
    groups = (VehicleGroup(depot, depot, (10,), 2 if limited else None, shift_s=400, setup_s=5, fixed_cost=3),)
    facilities = (Facility(dump, visit_s=4, visit_cost=1),) if dumps else ()
    return ArcRoutingProblem(network_of(n_nodes, two_way, one_way), tasks, groups, facilities, serve_all=not limited)


def serve(*modes: int) -> tuple[Stop, ...]:
    """Return stops that serve tasks, each in one of its modes."""
    return tuple(Stop(StopKind.SERVE, mode) for mode in modes)


def solved(
    problem: ArcRoutingProblem,
    n_steps: int = 80,
    *,
    engine: Engine = Engine.JINGCHENG,
    start: RoutePlan | None = None,
    may_leave: bool = False,
) -> Result:
    """Return what is found within so many steps, without any fault; where it `may_leave` tasks out, it tells of them."""
    result = solve(problem, limits=Limits(work_limit=n_steps), seed=1, engine=engine, start=start)
    ignored = {FaultKind.LEFT_OUT} if may_leave and result.unserved else set()
    assert [f for f in faults(problem, result.plan, claimed_cost=result.cost) if f.kind not in ignored] == []
    return result


class Hasty(Silent):
    """A monitor that stops once it was told of a plan."""

    def __init__(self) -> None:
        self.plans: list[RoutePlan] = []

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        return bool(self.plans)

    def report(self, fraction: float, message: str, incumbent: object | None = None, **_: Any) -> None:
        if isinstance(incumbent, RoutePlan):
            self.plans.append(incumbent)
