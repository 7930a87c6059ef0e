"""What the panels show of a plan, worked out off the window's thread; no Qt in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from layers.text import Text
from optimizer.check import object_of
from optimizer.kpi import Better, KpiKind, KpiTable
from optimizer.names import item_name
from optimizer.plan import LegKind, Plan, PlanFault, Route
from optimizer.planner import Planner
from optimizer.rounds import on_round
from optimizer.scenario import Scenario
from optimizer.scopes import scope_name, vehicle_name
from optimizer.site_rows import Places
from resources.judge import State, judge_all
from resources.targets import load_documents, load_targets


@dataclass(frozen=True, slots=True)
class RouteRow:
    """Sum one route up."""

    item: str
    vehicle: Text
    shift: Text
    start_s: float
    end_s: float
    worked_s: float
    n_served: int
    served_m: float
    driven_m: float
    n_unloads: int
    n_refills: int
    load_kg: float
    n_locked: int


@dataclass(frozen=True, slots=True)
class UnservedRow:
    """Name one thing that is not served, and why."""

    item: str
    name: Text
    amount: float
    unit: str
    binding: str
    reason: Text
    change: Text


@dataclass(frozen=True, slots=True)
class KpiRow:
    """Hold one figure of the plan with its label."""

    label: Text
    value: float
    unit: str
    better: Better
    scope: str


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """Hold one target with its verdict.

    Parameters
    ----------
    verdict
        ``met``, ``nearly``, ``missed`` or ``not_measured``.
    value, missing
        In `unit`; None where there is none.
    wanted
        Sign, figure and unit.
    """

    label: Text
    verdict: str
    value: float | None
    wanted: Text
    missing: float | None
    unit: str
    scope: str
    source: Text


@dataclass(frozen=True, slots=True, order=True)
class Pass:
    """Say when which route serves an item of a street."""

    start_s: float
    route: str
    item: str
    day: int = 0


@dataclass(frozen=True)
class Digest:
    """Hold the tables of one plan.

    Parameters
    ----------
    served
        Every pass over a street, in order of time, by the street's id; of other objects, by theirs.
    scope_names
        What people call that which figures are of, by its scope.
    """

    routes: tuple[RouteRow, ...] = ()
    unserved: tuple[UnservedRow, ...] = ()
    kpis: tuple[KpiRow, ...] = ()
    verdicts: tuple[VerdictRow, ...] = ()
    faults: tuple[PlanFault, ...] = ()
    served: Mapping[str, tuple[Pass, ...]] = field(default_factory=dict)
    scope_names: Mapping[str, Text] = field(default_factory=dict)

    @cached_property
    def route_of(self) -> Mapping[str, RouteRow]:
        """The rows of the routes by their id."""
        return {row.item: row for row in self.routes}

    @cached_property
    def left_of(self) -> Mapping[str, tuple[UnservedRow, ...]]:
        """What is not served of each object, by its id."""
        found: dict[str, list[UnservedRow]] = {}
        for row in self.unserved:
            found.setdefault(object_of(row.item), []).append(row)
        return {item: tuple(rows) for item, rows in found.items()}

    def scopes(self) -> list[str]:
        """Return what the figures are of, the whole city first."""
        found = dict.fromkeys([r.scope for r in self.kpis] + [r.scope for r in self.verdicts])
        return sorted(found, key=lambda s: (s != "city", s))


def digest(plan: Plan, scenario: Scenario, planner: Planner) -> Digest:
    """Return the tables of a plan."""
    kinds = {k.id: k for k in planner.kpi_kinds}
    locked = {k.item for k in scenario.locks}
    called = Places(scenario.city).named
    unserved = (
        UnservedRow(
            u.item,
            item_name(scenario.city, u.item),
            u.amount,
            u.unit,
            u.binding,
            called(u.reason),
            called(u.smallest_change or Text("", "")),
        )
        for u in plan.unserved
    )
    made = Digest(
        tuple(_route_row(r, scenario, locked) for r in plan.routes),
        tuple(unserved),
        kpi_rows(plan, kinds, planner.kpi_tables),
        verdict_rows(plan, scenario),
        plan.faults,
        passes(plan.routes),
        {scope: scope_name(scope, scenario.inventory, scenario.city) for scope in {k.scope for k in plan.kpis}},
    )
    _ = made.left_of  # gathered here, off the window's thread
    return made


def passes(routes: Sequence[Route]) -> dict[str, tuple[Pass, ...]]:
    """Return who serves each street, and when."""
    found: dict[str, list[Pass]] = {}
    for route in routes:
        for leg in route.legs:
            if leg.kind is LegKind.SERVE:
                found.setdefault(object_of(leg.item), []).append(Pass(leg.start_s, route.id, leg.item, route.day))
    return {street: tuple(sorted(served)) for street, served in found.items()}


def _route_row(route: Route, scenario: Scenario, locked: set[str]) -> RouteRow:
    served = [leg for leg in route.legs if leg.kind is LegKind.SERVE]
    shifts = {s.key: s.label for s in scenario.inventory.shifts}
    types = {v.key: v.label for v in scenario.inventory.vehicle_types}
    served_m = sum(leg.length_m for leg, is_on in zip(route.legs, on_round(route), strict=True) if is_on)
    start_s = route.legs[0].start_s if route.legs else 0.0
    end_s = route.legs[-1].end_s if route.legs else 0.0
    return RouteRow(
        item=route.id,
        vehicle=vehicle_name(route.vehicle, types.get(route.vehicle_type) or _same(route.vehicle)),
        shift=shifts.get(route.shift) or _same(route.shift),
        start_s=start_s,
        end_s=end_s,
        worked_s=end_s - start_s,
        n_served=len(served),
        served_m=served_m,
        driven_m=sum(leg.length_m for leg in route.legs) - served_m,
        n_unloads=sum(leg.kind is LegKind.UNLOAD for leg in route.legs),
        n_refills=sum(leg.kind is LegKind.REFILL for leg in route.legs),
        load_kg=sum(leg.load_kg for leg in served),
        n_locked=sum(leg.item in locked for leg in served) if locked else 0,
    )


def kpi_rows(plan: Plan, kinds: Mapping[str, KpiKind], tables: Sequence[KpiTable] = ()) -> tuple[KpiRow, ...]:
    """Return the figures of each scope, in the planner's order: of the whole of it, and of those parts that tables name.

    Figures of other parts belong to the targets.
    """
    order = {key: i for i, key in enumerate(kinds)}
    parts = {(c.id, c.where): c.label for table in tables for c in table.columns if c.where}
    known = [k for k in plan.kpis if not k.where or (k.id, k.where) in parts]
    n_told = Counter((k.id, k.scope) for k in known)
    rows = []
    for kpi in sorted(known, key=lambda k: order.get(k.id, len(order))):
        kind, part = kinds.get(kpi.id), parts.get((kpi.id, kpi.where))
        label = kind.label if kind else _same(kpi.id)
        if part is not None and n_told[kpi.id, kpi.scope] > 1:
            label = Text(f"{label.zh} · {part.zh}", f"{label.en} · {part.en}")
        rows.append(KpiRow(label, kpi.value, kpi.unit, kind.better if kind else Better.NEITHER, kpi.scope))
    return tuple(rows)


def verdict_rows(plan: Plan, scenario: Scenario) -> tuple[VerdictRow, ...]:
    """Return every target of the chosen documents that this planner measures, judged by the plan's figures.

    Where no document was chosen, the targets of all of them are shown.
    """
    targets = [t for t in load_targets(scenario.documents or None) if t.planner == plan.planner]
    names = {d.key: d.label for d in load_documents()}
    rows = []
    for v in judge_all(targets, plan.kpis):
        if v.state is State.REFERENCE:
            continue
        t = v.target
        rows.append(
            VerdictRow(t.label, v.state.value, v.value, t.wanted_text, v.missing, v.unit, v.scope, names[t.document])
        )
    return tuple(rows)


def _same(text: str) -> Text:
    return Text(text, text)
