from __future__ import annotations

import numpy as np
import pytest
import shapely

from layers.city import City
from layers.geometry import Geometry, Shape
from layers.kinds.facilities import PlantKind, Plants, Toilets
from layers.kinds.places import CrowdPlaces, Districts
from layers.kinds.streets import Streets
from resources.city_figures import Figure, city_figures
from resources.judge import State, judge_all
from resources.targets import load_targets


def city() -> City:
    districts = Districts(
        ids=np.array(["D1", "D2"]),
        geometry=Geometry.from_shapely(Shape.AREA, [shapely.box(0, 0, 1000, 1000), shapely.box(1000, 0, 2000, 1000)]),
        name=np.array(["甲区", "乙区"]),
        built_up_m2=np.array([1e6, 0.5e6]),
    )
    toilets = Toilets(
        ids=np.array(["U1", "U2", "U3", "U4"]),
        geometry=Geometry.points([[100, 100], [200, 100], [900, 900], [1500, 500]]),
        district=np.array(["甲区", "甲区", "甲区", "乙区"]),
        dry=np.array([False, False, True, False]),
        n_women_stalls=np.array([6, 4, 1, 2]),
        n_men_stalls=np.array([3, 4, 4, 2]),
    )
    crowds = CrowdPlaces(ids=np.array(["X1"]), geometry=Geometry.points([[150.0, 100.0]]))
    plants = Plants(
        ids=np.array(["L1", "L2"]),
        geometry=Geometry.points([[0, 0], [1, 1]]),
        plant=np.array([PlantKind.INCINERATOR, PlantKind.FOOD_WASTE]),
        capacity_t_day=np.array([2000.0, 90.0]),
    )
    streets = Streets(
        ids=np.array(["S1"]),
        geometry=Geometry.lines([np.array([[0.0, 0.0], [1500.0, 0.0]])]),
        length_m=np.array([1500.0]),
        width_m=np.array([100.0]),
    )
    return City("甲乙", 4549, {x.KIND: x for x in (districts, toilets, crowds, plants, streets)})


def test_figures_by_hand() -> None:
    found = {(f.id, f.scope): f for f in city_figures(city())}
    assert found["dry_toilets_left", "city"].value == 1
    assert found["toilet_density", "district 甲区"].value == 3
    assert found["toilet_density", "district 乙区"].value == 2
    assert found["female_to_male_stalls", "city"].value == 1.0
    assert found["food_waste_capacity", "city"].value == 90
    assert found["road_area_ratio", "city"].value == pytest.approx(10.0)


def test_they_are_judged_against_the_documents() -> None:
    verdicts = {(v.target.id, v.scope): v for v in judge_all(load_targets(), city_figures(city()))}
    assert verdicts["finegrain.toilet-density", "district 甲区"].state is State.MET
    assert verdicts["finegrain.toilet-density", "district 乙区"].missing == pytest.approx(1.0)
    assert verdicts["nanjing.food-waste", "city"].missing == pytest.approx(10.0)
    assert verdicts["finegrain.road-area", "city"].missing == pytest.approx(5.0)
    assert verdicts["finegrain.stall-ratio", "city"].state is State.MISSED


def test_units_are_those_of_the_targets() -> None:
    units = {t.metric: t.unit for t in load_targets()}
    assert all(f.unit == units[f.id] for f in city_figures(city()))


def test_a_city_without_data_tells_nothing() -> None:
    assert city_figures(City("空", 4549)) == ()
    assert Figure("a", 1.0, "m").where == "area=city"
