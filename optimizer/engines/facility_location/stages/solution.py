"""Plans of a staged problem, and what a search hands back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from optimizer.engines.facility_location.solution import Shortfall
from optimizer.engines.facility_location.stages.problem import StagedProblem
from optimizer.engines.outcome import Outcome


class Leg(Enum):
    """Which haul beyond a station is meant."""

    TO_CENTRE = "station to centre"
    TO_PLANT = "station to plant"
    CENTRE_TO_PLANT = "centre to plant"


@dataclass(frozen=True)
class ProductSupply:
    """A share of what a customer has of a product that a station takes.

    Parameters
    ----------
    product, customer, station
        What goes whence and whither.
    fraction
        Of the customer's demand for the product, above 0 and at most 1.
    """

    product: int
    customer: int
    station: int
    fraction: float = 1.0


@dataclass(frozen=True)
class Haul:
    """An amount of a product that is carried on.

    Parameters
    ----------
    leg
        Between which kinds of site.
    product
        What is carried.
    origin, target
        The sites.
    amount
        In the unit of demand, above 0.
    """

    leg: Leg
    product: int
    origin: int
    target: int
    amount: float


@dataclass(frozen=True)
class StagedPlan:
    """The options that are open in both stages, who is served where, and what goes on whither.

    Parameters
    ----------
    stations, centres
        Rows of the options of each stage, in rising order.
    supplies, hauls
        All flows.
    """

    stations: tuple[int, ...] = ()
    centres: tuple[int, ...] = ()
    supplies: tuple[ProductSupply, ...] = ()
    hauls: tuple[Haul, ...] = ()


@dataclass(frozen=True)
class StagedResult:
    """What a search found.

    Parameters
    ----------
    outcome
        How it ended.
    plan, cost
        The best plan; None where none was found.
    bound
        Proven: no plan costs less; None where nothing is proven.
    shortfalls
        What keeps the problem from having a plan, where a count alone shows it.
    n_steps
        Rounds of the bound and nodes of the trees.
    seconds
        Wall-clock time.
    """

    outcome: Outcome
    plan: StagedPlan | None
    cost: float | None
    bound: float | None
    n_steps: int
    seconds: float
    shortfalls: tuple[Shortfall, ...] = ()


def haul_cost(problem: StagedProblem, haul: Haul) -> float:
    """Return what a unit costs on a haul; `inf` where it may not go there."""
    costs = {
        Leg.TO_CENTRE: problem.onward.to_centre,
        Leg.TO_PLANT: problem.onward.to_plant,
        Leg.CENTRE_TO_PLANT: problem.onward.centre_to_plant,
    }[haul.leg]
    return float(costs[haul.product, haul.origin, haul.target])


def staged_cost(problem: StagedProblem, plan: StagedPlan) -> float:
    """Return fixed and haul cost of a plan."""
    fixed = sum(float(problem.stations.options.fixed_cost[k]) for k in plan.stations)
    fixed += sum(float(problem.centres.options.fixed_cost[k]) for k in plan.centres)
    served = sum(
        float(problem.serve_cost[s.product, s.customer, s.station])
        * s.fraction
        * float(problem.demand[s.product, s.customer])
        for s in plan.supplies
    )
    return fixed + served + sum(haul_cost(problem, haul) * haul.amount for haul in plan.hauls)
