"""What every plan must satisfy whichever planner made it; no solver here. A planner's own `faults` check the rest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice, pairwise

import numpy as np

from layers.layer import Bool
from layers.text import Text
from layers.units import clock
from optimizer.kpi import Kpi
from optimizer.leg_table import LegTable
from optimizer.plan import LegKind, Outcome, Plan, PlanFault, Route
from optimizer.planner import Planner
from optimizer.scenario import Scenario

_TIME_TOLERANCE_S = 1e-3
# Items looked at to see which layer most items of a plan are of.
_SAMPLE = 50
_KPI_TOLERANCE = 1e-6


def structural_faults(scenario: Scenario, plan: Plan, planner: Planner) -> tuple[PlanFault, ...]:
    """Return what is wrong with a plan in itself, and between it, the city and the inventory."""
    streets = scenario.city.layers.get("streets")
    known_streets = streets.row_of if streets is not None else {}
    found: list[PlanFault] = [*_repeated_routes(plan), *_double_work(plan.routes), *_services(plan)]
    for route in plan.routes:
        found += _route_faults(route, scenario)
    # a calendar drives the same legs on many days: they are looked at once
    once = {id(route.legs): route for route in reversed(plan.routes)}
    found += _leg_faults(LegTable.of(tuple(r for r in plan.routes if once[id(r.legs)] is r)), known_streets)
    found += [*_unknown_items(scenario, plan), *_outcome(plan), *_layers(scenario, plan, planner)]
    return tuple(found)


def _fault(code: str, where: str, zh: str, en: str) -> PlanFault:
    return PlanFault(code, where, Text(zh, en))


def _repeated_routes(plan: Plan) -> Iterator[PlanFault]:
    for key, n in Counter(r.id for r in plan.routes).items():
        if n > 1:
            yield _fault("route_id_twice", key, f"线路编号“{key}”出现 {n} 次", f"route id {key!r} occurs {n} times")


def _double_work(routes: Iterable[Route]) -> Iterator[PlanFault]:
    """Name vehicles that are out on two routes at one time."""
    by_vehicle: dict[tuple[int, str], list[Route]] = {}
    for route in routes:
        if route.legs:
            by_vehicle.setdefault((route.day, route.vehicle), []).append(route)
    for (_, vehicle), own in by_vehicle.items():
        own.sort(key=lambda r: r.legs[0].start_s)
        for before, after in pairwise(own):
            if after.legs[0].start_s < before.legs[-1].end_s - _TIME_TOLERANCE_S:
                zh = f"车辆“{vehicle}”同时在线路 {before.id} 与 {after.id} 上"
                yield _fault(
                    "vehicle_twice", after.id, zh, f"vehicle {vehicle!r} is on routes {before.id} and {after.id} at once"
                )


def _route_faults(route: Route, scenario: Scenario) -> Iterator[PlanFault]:
    types, shifts = {v.key for v in scenario.inventory.vehicle_types}, {s.key for s in scenario.inventory.shifts}
    if route.vehicle_type not in types:
        zh, en = (
            f"线路 {route.id} 的车型“{route.vehicle_type}”不在清单中",
            f"route {route.id} has the unknown vehicle type {route.vehicle_type!r}",
        )
        yield _fault("unknown_vehicle_type", route.id, zh, en)
    if route.shift not in shifts:
        zh, en = (
            f"线路 {route.id} 的班次“{route.shift}”不在清单中",
            f"route {route.id} has the unknown shift {route.shift!r}",
        )
        yield _fault("unknown_shift", route.id, zh, en)
    if not route.legs:
        yield _fault("empty_route", route.id, f"线路 {route.id} 没有行程", f"route {route.id} has no legs")


def _leg_faults(table: LegTable, streets: Mapping[str, int]) -> Iterator[PlanFault]:
    impossible = ~_finite(table) | (table.end_s < table.start_s) | (table.length_m < 0)
    follows = np.diff(table.route, prepend=-1) == 0
    gap_s = table.start_s - np.concatenate([[0.0], table.end_s])[:-1]
    apart = follows & (np.abs(gap_s) > _TIME_TOLERANCE_S) & ~impossible
    named = {name for name in set(table.step_names) if name.removeprefix("-") not in streets}
    lost = (
        {k for k, name in zip(table.step_leg.tolist(), table.step_names, strict=True) if name in named} if named else set()
    )
    for k in sorted({*np.flatnonzero(impossible | apart).tolist(), *lost}):
        route, i = table.routes[table.route[k]], int(k - table.first[table.route[k]])
        if impossible[k]:
            yield _impossible(route, i)
        elif apart[k]:
            yield _out_of_order(route, i)
        if k in lost:
            yield _lost(route, i, next(name for name in route.legs[i].path if name in named))


def _finite(table: LegTable) -> Bool:
    every = (table.start_s, table.end_s, table.length_m, table.load_kg, table.water_l)
    return np.asarray(np.all([np.isfinite(column) for column in every], axis=0))


def _impossible(route: Route, i: int) -> PlanFault:
    leg = route.legs[i]
    values = f"{leg.start_s} … {leg.end_s} s, {leg.length_m} m"
    zh = f"线路 {route.id} 第 {i + 1} 段的时间或长度不成立：{values}"
    en = f"leg {i + 1} of route {route.id} has impossible times or length: {values}"
    return _fault("impossible_leg", f"{route.id}[{i}]", zh, en)


def _out_of_order(route: Route, i: int) -> PlanFault:
    leg, before = route.legs[i], route.legs[i - 1].end_s
    kind_zh, kind_en = ("重叠", "overlaps the one before") if leg.start_s < before else ("之前有空档", "comes after a gap")
    zh = f"线路 {route.id} 第 {i + 1} 段{kind_zh}：上段止于 {clock(before)}，本段始于 {clock(leg.start_s)}"
    en = f"leg {i + 1} of route {route.id} {kind_en}: {before:g} s, then {leg.start_s:g} s"
    return _fault("legs_not_in_order", f"{route.id}[{i}]", zh, en)


def _lost(route: Route, i: int, street: str) -> PlanFault:
    zh, en = f"线路 {route.id} 经过不存在的路段“{street}”", f"route {route.id} drives the unknown street {street!r}"
    return _fault("unknown_street", f"{route.id}[{i}]", zh, en)


def _services(plan: Plan) -> Iterator[PlanFault]:
    served = _served(plan.routes)
    for (day, item), n in served.items():
        if not item:
            yield _fault("service_without_item", str(day), f"有 {n} 段作业没有对象", f"{n} services name no item")
        elif n > 1:
            yield _fault("served_twice", item, f"“{item}”被作业 {n} 次", f"{item!r} is served {n} times")
    items = {item for _, item in served}
    for unserved in plan.unserved:
        if unserved.item in items:
            yield _fault(
                "served_and_unserved",
                unserved.item,
                f"“{unserved.item}”既已作业又列为未作业",
                f"{unserved.item!r} is served and listed as unserved",
            )
        if not unserved.binding or not unserved.reason.en:
            yield _fault(
                "unserved_without_reason",
                unserved.item,
                f"未作业的“{unserved.item}”没有原因",
                f"{unserved.item!r} is unserved without a reason",
            )


def _served(routes: tuple[Route, ...]) -> Counter[tuple[int, str]]:
    """Return how often each item is served on each day."""
    items: dict[int, list[str]] = {}
    for route in routes:
        if id(route.legs) not in items:
            items[id(route.legs)] = [leg.item for leg in route.legs if leg.kind is LegKind.SERVE]
    return Counter((r.day, item) for r in routes for item in items[id(r.legs)])


def object_of(item: str) -> str:
    """Return the id of the object that an item is of: ``s1`` for the second pass of its left kerb, ``s1:L#2``.

    Ids may hold colons and signs of number themselves: only what stands at the very end is side and pass.
    """
    before, sign, n_th = item.rpartition("#")
    kerb = before if sign and before and n_th.isdecimal() else item
    before, sign, side = kerb.rpartition(":")
    return before if sign and before and side.isascii() and side.isalpha() and side.isupper() else kerb


def _unknown_items(scenario: Scenario, plan: Plan) -> Iterator[PlanFault]:
    from optimizer.names import place_of  # which reads items by `object_of`

    known = [layer.row_of.keys() for layer in scenario.city.layers.values()]
    wanted = {leg.item for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE and leg.item}
    wanted |= {u.item for u in plan.unserved} | {a.item for a in plan.assignments}
    wanted -= {c.item for c in plan.changes}
    wanted = {item for item in wanted if place_of(item) is None}
    sample = [item.rpartition(":")[0] for item in islice(wanted, _SAMPLE)]
    usual: AbstractSet[str] = max(known, key=lambda ids: sum(head in ids for head in sample), default=frozenset())
    doubtful = _doubtful(wanted, usual)
    objects = ((item, object_of(item)) for item in doubtful.difference(*known))
    for item in sorted(item for item, key in objects if not any(key in ids for ids in known)):
        yield _fault("unknown_item", item, f"方案中的对象“{item}”不在城市数据中", f"the item {item!r} is not in the city")


def _doubtful(items: AbstractSet[str], ids: AbstractSet[str]) -> set[str]:
    """Return the items that are not at first sight a pass of an object with one of some ids: quick for thousands."""
    parts = [(item, *item.rpartition(":")) for item in items]
    passes = {tail for tail in {tail for *_, tail in parts} if object_of(f"s:{tail}") == "s"}
    return {item for item, head, _, tail in parts if tail not in passes or head not in ids}


def _outcome(plan: Plan) -> Iterator[PlanFault]:
    if plan.outcome is Outcome.INFEASIBLE and not plan.unserved:
        yield _fault(
            "infeasible_without_reason", "outcome", "方案不可行却没有原因", "the plan is infeasible and gives no reason"
        )
    if not math.isfinite(plan.objective):
        yield _fault("objective_not_finite", "objective", f"目标值为 {plan.objective}", f"the objective is {plan.objective}")
    gap = plan.gap
    if gap is not None and gap < -_KPI_TOLERANCE:
        zh, en = (
            f"目标值 {plan.objective:g} 低于下界 {plan.bound:g}",
            f"the objective {plan.objective:g} is below its bound {plan.bound:g}",
        )
        yield _fault("objective_below_bound", "objective", zh, en)
    if plan.outcome is Outcome.OPTIMAL and (gap is None or gap > _KPI_TOLERANCE):
        yield _fault("optimal_without_proof", "outcome", "称为最优却没有证明", "the plan is called optimal without a proof")


def _layers(scenario: Scenario, plan: Plan, planner: Planner) -> Iterator[PlanFault]:
    for kind in planner.reads:
        made_from = plan.provenance.layer_hashes.get(kind.KIND)
        if made_from is None or made_from != scenario.city[kind].hash:
            zh = f"图层“{kind.LABEL.zh}”与方案所依据的不同，方案已过期"
            yield _fault(
                "layer_changed",
                kind.KIND,
                zh,
                f"the layer {kind.KIND} is not the one the plan was made from: it is out of date",
            )


def kpi_faults(plan: Plan, planner: Planner, measured: tuple[Kpi, ...] | None = None) -> tuple[PlanFault, ...]:
    """Return what is wrong with a plan's figures; `measured` are the same figures, taken again from the plan."""
    units = {k.id: k.unit for k in planner.kpi_kinds}
    found = []
    for kpi in plan.kpis:
        if not math.isfinite(kpi.value):
            found.append(
                _fault("kpi_not_finite", kpi.id, f"指标 {kpi.id} 为 {kpi.value}", f"the figure {kpi.id} is {kpi.value}")
            )
        if units.get(kpi.id) != kpi.unit:
            zh = f"指标 {kpi.id} 的单位为“{kpi.unit}”，应为“{units.get(kpi.id)}”"
            found.append(
                _fault("kpi_unit", kpi.id, zh, f"the figure {kpi.id} is in {kpi.unit!r}, declared in {units.get(kpi.id)!r}")
            )
    keys = Counter((k.id, k.scope, k.where) for k in plan.kpis)
    found += [
        _fault("kpi_twice", k[0], f"指标 {k[0]} 重复", f"the figure {k[0]} occurs {n} times")
        for k, n in keys.items()
        if n > 1
    ]
    return (*found, *(() if measured is None else _recomputed(plan, measured)))


def _recomputed(plan: Plan, measured: tuple[Kpi, ...]) -> Iterator[PlanFault]:
    told = {(k.id, k.scope, k.where): k.value for k in plan.kpis}
    again = {(k.id, k.scope, k.where): k.value for k in measured}
    for key in sorted(told.keys() | again.keys()):
        a, b = told.get(key), again.get(key)
        if a is None or b is None or not math.isclose(a, b, rel_tol=_KPI_TOLERANCE, abs_tol=1e-9):
            zh = f"指标 {key[0]}（{key[1]}）记为 {a}，重新计算为 {b}"
            yield _fault(
                "kpi_differs", key[0], zh, f"the figure {key[0]} ({key[1]}) is given as {a}, measured again it is {b}"
            )
