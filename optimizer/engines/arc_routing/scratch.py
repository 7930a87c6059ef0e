"""The memory that a search works in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optimizer.engines.arc_routing.kernels.anneal import N_TOTALS, Bench, Best
from optimizer.engines.arc_routing.kernels.insert import SPOT_SIZE
from optimizer.engines.arc_routing.kernels.labels import N_LABELS, Labels
from optimizer.engines.arc_routing.kernels.model import ONE_KIND, TIMED, Routes
from optimizer.engines.arc_routing.kernels.orient import Sheet
from optimizer.engines.arc_routing.kernels.ruin import Trial
from optimizer.engines.arc_routing.sector import Sector
from optimizer.engines.kernels.dice import dice_for


def routes_for(sector: Sector) -> Routes:
    """Return a plan without routes."""
    n_slots, n_tasks, n_resources = sector.n_slots, len(sector.tasks), sector.problem.n_resources
    shape = (n_slots, n_tasks + 1)
    by_clock = shape if sector.model.rules[TIMED] else (1, 1)
    routes = Routes(
        mode=np.zeros(shape, dtype=np.int32),
        via=np.zeros((n_slots, n_tasks + 2), dtype=np.int8),
        length=np.zeros(n_slots, dtype=np.int64),
        cost=np.zeros(n_slots, dtype=np.int64),
        busy=np.zeros(n_slots, dtype=np.int64),
        time=np.zeros(n_slots, dtype=np.int64),
        load=np.zeros((n_resources, n_slots), dtype=np.int64),
        before=np.zeros((n_resources, *shape), dtype=np.int64),
        trip=np.zeros((n_resources, *shape), dtype=np.int64),
        done=np.zeros(by_clock, dtype=np.int64),
        rested=np.zeros(by_clock, dtype=np.int64),
        latest=np.zeros(by_clock, dtype=np.int64),
        route_of=np.full(n_tasks, -1, dtype=np.int64),
        place_of=np.zeros(n_tasks, dtype=np.int64),
    )
    routes.via[:, 0] = sector.end_kind
    return routes


def labels_for(sector: Sector) -> Labels:
    """Return memory for labels, none to speak of where they are not needed."""
    n_resources = sector.problem.n_resources
    is_used = len(sector.model.resets) > 1 and not sector.model.rules[ONE_KIND]
    shape = (len(sector.tasks), N_LABELS) if is_used else (1, 1)
    return Labels(
        n_kept=np.zeros(shape[0], dtype=np.int64),
        cost=np.zeros(shape, dtype=np.int64),
        load=np.zeros((*shape, n_resources), dtype=np.int64),
        link=np.zeros((*shape, 3), dtype=np.int32),
        new=np.zeros(n_resources, dtype=np.int64),
        onward=np.zeros((shape[0], 2), dtype=np.int64),
    )


def bench_for(sector: Sector, seed: int) -> Bench:
    """Return scratch memory and dice for a search."""
    n_slots, n_tasks = sector.n_slots, len(sector.tasks)
    trial = Trial(
        counts=np.zeros(3, dtype=np.int64),
        touched=np.zeros(n_slots, dtype=np.int64),
        mark=np.zeros(n_slots, dtype=np.int64),
        old_mode=np.zeros((n_slots, n_tasks + 1), dtype=np.int32),
        old_via=np.zeros((n_slots, n_tasks + 2), dtype=np.int8),
        old_length=np.zeros(n_slots, dtype=np.int64),
        old_cost=np.zeros(n_slots, dtype=np.int64),
        waiting=np.zeros(n_tasks, dtype=np.int64),
        queued=np.zeros(n_tasks, dtype=np.int64),
        was_lost=np.zeros(n_tasks, dtype=np.int64),
    )
    sheet = Sheet(
        whole=np.zeros((n_tasks, 2), dtype=np.int64),
        begin=np.zeros((n_tasks, 2), dtype=np.int64),
        chosen=np.zeros((n_tasks, 2), dtype=np.int64),
        old_mode=np.zeros(n_tasks, dtype=np.int32),
        old_via=np.zeros(n_tasks + 1, dtype=np.int8),
        labels=labels_for(sector),
    )
    return Bench(
        trial=trial,
        sheet=sheet,
        dice=dice_for(seed),
        spot=np.zeros(SPOT_SIZE, dtype=np.int64),
        key=np.zeros(n_tasks, dtype=np.float64),
        totals=np.zeros(N_TOTALS, dtype=np.int64),
    )


def best_for(n_slots: int, n_tasks: int) -> Best:
    """Return a best plan that any other is better than."""
    nothing: npt.NDArray[np.int64] = np.full(N_TOTALS, 1 << 60, dtype=np.int64)
    return Best(
        mode=np.zeros((n_slots, n_tasks + 1), dtype=np.int32),
        via=np.zeros((n_slots, n_tasks + 2), dtype=np.int8),
        length=np.zeros(n_slots, dtype=np.int64),
        totals=nothing,
    )
