"""The search: ruin, recreate, reorient, accept or undo, many times over."""

from __future__ import annotations

import math
from typing import NamedTuple

from optimizer.engines.arc_routing.kernels.aims import weigh_aims
from optimizer.engines.arc_routing.kernels.insert import find_spot, put
from optimizer.engines.arc_routing.kernels.model import AIMED, Float64, Int8, Int32, Int64, Model, Routes
from optimizer.engines.arc_routing.kernels.orient import Sheet, reorient
from optimizer.engines.arc_routing.kernels.ruin import TOUCHED, WAITING, Trial, queue, remember, ruin, undo
from optimizer.engines.arc_routing.kernels.walk import walk
from optimizer.engines.kernels.compiled import compiled, entrance
from optimizer.engines.kernels.dice import Dice, draw, draw_below

# At most so many tasks without a place are tried beside those just taken out.
EXTRA_WAITING = 16

# The visits of changed routes are placed anew in one step of so many; less often where several resources are reset, since
# labels take five times as long as trips (580 and 100 us for a route of 180 tasks).
FULL_SPLIT_ONE_IN = 8
FULL_SPLIT_OF_SEVERAL_ONE_IN = 32

# Columns of Model.rank, the orders in which waiting tasks are tried; rows of lots give the odds (paper, section 5.2, and
# value for its time where the fleet cannot serve all).
RANK_RANDOM = -1
RANK_HEAVY = 0
RANK_FAR = 1
RANK_CLOSE = 2
RANK_WORTH = 3

# Places in Best.totals and in Bench.totals: value and number of tasks without a place, penalty for them, cost of all routes,
# and what the plan weighs beside.
LOST_VALUE = 0
N_LOST = 1
PENALTY = 2
COST = 3
BESIDE = 4
N_TOTALS = 5


class Best(NamedTuple):
    """The best plan so far."""

    mode: Int32
    via: Int8
    length: Int64
    totals: Int64


class Bench(NamedTuple):
    """All that a search keeps between two calls: the trial, scratch, dice, totals of the plan under work, and the best."""

    trial: Trial
    sheet: Sheet
    dice: Dice
    spot: Int64
    key: Float64
    totals: Int64


@compiled
def choose_rank(dice: Dice, by_worth: int) -> int:
    """Draw the order in which waiting tasks are tried."""
    lot = draw_below(dice, 11 + 8 * by_worth)
    if lot < 4:
        return RANK_RANDOM
    if lot < 8:
        return RANK_HEAVY
    if lot < 10:
        return RANK_FAR
    if lot < 11:
        return RANK_CLOSE
    return RANK_WORTH


@compiled
def sort_waiting(model: Model, bench: Bench, by_worth: int) -> None:
    """Bring the waiting tasks into an order drawn by lot."""
    trial = bench.trial
    rank = choose_rank(bench.dice, by_worth)
    for i in range(trial.counts[WAITING]):
        task = trial.waiting[i]
        key = draw(bench.dice) if rank == RANK_RANDOM else model.rank[task, rank]
        j = i
        while j > 0 and bench.key[j - 1] > key:
            bench.key[j] = bench.key[j - 1]
            trial.waiting[j] = trial.waiting[j - 1]
            j -= 1
        bench.key[j] = key
        trial.waiting[j] = task


@compiled
def recreate(model: Model, routes: Routes, bench: Bench) -> None:
    """Put the waiting tasks at their cheapest places; those that find none stay without."""
    trial = bench.trial
    for i in range(trial.counts[WAITING]):
        if find_spot(model, routes, trial.waiting[i], bench.spot, bench.dice):
            remember(routes, trial, bench.spot[1])
            put(model, routes, bench.spot)


@compiled
def queue_lost(model: Model, routes: Routes, trial: Trial, seed: int) -> None:
    """List some tasks without a place near `seed`."""
    if routes.route_of[seed] < 0:
        queue(trial, seed, 1)
    n_extra = 0
    for k in range(model.near.shape[1]):
        if n_extra == EXTRA_WAITING:
            return
        task = model.near[seed, k]
        if routes.route_of[task] < 0:
            queue(trial, task, 1)
            n_extra += 1


@entrance
def measure(model: Model, routes: Routes, totals: Int64) -> None:
    """Write the plan's totals."""
    for k in range(len(totals)):
        totals[k] = 0
    for task in range(len(model.value)):
        if routes.route_of[task] < 0:
            totals[LOST_VALUE] += model.value[task]
            totals[N_LOST] += 1
            totals[PENALTY] += model.penalty[task]
    for r in range(len(routes.length)):
        totals[COST] += routes.cost[r]
    if model.rules[AIMED]:
        totals[BESIDE] = weigh_aims(model, routes)


