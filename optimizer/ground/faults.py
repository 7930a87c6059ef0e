"""Faults that several planners tell in the same words."""

from __future__ import annotations

import math
from collections.abc import Iterator

from layers.text import Text
from optimizer.plan import Plan, PlanFault, Unserved

_REL_TOLERANCE = _ABS_TOLERANCE = 1e-6


def wrong_objective(plan: Plan, again: float) -> Iterator[PlanFault]:
    """Name the objective, where it is another when it is measured again."""
    if not math.isclose(again, plan.objective, rel_tol=_REL_TOLERANCE, abs_tol=_ABS_TOLERANCE):
        en = f"the objective is given as {plan.objective:g}, it is {again:g}"
        yield PlanFault("wrong_objective", "objective", Text(f"目标值记为 {plan.objective:g}，应为 {again:g}", en))


def lock_broken(item: str) -> PlanFault:
    """Name a lock that is not kept."""
    return PlanFault("lock_broken", item, Text(f"未遵守对 {item} 的锁定", f"the lock on {item} is not kept"))


def wrong_reason(unserved: Unserved, zh: str, en: str) -> PlanFault:
    """Name a reason that is refuted, with what refutes it."""
    item, binding = unserved.item, unserved.binding
    text = Text(f"{item} 的未作业原因“{binding}”有误：{zh}", f"{item} is unserved by {binding!r}: {en}")
    return PlanFault("wrong_reason", item, text)
