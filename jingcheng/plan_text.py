"""A plan in words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jingcheng.console import figure, table
from jingcheng.plan_tables import kpi_tables, unserved_lines
from jingcheng.planning import outcome
from jingcheng.site_text import site_lines
from layers.text import Lang, Text
from layers.units import DAY_S, HOUR_S, clock
from optimizer.kpi import Kpi
from optimizer.plan import Plan
from optimizer.planner import planner
from optimizer.scenario import Scenario
from resources.targets import load_targets
from resources.unit_names import OF_DAY, unit_text

_N_FAULTS = 10
VERDICTS = {
    "met": Text("✓ 达标", "✓ met"),
    "nearly": Text("! 接近", "! nearly"),
    "missed": Text("✕ 未达标", "✕ missed"),
    "not_measured": Text("– 未测", "– not measured"),
}
_KPI_HEADS = (Text("指标", "figure"), Text("值", "value"), Text("单位", "unit"))
TARGET_HEADS = (
    Text("要求", "target"),
    Text("范围", "scope"),
    Text("结论", "verdict"),
    Text("值", "value"),
    Text("应为", "wanted"),
    Text("差", "missing"),
)


def plan_lines(plan: Plan, document: dict[str, Any], lang: Lang, scenario: Scenario) -> Iterator[str]:
    """Return what a plan reaches: outcome, figures, targets, changes, what is not served, faults."""
    gap = document["gap"]
    proof = Text(f"，差距 {gap:.1%}（已证明）", f", gap {gap:.1%} (proven)").get(lang) if gap is not None else ""
    yield Text("结果：", "outcome: ").get(lang) + outcome(plan, lang) + proof
    if plan.answer is not None:
        yield Text("回答：", "answer: ").get(lang) + plan.answer.get(lang)
    seconds = document["seconds"]
    times = [f"{name} {seconds[key]:.1f} s" for key, name in _phases(lang)]
    yield Text("用时：", "time: ").get(lang) + " · ".join(times)
    yield _size(plan).get(lang)
    yield ""
    if figures := list(kpi_lines(plan, lang)):
        yield from (*figures, "")
    yield from kpi_tables(plan, lang, scenario.inventory, scenario.city)
    yield from target_lines(document["targets"], lang)
    yield from site_lines(plan, scenario.city, lang)
    yield from unserved_lines(plan, lang)
    yield from _assumed(plan, lang)
    yield from fault_lines(plan, lang)


def _size(plan: Plan) -> Text:
    n, n_left = len(plan.routes), len(plan.unserved)
    if n or not plan.changes:
        return Text(f"线路 {n} 条，未作业 {n_left} 项", f"{n} routes, {n_left} items not served")
    n = len(plan.changes)
    return Text(f"变更 {n} 处，未满足 {n_left} 项", f"{n} changes, {n_left} items not served")


def _phases(lang: Lang) -> list[tuple[str, str]]:
    names = {"load": Text("读取", "load"), "prepare": Text("准备", "prepare"), "search": Text("搜索", "search")}
    return [(key, name.get(lang)) for key, name in names.items()]


def kpi_lines(plan: Plan, lang: Lang) -> Iterator[str]:
    """Return a table of the figures of the whole city, in the planner's order; nothing where there are none."""
    labels = {k.id: k.label.get(lang) for k in planner(plan.planner).kpi_kinds}
    order = {key: i for i, key in enumerate(labels)}
    whole = [k for k in plan.kpis if k.scope == "city" and not k.where]
    whole.sort(key=lambda k: order.get(k.id, len(order)))
    rows = [(labels.get(k.id, k.id), *figure_cells(k, lang)) for k in whole]
    if rows:
        yield from table([head.get(lang) for head in _KPI_HEADS], rows)


def figure_cells(kpi: Kpi, lang: Lang) -> tuple[str, str]:
    """Return a figure's value and unit; a time of day is written as one."""
    if kpi.unit != OF_DAY:
        return figure(kpi.value, 2), unit_text(kpi.unit).get(lang)
    n_days, time_s = divmod(round(kpi.value * HOUR_S), DAY_S)
    later = Text("", "") if n_days == 0 else Text(f"第 {n_days + 1} 日", f"+{n_days} d")
    return clock(time_s), later.get(lang)


def target_lines(targets: list[dict[str, Any]], lang: Lang) -> Iterator[str]:
    """Return a table of verdicts; what was not measured is counted below it."""
    wanted = {t.id: t.wanted_text.get(lang) for t in load_targets()}
    told = [t for t in targets if t["verdict"] != "not_measured"]
    if told:
        rows = [
            (
                t["id"],
                t["scope"],
                VERDICTS["nearly" if t["nearly"] else t["verdict"]].get(lang),
                _value(t["value"]),
                wanted[t["id"]] if t["id"] in wanted else _value(t["wanted"]),
                _value(t["missing"]),
            )
            for t in told
        ]
        yield from table([head.get(lang) for head in TARGET_HEADS], rows)
    n_silent = len(targets) - len(told)
    if n_silent:
        yield Text(f"另有 {n_silent} 项要求本方案未测", f"{n_silent} more targets are not measured by this plan").get(lang)
    if targets:
        yield ""


def _value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return " – ".join(figure(float(v), 2) for v in value)
    return "–" if value is None else figure(float(value), 2)


def _assumed(plan: Plan, lang: Lang) -> Iterator[str]:
    if not plan.assumed:
        return
    yield Text("假定：", "assumed:").get(lang)
    yield from (f"  {a.n_items:>6}  {a.what.get(lang)}  {a.rule.get(lang)}" for a in plan.assumed)
    yield ""


def fault_lines(plan: Plan, lang: Lang) -> Iterator[str]:
    """Return a plan's faults, the first few in words."""
    if not plan.faults:
        yield Text("检查：没有错误", "check: no faults").get(lang)
        return
    yield Text(f"检查：{len(plan.faults)} 处错误", f"check: {len(plan.faults)} faults").get(lang)
    yield from (f"  ✕ {f.code}: {f.text.get(lang)}" for f in plan.faults[:_N_FAULTS])
    if len(plan.faults) > _N_FAULTS:
        yield Text(f"  … 另有 {len(plan.faults) - _N_FAULTS} 处", f"  … and {len(plan.faults) - _N_FAULTS} more").get(lang)
