"""Say of one waste point, or task, why it is as it is; and look for the smallest changes of what is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import numpy as np

from layers.text import Text
from layers.units import MINUTE_S, clock
from optimizer.check import object_of
from optimizer.ground.streams import STREAMS
from optimizer.plan import Draft, LegKind, Plan, Route, Unserved
from optimizer.planners.collection.explaining.gaps import Gap, Gaps
from optimizer.planners.collection.problem import CollectionProblem
from optimizer.timetable import Stop, of_truck

# Seconds that smallest changes are looked for behind a search.
_LOOK_S = 5.0


def explained(problem: CollectionProblem, draft: Draft, over: Callable[[], bool]) -> Draft:
    """Return a draft whose tasks without time are told with the smallest change, as far as it is found in some seconds."""
    until_s = perf_counter() + _LOOK_S
    unit_of = {row: k for k, unit in enumerate(problem.units) for row in unit.part.tasks.tolist()}
    known: dict[int, Gaps] = {}
    found = list(draft.unserved)
    wanting = [k for k, u in enumerate(found) if u.binding == "fleet_time"]
    for k in sorted(wanting, key=lambda k: -found[k].amount):
        if over() or perf_counter() > until_s:
            break
        row = problem.night.tasks.row_of[found[k].item]
        if row not in unit_of:
            continue
        n = unit_of[row]
        if n not in known:
            known[n] = Gaps(problem.night, problem.units[n], draft.routes)
        gap = known[n].best(row)
        if gap is not None:
            found[k] = with_gap(problem, found[k], gap, row)
    return replace(draft, unserved=tuple(found))


def with_gap(problem: CollectionProblem, unserved: Unserved, gap: Gap, row: int) -> Unserved:
    """Return what is left with the vehicle that would serve it soonest, and what that takes."""
    name = vehicle_words(problem, gap.vehicle)
    if gap.late_s <= 0:
        reason = Text(f"搜索未排入：{name.zh}的路线中有空余时间", f"the search has not placed it: {name.en} has time for it")
        return replace(unserved, reason=reason, smallest_change=Text("延长计算时间", "a longer search"))
    minutes = int(np.ceil(gap.late_s / MINUTE_S))
    stream = STREAMS[int(problem.night.tasks.stream[row])].label
    zh, en = (
        f"{name.zh}的时段延长 {minutes} 分钟，或增加一辆收{stream.zh}的车",
        f"+{minutes} min for {name.en}, or one more vehicle for {stream.en}",
    )
    return replace(unserved, smallest_change=Text(zh, en))


def vehicle_words(problem: CollectionProblem, name: str) -> Text:
    """Return a vehicle's name in both languages."""
    for vehicle in problem.night.vehicles:
        if name.startswith(f"{vehicle.label.zh} "):
            return Text(name, f"{vehicle.label.en} {name.rpartition(' ')[2]}")
    return Text(name, name)


def explain(problem: CollectionProblem, plan: Plan, item: str) -> Text:
    """Return why a task, or all tasks of a waste point, are as they are in a plan."""
    row_of = problem.night.tasks.row_of
    items = [item] if item in row_of else [i for i in row_of if object_of(i) == item]
    if not items:
        zh, en = f"“{item}”本夜没有要收集的垃圾", f"nothing is collected at {item!r} this night"
        return Text(zh, en)
    told = [_one(problem, plan, i) for i in items]
    return Text("；".join(t.zh for t in told), "; ".join(t.en for t in told))


def _one(problem: CollectionProblem, plan: Plan, item: str) -> Text:
    row = problem.night.tasks.row_of[item]
    stream = STREAMS[int(problem.night.tasks.stream[row])].label
    for route in plan.routes:
        if any(leg.kind is LegKind.SERVE and leg.item == item for leg in route.legs):
            return _served(problem, route, item, stream)
    unserved = next((u for u in plan.unserved if u.item == item), None)
    if unserved is None:
        return Text(f"{stream.zh}：方案没有提到它", f"{stream.en}: the plan does not mention it")
    if unserved.binding == "fleet_time":
        unit = next((u for u in problem.units if row in set(u.part.tasks.tolist())), None)
        gap = None if unit is None else Gaps(problem.night, unit, plan.routes).best(row)
        unserved = unserved if gap is None else with_gap(problem, unserved, gap, row)
    change = unserved.smallest_change
    zh = f"{stream.zh}未收集：{unserved.reason.zh}" + (f"；最小变更：{change.zh}" if change else "")
    en = f"{stream.en} not collected: {unserved.reason.en}" + (f"; smallest change: {change.en}" if change else "")
    return Text(zh, en)


def _served(problem: CollectionProblem, route: Route, item: str, stream: Text) -> Text:
    stops, tasks = of_truck(route), problem.night.tasks
    k = next(n for n, stop in enumerate(stops) if stop.kind is LegKind.SERVE and stop.item == item)
    row, stop = tasks.row_of[item], stops[k]
    name = vehicle_words(problem, route.vehicle)
    window = f"{clock(tasks.from_s[row])}-{clock(tasks.to_s[row])}"
    waits = int(stop.start_s - stop.arrive_s)
    zh = f"{stream.zh}：{name.zh}第 {stop.trip} 趟 {clock(stop.start_s)} 收集，时段 {window}，{_neighbours(stops, k).zh}"
    en = f"{stream.en}: {name.en} on trip {stop.trip} at {clock(stop.start_s)}, window {window}, {_neighbours(stops, k).en}"
    if waits >= MINUTE_S:
        zh, en = f"{zh}，等待 {waits // MINUTE_S} 分钟", f"{en}, having waited {waits // MINUTE_S} min"
    return Text(zh, en)


def _neighbours(stops: tuple[Stop, ...], k: int) -> Text:
    before, after = (stops[n].item if 0 <= n < len(stops) else "" for n in (k - 1, k + 1))
    metres = f"{stops[k].way_m:.0f} m"
    zh = f"来自 {before or '停车场'}（{metres}），之后 {after or '停车场'}"
    return Text(zh, f"coming from {before or 'the depot'} ({metres}), then {after or 'the depot'}")
