"""Is this plan of a staged problem right, and what does it cost? No solver, no compiled code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import Enum
from math import isfinite, isinf

from optimizer.engines.facility_location.stages.problem import Stage, StagedProblem, counted
from optimizer.engines.facility_location.stages.solution import Haul, Leg, StagedPlan, haul_cost, staged_cost

# Shares and loads are sums of floating numbers: so much of the larger figure is no fault.
TOLERANCE = 1e-6


class StagedFault(Enum):
    """What can be wrong with a plan."""

    UNKNOWN = "unknown option, site, product or customer"
    TWO_CLASSES = "two size classes at one site"
    NOT_OPEN = "served or carried through a site that is not open"
    OUT_OF_REACH = "carried where it may not go"
    BAD_AMOUNT = "share or amount out of range"
    NOT_SERVED = "not served exactly once"
    SPLIT = "split among stations"
    OVERLOADED = "overloaded"
    PRODUCT_OVERLOADED = "overloaded by a product"
    PLANT_OVERLOADED = "plant is brought more than it takes"
    NOT_CARRIED_ON = "what comes in does not go out"
    MUST_OPEN = "must be open"
    MUST_NOT_OPEN = "must not be open"
    QUOTA = "number of a quota"
    WRONG_COST = "wrong cost"


Found = Iterator[tuple[StagedFault, str]]
Loads = dict[tuple[int, int], float]


def staged_faults(
    problem: StagedProblem, plan: StagedPlan, *, claimed_cost: float | None = None
) -> tuple[tuple[StagedFault, str], ...]:
    """Return everything that is wrong with `plan`, each with where and by what value; nothing means it is right.

    Parameters
    ----------
    problem
        What was asked.
    plan
        The answer.
    claimed_cost
        What it is said to cost, checked when given.
    """
    unknown = tuple(_unknown(problem, plan))
    if unknown:
        return unknown
    arrived = _sums(
        ((s.station, s.product), s.fraction * float(problem.demand[s.product, s.customer])) for s in plan.supplies
    )
    gathered = _sums(((h.target, h.product), h.amount) for h in plan.hauls if h.leg is Leg.TO_CENTRE)
    found = [*_supplies(problem, plan), *_hauls(problem, plan)]
    for name, stage, rows, loads in (
        ("station", problem.stations, plan.stations, arrived),
        ("centre", problem.centres, plan.centres, gathered),
    ):
        found += [*_loads(name, stage, rows, loads), *_chosen(name, stage, rows)]
    left = (Leg.TO_CENTRE, Leg.TO_PLANT)
    found += _carried("station", arrived, _sums(((h.origin, h.product), h.amount) for h in plan.hauls if h.leg in left))
    out = _sums(((h.origin, h.product), h.amount) for h in plan.hauls if h.leg is Leg.CENTRE_TO_PLANT)
    found += [*_carried("centre", gathered, out), *_plants(problem, plan)]
    cost = staged_cost(problem, plan)
    if claimed_cost is not None and isfinite(cost) and abs(cost - claimed_cost) > TOLERANCE * max(1.0, abs(cost)):
        found.append((StagedFault.WRONG_COST, f"the plan is said to cost {claimed_cost}, it costs {cost}"))
    return tuple(found)


def _sums(parts: Iterator[tuple[tuple[int, int], float]]) -> Loads:
    total: Loads = defaultdict(float)
    for key, amount in parts:
        total[key] += amount
    return total


def _ends(problem: StagedProblem, haul: Haul) -> tuple[int, int]:
    """Return how many sites there are at both ends."""
    stations, centres, plants = problem.stations.n_sites, problem.centres.n_sites, problem.n_plants
    return {
        Leg.TO_CENTRE: (stations, centres),
        Leg.TO_PLANT: (stations, plants),
        Leg.CENTRE_TO_PLANT: (centres, plants),
    }[haul.leg]


def _unknown(problem: StagedProblem, plan: StagedPlan) -> Found:
    named = [("station option", k, problem.stations.n_options) for k in plan.stations]
    named += [("centre option", k, problem.centres.n_options) for k in plan.centres]
    for s in plan.supplies:
        named += [("product", s.product, problem.n_products), ("customer", s.customer, problem.n_customers)]
        named += [("station", s.station, problem.stations.n_sites)]
    for haul in plan.hauls:
        n_origins, n_targets = _ends(problem, haul)
        named += [("product", haul.product, problem.n_products)]
        named += [(f"{haul.leg.value}, from", haul.origin, n_origins), (f"{haul.leg.value}, to", haul.target, n_targets)]
    for what, which, n in named:
        if not 0 <= which < n:
            yield StagedFault.UNKNOWN, f"{what} {which}, there are {n}"


def _supplies(problem: StagedProblem, plan: StagedPlan) -> Found:
    is_open = {int(problem.stations.options.site[k]) for k in plan.stations}
    share: Loads = defaultdict(float)
    n_from: Counter[tuple[int, int]] = Counter()
    for s in plan.supplies:
        who = f"product {s.product} of customer {s.customer} to station {s.station}"
        if s.station not in is_open:
            yield StagedFault.NOT_OPEN, f"{who}: the station is not open"
        if isinf(problem.serve_cost[s.product, s.customer, s.station]):
            yield StagedFault.OUT_OF_REACH, f"{who}: it may not go there"
        if not 0 < s.fraction <= 1 + TOLERANCE:
            yield StagedFault.BAD_AMOUNT, f"{who}: share {s.fraction}, above 0 and at most 1 is expected"
        share[s.product, s.customer] += s.fraction
        n_from[s.product, s.customer] += 1
    for p in range(problem.n_products):
        for i in range(problem.n_customers):
            got, wanted = share[p, i], 1.0 if problem.demand[p, i] > 0 else 0.0
            if abs(got - wanted) > TOLERANCE:
                yield StagedFault.NOT_SERVED, f"product {p} of customer {i}: share {got}, {wanted} is expected"
            if problem.single_source and n_from[p, i] > 1:
                yield StagedFault.SPLIT, f"product {p} of customer {i}: {n_from[p, i]} supplies, one is expected"


def _hauls(problem: StagedProblem, plan: StagedPlan) -> Found:
    is_open = {int(problem.centres.options.site[k]) for k in plan.centres}
    for haul in plan.hauls:
        what = f"product {haul.product}, {haul.leg.value}, {haul.origin} to {haul.target}"
        if not haul.amount > 0:
            yield StagedFault.BAD_AMOUNT, f"{what}: amount {haul.amount}, above 0 is expected"
        if isinf(haul_cost(problem, haul)):
            yield StagedFault.OUT_OF_REACH, f"{what}: it may not go there"
        centre = {Leg.TO_CENTRE: haul.target, Leg.CENTRE_TO_PLANT: haul.origin}.get(haul.leg)
        if centre is not None and centre not in is_open:
            yield StagedFault.NOT_OPEN, f"{what}: the centre is not open"


def _more(load: float, most: float) -> bool:
    return load > most + TOLERANCE * max(1.0, load)


def _loads(name: str, stage: Stage, rows: tuple[int, ...], loads: Loads) -> Found:
    for k in rows:
        site = int(stage.options.site[k])
        own = {p: amount for (at, p), amount in loads.items() if at == site}
        total, most = sum(own.values()), float(stage.options.capacity[k])
        if _more(total, most):
            yield StagedFault.OVERLOADED, f"{name} {site}: load {total}, at most {most} is expected"
        for p, amount in own.items():
            if stage.product_capacity is not None and _more(amount, float(stage.product_capacity[k, p])):
                most = float(stage.product_capacity[k, p])
                text = f"{name} {site}, product {p}: load {amount}, at most {most} is expected"
                yield StagedFault.PRODUCT_OVERLOADED, text


def _chosen(name: str, stage: Stage, rows: tuple[int, ...]) -> Found:
    n_classes = Counter(int(stage.options.site[k]) for k in rows)
    for site, n in n_classes.items():
        if n > 1:
            yield StagedFault.TWO_CLASSES, f"{name} {site}: {n} size classes are open, one is expected"
    for site in sorted(set(stage.must_open) - set(n_classes)):
        yield StagedFault.MUST_OPEN, f"{name} {site} is not open, it must be"
    for site in sorted(set(stage.must_not_open) & set(n_classes)):
        yield StagedFault.MUST_NOT_OPEN, f"{name} {site} is open, it must not be"
    for k, quota in enumerate(stage.quotas):
        n = len(set(rows).intersection(counted(stage, quota).tolist()))
        most = float("inf") if quota.at_most is None else quota.at_most
        if not quota.at_least <= n <= most:
            yield StagedFault.QUOTA, f"{name}s, quota {k}: {n} count, {quota.at_least} to {most} are expected"


def _carried(name: str, arrived: Loads, left: Loads) -> Found:
    for site, p in sorted({*arrived, *left}):
        come, gone = arrived.get((site, p), 0.0), left.get((site, p), 0.0)
        if abs(come - gone) > TOLERANCE * max(1.0, come):
            yield StagedFault.NOT_CARRIED_ON, f"{name} {site}, product {p}: {come} comes in, {gone} goes out"


def _plants(problem: StagedProblem, plan: StagedPlan) -> Found:
    brought = _sums(((h.target, h.product), h.amount) for h in plan.hauls if h.leg is not Leg.TO_CENTRE)
    for (plant, p), amount in sorted(brought.items()):
        most = float(problem.plant_capacity[p, plant])
        if _more(amount, most):
            yield (
                StagedFault.PLANT_OVERLOADED,
                f"plant {plant}, product {p}: {amount} is brought, at most {most} is expected",
            )
