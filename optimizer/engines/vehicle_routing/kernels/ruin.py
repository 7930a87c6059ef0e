"""Take strings of neighbouring stops out of routes (Christiaens & Vanden Berghe 2020, doi 10.1287/trsc.2019.0914)."""

from __future__ import annotations

from typing import NamedTuple

from optimizer.engines.kernels.compiled import compiled, inlined
from optimizer.engines.kernels.dice import draw, draw_below
from optimizer.engines.vehicle_routing.kernels.bays import hold, let_go
from optimizer.engines.vehicle_routing.kernels.insert import Finder
from optimizer.engines.vehicle_routing.kernels.measure import measure
from optimizer.engines.vehicle_routing.kernels.model import (
    BAD,
    BOUND,
    HELD,
    N_FACTS,
    Int64,
    Model,
    Routes,
)
from optimizer.engines.vehicle_routing.kernels.rows import begin_sheet, end_sheet, take_over, write
from optimizer.engines.vehicle_routing.kernels.tidy import tidy

# Figures of the paper, section 5.1: at most ten stops a string, half of the strings with a piece left inside.
LONGEST_STRING = 10
SPLIT_RATE = 0.5
LONGER_PIECE_RATE = 0.01


class Trial(NamedTuple):
    """One step's undo log and list of stops that wait for a place.

    `counts` holds how many routes are touched, how many stops wait, the tick of this step. `mark` is the tick at which a
    route was last touched, `old_*` its row before, `waiting` the stops, `queued` the tick at which each was listed,
    `was_lost` 1 where a listed stop had no place before, `cut` the tick at
    which a stop's trip or route was last cut. `stops` are those of the part that is searched.
    """

    counts: Int64
    touched: Int64
    mark: Int64
    old_node: Int64
    old_begin: Int64
    old_rested: Int64
    old_rest_begin: Int64
    old_facts: Int64
    old_flow: Int64
    old_length: Int64
    old_cost: Int64
    waiting: Int64
    queued: Int64
    was_lost: Int64
    cut: Int64
    stops: Int64


TOUCHED = 0
WAITING = 1
TICK = 2


@inlined
def remember(model: Model, routes: Routes, trial: Trial, r: int) -> None:
    """Note the row of route `r` before this step first changes it."""
    if trial.mark[r] == trial.counts[TICK]:
        return
    trial.mark[r] = trial.counts[TICK]
    slot = trial.counts[TOUCHED]
    trial.touched[slot] = r
    trial.counts[TOUCHED] += 1
    n = routes.length[r]
    for i in range(n + 2):
        trial.old_node[slot, i] = routes.node[r, i]
        trial.old_begin[slot, i] = routes.begin[r, i]
        trial.old_rested[slot, i] = routes.rested[r, i]
    for k in range(routes.rest_begin.shape[1]):
        trial.old_rest_begin[slot, k] = routes.rest_begin[r, k]
    for k in range(N_FACTS):
        trial.old_facts[slot, k] = routes.facts[r, k]
    for s in range(len(routes.promised)):
        trial.old_flow[slot, s] = routes.flow[r, s]
    trial.old_length[slot] = n
    trial.old_cost[slot] = routes.cost[r]


@compiled
def put_back(model: Model, routes: Routes, trial: Trial, slot: int) -> None:
    """Put a touched route back as it was."""
    r = trial.touched[slot]
    n = trial.old_length[slot]
    for i in range(n + 2):
        routes.node[r, i] = trial.old_node[slot, i]
        routes.begin[r, i] = trial.old_begin[slot, i]
        routes.rested[r, i] = trial.old_rested[slot, i]
        if 1 <= i <= n:
            routes.place[r, i] = model.place[trial.old_node[slot, i]]
    routes.place[r, n + 1] = model.fleet.end[model.slot_group[r]]
    for k in range(routes.rest_begin.shape[1]):
        routes.rest_begin[r, k] = trial.old_rest_begin[slot, k]
    for k in range(N_FACTS):
        routes.facts[r, k] = trial.old_facts[slot, k]
    for s in range(len(routes.promised)):
        routes.flow[r, s] = trial.old_flow[slot, s]
    routes.length[r] = n
    routes.cost[r] = trial.old_cost[slot]
    measure(model, routes, r)
    if model.rules[HELD] and n > 0:
        hold(model, routes, r)


@compiled
def undo(model: Model, routes: Routes, trial: Trial) -> None:
    """Put all touched routes back as they were."""
    n_stops = len(model.value)
    for slot in range(trial.counts[TOUCHED]):
        r = trial.touched[slot]
        if model.rules[HELD] and routes.length[r] > 0 and not routes.facts[r, BAD]:
            let_go(model, routes, r)
        for i in range(1, routes.length[r] + 1):
            if routes.node[r, i] < n_stops:
                routes.route_of[routes.node[r, i]] = -1
    for slot in range(trial.counts[TOUCHED]):
        put_back(model, routes, trial, slot)


@inlined
def queue(trial: Trial, stop: int, lost: int) -> None:
    """List a stop for a new place; `lost` is 1 where it had none before."""
    if trial.queued[stop] != trial.counts[TICK]:
        trial.queued[stop] = trial.counts[TICK]
        trial.was_lost[stop] = lost
        trial.waiting[trial.counts[WAITING]] = stop
        trial.counts[WAITING] += 1


