"""One case a tag, as OSM's wiki and real files have them."""

from __future__ import annotations

import pytest

from layers.io.osm_classes import HIGHWAYS, class_of, wanted
from layers.io.osm_graph import runs
from layers.io.osm_tags import Value, street_tags
from layers.kinds.streets import Oneway, RoadClass
from layers.units import mps

B = {"highway": "residential"}


@pytest.mark.parametrize(
    ("tags", "column", "value"),
    [
        ({"name": "中山路", "name:en": "Zhongshan Rd"}, "name", "中山路"),
        ({"name:zh": "中山路"}, "name", "中山路"),
        ({"width": "7,5 m"}, "width_m", 7.5),
        ({"est_width": "6"}, "width_m", 6.0),
        ({"lanes": "4"}, "n_lanes", 4),
        ({"lanes:forward": "2", "lanes:backward": "1"}, "n_lanes", 3),
        ({"maxspeed": "50"}, "speed_mps", mps(50)),
        ({"maxspeed": "30 mph"}, "speed_mps", mps(30 * 1.609344)),
        ({"oneway": "-1"}, "oneway", Oneway.BACKWARD),
        ({"oneway": "no"}, "oneway", Oneway.BOTH),
        ({"junction": "roundabout"}, "oneway", Oneway.FORWARD),
        ({"highway": "motorway"}, "oneway", Oneway.FORWARD),
        ({"highway": "motorway", "oneway": "no"}, "oneway", Oneway.BOTH),
        ({"lit": "24/7"}, "lit", True),
        ({"lit": "no"}, "lit", False),
        ({"sidewalk": "none"}, "footway", False),
        ({"sidewalk:left": "no", "sidewalk:right": "separate"}, "footway", True),
        ({"cycleway:both": "lane"}, "cycle_lane", True),
        ({"maxheight": "3.5"}, "max_height_m", 3.5),
        ({"maxweight": "8 t"}, "max_weight_kg", 8000.0),
        ({"maxweight": "3500 kg"}, "max_weight_kg", 3500.0),
        ({"access": "private"}, "closed", True),
        ({"access": "no", "motor_vehicle": "yes"}, "closed", False),
        ({"hgv:conditional": "no @ (07:00-09:00, 17:00-20:00)"}, "ban_periods", "07:00-09:00,17:00-20:00"),
        ({"bridge": "viaduct"}, "level", 1),
        ({"tunnel": "yes"}, "level", -1),
        ({"tunnel": "yes", "layer": "-2"}, "level", -2),
    ],
)
def test_a_tag_is_read(tags: dict[str, str], column: str, value: Value) -> None:
    said = street_tags({**B, **tags})
    assert said.values[column] == pytest.approx(value) if isinstance(value, float) else said.values[column] == value
    assert said.refused == ()


@pytest.mark.parametrize(
    ("tags", "column"),
    [
        ({"width": "3'6\""}, "width_m"),
        ({"lanes": "2;3"}, "n_lanes"),
        ({"lanes": "1.5"}, "n_lanes"),
        ({"maxspeed": "walk"}, "speed_mps"),
        ({"oneway": "reversible"}, "oneway"),
        ({"lit": "perhaps"}, "lit"),
        ({"sidewalk": "right;no"}, "footway"),
        ({"maxweight": "8 st"}, "max_weight_kg"),
        ({"layer": "upper"}, "level"),
        ({"access:conditional": "no @ (Mo-Fr 07:00-09:00)"}, "ban_periods"),
        ({"access:conditional": "no @ (07:00-99:00)"}, "ban_periods"),
    ],
)
def test_a_tag_that_cannot_be_read_is_refused(tags: dict[str, str], column: str) -> None:
    said = street_tags({**B, **tags})
    assert column not in said.values
    assert [name for name, _ in said.refused] == [column]


@pytest.mark.parametrize("tags", [{"maxspeed": "none"}, {"maxheight": "default"}, {"lanes:forward": "2"}, {"bridge": "no"}])
def test_a_tag_that_says_nothing_gives_nothing(tags: dict[str, str]) -> None:
    said = street_tags({**B, **tags})
    assert set(said.values) == {"road_class"}
    assert said.refused == ()


@pytest.mark.parametrize(
    ("tags", "road_class"),
    [
        ({"highway": "trunk_link"}, RoadClass.EXPRESSWAY),
        ({"highway": "primary", "name": "长巷"}, RoadClass.MAIN),
        ({"highway": "tertiary"}, RoadClass.BRANCH),
        ({"highway": "residential", "name": "帽儿胡同"}, RoadClass.BACK_STREET),
        ({"highway": "living_street"}, RoadClass.BACK_STREET),
    ],
)
def test_classes_are_those_of_a_ledger(tags: dict[str, str], road_class: RoadClass) -> None:
    assert class_of(tags) is road_class


def test_a_way_without_highway_has_no_class() -> None:
    assert "road_class" not in street_tags({"name": "路"}).values


def test_every_class_can_come_out() -> None:
    assert {h.road_class for h in HIGHWAYS.values()} == set(RoadClass) - {RoadClass.UNKNOWN}


@pytest.mark.parametrize("tags", [{"highway": "construction"}, {"highway": "residential", "area": "yes"}, {}])
def test_what_is_no_street_is_not_wanted(tags: dict[str, str]) -> None:
    assert not wanted(tags, service=True, walk=True)


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ((1, 2, 2, 3), [(1, 2, 3)]),
        ((1, 2, 1), [(1, 2)]),
        ((1, 2, 9, 3), [(1, 2)]),
        ((1, 2, 3, 1), [(1, 2, 3, 1)]),
        ((1, 2, 3, 2, 4), [(1, 2, 3), (2, 4)]),
        ((5,), []),
    ],
)
def test_runs_of_a_way(nodes: tuple[int, ...], expected: list[tuple[int, ...]]) -> None:
    assert runs(nodes, {1, 2, 3, 4, 5}) == expected
