"""The search: ruin, recreate, accept or undo, many times over."""

from __future__ import annotations

import math
from typing import NamedTuple

from optimizer.engines.kernels.compiled import compiled, entrance
from optimizer.engines.kernels.dice import Dice, draw, draw_below
from optimizer.engines.vehicle_routing.kernels.cross import cross_trips
from optimizer.engines.vehicle_routing.kernels.insert import SPOT_ROUTE, Finder, find_spot, put
from optimizer.engines.vehicle_routing.kernels.model import (
    BAD,
    BY_VALUE,
    LEAVES,
    NEVER,
    TRIPS,
    Float64,
    Int64,
    Model,
    Routes,
)
from optimizer.engines.vehicle_routing.kernels.rows import begin_sheet, end_sheet, take_over, write
from optimizer.engines.vehicle_routing.kernels.ruin import TOUCHED, WAITING, Trial, queue, remember, ruin, undo
from optimizer.engines.vehicle_routing.kernels.tidy import better_visits, tidy

# At most so many stops without a place are tried beside those just taken out.
EXTRA_WAITING = 16

# The visits of changed routes are chosen anew in one step of so many.
VISITS_ONE_IN = 16

# Columns of Model.ranks, the orders in which waiting stops are tried, with their odds; at random else. The first four are
# the paper's, section 5.2, the next three those of its section 6.4 for time windows.
RANK_HEAVY = 0
RANK_FAR = 1
RANK_CLOSE = 2
RANK_NARROW = 3
RANK_SOON = 4
RANK_LATE = 5
RANK_WORTH = 6
N_RANKS = 7
RANK_RANDOM = -1

# Places in Best.totals and in Bench.totals: value and number of stops without a place, penalty for them, cost of all routes
# with what they weigh beside, number of routes and of stops served.
LOST_VALUE = 0
N_LOST = 1
PENALTY = 2
COST = 3
N_ROUTES = 4
N_TOTALS = 5


class Best(NamedTuple):
    """The best plan so far; `stale` (n_slots,) is 1 where the plan under work may differ from it."""

    node: Int64
    length: Int64
    begin: Int64
    rested: Int64
    rest_begin: Int64
    leave: Int64
    totals: Int64
    stale: Int64


class Bench(NamedTuple):
    """All that a search keeps between two calls, beside the plan under work and the best one."""

    trial: Trial
    finder: Finder
    key: Float64
    totals: Int64
    slots: Int64


@compiled
def choose_rank(dice: Dice, by_value: int) -> int:
    """Draw the order in which waiting stops are tried."""
    lot = draw_below(dice, 17 + 10 * by_value)
    if lot < 4:
        return RANK_RANDOM
    if lot < 8:
        return RANK_HEAVY
    if lot < 10:
        return RANK_FAR
    if lot < 11:
        return RANK_CLOSE
    if lot < 13:
        return RANK_NARROW
    if lot < 15:
        return RANK_SOON
    return RANK_LATE if lot < 17 else RANK_WORTH


@compiled
def sort_waiting(model: Model, bench: Bench) -> None:
    """Bring the waiting stops into an order drawn by lot."""
    trial, dice = bench.trial, bench.finder.dice
    rank = choose_rank(dice, model.rules[BY_VALUE])
    for i in range(trial.counts[WAITING]):
        stop = trial.waiting[i]
        key = draw(dice) if rank == RANK_RANDOM else model.ranks[stop, rank]
        j = i
        while j > 0 and bench.key[j - 1] > key:
            bench.key[j] = bench.key[j - 1]
            trial.waiting[j] = trial.waiting[j - 1]
            j -= 1
        bench.key[j] = key
        trial.waiting[j] = stop


@compiled
def recreate(model: Model, routes: Routes, bench: Bench) -> None:
    """Put the waiting stops at their cheapest places; those that find none stay without."""
    trial, finder = bench.trial, bench.finder
    for i in range(trial.counts[WAITING]):
        stop = trial.waiting[i]
        if find_spot(model, routes, finder, stop):
            remember(model, routes, trial, finder.spot[SPOT_ROUTE])
            put(model, routes, finder, stop)


@compiled
def queue_lost(model: Model, routes: Routes, bench: Bench, seed: int) -> None:
    """List some stops without a place near `seed`."""
    trial = bench.trial
    if routes.route_of[seed] < 0:
        queue(trial, seed, 1)
    n_extra = 0
    n_looks = 0
    for k in range(model.near.shape[1]):
        stop = model.near[seed, k]
        if stop < 0 or n_extra == EXTRA_WAITING:
            break
        if routes.route_of[stop] == -1:
            queue(trial, stop, 1)
            n_extra += 1
    while n_extra == 0 and n_looks < EXTRA_WAITING:
        n_looks += 1
        stop = trial.stops[draw_below(bench.finder.dice, len(trial.stops))]
        if routes.route_of[stop] == -1:
            queue(trial, stop, 1)
            n_extra += 1


@entrance
def weigh(model: Model, routes: Routes, bench: Bench) -> None:
    """Write the totals of the part under work."""
    totals = bench.totals
    for k in range(N_TOTALS):
        totals[k] = 0
    for k in range(len(bench.trial.stops)):
        stop = bench.trial.stops[k]
        if routes.route_of[stop] < 0:
            totals[LOST_VALUE] += model.value[stop]
            totals[N_LOST] += 1
            totals[PENALTY] += model.penalty[stop]
    for k in range(len(bench.slots)):
        totals[COST] += routes.cost[bench.slots[k]]
        totals[N_ROUTES] += 1 if routes.length[bench.slots[k]] > 0 else 0


