"""What a plan is judged by: yuan a year of berths, signs and lots, less what cars with a berth are worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from optimizer.changes import Change, ChangeKind
from optimizer.plan import Assignment, Plan
from optimizer.planners.parking.measuring.numbers import numbers_of
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.reading.asked import ROADS
from optimizer.planners.parking.reading.ground import Ground

# A road that is missing of the number asked for counts as so many berths.
_BERTHS_OF_ROAD = 10.0


@dataclass(frozen=True, slots=True)
class Yearly:
    """Yuan a year of a berth at the kerb, a street's signs, a berth on a lot, and a lot."""

    berth_yuan: float
    one_way_yuan: float
    lot_berth_yuan: float
    lot_yuan: float


def yearly_yuan(params: ParkingParams) -> Yearly:
    """Return what works cost a year of their use."""
    return Yearly(
        params.marking_yuan / params.n_marking_years,
        params.signs_yuan / params.n_marking_years,
        params.paving_yuan / params.n_lot_years,
        params.lot_yuan / params.n_lot_years,
    )


def missing_yuan(key: str, params: ParkingParams) -> float:
    """Return what one counts that is missing of a number asked for."""
    return params.unparked_yuan * (_BERTHS_OF_ROAD if key == ROADS else 1.0)


def works_yuan_a_year(changes: Iterable[Change], params: ParkingParams) -> float:
    """Return what the works of a plan cost a year."""
    prices, total = yearly_yuan(params), 0.0
    for change in changes:
        if change.kind is ChangeKind.MARK_BERTHS:
            total += prices.berth_yuan * change.size
        elif change.kind is ChangeKind.ONE_WAY:
            total += prices.one_way_yuan
        elif change.kind is ChangeKind.BUILD:
            total += prices.lot_yuan + prices.lot_berth_yuan * change.size
    return total


def worth_yuan(assignments: Iterable[Assignment], yuan: dict[str, float]) -> float:
    """Return what cars with a berth are worth a year.

    Parameters
    ----------
    yuan
        Of a car of each zone, by its id.
    """
    return sum(a.amount * yuan.get(a.item, 0.0) for a in assignments)


def plan_objective(ground: Ground, plan: Plan) -> float:
    """Return the objective of a plan from its changes and assignments."""
    params, demand = ground.params, ground.demand
    yuan = {
        item: (params.old_factor if old else 1.0) * params.unparked_yuan
        for item, old in zip(demand.ids, demand.old.tolist(), strict=True)
    }
    missing = sum(
        max(0, n.asked.n_asked - n.n_done) * missing_yuan(n.asked.key, params) for n in numbers_of(ground, plan.changes)
    )
    return works_yuan_a_year(plan.changes, params) + missing - worth_yuan(plan.assignments, yuan)
