"""The first plan of a part: sound, and each truck goes on to what is nearest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from layers.kinds.facilities import TransferStations, WastePoints
from optimizer.engines.vehicle_routing import VisitKind, faults
from optimizer.monitor import Silent
from optimizer.planners.collection.problem import prepare
from optimizer.planners.collection.search.first import first_plan
from tests.cities import tiny_city
from tests.optimizer.planners.collection.conftest import inventory, scenario


def test_a_truck_goes_on_to_the_nearest_point_and_unloads_when_it_is_full() -> None:
    points = replace(tiny_city()[WastePoints], other_kg_day=np.full(5, 900.0))  # three fit into a truck of 3 t
    asked = scenario(tiny_city().with_layers(points), inventory(sealed_3t=1), streams="other")
    (unit,) = prepare(asked, Silent()).units
    plan = first_plan(unit)
    assert plan is not None
    assert faults(unit.problem, plan) == ()
    assert plan.served == frozenset(range(5))
    kinds = [visit.kind for visit in plan.routes[0].visits]
    assert kinds.count(VisitKind.STATION) == 2
    first = unit.problem.profiles[0].time_s[unit.problem.groups[0].start_place, unit.problem.stops.place].argmin()
    assert plan.routes[0].stops[0] == first


def test_a_station_takes_no_more_than_it_can() -> None:
    station = replace(tiny_city()[TransferStations], capacity_t_day=np.array([0.3]))
    asked = scenario(tiny_city().with_layers(station), inventory(sealed_3t=1), streams="other")
    (unit,) = prepare(asked, Silent()).units
    plan = first_plan(unit)
    assert plan is None or faults(unit.problem, plan) == ()
