"""Why the engine's leavings are left, read off the fleet and not off the vehicles that were dealt to a part."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.kinds.facilities import WastePoints
from optimizer.engines.vehicle_routing import Reason, Unserved
from optimizer.monitor import Silent
from optimizer.planners.collection.explaining.unserved import engine_reason, no_crew
from optimizer.planners.collection.night.reading import night_of
from optimizer.planners.collection.problem import prepare
from tests.cities import tiny_city
from tests.optimizer.planners.collection.conftest import inventory, scenario


@pytest.mark.parametrize(("missing", "told"), [(4, "1 kg"), (999, "100 kg"), (1000, "0.1 t"), (12_345, "1.3 t")])
def test_a_station_s_missing_capacity_is_told_in_kilograms_where_it_is_little(missing: int, told: str) -> None:
    """Missing are tenths of a kilogram, rounded up."""
    problem = prepare(scenario(), Silent())
    _, _, change = engine_reason(problem.night, problem.units[0], Unserved(0, Reason.NO_THROUGHPUT, missing), 0)
    assert change is not None
    assert change.en == f"+{told} of a station's capacity"


def test_a_task_without_a_crew_is_told_by_weight_or_by_the_vehicle_that_lacks() -> None:
    city = tiny_city()
    heavy = replace(city[WastePoints], other_kg_day=np.array([50_000.0, 120, 200, 90, 110]))
    night = night_of(scenario(city.with_layers(heavy), inventory(sealed_3t=1)))
    binding, reason, _ = no_crew(night, night.tasks.row_of["w1:OTHER"])
    assert binding == "capacity"
    assert reason.en == "50000 kg at one stop are 47000 kg more than a truck holds (3000 kg)"
    binding, reason, change = no_crew(night, night.tasks.row_of["w1:FOOD"])
    assert (binding, reason.en) == ("fleet_time", "no vehicle of its part was left for food waste")
    assert change is not None
    assert change.en.startswith("one more vehicle for food waste (")
