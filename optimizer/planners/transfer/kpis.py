"""Measure a plan of transfer stations from the plan and the city alone."""

from __future__ import annotations

from optimizer.kpi import Kpi
from optimizer.plan import Plan
from optimizer.planners.transfer.measuring.figures import figures
from optimizer.planners.transfer.measuring.measured import Measured
from optimizer.planners.transfer.measuring.rules import code_figures
from optimizer.scenario import Scenario


def kpis(scenario: Scenario, plan: Plan) -> tuple[Kpi, ...]:
    """Return all figures of a plan."""
    measured = Measured.of(scenario, plan)
    return (*figures(measured), *code_figures(measured))
