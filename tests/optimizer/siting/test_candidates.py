"""Sites of the list, and idle land that is found, on the tiny city."""

from __future__ import annotations

import numpy as np
import shapely

from layers.geometry import Geometry, Shape
from layers.kinds.facilities import CandidateSites
from layers.kinds.parking import LotKind, Lots
from layers.kinds.streets import Streets
from optimizer.siting.candidates import idle_lots, listed, twins
from tests.cities import X0_M, Y0_M, tiny_city

_EVERY = np.ones(12, dtype=bool)


def _box(x_m: float, y_m: float, size_m: float) -> shapely.Polygon:
    return shapely.box(X0_M + x_m, Y0_M + y_m, X0_M + x_m + size_m, Y0_M + y_m + size_m)


def test_what_a_listed_site_leaves_blank_is_measured() -> None:
    # 40 m square, 20 m north of 人民路 (14 m wide); 30 m square beside the lane of 1.5 m, which says 6 m itself
    sites = CandidateSites(
        ids=np.array(["k1", "k2"]),
        geometry=Geometry.from_shapely(Shape.AREA, [_box(80, 20, 40), _box(403, 300, 30)]),
        land_m2=np.array([np.nan, 800.0]),
        access_width_m=np.array([np.nan, 6.0]),
    )
    city = tiny_city().with_layers(sites)
    found = listed(city, city[Streets], _EVERY)
    assert found.land_m2.tolist() == [1600.0, 800.0]
    assert found.access_width_m.tolist() == [14.0, 6.0]
    assert found.access_m.tolist() == [20.0, 3.0]
    assert np.isnan(found.land_yuan_m2).all()


def test_a_street_that_no_truck_may_enter_is_no_access() -> None:
    sites = CandidateSites(ids=np.array(["k1"]), geometry=Geometry.from_shapely(Shape.AREA, [_box(403, 350, 30)]))
    city = tiny_city().with_layers(sites)
    wide = city[Streets].width_m > 3
    assert listed(city, city[Streets], _EVERY).access_width_m.tolist() == [1.5]
    assert listed(city, city[Streets], wide).access_width_m.tolist() == [9.0]  # 中山路, 150 m south


def test_only_idle_land_of_enough_size_is_found() -> None:
    lots = Lots(
        ids=np.array(["h1", "h2", "h3"]),
        geometry=Geometry.from_shapely(Shape.AREA, [_box(80, 20, 40), _box(280, 20, 40), _box(480, 20, 20)]),
        lot=np.array([LotKind.IDLE_LAND, LotKind.CAR_PARK, LotKind.IDLE_LAND], dtype=np.int8),
    )
    city = tiny_city().with_layers(lots)
    assert idle_lots(city, city[Streets], _EVERY, least_m2=500).ids.tolist() == ["h1"]
    assert idle_lots(city, city[Streets], _EVERY).layer.tolist() == ["lots", "lots"]


def test_a_city_without_sites_has_none() -> None:
    city = tiny_city()
    assert len(listed(city, city[Streets], _EVERY).joined(idle_lots(city, city[Streets], _EVERY))) == 0


def test_a_site_that_repeats_another_is_noticed() -> None:
    same, half, beside = _box(0, 0, 40), _box(10, 0, 40), _box(41, 0, 40)
    assert twins(np.array([same, same, beside])) == {1: 0}
    assert twins(np.array([same, half, same])) == {1: 0, 2: 0}  # three quarters are shared
    assert twins(np.array([shapely.Point(0, 0), shapely.Point(0.5, 0), shapely.Point(3, 0)])) == {1: 0}
