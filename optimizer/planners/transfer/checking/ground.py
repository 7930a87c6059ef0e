"""Sites, waste and rules as the checker reads them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from layers.assume import assume_streets
from layers.city import City
from layers.districts import names_of, with_districts
from layers.kinds.facilities import CandidateSites, StationState, TransferStations, WastePoints
from layers.kinds.parking import LotKind, Lots
from layers.kinds.places import DistrictRing, Districts, Population, SensitiveKind, SensitivePlaces
from layers.kinds.streets import Streets
from layers.layer import F64, Rows
from layers.network import Network, build
from layers.units import TONNE_KG
from optimizer.ground.amounts import amounts_kg
from optimizer.ground.fleet import mover_of
from optimizer.ground.streams import STREAMS, collected
from optimizer.planners.transfer.checking.ways import onward_mover, truck
from optimizer.planners.transfer.params import TransferParams
from optimizer.scenario import Scenario
from resources.standards import standard

CLASSES = ("v", "iv", "iii", "ii", "i")
_USUAL_T_DAY = 50.0


@dataclass(frozen=True, slots=True)
class Site:
    """Hold one site; `capacity_t_day` and `state` are of a station that stands, `shape` is its outline."""

    id: str
    layer: str
    shape: Any
    district: str
    land_m2: float
    width_m: float
    land_yuan_m2: float
    capacity_t_day: float = 0.0
    state: StationState | None = None
    compacting: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is a station already."""
        return self.state is not None


def class_mark(size_t_day: float) -> str:
    """Return the class of a size: from the highest whose least size it reaches."""
    for mark in reversed(CLASSES[1:]):
        if size_t_day >= standard(f"T1.{mark}").values[0]:
            return str(mark)
    return str(CLASSES[0])


def lot_m2(size_t_day: float) -> float:
    """Return the land that a size takes, by the line from the least to the most of its class."""
    mark = class_mark(size_t_day)
    sizes, land = standard(f"T1.{mark}").values, standard(f"T1.land.{mark}").values
    low = sizes[0] if len(sizes) > 1 else 0.0
    return float(np.interp(size_t_day, [low, sizes[-1]], land))


