"""Where vehicles take water: from the parameters, else the city's water points, else at each depot by a stated rule."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from layers.city import City
from layers.hours import parse_periods
from layers.kinds.facilities import WaterPoints
from layers.layer import Str
from layers.text import Text
from layers.units import DAY_S
from optimizer.ground.places import Place, closed_in, typed
from optimizer.plan import Assumed
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.day.places import Places
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.scenario import Scenario
from resources.inventory import Inventory, Shift, VehicleType

_WATER = Text("取水点", "water points")
_WATER_RULE = Text("停车场处各一个", "one at each depot")
_SHUT = Text("班次内不开放的取水点", "water points closed in a shift")


@dataclass(frozen=True, slots=True)
class WaterPoint(Place):
    """Hold one water point.

    Parameters
    ----------
    flow_lps
        Litres a second; NaN where nobody gave it.
    """

    flow_lps: float = np.nan


def refill_s(point: Place, vehicle: VehicleType, tank_l: float) -> float:
    """Return the seconds of filling a tank: the vehicle's, or longer where a whole tank takes longer to flow."""
    flow_lps = point.flow_lps if isinstance(point, WaterPoint) else np.nan
    return float(np.fmax(vehicle.refill_s, tank_l / flow_lps))


def water_of(
    city: City, params: SweepingParams, shifts: tuple[Shift, ...], closed: set[str], depots: tuple[Place, ...]
) -> tuple[tuple[WaterPoint, ...], tuple[Assumed, ...]]:
    """Return the water points of a scenario, and what of them nobody gave.

    Parameters
    ----------
    shifts
        A water point that is not open all through each of them is not used.
    closed
        Places that locks keep closed.
    depots
        Where tanks are filled if there is no water point.
    """
    assumed: tuple[Assumed, ...] = ()
    water = tuple(WaterPoint(p.id, p.x_m, p.y_m) for p in typed(params.water_point, "water_point", city.epsg))
    if not water:
        water, n_shut = open_points(city[WaterPoints], shifts, closed)
        if n_shut:
            rule = Text("班次内不全程开放，不使用", "not open all through the shift, not used")
            assumed = (Assumed(_SHUT, n_shut, rule),)
    if not water:
        water = tuple(WaterPoint(f"water-{d.id}", d.x_m, d.y_m) for d in depots)
        assumed = (*assumed, Assumed(_WATER, len(water), _WATER_RULE))
    return water, assumed


def with_water(places: Places, scenario: Scenario, inventory: Inventory) -> Places:
    """Return a day's places with water points, where some sweeper sprays off a tank.

    Parameters
    ----------
    inventory
        As the question has it.

    Raises
    ------
    ParameterError
        Where a shift is unknown, or a place cannot be read.
    """
    params = scenario.params
    assert isinstance(params, SweepingParams)
    typed(params.water_point, "water_point", scenario.city.epsg)  # told where it cannot be read, needed or not
    if not any(fleet.sprays(vehicle) for vehicle in fleet.sweepers(inventory)):
        return places
    shifts, closed = fleet.shifts_of(inventory, params), closed_in(scenario.locks)
    water, told = water_of(scenario.city, params, shifts, closed, places.depots)
    return replace(places, water=water, assumed=(*places.assumed, *told))


def open_points(layer: WaterPoints, shifts: tuple[Shift, ...], closed: set[str]) -> tuple[tuple[WaterPoint, ...], int]:
    """Return the water points that are open all through some shifts, and how many are not."""
    is_open = np.all([open_through(layer.open_periods, shift) for shift in shifts], axis=0).tolist()
    columns = (layer.ids.tolist(), layer.geometry.coords.tolist(), layer.flow_lps.tolist())
    points = tuple(WaterPoint(item, xy[0], xy[1], flow) for item, xy, flow in zip(*columns, strict=True))
    return tuple(p for p, there in zip(points, is_open, strict=True) if there and p.id not in closed), is_open.count(False)


def open_through(periods: Str, shift: Shift) -> list[bool]:
    """Return which opening hours cover a whole shift; those that nobody gave do."""
    return [not text or _covered(str(text), shift) for text in periods.tolist()]


def _covered(text: str, shift: Shift) -> bool:
    """Return whether periods cover a shift, which may pass midnight; they come again every day."""
    daily = parse_periods(text)
    until_s = shift.start_s
    for start_s, end_s in sorted((s + k * DAY_S, e + k * DAY_S) for s, e in daily for k in (-1, 0, 1, 2)):
        if start_s <= until_s < end_s:
            until_s = end_s
    return until_s >= shift.end_s
