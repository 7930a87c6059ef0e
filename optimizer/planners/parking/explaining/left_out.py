"""Cars that find no berth: what binds, and the smallest change that would give them one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

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
_MEND = Text("修正位置或接通道路", "mend the place, or join it to a street")


@dataclass(frozen=True, slots=True)
class _Why:
    """Hold what binds, in words that go on from how many find no berth, and the smallest change."""

    binding: str
    zh: str
    en: str
    change: Text | None


@dataclass(frozen=True, eq=False)
class _Left:
    """Hold what the reasons are read from: where room is left, what could not be one-way, what is left of the budget."""

    problem: ParkingProblem
    decided: Decided
    open_room: Rows
    refused: frozenset[int]
    left_yuan: float


def unserved(problem: ParkingProblem, decided: Decided, result: OptionResult) -> Iterator[Unserved]:
    """Yield for each place of demand the most cars of any period that find no berth."""
    question, demand = problem.question.problem, problem.ground.demand
    out = decided.plan.left_out(question)
    most, when = out.max(axis=0, initial=0), out.argmax(axis=0)
    near = defaultdict[int, list[int]](list)
    for zone, place in zip(question.zone.tolist(), question.place.tolist(), strict=True):
        near[zone].append(place)
    rows = np.flatnonzero(most > 0)
    nearest = _nearest(problem, np.array([r for r in rows.tolist() if not near[r]], dtype=np.int64))
    open_room = question.room + question.more - decided.plan.berths
    left = _Left(problem, decided, open_room, frozenset(result.refused), question.budget - decided.plan.cost(question))
    for row in rows.tolist():
        n, period = int(most[row]), PERIODS[int(when[row])].label
        why = _within(left, np.array(near[row])) if near[row] else _beyond(problem, row, nearest.get(row))
        reason = Text(f"{period.zh}有 {n} 辆车无处停放：{why.zh}", f"{n} cars find no berth ({period.en}): {why.en}")
        yield Unserved(demand.ids[row], why.binding, reason, why.change, float(n), "cars")


def _beyond(problem: ParkingProblem, row: int, nearest: tuple[float, str] | None) -> _Why:
    """Say of a zone without any place in reach whether it is off the network, and how far the nearest place is."""
    ground = problem.ground
    away_m, reach_m = float(ground.demand_at.distance_m[row]), float(ground.reach_m[row])
    if away_m > ground.params.snap_m:
        return _Why(OFF_NETWORK, f"离最近道路 {away_m:.0f} m", f"{away_m:.0f} m from the nearest street", _MEND)
    change = None
    if nearest is not None:
        way_m, place = nearest
        en = f"the nearest, {place}, is {way_m:.0f} m away: allow that walk"
        change = Text(f"最近处 {place} 步行 {way_m:.0f} m：放宽步行距离至此", en)
    zh, en = f"步行 {reach_m:.0f} m 内没有可设泊位处", f"no place for berths within a walk of {reach_m:.0f} m"
    return _Why(NO_PLACE, zh, en, change)


def _within(left: _Left, own: Rows) -> _Why:
    """Say of a zone with places in reach why these do not take all its cars."""
    places = left.problem.places
    can = own[left.open_room[own] > 0].tolist()
    barred = [k for k in can if places.pair[k] in left.refused]
    free = [k for k in can if places.pair[k] not in left.refused]
    if free:
        return _unbuilt(left, max(free, key=lambda k: int(left.open_room[k])))
    if barred:
        name, more = places.items[barred[0]], int(left.open_room[barred[0]])
        change = Text(f"放宽绕行上限后可再设 {more} 个泊位", f"a longer detour would allow {more} berths more")
        return _Why(CIRCULATION, f"{name} 改单行会使绕行超限", f"{name} cannot be one-way within the detour limit", change)
    change = Text("步行范围内另建路外停车场或立体车库", "build a car park off the street within reach")
    zh = f"步行范围内 {len(own)} 处泊位已满且无法再增"
    return _Why(FULL, zh, f"all {len(own)} places within reach are full and take no more", change)


def _unbuilt(left: _Left, place: int) -> _Why:
    """Say why berths that would fit are not built: money, a one-way that is not worth it, or berths that are not."""
    question, switched = left.problem.question.problem, bool(left.decided.plan.switched[place])
    name, more = left.problem.places.items[place], int(left.open_room[place])
    cost = float(question.berth_cost[place] + (0.0 if switched else question.switch_cost[place]))
    if left.left_yuan < cost:
        zh, en = f"增加 {cost:,.0f} 元，在 {name} 增设泊位", f"{cost:,.0f} yuan more, for berths at {name}"
        return _Why(BUDGET, "预算已用完", "the budget is spent", Text(f"{zh}（还可 {more} 个）", f"{en} (room for {more})"))
    if left.problem.places.pair[place] >= 0 and not switched:
        change = Text(f"将 {name} 改单行并划 {more} 个泊位", f"make {name} one-way and mark {more} berths")
        return _Why(
            CIRCULATION,
            "余下的须改单行，所值低于其费用",
            "what is left would need a one-way, worth less than it costs",
            change,
        )
    change = Text(f"在 {name} 增设泊位（还可 {more} 个）", f"add berths at {name} (room for {more})")
    return _Why(BUDGET, "增设泊位的费用高于所值", "berths that could be added cost more than they are worth", change)


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
