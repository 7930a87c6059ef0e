"""A plan's changes, broken verdicts, loads and alternatives, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jingcheng.console import figure, table
from layers.city import City
from layers.text import Lang, Text
from layers.units import WAN_YUAN
from optimizer.changes import Change
from optimizer.plan import Plan
from optimizer.scopes import CITY_NAME
from optimizer.site_rows import KINDS, ChangeRow, Places, VerdictRow, change_rows, load_rows, verdict_rows
from resources.unit_names import unit_text

_N_LOADS, _N_RULES = 10, 12
_NOT_CHOSEN = Text("不符合或未采用：", "rules broken and candidates not chosen:")
_COST = Text("投资（万元）", "cost (10,000 yuan)")
_LOAD_HEADS = (
    Text("设施", "facility"), Text("区", "district"), Text("服务量", "load"), Text("单位", "unit"),
    Text("能力", "capacity"), Text("服务对象", "served"), Text("平均距离 m", "mean way m"),
    Text("最远 m", "longest m"),
)  # fmt: skip
_ALTERNATIVE_HEADS = (
    Text("相近方案", "alternative"), Text("目标值", "objective"), Text("比本方案", "beside this"),
    Text("不同之处", "differs in"), Text("变更", "changes"),
)  # fmt: skip


def site_lines(plan: Plan, city: City, lang: Lang) -> Iterator[str]:
    """Return what a plan changes by kind and district, the largest loads, what is broken with its clause, alternatives."""
    places = Places(city, plan.changes)
    yield from _changes(change_rows(plan.changes, places), lang)
    yield from _loads(plan, places, lang)
    yield from _broken([r for r in verdict_rows(plan.verdicts, places) if not r.verdict.kept], lang)
    yield from _alternatives(plan, lang)


def _changes(rows: Sequence[ChangeRow], lang: Lang) -> Iterator[str]:
    if not rows:
        return
    kinds = [kind for kind in KINDS if any(r.change.kind is kind for r in rows)]
    districts = sorted({r.district for r in rows})
    parts = [(d or "–", [r.change for r in rows if r.district == d]) for d in districts]
    if len(parts) > 1:
        parts.append((CITY_NAME.get(lang), [r.change for r in rows]))
    lines = [
        (name, *(str(sum(c.kind is kind for c in changes)) for kind in kinds), *_sums(changes)) for name, changes in parts
    ]
    head = [Text("变更", "changes").get(lang), *(KINDS[kind].get(lang) for kind in kinds), _COST.get(lang)]
    yield from table(head, lines)
    yield ""


def _sums(changes: Sequence[Change]) -> tuple[str]:
    return (figure(sum(c.cost_yuan for c in changes) / WAN_YUAN),)


def _loads(plan: Plan, places: Places, lang: Lang) -> Iterator[str]:
    rows = load_rows(plan, places)
    if not rows:
        return
    shown = [
        (
            row.name.get(lang), row.district, figure(row.amount), unit_text(row.unit).get(lang), figure(row.capacity),
            str(row.n_items), figure(row.mean_m, 0), figure(row.most_m, 0),
        )
        for row in rows[:_N_LOADS]
    ]  # fmt: skip
    yield from table([head.get(lang) for head in _LOAD_HEADS], shown)
    yield from _more(len(rows) - _N_LOADS, lang)
    yield ""


def _more(n: int, lang: Lang) -> Iterator[str]:
    if n > 0:
        yield Text(f"  … 另有 {n} 行", f"  … and {n} more").get(lang)


def _broken(rows: Sequence[VerdictRow], lang: Lang) -> Iterator[str]:
    """Return each rule that is broken: how often, its clause and certainty, and the first case in words."""
    if not rows:
        return
    yield _NOT_CHOSEN.get(lang)
    by_rule: dict[tuple[str, str, str], list[VerdictRow]] = {}
    for row in rows:
        by_rule.setdefault((row.verdict.rule, row.verdict.clause, row.verdict.certainty), []).append(row)
    ordered = sorted(by_rule.items(), key=lambda entry: -len(entry[1]))
    for (rule, clause, certainty), found in ordered[:_N_RULES]:
        source = " ".join(part for part in (clause, f"[{certainty}]" if certainty else "") if part)
        told = f"  {len(found):>6}  {rule}" + (f"  {source}" if source else "")
        yield f"{told}  {_example(found[0], lang)}"
    yield from _more(len(ordered) - _N_RULES, lang)
    yield ""


def _example(row: VerdictRow, lang: Lang) -> str:
    """Return a verdict's text, behind the name of its object; districts and the city stand in the text themselves."""
    name, text = row.name.get(lang), row.text.get(lang)
    return text if row.item in {"", row.district} or text.startswith(name) else f"{name}: {text}"


def _alternatives(plan: Plan, lang: Lang) -> Iterator[str]:
    if not plan.alternatives:
        return
    rows = []
    for other in plan.alternatives:
        more = (other.objective - plan.objective) / abs(plan.objective) if plan.objective else 0.0
        rows.append(
            (
                other.label.get(lang),
                figure(other.objective, 2),
                f"{more:+.2%}",
                str(other.n_different),
                str(len(other.changes)),
            )
        )
    yield from table([head.get(lang) for head in _ALTERNATIVE_HEADS], rows)
    yield ""