@dataclass(frozen=True, eq=False)
class Ground:
    """Hold what the checker reads of a scenario."""

    scenario: Scenario
    city: City
    params: TransferParams

    @staticmethod
    def of(scenario: Scenario) -> Ground:
        """Return the ground of a scenario."""
        assert isinstance(scenario.params, TransferParams)
        city = scenario.city.with_layers(assume_streets(scenario.city[Streets]))
        found = (with_districts(city[kind], city[Districts]) for kind in (TransferStations, CandidateSites, Lots))
        return Ground(scenario, city.with_layers(*found), scenario.params)

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each district by name or id."""
        districts = self.city[Districts]
        pairs = zip(districts.ids.tolist(), names_of(districts).tolist(), strict=True)
        return {word: name for key, name in pairs for word in (key, name)}

    @cached_property
    def sites(self) -> dict[str, Site]:
        """All sites by id; of equal ids the first, stations before land."""
        found: dict[str, Site] = {}
        for site in (*self._stations(), *self._land()):
            found.setdefault(site.id, site)
        return found

    def _stations(self) -> list[Site]:
        import shapely

        layer, found = self.city[TransferStations], []
        for k, key in enumerate(layer.ids.tolist()):
            x_m, y_m = layer.geometry.coords[k]
            size = _or(layer.capacity_t_day[k], _USUAL_T_DAY)
            land_m2 = _or(layer.land_m2[k], lot_m2(max(0.0, size)))
            half_m = math.sqrt(max(0.0, land_m2)) / 2
            outline = shapely.box(x_m - half_m, y_m - half_m, x_m + half_m, y_m + half_m)
            shape = outline if math.isfinite(x_m + y_m) else shapely.Point()
            state, district = StationState(int(layer.state[k])), self.names.get(str(layer.district[k]), "")
            found.append(
                Site(key, layer.KIND, shape, district, land_m2, math.nan, 0.0, size, state, bool(layer.compacting[k]))
            )
        return found

    def _land(self) -> list[Site]:
        listed, lots, found = self.city[CandidateSites], self.city[Lots], []
        for k, key in enumerate(listed.ids.tolist()):
            shape = listed.geometry.shapely[k]
            land_m2 = _or(listed.land_m2[k], shape.area)
            found.append(self._one(key, listed, k, (shape, land_m2, listed.access_width_m[k], listed.land_yuan_m2[k])))
        for k in np.flatnonzero(lots.lot == LotKind.IDLE_LAND).tolist() if self.params.lots else ():
            shape = lots.geometry.shapely[k]
            land_m2 = _or(lots.land_m2[k], shape.area)
            if land_m2 >= standard("T1.land.v").values[0]:
                found.append(self._one(str(lots.ids[k]), lots, k, (shape, land_m2, math.nan, math.nan)))
        return found

    def _one(self, key: str, layer: CandidateSites | Lots, row: int, read: tuple[Any, float, float, float]) -> Site:
        shape, land_m2, width_m, price = read
        district = self.names.get(str(layer.district[row]), "")
        usual = self.params.land_central_yuan_m2 if district in self._central else self.params.land_outer_yuan_m2
        return Site(key, layer.KIND, shape, district, land_m2, float(width_m), _or(price, usual))

    @cached_property
    def _central(self) -> set[str]:
        districts = self.city[Districts]
        return set(names_of(districts)[districts.ring == DistrictRing.CENTRAL].tolist())

    @cached_property
    def places(self) -> tuple[F64, F64, Any]:
        """Where people need to be kept from smell and noise, how many they are, and which are schools or hospitals."""
        sensitive, grid = self.city[SensitivePlaces], self.city[Population]
        if len(sensitive):
            kept = (sensitive.sensitive == SensitiveKind.SCHOOL) | (sensitive.sensitive == SensitiveKind.HOSPITAL)
            return sensitive.geometry.coords, np.nan_to_num(sensitive.n_people), kept
        lived = np.nan_to_num(grid.n_residents) > 0
        return grid.geometry.coords[lived], grid.n_residents[lived], np.zeros(int(lived.sum()), dtype=bool)

    def away_m(self, site: Site) -> F64:
        """Return how far each place lies from a site's outline, shape (n_places,)."""
        import shapely

        return np.asarray(shapely.distance(shapely.points(self.places[0]), site.shape), dtype=np.float64)

    @cached_property
    def waste_t_day(self) -> dict[str, float]:
        """Tonnes a day of each item with any waste of a stream that goes to stations."""
        points, kg = self.city[WastePoints], amounts_kg(self.city, self.params)[0]
        found = {}
        for stream in collected(self.params.streams):
            for row in np.flatnonzero(kg[:, stream]).tolist():
                found[f"{points.ids[row]}:{STREAMS[stream].mark}"] = float(kg[row, stream]) / TONNE_KG
        return found

    @cached_property
    def haul_network(self) -> Network:
        """Streets of the trucks that bring waste."""
        return build(self.city, mover_of(truck(self)))

    @cached_property
    def onward_network(self) -> Network:
        """Streets of the trucks that haul on."""
        return build(self.city, onward_mover(self))

    @cached_property
    def driven_streets(self) -> Rows:
        """Rows of the streets that trucks with waste may use."""
        return np.unique(self.haul_network.arc_street)

    def reachable(self, site: Site) -> bool:
        """Return whether both kinds of truck come near a site."""
        import shapely

        lines = self.city[Streets].geometry.shapely
        rows = (self.driven_streets, np.unique(self.onward_network.arc_street))
        return all(float(shapely.distance(lines[r], site.shape).min()) <= self.params.snap_m for r in rows)

    @cached_property
    def repeated(self) -> set[str]:
        """Sites that lie on another one before them for more than half of the smaller."""
        import shapely

        sites = list(self.sites.values())
        shapes = [site.shape for site in sites]
        tree, found = shapely.STRtree(shapes), set()
        for k, shape in enumerate(shapes):
            for other in sorted(tree.query(shape).tolist()):
                shared_m2 = shape.intersection(shapes[other]).area
                if other < k and sites[other].id not in found and shared_m2 > min(shape.area, shapes[other].area) / 2:
                    found.add(sites[k].id)
                    break
        return found

    def locked(self, item: str) -> set[str]:
        """Return what locks say of a site."""
        return {lock.state for lock in self.scenario.locks if lock.item == item}


def _or(value: float, other: float) -> float:
    return other if math.isnan(value) else float(value)


def wants(state: StationState | None) -> bool:
    """Return whether a station in a state may not simply stay."""
    return state in (StationState.TO_REBUILD, StationState.TO_CLOSE)
