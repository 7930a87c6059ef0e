"""The sample city's figures are those of a Chinese city, as `resources/standards.toml` and its sources have them."""

from __future__ import annotations

import numpy as np
import pytest

from layers.city import City
from layers.kinds.facilities import (
    CandidateSites,
    Depots,
    PlantKind,
    Plants,
    StationState,
    Toilets,
    TransferStations,
    WastePoints,
    WaterPoints,
)
from layers.kinds.junctions import Turns
from layers.kinds.parking import KerbFacts, KerbKind, LotKind, Lots, ParkingDemand
from layers.kinds.places import Communities, CrowdPlaces, DistrictRing, Districts, Population
from layers.kinds.streets import RoadClass, Streets
from layers.layer import F64
from layers.units import KM2_M2, KM_M, TONNE_KG, kmh
from resources.standards import Kept, judge_standard, standard


def kept(key: str, value: float) -> bool:
    return judge_standard(standard(key), value).kept is Kept.KEPT


def built_km2(city: City) -> float:
    return float(city[Districts].built_up_m2.sum()) / KM2_M2


def waste_kg(city: City) -> F64:
    points = city[WastePoints]
    return points.other_kg_day + points.food_kg_day + points.recyclable_kg_day + points.hazardous_kg_day


def test_it_is_as_large_as_was_asked(city: City, small: City) -> None:
    assert 10_500 <= len(city[Streets]) <= 13_500
    assert 1300 <= len(small[Streets]) <= 1700
    assert built_km2(city) == pytest.approx(200, rel=0.06)
    assert city[Population].n_residents.sum() == pytest.approx(2e6, rel=0.03)
    assert waste_kg(city).sum() / TONNE_KG == pytest.approx(2000, rel=0.03)


def test_six_districts_are_central_and_five_are_not(city: City, small: City) -> None:
    ring = city[Districts].ring
    assert ((ring == DistrictRing.CENTRAL).sum(), (ring == DistrictRing.OUTER).sum()) == (6, 5)
    assert len(small[Districts]) == 1


def test_people_live_as_densely_as_in_cities(city: City) -> None:
    density = city[Population].n_residents.sum() / built_km2(city)
    assert 7000 <= density <= 13_000
    assert city[Communities].n_residents.sum() == pytest.approx(city[Population].n_residents.sum(), rel=0.001)
    assert 0.4 <= city[Population].n_jobs.sum() / city[Population].n_residents.sum() <= 0.65


def test_waste_a_head_is_usual(city: City, small: City) -> None:
    for made in (city, small):
        assert kept("C2", waste_kg(made).sum() / made[Population].n_residents.sum())


def test_a_collection_point_stays_below_a_station(city: City) -> None:
    assert kept("C1.size", waste_kg(city).max() / TONNE_KG)
    assert len(city[WastePoints]) >= 800 * 11  # a document asks for 800 points in each district


def test_eight_and_four_stations_a_district_make_sense(city: City) -> None:
    districts, points = city[Districts], city[WastePoints]
    for name, ring in zip(districts.name, districts.ring, strict=True):
        share_t = waste_kg(city)[points.district == name].sum() / TONNE_KG / (8 if ring == DistrictRing.CENTRAL else 4)
        assert share_t >= 0.6 * standard("T3").value
        n_stations = int((city[TransferStations].district == name).sum())
        n_sites = int((city[CandidateSites].district == name).sum())
        assert n_stations + n_sites >= 2 * (8 if ring == DistrictRing.CENTRAL else 4)
    stations = city[TransferStations]
    assert set(stations.state.tolist()) == {StationState.SOUND, StationState.TO_REBUILD, StationState.TO_CLOSE}
    assert stations.capacity_t_day.sum() / (waste_kg(city).sum() / TONNE_KG) == pytest.approx(1.0, abs=0.25)


def test_some_site_would_do_for_a_large_station(city: City) -> None:
    assert (city[CandidateSites].land_m2 >= standard("T1.land.ii").value).any()


def test_plants_can_take_all_waste(city: City) -> None:
    plants = city[Plants]
    capacity = dict(zip(plants.plant.tolist(), plants.capacity_t_day.tolist(), strict=True))
    assert capacity[PlantKind.INCINERATOR] >= waste_kg(city).sum() / TONNE_KG
    assert capacity[PlantKind.FOOD_WASTE] >= 100


def test_toilets_are_fewer_than_asked_in_places(city: City) -> None:
    districts, toilets = city[Districts], city[Toilets]
    density = [
        (toilets.district == name).sum() / (area_m2 / KM2_M2)
        for name, area_m2 in zip(districts.name, districts.built_up_m2, strict=True)
    ]
    assert all(2.0 <= d <= standard("W1").values[1] for d in density)
    assert any(d < standard("W1").value for d in density)
    assert 0.03 < toilets.dry.mean() < 0.15
    assert np.median(toilets.n_women_stalls / toilets.n_men_stalls) < standard("W3.crowded").value


