"""Is this plan right, and what does it cost? No solver, no compiled code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from math import isfinite, isinf

from optimizer.engines.facility_location.problem import FacilityLocationProblem
from optimizer.engines.facility_location.solution import LocationPlan, plan_cost

# Shares and loads are sums of floating numbers: so much of the larger figure is no fault.
TOLERANCE = 1e-6


class FaultKind(Enum):
    """What can be wrong with a plan."""

    UNKNOWN_OPTION = "unknown option"
    UNKNOWN_SITE = "unknown site"
    UNKNOWN_CUSTOMER = "unknown customer"
    TWO_CLASSES = "two size classes at one site"
    NOT_OPEN = "served from a site that is not open"
    OUT_OF_REACH = "served from a site out of reach"
    BAD_FRACTION = "share is not above 0 and at most 1"
    TWICE = "served twice from one site"
    NOT_SERVED = "not served in full"
    OVER_SERVED = "served more than in full"
    SPLIT = "split among sites"
    OVERLOADED = "overloaded"
    WRONG_NUMBER = "wrong number of open sites"
    MUST_OPEN = "must be open"
    MUST_NOT_OPEN = "must not be open"
    QUOTA_MISSED = "fewer open than the quota"
    QUOTA_PASSED = "more open than the quota"
    TOO_NEAR = "open sites too near to one another"
    WRONG_COST = "wrong cost"


@dataclass(frozen=True)
class PlanFault:
    """One thing that is wrong.

    Parameters
    ----------
    kind
        Which rule is broken.
    text
        Where, by what value, and what was expected.
    """

    kind: FaultKind
    text: str


def faults(
    problem: FacilityLocationProblem, plan: LocationPlan, *, claimed_cost: float | None = None
) -> tuple[PlanFault, ...]:
    """Return everything that is wrong with `plan`; nothing means it is right.

    Parameters
    ----------
    problem
        What was asked.
    plan
        The answer.
    claimed_cost
        What it is said to cost, checked when given.
    """
    found = list(_unknown(problem, plan))
    if found:
        return tuple(found)
    found += [*_supplies(problem, plan), *_shares(problem, plan), *_loads(problem, plan)]
    found += [*_number(problem, plan), *_chosen(problem, plan), *_quotas(problem, plan)]
    if claimed_cost is not None:
        cost = plan_cost(problem, plan)
        if isfinite(cost) and abs(cost - claimed_cost) > TOLERANCE * max(1.0, abs(cost)):
            found.append(PlanFault(FaultKind.WRONG_COST, f"the plan is said to cost {claimed_cost}, it costs {cost}"))
    return tuple(found)


def _unknown(problem: FacilityLocationProblem, plan: LocationPlan) -> Iterator[PlanFault]:
    for k in plan.options:
        if not 0 <= k < problem.n_options:
            yield PlanFault(FaultKind.UNKNOWN_OPTION, f"option {k}, there are {problem.n_options}")
    for supply in plan.supplies:
        if not 0 <= supply.site < problem.n_sites:
            yield PlanFault(FaultKind.UNKNOWN_SITE, f"site {supply.site}, there are {problem.n_sites}")
        if not 0 <= supply.customer < problem.n_customers:
            yield PlanFault(FaultKind.UNKNOWN_CUSTOMER, f"customer {supply.customer}, there are {problem.n_customers}")


def _supplies(problem: FacilityLocationProblem, plan: LocationPlan) -> Iterator[PlanFault]:
    is_open = set(plan.sites(problem))
    pairs = Counter((supply.site, supply.customer) for supply in plan.supplies)
    for (site, customer), n in pairs.items():
        who = f"customer {customer} from site {site}"
        if n > 1:
            yield PlanFault(FaultKind.TWICE, f"{who}: stated {n} times, once is expected")
        if site not in is_open:
            yield PlanFault(FaultKind.NOT_OPEN, f"{who}: the site is not open")
        if isinf(problem.serve_cost[customer, site]):
            yield PlanFault(FaultKind.OUT_OF_REACH, f"{who}: it may not be served from there")
    for supply in plan.supplies:
        if not 0 < supply.fraction <= 1 + TOLERANCE:
            text = f"customer {supply.customer} from site {supply.site}: share {supply.fraction}, above 0 and at most 1"
            yield PlanFault(FaultKind.BAD_FRACTION, text + " is expected")


def _shares(problem: FacilityLocationProblem, plan: LocationPlan) -> Iterator[PlanFault]:
    share: dict[int, float] = defaultdict(float)
    n_sites: Counter[int] = Counter()
    for supply in plan.supplies:
        share[supply.customer] += supply.fraction
        n_sites[supply.customer] += 1
    for customer in range(problem.n_customers):
        if share[customer] < 1 - TOLERANCE:
            yield PlanFault(FaultKind.NOT_SERVED, f"customer {customer}: share served {share[customer]}, 1 is expected")
        if share[customer] > 1 + TOLERANCE:
            yield PlanFault(FaultKind.OVER_SERVED, f"customer {customer}: share served {share[customer]}, 1 is expected")
        if problem.single_source and n_sites[customer] > 1:
            yield PlanFault(FaultKind.SPLIT, f"customer {customer}: {n_sites[customer]} sites serve it, one is expected")


def _loads(problem: FacilityLocationProblem, plan: LocationPlan) -> Iterator[PlanFault]:
    load: dict[int, float] = defaultdict(float)
    for supply in plan.supplies:
        load[supply.site] += float(problem.demand[supply.customer]) * supply.fraction
    for k in plan.options:
        site, most = int(problem.options.site[k]), float(problem.options.capacity[k])
        if load[site] > most + TOLERANCE * max(1.0, load[site]):
            yield PlanFault(FaultKind.OVERLOADED, f"site {site}: load {load[site]}, at most {most} is expected")


def _number(problem: FacilityLocationProblem, plan: LocationPlan) -> Iterator[PlanFault]:
    by_site = Counter(int(problem.options.site[k]) for k in plan.options)
    for site, n in sorted(by_site.items()):
        if n > 1:
            yield PlanFault(FaultKind.TWO_CLASSES, f"site {site}: {n} size classes are open, one is expected")
    wanted = problem.n_open
    if wanted is not None and (len(by_site) > wanted or (problem.n_open_exactly and len(by_site) < wanted)):
        word = "exactly" if problem.n_open_exactly else "at most"
        yield PlanFault(FaultKind.WRONG_NUMBER, f"{len(by_site)} sites are open, {word} {wanted} are expected")


def _chosen(problem: FacilityLocationProblem, plan: LocationPlan) -> Iterator[PlanFault]:
    is_open = set(plan.sites(problem))
    for site in sorted(set(problem.must_open) - is_open):
        yield PlanFault(FaultKind.MUST_OPEN, f"site {site} is not open, it must be")
    for site in sorted(set(problem.must_not_open) & is_open):
        yield PlanFault(FaultKind.MUST_NOT_OPEN, f"site {site} is open, it must not be")
    for one, other in problem.apart:
        if one in is_open and other in is_open:
            yield PlanFault(FaultKind.TOO_NEAR, f"sites {one} and {other} are open, at most one of them is expected")


def _quotas(problem: FacilityLocationProblem, plan: LocationPlan) -> Iterator[PlanFault]:
    is_open, chosen = set(plan.sites(problem)), set(plan.options)
    for k, quota in enumerate(problem.quotas):
        n = len(is_open.intersection(quota.sites)) + len(chosen.intersection(quota.options))
        if n < quota.at_least:
            yield PlanFault(FaultKind.QUOTA_MISSED, f"quota {k}: {n} sites count, at least {quota.at_least} are expected")
        if quota.at_most is not None and n > quota.at_most:
            yield PlanFault(FaultKind.QUOTA_PASSED, f"quota {k}: {n} sites count, at most {quota.at_most} are expected")
