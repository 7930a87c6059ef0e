"""Cars that find no berth: what binds, and the smallest change that would give them one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from layers.layer import Rows
from layers.network import nearest_walks
from layers.text import Text
from optimizer.engines.allocation.options import OptionResult
from optimizer.plan import Unserved
from optimizer.planners.parking.problem import ParkingProblem
from optimizer.planners.parking.reading.demand import PERIODS
from optimizer.planners.parking.search.draft import Decided

OFF_NETWORK, NO_PLACE, FULL, CIRCULATION, BUDGET = "off_network", "no_berth_in_reach", "berths_full", "circulation", "budget"


def unserved(problem: ParkingProblem, decided: Decided, result: OptionResult) -> Iterator[Unserved]:
    """Yield for each place of demand the most cars of any period that find no berth."""
    ground, question, places = problem.ground, problem.question.problem, problem.places
    left = decided.plan.left_out(question)
    most, when = left.max(axis=0, initial=0), left.argmax(axis=0)
    near = defaultdict[int, list[int]](list)
    for zone, place in zip(question.zone.tolist(), question.place.tolist(), strict=True):
        near[zone].append(place)
    rows = np.flatnonzero(most > 0)
    nearest = _nearest(problem, np.array([r for r in rows.tolist() if not near[r]], dtype=np.int64))
    refused = set(result.refused)
    spent = question.budget - decided.plan.cost(question)
    for row in rows.tolist():
        n, period = int(most[row]), PERIODS[int(when[row])].label
        item, reach_m = ground.demand.ids[row], float(ground.reach_m[row])
        head_zh, head_en = f"{period.zh}有 {n} 辆车无处停放", f"{n} cars find no berth ({period.en})"
        if ground.demand_at.distance_m[row] > ground.params.snap_m:
            away_m = float(ground.demand_at.distance_m[row])
            reason = Text(f"{head_zh}：离最近道路 {away_m:.0f} m", f"{head_en}: {away_m:.0f} m from the nearest street")
            change = Text("修正位置或接通道路", "mend the place, or join it to a street")
            yield Unserved(item, OFF_NETWORK, reason, change, float(n), "cars")
            continue
        own = near[row]
        if not own:
            reason = Text(
                f"{head_zh}：步行 {reach_m:.0f} m 内没有可设泊位处",
                f"{head_en}: no place for berths within a walk of {reach_m:.0f} m",
            )
            way_m, place = nearest.get(row, (np.inf, ""))
            change = Text(
                f"最近处 {place} 步行 {way_m:.0f} m：放宽步行距离至此", f"the nearest, {place}, is {way_m:.0f} m away: allow that walk"
            ) if place else None  # fmt: skip
            yield Unserved(item, NO_PLACE, reason, change, float(n), "cars")
            continue
        yield _full(problem, decided, (item, n, Text(head_zh, head_en)), np.array(own), refused, spent)


def _full(
    problem: ParkingProblem, decided: Decided, who: tuple[str, int, Text], own: Rows, refused: set[int], left_yuan: float
) -> Unserved:
    """Say of a zone with places in reach why these do not take all its cars."""
    question, places = problem.question.problem, problem.places
    item, n, head = who
    open_room = question.room + question.more - decided.plan.berths
    can = own[open_room[own] > 0]
    barred = [k for k in can.tolist() if places.pair[k] in refused]
    free = [k for k in can.tolist() if k not in barred]
    if free:
        place = max(free, key=lambda k: int(open_room[k]))
        cost = float(question.berth_cost[place] + (0 if decided.plan.switched[place] else question.switch_cost[place]))
        name, more = places.items[place], int(open_room[place])
        if left_yuan < cost:
            reason = Text(f"{head.zh}：预算已用完", f"{head.en}: the budget is spent")
            change = Text(
                f"增加 {cost:,.0f} 元，在 {name} 增设泊位（还可 {more} 个）",
                f"{cost:,.0f} yuan more, for berths at {name} (room for {more})",
            )
            return Unserved(item, BUDGET, reason, change, float(n), "cars")
        if places.pair[place] >= 0 and not decided.plan.switched[place]:
            reason = Text(f"{head.zh}：余下道路须改单行，绕行或费用不值", f"{head.en}: streets that are left would have to be one-way,"
                          " and that is not worth its price or not possible")  # fmt: skip
            change = Text(f"将 {name} 改单行并划 {more} 个泊位", f"make {name} one-way and mark {more} berths")
            return Unserved(item, CIRCULATION, reason, change, float(n), "cars")
        reason = Text(
            f"{head.zh}：增设泊位的费用高于所值", f"{head.en}: berths that could be added cost more than they are worth"
        )
        return Unserved(
            item,
            BUDGET,
            reason,
            Text(f"在 {name} 增设泊位（还可 {more} 个）", f"add berths at {name} (room for {more})"),
            float(n),
            "cars",
        )
    if barred:
        name, more = places.items[barred[0]], int(open_room[barred[0]])
        reason = Text(
            f"{head.zh}：{name} 改单行会使绕行超限", f"{head.en}: {name} cannot be one-way within the detour limit"
        )
        change = Text(f"放宽绕行上限后可再设 {more} 个泊位", f"a longer detour would allow {more} berths more")
        return Unserved(item, CIRCULATION, reason, change, float(n), "cars")
    reason = Text(
        f"{head.zh}：步行范围内 {len(own)} 处泊位已满且无法再增",
        f"{head.en}: all {len(own)} places within reach are full and take no more",
    )
    change = Text(f"步行范围内另设 {n} 个泊位（路外停车场或立体车库）", f"{n} berths more within reach, off the street")
    return Unserved(item, FULL, reason, change, float(n), "cars")


def _nearest(problem: ParkingProblem, rows: Rows) -> dict[int, tuple[float, str]]:
    """Return the walk to the nearest place of any, by row of the demand."""
    ground, places = problem.ground, problem.places
    if not len(rows) or not len(places):
        return {}
    found = nearest_walks(ground.walking, ground.at(ground.demand.xy_m[rows]), ground.at(places.xy_m))
    return {
        int(rows[k]): (float(m), places.items[int(end)])
        for k, end, m in zip(found.start.tolist(), found.end.tolist(), found.length_m.tolist(), strict=True)
    }
