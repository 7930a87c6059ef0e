"""Works: of objects that there are, at their price, in the plan's years, within each year's budget, as decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from layers.kinds.parking import KerbBerths
from optimizer.changes import Change, ChangeKind
from optimizer.plan import PlanFault
from optimizer.planners.parking.checking.facts import Facts, fault
from optimizer.planners.parking.measuring.numbers import place_of_change
from optimizer.planners.parking.reading.decisions import CLOSED, KEEP, OPEN
from optimizer.planners.parking.reading.places import places_of

_ROUNDING_YUAN = 0.01
_FREE = (ChangeKind.REMOVE, ChangeKind.EXTEND)  # breaches are removed and decisions kept whatever the budget is


def work_faults(facts: Facts) -> Iterator[PlanFault]:
    """Yield what is wrong with changes."""
    for (_, item), n in Counter((c.kind, c.item) for c in facts.plan.changes).items():
        if n > 1:
            yield fault("unknown_place", item, f"{item} 变更了 {n} 次", f"{item} is changed {n} times")
    for change in facts.plan.changes:
        yield from _change(facts, change)
    yield from _budget(facts)
    yield from _wanted(facts)


def _change(facts: Facts, change: Change) -> Iterator[PlanFault]:
    ground, place, item = facts.ground, place_of_change(change), change.item
    if not _known(facts, change, place):
        yield fault("unknown_place", item, f"“{item}”不在城市数据中", f"there is no {item!r} in the city")
        return
    n_years = ground.params.n_years
    if not 1 <= change.year <= n_years:
        en = f"{item}: year {change.year}, the plan has {n_years}"
        yield fault("over_budget", item, f"{item} 在第 {change.year} 年，计划为 {n_years} 年", en)
    wanted = _cost(facts, change)
    if abs(wanted - change.cost_yuan) > _ROUNDING_YUAN:
        zh = f"{item} 费用 {change.cost_yuan:,.0f} 元，应为 {wanted:,.0f} 元"
        yield fault("wrong_cost", item, zh, f"{item}: {change.cost_yuan:,.0f} yuan, it is {wanted:,.0f}")
    if change.kind not in _FREE and ground.decisions.get(place, "") in (CLOSED, KEEP):
        yield fault("decision_broken", place, f"{place}：议事会决定不动", f"{place}: the council decided against any change")


def _budget(facts: Facts) -> Iterator[PlanFault]:
    """Yield years that cost more than they may; what the council decided is done in any case."""
    spent, most = defaultdict[int, float](float), facts.ground.params.budget_yuan
    for change in facts.plan.changes:
        if change.kind not in _FREE and facts.ground.decisions.get(place_of_change(change), "") != OPEN:
            spent[change.year] += change.cost_yuan
    for year, yuan in spent.items():
        if yuan > most + _ROUNDING_YUAN:
            zh = f"第 {year} 年费用 {yuan:,.0f} 元，预算 {most:,.0f} 元"
            yield fault("over_budget", str(year), zh, f"year {year}: {yuan:,.0f} yuan of {most:,.0f}")


def _known(facts: Facts, change: Change, place: str) -> bool:
    ground = facts.ground
    if change.kind in (ChangeKind.MARK_BERTHS, ChangeKind.ONE_WAY):
        return place in ground.streets.row_of
    if change.kind is ChangeKind.BUILD:
        return place in facts.idle
    return change.kind in _FREE and change.item in ground.city[KerbBerths].row_of


def _cost(facts: Facts, change: Change) -> float:
    params = facts.ground.params
    if change.kind is ChangeKind.BUILD:
        return change.size * params.paving_yuan + params.lot_yuan
    if change.kind is ChangeKind.ONE_WAY:
        return params.signs_yuan
    return change.size * (params.removal_yuan if change.kind is ChangeKind.REMOVE else params.marking_yuan)


def _wanted(facts: Facts) -> Iterator[PlanFault]:
    """Yield streets and lots that were to have berths, could, and have too few."""
    decided = {item for item, state in facts.ground.decisions.items() if state == OPEN}
    if not decided or not facts.plan.extra_layers:
        return
    places, n_berths = places_of(facts.ground), facts.n_berths
    for k, item in enumerate(places.items):
        wanted = int(places.least[k] + places.there[k])
        if item in decided and n_berths[item] < wanted:
            en = f"{item}: {n_berths[item]} berths, the council decided for {wanted}"
            yield fault("decision_broken", item, f"{item}：应有 {wanted} 个泊位，只有 {n_berths[item]} 个", en)
