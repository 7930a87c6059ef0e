"""HiGHS on the whole problem, or on what is left of it."""

from __future__ import annotations

from optimizer.engines.budget import Budget
from optimizer.engines.facility_location.problem import FacilityLocationProblem
from optimizer.engines.facility_location.programme import Scope, model_of
from optimizer.engines.facility_location.solution import LocationPlan
from optimizer.engines.highs import solve_programme


def solve_with_highs(
    problem: FacilityLocationProblem, scope: Scope, budget: Budget
) -> tuple[LocationPlan | None, float, int]:
    """Return the best plan within a scope, what is proven of all plans in it (`inf`: there is none), and the nodes searched.

    Where the caller stops, nothing comes back.
    """
    model = model_of(problem, scope)
    solved = solve_programme(model.programme, budget)
    return None if solved.x is None else model.plan(solved.x), solved.bound + problem.base_cost, solved.n_nodes
