"""Check what reasons say of ways and time, from the file's own network: for ``verify``, too slow as a run ends."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.layer import Rows
from layers.units import MINUTE_S
from optimizer.plan import Outcome, Plan, PlanFault, Unserved
from optimizer.planners.sweeping.checking.faults import wrong_reason
from optimizer.planners.sweeping.checking.rules import Rules
from optimizer.planners.sweeping.checks import rules_of
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.day.networks import networks_of
from optimizer.planners.sweeping.explaining.spare_time import Question, fitting, question_of
from optimizer.scenario import Scenario

_TIME = ("shift_time", "water")


def recheck(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    """Return the passes whose reason the network refutes.

    A pass is not cut off where a vehicle that may sweep it can drive along its kerb in the right direction in one of its
    shifts, and does not lack time where it fits alone into an idle rest of a shift. What a run that was stopped says of time
    is what it knew then, and is not held against it.
    """
    told = [u for u in plan.unserved if u.binding in ("not_connected", *_TIME)]
    if not told:
        return ()
    rules = rules_of(scenario)
    told = [u for u in told if u.item in rules.passes.row_of]
    groups = fleet.shift_groups(rules.streets, fleet.shifts_of(rules.inventory, rules.params))
    networks = networks_of(scenario.city, rules.streets, fleet.sweepers(rules.inventory), groups)
    question = question_of(networks, rules.places, rules.passes, rules.inventory, rules.params)
    found = [*connected(rules, question, [u for u in told if u.binding == "not_connected"])]
    if plan.outcome is not Outcome.STOPPED:
        found += in_time(rules, question, plan, [u for u in told if u.binding in _TIME])
    return tuple(found)


def connected(rules: Rules, question: Question, told: list[Unserved]) -> Iterator[PlanFault]:
    """Yield passes that are said to be cut off and are not."""
    passes, params = rules.passes, rules.params
    rows: Rows = np.array([passes.row_of[u.item] for u in told], dtype=np.int64)
    shifts = fleet.shifts_of(rules.inventory, params)
    groups = fleet.shift_groups(passes.streets, shifts)
    choices, begin = fleet.shift_choices(passes, groups, shifts)[rows], 0
    refuted: dict[int, str] = {}
    for g, group in enumerate(groups):
        open_then = choices[:, begin : begin + len(group.shifts)].any(axis=1)
        begin += len(group.shifts)
        for k, vehicle in enumerate(fleet.sweepers(rules.inventory)):
            view = question.outings[k][g]
            if view is None or not len(rows):
                continue
            may = open_then & fleet.suits(passes.streets, vehicle, params)[passes.street[rows]] & view.drives(rows)
            refuted |= dict.fromkeys(np.flatnonzero(may).tolist(), vehicle.key)
    for n, vehicle_key in sorted(refuted.items()):
        yield wrong_reason(told[n], f"{vehicle_key} 可以到达并返回", f"a {vehicle_key} can drive there and back")


def in_time(rules: Rules, question: Question, plan: Plan, told: list[Unserved]) -> Iterator[PlanFault]:
    """Yield passes that are said to lack time and fit alone into a rest of a shift."""
    rows: Rows = np.array([rules.passes.row_of[u.item] for u in told], dtype=np.int64)
    at, rests = fitting(question, plan.routes, rows) if len(rows) else (rows, ())
    for unserved, n in zip(told, at.tolist(), strict=True):
        if n >= 0:
            rest = rests[n]
            who, minutes = rest.name or rest.vehicle.key, int(rest.idle_s // MINUTE_S)
            en = f"{who} has {minutes} min left in the shift {rest.shift.key}, enough for it alone"
            yield wrong_reason(unserved, f"{who} 在班次 {rest.shift.key} 还有 {minutes} 分钟，足够单独清扫", en)