@compiled
def take_out(model: Model, routes: Routes, finder: Finder, trial: Trial, r: int, cut: tuple[int, int, int, int]) -> None:
    """Take the stops first .. last - 1 out of route `r`, counted without visits, but keep keep_first .. keep_last - 1."""
    first, last, keep_first, keep_last = cut
    remember(model, routes, trial, r)
    n_stops, sheet = len(model.value), finder.sheet
    begin_sheet(model, sheet, r)
    rank = 0
    n_kept = 0
    for i in range(1, routes.length[r] + 1):
        node = routes.node[r, i]
        if node < n_stops:
            is_out = first <= rank < last and not keep_first <= rank < keep_last
            rank += 1
            if is_out:
                routes.route_of[node] = -1
                queue(trial, node, 0)
                continue
            n_kept += 1
        write(model, sheet, node)
    if n_kept == 0:
        begin_sheet(model, sheet, r)
    end_sheet(model, sheet, r)
    take_over(model, routes, sheet, r)
    tidy(model, routes, sheet, r)


@inlined
def count_stops(model: Model, routes: Routes, r: int, until: int) -> int:
    """Return how many of a route's first nodes are stops."""
    n = 0
    for i in range(1, until + 1):
        n += 1 if routes.node[r, i] < len(model.value) else 0
    return n


@inlined
def tour_of(model: Model, routes: Routes, r: int, i: int) -> tuple[int, int]:
    """Return the first and the last node of the trip around a route's node `i`; of the whole route for 0."""
    if i == 0:
        return 1, routes.length[r]
    n_stops = len(model.value)
    begin = i
    while begin > 1 and routes.node[r, begin - 1] < n_stops:
        begin -= 1
    end = i
    while end < routes.length[r] and routes.node[r, end + 1] < n_stops:
        end += 1
    return begin, end


@compiled
def cut_string(model: Model, routes: Routes, finder: Finder, trial: Trial, ask: tuple[int, float, bool]) -> None:
    """Take a string of at most the asked length, with the asked stop in it, out of that stop's route, or of its trip."""
    stop, longest, by_trip = ask
    dice = finder.dice
    r = routes.route_of[stop]
    begin, end = tour_of(model, routes, r, routes.place_of[stop] if by_trip else 0)
    for i in range(begin, end + 1):
        if routes.node[r, i] < len(model.value):
            trial.cut[routes.node[r, i]] = trial.counts[TICK]
    before = count_stops(model, routes, r, begin - 1)
    n = count_stops(model, routes, r, end) - before
    rank = count_stops(model, routes, r, routes.place_of[stop]) - 1 - before
    length = int(1.0 + draw(dice) * min(float(n), longest))
    kept = 0
    if length > 1 and length < n and draw(dice) < SPLIT_RATE:
        kept = 1
        while length + kept < n and draw(dice) < LONGER_PIECE_RATE:
            kept += 1
    span = min(n, length + kept)
    lowest = max(0, rank - span + 1)
    highest = min(rank, n - span)
    first = before + lowest + draw_below(dice, highest - lowest + 1)
    keep_first = first + 1 + draw_below(dice, max(1, span - kept - 1)) if kept else first
    take_out(model, routes, finder, trial, r, (first, first + span, keep_first, keep_first + kept))


@compiled
def take_fellows(model: Model, routes: Routes, finder: Finder, trial: Trial) -> None:
    """Take out the whole order of each stop that waits, since what stays would hold it to its route."""
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
                rank = count_stops(model, routes, r, routes.place_of[bonds.row[k]]) - 1
                take_out(model, routes, finder, trial, r, (rank, rank + 1, rank, rank))


@compiled
def ruin(model: Model, routes: Routes, finder: Finder, trial: Trial, figures: tuple[float, float, bool]) -> int:
    """Take strings near a stop drawn by lot out of their routes, or out of their trips, and return that stop.

    Parameters
    ----------
    figures
        How many stops to take out on average; how many stops a tour has on average; whether trips are tours, else routes.
    """
    amount, mean_length, by_trip = figures
    trial.counts[TOUCHED] = 0
    trial.counts[WAITING] = 0
    trial.counts[TICK] += 1
    seed = trial.stops[draw_below(finder.dice, len(trial.stops))]
    longest = min(float(LONGEST_STRING), mean_length)
    n_strings = int(1.0 + draw(finder.dice) * (4.0 * amount / (1.0 + longest) - 1.0))
    done = 0
    for k in range(-1, model.near.shape[1]):
        if done >= n_strings:
            break
        stop = seed if k < 0 else model.near[seed, k]
        if stop < 0:
            break
        r = routes.route_of[stop]
        if r < 0 or trial.cut[stop] == trial.counts[TICK] or not finder.mine[r]:
            continue
        cut_string(model, routes, finder, trial, (stop, longest, by_trip))
        done += 1
    if model.rules[BOUND]:
        take_fellows(model, routes, finder, trial)
    return seed  # type: ignore[no-any-return]
