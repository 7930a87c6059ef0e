"""Streets, turns and facilities from small files whose answer is known by hand, and from whole cities."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from layers.city import City
from layers.errors import InputError
from layers.io.osm import read_osm
from layers.kinds.facilities import Toilets, TransferStations, WastePoints
from layers.kinds.junctions import Junctions, TurnRule, Turns
from layers.kinds.parking import KerbFacts, KerbKind, Lots
from layers.kinds.places import CrowdKind, CrowdPlaces, Districts, SensitiveKind, SensitivePlaces
from layers.kinds.streets import Oneway, RoadClass, Streets
from layers.layer import GIVEN, MISSING, REFUSED
from layers.validate import validate
from tests.layers.io.osm_xml import osm_file, restriction

# 1 - 2 - 3 in a row, 4 north of 2, 5 south of 2
CROSS = {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (1, 1), 5: (1, -1)}
MAIN = {"highway": "primary", "name": "人民路"}
SIDE = {"highway": "residential", "name": "青石巷"}


def ends(city: City) -> set[tuple[str, str]]:
    streets = city[Streets]
    return set(zip(streets.from_junction.tolist(), streets.to_junction.tolist(), strict=True))


def said(city: City, kind: str) -> str:
    return " | ".join(note.text.en for note in city.notes if note.kind == kind)


def test_ways_are_cut_where_three_meet(tmp_path: Path) -> None:
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, {10: ((1, 2, 3), MAIN), 11: ((4, 2), SIDE)}))
    streets = city[Streets]
    assert streets.ids.tolist() == ["w10-1", "w10-2", "w11-1"]
    assert ends(city) == {("n1", "n2"), ("n2", "n3"), ("n4", "n2")}
    assert streets.road_class.tolist() == [RoadClass.MAIN, RoadClass.MAIN, RoadClass.BACK_STREET]
    assert streets.geometry.lengths_m() == pytest.approx([100, 100, 100], rel=2e-3)
    assert streets.length_m == pytest.approx(streets.geometry.lengths_m())
    assert city.epsg == 4549  # 120° E
    assert city.name == "x"
    assert not validate(city)


def test_a_way_that_goes_on_alike_is_one_street(tmp_path: Path) -> None:
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, {11: ((2, 3), MAIN), 10: ((1, 2), MAIN)}))
    assert city[Streets].ids.tolist() == ["w10-1"]
    assert ends(city) == {("n1", "n3")}
    assert city[Streets].extra["osm_way"].tolist() == ["10;11"]


def test_a_way_drawn_the_other_way_is_turned_round(tmp_path: Path) -> None:
    one, other = {**MAIN, "oneway": "yes"}, {**MAIN, "oneway": "-1"}
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, {10: ((1, 2), one), 11: ((3, 2), other)}))
    assert ends(city) == {("n1", "n3")}
    assert city[Streets].oneway.tolist() == [Oneway.FORWARD]


@pytest.mark.parametrize(
    "change", [{"name": "解放路"}, {"lanes": "4"}, {"oneway": "yes"}, {"bridge": "yes"}, {"lit": "yes"}]
)
def test_a_street_ends_where_an_attribute_changes(tmp_path: Path, change: dict[str, str]) -> None:
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, {10: ((1, 2), MAIN), 11: ((2, 3), {**MAIN, **change})}))
    assert ends(city) == {("n1", "n2"), ("n2", "n3")}


def test_one_ways_that_meet_head_on_are_not_joined(tmp_path: Path) -> None:
    tags = {**MAIN, "oneway": "yes"}
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, {10: ((1, 2), tags), 11: ((3, 2), tags)}))
    assert ends(city) == {("n1", "n2"), ("n3", "n2")}


def test_parallel_streets_and_loops_are_kept(tmp_path: Path) -> None:
    nodes = {**CROSS, 6: (1.5, 0.5), 7: (2.5, 0.5), 8: (2.5, -0.5)}
    ways = {10: ((1, 2), MAIN), 11: ((2, 3), MAIN), 12: ((2, 6, 3), MAIN), 13: ((3, 7, 8, 3), SIDE)}
    city = read_osm(osm_file(tmp_path / "x.osm", nodes, ways))
    streets = city[Streets]
    pairs = sorted(zip(streets.from_junction.tolist(), streets.to_junction.tolist(), strict=True))
    assert pairs == [("n1", "n2"), ("n2", "n3"), ("n2", "n3"), ("n3", "n3")]


def test_a_ring_by_itself_is_one_street(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1)}
    city = read_osm(osm_file(tmp_path / "x.osm", nodes, {10: ((1, 2, 3), MAIN), 11: ((3, 4, 1), MAIN)}))
    assert ends(city) == {("n1", "n1")}
    assert city[Streets].geometry.lengths_m() == pytest.approx([400], rel=2e-3)


def test_a_way_there_and_back_is_taken_once(tmp_path: Path) -> None:
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, {10: ((1, 2, 3, 2, 1), {**MAIN, "oneway": "no"})}))
    assert city[Streets].geometry.lengths_m().sum() == pytest.approx(200, rel=2e-3)
    assert city[Streets].oneway.tolist() == [Oneway.BOTH] * len(city[Streets])
    assert "there and back, taken once: 1" in said(city, "repaired")


def test_a_way_is_cut_where_the_extract_lacks_a_node(tmp_path: Path) -> None:
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, {10: ((1, 2, 99, 3, 4), MAIN)}))
    assert ends(city) == {("n1", "n2"), ("n3", "n4")}
    assert "extract lacks their nodes: 1, such as way 10" in said(city, "skipped")


def test_what_is_no_street_is_left_out_and_told(tmp_path: Path) -> None:
    foot, drive, alley = {"highway": "footway"}, {"highway": "service"}, {"highway": "service", "service": "alley"}
    ways = {10: ((1, 2), MAIN), 11: ((2, 3), foot), 12: ((2, 4), drive), 13: ((2, 5), alley)}
    path = osm_file(tmp_path / "x.osm", CROSS, ways)
    assert len(read_osm(path)[Streets]) == 2
    assert "not streets to drive on: 2, such as footway 1, service 1" in said(read_osm(path), "skipped")
    assert len(read_osm(path, service=True)[Streets]) == 3
    walked = read_osm(path, walk=True)[Streets]
    assert walked.ban_periods[walked.row_of["w11-1"]] == "00:00-24:00"


def test_unreadable_tags_are_refused_and_told(tmp_path: Path) -> None:
    tags = {**MAIN, "width": "3'6\"", "lanes": "2;3", "maxspeed": "walk", "layer": "99"}
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, {10: ((1, 2), tags)}))
    streets = city[Streets]
    assert [streets.origins(c)[0] for c in ("width_m", "n_lanes", "speed_mps", "level")] == [REFUSED] * 4
    assert streets.origins("name")[0] == GIVEN
    assert streets.origins("lit")[0] == MISSING
    told = said(city, "refused")
    for example in ("width=3'6\" (way 10)", "lanes=2;3", "maxspeed=walk", "streets.level of 'w10-1' is 99"):
        assert example in told


def test_restrictions_name_the_streets_that_they_mean(tmp_path: Path) -> None:
    ways = {10: ((1, 2), MAIN), 12: ((2, 3), MAIN), 11: ((4, 2), SIDE), 13: ((2, 5), SIDE)}
    relations = {
        20: restriction(10, 2, 11, "no_left_turn"),
        21: restriction(11, 2, 13, "only_straight_on"),
        22: restriction(10, 2, 99, "no_right_turn"),
        23: restriction(10, 2, 12, "give_way"),
        24: (
            (("way", 10, "from"), ("way", 12, "via"), ("way", 11, "to")),
            {"type": "restriction", "restriction": "no_u_turn"},
        ),
        25: (
            restriction(10, 2, 13, "no_right_turn")[0],
            {"type": "restriction", "restriction": "no_right_turn", "except": "hgv"},
        ),
    }
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, ways, relations))
    turns = city[Turns]
    assert turns.ids.tolist() == ["r20", "r21"]
    assert turns.from_street.tolist() == ["w10-1", "w11-1"]
    assert turns.via_junction.tolist() == ["n2", "n2"]
    assert turns.to_street.tolist() == ["w11-1", "w13-1"]
    assert turns.rule.tolist() == [TurnRule.BANNED, TurnRule.ONLY]
    told = said(city, "skipped")
    for reason in ("not among the streets read: 1, such as relation 22", "relation 23", "relation 24", "relation 25"):
        assert reason in told
    assert not validate(city)


def test_a_restriction_on_a_way_that_runs_through_is_told_apart(tmp_path: Path) -> None:
    ways = {10: ((1, 2, 3), MAIN), 11: ((4, 2), SIDE)}
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, ways, {20: restriction(10, 2, 11, "no_left_turn")}))
    assert len(city[Turns]) == 0
    assert "whose way runs through the junction: 1" in said(city, "skipped")


def test_a_one_way_through_road_can_be_meant_one_way_only(tmp_path: Path) -> None:
    ways = {10: ((1, 2, 3), {**MAIN, "oneway": "yes"}), 11: ((4, 2), SIDE)}
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, ways, {20: restriction(10, 2, 11, "no_left_turn")}))
    assert city[Turns].from_street.tolist() == ["w10-1"]


def test_a_restricted_node_ends_a_street(tmp_path: Path) -> None:
    ways = {10: ((1, 2), MAIN), 11: ((2, 3), MAIN)}
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, ways, {20: restriction(10, 2, 10, "no_u_turn")}))
    assert ends(city) == {("n1", "n2"), ("n2", "n3")}
    assert len(city[Turns]) == 1


def test_lights_at_a_stop_line_belong_to_the_junction(tmp_path: Path) -> None:
    nodes = {**CROSS, 6: (0.8, 0), 7: (1.5, 0)}
    lights = {"highway": "traffic_signals"}
    ways = {10: ((1, 6, 2), MAIN), 11: ((2, 7, 3), MAIN), 12: ((2, 4), SIDE)}
    path = osm_file(tmp_path / "x.osm", nodes, ways, node_tags={6: lights, 7: lights})
    junctions = read_osm(path)[Junctions]
    # 6 lies 20 m before 2; 7 lies 50 m from both ends
    assert {str(i) for i in junctions.ids[junctions.signals]} == {"n2"}
    assert set(junctions.origins("signals").tolist()) == {GIVEN, MISSING}


def test_facilities_become_layers(tmp_path: Path) -> None:
    nodes = {**CROSS, 6: (0, 2), 7: (0.5, 2), 8: (0.5, 2.5), 9: (0, 2.5), **{i: (i / 10, 3) for i in range(20, 30)}}
    tags = {
        20: {"amenity": "toilets", "name": "公厕"},
        21: {"amenity": "waste_basket"},
        22: {"amenity": "recycling"},
        23: {"emergency": "fire_hydrant"},
        24: {"highway": "bus_stop"},
        25: {"amenity": "school", "name": "一小"},
        26: {"amenity": "marketplace"},
        27: {"amenity": "waste_transfer_station", "name": "城北站"},
        28: {"amenity": "parking", "capacity": "viele", "access": "private"},
        29: {"amenity": "hospital"},
    }
    ways = {10: ((1, 2), MAIN), 30: ((6, 7, 8, 9, 6), {"amenity": "parking", "capacity": "60"})}
    city = read_osm(osm_file(tmp_path / "x.osm", nodes, ways, node_tags=tags))
    assert city[Toilets].name.tolist() == ["公厕"]
    assert city[WastePoints].ids.tolist() == ["n21", "n22"]
    assert city[KerbFacts].kerb.tolist() == [KerbKind.HYDRANT, KerbKind.BUS_STOP]
    assert city[SensitivePlaces].sensitive.tolist() == [SensitiveKind.SCHOOL, SensitiveKind.HOSPITAL]
    assert city[CrowdPlaces].crowd.tolist() == [CrowdKind.MARKET]
    assert city[TransferStations].name.tolist() == ["城北站"]
    lots = city[Lots]
    assert lots.ids.tolist() == ["n28", "w30"]
    assert lots.n_berths.tolist() == [0, 60]
    assert lots.public[0] == np.False_
    assert lots.land_m2 == pytest.approx([625, 2500], rel=5e-3)
    assert "capacity=viele" in said(city, "refused")
    assert "counts as a square of 25 m: 1" in said(city, "assumed")


def test_boundaries_make_districts(tmp_path: Path) -> None:
    nodes = {**CROSS, 6: (-1, -2), 7: (3, -2), 8: (3, 2), 9: (-1, 2)}
    members = (("way", 30, "outer"), ("way", 31, "outer"))
    boundary = {"type": "boundary", "boundary": "administrative", "admin_level": "6", "name": "梁溪区"}
    ways: dict[int, tuple[tuple[int, ...], dict[str, str]]] = {10: ((1, 2), MAIN), 30: ((6, 7, 8), {}), 31: ((8, 9, 6), {})}
    city = read_osm(osm_file(tmp_path / "x.osm", nodes, ways, {40: (members, boundary)}))
    assert city[Districts].name.tolist() == ["梁溪区"]
    assert city[Districts].ids.tolist() == ["r40"]


def test_without_boundaries_one_district_holds_all(tmp_path: Path) -> None:
    city = read_osm(osm_file(tmp_path / "x.osm", CROSS, {10: ((1, 2), MAIN)}), name="无锡")
    districts = city[Districts]
    assert districts.name.tolist() == ["无锡"]
    assert districts.rules == ("district.hull",)
    assert "no district boundaries" in said(city, "assumed")
    assert "OpenStreetMap contributors" in said(city, "source")


def test_the_content_counts_not_the_name(tmp_path: Path) -> None:
    plain = osm_file(tmp_path / "x.osm", CROSS, {10: ((1, 2), MAIN)})
    packed = tmp_path / "无锡 市区.dat"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert ends(read_osm(packed)) == {("n1", "n2")}


@pytest.mark.parametrize("content", [b"<osm version='0.6'><node id='1'", b"<osm version='0.6'><way id='x'/></osm>"])
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.osm"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"x\.osm' is damaged or incomplete .*; expected a whole OSM file"):
        read_osm(path)


def test_a_file_without_streets_is_told(tmp_path: Path) -> None:
    path = osm_file(tmp_path / "x.osm", CROSS, {10: ((1, 2), {"waterway": "river"})})
    with pytest.raises(InputError, match="holds no street to drive on"):
        read_osm(path)


def test_central_taipei(shared: Path) -> None:
    city = read_osm(shared / "cities" / "taipei_central_osm" / "osm_bbox.osm.xml.gz")
    streets, turns = city[Streets], city[Turns]
    assert city.epsg == 4550
    # the raw ways have 21,790 nodes and 869.8 km: nothing is lost, nothing doubled
    assert streets.geometry.lengths_m().sum() == pytest.approx(869_810, rel=1e-4)
    assert 4_000 < len(streets) < 5_205
    assert (streets.name != "").mean() > 0.85
    # of 482 relations 154 name ways that are not in the file, 19 have no plain kind, 5 run over a way
    assert len(turns) == 302
    assert not validate(city)
