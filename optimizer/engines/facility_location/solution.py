"""Plans of a facility-location problem, and what a search hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from layers.text import Text
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats
from optimizer.engines.outcome import Outcome


@dataclass(frozen=True)
class Supply:
    """A share of a customer's demand that a site serves.

    Parameters
    ----------
    site, customer
        Who serves whom.
    fraction
        Of the demand, above 0 and at most 1.
    """

    site: int
    customer: int
    fraction: float = 1.0


@dataclass(frozen=True)
class LocationPlan:
    """The options that are open, and who is served by which site.

    Parameters
    ----------
    options
        Rows of the problem's options, in rising order.
    supplies
        By customer, then by site.
    """

    options: tuple[int, ...] = ()
    supplies: tuple[Supply, ...] = ()

    def sites(self, problem: FacilityLocationProblem) -> tuple[int, ...]:
        """Return the open sites."""
        return tuple(sorted({int(problem.options.site[k]) for k in self.options}))


def plan_cost(problem: FacilityLocationProblem, plan: LocationPlan) -> float:
    """Return fixed, closing and serving cost of a plan."""
    fixed = sum(float(problem.options.fixed_cost[k]) for k in plan.options)
    if problem.closing_cost is not None:
        is_open = set(plan.sites(problem))
        fixed += sum(float(cost) for site, cost in enumerate(problem.closing_cost) if site not in is_open)
    return fixed + sum(float(problem.serve_cost[s.customer, s.site]) * s.fraction for s in plan.supplies)


class Rule(Enum):
    """Why a site is open, or not, in words."""

    MUST = Text("指定必须开设", "it must be open")
    QUOTA_NEEDED = Text("该组没有其他站点可凑足下限", "its group has no other site to reach its number")
    WORTH = Text("关闭它会更贵", "closing it would cost more")
    NOT_WORTH = Text("未证明关闭它会更贵", "it is not proven that closing it would cost more")
    MUST_NOT = Text("指定不得开设", "it must not be open")
    TOO_NEAR = Text("与已开设的站点距离过近", "it is too near to an open site")
    QUOTA_FULL = Text("该组站点数已达上限", "its group has as many open sites as it may have")
    NO_OPTION = Text("没有可选的规模等级", "it has no size class")
    COST = Text("开设它会更贵", "opening it would cost more")
    UNPROVEN = Text("未证明开设它会更贵", "it is not proven that opening it would cost more")


@dataclass(frozen=True)
class NotOpen:
    """Why a site is not open.

    Parameters
    ----------
    site
        Which one.
    rule
        Why.
    other
        The open site that it is too near to, or the index of the quota; None where there is none.
    extra_cost
        What forcing it in would add to the cost at the least, with others closed as the rules ask; None where it can never
        be open or nothing is proven.
    """

    site: int
    rule: Rule
    other: int | None = None
    extra_cost: float | None = None


@dataclass(frozen=True)
class IsOpen:
    """Why a site is open.

    Parameters
    ----------
    site
        Which one.
    rule
        Why.
    other
        The index of the quota that needs it; None where there is none.
    extra_cost
        What forcing it out would add to the cost at the least; None where a rule forbids it or nothing is proven.
    """

    site: int
    rule: Rule
    other: int | None = None
    extra_cost: float | None = None


class Short(Enum):
    """What cannot be had."""

    REACH = "customers whom no site may serve"
    CAPACITY = "capacity for all demand"
    SIZE = "a site with room for all of a customer"
    MUST = "a site that must be open"
    NUMBER = "the number of open sites"
    QUOTA = "the number of a quota"
    SERVED = "demand that is served"


@dataclass(frozen=True)
class Shortfall:
    """A rule that no plan keeps, or not together with the others, and the nearest that is possible.

    Parameters
    ----------
    kind
        What cannot be had.
    wanted, possible
        By the rule, and as near as can be: numbers of sites or customers, or units of demand.
    text
        One line with the figures.
    items
        The customers, sites, or index of the quota.
    """

    kind: Short
    wanted: float
    possible: float
    text: Text
    items: tuple[int, ...] = ()


@dataclass(frozen=True)
class Result:
    """What a search found.

    Parameters
    ----------
    outcome
        How it ended.
    plan
        The best plan; None where none was found.
    cost
        Of the plan; None without one.
    bound
        Proven: no plan costs less; None where nothing is proven.
    not_open, is_open
        For each site the reason why it is not open, or why it is.
    shortfalls
        Where there is no plan: what cannot be had, and what is the nearest.
    prices
        Of the customers, shape (n_customers,), that prove the bound or a weaker one; None where there are none.
    n_steps
        Rounds of the bound and nodes of the tree.
    seconds
        Wall-clock time.
    """

    outcome: Outcome
    plan: LocationPlan | None
    cost: float | None
    bound: float | None
    not_open: tuple[NotOpen, ...]
    n_steps: int
    seconds: float
    is_open: tuple[IsOpen, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    prices: Floats | None = field(default=None, compare=False)
