"""Say why a street is washed too seldom, from the calendar alone."""

from __future__ import annotations

from layers.text import Text
from optimizer.check import object_of
from optimizer.plan import Plan

_UNKNOWN = Text("尚未找到最小变更", "no smallest change is known")


def explain(plan: Plan, item: str) -> Text:
    """Return what binds at a kerb, a pavement or a whole street, and the smallest change; or that nothing is left there."""
    left = [u for u in plan.unserved if item in (u.item, object_of(u.item))]
    told = [(u.item, u.reason, u.smallest_change or _UNKNOWN) for u in left]
    if not told:
        return Text(f"日历中“{item}”没有未完成的作业", f"the calendar leaves nothing undone of {item!r}")
    return Text(
        "\n".join(f"{name}：{reason.zh}；最小变更：{change.zh}" for name, reason, change in told),
        "\n".join(f"{name}: {reason.en}; smallest change: {change.en}" for name, reason, change in told),
    )
