"""Which passes that are said to lack time would fit, alone, into an idle rest of some vehicle's shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layers.layer import F64, Bool, Rows
from layers.units import MINUTE_S
from optimizer.ground.networks import Networks, shift_groups
from optimizer.plan import Route
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.day.hours import inside, windows_of
from optimizer.planners.sweeping.day.kerbs import Passes
from optimizer.planners.sweeping.day.places import Places
from optimizer.planners.sweeping.explaining.outings import Outings
from optimizer.planners.sweeping.explaining.rests import Rest, rests_of
from optimizer.planners.sweeping.params import SweepingParams
from resources.inventory import Inventory, VehicleType

# Kept back when an outing is held against a rest: plans are made in tenths of a second, and with a margin of their own.
MARGIN_S = 3 * MINUTE_S


@dataclass(frozen=True, eq=False)
class Question:
    """Hold what lacks are measured by.

    Parameters
    ----------
    outings
        For each vehicle type and group of shifts, as `fleet.sweepers` and `shift_groups` list them; None for none.
    """

    passes: Passes
    inventory: Inventory
    params: SweepingParams
    outings: tuple[tuple[Outings | None, ...], ...]


def question_of(
    networks: Networks, places: Places, passes: Passes, inventory: Inventory, params: SweepingParams
) -> Question:
    """Return what lacks are measured by.

    Parameters
    ----------
    networks
        Of each of `fleet.sweepers`, in each of `shift_groups`.
    """
    views = tuple(
        tuple(None if network is None else Outings.of(vehicle, network, places, passes, params) for network in row)
        for vehicle, row in zip(fleet.sweepers(inventory), networks, strict=True)
    )
    return Question(passes, inventory, params, views)


def fitting(question: Question, routes: Sequence[Route], rows: Rows) -> tuple[Rows, tuple[Rest, ...]]:
    """Return for some passes the rest of a shift that each would fit into alone, shape (n,), -1 for none; and the rests.

    A vehicle that is back early, or does not go out at all, could drive to the pass, sweep it, unload and come home; where
    its tank does not last for it, it takes water on the way to the pass.
    """
    passes, params, inventory = question.passes, question.params, question.inventory
    vehicles = fleet.sweepers(inventory)
    groups = shift_groups(passes.streets, fleet.shifts_of(inventory, params))
    choices = fleet.shift_choices(passes, groups, fleet.shifts_of(inventory, params))[rows]
    column = {s.key: k for k, s in enumerate(s for g in groups for s in g.shifts)}
    group_of = {s.key: g for g, group in enumerate(groups) for s in group.shifts}
    rests = rests_of(routes, inventory, params)
    # where hours bind, only a rest that lies within them as a whole counts
    windows = windows_of(passes, fleet.shifts_of(inventory, params), vehicles, params)
    best, known = np.full(len(rows), -1, dtype=np.int64), dict[tuple[str, int, str, bool], F64]()
    for n, rest in enumerate(rests):
        k, g = vehicles.index(rest.vehicle), group_of[rest.shift.key]
        view = question.outings[k][g]
        may = able(passes, rows, rest.vehicle, params) & choices[:, column[rest.shift.key]] & (best < 0)
        if windows is not None:
            begin_s, end_s = (np.full(len(rows), s) for s in (rest.end_s - rest.idle_s - rest.shift.break_s, rest.end_s))
            may &= inside(windows[rows], begin_s, end_s, 0.0)
        if view is None or not may.any():
            continue
        if rest.idle_s < MARGIN_S + rest.vehicle.unload_s + view.service_s[rows[may]].min():
            continue
        for depot in [rest.depot] if rest.depot else view.depots:
            for enough in (True, False):
                these = may & (best < 0) & ((passes.length_m[rows] <= rest.left_m) == enough)
                if not these.any():
                    continue
                key = (rest.vehicle.key, g, depot, enough)
                if key not in known:
                    known[key] = view.alone_s(depot, rows, refilled=not enough)
                best[these & (known[key] + MARGIN_S <= rest.idle_s)] = n
    return best, rests


def able(passes: Passes, rows: Rows, vehicle: VehicleType, params: SweepingParams) -> Bool:
    """Return which passes a type may sweep, by its kind, its hopper and its tank, shape (n,)."""
    suits = fleet.suits(passes.streets, vehicle, params)[passes.street[rows]]
    return np.asarray(suits & fleet.holds(passes, rows, vehicle))
