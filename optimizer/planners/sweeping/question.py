"""Which question is asked: the sweeping of a day, or the calendar of washing; each has its own problem, checks, figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from layers.text import Text
from optimizer.kpi import Kpi
from optimizer.monitor import Monitor
from optimizer.params import Params
from optimizer.plan import Draft, Plan, PlanFault
from optimizer.planners.sweeping import checks, kpis, modes, problem
from optimizer.planners.sweeping.checking import recheck as reasons_again
from optimizer.planners.sweeping.day.fleet import offered
from optimizer.planners.sweeping.day.kerbs import passes_of
from optimizer.planners.sweeping.explaining import why
from optimizer.planners.sweeping.measuring.figures import kpi
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.problem import SweepingProblem
from optimizer.planners.sweeping.search.proven import most_rate_pct
from optimizer.planners.sweeping.washing import checks as washing_checks
from optimizer.planners.sweeping.washing import kpis as washing_kpis
from optimizer.planners.sweeping.washing import model as washing_model
from optimizer.planners.sweeping.washing import problem as washing_problem
from optimizer.planners.sweeping.washing import why as washing_why
from optimizer.planners.sweeping.washing.problem import WashingProblem
from optimizer.scenario import Scenario

Problem: TypeAlias = SweepingProblem | WashingProblem


def is_calendar(params: Params) -> bool:
    """Return whether the calendar of washing is asked for."""
    return isinstance(params, SweepingParams) and params.mode == "washing"


def prepare(scenario: Scenario, monitor: Monitor) -> Problem:
    """Return the problem of the question; raises what its own `prepare` does."""
    if is_calendar(scenario.params):
        return washing_problem.prepare(scenario, monitor)
    return problem.prepare(scenario, monitor)


def solve(asked: Problem, params: SweepingParams, monitor: Monitor) -> Draft:
    """Return the best plan found within the limits."""
    if isinstance(asked, WashingProblem):
        return washing_why.explained(asked, washing_model.solve(asked, params, monitor), lambda: monitor.stopped)
    return modes.solve(asked, params, monitor)


def faults(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    """Return all that is wrong with a plan."""
    return washing_checks.faults(scenario, plan) if is_calendar(scenario.params) else checks.faults(scenario, plan)


def measure(scenario: Scenario, plan: Plan) -> tuple[Kpi, ...]:
    """Return all figures of a plan."""
    if is_calendar(scenario.params):
        return washing_kpis.kpis(scenario, plan)
    return (*kpis.kpis(scenario, plan), *most_possible(scenario, plan))


def most_possible(scenario: Scenario, plan: Plan) -> Iterator[Kpi]:
    """Yield the rate that no plan of the fleet exceeds, where the highest is asked for."""
    params = scenario.params
    assert isinstance(params, SweepingParams)
    if params.mode == "rate":
        passes, fleet_there = passes_of(scenario.city, params), offered(scenario.inventory, params)
        most_pct = most_rate_pct(passes, fleet_there, params, plan.unserved)
        if most_pct is not None:
            yield kpi("most_rate", most_pct)


def recheck(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    """Return what takes longer to find wrong; nothing of a calendar does."""
    return () if is_calendar(scenario.params) else reasons_again.recheck(scenario, plan)


def explain(asked: Problem, plan: Plan, item: str) -> Text:
    """Return why a street is as it is."""
    if isinstance(asked, WashingProblem):
        return washing_why.explain(asked, plan, item)
    return why.explain(asked, plan, item)