@entrance
def keep_best(routes: Routes, totals: Int64, best: Best) -> bool:
    """Copy the plan if it serves more value than the best, or as much at less cost with what it weighs beside."""
    lost = totals[LOST_VALUE] - best.totals[LOST_VALUE]
    if lost > 0 or (lost == 0 and totals[COST] + totals[BESIDE] >= best.totals[COST] + best.totals[BESIDE]):
        return False
    for k in range(len(totals)):
        best.totals[k] = totals[k]
    for r in range(len(routes.length)):
        n = routes.length[r]
        best.length[r] = n
        for i in range(n):
            best.mode[r, i] = routes.mode[r, i]
            best.via[r, i] = routes.via[r, i]
        best.via[r, n] = routes.via[r, n]
    return True


@compiled
def settle(model: Model, routes: Routes, bench: Bench, heat: float) -> None:
    """Take the step into the totals, or undo it where it costs more than the heat allows."""
    trial = bench.trial
    cost = 0
    is_late = False
    one_in = FULL_SPLIT_ONE_IN if len(model.demand) == 1 else FULL_SPLIT_OF_SEVERAL_ONE_IN
    full = 1 if draw_below(bench.dice, one_in) == 0 else 0
    for slot in range(trial.counts[TOUCHED]):
        r = trial.touched[slot]
        reorient(model, routes, bench.sheet, r, full)
        cost += routes.cost[r] - trial.old_cost[slot]
        # Where ways are cheapest and not quickest, even leaving out a stop can make a route longer.
        is_late = is_late or routes.time[r] > model.shift[model.slot_group[r]]
    penalty = 0
    value = 0
    number = 0
    for i in range(trial.counts[WAITING]):
        task = trial.waiting[i]
        sign = (1 if routes.route_of[task] < 0 else 0) - trial.was_lost[task]
        penalty += sign * model.penalty[task]
        value += sign * model.value[task]
        number += sign
    beside = weigh_aims(model, routes) - bench.totals[BESIDE] if model.rules[AIMED] else 0
    if cost + penalty + beside > -heat * math.log(draw(bench.dice)) or is_late:
        undo(model, routes, trial)
        return
    bench.totals[COST] += cost
    bench.totals[BESIDE] += beside
    bench.totals[PENALTY] += penalty
    bench.totals[LOST_VALUE] += value
    bench.totals[N_LOST] += number


@entrance
def anneal(model: Model, routes: Routes, bench: Bench, best: Best, plan: Float64) -> int:
    """Take steps while the heat falls, and return how many of them led to a new best.

    `plan` holds the number of steps, the heat at the first and at the last of them, how many tasks a step takes out on
    average, and 1 where value decides.
    """
    n_steps = int(plan[0])
    heat = plan[1]
    fall = (plan[2] / plan[1]) ** (1.0 / max(1, n_steps))
    by_worth = int(plan[4])
    n_better = 0
    for _ in range(n_steps):
        seed = ruin(model, routes, bench.trial, bench.dice, plan[3])
        if bench.totals[N_LOST] > 0:
            queue_lost(model, routes, bench.trial, seed)
        sort_waiting(model, bench, by_worth)
        recreate(model, routes, bench)
        settle(model, routes, bench, heat)
        if keep_best(routes, bench.totals, best):
            n_better += 1
        heat *= fall
    return n_better


@entrance
def build(model: Model, routes: Routes, bench: Bench, tasks: Int64) -> None:
    """Put tasks at their cheapest places in the order given; routes they enter are reoriented."""
    for i in range(len(tasks)):
        if routes.route_of[tasks[i]] < 0 and find_spot(model, routes, tasks[i], bench.spot, bench.dice):
            put(model, routes, bench.spot)
            reorient(model, routes, bench.sheet, bench.spot[1], 0)


@entrance
def measure_all(model: Model, routes: Routes) -> None:
    """Measure every route again, after rows were written from outside."""
    for r in range(len(routes.length)):
        walk(model, routes, r)


@entrance
def split_anew(model: Model, routes: Routes, bench: Bench, r: int) -> None:
    """Give route `r` its best directions and visits."""
    walk(model, routes, r)
    reorient(model, routes, bench.sheet, r, 1)
