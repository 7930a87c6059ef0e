"""Why a site is open or not: a rule that says so, and what turning it the other way would cost at the least."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats
from optimizer.engines.facility_location.solution import IsOpen, LocationPlan, NotOpen, Rule

# Of the cost, so much is rounding and no price.
ROUNDING = 1e-9


def why_not_open(
    problem: FacilityLocationProblem, plan: LocationPlan, cost: float, forced: Floats | None
) -> Iterator[NotOpen]:
    """Yield the reason of each site that is not open.

    Parameters
    ----------
    problem, plan, cost
        What was asked, the answer, and what it costs.
    forced
        Shape (n_sites,): what any plan with the site open costs at the least; None where nothing is proven.
    """
    is_open = set(plan.sites(problem))
    offered = set(problem.options.site.tolist())
    for site in sorted(set(range(problem.n_sites)) - is_open):
        if site in problem.must_not_open:
            yield NotOpen(site, Rule.MUST_NOT)
        elif site not in offered:
            yield NotOpen(site, Rule.NO_OPTION)
        else:
            extra = _extra(site, cost, forced)
            ruled = _by_others(problem, is_open, site)
            rule, other = ruled or (Rule.UNPROVEN if extra is None else Rule.COST, None)
            yield NotOpen(site, rule, other, extra)


def why_open(problem: FacilityLocationProblem, plan: LocationPlan, cost: float, forced: Floats | None) -> Iterator[IsOpen]:
    """Yield the reason of each site that is open; `forced` is of plans with the site closed."""
    sites = plan.sites(problem)
    for site in sites:
        needed = _needed(problem, site)
        if site in problem.must_open:
            yield IsOpen(site, Rule.MUST)
        elif needed is not None:
            yield IsOpen(site, Rule.QUOTA_NEEDED, needed)
        else:
            extra = _extra(site, cost, forced)
            yield IsOpen(site, Rule.NOT_WORTH if extra is None else Rule.WORTH, None, extra)


def _by_others(problem: FacilityLocationProblem, is_open: set[int], site: int) -> tuple[Rule, int] | None:
    """Return a rule that forbids a site while the others are open as they are; None for none."""
    for one, other in problem.apart:
        if site in (one, other) and ({one, other} - {site}) <= is_open and one != other:
            return Rule.TOO_NEAR, one + other - site
    for k, quota in enumerate(problem.quotas):
        if site in quota.sites and quota.at_most is not None and len(is_open.intersection(quota.sites)) >= quota.at_most:
            return Rule.QUOTA_FULL, k
    return None


def _needed(problem: FacilityLocationProblem, site: int) -> int | None:
    """Return a quota that cannot be reached without a site, None for none."""
    for k, quota in enumerate(problem.quotas):
        counted = problem.counted(quota)
        sites = set(problem.options.site[counted[problem.allowed[counted]]].tolist())
        if site in sites and len(sites) <= quota.at_least:
            return k
    return None


def _extra(site: int, cost: float, forced: Floats | None) -> float | None:
    extra = 0.0 if forced is None else float(forced[site]) - cost
    return extra if ROUNDING * max(1.0, abs(cost)) < extra < float("inf") else None
