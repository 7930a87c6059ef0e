"""Is this plan of berths right? No solver, no compiled code."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from optimizer.engines.allocation.options.problem import OptionProblem
from optimizer.engines.allocation.options.solution import OptionPlan, objective_of
from optimizer.engines.circulation import BOTH, circulation_faults


class OptionFault(Enum):
    """What can be wrong."""

    TOO_FEW = "fewer new berths than there must be"
    NO_ROOM = "more new berths than fit"
    NOT_SWITCHED = "berths that need a switch, without it"
    NOT_CLOSED = "a switch whose street is not made one-way, or the other way about"
    OVER_BUDGET = "more is spent than there is"
    TOO_MANY_CARS = "more cars than there are"
    TOO_FULL = "more cars than berths"
    CIRCULATION = "a way round is missing or too long"
    WRONG_OBJECTIVE = "wrong objective"


def option_faults(
    problem: OptionProblem, plan: OptionPlan, claimed: float | None = None
) -> tuple[tuple[OptionFault, str], ...]:
    """Return everything that is wrong, each with where and by what value."""
    found = [*_places(problem, plan), *_cars(problem, plan)]
    if plan.cost(problem) > problem.budget + 1e-6:
        found.append((OptionFault.OVER_BUDGET, f"{plan.cost(problem)} of {problem.budget}"))
    if problem.circulation is not None:
        for fault, row, more in circulation_faults(problem.circulation, plan.choice):
            found.append((OptionFault.CIRCULATION, f"pair {row}: {fault.value} ({more})"))
    if claimed is not None:
        again = objective_of(problem, plan)
        if abs(again - claimed) > 1e-6 * max(1.0, abs(again)):
            found.append((OptionFault.WRONG_OBJECTIVE, f"said to be {claimed}, it is {again}"))
    return tuple(found)


def _places(problem: OptionProblem, plan: OptionPlan) -> Iterator[tuple[OptionFault, str]]:
    needed = set[int]()
    for place, n in enumerate(plan.berths.tolist()):
        room, more, pair = int(problem.room[place]), int(problem.more[place]), int(problem.pair[place])
        switched = bool(plan.switched[place])
        if n < problem.least[place]:
            yield OptionFault.TOO_FEW, f"place {place}: {n}, at least {problem.least[place]} are expected"
        if n > room + (more if switched else 0):
            wrong = OptionFault.NO_ROOM if switched or n > room + more else OptionFault.NOT_SWITCHED
            yield wrong, f"place {place}: {n}, room for {room} and {more} more"
        if switched and pair >= 0:
            needed.add(pair)
    for pair, side in enumerate(plan.choice.tolist()):
        if (side != BOTH) != (pair in needed):
            yield OptionFault.NOT_CLOSED, f"pair {pair}: closed {side != BOTH}, needed {pair in needed}"


def _cars(problem: OptionProblem, plan: OptionPlan) -> Iterator[tuple[OptionFault, str]]:
    for hour, row in enumerate(plan.cars.tolist()):
        out, held = [0] * problem.n_zones, [0] * problem.n_places
        for k, n in enumerate(row):
            if n < 0:
                yield OptionFault.TOO_MANY_CARS, f"hour {hour}, pair {k}: {n} cars"
            out[int(problem.zone[k])] += n
            held[int(problem.place[k])] += n
        for zone, n in enumerate(out):
            if n > problem.demand[hour, zone]:
                yield OptionFault.TOO_MANY_CARS, f"hour {hour}, zone {zone}: {n} of {problem.demand[hour, zone]}"
        for place, n in enumerate(held):
            berths = int(problem.there[place] + plan.berths[place])
            if n > berths:
                yield OptionFault.TOO_FULL, f"hour {hour}, place {place}: {n} cars, {berths} berths"
