"""Which work is done in which year: what takes most waste first, within the budget of each year and the numbers wanted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from layers.text import Text
from optimizer.changes import Change, ChangeKind, Verdict
from optimizer.engines.limits import Limits
from optimizer.engines.staging import UNDONE, StagingProblem, YearQuota, why_not_earlier
from optimizer.engines.staging import Result as Staged
from optimizer.engines.staging import solve as stage
from optimizer.plan import Draft
from optimizer.planners.transfer.params import TransferParams
from optimizer.planners.transfer.reading.question import Question
from optimizer.planners.transfer.reading.wanted import BUILT

# Seconds and conflicts of the engine for the years of one plan.
_LIMITS = Limits(3.0, 20_000)
# Gain is counted in tenths of a tonne a day, for each year that a station works.
_TENTHS = 10


@dataclass(frozen=True)
class Task:
    """Hold a work, and the stations that close when it opens: those to which no other one is nearer.

    Parameters
    ----------
    changes
        The work first.
    t_day
        That it takes.
    """

    changes: tuple[Change, ...]
    t_day: float

    @property
    def cost_yuan(self) -> float:
        """Of all of it."""
        return sum(change.cost_yuan for change in self.changes)


def is_staged(params: TransferParams) -> bool:
    """Return whether works have years."""
    return params.n_years > 1 or params.budget_yuan > 0


def staged(question: Question, draft: Draft) -> tuple[Draft, tuple[Verdict, ...]]:
    """Return a plan whose works have years, 0 for those beyond all budgets, and why they wait."""
    params, tasks = question.params, tasks_of(draft)
    if not is_staged(params) or not tasks:
        return draft, ()
    problem = _problem(question, tasks)
    found = stage(problem, limits=_LIMITS, seed=params.seed)
    year_of = {
        change.item: 0 if year == UNDONE else year + 1
        for task, year in zip(tasks, found.plan.years, strict=True)
        for change in task.changes
    }
    changes = tuple(replace(change, year=year_of[change.item]) for change in draft.changes)
    return replace(draft, changes=changes), tuple(_verdicts(problem, tasks, found))


def tasks_of(draft: Draft) -> tuple[Task, ...]:
    """Return the works of a plan, each with the stations that close for it; stations alone where nothing is built."""
    works = [c for c in draft.changes if c.kind is not ChangeKind.CLOSE]
    closing = [c for c in draft.changes if c.kind is ChangeKind.CLOSE]
    if not works:
        return tuple(Task((change,), 0.0) for change in closing)
    own: list[list[Change]] = [[work] for work in works]
    for change in closing:
        far_m = [math.hypot(w.x_m - change.x_m, w.y_m - change.y_m) for w in works]
        own[int(np.argmin(far_m))].append(change)
    taken: dict[str, float] = {}
    for a in draft.assignments:
        taken[a.server] = taken.get(a.server, 0.0) + a.amount
    return tuple(Task(tuple(changes), taken.get(changes[0].item, 0.0)) for changes in own)


def _problem(question: Question, tasks: Sequence[Task]) -> StagingProblem:
    params = question.params
    cost = np.array([math.ceil(task.cost_yuan) for task in tasks], dtype=np.int64)
    # a station that is done in the first year works for all years of the plan
    years = np.arange(params.n_years, 0, -1)
    each = np.array([1 + round(_TENTHS * task.t_day) for task in tasks], dtype=np.int64)
    budget = math.floor(params.budget_yuan) if params.budget_yuan > 0 else int(cost.sum())
    return StagingProblem(
        cost=cost,
        gain=each[:, None] * years[None, :],
        budget=np.full(params.n_years, budget, dtype=np.int64),
        carry_over=params.carry_over,
        quotas=tuple(_quotas(question, tasks)),
    )


def _quotas(question: Question, tasks: Sequence[Task]) -> list[YearQuota]:
    """Return the stations that each district wants by the last year; no more is asked for than the plan has."""
    row_of, found = question.sites.row_of, []
    for ask in question.asks:
        new = (ChangeKind.BUILD, ChangeKind.REBUILD)
        works = tuple(
            k for k, t in enumerate(tasks) if t.changes[0].kind in new and row_of.get(t.changes[0].item, -1) in ask.sites
        )
        if ask.key == BUILT and works:
            found.append(YearQuota(works, None, min(ask.wanted.n_wanted, len(works))))
    return found


def _verdicts(problem: StagingProblem, tasks: Sequence[Task], found: Staged) -> list[Verdict]:
    """Return why works wait for a later year, and what is missing for those that are beyond all budgets."""
    told = []
    for k, (task, year) in enumerate(zip(tasks, found.plan.years, strict=True)):
        waits = why_not_earlier(problem, found.plan, k)
        if not waits:
            continue
        first, change = waits[0], task.changes[0]
        zh, en = first.what.value.zh, first.what.value.en
        if first.by is not None and year == UNDONE:
            zh, en = f"{zh}，至少还缺 {first.by:,} 元", f"{en}: {first.by:,} yuan are missing at the least"
        when = Text("各年均未安排", "in no year") if year == UNDONE else Text(f"第 {year + 1} 年", f"in year {year + 1}")
        text = Text(f"{when.zh}，不在第 {first.year + 1} 年：{zh}", f"{when.en}, not in year {first.year + 1}: {en}")
        told.append(Verdict(change.item, "year", year != UNDONE, text, x_m=change.x_m, y_m=change.y_m))
    undone = [task for task, year in zip(tasks, found.plan.years, strict=True) if year == UNDONE]
    if undone:
        lacks, total = (f"{sum(task.cost_yuan for task in some):,.0f}" for some in (undone, tasks))
        years, budget = problem.n_years, f"{int(problem.budget[0]):,}"
        zh = f"{years} 年、每年 {budget} 元不够：{len(undone)} 项未安排，共 {lacks} 元；全部需 {total} 元"
        en = f"{years} years of {budget} yuan are not enough: {len(undone)} works of {lacks} yuan have no year"
        en = f"{en}; all of them cost {total}"
        told.append(Verdict("", "budget", False, Text(zh, en)))
    return told
