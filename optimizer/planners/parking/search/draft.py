"""Make a draft of the engine's plan: changes, who parks where, berths to scale, one-ways, who is left out and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from layers.kinds.parking import KerbBerths, Lots
from layers.kinds.streets import Oneway, Streets
from layers.text import Text
from optimizer.changes import Change, ChangeKind
from optimizer.engines.allocation.options import OptionPlan, objective_of
from optimizer.engines.circulation import BOTH
from optimizer.plan import Assignment, Draft, Outcome
from optimizer.planners.parking.problem import ParkingProblem
from optimizer.planners.parking.reading.demand import PERIODS
from optimizer.planners.parking.search.marking import (
    KEPT,
    NEW,
    REMOVED,
    Berth,
    lot_berths,
    standing_berths,
    street_berths,
)
from optimizer.planners.parking.search.question import price_of
from optimizer.planners.parking.search.years import Work, years_of

FORWARD, BACKWARD = "forward", "backward"
_DIRECTION = {FORWARD: Text("顺画线方向", "along the drawn line"), BACKWARD: Text("逆画线方向", "against the drawn line")}


@dataclass(frozen=True, eq=False)
class Decided:
    """Hold what a plan does, by place.

    Parameters
    ----------
    plan
        Of the engine.
    years
        By place with works.
    one_way
        By street row, ``forward`` or ``backward``.
    berths
        All, new, kept and removed.
    """

    plan: OptionPlan
    years: dict[int, int]
    one_way: dict[int, str]
    berths: tuple[Berth, ...]


def decided_of(problem: ParkingProblem, plan: OptionPlan) -> Decided:
    """Return what a plan of the engine does in the city."""
    ground, places = problem.ground, problem.places
    works = list(_works(problem, plan))
    years = years_of(works, ground.params)
    pairs = np.flatnonzero(plan.choice != BOTH)
    # the pair's first arc runs along the line: where it is closed, traffic runs against it
    one_way = {int(ground.driving.streets[k]): BACKWARD if plan.choice[k] == 0 else FORWARD for k in pairs.tolist()}
    berths = list(standing_berths(ground))
    for place in np.flatnonzero(plan.berths).tolist():
        street, lot = int(places.street[place]), int(places.lot[place])
        n = int(plan.berths[place])
        if lot >= 0:
            own = lot_berths(ground, lot)
        else:
            supply = ground.supply[street]
            layout = supply.one_way if street in one_way or n > supply.as_it_is.n_berths else supply.as_it_is
            own = street_berths(ground, street, layout, n, _backwards(problem, street, one_way))
        berths += [replace(b, year=years[place]) for b in list(own)[:n]]
    return Decided(plan, years, one_way, tuple(berths))


def _backwards(problem: ParkingProblem, street: int, one_way: dict[int, str]) -> dict[str, bool]:
    """Return by side whether traffic beside it runs against the line: on the left of two-way streets it does."""
    today = problem.ground.streets.oneway[street]
    way = one_way.get(street) or {Oneway.FORWARD: FORWARD, Oneway.BACKWARD: BACKWARD}.get(Oneway(int(today)))
    return {"R": way == BACKWARD, "L": way != FORWARD}


def _works(problem: ParkingProblem, plan: OptionPlan) -> Iterator[Work]:
    question, places = problem.question.problem, problem.places
    held = np.max([np.bincount(question.place, row, len(places)) for row in plan.cars], axis=0, initial=0)
    for place in np.flatnonzero(plan.berths).tolist():
        n, switched = int(plan.berths[place]), bool(plan.switched[place])
        cost = n * float(question.berth_cost[place]) + switched * float(question.switch_cost[place])
        worth = float(held[place]) * problem.ground.params.unparked_yuan
        old, decided = bool(places.old[place]), bool(places.least[place] > 0)
        yield Work(place, int(places.district[place]), old, decided, n, cost, worth)


def draft_of(problem: ParkingProblem, decided: Decided, outcome: Outcome, bound: float | None = None) -> Draft:
    """Return a draft without what is drawn to scale and without reasons: quick, while the search goes on."""
    return Draft(
        outcome,
        objective_of(problem.question.problem, decided.plan) - baseline(problem),
        None if bound is None else bound - baseline(problem),
        changes=tuple(changes(problem, decided)),
        assignments=tuple(assignments(problem, decided.plan)),
    )


def baseline(problem: ParkingProblem) -> float:
    """Return what all cars without a berth would count: the objective is told as what a plan saves of it, below 0."""
    return float((problem.question.problem.demand * price_of(problem.ground)).sum())


def changes(problem: ParkingProblem, decided: Decided) -> Iterator[Change]:
    """Yield what is marked, built, made one-way and removed."""
    places, params = problem.places, problem.ground.params
    marked = Counter((b.place, b.side) for b in decided.berths if b.state == NEW and not _of_row(b))
    for place, year in sorted(decided.years.items()):
        item, (x_m, y_m) = places.items[place], places.xy_m[place].tolist()
        if places.lot[place] >= 0:
            n = int(decided.plan.berths[place])
            cost = n * params.paving_yuan + params.lot_yuan
            yield Change(
                ChangeKind.BUILD, item, Lots.KIND, x_m, y_m, Text(f"闲置地建 {n} 个泊位", f"{n} berths on idle land"), year,
                cost, float(n), "berths",
            )  # fmt: skip
            continue
        for side in ("R", "L"):
            if n := marked[item, side]:
                words = Text(
                    f"{'右' if side == 'R' else '左'}侧划 {n} 个泊位",
                    f"{n} berths, {'right' if side == 'R' else 'left'} kerb",
                )
                yield Change(
                    ChangeKind.MARK_BERTHS, f"{item}:{side}", Streets.KIND, x_m, y_m, words, year, n * params.marking_yuan,
                    float(n), "berths",
                )  # fmt: skip
        way = decided.one_way.get(int(places.street[place]))
        if way is not None:
            words = Text(f"改单行，{_DIRECTION[way].zh}", f"one-way, {_DIRECTION[way].en}")
            yield Change(ChangeKind.ONE_WAY, item, Streets.KIND, x_m, y_m, words, year, params.signs_yuan)
    yield from _rows(problem, decided)


def _of_row(berth: Berth) -> bool:
    return not berth.item.startswith(f"{berth.place}:") and berth.side != "LOT"


def _rows(problem: ParkingProblem, decided: Decided) -> Iterator[Change]:
    """Yield berths that are removed, and those that the council wants, by row."""
    params = problem.ground.params
    by_row = defaultdict[tuple[str, str], list[Berth]](list)
    for berth in decided.berths:
        if _of_row(berth) and berth.state != KEPT:
            by_row[berth.item.rpartition("#")[0], berth.state].append(berth)
    for (row, state), berths in by_row.items():
        n, (x_m, y_m) = len(berths), np.mean([b.corners_m.mean(axis=0) for b in berths], axis=0).tolist()
        if state == REMOVED:
            words = Text(f"清除 {n} 个泊位", f"{n} berths removed")
            kind, cost = ChangeKind.REMOVE, n * params.removal_yuan
        else:
            words = Text(f"议事会增划 {n} 个泊位", f"{n} berths that the residents' council adds")
            kind, cost = ChangeKind.EXTEND, n * params.marking_yuan
        yield Change(kind, row, KerbBerths.KIND, x_m, y_m, words, 1, cost, float(n), "berths")


def assignments(problem: ParkingProblem, plan: OptionPlan) -> Iterator[Assignment]:
    """Yield who parks where, by period."""
    question, places, demand = problem.question.problem, problem.places, problem.ground.demand
    for period, row in zip(PERIODS, plan.cars, strict=True):
        for k in np.flatnonzero(row).tolist():
            zone, place = int(question.zone[k]), int(question.place[k])
            walk_m = round(float(question.walk_m[k]), 3)
            yield Assignment(demand.ids[zone], places.items[place], float(row[k]), "cars", walk_m, period.hour)
