"""Figures are made in their declared units."""

from __future__ import annotations

import pytest

from layers.text import Text
from optimizer.kpi import Declared, Kpi, KpiKind


def test_a_figure_has_the_unit_that_is_declared() -> None:
    kpi = Declared([KpiKind("bins", Text("桶", "bins"), "bins"), KpiKind("cost", Text("费用", "cost"), "yuan")])
    assert kpi("cost", 3) == Kpi("cost", 3.0, "yuan")
    assert kpi("bins", 2.0, "district A", "area=city") == Kpi("bins", 2.0, "bins", "district A", "area=city")
    with pytest.raises(KeyError):
        kpi("trips", 1.0)
