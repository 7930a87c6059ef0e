"""Why the engine's leavings are left, read off the fleet and not off the vehicles that were dealt to a part."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from layers.kinds.facilities import WastePoints
from optimizer.planners.collection.explaining.unserved import no_crew
from optimizer.planners.collection.night.reading import night_of
from tests.cities import tiny_city
from tests.optimizer.planners.collection.conftest import inventory, scenario


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
