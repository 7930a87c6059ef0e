"""What a city's layers tell by themselves about the documents' targets: how things stand today, before any plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from layers.city import City
from layers.kinds.facilities import PlantKind, Plants, Toilets
from layers.kinds.places import CrowdPlaces, Districts
from layers.kinds.streets import Streets
from layers.units import KM2_M2

CROWDED_M = 300.0  # a toilet this near to a crowd place serves it (GB 55013-2021, clause 5.0.1, as the crow flies)


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one figure of the city as it stands, as `resources.judge.Measured` wants it."""

    id: str
    value: float
    unit: str
    scope: str = "city"
    where: str = "area=city"


def city_figures(city: City) -> tuple[Figure, ...]:
    """Return what can be measured from the layers alone; what a layer is missing for is left out."""
    return (*_toilets(city), *_plants(city), *_roads(city))


def _toilets(city: City) -> Iterator[Figure]:
    toilets, districts = city[Toilets], city[Districts]
    if not len(toilets):
        return
    yield Figure("dry_toilets_left", float(toilets.dry.sum()), "toilets")
    for name, area_m2 in zip(districts.name, districts.built_up_m2, strict=True):
        if area_m2 > 0:
            density = float((toilets.district == name).sum()) / (float(area_m2) / KM2_M2)
            yield Figure("toilet_density", density, "per km2", f"district {name}", "area=built_up")
    crowds = city[CrowdPlaces]
    if len(crowds):
        import shapely

        away_m = shapely.STRtree(shapely.points(crowds.geometry.coords)).query_nearest(
            shapely.points(toilets.geometry.coords), all_matches=False, return_distance=True
        )[1]
        serving = (away_m <= CROWDED_M) & (toilets.n_men_stalls > 0)
        if serving.any():
            worst = float(np.min(toilets.n_women_stalls[serving] / toilets.n_men_stalls[serving]))
            yield Figure("female_to_male_stalls", worst, "ratio", "city", "area=crowded")


def _plants(city: City) -> Iterator[Figure]:
    plants = city[Plants]
    food = plants.plant == PlantKind.FOOD_WASTE
    if len(plants):
        yield Figure("food_waste_capacity", float(np.nansum(plants.capacity_t_day[food])), "t/day")


def _roads(city: City) -> Iterator[Figure]:
    streets, districts = city[Streets], city[Districts]
    built_m2 = float(np.nansum(districts.built_up_m2))
    if len(streets) and built_m2 > 0:
        area_m2 = float(np.nansum(streets.length_m * streets.width_m))
        yield Figure("road_area_ratio", 100.0 * area_m2 / built_m2, "%", "city", "area=built_up")
