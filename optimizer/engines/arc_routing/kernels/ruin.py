"""Take strings of neighbouring tasks out of routes (Christiaens & Vanden Berghe 2020, doi 10.1287/trsc.2019.0914)."""

from __future__ import annotations

from typing import NamedTuple

from optimizer.engines.arc_routing.kernels.model import BOUND, Int8, Int32, Int64, Model, Routes
from optimizer.engines.arc_routing.kernels.walk import walk
from optimizer.engines.kernels.compiled import compiled, inlined
from optimizer.engines.kernels.dice import Dice, draw, draw_below

# Figures of the paper, section 5.1: at most ten tasks a string, half of the strings with a piece left inside.
LONGEST_STRING = 10
SPLIT_RATE = 0.5
LONGER_PIECE_RATE = 0.01


class Trial(NamedTuple):
    """One step's undo log and list of tasks that wait for a place.

    `counts` holds how many routes are touched, how many tasks wait, the tick of this step. `mark` is the tick at which a
    route was last touched, `old_*` its row before, `waiting` the tasks, `queued` the tick at which each was listed,
    `was_lost` 1 where a listed task had no place before.
    """

    counts: Int64
    touched: Int64
    mark: Int64
    old_mode: Int32
    old_via: Int8
    old_length: Int64
    old_cost: Int64
    waiting: Int64
    queued: Int64
    was_lost: Int64


TOUCHED = 0
WAITING = 1
TICK = 2


@inlined
def remember(routes: Routes, trial: Trial, r: int) -> None:
    """Note the row of route `r` before this step first changes it."""
    if trial.mark[r] == trial.counts[TICK]:
        return
    trial.mark[r] = trial.counts[TICK]
    slot = trial.counts[TOUCHED]
    trial.touched[slot] = r
    trial.counts[TOUCHED] += 1
    n = routes.length[r]
    for i in range(n):
        trial.old_mode[slot, i] = routes.mode[r, i]
        trial.old_via[slot, i] = routes.via[r, i]
    trial.old_via[slot, n] = routes.via[r, n]
    trial.old_length[slot] = n
    trial.old_cost[slot] = routes.cost[r]


@compiled
def undo(model: Model, routes: Routes, trial: Trial) -> None:
    """Put all touched routes back as they were."""
    for slot in range(trial.counts[TOUCHED]):
        r = trial.touched[slot]
        for i in range(routes.length[r]):
            routes.route_of[routes.mode[r, i] >> 1] = -1
    for slot in range(trial.counts[TOUCHED]):
        r = trial.touched[slot]
        n = trial.old_length[slot]
        for i in range(n):
            routes.mode[r, i] = trial.old_mode[slot, i]
            routes.via[r, i] = trial.old_via[slot, i]
        routes.via[r, n] = trial.old_via[slot, n]
        routes.length[r] = n
        walk(model, routes, r)


@inlined
def queue(trial: Trial, task: int, lost: int) -> None:
    """List a task for a new place; `lost` is 1 where it had none before."""
    if trial.queued[task] != trial.counts[TICK]:
        trial.queued[task] = trial.counts[TICK]
        trial.was_lost[task] = lost
        trial.waiting[trial.counts[WAITING]] = task
        trial.counts[WAITING] += 1


@compiled
def take_out(model: Model, routes: Routes, trial: Trial, r: int, cut: tuple[int, int, int, int]) -> None:
    """Take places first .. last - 1 out of route `r`, but keep those from `keep_first` to `keep_last` - 1.

    Where stretches with visits are joined, a visit stays that resets what they did.
    """
    first, last, keep_first, keep_last = cut
    remember(routes, trial, r)
    n = routes.length[r]
    kept = 0
    via = 0
    for i in range(n):
        via = model.joined[via, routes.via[r, i]]
        m = routes.mode[r, i]
        if first <= i < last and not keep_first <= i < keep_last:
            routes.route_of[m >> 1] = -1
            queue(trial, m >> 1, 0)
            continue
        routes.mode[r, kept] = m
        routes.via[r, kept] = via if kept > 0 else 0
        kept += 1
        via = 0
    routes.via[r, kept] = routes.via[r, n]
    routes.length[r] = kept
    walk(model, routes, r)


@compiled
def cut_string(model: Model, routes: Routes, trial: Trial, dice: Dice, ask: tuple[int, int]) -> None:
    """Take a string of about the asked length, with the asked task in it, out of that task's route."""
    task, length = ask
    r = routes.route_of[task]
    place = routes.place_of[task]
    n = routes.length[r]
    kept = 0
    if length > 1 and length < n and draw(dice) < SPLIT_RATE:
        kept = 1
        while length + kept < n and draw(dice) < LONGER_PIECE_RATE:
            kept += 1
    span = length + kept
    lowest = max(0, place - span + 1)
    highest = min(place, n - span)
    first = lowest + draw_below(dice, highest - lowest + 1)
    keep_first = first + 1 + draw_below(dice, max(1, span - kept - 1)) if kept else first
    take_out(model, routes, trial, r, (first, first + span, keep_first, keep_first + kept))


@compiled
def take_fellows(model: Model, routes: Routes, trial: Trial) -> None:
    """Take out the whole order of each task that waits, since what stays would hold it to its route."""
    bonds = model.bonds
    i = 0
    while i < trial.counts[WAITING]:
        order = bonds.order[trial.waiting[i]]
        i += 1
        if order < 0:
            continue
        for k in range(bonds.first[order], bonds.first[order + 1]):
            r = routes.route_of[bonds.row[k]]
            if r >= 0:
                place = routes.place_of[bonds.row[k]]
                take_out(model, routes, trial, r, (place, place + 1, place, place))


@compiled
def ruin(model: Model, routes: Routes, trial: Trial, dice: Dice, amount: float) -> int:
    """Take strings near a task drawn by lot out of their routes, `amount` tasks on average, and return that task."""
    n_tasks = len(model.value)
    trial.counts[TOUCHED] = 0
    trial.counts[WAITING] = 0
    trial.counts[TICK] += 1
    seed = draw_below(dice, n_tasks)
    n_served = 0
    n_routes = 0
    for r in range(len(routes.length)):
        if routes.length[r] > 0:
            n_served += routes.length[r]
            n_routes += 1
    if n_routes == 0:
        return seed
    longest = min(float(LONGEST_STRING), n_served / n_routes)
    n_strings = int(1.0 + draw(dice) * (4.0 * amount / (1.0 + longest) - 1.0))
    done = 0
    for k in range(-1, model.near.shape[1]):
        if done >= n_strings:
            break
        task = seed if k < 0 else model.near[seed, k]
        r = routes.route_of[task]
        if r < 0 or trial.mark[r] == trial.counts[TICK]:
            continue
        most = min(float(routes.length[r]), longest)
        cut_string(model, routes, trial, dice, (task, int(1.0 + draw(dice) * most)))
        done += 1
    if model.rules[BOUND]:
        take_fellows(model, routes, trial)
    return seed
