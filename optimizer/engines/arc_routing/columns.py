"""The programme that a lower bound solves, before any cut is added: its columns, and the rows for directions and fleet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from optimizer.engines.arc_routing.cut_programme import CutProgramme, crossing
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.relaxation import Modes, Relaxation, least_stretches, longest_shift_s


@dataclass(frozen=True)
class Columns:
    """Where the programme's columns stand: moves come first, as many as the relaxation has.

    Parameters
    ----------
    first, others
        Rows of the relaxation's modes: the one that each task is served in by default, and those that have a column.
    mode, used, visits
        Columns of the other modes, of the vehicles used in each group, of the visits to each facility.
    served
        What serving costs before any column counts.
    """

    first: IntArray
    others: IntArray
    mode: IntArray
    used: IntArray
    visits: IntArray
    served: int


def programme_of(problem: ArcRoutingProblem, relaxation: Relaxation) -> tuple[CutProgramme, Columns]:
    """Return the programme, and where its columns stand.

    Some optimal plan drives no arc twice between two stops, visits no facility twice between two services and uses no
    vehicle that serves nothing; this limits each column.
    """
    columns = _columns(problem, relaxation)
    n_moves, n_tasks = len(relaxation.move_cost), problem.n_tasks
    modes = relaxation.modes
    dearer = modes.cost[columns.others] - modes.cost[columns.first[modes.task[columns.others]]]
    fixed = np.array([group.fixed_cost for group in problem.groups], dtype=np.int64)
    visit = np.array([facility.visit_cost for facility in problem.facilities], dtype=np.int64)
    most_visits = 2 * n_tasks
    most_stops = 2 * n_tasks + most_visits * len(visit)
    sizes = (n_moves, len(dearer), len(fixed), len(visit))
    most = np.repeat(np.array([most_stops, 1, n_tasks, most_visits], dtype=np.int64), sizes)
    programme = CutProgramme(np.concatenate([relaxation.move_cost, dearer, fixed, visit]), most, most == 1)
    if relaxation.directed:
        _add_balance(programme, relaxation, columns)
    _add_one_mode(programme, modes, columns)
    _add_fleet(programme, problem, relaxation, columns)
    _add_shifts(programme, problem, relaxation, columns)
    return programme, columns


def _columns(problem: ArcRoutingProblem, relaxation: Relaxation) -> Columns:
    modes = relaxation.modes
    order = np.lexsort((modes.cost, modes.task)) if not relaxation.directed else np.arange(len(modes.task))
    first = order[np.unique(modes.task[order], return_index=True)[1]]
    others = np.setdiff1d(np.arange(len(modes.task)), first) if relaxation.directed else np.zeros(0, dtype=np.int64)
    ends = np.cumsum([len(relaxation.move_cost), len(others), len(problem.groups), len(problem.facilities)])
    mode, used, visits = (np.arange(a, b) for a, b in pairwise(ends.tolist()))
    return Columns(first, others, mode, used, visits, int(modes.cost[first].sum()))


def _add_balance(programme: CutProgramme, relaxation: Relaxation, columns: Columns) -> None:
    """Each node is left as often as it is entered, by moves and services together: routes are closed."""
    modes, n_nodes = relaxation.modes, len(relaxation.place)
    leaves = np.zeros(n_nodes, dtype=np.int64)
    np.add.at(leaves, modes.entry[columns.first], 1)
    np.add.at(leaves, modes.exit[columns.first], -1)
    default = columns.first[modes.task[columns.others]]
    n_moves, n_others = len(relaxation.move_cost), len(columns.others)
    node = [relaxation.move_tail, relaxation.move_head]
    node += [modes.entry[columns.others], modes.exit[columns.others], modes.exit[default], modes.entry[default]]
    column = [np.arange(n_moves)] * 2 + [columns.mode] * 4
    sign = [
        np.full(n, s, dtype=np.int64) for n, s in ((n_moves, 1), (n_moves, -1), *((n_others, s) for s in (1, -1, 1, -1)))
    ]
    node_of, column_of, sign_of = np.concatenate(node), np.concatenate(column), np.concatenate(sign)
    # A service back to where it began enters a node through one entry and leaves it by another: add these up.
    keys, row = np.unique(node_of * (n_moves + n_others) + column_of, return_inverse=True)
    total = np.zeros(len(keys), dtype=np.int64)
    np.add.at(total, row, sign_of)
    rows, entries = np.divmod(keys, n_moves + n_others)
    edges = np.searchsorted(rows, np.arange(n_nodes + 1))
    for v in np.flatnonzero((np.diff(edges) > 0) | (leaves != 0)).tolist():
        part = slice(edges[v], edges[v + 1])
        programme.add(entries[part], total[part], -int(leaves[v]), equal=True)


def _add_one_mode(programme: CutProgramme, modes: Modes, columns: Columns) -> None:
    """Each task is served once: where it has several other modes, they share one service."""
    task = modes.task[columns.others]
    for t in np.flatnonzero(np.bincount(task) > 1).tolist():
        mine = columns.mode[task == t]
        programme.add(mine, np.full(len(mine), -1, dtype=np.int64), -1)


def _add_fleet(programme: CutProgramme, problem: ArcRoutingProblem, relaxation: Relaxation, columns: Columns) -> None:
    """Vehicles and visits give as many stretches as the needs ask for, and room for all amounts."""
    ones = np.ones(len(columns.used), dtype=np.int64)
    n_vehicles = max(least_stretches(need) for need in relaxation.needs if need.of_vehicles)
    programme.add(columns.used, ones, n_vehicles)
    for r in range(problem.n_resources):
        resets = columns.visits[[facility.reset_of(r) for facility in problem.facilities]]
        most = max(group.capacity[r] for group in problem.groups)
        total = int(problem.tasks.demand[:, r].sum())
        if not most or not total:
            continue
        # Where routes end with a reset, each stretch that carries anything ends with a visit.
        by_vehicle = [0 if r == 0 and problem.ends_reset else group.capacity[r] for group in problem.groups]
        counted = np.array([amount > 0 for amount in by_vehicle], dtype=np.int64)
        where = np.concatenate([columns.used, resets])
        room = np.concatenate([np.array(by_vehicle, dtype=np.int64), np.full(len(resets), most, dtype=np.int64)])
        programme.add(where, np.concatenate([counted, np.ones(len(resets), dtype=np.int64)]), -(-total // most))
        programme.add(where, room, total)
    off_depot = ~relaxation.starts[relaxation.sides]
    if off_depot.any(axis=1).all():
        # Each vehicle used serves something away from the depots, so it crosses their border twice.
        across = crossing(relaxation.starts, *relaxation.ends())
        by_service = int((off_depot[:, 0] != off_depot[:, 1]).sum())
        coefficients = np.repeat(np.array([1, -2], dtype=np.int64), [len(across), len(ones)])
        programme.add(np.concatenate([across, columns.used]), coefficients, -by_service)


def _add_shifts(programme: CutProgramme, problem: ArcRoutingProblem, relaxation: Relaxation, columns: Columns) -> None:
    """Shifts leave time for serving, visits and moves; waiting and rests only add to it."""
    if longest_shift_s(problem) is None:
        return
    quickest = np.full(problem.n_tasks, np.iinfo(np.int64).max)
    np.minimum.at(quickest, relaxation.modes.task, relaxation.modes.time_s)
    length = np.array([max(0, (group.shift_s or 0) - group.setup_s) for group in problem.groups], dtype=np.int64)
    visit = np.array([-facility.visit_s for facility in problem.facilities], dtype=np.int64)
    moves = np.arange(len(relaxation.move_cost))
    programme.add(
        np.concatenate([columns.used, columns.visits, moves]),
        np.concatenate([length, visit, -relaxation.move_time_s]),
        int(quickest.sum()),
    )
