"""Say of a street, a lot, a row of berths or a place of demand why it is as it is."""

from __future__ import annotations

from collections.abc import Iterator

from layers.kinds.streets import Oneway, RoadClass
from layers.text import Text
from optimizer.check import object_of
from optimizer.plan import Plan
from optimizer.planners.parking.problem import ParkingProblem
from optimizer.planners.parking.reading.driving import may_turn_one_way
from optimizer.planners.parking.reading.supply import free_width_m, may_hold


def explain(problem: ParkingProblem, plan: Plan, item: str) -> Text:
    """Return why an object is as it is in a plan."""
    lines = list(_lines(problem, plan, item))
    if not lines:
        return Text(f"方案没有涉及“{item}”", f"the plan has nothing to say of {item!r}")
    return Text("；".join(line.zh for line in lines), "; ".join(line.en for line in lines))


def _lines(problem: ParkingProblem, plan: Plan, item: str) -> Iterator[Text]:
    whole = object_of(item)
    for change in plan.changes:
        if object_of(change.item) == whole:
            yield change.label
    for verdict in plan.verdicts:
        if verdict.item == whole:
            source = f"（{verdict.clause}，{verdict.certainty}）" if verdict.clause else ""
            yield Text(f"{verdict.text.zh}{source}", verdict.text.en)
    for unserved in plan.unserved:
        if unserved.item == whole:
            yield unserved.reason
            if unserved.smallest_change is not None:
                least = unserved.smallest_change
                yield Text(f"最小改动：{least.zh}", f"smallest change: {least.en}")
    parked = [a for a in plan.assignments if a.server == whole]
    if parked:
        by_hour = {hour: sum(a.amount for a in parked if a.hour == hour) for hour in sorted({a.hour for a in parked})}
        told = "、".join(f"{hour}:00 {n:.0f}" for hour, n in by_hour.items())
        yield Text(f"停放车辆 {told}", f"cars parked: {told}")
    street = problem.ground.streets.row_of.get(whole)
    if street is not None:
        yield from _street(problem, street)


def _street(problem: ParkingProblem, street: int) -> Iterator[Text]:
    """Yield what the street's class, width and kerbs allow."""
    ground, params = problem.ground, problem.ground.params
    width_m = float(free_width_m(ground.streets, params)[street])
    if ground.fixed[street]:
        yield Text("按决定保持现状", "kept as it is by decision")
        return
    if not may_hold(ground.streets, params)[street]:
        grade = RoadClass(int(ground.streets.road_class[street]))
        if grade in (RoadClass.EXPRESSWAY, RoadClass.MAIN):
            yield Text("快速路与主干路不设泊位", "no berths on expressways and main roads")
        else:
            yield Text(
                f"可用路宽 {width_m:.1f} m，不足以设泊位", f"{width_m:.1f} m of carriageway are too narrow for berths"
            )
        return
    supply = ground.supply.get(street)
    if supply is None:
        zh = f"可用路宽 {width_m:.1f} m；扣除各项净距后没有一排 {params.least_row} 个泊位的位置"
        yield Text(
            zh, f"{width_m:.1f} m of carriageway; clear distances leave no room for a row of {params.least_row} berths"
        )
        return
    two, one = supply.as_it_is.n_berths, supply.one_way.n_berths
    today = Oneway(int(ground.streets.oneway[street]))
    if today in (Oneway.FORWARD, Oneway.BACKWARD):
        yield Text(
            f"单行，可用路宽 {width_m:.1f} m：至多 {one} 个泊位", f"one-way, {width_m:.1f} m: {one} berths at the most"
        )
        return
    yield Text(
        f"可用路宽 {width_m:.1f} m：双向至多 {two} 个泊位，单行至多 {one} 个",
        f"{width_m:.1f} m: {two} berths at the most as it is, {one} when one-way",
    )
    if one > two and street not in set(ground.driving.streets.tolist()):
        why = (
            "不在可改单行的范围（等级、公交、转向限制或大车通行）"
            if may_turn_one_way(ground.city, params)[street]
            else "公交、等级或护栏不允许改单行"
        )
        yield Text(why, "it may not be made one-way: class, buses, a barrier, turn restrictions or large vehicles")
