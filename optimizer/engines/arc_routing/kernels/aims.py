"""What a plan weighs beside its cost, and what serving a task by one vehicle or another adds to it."""

from __future__ import annotations

from optimizer.engines.arc_routing.kernels.model import Model, Routes
from optimizer.engines.kernels.compiled import compiled

# Places in Aims.weights.
BALANCE = 0
COMPACTNESS = 1
CHANGE = 2


@compiled
def mean_time(routes: Routes) -> float:
    """Return the mean time of all routes that serve something."""
    total = 0.0
    n = 0
    for r in range(len(routes.length)):
        if routes.length[r] > 0:
            total += routes.time[r]
            n += 1
    return total / max(1, n)


@compiled
def weigh_aims(model: Model, routes: Routes) -> int:
    """Return what the plan weighs beside its cost, rounded."""
    aims = model.aims
    weight = 0.0
    if aims.weights[BALANCE] > 0:
        mean = mean_time(routes)
        for r in range(len(routes.length)):
            if routes.length[r] > 0:
                weight += aims.weights[BALANCE] * abs(routes.time[r] - mean)
    n_split = 0
    n_away = 0
    for task in range(len(model.value)):
        r = routes.route_of[task]
        if r < 0:
            continue
        n_away += 1 if aims.home[task] not in (-1, r) else 0
        if aims.weights[COMPACTNESS] > 0:
            for k in range(aims.first[task], aims.first[task + 1]):
                other = routes.route_of[aims.row[k]]
                n_split += 1 if other >= 0 and other != r and aims.row[k] > task else 0
    return round(weight + aims.weights[COMPACTNESS] * n_split + aims.weights[CHANGE] * n_away)  # type: ignore[no-any-return]


@compiled
def surcharge(model: Model, routes: Routes, r: int, task: int, mean: float) -> int:
    """Return about how much serving a task by vehicle `r` adds to what the plan weighs beside its cost."""
    aims = model.aims
    weight = 0.0
    if aims.home[task] not in (-1, r):
        weight += aims.weights[CHANGE]
    if aims.weights[BALANCE] > 0 and routes.length[r] > 0:
        lasts = aims.weights[BALANCE] * model.serve_time[model.profile[model.slot_group[r]], 2 * task]
        weight += lasts if routes.time[r] > mean else -lasts
    if aims.weights[COMPACTNESS] > 0:
        for k in range(aims.first[task], aims.first[task + 1]):
            other = routes.route_of[aims.row[k]]
            if other >= 0 and other != r:
                weight += aims.weights[COMPACTNESS]
    return round(weight)
