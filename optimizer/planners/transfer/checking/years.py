"""In which year each work is done: within the plan's years, and each year within its money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from layers.text import Text
from optimizer.plan import Plan, PlanFault
from optimizer.planners.transfer.checking.ground import Ground

_SLACK_YUAN = 1.0


def year_faults(ground: Ground, plan: Plan) -> Iterator[PlanFault]:
    """Name works of no year of the plan, and years that cost more than they may."""
    params = ground.params
    if params.n_years == 1 and params.budget_yuan <= 0:
        return
    least = 0 if params.budget_yuan > 0 else 1
    spent: Counter[int] = Counter()
    for change in plan.changes:
        if not least <= change.year <= params.n_years:
            zh, en = f"{change.item} 的年份 {change.year} 不在计划内", f"{change.item} is of year {change.year}"
            yield PlanFault("wrong_year", change.item, Text(zh, f"{en}, the plan has {params.n_years} years"))
        spent[change.year] += change.cost_yuan  # type: ignore[assignment]
    left_yuan = 0.0
    for year in range(1, params.n_years + 1 if params.budget_yuan > 0 else 1):
        may_yuan = params.budget_yuan + (left_yuan if params.carry_over else 0.0)
        if spent[year] > may_yuan + _SLACK_YUAN:
            zh, en = f"第 {year} 年 {spent[year]:.0f} 元", f"year {year} costs {spent[year]:.0f} yuan"
            yield PlanFault("over_budget", str(year), Text(f"{zh}，可用 {may_yuan:.0f}", f"{en} of {may_yuan:.0f}"))
        left_yuan = max(0.0, may_yuan - spent[year])
