"""Works: of objects that there are, at their price, in the plan's years, within each year's budget, as decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from layers.kinds.parking import KerbBerths
from optimizer.changes import Change, ChangeKind
from optimizer.plan import PlanFault
from optimizer.planners.parking.checking.facts import Facts, fault
from optimizer.planners.parking.reading.decisions import CLOSED, KEEP, OPEN
from optimizer.planners.parking.reading.places import places_of

_ROUNDING_YUAN = 0.01
_FREE = (ChangeKind.REMOVE, ChangeKind.EXTEND)  # breaches are removed and decisions kept whatever the budget is


def work_faults(facts: Facts) -> Iterator[PlanFault]:
    """Yield what is wrong with changes."""
    ground, plan = facts.ground, facts.plan
    spent = defaultdict[int, float](float)
    for item, n in Counter((c.kind, c.item) for c in plan.changes).items():
        if n > 1:
            yield fault("unknown_place", item[1], f"{item[1]} 变更了 {n} 次", f"{item[1]} is changed {n} times")
    decided = {item for item, state in ground.decisions.items() if state == OPEN}
    for change in plan.changes:
        place = change.item.rpartition(":")[0] or change.item
        if not _known(facts, change, place):
            yield fault(
                "unknown_place", change.item, f"“{change.item}”不在城市数据中", f"there is no {change.item!r} in the city"
            )
            continue
        if not 1 <= change.year <= ground.params.n_years:
            en = f"{change.item}: year {change.year}, the plan has {ground.params.n_years}"
            yield fault(
                "over_budget", change.item, f"{change.item} 在第 {change.year} 年，计划为 {ground.params.n_years} 年", en
            )
        wanted = _cost(facts, change)
        if abs(wanted - change.cost_yuan) > _ROUNDING_YUAN:
            zh = f"{change.item} 费用 {change.cost_yuan:,.0f} 元，应为 {wanted:,.0f} 元"
            yield fault("wrong_cost", change.item, zh, f"{change.item}: {change.cost_yuan:,.0f} yuan, it is {wanted:,.0f}")
        if change.kind not in _FREE and place not in decided:
            spent[change.year] += change.cost_yuan
        if change.kind not in _FREE and ground.decisions.get(place, "") in (CLOSED, KEEP):
            yield fault(
                "decision_broken", place, f"{place}：议事会决定不动", f"{place}: the council decided against any change"
            )
    for year, yuan in spent.items():
        if yuan > ground.params.budget_yuan + _ROUNDING_YUAN:
            zh = f"第 {year} 年费用 {yuan:,.0f} 元，预算 {ground.params.budget_yuan:,.0f} 元"
            yield fault("over_budget", str(year), zh, f"year {year}: {yuan:,.0f} yuan of {ground.params.budget_yuan:,.0f}")
    yield from _wanted(facts, decided)


def _known(facts: Facts, change: Change, place: str) -> bool:
    ground = facts.ground
    if change.kind in (ChangeKind.MARK_BERTHS, ChangeKind.ONE_WAY):
        return place in ground.streets.row_of
    if change.kind is ChangeKind.BUILD:
        return any(lot.item == place and lot.n_berths for lot in ground.lots)
    return change.kind in _FREE and change.item in ground.city[KerbBerths].row_of


def _cost(facts: Facts, change: Change) -> float:
    params = facts.ground.params
    if change.kind is ChangeKind.BUILD:
        return change.size * params.paving_yuan + params.lot_yuan
    if change.kind is ChangeKind.ONE_WAY:
        return params.signs_yuan
    return change.size * (params.removal_yuan if change.kind is ChangeKind.REMOVE else params.marking_yuan)


def _wanted(facts: Facts, decided: set[str]) -> Iterator[PlanFault]:
    """Yield streets and lots that were to have berths, could, and have too few."""
    if not decided:
        return
    places, n_berths = places_of(facts.ground), facts.n_berths
    for k, item in enumerate(places.items):
        if item in decided and n_berths[item] < places.least[k] + places.there[k]:
            en = f"{item}: {n_berths[item]} berths, the council decided for {places.least[k] + places.there[k]}"
            yield fault(
                "decision_broken",
                item,
                f"{item}：应有 {places.least[k] + places.there[k]} 个泊位，只有 {n_berths[item]} 个",
                en,
            )
