"""Drive the compiled search: begin at a plan or at nothing, anneal in slices, keep the best."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from time import perf_counter

import numpy as np
import numpy.typing as npt

from optimizer.engines.budget import Budget, share_spent
from optimizer.engines.outcome import Found
from optimizer.engines.vehicle_routing.fleet_reduction import may_reduce, reduce_fleet, variable_cost, vehicles_cost_most
from optimizer.engines.vehicle_routing.kernels.anneal import (
    COST,
    LOST_VALUE,
    RANK_FAR,
    RANK_WORTH,
    anneal,
    keep_best,
    set_route,
    weigh,
)
from optimizer.engines.vehicle_routing.kernels.model import BOUND
from optimizer.engines.vehicle_routing.kernels.ruin import TICK, TOUCHED, WAITING
from optimizer.engines.vehicle_routing.nearness import Stopped
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.schedule import Step, plan_cost, timed
from optimizer.engines.vehicle_routing.scratch import bench_for, best_for, routes_for
from optimizer.engines.vehicle_routing.solution import RoutePlan, VehicleRoute, Visit, VisitKind
from optimizer.engines.vehicle_routing.tables import Tables, tables_of
from optimizer.engines.watch import Told

Int64 = npt.NDArray[np.int64]

# Seconds between two looks at the clock and the stop flag.
SLICE_S = 0.04
# Stops times steps of the first slice; of each, where steps are limited.
STOPS_STEPPED = 20_000
# Stops that a step takes out on average: those of Christiaens & Vanden Berghe 2020, section 5.1, where a vehicle costs, so
# that routes empty (Taipei's evening: 1,200 km in 32 s of processor time, with half as many 1,285 km in 90 s); else half as
# many, each step twice as fast.
TAKEN_OF_FLEET = 10.0
TAKEN = 5.0
# Share of the steps that take strings out of trips, not of whole routes, where there are stations: trips of one vehicle are
# often neighbours.
TRIP_SHARE = 0.8
# Share of the steps that exchange trips between vehicles, where there are stations.
CROSS_SHARE = 0.2
# Heat at the beginning and at the end, as shares of the mean cost of a stop; less at the beginning where a plan is given.
HEAT_FIRST = 1.0
HEAT_GIVEN = 0.1
HEAT_LAST = 0.01
# Share of the budget that is spent on fewer vehicles at most, where these cost most.
REDUCTION_SHARE = 0.1


class Search:
    """One search over a problem: holds the kernels' arrays from one call to the next."""

    def __init__(self, tables: Tables, seed: int) -> None:
        self.tables = tables
        self.routes = routes_for(tables)
        problem = tables.problem
        stops, slots = np.arange(problem.n_stops, dtype=np.int64), np.arange(tables.n_slots, dtype=np.int64)
        self.bench = bench_for(self.routes, stops, slots, seed)
        self.best = best_for(self.routes)
        self.n_steps = 0
        for slot in range(tables.n_slots):
            self._set(slot, [])
        self._note()

    @property
    def key(self) -> tuple[int, int]:
        """What the best plan leaves out in value, and its cost with what it weighs beside."""
        return int(self.best.totals[LOST_VALUE]), int(self.best.totals[COST])

    def start_from(self, plan: RoutePlan) -> None:
        """Begin at a plan; a route that this search cannot time as it stands is left out, its stops wait."""
        for slot, route in self._slots_for(plan):
            self._set(slot, [node for visit in route.visits for node in self._node(visit)])
        self._note()

    def _slots_for(self, plan: RoutePlan) -> list[tuple[int, VehicleRoute]]:
        slot_of = {vehicle: slot for slot, vehicle in enumerate(self.tables.vehicles)}
        numbered = [route for route in plan.routes if route.vehicle is not None]
        found = [(slot_of[route.group, route.vehicle], route) for route in numbered if route.vehicle is not None]
        taken = {slot for slot, _ in found}
        idle = {g: [s for (of, _), s in slot_of.items() if of == g and s not in taken] for g, _ in self.tables.vehicles}
        n_before: Counter[int] = Counter()
        for route in plan.routes:
            if route.vehicle is None:
                found.append((idle[route.group][n_before[route.group]], route))
                n_before[route.group] += 1
        return found

    def _node(self, visit: Visit) -> list[int]:
        if visit.kind is VisitKind.BREAK:
            return []
        return [visit.index + (self.tables.problem.n_stops if visit.kind is VisitKind.STATION else 0)]

    def _set(self, slot: int, nodes: list[int]) -> None:
        set_route(self.tables.model, self.routes, self.bench, slot, np.array(nodes, dtype=np.int64))

    def build(self, budget: Budget) -> None:
        """Put all stops that have no place at their cheapest ones."""
        model = self.tables.model
        column = RANK_FAR if self.tables.problem.serve_all else RANK_WORTH
        order = np.argsort(model.ranks[:, column], kind="stable").astype(np.int64)
        order = order[self.routes.route_of[order] < 0]
        for begin in range(0, len(order), 64):
            if budget.over:
                break
            self._put(order[begin : begin + 64])
        self._note()

    def _put(self, stops: Int64) -> None:
        """Put stops at their cheapest places, in this order."""
        trial = self.bench.trial
        trial.counts[[TOUCHED, WAITING]] = 0, len(stops)
        trial.counts[TICK] += 1
        trial.waiting[: len(stops)] = stops
        self._anneal(0, (1.0, 1.0))
        trial.counts[WAITING] = 0

    def _anneal(self, n_steps: int, heats: tuple[float, float]) -> None:
        plan = np.array([n_steps, *heats, *self._shares()])
        anneal(self.tables.model, self.routes, self.bench, self.best, plan)
        self.n_steps += n_steps

    def _shares(self) -> tuple[float, float, float]:
        """Return how many stops a step takes out, in what share of steps out of trips, and what share exchanges trips."""
        rules = self.tables.model.rules
        shares = (TRIP_SHARE, 0.0 if rules[BOUND] else CROSS_SHARE) if self.tables.problem.stations else (0.0, 0.0)
        return TAKEN_OF_FLEET if self.tables.model.fleet.fixed.any() else TAKEN, *shares

    def _note(self) -> None:
        self.best.stale[:] = 1
        weigh(self.tables.model, self.routes, self.bench)
        keep_best(self.routes, self.bench, self.best)

    @property
    def _mean_cost(self) -> float:
        """What a stop costs on average; without the fixed costs where these are beyond what any step saves or costs."""
        cost = variable_cost(self) if vehicles_cost_most(self) else int(self.bench.totals[COST])
        return max(1e-3, cost / max(1, self.tables.problem.n_stops))

    def reduce_fleet(self, budget: Budget, told: Told) -> Budget:
        """Try to do with fewer vehicles where these cost most; return what is left of the budget."""
        if not may_reduce(self):
            return budget
        part, began = budget.part(REDUCTION_SHARE), perf_counter()

        def is_over(n_steps: int) -> bool:
            share = share_spent(part, n_steps, began)
            return part.over or share >= 1.0 or told(REDUCTION_SHARE * share, self.key, self.plan)

        heat = budget.heat * HEAT_GIVEN * self._mean_cost
        n_steps = reduce_fleet(self, is_over, [heat, heat, *self._shares()])
        self.n_steps += n_steps
        return budget if budget.n_steps is None else replace(budget, n_steps=budget.n_steps - n_steps)

    def run(self, budget: Budget, told: Told, hottest: float = HEAT_FIRST) -> None:
        """Anneal until the budget is spent, or until `told`, called after each slice, says so."""
        n_stops = self.tables.problem.n_stops
        scale = budget.heat * self._mean_cost
        began = perf_counter()
        # Where steps are limited, slices do not depend on the clock, so that the same run is the same to the last digit.
        done, size, share = 0, max(5, min(100, STOPS_STEPPED // max(1, n_stops))), 0.0
        while share < 1.0 and not budget.over:
            if budget.n_steps is not None:
                size = min(size, budget.n_steps - done)
            then = max(share, share_spent(budget, done + size, began))
            first, last = (scale * hottest * (HEAT_LAST / hottest) ** min(1.0, part) for part in (share, then))
            clock = perf_counter()
            self._anneal(size, (first, last))
            done += size
            share = share_spent(budget, done, began)
            if told(min(1.0, share), self.key, self.plan):
                return
            took_s = max(1e-6, perf_counter() - clock)
            if budget.n_steps is None:
                size = max(1, int(size * min(2.0, SLICE_S / took_s)))

    def plan(self) -> RoutePlan:
        """Return the best plan."""
        return RoutePlan(tuple(self._route(slot) for slot in range(self.tables.n_slots) if self.best.length[slot]))

    def _route(self, slot: int) -> VehicleRoute:
        group, number = self.tables.vehicles[slot]
        vehicle = number if self.tables.problem.numbers_vehicles else None
        if not self.tables.model.fleet.by_clock[group]:
            steps = [(visit.kind, visit.index) for visit in self._visits(slot, group)]
            return self._timed(group, steps, vehicle)
        return VehicleRoute(group, int(self.best.leave[slot]), tuple(self._visits(slot, group)), vehicle)

    def _timed(self, group: int, steps: list[Step], vehicle: int | None) -> VehicleRoute:
        route = timed(self.tables.problem, group, steps, vehicle=vehicle)
        assert route is not None, f"a route of group {group} breaks a rule: {steps}"
        return route

    def _visits(self, slot: int, group: int) -> list[Visit]:
        best, n_stops = self.best, self.tables.problem.n_stops
        is_timed = bool(self.tables.model.fleet.by_clock[group])
        found: list[Visit] = []
        rested = 0
        n = int(best.length[slot])
        for i in range(1, n + 2):
            while is_timed and rested < best.rested[slot, i]:
                found.append(Visit(VisitKind.BREAK, rested, int(best.rest_begin[slot, rested])))
                rested += 1
            if i > n:
                break
            node, begin = int(best.node[slot, i]), int(best.begin[slot, i])
            kind, index = (VisitKind.STOP, node) if node < n_stops else (VisitKind.STATION, node - n_stops)
            found.append(Visit(kind, index, begin))
        return found


def search(
    problem: VehicleRoutingProblem, budget: Budget, seed: int, start: RoutePlan | None, told: Told, threads: int
) -> Found[RoutePlan]:
    """Search for the best plan, from a given one or from nothing, with all that a problem may ask.

    Parameters
    ----------
    problem
        What is asked.
    budget
        How long; asked several times each 0.1 s whether to stop.
    seed
        Same problem, seed, start and limit of steps: same plan.
    start
        A plan to begin at.
    told
        Called now and then with the share spent, the best plan's key, and the maker of the plan; True ends the search.
    threads
        That may search side by side.
    """
    try:
        work = Search(tables_of(problem, budget.stopped), seed)
    except Stopped:
        begun = start or RoutePlan()
        return Found(begun, plan_cost(problem, begun), 0, 1)
    if start is not None:
        work.start_from(start)
    work.build(budget)
    if problem.n_stops:
        budget = work.reduce_fleet(budget, told)
        work.run(budget, told, HEAT_FIRST if start is None else HEAT_GIVEN)
    plan = work.plan()
    return Found(plan, plan_cost(problem, plan), work.n_steps, 1)
