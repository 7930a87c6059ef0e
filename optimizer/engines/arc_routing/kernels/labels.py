"""The best directions and visits for a route whose order is fixed, where visits are of several kinds.

A label is a way of serving the first tasks of the route: its cost, what is used up of each resource since its last reset,
and the direction of its last task. One that is no better in any of these than another of the same direction is dropped
(Desrochers & Soumis 1988, doi 10.1080/03155986.1988.11732063), and so is one that cannot end cheaper than the route is, even
if no visit were needed any more. So few are kept at each place that the work stays small; the split is exact as long as no
more are needed.
"""

from __future__ import annotations

from typing import NamedTuple

from optimizer.engines.arc_routing.kernels.model import ENDS_RESET, NEVER, Int32, Int64, Model, Routes
from optimizer.engines.kernels.compiled import compiled

# Labels kept at each place.
N_LABELS = 10
# Columns of Labels.link: label at the place before, kind of visit before the place, direction.
FROM = 0
VIA = 1
DIRECTION = 2


class Labels(NamedTuple):
    """Labels at each place of a route.

    `n_kept` (n_places,), `cost` (n_places, n_labels), `load` (n_places, n_labels, n_resources), `link` (n_places, n_labels,
    3); `new` (n_resources,) holds the loads of the label that is being made. `onward` (n_places, 2) is the least cost from a
    place on, served in either direction, without any visit on the way.
    """

    n_kept: Int64
    cost: Int64
    load: Int64
    link: Int32
    new: Int64
    onward: Int64


@compiled
def is_no_better(labels: Labels, j: int, one: int, cost: int, direction: int) -> bool:
    """Tell whether the new label is no better than label `one` at place `j`."""
    if labels.link[j, one, DIRECTION] != direction or labels.cost[j, one] > cost:
        return False
    no_better = True
    for k in range(len(labels.new)):
        no_better = no_better and labels.load[j, one, k] <= labels.new[k]
    return no_better


@compiled
def is_no_worse(labels: Labels, j: int, one: int, cost: int, direction: int) -> bool:
    """Tell whether the new label is no worse than label `one` at place `j`."""
    if labels.link[j, one, DIRECTION] != direction or labels.cost[j, one] < cost:
        return False
    no_worse = True
    for k in range(len(labels.new)):
        no_worse = no_worse and labels.load[j, one, k] >= labels.new[k]
    return no_worse


@compiled
def keep(labels: Labels, j: int, cost: int, link: tuple[int, int, int]) -> None:
    """Keep the new label at place `j`, unless it is no better than another or dearer than all where there is no room."""
    n = labels.n_kept[j]
    dearest = 0
    for one in range(n):
        if is_no_better(labels, j, one, cost, link[2]):
            return
        if labels.cost[j, one] > labels.cost[j, dearest]:
            dearest = one
    at = n
    for one in range(n):
        if is_no_worse(labels, j, one, cost, link[2]):
            at = one
            break
    if at == labels.cost.shape[1]:
        if labels.cost[j, dearest] <= cost:
            return
        at = dearest
    labels.n_kept[j] = max(n, at + 1)
    labels.cost[j, at] = cost
    labels.link[j, at, FROM] = link[0]
    labels.link[j, at, VIA] = link[1]
    labels.link[j, at, DIRECTION] = link[2]
    for k in range(len(labels.new)):
        labels.load[j, at, k] = labels.new[k]


@compiled
def look_onward(model: Model, routes: Routes, labels: Labels, r: int) -> None:
    """Find the least cost from each place of route `r` to its end, visits left aside."""
    group = model.slot_group[r]
    p = model.profile[group]
    entry, leave, serve_cost, way = model.entry[p], model.exit[p], model.serve_cost[p], model.cost[p, 0]
    n = routes.length[r]
    for j in range(n - 1, -1, -1):
        task = routes.mode[r, j] >> 1
        for direction in range(1 + model.reversible[task]):
            here = leave[2 * task + direction]
            if j == n - 1:
                labels.onward[j, direction] = way[here, model.end[group]]
                continue
            after = routes.mode[r, j + 1] >> 1
            least = NEVER
            for k in range(1 + model.reversible[after]):
                m = 2 * after + k
                least = min(least, way[here, entry[m]] + serve_cost[m] + labels.onward[j + 1, k])
            labels.onward[j, direction] = least


@compiled
def extend(model: Model, routes: Routes, labels: Labels, at: tuple[int, int, int], span: tuple[int, int, int]) -> None:
    """Extend a label to the next place in both directions by one kind of visit, if the loads allow it.

    Parameters
    ----------
    at
        The route, the next place, the kind of visit.
    span
        The label, its cost, and the terminal where the vehicle is.
    """
    r, j, via = at
    one, cost, here = span
    group = model.slot_group[r]
    p = model.profile[group]
    task = routes.mode[r, j] >> 1
    for k in range(len(labels.new)):
        load = model.demand[k, task]
        if j > 0 and not model.resets[via, k]:
            load += labels.load[j - 1, one, k]
        if load > model.capacity[group, k]:
            return
        labels.new[k] = load
    for direction in range(1 + model.reversible[task]):
        m = 2 * task + direction
        then = cost + model.cost[p, via, here, model.entry[p, m]] + model.serve_cost[p, m]
        if then + labels.onward[j, direction] < routes.cost[r] - model.fixed[group]:
            keep(labels, j, then, (one, via, direction))


@compiled
def make_labels(model: Model, routes: Routes, labels: Labels, r: int) -> None:
    """Make the labels of all places of route `r`."""
    group = model.slot_group[r]
    leave = model.exit[model.profile[group]]
    look_onward(model, routes, labels, r)
    labels.n_kept[0] = 0
    extend(model, routes, labels, (r, 0, 0), (0, 0, model.start[group]))
    for j in range(1, routes.length[r]):
        labels.n_kept[j] = 0
        task = routes.mode[r, j - 1] >> 1
        for one in range(labels.n_kept[j - 1]):
            here = leave[2 * task + labels.link[j - 1, one, DIRECTION]]
            for via in range(len(model.resets)):
                extend(model, routes, labels, (r, j, via), (one, labels.cost[j - 1, one], here))


@compiled
def place_visits(model: Model, routes: Routes, labels: Labels, r: int) -> bool:
    """Write the best directions and visits of route `r` into its row where they are cheaper; tell whether they are."""
    make_labels(model, routes, labels, r)
    n = routes.length[r]
    group = model.slot_group[r]
    p = model.profile[group]
    task = routes.mode[r, n - 1] >> 1
    best, label, last = NEVER, -1, 0
    for one in range(labels.n_kept[n - 1]):
        here = model.exit[p, 2 * task + labels.link[n - 1, one, DIRECTION]]
        for via in range(len(model.resets) if model.rules[ENDS_RESET] else 1):
            cost = labels.cost[n - 1, one] + model.cost[p, via, here, model.end[group]]
            if cost < best and (not model.rules[ENDS_RESET] or model.resets[via, 0]):
                best, label, last = cost, one, via
    if best + model.fixed[group] >= routes.cost[r]:
        return False
    routes.via[r, n] = last
    for j in range(n - 1, -1, -1):
        link = labels.link[j, label]
        routes.mode[r, j] = (routes.mode[r, j] >> 1) * 2 + link[DIRECTION]
        routes.via[r, j] = link[VIA]
        label = link[FROM]
    return True
