"""Route the turnouts with the arc-routing engine, on several threads, give them nights, and report the best so far.

Objective: the value of washings that are missing first (`fleet.values_of`), then the time that all turnouts take. Units are
solved side by side as in `sweeping.model`, each with as many turnouts as its work was cut for, so that these are full; what
they have no room for is cut anew, all over the city. Turnouts are given nights whenever somebody wants to see a calendar.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.engines.arc_routing.solution import Reason
from optimizer.monitor import Monitor, Part
from optimizer.plan import Draft, Outcome
from optimizer.planners.sweeping.model import Run, require_engine
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.search.units import Unit
from optimizer.planners.sweeping.washing import reasons
from optimizer.planners.sweeping.washing.board import Found, WashingBoard
from optimizer.planners.sweeping.washing.dealing import units_of_all
from optimizer.planners.sweeping.washing.problem import WashingProblem

# Share of the limits that goes to the units as they were cut; the rest goes to what their turnouts had no room for.
_FIRST_SHARE = 0.8
# Turnouts of a unit of leftovers, which lie far apart, for each that it is cut for.
_N_FOR_EACH = 3
# Why washings may be left out that another turnout could do.
_TRIED_AGAIN = (Reason.NO_ROOM, Reason.NOT_TRIED)


def solve(problem: WashingProblem, params: SweepingParams, monitor: Monitor) -> Draft:
    """Return the best calendar found within the limits; arguments and errors are those of `sweeping.modes.solve`."""
    require_engine(params)
    first = WashingBoard(problem, problem.units, (), Part(monitor, 0.0, _FIRST_SHARE))
    n_steps = searched(first, params, _FIRST_SHARE)
    kept, units = ((), ()) if monitor.stopped else rest_of(problem, first)
    board = WashingBoard(problem, units, kept, Part(monitor, _FIRST_SHARE, 1.0)) if units else first
    if units:
        n_steps += searched(board, params, 1 - _FIRST_SHARE)
    draft = board.last_draft(Outcome.STOPPED if monitor.stopped else Outcome.FEASIBLE, params.seed)
    monitor.report(1.0, "search", draft, objective=draft.objective, bound=draft.bound)
    return replace(draft, engine=params.engine, n_iterations=n_steps)


def searched(board: WashingBoard, params: SweepingParams, share: float) -> int:
    """Search the units of a board for a share of the limits, and return the steps that were taken."""
    work_limit = max(1, int(params.work_limit * share)) if params.work_limit else 0
    time_limit_s = max(1.0, params.time_limit_s * share)
    return Run(board.units, replace(params, work_limit=work_limit, time_limit_s=time_limit_s), board).solve()


def rest_of(problem: WashingProblem, first: WashingBoard) -> tuple[tuple[Found, ...], tuple[Unit, ...]]:
    """Return what was found without the washings that its turnouts had no room for, and units for these.

    Units whose turn had not come are among them.
    """
    rest: list[int] = []
    kept = []
    for one in first.found():
        full = [m for m in one.missed if m.reason in _TRIED_AGAIN]
        rest += [int(one.unit.tasks[m.task]) for m in full]
        stay = tuple(m for m in one.missed if m.reason not in _TRIED_AGAIN)
        kept.append(replace(one, missed=stay, left=reasons.missed(problem.washings, one.unit, stay)))
    rows = np.array(sorted(rest), dtype=np.int64)
    units = units_of_all(problem.offer, problem.kind_of, rows, _N_FOR_EACH) if problem.offer and rest else ()
    return tuple(kept), (*first.unbegun(), *units)
