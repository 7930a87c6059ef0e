"""Measure a plan of toilets from the plan and the city alone."""

from __future__ import annotations

from optimizer.kpi import Kpi
from optimizer.plan import Plan
from optimizer.planners.toilets.measuring.figures import Measured, figures
from optimizer.planners.toilets.reading.ground import ground_of
from optimizer.scenario import Scenario


def kpis(scenario: Scenario, plan: Plan) -> tuple[Kpi, ...]:
    """Return all figures of a plan."""
    return tuple(figures(Measured.of(ground_of(scenario), plan)))
