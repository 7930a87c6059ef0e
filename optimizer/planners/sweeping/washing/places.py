"""Where washers stand and where they are filled: from the parameters, else the city's layers, else by a stated rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from layers.city import City
from layers.hours import parse_periods
from layers.kinds.facilities import WaterPoints
from layers.layer import Str
from layers.network import Network
from layers.text import Text
from layers.units import DAY_S
from optimizer.plan import Assumed
from optimizer.planners.sweeping.day.places import Place, Places, closed_in, depots_of, typed
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.scenario import Lock
from resources.inventory import Shift, VehicleType

_WATER = Text("取水点", "water points")
_WATER_RULE = Text("停车场处各一个", "one at each depot")
_SHUT = Text("夜间不开放的取水点", "water points closed at night")


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


def washing_places(
    city: City, params: SweepingParams, locks: tuple[Lock, ...], shift: Shift, network: Callable[[], Network]
) -> Places:
    """Return depots, and water points in the place of dumps.

    Parameters
    ----------
    locks
        A place whose lock says ``closed`` is not used.
    shift
        A water point that is not open all through it is not used.
    network
        Gives the network that the rule for a depot needs; called only where it does.
    """
    closed = closed_in(locks)
    depots, assumed = depots_of(city, params, closed, network)
    water: tuple[Place, ...] = typed(params.water_point, "water_point", city.epsg)
    if not water:
        water, n_shut = open_points(city[WaterPoints], shift, closed)
        if n_shut:
            rule = Text("班次内不全程开放，不使用", "not open all through the shift, not used")
            assumed = (*assumed, Assumed(_SHUT, n_shut, rule))
    if not water:
        water = tuple(WaterPoint(f"water-{d.id}", d.x_m, d.y_m) for d in depots)
        assumed = (*assumed, Assumed(_WATER, len(water), _WATER_RULE))
    return Places(depots, water, assumed)


def open_points(layer: WaterPoints, shift: Shift, closed: set[str]) -> tuple[tuple[Place, ...], int]:
    """Return the water points that are open all through a shift, and how many are not."""
    is_open = open_through(layer.open_periods, shift)
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
