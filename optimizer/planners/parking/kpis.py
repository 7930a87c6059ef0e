"""Measure a plan of parking from the plan and the city alone."""

from __future__ import annotations

from optimizer.kpi import Kpi
from optimizer.plan import Plan
from optimizer.planners.parking.measuring.figures import Measured, figures
from optimizer.planners.parking.reading.ground import ground_of
from optimizer.scenario import Scenario


def kpis(scenario: Scenario, plan: Plan) -> tuple[Kpi, ...]:
    """Return all figures of a plan."""
    return tuple(figures(Measured.of(ground_of(scenario), plan)))
