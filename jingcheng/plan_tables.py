"""The planner's tables of figures, and what is not served with what would serve it, for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jingcheng.console import figure, table
from layers.city import City
from layers.text import Lang, Text
from optimizer.kpi import KpiTable
from optimizer.plan import Plan
from optimizer.planner import planner
from optimizer.scopes import CITY, scope_name
from resources.inventory import Inventory
from resources.unit_names import unit_text

_N_CHANGES = 3
_NOT_YET = Text("最小改动尚未查找", "smallest change not yet looked for")


def kpi_tables(plan: Plan, lang: Lang, inventory: Inventory, city: City | None = None) -> Iterator[str]:
    """Return the planner's tables, those that the plan has figures for."""
    for asked in planner(plan.planner).kpi_tables:
        rows = list(_rows(plan, asked, lang, (inventory, city)))
        if rows:
            yield from table(_head(plan, asked, lang), rows)
            yield ""


def _head(plan: Plan, asked: KpiTable, lang: Lang) -> list[str]:
    """Return the headings, with the unit of each column, or once where all have the same."""
    units = {k.id: unit_text(k.unit).get(lang) for k in plan.kpis}
    own = [units.get(c.id, "") for c in asked.columns]
    if len(set(own)) == 1:
        return [f"{asked.label.get(lang)} ({own[0]})", *(c.label.get(lang) for c in asked.columns)]
    labels = (c.label.get(lang) for c in asked.columns)
    return [asked.label.get(lang), *(f"{label} {unit}".strip() for label, unit in zip(labels, own, strict=True))]


def _rows(plan: Plan, asked: KpiTable, lang: Lang, named_by: tuple[Inventory, City | None]) -> Iterator[tuple[str, ...]]:
    """Return a line for each scope that has any of the figures; nothing where the whole city alone has them."""
    ids = {c.id for c in asked.columns}
    known = {(k.scope, k.id, k.where): k.value for k in plan.kpis if k.id in ids}
    parts = [s for s in dict.fromkeys(scope for scope, _, _ in known) if s.partition(" ")[0] == asked.scope]
    whole = all((CITY, c.id, c.where) in known for c in asked.columns)
    for scope in (*([CITY] if whole else []), *parts) if parts else ():
        cells = [known.get((scope, c.id, c.where)) for c in asked.columns]
        yield (scope_name(scope, *named_by).get(lang), *(figure(value) for value in cells))


def unserved_lines(plan: Plan, lang: Lang) -> Iterator[str]:
    """Return how many items each constraint keeps unserved, with an example, and the smallest changes found most often."""
    if not plan.unserved:
        return
    yield Text("未作业的原因与最小改动：", "why items are not served, and the smallest change:").get(lang)
    for binding, n in Counter(u.binding for u in plan.unserved).most_common():
        yield f"  {n:>6}  {binding}  {_reason(plan, binding, lang)}"
        found = Counter(u.smallest_change for u in plan.unserved if u.binding == binding).most_common()
        told = [(n_served, change or _NOT_YET) for change, n_served in found[:_N_CHANGES]]
        if rest := found[_N_CHANGES:]:
            others = Text(f"另外 {len(rest)} 种改动", f"{len(rest)} other changes")
            told.append((sum(n_served for _, n_served in rest), others))
        yield from (f"          → {n_served:>6}  {change.get(lang)}" for n_served, change in told)
    yield ""


def _reason(plan: Plan, binding: str, lang: Lang) -> str:
    """Return the reason that most items kept by a constraint have, and how many where it is not that of all."""
    reasons = Counter(u.reason for u in plan.unserved if u.binding == binding)
    reason, n = reasons.most_common(1)[0]
    if len(reasons) == 1:
        return reason.get(lang)
    return Text(
        f"{reason.zh}（其中 {n} 项；共 {len(reasons)} 种情形）", f"{reason.en} ({n} of them; {len(reasons)} cases)"
    ).get(lang)
