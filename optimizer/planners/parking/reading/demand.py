"""Who wants a berth, where and when: cars of zones or of their blocks, at night, by day and in the evening."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import cKDTree

from layers.city import City
from layers.kinds.parking import ParkingDemand
from layers.kinds.places import Population
from layers.kinds.streets import RoadClass, Streets
from layers.layer import F64, Bool, Rows
from layers.text import Text
from layers.units import KM_M
from optimizer.ground.quarters import in_old_quarters
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.reading.areas import Areas

_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Period:
    """A part of the day in which the same cars want a berth.

    Parameters
    ----------
    hour
        By which assignments name it.
    """

    key: str
    hour: int
    label: Text


PERIODS = (
    Period("night", 2, Text("夜间", "night")),
    Period("day", 10, Text("白天", "day")),
    Period("evening", 19, Text("傍晚", "evening")),
)


@dataclass(frozen=True, eq=False)
class Demand:
    """Hold cars by place, one row each.

    Parameters
    ----------
    ids
        Of the zone, or of the block of the population layer that bears a part of it.
    zone
        Row of the demand layer that each is of, shape (n,).
    xy_m
        Shape (n, 2).
    n_cars
        Cars that want a berth in each period, shape (n_periods, n), whole.
    n_own
        Berths that the zone has of its own, which others do not use, shape (n,).
    district
        Row of the district, -1 for none.
    old, central
        Whether it lies in an old quarter, and in a central district.
    guessed
        Whether cars were told from residents, since no demand is given.
    """

    ids: tuple[str, ...]
    zone: Rows
    xy_m: F64
    n_cars: Rows
    n_own: Rows
    district: Rows
    old: Bool
    central: Bool
    guessed: bool = False

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def n_wanting(self) -> Rows:
        """Cars that find no berth of their zone's own, shape (n_periods, n)."""
        left: Rows = np.maximum(0, self.n_cars - self.n_own)
        return left


def demand_of(city: City, areas: Areas, params: ParkingParams) -> Demand:
    """Return who wants a berth; zones are spread over blocks where the city has a population layer and it is asked for."""
    layer = city[ParkingDemand]
    if not np.nansum(layer.n_night) + np.nansum(layer.n_day) + np.nansum(layer.n_visitors):
        return _guessed(city, areas, params)
    zones_m = layer.geometry.coords.reshape(-1, 2)
    figures = {name: np.nan_to_num(getattr(layer, name)) for name in ("n_night", "n_day", "n_visitors", "n_existing_berths")}
    ids, zone, xy_m, parts = _blocks(city, zones_m, params)
    living, working = parts
    night, own = _dealt(figures["n_night"], zone, living), _dealt(figures["n_existing_berths"], zone, living)
    day, visitors = _dealt(figures["n_day"], zone, working), _dealt(figures["n_visitors"], zone, working)
    guests = visitors / params.turnover_ratio
    n_cars = np.rint(
        np.stack(
            [
                night,
                night * params.day_share / _PERCENT + day + guests,
                night * params.evening_share / _PERCENT + guests,
            ]
        )
    ).astype(np.int64)
    district = areas.rows_of(layer.district[zone], xy_m)
    central = np.append(areas.central, False)[district].astype(bool)
    return Demand(ids, zone, xy_m, n_cars, np.rint(own).astype(np.int64), district, in_old_quarters(city, xy_m), central)


def _guessed(city: City, areas: Areas, params: ParkingParams) -> Demand:
    """Return the cars of residents and workers of the population layer; without one, so many a kilometre of side street."""
    people = city[Population]
    share = params.cars_share / _PERCENT
    night, day = share * np.nan_to_num(people.n_residents), share * np.nan_to_num(people.n_jobs)
    xy_m, ids, names = people.geometry.coords.reshape(-1, 2), people.ids, people.district
    if not night.sum() + day.sum():
        streets = city[Streets]
        side = np.isin(streets.road_class, [RoadClass.BRANCH, RoadClass.BACK_STREET]) & (
            np.diff(streets.geometry.offsets[0]) > 1
        )
        lines = streets.geometry.shapely[side]
        xy_m = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
        night = shapely.length(lines) / KM_M * params.street_cars_ratio
        day, ids, names = np.zeros(len(night)), streets.ids[side], streets.district[side]
    n_cars = np.rint(
        np.stack([night, night * params.day_share / _PERCENT + day, night * params.evening_share / _PERCENT])
    ).astype(np.int64)
    district, n = areas.rows_of(names, xy_m), len(ids)
    central, none = np.append(areas.central, False)[district].astype(bool), np.zeros(n, dtype=np.int64)
    old = in_old_quarters(city, xy_m)
    return Demand(tuple(ids.tolist()), np.arange(n), xy_m, n_cars, none, district, old, central, guessed=True)


def _blocks(city: City, zones_m: F64, params: ParkingParams) -> tuple[tuple[str, ...], Rows, F64, tuple[F64, F64]]:
    """Return places with their zone and what each bears of it: by residents, and by jobs."""
    zones, people = city[ParkingDemand], city[Population]
    n = len(zones)
    if not (params.by_blocks and len(people) and n):
        return tuple(zones.ids.tolist()), np.arange(n), zones_m, (np.ones(n), np.ones(n))
    blocks_m = people.geometry.coords
    own = np.asarray(cKDTree(zones_m).query(blocks_m)[1], dtype=np.int64)
    residents, jobs = np.nan_to_num(people.n_residents), np.nan_to_num(people.n_jobs)
    # a zone that has no block, or whose blocks have nobody, stands for itself
    bare = np.flatnonzero((np.bincount(own, residents, n) <= 0) | (np.bincount(own, jobs, n) <= 0))
    kept = np.flatnonzero(~np.isin(own, bare) & (residents + jobs > 0))
    ids = (*people.ids[kept].tolist(), *zones.ids[bare].tolist())
    ones = np.ones(len(bare))
    return (
        ids,
        np.concatenate([own[kept], bare]),
        np.vstack([blocks_m[kept], zones_m[bare]]),
        (np.concatenate([residents[kept], ones]), np.concatenate([jobs[kept], ones])),
    )


def _dealt(n: F64, zone: Rows, part: F64) -> F64:
    """Return a zone's number dealt to its places in proportion."""
    whole = np.bincount(zone, part, len(n))
    share: F64 = part / np.maximum(whole[zone], 1e-12)
    return n[zone] * share
