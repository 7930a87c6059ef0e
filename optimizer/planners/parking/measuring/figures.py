"""Measure a plan: berths, cars, one-ways, money, for the city and each district."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from layers.kinds.parking import Lots
from layers.layer import Bool, Rows
from optimizer.changes import Change, ChangeKind
from optimizer.check import object_of
from optimizer.kpi import Declared, Kpi
from optimizer.plan import Plan
from optimizer.planners.parking.kinds import CENTRAL, KPI_KINDS, OLD, SIDE
from optimizer.planners.parking.measuring.detours import detours_of
from optimizer.planners.parking.measuring.rows import BERTHS, ONE_WAYS, UNMET_TODAY, rows_of
from optimizer.planners.parking.reading.asked import road_name
from optimizer.planners.parking.reading.decisions import CLOSED, KEEP, OPEN
from optimizer.planners.parking.reading.demand import PERIODS
from optimizer.planners.parking.reading.ground import Ground

kpi = Declared(KPI_KINDS)
_OUT = {
    "night": "cars_without_berth_at_night",
    "day": "cars_without_berth_by_day",
    "evening": "cars_without_berth_in_the_evening",
}


@dataclass(frozen=True, eq=False)
class Measured:
    """Hold what is read of a plan.

    Parameters
    ----------
    berths
        Every berth that the plan draws.
    n_out
        Cars without a berth in each period, shape (n_periods, n_zones).
    today
        Cars without a berth at night where nothing new is marked, by place of demand.
    """

    ground: Ground
    plan: Plan
    berths: tuple[dict[str, Any], ...]
    n_out: Rows
    today: dict[str, float]

    @classmethod
    def of(cls, ground: Ground, plan: Plan) -> Measured:
        """Lay out a plan."""
        row_of = {item: k for k, item in enumerate(ground.demand.ids)}
        period_of = {period.hour: k for k, period in enumerate(PERIODS)}
        out = ground.demand.n_wanting.copy()
        for a in plan.assignments:
            if a.item in row_of and a.hour in period_of:
                out[period_of[a.hour], row_of[a.item]] -= round(a.amount)
        today = {str(r["id"]): float(r["night_today"]) for r in rows_of(plan, UNMET_TODAY)}
        return cls(ground, plan, tuple(rows_of(plan, BERTHS)), out, today)

    def district_of(self, change: Change) -> int:
        """Return the district of a change, -1 for none."""
        street = self.ground.streets.row_of.get(object_of(change.item))
        if street is not None:
            return int(self.ground.street_district[street])
        return int(self.ground.areas.rows_of(np.array([""]), np.array([[change.x_m, change.y_m]]))[0])


def figures(measured: Measured) -> Iterator[Kpi]:
    """Yield all figures."""
    where = {id(c): measured.district_of(c) for c in measured.plan.changes}
    yield from _works(measured, measured.plan.changes, "city")
    yield from _cars(measured, np.ones(len(measured.ground.demand), dtype=bool), "city")
    for row, name in enumerate(measured.ground.areas.names):
        own = tuple(c for c in measured.plan.changes if where[id(c)] == row)
        yield from _works(measured, own, f"district {name}")
        yield from _cars(measured, measured.ground.demand.district == row, f"district {name}")
    yield from _roads(measured)
    yield from _rules(measured)
    yield from _staff(measured)
    yield from _money(measured)


def _works(measured: Measured, changes: tuple[Change, ...], scope: str) -> Iterator[Kpi]:
    """Yield what is marked and built; of years the worst, since numbers are asked for each year."""
    years = range(1, measured.ground.params.n_years + 1)
    marked, idle = Counter[int](), Counter[int]()
    for c in changes:
        if c.kind in (ChangeKind.MARK_BERTHS, ChangeKind.EXTEND):
            marked[c.year] += round(c.size)
        elif c.kind is ChangeKind.BUILD and c.layer == Lots.KIND:
            idle[c.year] += round(c.size)
    yield kpi("berths_marked", min(marked[y] for y in years), scope)
    yield kpi("berths_on_idle_land", min(idle[y] for y in years), scope)
    yield kpi("streets_made_one_way", sum(c.kind is ChangeKind.ONE_WAY for c in changes), scope)
    yield kpi("berths_removed", sum(c.size for c in changes if c.kind is ChangeKind.REMOVE), scope)


def _cars(measured: Measured, mine: Bool, scope: str) -> Iterator[Kpi]:
    demand = measured.ground.demand
    out = measured.n_out[:, mine].sum(axis=1)
    for k, period in enumerate(PERIODS):
        yield kpi(_OUT[period.key], float(out[k]), scope)
    ids = {item for item, own in zip(demand.ids, mine.tolist(), strict=True) if own}
    yield kpi("cars_without_berth_at_night_today", sum(n for item, n in measured.today.items() if item in ids), scope)
    if (n := int(demand.n_cars[:, mine].sum())) > 0:
        yield kpi("cars_with_berth", 100.0 * (1 - float(out.sum()) / n), scope)
        yield kpi("worst_off_tenth_with_berth", _worst_off(demand.n_cars[:, mine], measured.n_out[:, mine]), scope)
    if scope == "city":
        n_parked = sum(a.amount for a in measured.plan.assignments)
        if n_parked:
            walked = sum(a.amount * a.distance_m for a in measured.plan.assignments)
            yield kpi("mean_walk_to_berth", walked / n_parked)


def _worst_off(n_cars: Rows, n_out: Rows) -> float:
    """Return the share with a berth of the tenth of all cars whose places of demand have the lowest share, percent."""
    wanted = n_cars.sum(axis=0).astype(float)
    served = np.maximum(0.0, wanted - n_out.sum(axis=0))
    share = np.divide(served, wanted, out=np.ones_like(wanted), where=wanted > 0)
    order = np.argsort(share, kind="stable")
    tenth = wanted.sum() / 10
    before = np.cumsum(wanted[order]) - wanted[order]
    counted = np.clip(tenth - before, 0.0, wanted[order])
    return float(100.0 * (counted * share[order]).sum() / tenth)


def _roads(measured: Measured) -> Iterator[Kpi]:
    """Yield roads with berths: in all, of the centre, and by district."""
    ground, streets = measured.ground, measured.ground.streets
    held = {object_of(c.item) for c in measured.plan.changes if c.kind is ChangeKind.MARK_BERTHS}
    held |= {row["place"] for row in measured.berths if row["state"] != "removed"}
    rows = [streets.row_of[item] for item in held if item in streets.row_of]
    by_district = defaultdict[int, set[str]](set)
    for row in rows:
        by_district[int(ground.street_district[row])].add(road_name(ground, row))
    yield kpi("roads_with_parking_facilities", sum(map(len, by_district.values())))
    central = sum(len(roads) for d, roads in by_district.items() if ground.areas.is_central(d))
    yield kpi("roads_with_parking_facilities", central, "city", CENTRAL)
    for row, name in enumerate(ground.areas.names):
        yield kpi("roads_with_parking_facilities", len(by_district[row]), f"district {name}")


def _rules(measured: Measured) -> Iterator[Kpi]:
    """Yield breaches: of the code by berths that stay, of decisions, of flow, of the order of works."""
    ground, plan = measured.ground, measured.plan
    kept = sum(bool(why) and stays for row in ground.standing for why, stays in zip(row.broken, row.stays, strict=True))
    yield kpi("berths_breaking_rules", kept)
    at_kerb = sum(row["state"] != "removed" and row["side"] != "LOT" for row in measured.berths)
    yield kpi("berths_at_kerb", at_kerb)
    off = float(ground.demand.n_own.sum()) + sum(lot.n_there for lot in ground.lots)
    off += sum(c.size for c in plan.changes if c.kind is ChangeKind.BUILD)
    if at_kerb + off:
        yield kpi("on_street_share", 100.0 * at_kerb / (at_kerb + off))
    changed = {
        object_of(c.item) for c in plan.changes if c.kind in (ChangeKind.MARK_BERTHS, ChangeKind.BUILD, ChangeKind.ONE_WAY)
    }
    rows = {row.item for row in ground.standing}
    broken = sum(
        (state == OPEN and item not in changed) or (state in (CLOSED, KEEP) and item in changed)
        for item, state in ground.decisions.items()
        if item not in rows
    )
    yield kpi("breaches_of_residents_council", broken)
    ways = detours_of(ground, {str(r["id"]): str(r["direction"]) for r in rows_of(plan, ONE_WAYS)})
    yield kpi("breaches_of_side_streets_still_flow", ways.n_broken, "city", SIDE)
    yield kpi("longest_detour", ways.longest_m)
    yield kpi("breaches_of_old_quarter_priority", _late(measured), "city", OLD)


def _late(measured: Measured) -> int:
    """Return works of old quarters that come in a later year than one elsewhere that costs no less."""
    works = [c for c in measured.plan.changes if c.kind in (ChangeKind.MARK_BERTHS, ChangeKind.BUILD)]
    old = measured.ground.in_old_quarter(np.array([(c.x_m, c.y_m) for c in works]).reshape(-1, 2))
    district = [measured.district_of(c) for c in works]
    most = defaultdict[tuple[int, int], float](float)
    for c, is_old, d in zip(works, old.tolist(), district, strict=True):
        if not is_old:
            most[d, c.year] = max(most[d, c.year], c.cost_yuan)
    return sum(
        any(most[d, year] >= c.cost_yuan > 0 for year in range(1, c.year))
        for c, is_old, d in zip(works, old.tolist(), district, strict=True)
        if is_old
    )


def _staff(measured: Measured) -> Iterator[Kpi]:
    beats = measured.plan.beats
    if beats:
        n = sum(row["state"] != "removed" and row["side"] != "LOT" for row in measured.berths)
        params = measured.ground.params
        yield kpi("beats", len(beats))
        yield kpi("attendants", len(beats) * math.ceil(params.attended_h / params.attendant_h - 1e-9))
        yield kpi("berths_per_attendant", n / len(beats))
        yield kpi("beats_below", sum(beat.n_missing > 0 for beat in beats))
        yield kpi("payment_terminals", len(beats))


def _money(measured: Measured) -> Iterator[Kpi]:
    by_year = defaultdict[int, float](float)
    for change in measured.plan.changes:
        by_year[change.year] += change.cost_yuan
    yield kpi("cost", sum(by_year.values()))
    yield kpi("cost_of_dearest_year", max(by_year.values(), default=0.0))
