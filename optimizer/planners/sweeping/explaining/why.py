"""Say why an object is as it is, and find the smallest change that would serve what is not swept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from layers.hours import format_periods, parse_periods
from layers.layer import Rows
from layers.text import Text
from layers.units import DAY_S, MINUTE_S, clock
from optimizer.check import object_of
from optimizer.plan import Draft, LegKind, Plan, Route, Unserved
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.explaining.insertion import Extension, Insertion
from optimizer.planners.sweeping.explaining.reconnect import joining
from optimizer.planners.sweeping.explaining.rests import Rest
from optimizer.planners.sweeping.explaining.spare_time import Question, fitting
from optimizer.planners.sweeping.explaining.told import told
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.problem import SweepingProblem
from optimizer.scopes import scope_name, vehicle_name
from resources.inventory import Inventory

# Time that one question from the window may take, seconds.
_ASKED_S = 20.0


def explained(problem: SweepingProblem, draft: Draft, params: SweepingParams, stopped: Callable[[], bool]) -> Draft:
    """Return a draft whose unswept passes tell the smallest change, as far as the time for it allows; the dearest first.

    Passes that would fit into an idle rest of a shift are told so: the search has not placed them.
    """
    if stopped() or not draft.unserved or problem.question is None:
        return draft
    work = Explaining(problem, draft.routes)
    placed = work.placeable(draft.unserved)
    until_s = perf_counter() + params.explain_limit_s
    return replace(draft, unserved=work.with_changes(placed, lambda: stopped() or perf_counter() >= until_s))


def explain(problem: SweepingProblem, plan: Plan, item: str) -> Text:
    """Return why a pass, or each of a street, is as it is; what would serve it is looked for now where that was not done."""
    wanted = {item} if item in problem.passes.row_of else {i for i in problem.passes.items if object_of(i) == item}
    lines = [*_swept(plan, wanted)]
    left = tuple(u for u in plan.unserved if u.item in wanted)
    if left and problem.question is not None:
        until_s = perf_counter() + _ASKED_S
        work = Explaining(problem, plan.routes)
        left = work.with_changes(work.placeable(left), lambda: perf_counter() >= until_s)
    lines += told(left)
    if not lines:
        return Text(f"方案中没有“{item}”的清扫任务", f"the plan asks for no sweeping of {item!r}")
    return Text("\n".join(t.zh for t in lines), "\n".join(t.en for t in lines))


def _swept(plan: Plan, wanted: set[str]) -> list[Text]:
    return [
        Text(
            f"{leg.item}：{route.vehicle}（{route.shift}）{clock(leg.start_s)} 清扫",
            f"{leg.item}: swept by {route.vehicle} ({route.shift}) at {clock(leg.start_s)}",
        )
        for route in plan.routes
        for leg in route.legs
        if leg.kind is LegKind.SERVE and leg.item in wanted
    ]


@dataclass(frozen=True, eq=False)
class Explaining:
    """Look at what some routes leave.

    Parameters
    ----------
    problem
        With its question.
    """

    problem: SweepingProblem
    routes: Sequence[Route]

    @property
    def question(self) -> Question:
        """Streets, fleet and ways."""
        assert self.problem.question is not None
        return self.problem.question

    def placeable(self, left: tuple[Unserved, ...]) -> tuple[Unserved, ...]:
        """Return passes left, those that lack time but would fit into an idle rest told as not placed."""
        row_of = self.question.passes.row_of
        short = [k for k, u in enumerate(left) if u.binding == "shift_time"]
        if not short:
            return left
        rows: Rows = np.array([row_of[left[k].item] for k in short], dtype=np.int64)
        at, rests = fitting(self.question, self.routes, rows)
        changed = {k: not_placed(left[k], rests[n]) for k, n in zip(short, at.tolist(), strict=True) if n >= 0}
        return tuple(changed.get(k, u) for k, u in enumerate(left))

    def with_changes(self, left: tuple[Unserved, ...], over: Callable[[], bool]) -> tuple[Unserved, ...]:
        """Return passes left with their smallest changes, the most valuable first, until the time for it is over."""
        passes, values = self.question.passes, self.problem.goal.values
        insertion = Insertion(self.question, self.routes)
        found = dict(enumerate(left))
        open_ones = [k for k, u in enumerate(left) if u.smallest_change is None]
        apart = [k for k in open_ones if left[k].binding == "not_connected"]
        found |= self._joined(left, apart, over)
        for k in sorted(open_ones, key=lambda k: (-values[passes.row_of[left[k].item]], k)):
            if over():
                break
            if left[k].binding == "shift_time":
                found[k] = extended(left[k], insertion.extension(passes.row_of[left[k].item]), self.question.inventory)
            elif left[k].binding == "banned":
                found[k] = self._within_hours(left[k])
        return tuple(found[k] for k in range(len(left)))

    def _joined(self, left: tuple[Unserved, ...], apart: list[int], over: Callable[[], bool]) -> dict[int, Unserved]:
        """Return passes cut off with what would join them, of the vehicle that fits best."""
        passes, city, question = self.question.passes, self.problem.city, self.question
        if not apart or city is None:
            return {}
        vehicles = reversed(fleet.sweepers(question.inventory))
        offers = ((v, fleet.suits(passes.streets, v, question.params)[passes.street]) for v in vehicles)
        row = {k: passes.row_of[left[k].item] for k in apart}
        found = joining(city, passes, tuple(row.values()), offers, over)
        return {k: replace(left[k], smallest_change=found[row[k]]) for k in apart if row[k] in found}

    def _within_hours(self, unserved: Unserved) -> Unserved:
        """Return a banned pass with the hours in which its street is open."""
        passes = self.question.passes
        periods = passes.streets.ban_periods[passes.street[passes.row_of[unserved.item]]]
        hours = open_hours(str(periods))
        if not hours:
            return replace(unserved, smallest_change=Text("取消禁行", "lift the ban"))
        return replace(unserved, smallest_change=Text(f"安排 {hours} 内的班次", f"a shift within {hours}"))


def open_hours(periods: str) -> str:
    """Return the hours of a day that no period covers, as ``HH:MM-HH:MM,…``; empty where there are none."""
    shut = sorted(
        (max(0, a + days * DAY_S), min(DAY_S, b + days * DAY_S)) for a, b in parse_periods(periods) for days in (-1, 0)
    )
    now, gaps = 0, []
    for begin, end in shut:
        if end <= 0 or begin >= DAY_S:
            continue
        if begin > now:
            gaps.append((now, begin))
        now = max(now, end)
    return format_periods(tuple([*gaps, (now, DAY_S)] if now < DAY_S else gaps))


def not_placed(unserved: Unserved, rest: Rest) -> Unserved:
    """Return a pass that would fit into a rest of a shift, told so."""
    who_zh, who_en = (
        (rest.name, vehicle_name(rest.name, rest.vehicle.label).en)
        if rest.name
        else (f"一辆未出车的{rest.vehicle.label.zh}", f"an idle {rest.vehicle.label.en}")
    )
    minutes = int(rest.idle_s // MINUTE_S)
    zh = f"搜索未排入：{who_zh}在{rest.shift.label.zh}还有 {minutes} 分钟"
    en = f"the search has not placed it: {who_en} has {minutes} min left in the {rest.shift.label.en} shift"
    change = Text(f"延长计算时间，或排给{who_zh}", f"a longer search, or give it to {who_en}")
    return replace(unserved, binding="unplaced", reason=Text(zh, en), smallest_change=change)


def extended(unserved: Unserved, found: Extension, inventory: Inventory) -> Unserved:
    """Return a pass without time with what would serve it."""
    name = scope_name(f"vehicle {found.vehicle}", inventory)
    more_zh = "或".join(f"增加一辆{v.label.zh}" for v in found.one_more)
    more_en = " or ".join(f"one more {v.label.en}" for v in found.one_more)
    if found.dry_s <= 0 < found.extra_s < np.inf:
        unserved = replace(unserved, binding="water", reason=_too_far(found, name))
    if found.shift is not None and np.isfinite(found.extra_s):
        minutes = max(1, int(np.ceil(found.extra_s / MINUTE_S)))
        zh = f"{found.vehicle}的{found.shift.label.zh}延长 {minutes} 分钟" + (f"，{more_zh}" if more_zh else "")
        en = f"+{minutes} min of the {found.shift.label.en} shift of {name.en}" + (f", or {more_en}" if more_en else "")
        if found.extra_s <= 0:  # the search has not placed it, though it could
            reason = Text(
                f"搜索未排入：{name.zh}的路线中有空余时间", f"the search has not placed it: {name.en} has time for it"
            )
            change = Text(f"延长计算时间，或排给{name.zh}", f"a longer search, or give it to {name.en}")
            return replace(unserved, binding="unplaced", reason=reason, smallest_change=change)
        return replace(unserved, smallest_change=Text(zh, en))
    if more_en:
        return replace(unserved, smallest_change=Text(more_zh, more_en))
    if np.isfinite(found.short_s):
        minutes = max(1, int(np.ceil(found.short_s / MINUTE_S)))
        return replace(unserved, smallest_change=Text(f"班次延长 {minutes} 分钟", f"+{minutes} min of shift"))
    return unserved


def _too_far(found: Extension, name: Text) -> Text:
    """Return that a tank is used up where a pass could be swept, and that the way to a water point takes too long."""
    minutes = max(1, int(np.ceil((found.extra_s - found.dry_s) / MINUTE_S)))
    zh = f"取水点太远：{name.zh}到这里水已用尽，途中加水需 {minutes} 分钟，班次内已无时间"
    en = (
        f"water too far: the tank of {name.en} is used up there, and a refill on the way takes {minutes} min of a full shift"
    )
    return Text(zh, en)
