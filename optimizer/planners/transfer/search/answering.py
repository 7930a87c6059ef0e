"""The engine's answer as a plan: changes, who brings waste where, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.kinds.facilities import Plants
from layers.layer import Rows
from layers.text import Text
from layers.units import KM_M
from optimizer.changes import Change, ChangeKind
from optimizer.engines.facility_location import LocationPlan
from optimizer.ground.streams import STREAMS
from optimizer.plan import Assignment, Draft, Outcome, Unserved
from optimizer.planners.transfer.measuring.goal import cost_of
from optimizer.planners.transfer.reading.classes import class_of
from optimizer.planners.transfer.reading.question import Question
from optimizer.planners.transfer.reading.works import Work, WorkKind
from optimizer.planners.transfer.search.asking import Asked
from optimizer.planners.transfer.search.clusters import Clusters
from optimizer.planners.transfer.search.dealing import dealt

_KINDS = {WorkKind.BUILD: ChangeKind.BUILD, WorkKind.REBUILD: ChangeKind.REBUILD, WorkKind.EXTEND: ChangeKind.EXTEND}


@dataclass(frozen=True, eq=False)
class Answer:
    """Hold what is done where, and who goes there.

    Parameters
    ----------
    work_of
        Row of the work of each open site.
    site_of
        Site of each item, shape (n_items,); -1 for none.
    extras
        Options of the engine's problem that stand for stations that are missing.
    """

    work_of: dict[int, int]
    site_of: Rows
    extras: frozenset[int] = frozenset()


def answer_of(question: Question, asked: Asked, plan: LocationPlan, clusters: Clusters) -> Answer:
    """Return the engine's plan for every item; `clusters` are its customers."""
    n_works = len(question.offers.works)
    return Answer(*dealt(question, asked, plan, clusters), frozenset(k for k in plan.options if k >= n_works))


def draft_of(question: Question, asked: Asked, answer: Answer, outcome: Outcome, bound: float | None = None) -> Draft:
    """Return an answer as a plan.

    Parameters
    ----------
    bound
        Of the objective, proven.
    """
    changes = changes_of(question, answer)
    waste, ids = question.waste, question.sites.land.ids
    column = asked.column_of
    assignments, unserved = [], list(waste.kept_out)
    for k, site in enumerate(answer.site_of.tolist()):
        t_day = float(waste.t_day[k])
        if site >= 0:
            far_m = float(asked.km[k, column[site]]) * KM_M
            assignments.append(Assignment(waste.items[k], str(ids[site]), t_day, "t/day", far_m))
        else:
            unserved.append(left(waste.items[k], t_day, CAPACITY))
    assignments += onward(question, answer)
    cost = cost_of(question, changes, assignments, unserved).total_yuan
    return Draft(
        outcome,
        cost,
        None if bound is None else min(bound, cost),
        changes=changes,
        assignments=tuple(assignments),
        unserved=tuple(unserved),
        assumed=question.assumed,
    )


def onward(question: Question, answer: Answer) -> list[Assignment]:
    """Return how much of which stream each station sends on to which plant."""
    waste, ids, ends = question.waste, question.sites.land.ids, question.ends
    plants = question.city[Plants].ids
    found = []
    for site in sorted(answer.work_of):
        for stream in question.streams:
            mine = (answer.site_of == site) & (waste.stream == stream)
            plant = int(ends.plant[site, stream])
            if plant >= 0 and mine.any():
                item = f"{ids[site]}:{STREAMS[stream].mark}"
                t_day, far_m = float(waste.t_day[mine].sum()), float(ends.km[site, stream]) * KM_M
                found.append(Assignment(item, str(plants[plant]), t_day, "t/day", far_m))
    return found


CAPACITY = (
    "capacity",
    Text("各站已满，没有可增加的规模", "all stations are full, and no site can be made larger"),
    Text("增加场地或规模", "more sites, or larger ones"),
)
STOPPED = (
    "stopped",
    Text("计算在排入之前停止", "the run was stopped before it was placed"),
    Text("重新计算", "a longer run"),
)


def left(item: str, t_day: float, why: tuple[str, Text, Text]) -> Unserved:
    """Return an item as one that no station takes."""
    return Unserved(item, *why, t_day, "t/day")


def nothing(question: Question) -> Draft:
    """Return the plan of a run that was stopped before there was any: all stays as it is, and no waste is placed."""
    waste = question.waste
    unserved = (*waste.kept_out, *(left(i, float(t), STOPPED) for i, t in zip(waste.items, waste.t_day, strict=True)))
    cost = cost_of(question, (), (), unserved).total_yuan
    return Draft(Outcome.STOPPED, cost, unserved=unserved, assumed=question.assumed)


def changes_of(question: Question, answer: Answer) -> tuple[Change, ...]:
    """Return what is built, rebuilt, extended and closed, by site."""
    sites, works = question.sites, question.offers.works
    found = []
    for site in range(len(sites)):
        work = works[answer.work_of[site]] if site in answer.work_of else None
        if work is not None and work.kind in _KINDS:
            found.append(_change(question, site, work))
        elif work is None and sites.stands(site):
            found.append(_closing(question, site))
    return tuple(found)


def _change(question: Question, site: int, work: Work) -> Change:
    land, mark = question.sites.land, class_of(work.size_t_day).mark.upper()
    x_m, y_m = land.xy_m[site].tolist()
    label = Text(f"{mark} 类站", f"class {mark} station")
    return Change(
        _KINDS[work.kind], str(land.ids[site]), str(land.layer[site]), x_m, y_m, label,
        cost_yuan=work.bill.invested_yuan, size=work.size_t_day, size_unit="t/day",
    )  # fmt: skip


def _closing(question: Question, site: int) -> Change:
    land = question.sites.land
    x_m, y_m = np.nan_to_num(land.xy_m[site]).tolist()
    return Change(
        ChangeKind.CLOSE, str(land.ids[site]), str(land.layer[site]), x_m, y_m, Text("关闭", "close"),
        cost_yuan=question.params.close_yuan,
    )  # fmt: skip