def test_roads_are_as_dense_as_in_cities(city: City) -> None:
    streets = city[Streets]
    assert 7.0 <= streets.length_m.sum() / KM_M / built_km2(city) <= 11.0
    main = streets.road_class <= RoadClass.MAIN
    assert 1.2 <= streets.length_m[main].sum() / KM_M / built_km2(city) <= 3.0


def test_lanes_are_as_wide_as_the_code_says(city: City) -> None:
    streets = city[Streets]
    wide = (streets.road_class <= RoadClass.SECONDARY) & (streets.n_lanes >= 4)
    lane_m = streets.width_m[wide] / streets.n_lanes[wide]
    low, high = standard("S8.lane").values
    assert (lane_m >= low).all()
    assert (lane_m <= high + 0.2).all()  # with the strip beside the barrier
    back = streets.width_m[streets.road_class == RoadClass.BACK_STREET]
    assert (back < 8.0).all()
    assert (back < 4.0).any()
    branch = streets.width_m[streets.road_class == RoadClass.BRANCH]
    assert (branch >= 7.0).all()
    assert (branch <= 11.5).all()


def test_speeds_fall_with_the_class(city: City) -> None:
    streets = city[Streets]
    speeds = [kmh(float(streets.speed_mps[streets.road_class == c].mean())) for c in list(RoadClass)[1:]]
    assert speeds == sorted(speeds, reverse=True)
    assert 10 <= speeds[-1] <= 20
    assert 55 <= speeds[0] <= 80


def test_cleaning_grades_follow_the_class(city: City) -> None:
    streets = city[Streets]
    assert (streets.cleaning_grade[streets.road_class <= RoadClass.MAIN] == 1).all()
    assert (streets.cleaning_grade[streets.key_area] == 1).all()
    secondary = (streets.road_class == RoadClass.SECONDARY) & ~streets.key_area
    assert (streets.cleaning_grade[secondary] == 2).all()
    assert {2, 3} == set(streets.cleaning_grade[(streets.road_class == RoadClass.BRANCH) & ~streets.key_area].tolist())


def test_lamps_barriers_and_walks_are_where_they_belong(city: City) -> None:
    streets = city[Streets]
    assert streets.lit[streets.road_class <= RoadClass.SECONDARY].all()
    assert 0.6 < streets.lit[streets.road_class == RoadClass.BACK_STREET].mean() < 0.85
    assert streets.centre_barrier[streets.road_class == RoadClass.EXPRESSWAY].all()
    assert not streets.centre_barrier[streets.road_class >= RoadClass.SECONDARY].any()
    assert not streets.footway[streets.road_class == RoadClass.EXPRESSWAY].any()
    assert 0.05 < streets.key_area.mean() < 0.25


def test_few_bridges_cross_the_river(city: City) -> None:
    names = set(city[Streets].name[city[Streets].level == 1].tolist())
    assert 3 <= len(names) <= 10


def test_swept_area_is_about_length_by_width(city: City) -> None:
    streets = city[Streets]
    ratio = streets.swept_area_m2 / (streets.length_m * streets.width_m)
    assert 0.95 <= np.median(ratio) <= 1.3


def test_depots_water_points_and_crowds_are_enough(city: City) -> None:
    assert 11 <= len(city[Depots]) <= 20
    assert 0.3 <= len(city[WaterPoints]) / built_km2(city) <= 1.0
    assert 80 <= len(city[CrowdPlaces]) <= 250
    assert 20 <= len(city[Turns]) <= 200


def test_kerb_facts_are_as_many_as_streets_have(city: City) -> None:
    facts, streets = city[KerbFacts], city[Streets]
    served = streets.length_m[(streets.road_class >= RoadClass.MAIN) & (streets.road_class <= RoadClass.BRANCH)].sum()
    hydrants = (facts.kerb == KerbKind.HYDRANT).sum()
    assert 100 <= served / hydrants <= 130  # metres between two hydrants: at most 120 by the fire code, from memory
    assert {k for k in KerbKind if k} == set(facts.kerb.tolist())


def test_parking_is_short_in_old_quarters(city: City) -> None:
    demand, old = city[ParkingDemand], city[Communities].old_quarter
    share = demand.n_existing_berths / np.maximum(demand.n_night, 1)
    assert share[old].mean() < 0.6 < share[~old].mean()
    lots = city[Lots]
    parks = lots.lot == LotKind.CAR_PARK
    each_m2 = lots.land_m2[parks] / lots.n_berths[parks]
    low, high = standard("P2.land").values
    assert low - 1.5 <= np.median(each_m2) <= high + 1.5
    assert (lots.n_berths[~parks] == 0).all()
    assert lots.land_m2[~parks].sum() / high > 3000  # a document asks for 3,000 berths on idle land
