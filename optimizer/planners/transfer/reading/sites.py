"""Sites: stations that stand, the bureau's own candidates, and idle lots; where they lie and what lies beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.city import City
from layers.districts import names_of, with_districts
from layers.kinds.facilities import CandidateSites, TransferStations
from layers.kinds.parking import Lots
from layers.kinds.places import DistrictRing, Districts
from layers.kinds.streets import Streets
from layers.layer import F64, Bool, Rows, Str
from layers.text import Text
from optimizer.plan import Assumed
from optimizer.planners.transfer.params import TransferParams
from optimizer.planners.transfer.reading.classes import classes, land_taken_m2
from optimizer.planners.transfer.reading.nearby import Beside, Neighbours, beside
from optimizer.siting.candidates import Candidates, idle_lots, listed, twins
from optimizer.siting.candidates import beside as street_beside

# A station that says no capacity is taken to have this.
_USUAL_T_DAY = 50.0


@dataclass(frozen=True, eq=False)
class Sites:
    """Hold all sites, arrays of shape (n,): stations that stand first.

    Parameters
    ----------
    land
        Names, outlines, land, access and price. A station's outline is a square of its land.
    n_standing
        How many of them stand.
    state, compacting, n_bays, hours
        Of stations that stand; blank for land.
    capacity_t_day
        0 for land.
    onward_m
        To the nearest street that the truck to the plant may use.
    belt_left_m2
        Land behind the green belt of each class, shape (n, n_classes).
    twin_of
        The site before it that a site repeats.
    beside
        Who is near.
    """

    land: Candidates
    n_standing: int
    state: Rows
    compacting: Bool
    n_bays: Rows
    hours: Str
    capacity_t_day: F64
    onward_m: F64
    belt_left_m2: F64
    twin_of: dict[int, int]
    beside: Beside
    row_of: dict[str, int]
    assumed: tuple[Assumed, ...]

    def __len__(self) -> int:
        return len(self.land)

    def stands(self, row: int) -> bool:
        """Return whether a site is a station already."""
        return row < self.n_standing


def sites_of(city: City, params: TransferParams, drivable: tuple[Bool, Bool], neighbours: Neighbours) -> Sites:
    """Return the sites of a city.

    Parameters
    ----------
    drivable
        Streets that trucks to the station, and trucks to the plant, may use, each of shape (n_streets,).
    """
    city = _in_districts(city)
    streets, to_station = city[Streets], drivable[0]
    stations, told = _stations(city, streets, to_station)
    found = listed(city, streets, to_station)
    if params.lots:
        found = found.joined(idle_lots(city, streets, to_station, least_m2=classes()[0].land.value))
    land = _priced(city, stations.joined(found), params)
    layer, more = city[TransferStations], np.zeros(len(found), dtype=np.int64)
    capacity_t_day = np.concatenate([_capacity_t_day(layer), np.zeros(len(found))])
    return Sites(
        land=land,
        n_standing=len(layer),
        state=np.concatenate([layer.state.astype(np.int64), more]),
        compacting=np.concatenate([layer.compacting, more > 0]),
        n_bays=np.concatenate([layer.n_bays.astype(np.int64), more]),
        hours=np.concatenate([layer.open_periods.astype(str), np.full(len(found), "")]),
        capacity_t_day=capacity_t_day,
        onward_m=street_beside(streets, drivable[1], land.shapes)[1],
        belt_left_m2=_behind_belts_m2(land),
        twin_of=twins(land.shapes),
        beside=beside(neighbours, land.shapes, params),
        row_of={item: k for k, item in reversed(list(enumerate(land.ids.tolist())))},
        assumed=(*told, *_prices_assumed(stations.joined(found), params, len(layer))),
    )


def _in_districts(city: City) -> City:
    """Return the city with sites in districts by name: those that say none by where they lie."""
    districts = city[Districts]
    return city.with_layers(*(with_districts(city[kind], districts) for kind in (TransferStations, CandidateSites, Lots)))


def district_of(city: City) -> dict[str, str]:
    """Return the name of each district by name and by id."""
    districts = city[Districts]
    names = names_of(districts).tolist()
    return {**dict(zip(districts.ids.tolist(), names, strict=True)), **{name: name for name in names}}


def _capacity_t_day(layer: TransferStations) -> F64:
    return np.where(np.isnan(layer.capacity_t_day), _USUAL_T_DAY, layer.capacity_t_day)


def _stations(city: City, streets: Streets, drivable: Bool) -> tuple[Candidates, tuple[Assumed, ...]]:
    import shapely

    layer = city[TransferStations]
    n, xy_m, capacity_t_day = len(layer), layer.geometry.coords, _capacity_t_day(layer)
    by_size = np.array([land_taken_m2(t) for t in np.maximum(0.0, capacity_t_day)], dtype=np.float64)
    land_m2 = np.where(np.isnan(layer.land_m2), by_size, layer.land_m2)
    half_m = np.sqrt(np.maximum(0.0, land_m2)) / 2
    there = np.isfinite(xy_m).all(axis=1)
    low, high = np.nan_to_num(xy_m) - half_m[:, None], np.nan_to_num(xy_m) + half_m[:, None]
    shapes = np.where(there, shapely.box(*low.T, *high.T), shapely.Point()) if n else np.empty(0, dtype=object)
    width_m, away_m = street_beside(streets, drivable, shapes)
    stations = Candidates(
        ids=layer.ids.astype(str), name=layer.name.astype(str), district=layer.district.astype(str),
        layer=np.full(n, layer.KIND), shapes=shapes, xy_m=xy_m, land_m2=land_m2, access_width_m=width_m, access_m=away_m,
        land_yuan_m2=np.zeros(n),
    )  # fmt: skip
    n_land, n_sizes = int(np.isnan(layer.land_m2).sum()), int(np.isnan(layer.capacity_t_day).sum())
    told = []
    if n_land:
        rule = Text("按规模等级的用地", "as the class of its capacity takes")
        told.append(Assumed(Text("中转站用地", "land of stations"), n_land, rule))
    if n_sizes:
        rule = Text(f"每站 {_USUAL_T_DAY:g} t/d", f"{_USUAL_T_DAY:g} t/d each")
        told.append(Assumed(Text("转运能力", "capacity of stations"), n_sizes, rule))
    return stations, tuple(told)


def _priced(city: City, land: Candidates, params: TransferParams) -> Candidates:
    """Return the land with each district by its name, and with prices where it says none: by the ring of its district."""
    from dataclasses import replace

    names, districts = district_of(city), city[Districts]
    central = set(names_of(districts)[districts.ring == DistrictRing.CENTRAL].tolist())
    district = np.array([names.get(d, "") for d in land.district.tolist()], dtype=str)
    inside = np.isin(district, list(central))
    usual = np.where(inside, params.land_central_yuan_m2, params.land_outer_yuan_m2)
    return replace(land, district=district, land_yuan_m2=np.where(np.isnan(land.land_yuan_m2), usual, land.land_yuan_m2))


def _prices_assumed(land: Candidates, params: TransferParams, n_standing: int) -> tuple[Assumed, ...]:
    n = int(np.isnan(land.land_yuan_m2[n_standing:]).sum())
    rule = Text(
        f"中心城区 {params.land_central_yuan_m2:g}、其他区 {params.land_outer_yuan_m2:g} 元/m²",
        f"{params.land_central_yuan_m2:g} yuan/m² in central districts, {params.land_outer_yuan_m2:g} in others",
    )
    return (Assumed(Text("地价", "land prices"), n, rule),) if n else ()


def _behind_belts_m2(land: Candidates) -> F64:
    import shapely

    found = [shapely.area(shapely.buffer(land.shapes, -c.belt.value, join_style="mitre")) for c in classes()]
    return np.column_stack(found) if len(land) else np.empty((0, len(classes())))
