"""An instance of facility location, answered in the file's own numbers, from 1, and units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from layers.text import Text
from optimizer.engines.facility_location import FacilityLocationProblem, LocationPlan, faults, plan_cost, solve
from optimizer.engines.instances.instance import Answer, Asked, Solution

# Decimals of costs: those of the files, and no more than doubles hold of their sums.
N_PLACES = 6


class Form(Enum):
    """How a family writes a solution."""

    ASSIGNED = "open sites, and who serves which share of whom"
    OPEN = "open vertices"


@dataclass(frozen=True)
class SiteInstance:
    """An instance as a problem of facility location.

    Parameters
    ----------
    name
        The file's name without its ending.
    problem
        Sites and customers in the file's order, costs in its units.
    form
        How a solution is written.
    notes
        What was found odd in the file, and how it was read.
    """

    name: str
    problem: FacilityLocationProblem
    form: Form
    notes: tuple[Text, ...] = ()

    def in_file(self, cost: float) -> int | float:
        """Return a cost in the file's units, which are the problem's."""
        rounded = round(cost, N_PLACES)
        return int(rounded) if rounded == int(rounded) else rounded

    def proven(self, bound: float | None) -> int | float | None:
        """Return a bound in the file's units."""
        return None if bound is None else self.in_file(bound)

    def answer(self, asked: Asked) -> Answer:
        """Solve, and check the plan without the solver."""
        result = solve(
            self.problem,
            limits=asked.limits,
            seed=asked.seed,
            monitor=asked.monitor,
            engine=asked.engine,
            threads=asked.threads,
        )
        plan = result.plan
        right = plan is not None and not faults(self.problem, plan, claimed_cost=result.cost)
        return Answer(
            objective=self.in_file(plan_cost(self.problem, plan)) if plan is not None and right else None,
            bound=self.proven(result.bound),
            solution=self.solution(plan or LocationPlan()),
            unserved=(),
            seconds=result.seconds,
            threads=1,
        )

    def solution(self, plan: LocationPlan) -> Solution:
        """Return the plan in the file's numbers."""
        is_open = [site + 1 for site in plan.sites(self.problem)]
        if self.form is Form.OPEN:
            return {"open": is_open}
        return {"open": is_open, "assign": [[s.site + 1, s.customer + 1, s.fraction] for s in plan.supplies]}