@entrance
def keep_best(routes: Routes, bench: Bench, best: Best) -> bool:
    """Copy the plan if it serves more value than the best, or as much at less cost."""
    lost = bench.totals[LOST_VALUE] - best.totals[LOST_VALUE]
    if lost > 0 or (lost == 0 and bench.totals[COST] >= best.totals[COST]):
        return False
    for k in range(N_TOTALS):
        best.totals[k] = bench.totals[k]
    for slot in range(len(bench.slots)):
        r = bench.slots[slot]
        if not best.stale[r]:
            continue
        best.stale[r] = 0
        best.length[r] = routes.length[r]
        best.leave[r] = routes.facts[r, LEAVES]
        for i in range(routes.length[r] + 2):
            best.node[r, i] = routes.node[r, i]
            best.begin[r, i] = routes.begin[r, i]
            best.rested[r, i] = routes.rested[r, i]
        for k in range(routes.rest_begin.shape[1]):
            best.rest_begin[r, k] = routes.rest_begin[r, k]
    return True


@compiled
def settle(model: Model, routes: Routes, bench: Bench, best: Best, heat: float) -> None:
    """Take the step into the totals, or undo it where it costs more than the heat allows."""
    trial, totals = bench.trial, bench.totals
    cost, penalty, value, number, n_routes, is_bad = 0, 0, 0, 0, 0, False
    is_thorough = len(model.sites.cost) > 0 and draw_below(bench.finder.dice, VISITS_ONE_IN) == 0
    for slot in range(trial.counts[TOUCHED]):
        r = trial.touched[slot]
        tidy(model, routes, bench.finder.sheet, r)
        if is_thorough:
            better_visits(model, routes, bench.finder.sheet, r)
        cost += routes.cost[r] - trial.old_cost[slot]
        n_routes += (1 if routes.length[r] > 0 else 0) - (1 if trial.old_length[slot] > 0 else 0)
        is_bad = is_bad or bool(routes.facts[r, BAD])
    for i in range(trial.counts[WAITING]):
        stop = trial.waiting[i]
        sign = (1 if routes.route_of[stop] < 0 else 0) - trial.was_lost[stop]
        penalty += sign * model.penalty[stop]
        value += sign * model.value[stop]
        number += sign
    if is_bad or cost + penalty > -heat * math.log(draw(bench.finder.dice)):
        undo(model, routes, trial)
        return
    for slot in range(trial.counts[TOUCHED]):
        best.stale[trial.touched[slot]] = 1
    totals[COST] += cost
    totals[PENALTY] += penalty
    totals[LOST_VALUE] += value
    totals[N_LOST] += number
    totals[N_ROUTES] += n_routes


@compiled
def count_trips(routes: Routes, bench: Bench) -> int:
    """Return how many trips all routes make."""
    n_trips = 0
    for k in range(len(bench.slots)):
        n_trips += routes.facts[bench.slots[k], TRIPS]
    return n_trips


@compiled
def rebuild(model: Model, routes: Routes, bench: Bench, plan: Float64) -> None:
    """Take stops out and put them at their cheapest places."""
    n_served = len(bench.trial.stops) - bench.totals[N_LOST]
    by_trip = plan[4] > 0.0 and draw(bench.finder.dice) < plan[4]
    n_tours = count_trips(routes, bench) if by_trip else bench.totals[N_ROUTES]
    seed = ruin(model, routes, bench.finder, bench.trial, (plan[3], n_served / max(1, n_tours), by_trip))
    if bench.totals[N_LOST] > 0:
        queue_lost(model, routes, bench, seed)
    sort_waiting(model, bench)
    recreate(model, routes, bench)


@entrance
def anneal(model: Model, routes: Routes, bench: Bench, best: Best, plan: Float64) -> int:
    """Put the stops that wait at their cheapest places; take steps while the heat falls; return how many made a new best.

    `plan` holds the number of steps, the heat at the first and at the last of them, how many stops a step takes out on
    average, in what share of the steps out of trips, and what share exchanges trips.
    """
    recreate(model, routes, bench)
    n_steps = int(plan[0])
    heat = plan[1]
    fall = (plan[2] / plan[1]) ** (1.0 / max(1, n_steps))
    n_better = 0
    for _ in range(n_steps):
        if plan[5] > 0.0 and draw(bench.finder.dice) < plan[5]:
            cross_trips(model, routes, bench.finder, bench.trial)
        else:
            rebuild(model, routes, bench, plan)
        settle(model, routes, bench, best, heat)
        if keep_best(routes, bench, best):
            n_better += 1
        heat *= fall
    bench.trial.counts[WAITING] = 0
    return n_better


@entrance
def set_route(model: Model, routes: Routes, bench: Bench, r: int, nodes: Int64) -> int:
    """Make nodes the route of slot `r`, and return its cost; NEVER, and an empty route, where they break a rule."""
    sheet = bench.finder.sheet
    for i in range(1, routes.length[r] + 1):
        if routes.node[r, i] < len(model.value):
            routes.route_of[routes.node[r, i]] = -1
    begin_sheet(model, sheet, r)
    for k in range(len(nodes)):
        write(model, sheet, nodes[k])
    end_sheet(model, sheet, r)
    take_over(model, routes, sheet, r)
    if not routes.facts[r, BAD]:
        return routes.cost[r]  # type: ignore[no-any-return]
    for k in range(len(nodes)):
        if nodes[k] < len(model.value):
            routes.route_of[nodes[k]] = -1
    begin_sheet(model, sheet, r)
    end_sheet(model, sheet, r)
    take_over(model, routes, sheet, r)
    return NEVER
