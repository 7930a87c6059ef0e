"""Each rule on a street that it is for; given values stay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.assume import BY_KEY, CLASSES, RULES, assume_city, assume_streets, explain, forget, on_streets
from layers.city import City
from layers.districts import with_districts
from layers.geometry import Geometry, Shape
from layers.kinds import BY_NAME
from layers.kinds.facilities import Toilets
from layers.kinds.junctions import Junctions
from layers.kinds.parking import KerbBerths, KerbFacts
from layers.kinds.places import Districts
from layers.kinds.streets import Oneway, RoadClass, Streets
from layers.layer import FIRST_RULE, GIVEN, MISSING
from layers.units import mps
from tests.cities import tiny_city


def bare(n: int = 5, **columns: Any) -> Streets:
    """Return streets of 100 m of which only the place is known."""
    lines = [[[0.0, 50.0 * i], [100.0, 50.0 * i]] for i in range(n)]
    return Streets(ids=np.array([f"s{i}" for i in range(n)]), geometry=Geometry.lines(lines), **columns)


def by_class(**columns: Any) -> Streets:
    return bare(road_class=np.array([int(c) for c in CLASSES], dtype=np.int8), **columns)


def test_blanks_are_filled_by_class() -> None:
    streets = assume_streets(by_class())
    assert streets.n_lanes.tolist() == [6, 4, 4, 2, 1]
    assert streets.width_m.tolist() == [22.5, 14.0, 14.0, 6.5, 4.0]
    assert streets.speed_mps == pytest.approx([mps(v) for v in (60, 40, 30, 20, 15)])
    assert streets.cleaning_grade.tolist() == [3, 1, 2, 3, 3]
    assert streets.lit.tolist() == [True, True, True, True, False]
    assert streets.footway.tolist() == [False, True, True, True, False]
    assert streets.oneway.tolist() == [Oneway.BOTH] * 5
    assert streets.length_m == pytest.approx([100.0] * 5)
    assert streets.swept_area_m2 == pytest.approx([2250.0, 1400.0, 1400.0, 650.0, 400.0])
    assert not streets.faults()


def test_one_way_streets_have_fewer_lanes() -> None:
    streets = assume_streets(by_class(oneway=np.full(5, Oneway.BACKWARD, dtype=np.int8)))
    assert streets.n_lanes.tolist() == [3, 3, 2, 2, 1]


def test_ramps_have_one_lane() -> None:
    tags = np.array(["trunk_link", "primary", "secondary_link", "", ""])
    streets = assume_streets(by_class(extra={"osm_highway": tags}))
    assert streets.n_lanes.tolist() == [1, 4, 1, 2, 1]
    assert [streets.rules[code - FIRST_RULE] for code in streets.origins("n_lanes")[:2]] == ["lanes.link", "lanes.class"]


def test_given_values_stay() -> None:
    given = {
        "width_m": np.array([7.0] * 5),
        "n_lanes": np.array([3] * 5, dtype=np.int32),
        "lit": np.zeros(5, dtype=bool),
        "swept_area_m2": np.array([1.0] * 5),
    }
    streets = assume_streets(by_class(**given))
    for name, values in given.items():
        assert getattr(streets, name).tolist() == values.tolist()
        assert set(streets.origins(name).tolist()) == {GIVEN}


def test_a_given_width_makes_the_area() -> None:
    streets = assume_streets(by_class(width_m=np.array([10.0] * 5)))
    assert streets.swept_area_m2 == pytest.approx([1000.0] * 5)


def test_an_unknown_class_is_a_branch() -> None:
    streets = assume_streets(bare(1))
    assert streets.road_class.tolist() == [RoadClass.BRANCH]
    assert streets.width_m.tolist() == [6.5]


def test_assuming_twice_changes_nothing() -> None:
    once = assume_streets(by_class())
    assert assume_streets(once).hash == once.hash


def test_assumed_values_can_be_forgotten() -> None:
    streets = by_class(width_m=np.array([7.0, np.nan, np.nan, np.nan, np.nan]))
    blank = forget(assume_streets(streets))
    assert blank.width_m[0] == 7.0
    assert np.isnan(blank.width_m[1:]).all()
    assert assume_streets(blank).width_m.tolist() == assume_streets(streets).width_m.tolist()


def test_streets_get_the_district_that_holds_their_middle() -> None:
    import shapely

    districts = Districts(
        ids=np.array(["d1", "d2"]),
        geometry=Geometry.from_shapely(Shape.AREA, [shapely.box(-10, -10, 110, 60), shapely.box(-10, 60, 110, 160)]),
        name=np.array(["甲区", ""]),
    )
    streets = assume_streets(bare(), districts)
    assert streets.district.tolist() == ["甲区", "甲区", "d2", "d2", "d2"]
    assert [streets.rules[code - FIRST_RULE] for code in streets.origins("district")[-2:]] == [
        "district.polygon",
        "district.nearest",
    ]
    toilets = Toilets(ids=np.array(["t1", "t2"]), geometry=Geometry.points([[0.0, 0.0], [9000.0, 0.0]]))
    assert with_districts(toilets, districts).district.tolist() == ["甲区", ""]


def test_a_whole_city_is_filled() -> None:
    city = tiny_city()
    filled = assume_city(city.with_layers(replace(city[Streets], width_m=np.full(12, np.nan), origin={})))
    assert not np.isnan(filled[Streets].width_m).any()
    assert (filled[Streets].district != "").all()
    assert len(filled[Junctions]) == len(city[Junctions])


def test_kerb_facts_belong_to_the_nearest_street() -> None:
    kerbs = KerbFacts(
        ids=np.array(["k1", "k2", "k3"]), geometry=Geometry.points([[50.0, 20.0], [50.0, 30.0], [50.0, 900.0]])
    )
    kerbs = on_streets(kerbs, bare(2))
    assert kerbs.street.tolist() == ["s0", "s1", ""]
    assert kerbs.rules == ("kerb.nearest",)


def test_a_city_without_streets_stays_as_it_is() -> None:
    assert assume_city(City("x", 4549)).layers == {}


def test_every_rule_is_explained_and_fills_a_column_that_there_is() -> None:
    columns = {c.name for kind in BY_NAME.values() for c in kind.columns()}
    for rule in RULES:
        assert rule.column in columns
        assert rule.source
        assert rule.certainty in "ABCM"
        assert rule.text.en in explain(rule.key).en
    assert len(BY_KEY) == len(RULES)
    assert explain("rule.of.tomorrow").zh == "rule.of.tomorrow"


def test_every_rule_that_was_used_is_known() -> None:
    assert set(assume_streets(by_class()).rules) <= BY_KEY.keys()


def test_berths_of_unknown_side_lie_where_they_are_drawn() -> None:
    """Rows 4 m north and south of a street drawn eastwards; the given side stays."""
    city = tiny_city()
    line = city[Streets].geometry.row(0)
    north, south = ([[x, y + d] for x, y in (line[0] + (20, 0), line[0] + (50, 0))] for d in (4.0, -4.0))
    berths = KerbBerths(
        ids=np.array(["b1", "b2", "b3"]), geometry=Geometry.lines([north, south, north]), n_berths=np.array([5, 5, 5]),
        left=np.array([False, False, False]), origin={"left": np.array([MISSING, MISSING, GIVEN], dtype=np.uint8)},
    )  # fmt: skip
    made = assume_city(city.with_layers(berths))[KerbBerths]
    assert made.street.tolist() == ["s1", "s1", "s1"]
    assert made.left.tolist() == [True, False, False]
