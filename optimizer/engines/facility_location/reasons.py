"""Why a site is not open: a rule that forbids it, or what forcing it in would cost at the least."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats
from optimizer.engines.facility_location.solution import LocationPlan, NotOpen, Rule


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
            yield _by_others(problem, is_open, site) or _by_cost(site, cost, forced)


def _by_others(problem: FacilityLocationProblem, is_open: set[int], site: int) -> NotOpen | None:
    """Return a rule that forbids a site while the others are open as they are; None for none."""
    for one, other in problem.apart:
        if site in (one, other) and ({one, other} - {site}) <= is_open and one != other:
            return NotOpen(site, Rule.TOO_NEAR, one + other - site)
    for k, quota in enumerate(problem.quotas):
        if site in quota.sites and quota.at_most is not None and len(is_open.intersection(quota.sites)) >= quota.at_most:
            return NotOpen(site, Rule.QUOTA_FULL, k)
    return None


def _by_cost(site: int, cost: float, forced: Floats | None) -> NotOpen:
    extra = 0.0 if forced is None else float(forced[site]) - cost
    return NotOpen(site, Rule.COST, extra_cost=extra) if extra > 0 else NotOpen(site, Rule.UNPROVEN)
