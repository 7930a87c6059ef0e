"""Say why a street is washed too seldom, and find what would join one that is cut off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from layers.text import Text
from optimizer.check import object_of
from optimizer.plan import Draft, Plan, Unserved
from optimizer.planners.sweeping.explaining.reconnect import joining
from optimizer.planners.sweeping.explaining.told import told
from optimizer.planners.sweeping.washing.problem import WashingProblem
from optimizer.planners.sweeping.washing.work import job_of

# Time that one question from the window may take, seconds.
_ASKED_S = 20.0


def explained(problem: WashingProblem, draft: Draft, stopped: Callable[[], bool]) -> Draft:
    """Return a draft whose washings that are cut off tell the smallest change, as far as the time for it allows."""
    until_s = perf_counter() + problem.params.explain_limit_s
    return replace(draft, unserved=_joined(problem, draft.unserved, lambda: stopped() or perf_counter() >= until_s))


def explain(problem: WashingProblem, plan: Plan, item: str) -> Text:
    """Return what binds at a kerb, a pavement or a whole street, and the smallest change; or that nothing is left there."""
    left = tuple(u for u in plan.unserved if item in (u.item, object_of(u.item)))
    until_s = perf_counter() + _ASKED_S
    found = _joined(problem, left, lambda: perf_counter() >= until_s)
    lines = told(found)
    if not lines:
        return Text(f"日历中“{item}”没有未完成的作业", f"the calendar leaves nothing undone of {item!r}")
    return Text("\n".join(t.zh for t in lines), "\n".join(t.en for t in lines))


def _joined(problem: WashingProblem, left: tuple[Unserved, ...], over: Callable[[], bool]) -> tuple[Unserved, ...]:
    """Return washings, those that are cut off with what would join them."""
    washings, city = problem.washings, problem.city
    apart = [washings.row_of[u.item] for u in left if u.binding == "not_connected" and u.smallest_change is None]
    if not apart or city is None or over():
        return left
    offers = ((vehicle, washings.job == job_of(vehicle)) for vehicle in reversed(problem.vehicles))
    found = joining(city, washings, apart, offers, over)
    row_of = washings.row_of
    return tuple(replace(u, smallest_change=found[row_of[u.item]]) if row_of.get(u.item) in found else u for u in left)
