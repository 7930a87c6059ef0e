"""Ways of waste on the streets: from points to sites by the collecting truck, from sites to plants by the large one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.city import City
from layers.errors import InputError
from layers.kinds.facilities import PlantKind, Plants
from layers.kinds.streets import Streets
from layers.layer import F64, Bool, Rows
from layers.meant import meant
from layers.network import Mover, Network, Router, build, matrix, snap
from layers.text import Text
from layers.units import HOUR_S, KM_M, TONNE_KG
from optimizer.ground.fleet import in_service, mover_of
from optimizer.ground.streams import FOOD
from optimizer.plan import Assumed
from optimizer.planners.transfer.params import TransferParams
from resources.costs import wages_yuan_day, yuan_km
from resources.inventory import Inventory, VehicleKind, VehicleType

# The large truck: as wide and high as the law lets it be, from a street of one lane on.
_WIDTH_M, _HEIGHT_M, _STREET_M, _SPEED_MPS = 2.55, 3.6, 3.5, 16.0
# Sites whose ways are looked for between two questions whether to stop.
_CHUNK = 8
_PAID_HOURS = 8.0
# Which plants take a stream, the first kinds that there are.
_FOR_FOOD = (PlantKind.FOOD_WASTE, PlantKind.INCINERATOR, PlantKind.LANDFILL, PlantKind.UNKNOWN)
_FOR_OTHERS = (PlantKind.INCINERATOR, PlantKind.LANDFILL, PlantKind.UNKNOWN)


def truck_of(inventory: Inventory, params: TransferParams) -> VehicleType:
    """Return the type of vehicle that brings waste: the one of the parameters, else the one for the narrowest streets.

    Raises
    ------
    InputError
        Where there is no such type, or none that collects.
    """
    collecting = in_service(inventory, (VehicleKind.COLLECTION, VehicleKind.BIN_LIFTER))
    if params.haul_type:
        if params.haul_type not in inventory.type_of:
            hint = meant(params.haul_type, inventory.type_of)
            zh = f"参数 haul_type：没有车型“{params.haul_type}”{hint.zh}"
            raise InputError(Text(zh, f"parameter 'haul_type': no vehicle type {params.haul_type!r}{hint.en}"))
        return inventory.type_of[params.haul_type]
    if not collecting:
        raise InputError(
            Text(
                "资源库中没有在用的收运车；请补充或指定 haul_type",
                "the inventory has no collecting vehicle in service; add one, or name haul_type",
            )
        )
    return min(collecting, key=lambda v: (v.kind is VehicleKind.BIN_LIFTER, v.least_street_width_m, -v.hopper_kg, v.key))


def haul_yuan_t_km(inventory: Inventory, params: TransferParams) -> float:
    """Return what bringing a tonne over a kilometre costs, the way back included: energy, wear, vehicle and wages."""
    if params.haul_yuan_t_km > 0:
        return params.haul_yuan_t_km
    truck, crew = truck_of(inventory, params), inventory.crew("collection")
    wages = wages_yuan_day(crew, crew.n_per_vehicle) if crew else 0.0
    hour_yuan = (truck.fixed_yuan_day + wages) / _PAID_HOURS
    km_yuan = yuan_km(truck, inventory.prices) + hour_yuan * KM_M / (params.haul_mps * HOUR_S)
    load_t = truck.hopper_kg / TONNE_KG * params.haul_load_pct / 100
    if load_t <= 0:
        zh = f"车型“{truck.key}”的载重为 {truck.hopper_kg:g} kg，无法计算运价；请改正或给出 haul_yuan_t_km"
        en = f"the vehicle type {truck.key!r} holds {truck.hopper_kg:g} kg: no price; mend it or give haul_yuan_t_km"
        raise InputError(Text(zh, en))
    return 2 * km_yuan / load_t


@dataclass(frozen=True, eq=False)
class Ways:
    """Hold the streets that a truck may use; its fastest ways there are found when they are first wanted."""

    network: Network
    streets: Streets

    @staticmethod
    def of(city: City, mover: Mover) -> Ways:
        """Return the ways of a mover.

        Raises
        ------
        NetworkError
            Where it may use no street.
        """
        network = build(city, mover)
        return Ways(network, city[Streets])

    @property
    def drivable(self) -> Bool:
        """Streets in use, shape (n_streets,)."""
        mask = np.zeros(len(self.streets), dtype=bool)
        mask[self.network.arc_street] = True
        return mask

    @cached_property
    def backwards(self) -> Router:
        """Ways to places, looked for from these."""
        return Router(self.network.backwards())

    def km(self, origins: F64, targets: F64, stopped: Callable[[], bool] = lambda: False) -> F64 | None:
        """Return the lengths of the fastest ways, kilometres, shape (n_origins, n_targets); None where it was stopped.

        Parameters
        ----------
        origins, targets
            Shapes (n, 2), metres. Ways to few places are quickly found.
        """
        if not len(origins) or not len(targets):
            return np.zeros((len(origins), len(targets)))
        router, parts = self.backwards, []
        ends = snap(router.network, self.streets, origins)
        for k in range(0, len(targets), _CHUNK):
            if stopped():
                return None
            parts.append(matrix(router, snap(router.network, self.streets, targets[k : k + _CHUNK]), ends).length_m)
        return np.concatenate(parts).T.astype(np.float64) / KM_M


def station_ways(city: City, inventory: Inventory, params: TransferParams) -> Ways:
    """Return the ways of the trucks that bring waste to stations."""
    return Ways.of(city, mover_of(truck_of(inventory, params)))


def onward_ways(city: City, params: TransferParams) -> Ways:
    """Return the ways of the trucks from stations to plants."""
    mover = Mover("转运车", _SPEED_MPS, _WIDTH_M, _HEIGHT_M, params.onward_weight_kg, _STREET_M)
    return Ways.of(city, mover)


@dataclass(frozen=True, eq=False)
class Ends:
    """Hold where streams end.

    Parameters
    ----------
    plant
        Row of the plant of each site and stream, shape (n_sites, n_streams); -1 where there is none.
    km
        How far that is; 0 where there is none.
    """

    plant: Rows
    km: F64


def takes(plants: Plants, stream: int) -> Rows:
    """Return the plants that take a stream: of the first kind that there is."""
    for kind in _FOR_FOOD if stream == FOOD else _FOR_OTHERS:
        rows = np.flatnonzero(plants.plant == kind)
        if len(rows):
            return rows
    return np.empty(0, dtype=np.int64)


def ends_of(plants: Plants, ways: Ways, xy_m: F64, streams: tuple[int, ...]) -> Ends:
    """Return the nearest plant of each place for each stream, and the way to it.

    Parameters
    ----------
    xy_m
        Shape (n_places, 2).
    """
    n = max(streams) + 1
    plant, km = np.full((len(xy_m), n), -1, dtype=np.int64), np.zeros((len(xy_m), n))
    there = np.flatnonzero(np.isfinite(xy_m).all(axis=1))
    for stream in streams:
        rows = takes(plants, stream)
        rows = rows[np.isfinite(plants.geometry.coords[rows]).all(axis=1)]
        if not len(rows) or not len(there):
            continue
        found = ways.km(xy_m[there], plants.geometry.coords[rows])
        assert found is not None
        best = np.argmin(found, axis=1)
        plant[there, stream] = rows[best]
        km[there, stream] = found[np.arange(len(there)), best]
    return Ends(plant, km)


def without_plants(plants: Plants, streams: tuple[int, ...]) -> tuple[Assumed, ...]:
    """Return which streams end nowhere."""
    from optimizer.ground.streams import STREAMS

    rule = Text("没有处理厂：不计转运费", "no plant is known: hauling on costs nothing")
    return tuple(Assumed(STREAMS[s].label, 1, rule) for s in streams if not len(takes(plants, s)))
