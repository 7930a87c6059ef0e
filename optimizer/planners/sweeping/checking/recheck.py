"""Check what reasons say of ways and time, from the file's own network: for ``verify``, too slow as a run ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from layers.layer import Bool, Rows
from layers.units import MINUTE_S
from optimizer.ground.faults import wrong_reason
from optimizer.ground.networks import networks_of, shift_groups
from optimizer.plan import Outcome, Plan, PlanFault, Unserved
from optimizer.planners.sweeping.checking.rules import ROUNDED, Rules
from optimizer.planners.sweeping.checks import rules_of
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.explaining.spare_time import Question, fitting, question_of
from optimizer.scenario import Scenario
from resources.inventory import VehicleType

_TIME, _HELD = ("shift_time", "water"), ("hopper", "tank")


def recheck(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    """Return the passes whose reason the network refutes.

    A pass is not cut off where a vehicle that may sweep it can drive along its kerb in the right direction in one of its
    shifts, is not too much for hoppers or tanks where that vehicle's are large enough, and does not lack time where it fits
    alone into an idle rest of a shift. What a run that was stopped says of time is what it knew then, and is not held
    against it.
    """
    told = [u for u in plan.unserved if u.binding in ("not_connected", *_TIME, *_HELD)]
    if not told:
        return ()
    rules = rules_of(scenario)
    told = [u for u in told if u.item in rules.passes.row_of]
    groups = shift_groups(rules.streets, fleet.shifts_of(rules.inventory, rules.params))
    networks = networks_of(scenario.city, rules.streets, fleet.sweepers(rules.inventory), groups)
    question = question_of(networks, rules.places, rules.passes, rules.inventory, rules.params)
    found = [*connected(rules, question, [u for u in told if u.binding == "not_connected"])]
    if rules.params.mode != "fleet":  # there the fleet that was found has not all types
        found += held(rules, question, [u for u in told if u.binding in _HELD])
    if plan.outcome is not Outcome.STOPPED:
        found += in_time(rules, question, plan, [u for u in told if u.binding in _TIME])
    return tuple(found)


def connected(rules: Rules, question: Question, told: list[Unserved]) -> Iterator[PlanFault]:
    """Yield passes that are said to be cut off and are not."""
    rows = rows_of(rules, told)
    street = rules.passes.street[rows]
    for n, key in refuted(rules, question, rows, lambda v: fleet.suits(rules.streets, v, rules.params)[street]):
        yield wrong_reason(told[n], f"{key} 可以到达并返回", f"a {key} can drive there and back")


def held(rules: Rules, question: Question, told: list[Unserved]) -> Iterator[PlanFault]:
    """Yield passes that are said to be too much for hopper or tank, though a vehicle comes there whose are large enough."""
    rows = rows_of(rules, told)
    passes, street = rules.passes, rules.passes.street[rows]

    def holds(vehicle: VehicleType) -> Bool:
        may = fleet.suits(rules.streets, vehicle, rules.params)[street]
        return np.asarray(may & fleet.holds(passes, rows, vehicle, ROUNDED))

    for n, key in refuted(rules, question, rows, holds):
        yield wrong_reason(told[n], f"{key} 装得下", f"hopper and tank of a {key} are large enough for it")


def rows_of(rules: Rules, told: list[Unserved]) -> Rows:
    """Return the rows of some passes."""
    return np.array([rules.passes.row_of[u.item] for u in told], dtype=np.int64)


def refuted(
    rules: Rules, question: Question, rows: Rows, may_of: Callable[[VehicleType], Bool]
) -> Iterator[tuple[int, str]]:
    """Yield which of some passes a vehicle can drive along in one of their shifts, and the key of its type.

    Parameters
    ----------
    may_of
        Which of them a type may sweep, shape (n,).
    """
    passes, shifts = rules.passes, fleet.shifts_of(rules.inventory, rules.params)
    groups = shift_groups(passes.streets, shifts)
    choices, begin = fleet.shift_choices(passes, groups, shifts)[rows], 0
    found: dict[int, str] = {}
    for g, group in enumerate(groups):
        open_then = choices[:, begin : begin + len(group.shifts)].any(axis=1)
        begin += len(group.shifts)
        for k, vehicle in enumerate(fleet.sweepers(rules.inventory)):
            view = question.outings[k][g]
            if view is None or not len(rows):
                continue
            may = open_then & may_of(vehicle) & view.drives(rows)
            found |= dict.fromkeys(np.flatnonzero(may).tolist(), vehicle.key)
    yield from sorted(found.items())


def in_time(rules: Rules, question: Question, plan: Plan, told: list[Unserved]) -> Iterator[PlanFault]:
    """Yield passes that are said to lack time and fit alone into a rest of a shift."""
    rows = rows_of(rules, told)
    at, rests = fitting(question, plan.routes, rows) if len(rows) else (rows, ())
    for unserved, n in zip(told, at.tolist(), strict=True):
        if n >= 0:
            rest = rests[n]
            who, minutes = rest.name or rest.vehicle.key, int(rest.idle_s // MINUTE_S)
            en = f"{who} has {minutes} min left in the shift {rest.shift.key}, enough for it alone"
            yield wrong_reason(unserved, f"{who} 在班次 {rest.shift.key} 还有 {minutes} 分钟，足够单独清扫", en)
