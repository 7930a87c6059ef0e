"""Stations where trucks unload: when they are open, how many at once, how much a night; and depots, some with chargers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from layers.city import City
from layers.hours import parse_periods
from layers.kinds.facilities import Depots, PlantKind, Plants, StationState, TransferStations
from layers.network import Network
from layers.text import Text
from layers.units import DAY_S, TONNE_KG
from optimizer.ground.places import Place, closed_in, depots_of, layered, placed_by, typed
from optimizer.plan import Assumed
from optimizer.planners.collection.params import CollectionParams
from optimizer.scenario import Lock


@dataclass(frozen=True, slots=True)
class Station(Place):
    """Hold one station.

    Parameters
    ----------
    n_bays
        Vehicles that can unload at one time.
    capacity_kg
        What it takes in all, for this; infinite where nobody gave it.
    open_s
        Periods of the day, seconds after midnight; empty stands for always.
    """

    n_bays: int = 1
    capacity_kg: float = np.inf
    open_s: tuple[tuple[int, int], ...] = ()

    def open_in(self, start_s: float, end_s: float) -> tuple[tuple[float, float], ...]:
        """Return when it is open between two moments, periods that touch joined."""
        if not self.open_s:
            return ((start_s, end_s),)
        daily = sorted((a + k * DAY_S, b + k * DAY_S) for a, b in self.open_s for k in (-1, 0, 1, 2))
        found: list[tuple[float, float]] = []
        for a, b in ((max(a, start_s), min(b, end_s)) for a, b in daily if a < end_s and b > start_s):
            if found and a <= found[-1][1]:
                found[-1] = (found[-1][0], max(b, found[-1][1]))
            else:
                found.append((a, b))
        return tuple(found)


@dataclass(frozen=True)
class Places:
    """Hold depots and stations, what of them nobody gave, and which depots charge."""

    depots: tuple[Place, ...]
    n_bays: tuple[int, ...]
    charging: frozenset[str]
    stations: tuple[Station, ...]
    assumed: tuple[Assumed, ...] = ()


_STATION = Text("卸料站", "station to unload at")
_STATION_RULE = Text("第一个停车场处", "at the first depot")


def places_of(city: City, params: CollectionParams, locks: tuple[Lock, ...], network: Callable[[], Network]) -> Places:
    """Return depots and stations: of the parameters, else of the layers, else by a rule that is told as assumed."""
    closed = closed_in(locks)
    depots, assumed = depots_of(city, params.depot, closed, network)
    stations, told = _stations(city, params, closed)
    if not stations:
        at = Place("station-assumed", depots[0].x_m, depots[0].y_m)
        stations = (Station(at.id, at.x_m, at.y_m, params.n_bays),)
        told = (Assumed(_STATION, 1, placed_by(_STATION_RULE, at, city.epsg)),)
    layer, row_of = city[Depots], city[Depots].row_of
    rows = [row_of.get(d.id, -1) for d in depots]
    n_bays = tuple(max(1, int(layer.n_bays[r])) if r >= 0 else 1 for r in rows)
    charging = frozenset(d.id for d, r in zip(depots, rows, strict=True) if r >= 0 and layer.charging[r])
    return Places(depots, n_bays, charging, stations, (*assumed, *told))


def _stations(city: City, params: CollectionParams, closed: set[str]) -> tuple[tuple[Station, ...], tuple[Assumed, ...]]:
    named = typed(params.station, "station", city.epsg)
    if named:
        return tuple(Station(p.id, p.x_m, p.y_m, params.n_bays) for p in named), _bays_assumed(len(named), params)
    layer = city[TransferStations]
    found, n_blank = [], 0
    for place in layered(city, (TransferStations,), closed):
        row = layer.row_of[place.id]
        capacity_kg = layer.capacity_t_day[row] * TONNE_KG * params.station_share / 100
        n_bays = int(layer.n_bays[row])
        n_blank += n_bays < 1
        held = np.inf if np.isnan(capacity_kg) else float(capacity_kg)
        hours = parse_periods(str(layer.open_periods[row]))
        found.append(Station(place.id, place.x_m, place.y_m, n_bays if n_bays >= 1 else params.n_bays, held, hours))
    if found:
        n_unknown = sum(s.capacity_kg == np.inf for s in found)
        return tuple(found), (*_bays_assumed(n_blank, params), *_boundless(n_unknown))
    plants = [Station(p.id, p.x_m, p.y_m, params.n_bays) for p in layered(city, (Plants,), closed)]
    return tuple(plants), _bays_assumed(len(plants), params)


def _bays_assumed(n: int, params: CollectionParams) -> tuple[Assumed, ...]:
    rule = Text(f"每站 {params.n_bays} 个", f"{params.n_bays} at each station")
    return (Assumed(Text("卸料泊位", "unloading bays"), n, rule),) if n else ()


def _boundless(n: int) -> tuple[Assumed, ...]:
    rule = Text("未给转运能力：不限量", "no capacity is given: without limit")
    return (Assumed(Text("转运能力", "stations' capacity"), n, rule),) if n else ()


def food_capacity_t_day(city: City) -> float | None:
    """Return what the city's food-waste plants take, tonnes a day; None where no plant is known."""
    plants = city[Plants]
    if not len(plants):
        return None
    return float(np.nansum(plants.capacity_t_day[plants.plant == PlantKind.FOOD_WASTE]))


def closed_stations(city: City) -> int:
    """Return how many transfer stations are to be closed, and are not used."""
    return int((city[TransferStations].state == StationState.TO_CLOSE).sum())
