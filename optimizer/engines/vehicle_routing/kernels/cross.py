"""Exchange whole trips between two routes: where all fill up at one place that costs nothing, and frees time elsewhere."""

from __future__ import annotations

from optimizer.engines.kernels.compiled import compiled, inlined
from optimizer.engines.kernels.dice import draw_below
from optimizer.engines.vehicle_routing.kernels.insert import Finder
from optimizer.engines.vehicle_routing.kernels.model import Model, Routes, Sheet
from optimizer.engines.vehicle_routing.kernels.rows import begin_sheet, end_sheet, take_over, write
from optimizer.engines.vehicle_routing.kernels.ruin import TICK, TOUCHED, WAITING, Trial, remember

# One in so many exchanges is with a vehicle that is idle, if there is one.
IDLE_ONE_IN = 3


@inlined
def piece_of(model: Model, routes: Routes, finder: Finder, r: int) -> tuple[int, int]:
    """Draw a piece of whole trips of a route: the node before its first one, and its last one; they are equal for none."""
    n_stops = len(model.value)
    n = routes.length[r]
    n_visits = 0
    for i in range(1, n + 1):
        n_visits += 1 if routes.node[r, i] >= n_stops else 0
    skip = draw_below(finder.dice, n_visits + 2)
    before = 0
    while skip > 0 and before < n:
        before += 1
        skip -= 1 if routes.node[r, before] >= n_stops or before == n else 0
    how = draw_below(finder.dice, 3)
    if how == 0:
        return before, before
    last = n if how == 1 else min(n, before + 1)
    while last < n and routes.node[r, last] < n_stops:
        last += 1
    return before, last


@inlined
def other_route(model: Model, routes: Routes, finder: Finder, stop: int) -> int:
    """Draw an idle vehicle, or the route of a neighbour, of the same group as the vehicle of a stop; -1 for none."""
    dice, r = finder.dice, routes.route_of[stop]
    g = model.slot_group[r]
    if draw_below(dice, IDLE_ONE_IN) == 0:
        for k in range(model.fleet.first_slot[g], model.fleet.first_slot[g + 1]):
            if routes.length[k] == 0 and finder.mine[k]:
                return k
    other = model.near[stop, draw_below(dice, model.near.shape[1])]
    k = routes.route_of[other] if other >= 0 else -1
    if k < 0 or k == r or model.slot_group[k] != g or not finder.mine[k]:
        return -1
    return k


@inlined
def write_piece(model: Model, trial: Trial, sheet: Sheet, slot: int, piece: tuple[int, int]) -> None:
    """Add a piece of a remembered row to a sheet; a visit before it where a trip would else go on."""
    before, last = piece
    n_stops, n = len(model.value), sheet.length[0]
    if n > 0 and before < last and sheet.node[n] < n_stops:
        write(model, sheet, n_stops + model.handy[sheet.node[n], 0])
    for i in range(before + 1, last + 1):
        write(model, sheet, trial.old_node[slot, i])


@compiled
def cross_trips(model: Model, routes: Routes, finder: Finder, trial: Trial) -> None:
    """Exchange pieces of whole trips, drawn by lot, of two routes near one another; one of the pieces may be empty."""
    trial.counts[TOUCHED] = 0
    trial.counts[WAITING] = 0
    trial.counts[TICK] += 1
    stop = trial.stops[draw_below(finder.dice, len(trial.stops))]
    r = routes.route_of[stop]
    if r < 0 or not finder.mine[r] or model.handy[stop, 0] < 0:
        return
    k = other_route(model, routes, finder, stop)
    if k < 0 or routes.length[r] + routes.length[k] + 4 > routes.node.shape[1]:
        return
    mine, its = piece_of(model, routes, finder, r), piece_of(model, routes, finder, k)
    if mine[0] == mine[1] and its[0] == its[1]:
        return
    remember(model, routes, trial, r)
    remember(model, routes, trial, k)
    for own, slot in ((0, r), (1, k)):
        own_piece, other_piece = (mine, its) if own == 0 else (its, mine)
        begin_sheet(model, finder.sheet, slot)
        write_piece(model, trial, finder.sheet, own, (0, own_piece[0]))
        write_piece(model, trial, finder.sheet, 1 - own, other_piece)
        write_piece(model, trial, finder.sheet, own, (own_piece[1], trial.old_length[own]))
        end_sheet(model, finder.sheet, slot)
        take_over(model, routes, finder.sheet, slot)
