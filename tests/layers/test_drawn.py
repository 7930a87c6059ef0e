from __future__ import annotations

import pytest

from layers.drawn import with_drawn_site
from layers.errors import InputError
from layers.kinds.facilities import CandidateSites
from layers.layer import FIRST_RULE, GIVEN
from tests.cities import X0_M, Y0_M, tiny_city

Corners = tuple[tuple[float, float], ...]


def box(west_m: float, south_m: float, east_m: float, north_m: float) -> Corners:
    at = ((west_m, south_m), (east_m, south_m), (east_m, north_m), (west_m, north_m))
    return tuple((X0_M + x, Y0_M + y) for x, y in at)


def test_land_that_is_drawn_knows_its_size_and_its_district() -> None:
    before = tiny_city()
    city, item = with_drawn_site(before, box(10, 20, 40, 40), "手绘用地")
    sites = city[CandidateSites]
    assert (item, sites.ids.tolist(), sites.name.tolist()) == ("drawn-1", ["drawn-1"], ["手绘用地 1"])
    assert (sites.land_m2.tolist(), sites.district.tolist()) == ([600.0], ["甲区"])
    assert sites.origins("land_m2").tolist() == [GIVEN]
    assert sites.origins("district").tolist() == [FIRST_RULE]
    assert len(before[CandidateSites]) == 0
    assert city.layers["streets"] is before.layers["streets"]


def test_each_has_a_number_of_its_own() -> None:
    city, _ = with_drawn_site(tiny_city(), box(0, 0, 10, 10), "地")
    city, _ = with_drawn_site(city, box(20, 0, 30, 10), "地")
    kept = city.with_layers(city[CandidateSites].take(city[CandidateSites].ids == "drawn-2"))
    city, item = with_drawn_site(kept, box(40, 0, 50, 10), "地")
    assert item == "drawn-3"
    assert city[CandidateSites].name.tolist() == ["地 2", "地 3"]


def test_land_that_lies_in_no_district_has_none() -> None:
    city, _ = with_drawn_site(tiny_city(), box(-900, 0, -890, 10), "地")
    assert city[CandidateSites].district.tolist() == [""]


@pytest.mark.parametrize(
    ("corners", "told"),
    [
        (((0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)), "crosses itself"),
        (((0.0, 0.0), (0.5, 0.0), (0.5, 0.5)), "0 m²; expected 1 to 500,000 m²"),
        (((0.0, 0.0), (0.0, 0.0), (1.0, 0.0)), "0 m²; expected"),
        (box(0, 0, 1000, 1000), "1,000,000 m²; expected 1 to 500,000 m²"),
    ],
)
def test_an_outline_that_no_site_can_have_is_refused(corners: Corners, told: str) -> None:
    with pytest.raises(InputError, match=told):
        with_drawn_site(tiny_city(), corners, "地")
