"""What a plan does to places as CSV: changes, verdicts, what each facility takes, who is served by whom, alternatives."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from layers.city import City
from layers.text import Lang, Text
from optimizer.changes import Change
from optimizer.plan import Plan
from optimizer.site_rows import KINDS, Places, change_rows, load_rows, verdict_rows
from publish.rows import write_rows
from resources.unit_names import unit_text

Line = list[str]
_KIND, _ITEM, _NAME = Text("变更", "change"), Text("编号", "item"), Text("名称", "name")
_DISTRICT, _UNIT = Text("区", "district"), Text("单位", "unit")
_X, _Y = Text("x（m）", "x m"), Text("y（m）", "y m")
_CHANGES = (
    _KIND, _ITEM, _NAME, _DISTRICT, Text("内容", "what"), Text("规模", "size"), _UNIT, Text("年份", "year"),
    Text("投资（元）", "cost yuan"), _X, _Y,
)  # fmt: skip
_VERDICTS = (
    _ITEM, _NAME, _DISTRICT, Text("规则", "rule"), Text("结论", "verdict"), Text("条文", "clause"),
    Text("可信度", "certainty"), Text("说明", "reason"), Text("强制代价", "price of forcing it"), _UNIT, _X, _Y,
)  # fmt: skip
_LOADS = (
    _ITEM, _NAME, _DISTRICT, Text("服务量", "load"), Text("能力", "capacity"), _UNIT, Text("服务对象", "n served"),
    Text("平均距离（m）", "mean way m"), Text("最远（m）", "longest way m"), Text("高峰时", "peak hour"),
    Text("高峰量", "peak load"),
)  # fmt: skip
_ASSIGNMENTS = (
    _ITEM, _NAME, Text("服务设施", "server"), Text("设施名称", "server's name"), Text("量", "amount"), _UNIT,
    Text("距离（m）", "way m"), Text("时", "hour"),
)  # fmt: skip
_ALTERNATIVES = (Text("方案", "plan"), Text("目标值", "objective"), Text("不同之处", "n different"), *_CHANGES)
_THIS_PLAN = Text("本方案", "this plan")
_KEPT = {True: Text("符合或采用", "kept or chosen"), False: Text("不符或未采用", "broken or not chosen")}


def write_sites(plan: Plan, city: City, path: Path, table: str, lang: Lang) -> int:
    """Write one of `SITE_TABLES` of a plan as CSV and return how many rows it has.

    Raises
    ------
    StorageError
        Where the file cannot be written; a file that was there stays whole.
    """
    heads, lines = SITE_TABLES[table]
    made = list(lines(plan, Places(city, plan.changes), lang))
    write_rows([head.get(lang) for head in heads], made, path)
    return len(made)


def _number(value: float | None, digits: int) -> str:
    return "" if value is None or not math.isfinite(value) else f"{value:.{digits}f}"


def _changes(plan: Plan, places: Places, lang: Lang) -> Iterator[Line]:
    return _change_lines(plan.changes, places.city, lang)


def _change_lines(changes: Sequence[Change], city: City, lang: Lang) -> Iterator[Line]:
    for row in change_rows(changes, Places(city, changes)):
        c = row.change
        yield [
            KINDS[c.kind].get(lang), c.item, row.name.get(lang), row.district, c.label.get(lang),
            f"{c.size:g}" if c.size else "", unit_text(c.size_unit).get(lang), str(c.year or ""), _number(c.cost_yuan, 0),
            _number(c.x_m, 1), _number(c.y_m, 1),
        ]  # fmt: skip


def _verdicts(plan: Plan, places: Places, lang: Lang) -> Iterator[Line]:
    for row in verdict_rows(plan.verdicts, places):
        v = row.verdict
        yield [
            v.item, row.name.get(lang), row.district, v.rule, _KEPT[v.kept].get(lang), v.clause, v.certainty,
            row.text.get(lang), _number(v.price, 2), unit_text(v.price_unit).get(lang), _number(row.x_m, 1),
            _number(row.y_m, 1),
        ]  # fmt: skip


def _loads(plan: Plan, places: Places, lang: Lang) -> Iterator[Line]:
    for row in load_rows(plan, places):
        yield [
            row.item, row.name.get(lang), row.district, _number(row.amount, 3), _number(row.capacity, 3),
            unit_text(row.unit).get(lang), str(row.n_items), _number(row.mean_m, 0), _number(row.most_m, 0),
            str(row.peak_hour) if row.peak_hour >= 0 else "", _number(row.peak_amount, 3),
        ]  # fmt: skip


def _assignments(plan: Plan, places: Places, lang: Lang) -> Iterator[Line]:
    for a in plan.assignments:
        yield [
            a.item, places.name(a.item).get(lang), a.server, places.name(a.server).get(lang), f"{a.amount:g}",
            unit_text(a.unit).get(lang), _number(a.distance_m, 0), str(a.hour) if a.hour >= 0 else "",
        ]  # fmt: skip


def _alternatives(plan: Plan, places: Places, lang: Lang) -> Iterator[Line]:
    """Yield the changes of the plan itself, then those of each alternative, one behind the other."""
    every = [(_THIS_PLAN, plan.objective, 0, plan.changes)]
    every += [(other.label, other.objective, other.n_different, other.changes) for other in plan.alternatives]
    for label, objective, n_different, changes in every:
        for line in _change_lines(changes, places.city, lang):
            yield [label.get(lang), _number(objective, 2), str(n_different), *line]


Lines = Callable[[Plan, Places, Lang], Iterator[Line]]
SITE_TABLES: dict[str, tuple[tuple[Text, ...], Lines]] = {
    "changes": (_CHANGES, _changes),
    "verdicts": (_VERDICTS, _verdicts),
    "loads": (_LOADS, _loads),
    "assignments": (_ASSIGNMENTS, _assignments),
    "alternatives": (_ALTERNATIVES, _alternatives),
}
