"""Check a plan of transfer stations without the model: works, years, loads, numbers, money; on asking all ways anew."""

from __future__ import annotations

from optimizer.ground.faults import wrong_objective
from optimizer.plan import Plan, PlanFault
from optimizer.planners.transfer.checking.ground import Ground
from optimizer.planners.transfer.checking.loads import load_faults
from optimizer.planners.transfer.checking.money import cost_faults, objective
from optimizer.planners.transfer.checking.numbers import number_faults
from optimizer.planners.transfer.checking.ways import way_faults
from optimizer.planners.transfer.checking.works import work_faults
from optimizer.planners.transfer.checking.years import year_faults
from optimizer.scenario import Scenario

# A plan with one of these cannot be priced.
_BROKEN = {"unknown_site", "changed_twice", "not_open", "wrong_kind"}


def faults(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    """Return all that is wrong with a plan, but for the lengths of its ways."""
    ground = Ground.of(scenario)
    found = [*work_faults(ground, plan), *load_faults(ground, plan), *year_faults(ground, plan)]
    if not {f.code for f in found} & _BROKEN:
        found += [*number_faults(ground, plan), *cost_faults(ground, plan)]
        found += wrong_objective(plan, objective(ground, plan))
    return tuple(found)


def recheck(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    """Return ways whose length on the streets is another: every one is looked for again."""
    return tuple(way_faults(Ground.of(scenario), plan))
