"""Say of one site, waste point or place why it is as it is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.errors import InputError
from layers.kinds.facilities import WastePoints
from layers.text import Text
from layers.units import KM_M
from optimizer.check import object_of
from optimizer.ground.streams import STREAMS
from optimizer.names import place_of
from optimizer.plan import Assignment, Plan
from optimizer.planners.transfer.explaining.place import explain_place
from optimizer.planners.transfer.problem import TransferProblem
from optimizer.planners.transfer.reading.question import Question


def explain(problem: TransferProblem, plan: Plan, item: str) -> Text:
    """Return why a site is chosen or not, why waste goes where it goes, or what a place ``at:X,Y`` would be good for.

    Raises
    ------
    InputError
        Where the item is none of these.
    """
    question, at = problem.question, place_of(item)
    if at is not None:
        return explain_place(question, plan, at)
    if item in question.sites.row_of:
        return _joined(list(_site(question, plan, item)))
    mine = [i for i in question.waste.items if i == item or object_of(i) == item]
    left = [u.reason for u in plan.unserved if u.item == item or object_of(u.item) == item]
    if mine or left:
        return _joined([*left, *(t for i in mine for t in _waste(problem, plan, i))])
    if item in question.city[WastePoints].row_of:
        return Text(f"“{item}”没有要转运的垃圾", f"{item!r} has no waste for a station")
    told = [v.text for v in plan.verdicts if v.item == item]
    if told:
        return _joined(told)
    raise InputError(Text(f"本方案不涉及“{item}”", f"{item!r} is no site, waste point or place of this plan"))


def _joined(told: list[Text]) -> Text:
    return Text("；".join(t.zh for t in told), "; ".join(t.en for t in told))


def _site(question: Question, plan: Plan, item: str) -> Iterator[Text]:
    """Yield what is done at a site, its load, and the verdicts on it."""
    row = question.sites.row_of[item]
    name = str(question.sites.land.name[row]) or item
    brought = [a for a in plan.assignments if a.server == item]
    if brought:
        t_day = sum(a.amount for a in brought)
        mean_km = sum(a.amount * a.distance_m for a in brought) / max(1e-9, t_day) / KM_M
        zh = f"{name}：{len(brought)} 项共 {t_day:.1f} t/d，平均 {mean_km:.1f} km"
        yield Text(zh, f"{name}: {len(brought)} items bring {t_day:.1f} t/d over {mean_km:.1f} km on average")
    yield from (v.text for v in plan.verdicts if v.item == item)
    if question.sites.beside.n_weighted[row] >= 1:
        near = f"{question.sites.beside.n_weighted[row]:.0f}"
        yield Text(f"周边受扰 {near} 人（距离加权）", f"{near} people near, less the farther they are")


def _waste(problem: TransferProblem, plan: Plan, item: str) -> Iterator[Text]:
    """Yield where an item goes, and which open station is nearest."""
    question = problem.question
    row = question.waste.row_of[item]
    stream = STREAMS[int(question.waste.stream[row])].label
    goes = next((a for a in plan.assignments if a.item == item), None)
    if goes is None:
        return
    far = f"{goes.distance_m / KM_M:.2f} km"
    yield Text(
        f"{stream.zh} {goes.amount:.3f} t/d 去 {goes.server}，{far}",
        f"{stream.en}, {goes.amount:.3f} t/d, goes to {goes.server}, {far}",
    )
    nearer = _nearer(problem, plan, row, goes)
    if nearer is not None:
        server, km = nearer
        zh = f"更近的 {server}（{km:.2f} km）已满，或到处理厂更远"
        yield Text(zh, f"{server} is nearer ({km:.2f} km), but full or farther from the plant")


def _nearer(problem: TransferProblem, plan: Plan, row: int, goes: Assignment) -> tuple[str, float] | None:
    if problem.asked is None:
        return None
    ids, column = problem.question.sites.land.ids, problem.asked.column_of
    servers = sorted({a.server for a in plan.assignments if a.server in problem.question.sites.row_of})
    known = [(s, column[r]) for s in servers if (r := problem.question.sites.row_of[s]) in column and str(ids[r]) == s]
    if not known:
        return None
    km = problem.asked.km[row, [c for _, c in known]]
    best = int(np.argmin(km))
    return (known[best][0], float(km[best])) if km[best] * KM_M < goes.distance_m - 1.0 else None
